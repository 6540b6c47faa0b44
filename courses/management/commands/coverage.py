import json
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.standing.coverage import OF_COMPLETED, Coverage, CoverageError, Figure, coverage, explain
from people.postings.coverage import written
from tabular.cells import read_date

COLUMNS = (
    "required",
    "completed",
    "in_progress",
    "not_started",
    "overdue",
    "expired",
    "excused",
    "unconfirmed_units",
    *OF_COMPLETED,
)


class Command(BaseCommand):
    help = "Số người đã hoàn thành trên số người phải học, theo đơn vị, ở ngày bất kỳ (docs/figures.md)."
    # they load every address and screen, which takes longer than the command itself
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("requirement", metavar="REQUIREMENT", help=_("khóa của yêu cầu tập huấn"))
        parser.add_argument("--unit", metavar="CODE", help=_("mã đơn vị vào ngày bản đồ; không ghi: cả tỉnh"))
        parser.add_argument("--as-of", metavar="DATE", help=_("tính đến ngày; không ghi: hôm nay"))
        parser.add_argument("--geography", metavar="DATE", help=_("bản đồ của ngày; không ghi: như --as-of"))
        parser.add_argument(
            "--known-on",
            metavar="DATE",
            help=_("theo dữ liệu có vào ngày, hoặc vào lúc như 2026-12-14T17:00; không ghi: bây giờ"),
        )
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng in ra"))

    def handle(self, *args, **options):
        days = {name: self._day(options, name) for name in ("as_of", "geography")}
        days["known_on"] = self._known_on(options)
        try:
            figure = coverage(options["requirement"], unit=options["unit"], **days)
        except CoverageError as error:
            raise CommandError(str(error)) from None
        if options["format"] == "json":
            self.stdout.write(json.dumps(figure.as_dict(), ensure_ascii=False, indent=2))
        else:
            self._print(figure)

    def _day(self, options, name):
        if options[name] is None:
            return None
        try:
            return read_date(options[name])
        except ValueError:
            params = {"option": "--" + name.replace("_", "-"), "value": options[name]}
            reason = _("Không đọc được ngày “%(value)s” ở %(option)s; hãy viết như 2026-12-15 hoặc 15/12/2026.")
            raise CommandError(reason % params) from None

    def _known_on(self, options):
        """A day, or a moment with its hour; without an offset by the clock of Asia/Ho_Chi_Minh."""
        text = (options["known_on"] or "").strip()
        if "T" not in text and ":" not in text:
            return self._day(options, "known_on")
        try:
            moment = datetime.fromisoformat(text)
            read_date(moment)
        except ValueError:
            reason = _("Không đọc được thời điểm “%(value)s” ở --known-on; hãy viết như 2026-12-14T17:00.")
            raise CommandError(reason % {"value": text}) from None
        return moment if moment.tzinfo else timezone.make_aware(moment)

    def _print(self, figure: Coverage) -> None:
        params = {
            "requirement": figure.requirement.name,
            "unit": figure.total.name,
            "as_of": written(figure.as_of),
            "geography": written(figure.geography),
            "known_on": written(figure.known_on),
        }
        self.stdout.write(_("%(requirement)s – %(unit)s") % params)
        self.stdout.write(
            _("Tính đến %(as_of)s, trên bản đồ ngày %(geography)s, theo dữ liệu có đến %(known_on)s.") % params
        )
        self.stdout.write(sentence(figure.total))
        counted = explain(figure)
        self.stdout.write(
            _("%(roster)d người có vị trí − %(without_duty)d không có nhiệm vụ − %(excused)d được miễn = %(required)d.")
            % vars(counted)
        )
        self.stdout.write("")
        for line in table([figure.total, *figure.children]):
            self.stdout.write(line)


def share(figure: Figure) -> str:
    """The percentage in words; 100 % is marked while a unit has not confirmed its roster as it is, or a commune
    names nobody.
    """
    if figure.percent is None:
        return "–"
    number = f"{figure.percent:g}".replace(".", ",")
    if figure.completed == figure.required and not figure.is_whole:
        return _("%(number)s %% *") % {"number": number}
    return f"{number} %"


def sentence(figure: Figure) -> str:
    params = {**figure.counts(), "share": share(figure)}
    if not figure.required:
        line = _("Không có ai phải hoàn thành.")
    elif figure.is_whole:
        line = _("Cả %(required)d người phải hoàn thành đều đã hoàn thành (%(share)s).") % params
    else:
        line = _("%(completed)d trên %(required)d người phải hoàn thành đã hoàn thành (%(share)s).") % params
    if figure.unapproved:
        line += " " + _("Trong đó %(unapproved)d theo nội dung chưa duyệt.") % params
    line += " " + _("Được miễn: %(excused)d.") % params
    if figure.unconfirmed_units:
        line += (
            " " + _("* Còn %(unconfirmed_units)d đơn vị chưa xác nhận danh sách, nên số người có thể thiếu.") % params
        )
    if figure.changed_units:
        params["changed"] = figure.changed_units
        line += " " + _("* Danh sách của %(changed)d đơn vị đã đổi sau khi xác nhận.") % params
    if figure.unheld_units:
        line += " " + _("* %d xã, phường chưa có ai giữ nhiệm vụ.") % figure.unheld_units
    return line


def table(figures: list[Figure]) -> list[str]:
    """The first row is the whole; columns as wide as their longest cell."""
    heads = [
        _("Mã"),
        _("Đơn vị"),
        _("Phải học"),
        _("Hoàn thành"),
        _("Đang học"),
        _("Chưa bắt đầu"),
        _("Quá hạn"),
        _("Hết hiệu lực"),
        _("Được miễn"),
        _("Chưa xác nhận"),
        _("Chưa duyệt"),
        _("Còn nắm vững"),
        _("Cần ôn"),
        _("Chưa biết"),
        _("Tỷ lệ"),
    ]
    rows = [heads]
    for figure in figures:
        rows.append([figure.code or "", figure.name, *(str(getattr(figure, c)) for c in COLUMNS), share(figure)])
    widths = [max(len(row[i]) for row in rows) for i in range(len(heads))]
    return [
        "  ".join(
            cell.ljust(w) if i < 2 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
