"""An act on more people than somebody waits for: written in the background, with progress, as one change."""

from dataclasses import asdict
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.acts.choice import Choice, choice_of
from courses.reports.query.works import lists_works
from outbox.effects import Effect, Job, Refused, effect, enqueue
from people.roster.acting import ChangedMeanwhile, Plan, carry_out, plan
from people.roster.listing import Roster
from people.roster.steps import Order

MANY = "roster_act"
lists_works(MANY, counted=gettext_lazy("người"))


def mark_of(made: Plan) -> str:
    """Of a preview: what is written is what was seen, whatever was typed or changed since."""
    return sha256(repr((made.order, sorted(made.steps.items()))).encode()).hexdigest()[:16]


def ask_for_many(choice: Choice, made: Plan, reason: str) -> Effect:
    """Asked twice it is done once."""
    order = {**asdict(made.order), "on": made.order.on.isoformat(), "kind": str(made.order.kind)}
    mark = mark_of(made)
    payload = {"choice": choice.pk, "order": order, "reason": reason, "mark": mark}
    return enqueue(MANY, payload, f"{MANY}:{choice.pk}:{mark}", requested_by=choice.by)


@effect(MANY, label=gettext_lazy("Sửa danh sách cán bộ"))
def act_on_many(job: Job) -> dict:
    """Tried again after a crash it goes on: who is as she should be already is left alone. Only the first attempt can
    be held to what was seen, since it has written nothing yet.
    """
    now = job.clock()
    choice = choice_of(job.requested_by, job.payload["choice"], now) if job.requested_by else None
    if choice is None:
        raise Refused(_("Lựa chọn này đã cũ hơn một ngày; anh chị chọn lại từ danh sách."))
    order = Order(**{**job.payload["order"], "on": date.fromisoformat(job.payload["order"]["on"])})
    made = plan(choice.by, order, Roster(choice.by).answered(choice.people))
    if job.attempt == 1 and mark_of(made) != job.payload["mark"]:
        raise Refused(_("Danh sách vừa được người khác sửa sau khi anh chị xem trước, nên chưa ghi gì; hãy xem lại."))
    try:
        change = carry_out(made, choice.by, now, job.payload["reason"], job.progress)
    except ChangedMeanwhile as changed:
        raise Refused(str(changed)) from None
    return {"people": len(made.steps), "change": change.pk if change else None}
