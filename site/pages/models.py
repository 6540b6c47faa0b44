from pages.cms.groups import RoleGroup
from pages.contacts.contact import Contact, ContactCall
from pages.contacts.page import ContactsPage
from pages.contacts.versions import ContactTakenOff, ContactVersion
from pages.home.page import HomePage
from pages.laws.citation import LawCitation
from pages.search.index import SearchEntry
from pages.sharing.pictures import SharePicture
from pages.texts import TextPage

__all__ = [
    "Contact",
    "ContactCall",
    "ContactTakenOff",
    "ContactVersion",
    "ContactsPage",
    "HomePage",
    "LawCitation",
    "RoleGroup",
    "SearchEntry",
    "SharePicture",
    "TextPage",
]
