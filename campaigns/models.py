from campaigns.campaign import CampaignPage
from campaigns.messages import MessagePage, MessageRecording

__all__ = ["CampaignPage", "MessagePage", "MessageRecording"]
