"""The file with all data about a person, for that person (law 91/2025/QH15: the right to a copy).

Each app registers what it holds, as rows with readable column names:

    @section("hoc-tap", _("Học tập"), order=20)
    def learned(person) -> list[dict]: ...

The file is made in the background (`own_data`), kept privately for `RETENTION["own_data"]`, and fetched by its owner.
"""

import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outbox.effects import OPEN_STATES, Effect, Job, Refused, effect, enqueue
from outbox.private_files import private_files
from people.guarding.role_requests import RoleRequest
from people.log.audit import Act, about_person, record
from people.persons.merges import merged_into
from people.persons.user import User
from people.undoing.carrying_out import in_words
from tabular.writing import Table, csv_lines

OWN_DATA = "own_data"
FOLDER = "own-data"


@dataclass(frozen=True)
class Section:
    name: str
    title: Any
    order: int
    rows: Callable[[User], Iterable[dict]]


SECTIONS: dict[str, Section] = {}


def section(name: str, title, order: int):
    """Registers the decorated function; `name` is the ASCII name of the file. Rows are flat: text, numbers, days,
    times.
    """

    def register(function):
        SECTIONS[name] = Section(name, title, order, function)
        return function

    return register


def ordered() -> list[Section]:
    return sorted(SECTIONS.values(), key=lambda one: one.order)


# --- asking


@transaction.atomic
def ask(person: User) -> Effect:
    """Enqueues the effect that makes the file, or returns the one that is running."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    running = Effect.objects.of(person).filter(kind=OWN_DATA, state__in=OPEN_STATES).first()
    if running:
        return running
    record(Act.TOOK_OWN_DATA, person, person=person)
    return enqueue(OWN_DATA, {}, requested_by=person)


@effect(OWN_DATA, label=gettext_lazy("Lấy dữ liệu của tôi"))
def make(job: Job) -> dict:
    person = job.requested_by
    if person is None or not person.is_active:
        raise Refused(_("Tài khoản này không còn dùng."))
    content = ContentFile(b"")
    sections = ordered()
    # what records that were merged into hers hold is about her too
    records = [person, *User.objects.filter(pk__in=merged_into([person.pk])).order_by("pk")]
    with zipfile.ZipFile(content.file, "w", zipfile.ZIP_DEFLATED) as archive:
        tables = {}
        for number, one in enumerate(sections, start=1):
            rows = [{name: _plain(value) for name, value in row.items()} for her in records for row in one.rows(her)]
            tables[one] = rows
            archive.writestr(f"{one.name}.csv", _csv(str(one.title), rows))
            job.progress(number, len(sections) + 1)
        whole = {one.name: rows for one, rows in tables.items()}
        archive.writestr("du-lieu.json", json.dumps(whole, ensure_ascii=False, indent=2))
        archive.writestr("doc-truoc.html", _page(person, tables))
    name = private_files.save(f"{FOLDER}/{OWN_DATA}.zip", content)
    return {"file": name, "download": f"du-lieu-cua-toi-{timezone.localdate():%Y-%m-%d}.zip"}


def _plain(value):
    """The value for JSON and CSV: times with their zone, days in ISO, lazy translations as text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _csv(title: str, rows: list[dict]) -> str:
    return "".join(csv_lines(Table(title, list(rows[0]), (tuple(row.values()) for row in rows)))) if rows else ""


def _page(person: User, tables: dict[Section, list[dict]]) -> str:
    listed = [{"title": one.title, "name": one.name, "rows": rows} for one, rows in tables.items()]
    return render_to_string("account/own_data_file.html", {"person": person, "sections": listed, "now": timezone.now()})


# --- the sections of this app


@section("tai-khoan", gettext_lazy("Tài khoản"), order=10)
def account(person: User) -> list[dict]:
    return [
        {
            _("Mã cán bộ"): person.staff_code,
            _("Họ tên"): person.full_name,
            _("Email"): person.email or "",
            _("Điện thoại"): person.phone or "",
            _("Ngôn ngữ đọc"): person.get_reads_in_display(),
            _("Có trong hệ thống từ"): person.date_joined,
            _("Đăng nhập lần cuối"): person.last_login,
        }
    ]


@section("cong-tac", gettext_lazy("Vị trí công tác"), order=20)
def postings(person: User) -> list[dict]:
    """All postings with the superseded ones, since these are data about the person too."""
    rows = person.postings.select_related("unit").prefetch_related("duties").order_by("start", "recorded_at", "pk")
    return [
        {
            _("Đơn vị"): row.unit.name,
            _("Mã đơn vị"): row.unit.code,
            _("Chức danh"): row.position,
            _("Nhiệm vụ"): ", ".join(duty.name for duty in row.duties.all()),
            _("Từ ngày"): row.start,
            _("Đến ngày"): row.end,
            _("Ghi lúc"): row.recorded_at,
            _("Thay bằng dòng khác lúc"): row.superseded_at,
        }
        for row in rows
    ]


@section("thay-doi", gettext_lazy("Các lần nhập và thay đổi nhiều người"), order=25)
def changes(person: User) -> list[dict]:
    """What imports and bulk acts did to the person's records, with the values that are kept to undo them."""
    rows: list = in_words(list(person.changed_rows.select_related("change__reason_by_hand").order_by("pk")))
    return [
        {
            _("Lúc"): row.change.begun_at,
            _("Lần thay đổi"): row.change.label,
            _("Lý do"): getattr(getattr(row.change, "reason_by_hand", None), "reason", ""),
            _("Loại"): row.title,
            _("Việc"): row.get_what_display(),
            _("Nội dung"): row.words,
            _("Đã hoàn tác"): row.undone_by_id is not None,
        }
        for row in rows
    ]


@section("vai-tro", gettext_lazy("Vai trò"), order=30)
def roles(person: User) -> list[dict]:
    return [
        {
            _("Vai trò"): role.get_kind_display(),
            _("Đơn vị"): role.unit.name,
            _("Từ"): role.given_at,
            _("Đến"): role.ended_at,
        }
        for role in person.roles.select_related("unit").order_by("given_at")
    ]


@section("vai-tro-de-nghi", gettext_lazy("Vai trò được đề nghị cho tôi, hay do tôi đề nghị"), order=31)
def role_requests(person: User) -> list[dict]:
    rows = RoleRequest.objects.filter(Q(person=person) | Q(asked_by=person)).select_related(
        "unit", "person", "asked_by"
    )
    return [
        {
            _("Vai trò"): row.get_kind_display(),
            _("Đơn vị"): row.unit.name,
            _("Mã cán bộ"): row.person.staff_code,
            _("Người đề nghị"): row.asked_by.full_name,
            _("Lý do"): row.why,
            _("Đề nghị lúc"): row.asked_at,
            _("Kết quả"): row.get_state_display(),
            _("Trả lời"): row.answer,
            _("Từ lúc"): row.changed_at,
        }
        for row in rows
    ]


@section("van-giu-chu", gettext_lazy("Những lần tôi vẫn giữ chữ sau khi được nhắc"), order=37)
def insistences(person: User) -> list[dict]:
    return [
        {
            _("Lúc"): row.at,
            _("Ở"): row.form_label,
            _("Đơn vị"): row.unit.name if row.unit else "",
            _("Dấu hiệu"): row.signs_label,
            _("Lý do"): row.reason,
        }
        for row in person.insistences.select_related("unit").order_by("at")
    ]


@section("phien", gettext_lazy("Các lần đăng nhập còn mở"), order=32)
def sessions(person: User) -> list[dict]:
    return [
        {_("Thiết bị"): row.device, _("Từ"): row.began_at, _("Lần cuối"): row.seen_at}
        for row in person.device_sessions.order_by("began_at")
    ]


@section("dang-nhap", gettext_lazy("Các lần đăng nhập và lần bị từ chối"), order=33)
def sign_ins(person: User) -> list[dict]:
    return [
        {
            _("Lúc"): row.at,
            _("Kết quả"): _("đã vào") if row.succeeded else _("bị từ chối"),
            _("Cách"): row.how_text,
            _("Thiết bị"): row.device,
            _("Số lần"): row.count,
        }
        for row in person.sign_ins.order_by("at")
    ]


@section("tin-bao", gettext_lazy("Tin báo về tài khoản"), order=35)
def account_notices(person: User) -> list[dict]:
    return [
        {
            _("Lúc"): row.at,
            _("Việc"): row.get_what_display(),
            _("Người làm"): row.by.full_name if row.by else "",
            _("Email trước đó"): row.old.get("email") or "",
            _("Điện thoại trước đó"): row.old.get("phone") or "",
            _("Đã gọi lúc"): row.called_at,
            _("Đã xem lúc"): row.seen_at,
            _("Khôi phục lúc"): row.undone_at,
        }
        for row in person.account_notices.select_related("by").order_by("at")
    ]


@section("phieu", gettext_lazy("Phiếu kích hoạt"), order=34)
def slips(person: User) -> list[dict]:
    """Activation slips without their codes: only hashes are stored."""
    return [
        {
            _("In lúc"): slip.made_at,
            _("Người in"): slip.made_by.full_name,
            _("Lý do"): slip.reason,
            _("Bỏ bước xác nhận thứ hai"): slip.drops_second_step,
            _("Hết hạn"): slip.expires_at,
            _("Dùng lúc"): slip.used_at,
            _("Thay bằng phiếu khác lúc"): slip.withdrawn_at,
        }
        for slip in person.slips.select_related("made_by").order_by("made_at", "pk")
    ]


@section("buoc-hai", gettext_lazy("Cách xác nhận thứ hai"), order=36)
def second_steps(person: User) -> list[dict]:
    """The means of the second step and when they were used, without their secrets."""
    return [
        {_("Loại"): row.get_type_display(), _("Thêm lúc"): row.created_at, _("Dùng lần cuối"): row.last_used_at}
        for row in person.authenticator_set.order_by("created_at")  # type: ignore[attr-defined]
    ]


@section("nhat-ky", gettext_lazy("Ai đã xem, ai đã sửa hồ sơ của tôi"), order=90)
def log(person: User) -> list[dict]:
    return [
        {
            _("Lúc"): entry.at,
            _("Việc"): entry.get_act_display(),
            _("Người làm"): entry.by.full_name if entry.by else _("Máy chủ"),
            _("Đơn vị"): entry.unit.name if entry.unit else "",
            _("Chi tiết"): entry.detail_text,
        }
        for entry in about_person(person)
    ]
