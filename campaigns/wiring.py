"""Connects signals, page contexts, rights and menu entries of the campaigns when Django is ready."""

from django.utils.translation import gettext_lazy as _

from campaigns.activities.told import beside as told_beside
from campaigns.activities.told import personal_data as own_activities
from campaigns.activities.told import queued as activities_queued
from campaigns.activities.told import section as activities_told
from campaigns.adapting import acts as adapted
from campaigns.adapting import personal_data as own_copies
from campaigns.adapting import queued as copies_queued
from campaigns.alerts import personal_data as own_alerts
from campaigns.alerts import publishing, read_out, standing
from campaigns.alerts import queued as alerts_queued
from campaigns.alerts.alerts_page import AlertsPage
from campaigns.communes import annual, finding, happened, reading, rights, taken_messages, wording
from campaigns.communes import queued as own_pages_queued
from campaigns.communes.commune import CommuneSpacePage, CommunesPage
from campaigns.communes.feeds import stands_in_every_feed
from campaigns.communes.notices import NoticePage
from campaigns.communes.pages import CommunePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.loudspeakers import bulletin, package, package_making, reading_out
from campaigns.loudspeakers import personal_data as own_loudspeakers
from campaigns.messages import on_home
from campaigns.messages.campaign import CampaignPage
from campaigns.messages.message import MessagePage, campaign_context
from campaigns.press import holding as holding_press
from campaigns.press import press_package
from campaigns.pulse.asking import has_questions
from campaigns.renderings import holding as holding_sheets
from campaigns.renderings import queued as sheets_queued
from campaigns.renderings import whose
from campaigns.renderings.texts import at_the_desk, citing, script_for_loudspeakers, unsettled
from campaigns.review import mail, queued
from campaigns.review.files import decides_on_communes
from campaigns.review.forms import name_review
from campaigns.schools import approving
from campaigns.schools import queued as schools_queued
from campaigns.schools.lesson import SchoolLessonPage, SchoolsPage
from campaigns.schools.log import personal_data as own_lessons
from campaigns.schools.log import section as lessons_told
from campaigns.schools.quiz import personal_data as own_quizzes
from campaigns.schools.screens import finding as lessons_found
from campaigns.schools.screens import pack_page
from campaigns.spaces import following, schedule
from campaigns.speaking import consents as ends_of_voices
from campaigns.speaking import publishing as public_voices
from campaigns.speaking import settling, titles
from campaigns.speaking.told import board as voices_board
from campaigns.speaking.told import personal_data as own_voices
from campaigns.speaking.told import queued as voices_queued
from campaigns.speaking.whose import spoken
from campaigns.translating import keeping, shut
from campaigns.translating.following import knows_heard
from campaigns.translating.kinds import EVERYWHERE, Kind, translates
from campaigns.translating.told import personal_data
from campaigns.translating.told import queued as translations_queued
from campaigns.translating.told.board import approved_translations
from campaigns.translating.whose import knows_voices
from media.consents.reach import knows_packages
from media.replacing.reviewers import reviews
from pages.home.page import offer_section
from pages.laws.kinds import cites
from pages.laws.of_pages import page_kind
from pages.page_views import adds_context
from pages.serving.only_pages import address_of, kept_address
from pages.shell.navigation import anonymous, holding, offer
from people.rights.roles import RoleKind
from people.signing_in.landing import lands
from people.times import today

# what they put into the queue
QUEUE = (
    *(queued, own_pages_queued, schools_queued, activities_queued, translations_queued, sheets_queued, alerts_queued),
    *(voices_queued, copies_queued),
)
# what they hold about a person
OWN = (own_activities, own_alerts, own_loudspeakers, own_voices, own_lessons, own_quizzes, own_copies)
WHO_TEACHES = {RoleKind.TEACHER, RoleKind.SCHOOL_MANAGER}
# who logs what was done, often
LOGGING = {RoleKind.COMMUNE_EDITOR, RoleKind.TEACHER, RoleKind.SCHOOL_MANAGER}
LESSONS_TAUGHT = "/truong-hoc/nhat-ky/"
PACK_TEXTS = ("aims", "things", "background", "body", "sources")
TRANSLATING = "/dich/"
ALERTS = "/canh-bao-nhanh/"
SPEAKING = "/tieng-noi/"
SCHOOL_DESK = "/truong-hoc/viec-can-lam/"
# what follows a unit that is reorganised
FOLLOWING = (following,)
# what the annual report tells of communes
ANNUAL = (annual, activities_told, lessons_told)
# what happened in communes, for the yearly plans of units
HAPPENED = (happened,)


def connect() -> None:
    on_home.offer()
    translates(Kind(AlertsPage, EVERYWHERE))
    approving.connect()
    adapted.connect()
    at_the_desk.offer()
    holding_sheets.connect()
    holding_press.connect()
    press_package.connect()
    offer_section(5, "campaigns/home_alerts.html", standing.on_home)
    told_beside.TRANSLATIONS.append(approved_translations)
    cite_the_law()
    offer_in_menu()
    rights.announce()
    mail.connect()
    taken_messages.connect()
    wording.connect()
    name_review()
    schedule.connect()
    publishing.connect()
    stands_in_every_feed(standing.feed_items)
    keeping.connect()
    personal_data.connect()
    shut.connect()
    # after what brings translations in step
    public_voices.connect()
    ends_of_voices.connect()
    voices_board.connect()
    knows_voices(spoken)
    knows_heard(public_voices.heard_in)
    reviews(CommunePage, decides_on_communes)
    tell_of_open_points()
    tell_loudspeakers()
    show_pages()


def tell_of_open_points() -> None:
    """What an office still has to settle is in no voice."""
    settling.knows_unsettled(unsettled.sentences_of)
    unsettled.opened.connect(settling.opened, dispatch_uid="campaigns.speaking.settling")


def tell_loudspeakers() -> None:
    """What is over, what is approved, which titles were recorded."""
    reading_out.knows_ends(read_out.ends_of)
    bulletin.knows_scripts(script_for_loudspeakers.script)
    package_making.knows_titles(titles.for_loudspeakers)
    package.knows_titles_gone(titles.gone)
    knows_packages(package.with_recording)


def cite_the_law() -> None:
    """The pages of the campaign and of the schools, and what is printed, that name articles of law."""
    cites(page_kind("school_lessons", _("Bài học ở trường"), 70, SchoolLessonPage, *PACK_TEXTS))
    cites(page_kind("schools", _("Trang bài học ở trường"), 72, SchoolsPage, "sources"))
    cites(page_kind("messages", _("Thông điệp"), 74, MessagePage, "sources"))
    cites(page_kind("campaigns", _("Chiến dịch"), 76, CampaignPage, "sources"))
    citing.connect()


def offer_in_menu() -> None:
    """The public pages, for everybody who is not signed in; who teaches keeps the lessons and lands there,
    who manages a school on what waits for her."""
    teaches = holding(WHO_TEACHES)
    offer(12, kept_address("campaign", campaign_address), _("Ngày 30/7"), anonymous)
    offer(14, address_of(CommunesPage), _("Xã, phường"), anonymous)
    # who leads finds them first under prints: her menu is full
    offer(57, ALERTS, _("Cảnh báo"), lambda user, kinds: bool(kinds & whose.KINDS) and not kinds & whose.MANAGERS)
    offer(58, "/in-an/", _("In ấn"), holding(whose.KINDS))
    offer(16, address_of(SchoolsPage), _("Trường học"), lambda user, kinds: user is None or teaches(user, kinds))
    offer(15, SCHOOL_DESK, _("Việc ở trường"), lambda user, kinds: RoleKind.SCHOOL_MANAGER in kinds)
    lands(39, lambda user, kinds: SCHOOL_DESK if RoleKind.SCHOOL_MANAGER in kinds else "")
    offer(13, LESSONS_TAUGHT, _("Bài tôi dạy"), holding({RoleKind.TEACHER}))
    offer(42, "/hoat-dong/", _("Hoạt động"), holding(LOGGING))
    offer(55, TRANSLATING, _("Bàn dịch"), holding({RoleKind.TRANSLATOR}))
    offer(56, SPEAKING, _("Tiếng nói"), holding({RoleKind.TRANSLATOR}))
    lands(55, lambda user, kinds: TRANSLATING if RoleKind.TRANSLATOR in kinds else "")
    lands(40, lambda user, kinds: LESSONS_TAUGHT if kinds & WHO_TEACHES else "")


def campaign_address(language: str) -> str:
    campaign = CampaignPage.objects.nearest(today(), language)
    return (campaign.url or "") if campaign else ""


def message_context(request, page) -> dict:
    return {**standing.message_context(request, page), "asks": has_questions(page)}


def show_pages() -> None:
    adds_context(CampaignPage, campaign_context)
    adds_context(SchoolsPage, lessons_found.schools_context)
    adds_context(SchoolLessonPage, pack_page.pack_context)
    adds_context(MessagePage, message_context)
    adds_context(AlertsPage, standing.alerts_context)
    adds_context(CommunesPage, finding.communes_context)
    adds_context(CommuneSpacePage, standing.space_context)
    adds_context(NoticePage, reading.beside)
    adds_context(CommuneMessagePage, reading.taken_message_context)
