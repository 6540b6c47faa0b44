"""Connects signals, page contexts, rights and menu entries of the campaigns when Django is ready."""

from campaigns.communes import finding, reading, rights, taken_messages
from campaigns.communes.commune import CommuneSpacePage, CommunesPage
from campaigns.communes.notices import NoticePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.messages import in_menu, on_home
from campaigns.messages.campaign import CampaignPage
from campaigns.messages.message import campaign_context
from campaigns.review import mail
from campaigns.spaces import schedule
from pages.page_views import adds_context


def connect() -> None:
    on_home.offer()
    in_menu.offer_schools()
    rights.announce()
    mail.connect()
    taken_messages.connect()
    schedule.connect()
    show_pages()


def show_pages() -> None:
    adds_context(CampaignPage, campaign_context)
    adds_context(CommunesPage, finding.communes_context)
    adds_context(CommuneSpacePage, reading.space_context)
    adds_context(NoticePage, reading.beside)
    adds_context(CommuneMessagePage, reading.taken_message_context)
