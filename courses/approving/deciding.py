"""Approving a course as a whole, withdrawing an approval, and what was edited since."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.approval.approval import Approval, Decision, approvals_on
from courses.approval.review_items import ReviewItem, counts
from courses.approval.submission import Submission
from courses.approving.moved import order_of
from courses.approving.parts import pages_of, parts_of, source_page
from courses.approving.readiness import Fault, faults_of
from courses.completions.completion import source_course
from courses.content.course import CoursePage
from courses.content.texts import Change, CourseTexts, changes, read_texts, texts_of
from media.replacing.reviewers import Key, Pair
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


def decides_on_courses(user, pairs: list[Pair]) -> set[Key]:
    """About replaced files that a live part of a course shows: who approves courses."""
    return {(page.pk, by) for page, by in pairs} if may_approve(user) else set()


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
    submission: Submission | None = None

    @property
    def changes(self) -> list[Change]:
        if self.approval is None or self.texts is None:
            return []
        return changes(self.approval.texts, self.approval.recorded_at, self.texts)


def states() -> list[CourseState]:
    """Every course that is live or was submitted, in its original language, then other content with items to check.
    Five queries; the texts of an approved course are kept by the process (`courses.content.texts`).
    """
    submitted = {one.course_key: one for one in Submission.objects.open().select_related("by", "decided_by")}
    pages: dict[str, CoursePage] = {}
    wanted = Q(live=True) | Q(own_key__in=submitted)
    for page in CoursePage.objects.filter(wanted).order_by("locale_id", "path"):
        pages.setdefault(page.key, page)
    elsewhere = ReviewItem.objects.exclude(subject__in=pages).order_by("subject")
    others = dict(elsewhere.values_list("subject", "subject_title"))
    counted, approvals = counts([*pages, *others]), approvals_on(pages, today())
    found = [
        _state(key, page.title, page, approvals.get(key), counted, submitted.get(key)) for key, page in pages.items()
    ]
    return found + [_state(subject, title or subject, None, None, counted) for subject, title in others.items()]


def state_of(key: str) -> CourseState | None:
    """Of a course, or of other content with items to check; None where there is neither."""
    submission = Submission.objects.open().filter(course_key=key).select_related("by", "decided_by").first()
    page = source_course(key) or (source_page(key) if submission else None)
    if page is not None:
        return _state(key, page.title, page, approvals_on([key], today()).get(key), counts([key]), submission)
    title = ReviewItem.objects.filter(subject=key).values_list("subject_title", flat=True).first()
    return None if title is None else _state(key, title or key, None, None, counts([key]))


def _state(key: str, title: str, page, approval: Approval | None, counted: dict, submission=None) -> CourseState:
    items, still_open = counted.get(key, (0, 0))
    texts = texts_of(page) if approval and page else None
    return CourseState(key, title, page, approval, texts, items, still_open, submission)


def approve(page: CoursePage, on: date, reason: str, by, now: datetime) -> Approval:
    """Approves the texts as they are live now, where there is nothing to publish: what is to go live is submitted first
    (`courses.approving.submitting`). Raises NotDecided with one sentence.

    Who wrote what is live and not yet approved does not approve it, as nobody approves what she submitted.
    """
    if not may_approve(by):
        raise NotDecided(_("Chỉ quản lý cấp tỉnh duyệt được khóa học."))
    if Submission.objects.open().filter(course_key=page.key).exists():
        raise NotDecided(_("Khóa học có bài gửi duyệt đang chờ; hãy quyết định về bài gửi ấy."))
    waiting = [part for part in parts_of(page).changed if part.goes_live_by_itself]
    if waiting:
        said = {"count": len(waiting), "title": waiting[0].title}
        raise NotDecided(_("Còn %(count)d phần chưa đăng, như “%(title)s”: gửi duyệt cả khóa rồi mới duyệt.") % said)
    if title := own_text(page, by):
        raise NotDecided(_("Anh chị đã viết “%(title)s” nên người khác phải duyệt.") % {"title": title})
    refuse_faults(faults_of(page))
    return approve_live(page, on, reason, by, now)


def own_text(page: CoursePage, by) -> str:
    """The title of a text that `by` wrote and that went live since the last approval; "" for none."""
    approval = approvals_on([page.key], today()).get(page.key)
    since = Q() if approval is None else Q(last_published_at__gt=approval.recorded_at)
    pages = Page.objects.descendant_of(page, inclusive=True).live().filter(since, live_revision__user=by)
    return pages.order_by("path").values_list("title", flat=True).first() or ""


def refuse_faults(faults: list[Fault]) -> None:
    if faults:
        first = faults[0]
        raise NotDecided(
            _("Còn %(count)d chỗ chưa dùng được, như “%(title)s”: %(what)s")
            % {"count": len(faults), "title": first.title, "what": first.what}
        )


def refuse_open_items(key: str, reason: str) -> int:
    """The number of items that are open; a reason says why it is approved all the same."""
    still_open = counts([key]).get(key, (0, 0))[1]
    if still_open and not reason.strip():
        raise NotDecided(_("Còn %d điều chưa kết luận: hãy ghi lý do vẫn duyệt.") % still_open)
    return still_open


def approve_live(page: CoursePage, on: date, reason: str, by, now: datetime) -> Approval:
    """The approval of what is live at this moment."""
    still_open = refuse_open_items(page.key, reason)
    texts = read_texts(page)
    kept = {"texts": texts.snapshot(), "digest": texts.digest, "open_items": still_open}
    kept["order"] = order_of(pages_of(page))
    return _decide(page.key, Decision.APPROVED, on, reason, by, now, kept)


def withdraw(page: CoursePage, on: date, reason: str, by, now: datetime) -> Approval:
    """From day `on` the course is not approved; completions keep what they are."""
    if not reason.strip():
        raise NotDecided(_("Hãy ghi lý do rút duyệt trong một câu."))
    return _decide(page.key, Decision.WITHDRAWN, on, reason, by, now, {})


def refuse_earlier(key: str, on: date) -> None:
    """Call it in a transaction."""
    current = Approval.objects.select_for_update().filter(superseded_at=None, course_key=key)
    last = max((row.on for row in current), default=None)
    if last and on < last:
        raise NotDecided(_("Đã có quyết định ngày %s; hãy ghi từ ngày đó trở đi.") % f"{last:%d/%m/%Y}")


@transaction.atomic
def _decide(key: str, decision: Decision, on: date, reason: str, by, now: datetime, kept: dict) -> Approval:
    """A later decision of the same day supersedes the earlier one; none can be before the latest."""
    refuse_earlier(key, on)
    Approval.objects.filter(course_key=key, on=on).supersede(now)
    said = {"decision": decision, "on": on, "reason": reason.strip(), "by": by, "recorded_at": now}
    row = Approval.objects.create(course_key=key, **said, **kept)
    act = Act.APPROVED_COURSE if decision == Decision.APPROVED else Act.WITHDREW_APPROVAL
    record(act, by, on=on, detail=key, at=now)
    raise_version()
    return row
