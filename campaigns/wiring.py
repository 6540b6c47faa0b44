"""Connects signals, page contexts, rights and menu entries of the campaigns when Django is ready."""

from django.utils.translation import gettext_lazy as _

from campaigns.communes import annual, finding, reading, rights, taken_messages, wording
from campaigns.communes import queued as own_pages_queued
from campaigns.communes.commune import CommuneSpacePage, CommunesPage
from campaigns.communes.notices import NoticePage
from campaigns.communes.pages import CommunePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.messages import on_home
from campaigns.messages.campaign import CampaignPage
from campaigns.messages.message import MessagePage, campaign_context
from campaigns.review import mail, queued
from campaigns.review.files import decides_on_communes
from campaigns.review.forms import name_review
from campaigns.schools.lesson import SchoolLessonPage, SchoolsPage
from campaigns.spaces import following, schedule
from media.replacing.reviewers import reviews
from pages.laws.kinds import cites
from pages.laws.of_pages import page_kind
from pages.page_views import adds_context
from pages.serving.only_pages import address_of, kept_address
from pages.shell.navigation import anonymous, holding, offer
from people.rights.roles import RoleKind
from people.signing_in.landing import lands
from people.times import today

# what they put into the queue
QUEUE = (queued, own_pages_queued)
WHO_TEACHES = {RoleKind.TEACHER, RoleKind.SCHOOL_MANAGER}
SCHOOLS = "/truong-hoc/"
# what follows a unit that is reorganised
FOLLOWING = (following,)
# what the annual report tells of communes
ANNUAL = (annual,)


def connect() -> None:
    on_home.offer()
    cite_the_law()
    offer_in_menu()
    rights.announce()
    mail.connect()
    taken_messages.connect()
    wording.connect()
    name_review()
    schedule.connect()
    reviews(CommunePage, decides_on_communes)
    show_pages()


def cite_the_law() -> None:
    """The pages of the campaign and of the schools that name articles of law; posters register the same way."""
    cites(page_kind("school_lessons", _("Bài học ở trường"), 70, SchoolLessonPage, "aims", "things", "body", "sources"))
    cites(page_kind("schools", _("Trang bài học ở trường"), 72, SchoolsPage, "sources"))
    cites(page_kind("messages", _("Thông điệp"), 74, MessagePage, "sources"))
    cites(page_kind("campaigns", _("Chiến dịch"), 76, CampaignPage, "sources"))


def offer_in_menu() -> None:
    """The public pages, for everybody who is not signed in; who teaches keeps the lessons and lands there."""
    teaches = holding(WHO_TEACHES)
    offer(12, kept_address("campaign", campaign_address), _("Ngày 30/7"), anonymous)
    offer(14, address_of(CommunesPage), _("Xã, phường"), anonymous)
    offer(16, address_of(SchoolsPage), _("Trường học"), lambda user, kinds: user is None or teaches(user, kinds))
    lands(40, lambda user, kinds: SCHOOLS if kinds & WHO_TEACHES else "")


def campaign_address(language: str) -> str:
    campaign = CampaignPage.objects.nearest(today(), language)
    return (campaign.url or "") if campaign else ""


def show_pages() -> None:
    adds_context(CampaignPage, campaign_context)
    adds_context(CommunesPage, finding.communes_context)
    adds_context(CommuneSpacePage, reading.space_context)
    adds_context(NoticePage, reading.beside)
    adds_context(CommuneMessagePage, reading.taken_message_context)
