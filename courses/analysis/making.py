"""The item analysis of a quiz with many attempts is made in the background, and kept as the result of that work."""

from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.analysis.quiz_analysis import analyse
from courses.analysis.reading import first_attempts
from outbox.effects import Effect, EffectState, Job, effect, enqueue, retry

ITEM_ANALYSIS = "item_analysis"
# so many attempts are counted while somebody waits for the page
AT_ONCE = 300


@effect(ITEM_ANALYSIS, label=_("Phân tích câu hỏi"))
def make(job: Job) -> dict:
    return {"analysis": analyse(UUID(job.payload["quiz"]))}


def ask_for(quiz_key: UUID, user) -> Effect:
    """Once for the attempts that are there; more of them are another work. What failed is tried again."""
    latest = first_attempts().filter(quiz_key=quiz_key).aggregate(latest=Max("pk"))["latest"] or 0
    key = f"{ITEM_ANALYSIS}:{quiz_key.hex}:{latest}"
    row = enqueue(ITEM_ANALYSIS, {"quiz": str(quiz_key)}, key=key, requested_by=user)
    if row.state == EffectState.FAILED:
        retry(row, timezone.now())
    return row


def works_for(quiz_key: UUID) -> tuple[Effect | None, Effect | None]:
    """(the latest that is done, the one that is not yet); two queries."""
    works = Effect.objects.filter(kind=ITEM_ANALYSIS, payload__quiz=str(quiz_key)).order_by("-pk")
    return works.filter(state=EffectState.DONE).first(), works.open().first()
