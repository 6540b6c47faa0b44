"""Recomputes everybody's standing in the background after a manager changed a rule.

Until then the figures follow the earlier rule, and the pages that show them say so (`recounts`).
"""

from datetime import datetime

from django.db.models import CharField, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing.rules import concerned, record_rule
from courses.standing.standing import refresh_steadily
from outbox.effects import Effect, EffectState, Job, effect, enqueue, retry

RECOUNT = "rule_recount"


def change_rule_later(requirement: Requirement, now: datetime, *, by, **terms) -> RequirementRule:
    """`record_rule` in the caller's transaction, and a recount after its commit. Saving again retries a failed one."""
    rule = record_rule(requirement, now, **terms)
    row = enqueue(RECOUNT, {"rule": rule.pk}, key=f"{RECOUNT}:{rule.pk}", requested_by=by)
    retry(row, now)
    return rule


@effect(RECOUNT, label=_("Tính lại số liệu theo quy định mới"))
def recount(job: Job) -> dict:
    requirement = Requirement.objects.get(rules=job.payload["rule"])
    changed = refresh_steadily(concerned(requirement), timezone.now(), requirement, progress=job.progress)
    return {"changed": changed}


def recounts() -> QuerySet:
    """A subquery: the unfinished or failed recount of the outer query's rule."""
    key = Concat(Value(f"{RECOUNT}:"), Cast(OuterRef("pk"), CharField()))
    return Effect.objects.filter(key=key).exclude(state=EffectState.DONE)


def progress_of_recounts() -> dict[int, str]:
    """By requirement id: the progress of an unfinished recount, in words; two queries. Ignores superseded rules."""
    rows = Effect.objects.filter(kind=RECOUNT).exclude(state=EffectState.DONE).order_by("pk")
    words = {row.payload["rule"]: _words(row) for row in rows}
    rules = RequirementRule.objects.current().filter(pk__in=words).values_list("pk", "requirement")
    return {requirement: words[rule] for rule, requirement in rules}


def _words(row: Effect) -> str:
    if row.state == EffectState.FAILED:
        return gettext("chưa tính lại được: lưu lại quy định để thử lần nữa")
    if not row.total:
        return gettext("đang chờ tính lại")
    return gettext("đang tính lại: %(done)d/%(total)d người") % {"done": row.done, "total": row.total}
