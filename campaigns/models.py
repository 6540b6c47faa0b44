from campaigns.campaign import CampaignPage
from campaigns.communes import CommuneSpacePage, CommunesPage
from campaigns.messages import MessagePage, MessageRecording
from campaigns.notices import NoticePage
from campaigns.review import CommuneReview
from campaigns.schools import SchoolLessonPage, SchoolsPage
from campaigns.taken_messages import CommuneMessagePage

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
