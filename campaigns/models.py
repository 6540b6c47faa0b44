from campaigns.communes import CommuneSpacePage, CommunesPage
from campaigns.messages import MessagePage
from campaigns.notices import NoticePage
from campaigns.review import CommuneReview
from campaigns.taken_messages import CommuneMessagePage

__all__ = ["CommuneMessagePage", "CommuneReview", "CommuneSpacePage", "CommunesPage", "MessagePage", "NoticePage"]
