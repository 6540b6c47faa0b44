"""What the reports put into the queue: who falls due or is not reached, rosters, imports, duties of nobody."""

from datetime import timedelta

from django.db.models import Case, CharField, Count, Exists, Min, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from courses.reports.importing.jobs import CONFIRMABLE
from courses.reports.importing.kinds import KINDS, ROSTER
from courses.requirements.requirement import Requirement
from courses.standing.falling_due import due_on, falling_due
from courses.standing.unheld import unheld
from outbox.effects import Effect, EffectState
from people.postings.coverage import Named, Placed, Places
from people.postings.rosters import confirmations, roster_changed
from people.rights.scope import TRAINING_KINDS, kinds_at_the_top, reaches_everything
from people.roster.listing import Wanted
from people.roster.waiting import NAMED, Desk, Row, Waiting, tally, waits
from people.units.unit import Unit

SOON = (7, 30, 60)


def _list(**asked) -> str:
    return f"{reverse('reports:find')}?{urlencode(asked)}"


@waits(10)
def due(desk: Desk) -> list[Waiting]:
    if not desk.answers:
        return []
    asked = {"requirement__in": Requirement.objects.order_by().values("pk")}
    late = tally(due_on(desk.day, **asked).filter(desk.roster.seen), "person")
    found = [Waiting(_("Quá hạn hoặc hết hiệu lực"), late, _list(trang_thai="can-lam"))]
    soon = _soon_of_all(desk, asked) if desk.roster.reaches_all else _soon_of_some(desk, asked)
    for days in SOON:
        found.append(Waiting(_("Đến hạn trong %d ngày") % days, soon[days], _list(trang_thai=str(days))))
    return found


def _soon_of_some(desk: Desk, asked: dict) -> dict[int, QuerySet]:
    """To be counted with the others: a commune's people are few."""
    return {days: tally(falling_due(desk.day, days, **asked).filter(desk.roster.seen), "person") for days in SOON}


def _soon_of_all(desk: Desk, asked: dict) -> dict[int, int]:
    """By person the first such day: counting distinct people three times would sort everybody as often."""
    within = {f"in_{days}": Count("person", filter=Q(first__lte=desk.day + timedelta(days=days))) for days in SOON}
    people = falling_due(desk.day, max(SOON), **asked).filter(desk.roster.seen).values("person")
    counts = people.annotate(first=Min("start")).aggregate(**within)
    return {days: counts[f"in_{days}"] for days in SOON}


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
    checks = [kind.check for kind in KINDS.values()]
    # the import of a check bears the check's number behind its own name
    names = Case(*(When(kind=kind.check, then=Value(f"{kind.bring}:")) for kind in KINDS.values()))
    key = Concat(names, Cast("pk", CharField()), output_field=CharField())
    mine = Effect.objects.filter(requested_by=desk.user, kind__in=checks, state=EffectState.DONE).annotate(goes_in=key)
    rows = mine.filter(
        ~Exists(Effect.objects.filter(key=OuterRef("goes_in"))), created_at__gt=timezone.now() - CONFIRMABLE
    )
    waiting = [row for row in rows.order_by("-pk") if row.result.get("going_in") or row.result.get("asks_columns")]
    listed = [Row(row.payload.get("name", ""), _page_of(row)) for row in waiting]
    address = listed[0].address if listed else ""
    return [Waiting(_("Tệp danh sách đã kiểm tra, chờ nhập"), len(listed), address, tuple(listed[:NAMED]))]


def _page_of(check: Effect) -> str:
    name = "reports:roster_work" if check.kind == ROSTER.check else "reports:file_work"
    return reverse(name, args=[check.pk])


@waits(40)
def not_reached(desk: Desk) -> list[Waiting]:
    if not desk.answers:
        return []
    people = desk.roster.people(Wanted(desk.day), many=desk.roster.reaches_all).order_by()
    which = {"unreachable": Q(email=None, phone=None), "never": Q(last_login=None)}
    if desk.roster.reaches_all:
        # everybody is gone through once
        counts = people.aggregate(**{name: Count("pk", filter=one) for name, one in which.items()})
    else:
        counts = {name: tally(people.filter(one)) for name, one in which.items()}
    slips, address = _("In phiếu kích hoạt"), reverse("slips_home")
    return [
        Waiting(_("Không có email, điện thoại"), counts["unreachable"], _list(lien_he="khong"), (), slips, address),
        Waiting(_("Chưa đăng nhập lần nào"), counts["never"], _list(dang_nhap="chua"), (), slips, address),
    ]


@waits(50)
def duties_of_nobody(desk: Desk) -> list[Waiting]:
    if not desk.answers:
        return []
    found = unheld(desk.roots, desk.day)
    rows = tuple(Row(f"{one.unit.name}: {one.duty.name}") for one in found[:NAMED])
    title = _("Đơn vị chưa có ai giữ nhiệm vụ phải tập huấn")
    return [Waiting(title, len(found), reverse("reports:unheld"), rows)]
