"""Text in which people write about people: what it must not hold, at every door, and columns that refuse it.

A telephone or identity number is certain and refused; other signs (`letters.identifying`) are asked about where
somebody writes (`people.guarding.wording`). In an import a certain number is left out of the text, and a note says so.
Nothing here logs a text or a number.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.identifying import Finding, Sign, certain_in, findings_in, without

# nobody writes so much in one field; what is longer is not looked through
MOST_LETTERS = 50_000
INSTEAD = {
    Sign.TELEPHONE: gettext_lazy(
        "Có số điện thoại trong chữ. Bỏ số đi và ghi nơi cần gọi, như “gọi UBND xã” hay “gọi 111”; số của một người "
        "không ghi ở đây."
    ),
    Sign.IDENTITY: gettext_lazy(
        "Có số căn cước hay giấy tờ của một người. Bỏ số đi; cần nhắc đến ai thì ghi “một người dân” hoặc mã cán bộ."
    ),
}
LABELS = {
    Sign.TELEPHONE: gettext_lazy("số điện thoại"),
    Sign.IDENTITY: gettext_lazy("số giấy tờ"),
    Sign.EVENT: gettext_lazy("tên người cùng nơi ở và chuyện đã xảy ra"),
    Sign.BIRTH: gettext_lazy("ngày hoặc năm sinh của người trong vụ việc"),
    Sign.MINOR: gettext_lazy("tên trẻ em cùng trường, lớp"),
}
TOO_LONG = gettext_lazy("Chữ dài quá %d chữ cái; ghi ngắn lại.") % MOST_LETTERS
_PUBLIC: list[Callable[[], Iterable[str]]] = []


def these_are_public(numbers: Callable[[], Iterable[str]]) -> None:
    """Numbers that anybody may write, as they are dialled within the country; asked only where a text has one."""
    if numbers not in _PUBLIC:
        _PUBLIC.append(numbers)


def certain(text: str) -> list[Finding]:
    """What may not be written: telephone numbers that are nobody's public ones, identity numbers."""
    return _not_public(certain_in(text[:MOST_LETTERS]))


def signs_of(text: str) -> list[Finding]:
    """All findings, certain ones and others."""
    return _not_public(findings_in(text[:MOST_LETTERS]))


def _not_public(found: list[Finding]) -> list[Finding]:
    if not any(one.sign is Sign.TELEPHONE for one in found):
        return found
    public = {number for numbers in _PUBLIC for number in numbers()}
    return [one for one in found if one.sign is not Sign.TELEPHONE or one.said not in public]


def refusals(text: str) -> list[str]:
    """One sentence for each certain sign, that says what to write instead; none where the text is good."""
    if len(text) > MOST_LETTERS:
        return [str(TOO_LONG)]
    return [str(INSTEAD[sign]) for sign in dict.fromkeys(one.sign for one in certain(text))]


def names_of(signs: Iterable[Sign]) -> str:
    return ", ".join(str(LABELS[sign]) for sign in signs)


def imported(text: str, note: Callable[[str], object], most: int | None = None) -> str:
    """The text of a row of a file without its certain numbers; `note` is told of each kind of sign, in one sentence."""
    found = signs_of(text)
    numbers = [one for one in found if one.is_certain]
    if numbers:
        said = names_of(dict.fromkeys(one.sign for one in numbers))
        note(_("Đã bỏ %s khỏi phần chữ; dòng vẫn được nhập.") % said)
        text = without(text, numbers, lambda sign: _("đã bỏ %s") % LABELS[sign])[:most]
    if doubtful := dict.fromkeys(one.sign for one in found if not one.is_certain):
        note(_("Phần chữ có thể nói về một người thật (%s); hãy xem lại tệp.") % names_of(doubtful))
    return text


# told of each text that goes to the store, before it is there
_heeding: ContextVar[Callable[[models.Field, str], object] | None] = ContextVar("heeding", default=None)


@contextmanager
def heeding(heed: Callable[[models.Field, str], object]) -> Iterator[None]:
    """Within, `heed` hears of every text that a row of a column below is written with, whichever way."""
    before = _heeding.set(heed)
    try:
        yield
    finally:
        _heeding.reset(before)


class _Refusing(models.Field):
    """Refuses a certain number whichever way a row is written; what a column has since before stays, and may be written
    again when its row is superseded or brought back. In migrations a plain column.
    """

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str) and (said := refusals(value)) and not self._has(value, connection):
            raise ValidationError({self.name: said})
        if isinstance(value, str) and value and (heed := _heeding.get()):
            heed(self, value)
        return super().get_db_prep_save(value, connection)

    def _has(self, value: str, connection) -> bool:
        return self.model._base_manager.using(connection.alias).filter(**{self.attname: value}).exists()


class FreeLine(_Refusing, models.CharField):
    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class FreeText(_Refusing, models.TextField):
    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
