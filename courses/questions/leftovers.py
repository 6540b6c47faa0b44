"""Questions that somebody began and left without a word: autosave keeps them at the first touch of the form."""

from datetime import datetime, timedelta

from django.db.models import ProtectedError, Q

from courses.questions.bank import Question
from outbox.clock import daily

# somebody may still have the form open
KEPT = timedelta(days=1)


@daily("courses.questions.leftovers.drop_empty", at="03:20")
def drop_empty(now: datetime) -> int:
    """How many went. No list shows them meanwhile (`QuestionQuerySet.written`)."""
    left = Q(latest_revision=None) | Q(latest_revision__created_at__lt=now - KEPT)
    dropped = 0
    for question in Question.objects.empty().filter(left):
        try:
            question.delete()
        except ProtectedError:
            # a draft of a quiz lists it already
            continue
        dropped += 1
    return dropped
