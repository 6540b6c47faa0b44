"""Imports the roster file: who holds which position and duties, in which unit, from when to when; one row for each
posting.

A posting is identified by (person, unit, position, tu_ngay), or else as the one of that person, unit and position
whose days the row overlaps and that the file does not name itself. The position is compared exactly, else by *same
spelling*; ours keeps its words. Another `den_ngay` or other duties supersede the
current record; an empty `den_ngay` leaves the last day as it is. An empty e-mail or telephone changes nothing.
`--ended-if-missing` ends, on the day before today, the postings that the file does not name in units that its good
rows name; since these are not rows of the file, they are listed in `notes` and not counted.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.folding import spelled
from people.changes.change import Journal, Origin, change_kind
from people.free_text import imported
from people.imports import Outcome, Prepared, Progress, Report
from people.log.audit import Act, record
from people.persons.addressed import Addressed, addresses_of, kept_email
from people.persons.phones import local_phone, phones_in
from people.persons.staff_codes import Bearer, StaffCodes
from people.postings.namesakes import doubles
from people.postings.posting import Duty
from people.rights.scope import TRAINING_KINDS
from people.roster.missing import Missing
from people.roster.rows import COLUMNS, LONGEST_POSITION, OFFICE_COLUMNS, RosterRow, already_there
from people.roster.state import PersonAfter, RosterState, write_rows
from people.units.codes import UnitCodes
from people.units.names import UnitNames
from people.write_lock import in_turns
from tabular.cells import CellError, Line, plain_key
from tabular.questions import Answers
from tabular.readings import AS_IT_IS, Reading
from tabular.tables import TableError, TableRow, read_table

PEOPLE_A_BATCH = 200
ROSTER = change_kind("roster", gettext_lazy("Nhập danh sách cán bộ"), TRAINING_KINDS)


@dataclass(frozen=True)
class Office:
    """How a file is read that an office keeps for itself: what its sender said of it, and `near`, the units of that
    office. `shows` hears of each good row.
    """

    reading: Reading = AS_IT_IS
    near: Collection[int] = ()
    shows: Callable[[Outcome], None] | None = None


@dataclass
class RosterPrepared(Prepared):
    # what a complete file ends; None where the file is not said to be complete
    missing: Missing | None = None
    # by person_key the postings after the file of whom it changes, where its rows are shown
    after: dict[str, PersonAfter] = field(default_factory=dict)

    def beyond_rows(self) -> list[str]:
        return self.missing.in_words() if self.missing else []


def prepare_roster(
    path: str | Path,
    now: datetime,
    *,
    codes_as_of: date | None = None,
    ended_if_missing: bool = False,
    within: set[int] | None = None,
    origin: Origin | None = None,
    answers: Answers | None = None,
    progress: Progress = lambda done: None,
    office: Office | None = None,
) -> RosterPrepared:
    """Reads and checks; the result's `write` puts in the good rows. Raises TableError.

    `codes_as_of` is the day on which unit codes are read, instead of each row's `tu_ngay`. `within` limits the file to
    these unit ids, for a user who acts by a role (then the addresses of people who hold roles stay unchanged); `origin`
    says who imports it. `answers` are those to the questions of earlier readings of this file. With `office` it is
    read as offices keep lists, and its rows are shown.
    """
    report = Report(answers=answers or Answers(), shows=office.shows if office else None)
    columns, reading = (OFFICE_COLUMNS, office.reading) if office else (COLUMNS, AS_IT_IS)
    table = read_table(path, columns, report, reading=reading)
    if ended_if_missing and table.unread:
        sheets = ", ".join(f"“{name}”" for name in table.unread)
        reason = _("Trang %(sheets)s thiếu cột nên không đọc được; không thể kết thúc những người không có trong tệp.")
        raise TableError(reason % {"sheets": sheets})
    reader = _Reader(codes_as_of, within, office)
    by_person = _parsed(table, report, reader, progress)
    named, after = _placed(by_person, within, report)
    _tell_namesakes(by_person, report)
    missing = _missing(by_person, named, reader, report, now) if ended_if_missing else None

    def write(progress: Progress) -> None:
        done, sender = 0, origin or Origin(Path(path).name)
        journal = Journal.begin(ROSTER, now, sender, report.answers.kept)
        for people in in_turns(list(by_person.values()), PEOPLE_A_BATCH):
            batch = [row for rows in people for row in rows]
            write_rows(batch, now, within, report.answers, journal=journal)
            done += len(batch)
            progress(done)
        if missing:
            missing.end(now, journal)
        # the same moment as in the postings, by which a person finds the import that changed theirs
        record(Act.IMPORTED_ROSTER, sender.by, count=report.read - len(report.rejected), at=now)
        journal.finish(timezone.now())

    return RosterPrepared(report, write, missing, after)


def _placed(
    by_person: dict[str, list[RosterRow]], within: set[int] | None, report: Report
) -> tuple[set[tuple], dict[str, PersonAfter]]:
    """The postings that the rows name, and by person_key those after the file where its rows are shown. A row that
    finds no place is rejected, and taken out of `by_person`.
    """
    named: set[tuple] = set()
    after: dict[str, PersonAfter] = {}
    for batch in _batches(by_person):
        state = RosterState.of(batch, within)
        for row in batch:
            try:
                state.place(row, report)
            except CellError as error:
                report.reject(row.staff_code, row.line, error)
                by_person[row.person_key].remove(row)
        named |= state.held.meant
        if report.shows:
            after |= state.after()
    return named, after


def _missing(
    by_person: dict[str, list[RosterRow]], named: set[tuple], reader: "_Reader", report: Report, now: datetime
) -> Missing:
    """Whose postings a file that is said to be complete ends; told in the report. Raises TableError."""
    if not any(by_person.values()):
        raise TableError(_("Tệp không có dòng nào nhập được nên không thể kết thúc những người không có trong tệp."))
    items = [entry["item"] for entry in report.rejected] + report.passed_over
    rejected = {person.key for item in items for person in reader.staff.may_be(item)}
    in_units = {row.unit for rows in by_person.values() for row in rows}
    missing = Missing.from_file(named, in_units, rejected, now, reader.within)
    missing.tell(report)
    return missing


def _tell_namesakes(by_person: dict[str, list[RosterRow]], report: Report) -> None:
    for row, sentence in doubles([row for rows in by_person.values() for row in rows]):
        report.note(row.staff_code, row.line, sentence)


def _parsed(table, report: Report, reader: "_Reader", progress: Progress) -> dict[str, list[RosterRow]]:
    """The good rows by person in the order of the file; the others are in the report."""
    by_person: dict[str, list[RosterRow]] = defaultdict(list)
    seen: dict[tuple, Line] = {}
    for number, raw in enumerate(table, start=1):
        progress(number)
        try:
            row = reader.read(raw, report)
            _agrees(row, by_person[row.person_key], seen)
        except CellError as error:
            report.reject(raw.item, raw.line, error)
            continue
        seen[row.key] = row.line
        by_person[row.person_key].append(row)
    return {person: rows for person, rows in by_person.items() if rows}


def _agrees(row: RosterRow, earlier: list[RosterRow], seen: dict[tuple, Line]) -> None:
    if earlier and spelled(earlier[0].written_name) != spelled(row.written_name):
        raise CellError(
            "ho_ten",
            _("Mã %(code)s đã có tên “%(name)s” ở dòng %(line)s; mỗi mã chỉ một người.")
            % {"code": row.staff_code, "name": earlier[0].written_name, "line": earlier[0].line},
        )
    if row.key in seen:
        raise CellError("tu_ngay", already_there(seen[row.key]))


def _batches(by_person: dict[str, list[RosterRow]]) -> Iterator[list[RosterRow]]:
    """Batches of rows; all rows of a person stay in one batch."""
    batch: list[RosterRow] = []
    for count, rows in enumerate(by_person.values(), start=1):
        batch += rows
        if count % PEOPLE_A_BATCH == 0:
            yield batch
            batch = []
    if batch:
        yield batch


class _Reader:
    """Turns cells into a RosterRow. Raises CellError."""

    def __init__(self, codes_as_of: date | None, within: set[int] | None, office: Office | None = None):
        self.codes_as_of = codes_as_of
        self.within = within
        self.codes, self.staff = UnitCodes(), StaffCodes()
        self.names = UnitNames(office.near) if office else None
        self.addressed = Addressed() if office else None
        duties = list(Duty.objects.all())
        self.duty_keys = {duty.key: duty.pk for duty in duties}
        # a cell may also hold the name of a duty
        self.duty_names = {plain_key(duty.name): duty.pk for duty in duties}

    def read(self, raw: TableRow, report: Report) -> RosterRow:
        if raw.errors:
            raise raw.errors[0]
        if raw["den_ngay"] and raw["den_ngay"] < raw["tu_ngay"]:
            raise CellError("den_ngay", _("Ngày kết thúc trước ngày bắt đầu."))
        unit = self._unit(raw, report)
        if self.within is not None and unit not in self.within:
            raise CellError("ma_don_vi", _("Đơn vị này ngoài phạm vi phụ trách của anh chị."))
        person, name = self._person(raw, report)
        return RosterRow(
            line=raw.line,
            staff_code=person.code,
            person=person.pk,
            person_key=person.key,
            full_name=name,
            written_name=raw["ho_ten"],
            # who stays keeps her own addresses
            email=None if person.merged_code else self._contact(raw, "email", kept_email, report),
            phone=None if person.merged_code else self._phone(raw, report),
            unit=unit,
            position=self._position(raw, report),
            duties=frozenset(self._duties(raw["nhiem_vu"])),
            start=raw["tu_ngay"],
            end=raw["den_ngay"],
        )

    def _person(self, raw: TableRow, report: Report) -> tuple[Bearer, str]:
        code, name = raw["ma_can_bo"], raw["ho_ten"]
        if not (addressed := self.addressed):
            return self.staff.named(report, raw.line, code, name)
        addresses = addresses_of(raw["email"], raw["dien_thoai"])
        return self.staff.named(
            report, raw.line, code, name, lambda: addressed.meant(report, raw.line, code, name, addresses)
        )

    def _unit(self, raw: TableRow, report: Report) -> int:
        """By its code; an office may write its name, there or in a column of its own."""
        day, code = self.codes_as_of or raw["tu_ngay"], raw["ma_don_vi"]
        if self.names and not (code and self.codes.bearing(code, day)):
            if not (code or raw["ten_don_vi"]):
                raise CellError("ma_don_vi", _("Dòng chưa ghi đơn vị; hãy ghi mã hoặc tên của đơn vị."))
            # a code of signs alone is no name
            if not code or (any(sign.isalpha() for sign in code) and not self.codes.is_known(code)):
                column = "ma_don_vi" if code else "ten_don_vi"
                return self.names.meant(report, raw, column, raw[column], day)
        return self.codes.meant("ma_don_vi", code, day)

    def _position(self, raw: TableRow, report: Report) -> str:
        """Without what tells of a person; only what has a digit is looked at, as a roster has a row for each."""
        text = raw["chuc_danh"]
        if not any(sign.isdigit() for sign in text):
            return text
        return imported(text, partial(report.note, raw["ma_can_bo"], raw.line), LONGEST_POSITION)

    def _duties(self, text: str) -> Iterator[int]:
        for name in filter(None, (part.strip() for part in text.split("|"))):
            key = plain_key(name)
            duty = self.duty_keys.get(name) or self.duty_keys.get(key) or self.duty_names.get(key)
            if duty is None:
                words = _("Không có nhiệm vụ “%(name)s”; các nhiệm vụ hiện có: %(known)s.")
                several = bool(set(",;/+") & set(name))
                if several:
                    words = _("Nhiệm vụ “%(name)s” không đọc được; hãy ngăn các nhiệm vụ bằng dấu |, như %(known)s.")
                known = ("|" if several else ", ").join(sorted(self.duty_keys))
                raise CellError("nhiem_vu", words % {"name": name[:60], "known": known})
            yield duty

    def _contact(self, raw: TableRow, column: str, normal: Callable[[str], str], report: Report) -> str | None:
        """Returns None where the cell is empty or unusable; a bad address must not keep a person off the roster."""
        if not raw[column]:
            return None
        value = normal(raw[column]) or None
        if value is None:
            report.note(
                raw["ma_can_bo"], raw.line, _("%(column)s không đúng dạng nên không nhập.") % {"column": column}
            )
        return value

    def _phone(self, raw: TableRow, report: Report) -> str | None:
        first, *others = phones_in(raw["dien_thoai"]) or [""]
        if others:
            params = {"first": local_phone(first), "others": ", ".join(map(local_phone, others))}
            reason = _("dien_thoai có hơn một số: đã nhận %(first)s, chưa nhận %(others)s.")
            report.note(raw["ma_can_bo"], raw.line, reason % params)
        return self._contact(raw, "dien_thoai", lambda _text: first, report)
