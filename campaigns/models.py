from campaigns.campaign import CampaignPage
from campaigns.communes import CommuneSpacePage, CommunesPage
from campaigns.messages import MessagePage, MessageRecording
from campaigns.notices import NoticePage
from campaigns.review import CommuneReview
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
]
