from pages.contacts import Contact, ContactCall
from pages.contacts_page import ContactsPage
from pages.home import HomePage
from pages.rights import RoleGroup
from pages.search_index import SearchEntry
from pages.share_pictures import SharePicture
from pages.texts import TextPage

__all__ = ["Contact", "ContactCall", "ContactsPage", "HomePage", "RoleGroup", "SearchEntry", "SharePicture", "TextPage"]
