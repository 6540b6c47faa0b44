"""Approving a course as a whole, withdrawing an approval, and what was edited since."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.approval.approval import Approval, Decision, approvals_on
from courses.approval.review_items import ReviewItem, counts
from courses.approving.readiness import faults_of
from courses.completions.completion import source_course
from courses.content.course import CoursePage
from courses.content.texts import Change, CourseTexts, changes, read_texts, texts_of
from pages.serving.version import raise_version
from people.log.audit import Act, record
from people.rights.roles import RoleKind
from people.rights.scope import kinds_at_the_top, reaches_everything
from people.times import today

# who answers for what the province teaches; who runs the machine does not
APPROVERS = frozenset({RoleKind.PROVINCE_MANAGER})
# who gives items to bodies and notes what they said
REVIEWERS = APPROVERS | {RoleKind.ADMINISTRATOR, RoleKind.TRAINER}


class NotDecided(ValueError):
    """The message says in one sentence why."""


def may_approve(user) -> bool:
    return reaches_everything(user) or bool(kinds_at_the_top(user) & APPROVERS)


def may_review(user) -> bool:
    return reaches_everything(user) or bool(kinds_at_the_top(user) & REVIEWERS)


@dataclass(frozen=True)
class CourseState:
    """Where a course stands: `approval` is None while it is not approved; `items` and `open` count what to check."""

    key: str
    title: str
    page: CoursePage | None
    approval: Approval | None
    texts: CourseTexts | None
    items: int
    open: int

    @property
    def changes(self) -> list[Change]:
        if self.approval is None or self.texts is None:
            return []
        return changes(self.approval.texts, self.approval.recorded_at, self.texts)


def states() -> list[CourseState]:
    """Every live course in its original language, then other content with items to check. Three queries; the texts of
    an approved course are kept by the process (`courses.content.texts`).
    """
    pages: dict[str, CoursePage] = {}
    for page in CoursePage.objects.live().order_by("locale_id", "path"):
        pages.setdefault(page.key, page)
    elsewhere = ReviewItem.objects.exclude(subject__in=pages).order_by("subject")
    others = dict(elsewhere.values_list("subject", "subject_title"))
    counted, approvals = counts([*pages, *others]), approvals_on(pages, today())
    found = [_state(key, page.title, page, approvals.get(key), counted) for key, page in pages.items()]
    return found + [_state(subject, title or subject, None, None, counted) for subject, title in others.items()]


def state_of(key: str) -> CourseState | None:
    """Of a course, or of other content with items to check; None where there is neither."""
    if page := source_course(key):
        return _state(key, page.title, page, approvals_on([key], today()).get(key), counts([key]))
    title = ReviewItem.objects.filter(subject=key).values_list("subject_title", flat=True).first()
    return None if title is None else _state(key, title or key, None, None, counts([key]))


def _state(key: str, title: str, page, approval: Approval | None, counted: dict) -> CourseState:
    items, still_open = counted.get(key, (0, 0))
    return CourseState(key, title, page, approval, texts_of(page) if approval and page else None, items, still_open)


def approve(page: CoursePage, on: date, reason: str, by, now: datetime) -> Approval:
    """Approves the texts as they are live now. Raises NotDecided where something in them cannot work, or where items
    are open and no reason is given."""
    if faults := faults_of(page):
        first = faults[0]
        raise NotDecided(
            _("Còn %(count)d chỗ chưa dùng được, như “%(title)s”: %(what)s")
            % {"count": len(faults), "title": first.title, "what": first.what}
        )
    still_open = counts([page.key]).get(page.key, (0, 0))[1]
    if still_open and not reason.strip():
        raise NotDecided(_("Còn %d điều chưa kết luận: hãy ghi lý do vẫn duyệt.") % still_open)
    texts = read_texts(page)
    kept = {"texts": texts.snapshot(), "digest": texts.digest, "open_items": still_open}
    return _decide(page.key, Decision.APPROVED, on, reason, by, now, kept)


def withdraw(page: CoursePage, on: date, reason: str, by, now: datetime) -> Approval:
    """From day `on` the course is not approved; completions keep what they are."""
    if not reason.strip():
        raise NotDecided(_("Hãy ghi lý do rút duyệt trong một câu."))
    return _decide(page.key, Decision.WITHDRAWN, on, reason, by, now, {})


@transaction.atomic
def _decide(key: str, decision: Decision, on: date, reason: str, by, now: datetime, kept: dict) -> Approval:
    """A later decision of the same day supersedes the earlier one; none can be before the latest."""
    current = Approval.objects.select_for_update().filter(superseded_at=None, course_key=key)
    last = max((row.on for row in current), default=None)
    if last and on < last:
        raise NotDecided(_("Đã có quyết định ngày %s; hãy ghi từ ngày đó trở đi.") % f"{last:%d/%m/%Y}")
    Approval.objects.filter(course_key=key, on=on).supersede(now)
    said = {"decision": decision, "on": on, "reason": reason.strip(), "by": by, "recorded_at": now}
    row = Approval.objects.create(course_key=key, **said, **kept)
    act = Act.APPROVED_COURSE if decision == Decision.APPROVED else Act.WITHDREW_APPROVAL
    record(act, by, on=on, detail=key, at=now)
    raise_version()
    return row
