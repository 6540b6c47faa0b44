"""The approved words that are read over a loudspeaker, for the bulletin."""

from campaigns.messages.message import MessagePage
from campaigns.renderings.texts.passages import Passage

SLOT = "loud.30"


def script(message: MessagePage) -> tuple[str, bool] | None:
    """(text, whether it is approved); None of a message without such a text. Three queries."""
    row = Passage.objects.filter(message=message, slot=SLOT).prefetch_related("points__settlements").first()
    return (row.text, row.is_approved) if row is not None else None
