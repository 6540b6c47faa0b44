from campaigns.communes.commune import CommuneSpacePage, CommunesPage
from campaigns.communes.notices import NoticePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.messages.campaign import CampaignPage
from campaigns.messages.message import MessagePage, MessageRecording
from campaigns.review.task import CommuneReview
from campaigns.schools.lesson import SchoolLessonPage, SchoolsPage

__all__ = [
    "CampaignPage",
    "CommuneMessagePage",
    "CommuneReview",
    "CommuneSpacePage",
    "CommunesPage",
    "MessagePage",
    "MessageRecording",
    "NoticePage",
    "SchoolLessonPage",
    "SchoolsPage",
]
