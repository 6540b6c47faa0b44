"""What the reports put into the queue: who falls due or is not reached, rosters, imports, duties of nobody."""

from collections.abc import Callable
from functools import partial

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from courses.reports.importing.jobs import CONFIRMABLE
from courses.reports.importing.kinds import KINDS, ROSTER
from courses.standing.falling_due import due_on, falling_due
from courses.standing.unheld import unheld
from outbox.effects import Effect, EffectState
from people.postings.coverage import Named, Placed, Places
from people.postings.rosters import confirmations, roster_changed
from people.rights.scope import TRAINING_KINDS, kinds_at_the_top, reaches_everything
from people.roster.listing import Wanted
from people.roster.waiting import NAMED, Desk, Kept, Row, Waiting, tally, waits
from people.units.unit import Unit

SOON = (7, 30, 60)


def _list(**asked) -> str:
    return f"{reverse('reports:find')}?{urlencode(asked)}"


@waits(10)
def due(desk: Desk) -> list[Waiting]:
    if not desk.answers:
        return []

    def people(name: str, standings: Callable[[], QuerySet]) -> Kept:
        few = not desk.roster.reaches_all
        return desk.kept(name, lambda: tally(standings().filter(desk.roster.seen), "person", few))

    late = people("late", lambda: due_on(desk.day))
    act, address = _("Chọn người để nhắc, mời, gia hạn"), _list(trang_thai="can-lam")
    found = [Waiting(_("Quá hạn hoặc hết hiệu lực"), late, address, (), act, f"{address}#nguoi")]
    for days in SOON:
        soon, address = (
            people(f"due in {days}", partial(falling_due, desk.day, days)),
            _list(trang_thai=str(days)),
        )
        found.append(Waiting(_("Đến hạn trong %d ngày") % days, soon, address, (), act, f"{address}#nguoi"))
    return found


@waits(20)
def rosters(desk: Desk) -> list[Waiting]:
    if not (desk.answers and desk.roots):
        return []
    # of several units at once: only the map is asked for
    places = Places(Named(0, "", ""), desk.day, read=lambda: Placed((), {}, {}, frozenset(), frozenset()))
    given = confirmations(places, desk.day, below=desk.roots)
    changed = roster_changed(places, desk.day, {pk: one.at for pk, one in given.items() if one})
    never = {pk for pk, one in given.items() if one is None}
    if not (never or changed):
        return []
    named: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    for pk, name, code in Unit.objects.filter(pk__in=never | changed).by_name().values_list("pk", "name", "code"):
        named[pk in never].append((name, code))
    titles = {True: _("Đơn vị chưa xác nhận danh sách"), False: _("Danh sách đổi sau khi xác nhận")}
    return [_to_confirm(titles[which], units) for which, units in named.items() if units]


def _to_confirm(title: str, units: list[tuple[str, str]]) -> Waiting:
    """`units` are (name, code)."""
    rows = tuple(Row(name, reverse("reports:confirm", args=[code])) for name, code in units[:NAMED])
    return Waiting(title, len(units), rows[0].address, rows, _("Xem và xác nhận"), rows[0].address)


@waits(30)
def imports(desk: Desk) -> list[Waiting]:
    """Checked and not yet applied, while it may be."""
    if not (reaches_everything(desk.user) or kinds_at_the_top(desk.user) & TRAINING_KINDS):
        return []
    brings = {kind.check: kind.bring for kind in KINDS.values()}
    rows = Effect.objects.filter(requested_by=desk.user, kind__in=brings, state=EffectState.DONE)
    recent = rows.filter(created_at__gt=timezone.now() - CONFIRMABLE).order_by("-pk")
    checked = [row for row in recent if _waits(row.result)]
    # the import of a check bears the check's number behind its own name
    keys = {row.pk: f"{brings[row.kind]}:{row.pk}" for row in checked}
    applied = set(Effect.objects.filter(key__in=keys.values()).values_list("key", flat=True)) if keys else set()
    waiting = [row for row in checked if keys[row.pk] not in applied]
    listed = [Row(row.payload.get("name", ""), _page_of(row)) for row in waiting]
    address = listed[0].address if listed else ""
    title, named = _("Tệp danh sách đã kiểm tra, chờ nhập"), tuple(listed[:NAMED])
    return [Waiting(title, len(listed), address, named, _("Xem và nhập"), address)]


def _waits(result: dict) -> bool:
    return bool(result.get("going_in") or result.get("asks_columns") or result.get("asks_heading"))


def _page_of(check: Effect) -> str:
    name = "reports:roster_work" if check.kind == ROSTER.check else "reports:file_work"
    return reverse(name, args=[check.pk])


@waits(40)
def not_reached(desk: Desk) -> list[Waiting]:
    if not desk.answers:
        return []

    def people(name: str, which: Q) -> Kept:
        held = desk.roster
        return desk.kept(name, lambda: tally(held.people(Wanted(desk.day), many=held.reaches_all).filter(which)))

    unreachable, never = people("unreachable", Q(email=None, phone=None)), people("never", Q(last_login=None))
    slips, address = _("In phiếu kích hoạt"), reverse("slips_home")
    return [
        Waiting(_("Không có email, điện thoại"), unreachable, _list(lien_he="khong"), (), slips, address),
        Waiting(_("Chưa đăng nhập lần nào"), never, _list(dang_nhap="chua"), (), slips, address),
    ]


@waits(50)
def duties_of_nobody(desk: Desk) -> list[Waiting]:
    if not desk.answers:
        return []
    found = unheld(desk.roots, desk.day)
    asked = [(f"{one.unit.name}: {one.duty.name}", _list(don_vi=one.unit.code)) for one in found[:NAMED]]
    title, address = _("Đơn vị chưa có ai giữ nhiệm vụ phải tập huấn"), reverse("reports:unheld")
    rows = tuple(Row(text, where) for text, where in asked)
    return [Waiting(title, len(found), address, rows, _("Thêm người, giao nhiệm vụ"), address)]
