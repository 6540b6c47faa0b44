"""Issuing, revoking and issuing again.

A completion recorded here requests its certificate through the outbox, so that submitting a quiz does not wait for it;
the certificate has the day of the completion, however late the worker is.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.certificates.certificate import Certificate, Revocation, take_numbers
from courses.certificates.issuers import Issuer, Recipient, recipients
from courses.completions.completion import MADE_ELSEWHERE, Completion, Void
from courses.completions.signals import completion_recorded, completions_recognised
from courses.completions.unapproved import unapproved_on
from courses.content.course import CoursePage
from courses.standing.facts import rules_by_requirement
from courses.standing.spans import CompletionFact, Rule, rule_in_force, valid_until
from outbox.effects import Job, effect, enqueue
from people.log.audit import Act, record
from people.persons.merges import one_person

ISSUE, ISSUE_RECOGNISED = "certificate", "recognised_certs"
# certificates issued in one transaction
BATCH = 500


class NotIssued(ValueError):
    """The message says in one Vietnamese sentence why no certificate can be issued."""


def connect() -> None:
    completion_recorded.connect(_follow_completion, dispatch_uid="courses.certificates")
    completions_recognised.connect(_follow_recognition, dispatch_uid="courses.certificates")


def _follow_completion(sender, person_ids, now, completion, **kwargs) -> None:
    if completion is None:
        issue_for_imported(person_ids, now)
    else:
        ask_for(completion)


def _follow_recognition(sender, person_ids, now, completions, **kwargs) -> None:
    """One wish for all of them; certificates are as of the decision, however late the worker is."""
    enqueue(ISSUE_RECOGNISED, {"completions": [row.pk for row in completions], "at": now.isoformat()})


def ask_for(completion: Completion) -> None:
    """One INSERT, inside the transaction that records the completion."""
    enqueue(ISSUE, payload_of(completion), wakes=False)


def payload_of(completion: Completion) -> dict:
    return {
        "person": completion.person_id,
        "course": completion.course_key,
        "on": completion.completed_on.isoformat(),
    }


@effect(ISSUE, label=gettext_lazy("Cấp chứng nhận"))
@transaction.atomic
def issue_one(job: Job) -> dict:
    """Issues the certificate of a completion recorded here. A second run changes nothing."""
    payload = job.payload
    completions = (
        Completion.objects.current()
        .select_related("person")
        # a void that is being written goes first, so that no number is given to what it ends
        .select_for_update(no_key=True, of=("self",))
        .filter(person=payload["person"], course_key=payload["course"], completed_on=date.fromisoformat(payload["on"]))
    )
    issued = [row for completion in completions for row in issue([completion], completion.recorded_at)]
    return {"certificate": issued[0].pk} if issued else {}


@effect(ISSUE_RECOGNISED, label=gettext_lazy("Cấp chứng nhận cho lần hoàn thành được công nhận"))
def issue_recognised(job: Job) -> dict:
    """Each trial paper is followed by a certificate; it stays what it was. A second run finds them issued."""
    at, ids, issued = datetime.fromisoformat(job.payload["at"]), job.payload["completions"], 0
    for place in range(0, len(ids), BATCH):
        with transaction.atomic():
            rows = Completion.objects.current().select_related("person").filter(pk__in=ids[place : place + BATCH])
            held = rows.select_for_update(no_key=True, of=("self",)).order_by("pk")
            issued += len(issue(list(held), at))
        job.progress(min(place + BATCH, len(ids)), len(ids))
    return {"rows": issued}


def issue_for_imported(person_ids: Iterable[int], now: datetime) -> None:
    """Issues certificates for the completions made elsewhere and recorded at `now`, where the issuer wants them."""
    completions = Completion.objects.current().filter(person__in=person_ids, recorded_at=now, source__in=MADE_ELSEWHERE)
    issue(list(completions.order_by("pk")), now, wished=lambda issuer: issuer.imported_too)


def issue(completions: list[Completion], now: datetime, wished=lambda issuer: True) -> list[Certificate]:
    """One for each that counts today, has none yet and whose issuer wishes it; for one by content that is not approved,
    a trial paper, which a certificate follows once the completion is recognised.

    The same queries for one and for five hundred. Whoever calls it holds the rows against a void at the same moment.
    """
    open_ids = _without_certificate(pk__in=[completion.pk for completion in completions]) if completions else set()
    if not (completions := [completion for completion in completions if completion.pk in open_ids]):
        return []
    today = timezone.localdate(now)
    to = recipients({completion.person_id for completion in completions}, today)
    rules, titles = rules_by_requirement(), _titles({completion.course_key for completion in completions})
    trials, papers = _trials(completions, today)
    by_series: dict[tuple[int, bool], list[Certificate]] = defaultdict(list)
    for completion in completions:
        recipient = to.get(completion.person_id)
        if recipient is None or not wished(recipient.issuer):
            continue
        until = _valid_until(completion, rules.values(), recipient)
        row = _certificate(completion, recipient, titles.get(completion.course_key, completion.course_key), until, now)
        row.trial = completion.pk in trials
        row.replaces = papers.get((completion.person_id, completion.course_key, completion.completed_on))
        by_series[recipient.issuer.unit_id, row.trial].append(row)
    with transaction.atomic(savepoint=False):
        # always in the same order, so that two imports cannot wait for each other
        return [row for series in sorted(by_series) for row in _numbered(series, today.year, by_series[series])]


def _trials(completions: list[Completion], day: date) -> tuple[set[int], dict[tuple, Certificate]]:
    """(ids of those by content that was not approved nor recognised by `day`, the trial papers given before by person,
    course and day); two queries, none where all content was approved.
    """
    made = [row for row in completions if row.source == Completion.Source.QUIZ and not row.approved]
    if not made:
        return set(), {}
    trials = set(unapproved_on(day).filter(pk__in=[row.pk for row in made]).values_list("pk", flat=True))
    people = {row.person_id for row in made}
    papers = Certificate.objects.filter(trial=True, replaced_by=None, person__in=people).order_by("pk")
    return trials, {(paper.person_id, paper.course_key, paper.completed_on): paper for paper in papers}


def _certificate(completion: Completion, to: Recipient, title: str, until: date | None, now: datetime) -> Certificate:
    # evidence from a file may say anything; evidence recorded here is a score
    result = completion.evidence if completion.source == Completion.Source.QUIZ else ""
    return Certificate(
        person=completion.person,
        completion=completion,
        course_key=completion.course_key,
        completed_on=completion.completed_on,
        issued_on=timezone.localdate(now),
        valid_until=until,
        person_name=completion.person.full_name,
        person_unit=to.unit,
        course_title=title,
        result=result,
        recorded_at=now,
        **_signed(to.issuer),
    )


def _signed(issuer: Issuer) -> dict:
    """What a certificate keeps of its issuer."""
    kept = ("superior", "organisation", "mark", "place", "signer_title", "signer_name", "design")
    return {"unit_id": issuer.unit_id} | {name: getattr(issuer, name) for name in kept}


def _numbered(series: tuple[int, bool], year: int, rows: list[Certificate]) -> list[Certificate]:
    unit_id, trial = series
    for row, number in zip(rows, take_numbers(unit_id, year, len(rows), trial=trial), strict=True):
        row.year, row.number = year, number
    return Certificate.objects.bulk_create(rows)


def validity_of(completion: Completion) -> date | None:
    """The last day on which the completion is valid for its person; None where it does not lapse."""
    to = recipients([completion.person_id], completion.completed_on).get(completion.person_id)
    return _valid_until(completion, rules_by_requirement().values(), to)


def _valid_until(completion: Completion, rules: Iterable[list[Rule]], to: Recipient | None) -> date | None:
    """The last valid day by the rules in force on the day of completion that concern the person, else by any of the
    course; of several the earliest, so that no certificate promises more than a rule allows."""
    in_force = [rule for versions in rules if (rule := rule_in_force(versions, completion.completed_on))]
    asking = [rule for rule in in_force if completion.course_key in rule.courses]
    duties = to.duties_on(completion.completed_on) if to else set()
    asking = [rule for rule in asking if rule.duty in duties] or asking
    days = [valid_until(CompletionFact(completion.course_key, completion.completed_on), rule) for rule in asking]
    return min((day for day in days if day), default=None)


def _titles(keys: set[str]) -> dict[str, str]:
    """Vietnamese course titles by course key."""
    return dict(CoursePage.objects.filter(key__in=keys).order_by("-locale_id").values_list("key", "title"))


@transaction.atomic
def issue_by_hand(completion: Completion, by, now: datetime) -> list[Certificate]:
    """For a completion that got none by itself; nothing where it has one or is void."""
    Completion.objects.select_for_update(no_key=True).get(pk=completion.pk)
    if issued := issue([completion], now):
        record(Act.ISSUED, by, person=completion.person, detail=completion.course_key, at=now)
    return issued


@transaction.atomic
def revoke(certificate: Certificate, on: date, reason: str, by, now: datetime) -> Revocation:
    """Revokes it from day `on`. A revocation with another day or reason supersedes the earlier one."""
    record(Act.REVOKED, by, person=certificate.person, detail=certificate.course_key, at=now)
    return _revoke(certificate, on, reason, by, now)


def _revoke(certificate: Certificate, on: date, reason: str, by, now: datetime) -> Revocation:
    Certificate.objects.select_for_update().get(pk=certificate.pk)
    standing = Revocation.objects.current().filter(certificate=certificate).first()
    if standing and (standing.on, standing.reason) == (on, reason.strip()):
        return standing
    Revocation.objects.filter(certificate=certificate).supersede(now)
    return Revocation.objects.create(certificate=certificate, on=on, reason=reason.strip(), by=by, recorded_at=now)


@transaction.atomic
def reissue(certificate: Certificate, reason: str, by, now: datetime) -> Certificate:
    """Replaces the certificate by a new one with its own number and code, today's name and signer.

    The old one is revoked from today. Raises NotIssued where it was already replaced or its completion is void.
    """
    old = Certificate.objects.select_for_update().select_related("person", "completion").get(pk=certificate.pk)
    if Certificate.objects.filter(replaces=old).exists():
        raise NotIssued(_("Chứng nhận này đã được cấp lại rồi; hãy cấp lại từ bản mới nhất."))
    if is_void(old, timezone.localdate(now)):
        raise NotIssued(_("Lần hoàn thành của chứng nhận này đã bị hủy nên không cấp lại được."))
    same = Completion.objects.current().filter(person=old.person_id, course_key=old.course_key)
    if not same.filter(completed_on=old.completed_on).exists():
        raise NotIssued(_("Lần hoàn thành của chứng nhận này đã được rút lại nên không cấp lại được."))
    today = timezone.localdate(now)
    to = recipients([old.person_id], today)[old.person_id]
    new = _certificate(old.completion, to, old.course_title, old.valid_until, now)
    new.course_key, new.completed_on, new.replaces, new.reissued_because = (
        old.course_key,
        old.completed_on,
        old,
        reason.strip(),
    )
    new.trial = old.trial
    if not Revocation.objects.current().filter(certificate=old, on__lte=today).exists():
        _revoke(old, today, _("Đã cấp lại: %s") % reason.strip()[:280], by, now)
    record(Act.REISSUED, by, person=old.person, detail=old.course_key, at=now)
    return _numbered((to.issuer.unit_id, new.trial), today.year, [new])[0]


def is_void(certificate: Certificate, day: date) -> bool:
    voided_on = Certificate.objects.with_ending().values_list("voided_on", flat=True).get(pk=certificate.pk)
    return voided_on is not None and voided_on <= day


def without_certificate(person) -> set[int]:
    """Ids of the person's completions that count today and have no certificate."""
    return _without_certificate(person__in=one_person(person))


def _without_certificate(**filters) -> set[int]:
    """Ids of those completions that count today, however late that is, and have no certificate: a trial paper is enough
    only as long as the completion is not recognised."""
    day = timezone.localdate()
    same = Certificate.objects.filter(
        person=OuterRef("person"), course_key=OuterRef("course_key"), completed_on=OuterRef("completed_on")
    )
    void = Void.objects.current().filter(completion=OuterRef("pk"), on__lte=day)
    # a paper that was revoked stays the last one
    last = same.filter(replaced_by=None)
    ended = Exists(last.filter(pk__in=Revocation.objects.current().values("certificate")))
    on_trial = Exists(unapproved_on(day).filter(pk=OuterRef("pk")))
    rows = Completion.objects.current().filter(**filters).exclude(Exists(same.filter(trial=False)))
    return set(rows.exclude(on_trial & Exists(same)).exclude(ended | Exists(void)).values_list("pk", flat=True))


def awaited(person) -> list[Completion]:
    """Completions recorded here that have no certificate yet, each with `course_title`."""
    without = without_certificate(person)
    rows = list(Completion.objects.filter(pk__in=without, source=Completion.Source.QUIZ).order_by("-completed_on"))
    titles = _titles({row.course_key for row in rows}) if rows else {}
    for row in rows:
        row.course_title = titles.get(row.course_key, row.course_key)  # type: ignore[attr-defined]
    return rows


@transaction.atomic
def forget_person(person, code: str) -> int:
    """Replaces the name by a code on all certificates of the person; numbers, days and states stay. Returns how many.

    Reasons are deleted too, since they may name somebody.
    """
    Revocation.objects.filter(certificate__person=person).update(reason="")
    return Certificate.objects.filter(person=person).update(person_name=code, person_unit="", reissued_because="")
