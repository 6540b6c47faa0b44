from pages.contacts import Contact, ContactCall
from pages.contacts_page import ContactsPage
from pages.home import HomePage
from pages.rights import RoleGroup
from pages.share_pictures import SharePicture

__all__ = ["Contact", "ContactCall", "ContactsPage", "HomePage", "RoleGroup", "SharePicture"]
