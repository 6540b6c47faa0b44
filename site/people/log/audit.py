"""Who saw or changed whose record: one row for each time, never the contents.

    record(Act.SAW_PERSON, request.user, person=person)
    record(Act.SAW_PEOPLE, request.user, unit=unit, on=as_of, count=50)

A row is about a person, about the people of a unit on a day, or (for an import) about the people it changed. So a list
of any length costs one insert, and `about_person` still finds the lists that a person was on. The log does not record
what learners do.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.changes.change import ChangedRow
from people.persons.user import User
from people.postings.posting import Posting
from people.rights.admin_policy import ADMINISTRATORS
from people.rights.roles import Role, role_changed
from people.rights.scope import NOTHING, at_the_top, role_units, under, unposted_of
from people.times import end_of_day
from people.units.successions import Reach
from people.units.unit import Unit


class Act(models.TextChoices):
    SAW_PERSON = "saw_person", _("Xem hồ sơ")
    SAW_PEOPLE = "saw_people", _("Xem danh sách cán bộ")
    EXPORTED_PEOPLE = "exported", _("Xuất danh sách cán bộ")
    CHANGED_CONTACT = "contact", _("Sửa liên hệ")
    IMPORTED_ROSTER = "imported", _("Nhập danh sách cán bộ")
    CHANGED_ROSTER = "roster_act", _("Sửa danh sách cán bộ trên màn hình")
    ENDED_UNIT = "ended_unit", _("Kết thúc mọi công tác của một đơn vị")
    UNDID = "undid", _("Hoàn tác một lần thay đổi nhiều người")
    MERGED = "merged", _("Gộp hai hồ sơ là một người")
    UNMERGED = "unmerged", _("Hoàn tác việc gộp hai hồ sơ")
    REFORMED = "reformed", _("Sắp xếp đơn vị")
    REFORM_BACK = "reform_back", _("Hoàn tác sắp xếp đơn vị")
    GAVE_ROLE = "gave_role", _("Giao vai trò")
    ENDED_ROLE = "ended_role", _("Kết thúc vai trò")
    ASKED_ROLE = "asked_role", _("Đề nghị cấp tỉnh giao vai trò")
    ANSWERED_ROLE = "answered_role", _("Trả lời đề nghị giao vai trò")
    VOIDED = "voided", _("Hủy một lần hoàn thành")
    GRANTED = "granted", _("Thêm lượt làm bài")
    ASKED_RELIEF = "asked_relief", _("Đề nghị miễn, hoãn, gia hạn")
    GRANTED_RELIEF = "relief", _("Đồng ý miễn, hoãn, gia hạn")
    REFUSED_RELIEF = "no_relief", _("Không đồng ý miễn, hoãn, gia hạn")
    WITHDREW_RELIEF = "relief_back", _("Rút miễn, hoãn, gia hạn")
    ENTERED_ELSEWHERE = "elsewhere", _("Ghi tập huấn ở nơi khác")
    AGREED_ELSEWHERE = "elsewhere_yes", _("Đồng ý tập huấn ở nơi khác")
    REFUSED_ELSEWHERE = "elsewhere_no", _("Không đồng ý tập huấn ở nơi khác")
    SAW_PAPER = "saw_paper", _("Xem giấy của lần tập huấn ở nơi khác")
    READ_INQUIRY = "inquiry", _("Đọc câu hỏi riêng của cán bộ")
    ANSWERED_INQUIRY = "inquiry_answer", _("Trả lời câu hỏi của cán bộ")
    MODERATED = "moderated", _("Duyệt lời trong góc bàn ca")
    SUBMITTED_PLAN = "plan_sent", _("Gửi duyệt kế hoạch năm")
    APPROVED_PLAN = "plan_yes", _("Duyệt, ban hành kế hoạch năm")
    RETURNED_PLAN = "plan_back", _("Gửi lại kế hoạch năm để sửa")
    RECORDED_PLAN = "plan_done", _("Ghi kết quả việc trong kế hoạch năm")
    EXPORTED_PLAN = "plan_file", _("Tải kế hoạch năm")
    SAW_PLAN_PAPER = "plan_paper", _("Xem minh chứng của kế hoạch năm")
    WROTE_ACTIVITY = "activity", _("Ghi, gửi hoạt động")
    VERIFIED_ACTIVITY = "activity_yes", _("Xác nhận hoạt động")
    RETURNED_ACTIVITY = "activity_back", _("Gửi lại hoạt động để sửa")
    WITHDREW_ACTIVITY = "activity_out", _("Rút hoạt động")
    CONFIRMED_LOG = "activity_log", _("Ghi sổ hoạt động đã đủ")
    EXPORTED_ACTIVITIES = "activity_file", _("Tải sổ, số liệu hoạt động")
    SAW_ACTIVITY_PHOTO = "activity_photo", _("Xem ảnh minh chứng của hoạt động")
    APPROVED_PACK = "pack_yes", _("Duyệt bài học ở trường")
    ENDED_PACK_APPROVAL = "pack_no", _("Thôi duyệt bài học ở trường")
    CONFIRMED_CLASSES = "classes", _("Xác nhận số lớp của trường")
    PRINTED_SHEET = "sheet", _("Lấy số in tờ của chiến dịch")
    WITHDREW_SHEETS = "sheet_out", _("Rút tờ đã in")
    TOOK_SHEET_DOWN = "sheet_down", _("Ghi tờ đã gỡ")
    DELETED_PACKAGE = "package_gone", _("Ghi đã xóa gói âm thanh khỏi thẻ")
    APPROVED_TEXTS = "sheet_texts", _("Duyệt lời trên tờ in")
    WROTE_ALERT = "alert", _("Viết, sửa cảnh báo")
    SUBMITTED_ALERT = "alert_sent", _("Gửi duyệt cảnh báo")
    UNSUBMITTED_ALERT = "alert_unsent", _("Lấy lại cảnh báo đang chờ duyệt")
    RETURNED_ALERT = "alert_back", _("Trả lại cảnh báo để sửa")
    DISCARDED_ALERT = "alert_no", _("Bỏ bản nháp cảnh báo")
    APPROVED_ALERT = "alert_yes", _("Duyệt cảnh báo, cho lên mọi xã")
    WITHDREW_ALERT = "alert_out", _("Rút cảnh báo")
    ALERT_BACK = "alert_again", _("Đưa lại cảnh báo rút nhầm")
    ALERT_OVER = "alert_over", _("Cảnh báo hết hạn")
    SUBMITTED_COURSE = "submitted", _("Gửi duyệt khóa học")
    WITHDREW_SUBMISSION = "unsubmitted", _("Rút bài gửi duyệt")
    SENT_COURSE_BACK = "sent_back", _("Gửi lại khóa học để sửa")
    APPROVED_COURSE = "approved", _("Duyệt khóa học")
    WITHDREW_APPROVAL = "disapproved", _("Rút duyệt khóa học")
    RECOGNISED = "recognised", _("Công nhận các lần học thử")
    CONFIRMED = "confirmed", _("Xác nhận danh sách đơn vị")
    UNCONFIRMED = "unconfirmed", _("Rút xác nhận danh sách đơn vị")
    ISSUED = "cert_issued", _("Cấp chứng nhận")
    REVOKED = "cert_revoked", _("Thu hồi chứng nhận")
    REISSUED = "cert_reissued", _("Cấp lại chứng nhận")
    PRINTED_CERTIFICATES = "cert_batch", _("In nhiều chứng nhận")
    FETCHED_CERTIFICATE = "cert_file", _("Tải chứng nhận")
    PRINTED_SLIP = "slip", _("In phiếu kích hoạt")
    PRINTED_SLIP_DROPPING = "slip_no_second", _("In phiếu kích hoạt bỏ bước xác nhận thứ hai")
    RESTORED_ACCOUNT = "restored", _("Khôi phục tài khoản theo yêu cầu của chủ")
    DROPPED_SECOND_STEP = "no_second_step", _("Bỏ bước xác nhận thứ hai")
    TOOK_OWN_DATA = "own_data", _("Lấy dữ liệu của mình")
    ASKED_ERASURE = "asked_erasure", _("Đề nghị xóa thông tin")
    WITHDREW_ERASURE = "withdrew", _("Rút đề nghị xóa thông tin")
    REFUSED_ERASURE = "refused", _("Không xóa thông tin theo đề nghị")
    ERASED = "erased", _("Xóa thông tin cá nhân")
    REMINDED = "reminded", _("Nhắc cán bộ ngoài kế hoạch")
    PRINTED_CALLS = "printed_calls", _("In danh sách gọi")
    CHANGED_REMINDERS = "reminders", _("Sửa kế hoạch nhắc, ngày nghỉ")
    ASSIGNED = "assigned", _("Giao khóa học thêm")
    UNASSIGNED = "unassigned", _("Thôi giao khóa học thêm")
    NAMED_BUDDY = "buddy", _("Chọn người kèm")
    ENDED_BUDDY = "buddy_end", _("Thôi kèm nhau")
    MADE_CALENDAR = "calendar", _("Lập địa chỉ lịch")
    WITHDREW_CALENDAR = "calendar_back", _("Rút địa chỉ lịch")
    INSISTED = "insisted", _("Vẫn giữ chữ sau khi được nhắc")
    SAW_INSISTENCES = "saw_insisted", _("Xem các lần vẫn giữ chữ")
    SAW_AUDIT = "saw_audit", _("Xem nhật ký")
    EXPORTED_AUDIT = "audit_file", _("Xuất nhật ký")


_DAY = timedelta(days=1)
# not recorded when it is the person's own
OF_NOBODY_ELSE = {Act.SAW_PERSON, Act.FETCHED_CERTIFICATE}
# acts about everybody who counted under the unit on the day
ABOUT_LISTS = {Act.SAW_PEOPLE, Act.EXPORTED_PEOPLE, Act.PRINTED_CERTIFICATES}
# acts about everybody whom a change of many people concerned, that bears the moment of the act
ABOUT_CHANGES = {Act.IMPORTED_ROSTER, Act.CHANGED_ROSTER, Act.ENDED_UNIT, Act.UNDID, Act.REFORMED, Act.REFORM_BACK}
# acts whose detail is a number, or a number and a version with a stroke between them
NUMBERED = {act for act in Act if act.startswith("alert")} | {Act.TOOK_SHEET_DOWN, Act.DELETED_PACKAGE}
# what was counted, where it is no rows
COUNTED = {
    Act.WITHDREW_SHEETS: _("%d tờ"),
    Act.WITHDREW_ALERT: _("%d tờ phải gỡ"),
    Act.ALERT_OVER: _("%d tờ phải gỡ"),
    Act.ALERT_BACK: _("%d tờ thôi phải gỡ"),
    Act.CONFIRMED_CLASSES: _("%d lớp"),
}


class Entry(models.Model):
    at = models.DateTimeField(default=timezone.now, db_index=True)
    act = models.CharField(max_length=16, choices=Act.choices)
    # NULL: by a command or the clock on the server
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # NULL: not about one person
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    # the day as of which a list was shown
    on = models.DateField(null=True)
    # number of rows shown, exported or imported
    count = models.PositiveIntegerField(null=True)
    # one more word: a role kind, a course, a kind of file; never a name or a reason
    detail = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("dòng nhật ký")
        verbose_name_plural = _("nhật ký")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["person", "at"], name="audit_of_person"),
            models.Index(fields=["unit", "at"], name="audit_of_unit"),
        ]

    @property
    def detail_text(self) -> str:
        """The detail as people read it."""
        if self.act in NUMBERED:
            number, _slash, version = self.detail.partition("/")
            if not version:
                return _("số %(number)s") % {"number": number}
            return _("số %(number)s, bản %(version)s") % {"number": number, "version": version}
        labels = dict(Role._meta.get_field("kind").flatchoices)
        return str(labels.get(self.detail, self.detail))

    @property
    def count_text(self) -> str:
        """The count as people read it; "" where nothing was counted."""
        if self.count is None:
            return ""
        return COUNTED.get(Act(self.act), _("%d dòng")) % self.count


def record(
    act: Act,
    by,
    *,
    person: User | None = None,
    unit: Unit | int | None = None,
    on: date | None = None,
    count: int | None = None,
    detail: str = "",
    at: datetime | None = None,
) -> None:
    """Writes one row; one insert. It writes nothing when people see their own record."""
    if act in OF_NOBODY_ELSE and by is not None and person is not None and by.pk == person.pk:
        return
    Entry.objects.create(
        act=act,
        by=by,
        person=person,
        unit_id=unit.pk if isinstance(unit, Unit) else unit,
        on=on,
        count=count,
        detail=detail[:80],
        at=at or timezone.now(),
    )


def record_each(act: Act, by, people: Iterable[User], at: datetime) -> None:
    """Writes a row for each person with one insert."""
    Entry.objects.bulk_create(Entry(act=act, by=by, person=person, at=at) for person in people)


def record_contacts(changes: Iterable[tuple[int, dict]], at: datetime, by=None) -> None:
    """Writes with one insert whose addresses a file changed, and which."""
    act = Act.CHANGED_CONTACT
    Entry.objects.bulk_create(Entry(act=act, by=by, person_id=pk, detail=",".join(old), at=at) for pk, old in changes)


def connect() -> None:
    role_changed.connect(_follow_role, dispatch_uid="people.log.audit")


def _follow_role(sender, role: Role, by=None, **kwargs) -> None:
    act = Act.ENDED_ROLE if role.ended_at else Act.GAVE_ROLE
    record(act, by, person=role.user, unit=role.unit_id, detail=role.kind)


# --- reading


def _with_names() -> QuerySet[Entry]:
    return Entry.objects.select_related("by", "person", "unit")


def about_person(person: User) -> QuerySet[Entry]:
    """Entries about this person: about them alone, about a list with them on it, or about an import that changed a
    posting.
    """
    posted = Posting.objects.current().filter(person=person)
    listed = posted.filter(
        Q(end=None) | Q(end__gte=OuterRef("on")),
        Exists(Reach.objects.filter(unit=OuterRef("unit"), ancestor=OuterRef(OuterRef("unit")))),
        start__lte=OuterRef("on"),
    )
    posted = Posting.objects.filter(Q(recorded_at=OuterRef("at")) | Q(superseded_at=OuterRef("at")), person=person)
    changed = ChangedRow.objects.filter(person=person, change__begun_at=OuterRef("at"))
    return _with_names().filter(
        Q(person=person)
        | Q(Exists(listed), act__in=ABOUT_LISTS)
        # imports of before rows were kept are found by their postings alone
        | Q(Exists(posted) | Exists(changed), act__in=ABOUT_CHANGES)
    )


def oversees(user) -> bool:
    """Whether this person may read the whole log of the units within reach: administrators only."""
    return user.is_active and (user.is_superuser or bool(role_units(user, ADMINISTRATORS)))


def entries_visible_to(user) -> QuerySet[Entry]:
    """The entries that an administrator may read: about the people and units that the role reaches, for the province
    also those about nobody in particular, and her own. What a holder of a role did is not read for the role's sake.
    """
    if not (user.is_authenticated and user.is_active):
        return Entry.objects.filter(NOTHING)
    if user.is_superuser:
        return _with_names()
    units = role_units(user, ADMINISTRATORS)
    reached = under(units)
    people = Posting.objects.current().filter(unit__in=reached).values("person")
    mine = Q(unit__in=reached) | Q(person__in=people) | Q(by=user)
    if at_the_top(units):
        mine |= Q(person__in=User.objects.filter(unposted_of(units)).values("pk")) | Q(person=None, unit=None)
    return _with_names().filter(mine)


def between(entries: QuerySet[Entry], first: date | None, last: date | None, staff_code: str = "") -> QuerySet[Entry]:
    """Entries of these days (inclusive), by or about the person with this staff code."""
    if first:
        entries = entries.filter(at__gte=end_of_day(first) - _DAY)
    if last:
        entries = entries.filter(at__lt=end_of_day(last))
    if staff_code:
        meant = User.objects.spelled_like(staff_code).values("pk")
        entries = entries.filter(Q(by__in=meant) | Q(person__in=meant))
    return entries


def administered_unit(user) -> int | None:
    """The unit that stands for a list of everybody an administrator reaches; None for a superuser."""
    return next(iter(sorted(role_units(user, ADMINISTRATORS))), None)
