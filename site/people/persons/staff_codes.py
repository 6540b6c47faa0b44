"""Finds the people behind the staff codes of a file without a query for each row, and asks where a code may mean
somebody else.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.folding import spelled, visible
from people.persons.merges import Merge
from people.persons.user import User
from tabular.cells import CellError, Line
from tabular.questions import LEAVE_OUT, Choice, Listener, QuestionKind

KNOWN = Choice("nguoi_cu", gettext_lazy("Là người đã có"))
NEW = Choice("nguoi_moi", gettext_lazy("Là người khác, mã khác"))
SO_0_DAU = gettext_lazy("Mã có thể đã mất số 0 ở đầu, khi Excel lưu mã như một con số")
LOST_ZERO = QuestionKind("so_0_dau", SO_0_DAU, (KNOWN, NEW, LEAVE_OUT))
# where only somebody known may be meant
LOST_ZERO_OF_KNOWN = QuestionKind("so_0_dau", SO_0_DAU, (KNOWN, LEAVE_OUT))
# several may be meant; their codes are the choices, beside these
LOST_ZERO_OF_SEVERAL = QuestionKind("so_0_nhieu_nguoi", SO_0_DAU, (NEW, LEAVE_OUT))
LOST_ZERO_OF_SEVERAL_KNOWN = QuestionKind("so_0_nhieu_nguoi", SO_0_DAU, (LEAVE_OUT,))
# only an upgrade keeps two such codes
ALIKE = QuestionKind("ma_viet_nhu_nhau", gettext_lazy("Mã viết như mã của nhiều người đã có"), (LEAVE_OUT,))
NEW_NAME = Choice("ten_moi", gettext_lazy("Vẫn là người ấy, ghi tên mới"))
OLD_NAME = Choice("ten_cu", gettext_lazy("Vẫn là người ấy, giữ tên cũ"))
OTHER_NAME = QuestionKind("ten_khac", gettext_lazy("Mã đã có, nhưng tên khác hẳn"), (NEW_NAME, OLD_NAME, LEAVE_OUT))


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears a code; `pk` is None for somebody who is new in this file.

    `merged_code` and `merged_name` are those of a record that was merged into this person, by which she is meant.
    """

    pk: int | None
    code: str
    name: str
    merged_code: str = ""
    merged_name: str = ""

    @property
    def listed(self) -> str:
        return self.merged_code or self.code

    def is_named(self, name: str) -> bool:
        return spelled(name) in {spelled(self.name), spelled(self.merged_name or self.name)}

    @property
    def key(self) -> str:
        """The same for all rows of a file about this person."""
        return self.code if self.pk else spelled(self.code)

    def __str__(self) -> str:
        return f"“{self.code}” ({self.name})"


def _each_once(people: list[Bearer]) -> list[Bearer]:
    """Of somebody found by several codes, her own."""
    found: dict[int | str, Bearer] = {}
    for person in sorted(people, key=lambda one: bool(one.merged_code)):
        found.setdefault(person.pk or person.code, person)
    return [one for one in people if found[one.pk or one.code] is one]


# who is meant by something else than a code; None: somebody new
Otherwise = Callable[[], Bearer | None]


def nobody() -> Bearer | None:
    return None


class StaffCodes:
    @cached_property
    def _spelled(self) -> dict[str, list[Bearer]]:
        people: dict[str, list[Bearer]] = defaultdict(list)
        columns = ("code_spelling", "pk", "staff_code", "full_name")
        merged = Merge.objects.current().select_related("stays")
        into = {row.gone_id: (row.stays_id, row.stays.staff_code, row.stays.full_name) for row in merged}
        for spelling, pk, code, name in User.objects.order_by("pk").values_list(*columns).iterator():
            bearer = Bearer(*into[pk], code, name) if pk in into else Bearer(pk, code, name)
            people[spelling].append(bearer)
        return people

    @cached_property
    def _numbers(self) -> dict[str, list[Bearer]]:
        """By code without zeros in front, of the codes that a spreadsheet takes for numbers."""
        numbers: dict[str, list[Bearer]] = defaultdict(list)
        for spelling, people in self._spelled.items():
            if spelling.isdecimal():
                numbers[spelling.lstrip("0")] += people
        return numbers

    def may_be(self, code: str) -> list[Bearer]:
        """The one who bears exactly this code, else everybody whose code is spelled like it, else like it with another
        number of zeros in front; each person once.
        """
        spelling = spelled(code)
        alike = self._spelled.get(spelling, [])
        exactly = [person for person in alike if person.listed in (code, visible(code))]
        numbers = self._numbers.get(spelling.lstrip("0"), []) if spelling.isdecimal() else []
        return _each_once(exactly or alike or numbers)

    def bearer(self, asked: Listener, line: Line, column: str, code: str, or_new: bool = False) -> Bearer | None:
        """Who is meant; None for nobody who is known. Raises CellError where it must be asked."""
        person = self._asked(asked, line, column, code, or_new)
        if person and person.merged_code:
            words = _("Mã “%(old)s” là hồ sơ đã gộp; dòng này là của %(person)s.")
            asked.note(code, line, words % {"old": person.merged_code, "person": person})
        return person

    def _asked(self, asked: Listener, line: Line, column: str, code: str, or_new: bool) -> Bearer | None:
        people = self.may_be(code)
        if len(people) > 1:
            return self._one_of(people, asked, line, column, code, or_new)
        if not people or spelled(people[0].listed) == spelled(code):
            return next(iter(people), None)
        words = _("Mã “%(code)s” chưa có ai; có phải là %(known)s không?") % {"code": code, "known": people[0]}
        kind = LOST_ZERO if or_new else LOST_ZERO_OF_KNOWN
        return people[0] if asked.ask(kind, code, line, column, words) == KNOWN.key else None

    def _one_of(
        self, people: list[Bearer], asked: Listener, line: Line, column: str, code: str, or_new: bool
    ) -> Bearer | None:
        if spelled(people[0].listed) == spelled(code):
            kind = ALIKE
        else:
            kind = LOST_ZERO_OF_SEVERAL if or_new else LOST_ZERO_OF_SEVERAL_KNOWN
        words = _("Mã “%(code)s” chưa có ai mang đúng như vậy; có thể là %(people)s.")
        params = {"code": code, "people": ", ".join(map(str, people))}
        more = tuple(Choice(one.code, _("Là %(person)s") % {"person": one}) for one in people)
        chosen = asked.ask(kind, code, line, column, words % params, more)
        return next((one for one in people if one.code == chosen), None)

    def meant(self, asked: Listener, line: Line, column: str, code: str, otherwise: Otherwise = nobody) -> int:
        """Returns the person's id; `otherwise` is asked where nobody bears the code. Raises CellError."""
        person = (self.bearer(asked, line, column, code) if code else None) or otherwise()
        if person is None or person.pk is None:
            reason = _("Không có cán bộ nào mang mã “%(code)s”; hãy nhập danh sách trước.")
            raise CellError(column, reason % {"code": code})
        return person.pk

    def named(
        self, asked: Listener, line: Line, code: str, name: str, otherwise: Otherwise = nobody
    ) -> tuple[Bearer, str]:
        """Who is meant by a row of a roster, perhaps somebody new, and the name to be kept; `otherwise` is asked where
        nobody bears the code. Raises CellError.
        """
        person = self.bearer(asked, line, "ma_can_bo", code, or_new=True) if code else None
        person = person or otherwise()
        if person is None:
            person, numbers = Bearer(None, visible(code), name), self._numbers
            self._spelled[spelled(code)].append(person)
            if spelled(code).isdecimal():
                numbers[spelled(code).lstrip("0")].append(person)
        if person.pk is None or person.is_named(name):
            return person, person.name if person.pk else name
        words = _("Mã “%(code)s” là của %(old)s, trong tệp tên là %(new)s.")
        params = {"code": person.code, "old": person.name, "new": name}
        chosen = asked.ask(OTHER_NAME, code, line, "ho_ten", words % params)
        return person, name if chosen == NEW_NAME.key else person.name
