"""Who is meant where an office's file has no code, or one that nobody bears: perhaps somebody with that e-mail or
telephone and the same name, which is asked. Offices share mailboxes, so the address alone says nothing.
"""

from collections.abc import Iterable
from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.folding import spelled
from people.persons.phones import phones_in
from people.persons.staff_codes import KNOWN, Bearer
from people.persons.user import User
from tabular.cells import CellError, Line
from tabular.questions import LEAVE_OUT, Choice, Listener, QuestionKind

TITLE = gettext_lazy("Mã trống hoặc chưa ai mang, nhưng đã có người cùng tên và cùng email hay điện thoại")
OTHER = Choice("nguoi_moi", gettext_lazy("Là người khác"))
SAME_PERSON = QuestionKind("cung_nguoi", TITLE, (KNOWN, OTHER, LEAVE_OUT))
# without a code nobody new can be made
SAME_PERSON_WITHOUT_CODE = QuestionKind("cung_nguoi", TITLE, (KNOWN, LEAVE_OUT))
# the email is of one, the telephone of another: their codes are the choices
SAME_PERSON_OF_SEVERAL = QuestionKind("cung_nguoi_nao", TITLE, (OTHER, LEAVE_OUT))
SAME_PERSON_OF_SEVERAL_WITHOUT_CODE = QuestionKind("cung_nguoi_nao", TITLE, (LEAVE_OUT,))


def addresses_of(email: str, phone: str) -> list[str]:
    """What the cells of a row give, as they are kept; nothing of what cannot be right."""
    return [*filter(None, [kept_email(email)]), *phones_in(phone)[:1]]


def kept_email(text: str) -> str:
    """In lower case; "" for what is no address."""
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text.lower()


class Addressed:
    """Everybody who has an e-mail or a telephone, by it; one query."""

    @cached_property
    def _bearers(self) -> dict[str, Bearer]:
        bearers = {}
        columns = ("pk", "staff_code", "full_name", "email", "phone")
        people = User.objects.unmerged().exclude(email=None, phone=None).order_by()
        for pk, code, name, email, phone in people.values_list(*columns).iterator():
            bearer = Bearer(pk, code, name)
            bearers.update({address: bearer for address in ((email or "").lower(), phone) if address})
        return bearers

    def meant(self, asked: Listener, line: Line, code: str, name: str, addresses: Iterable[str]) -> Bearer | None:
        """The person who was answered to be meant; None for somebody new. `code` is "" or borne by nobody.

        Raises CellError where it must be asked, and where nobody is found and there is no code for somebody new.
        """
        found = {one.pk: one for address in addresses if (one := self._bearers.get(address))}
        same = [one for one in found.values() if spelled(one.name) == spelled(name)]
        person = self._asked(asked, line, code, same) if same else None
        if person is None and not code:
            reason = _("Mã cán bộ đang trống, và chưa có ai cùng tên với email hay điện thoại ấy; hãy ghi mã.")
            raise CellError("ma_can_bo", reason)
        if person and code:
            words = _("Mã “%(code)s” trong tệp không được ghi; dòng này là của %(person)s.")
            asked.note(code, line, words % {"code": code, "person": person})
        return person

    def _asked(self, asked: Listener, line: Line, code: str, same: list[Bearer]) -> Bearer | None:
        words = _("Có phải là %(people)s, người cùng tên và cùng địa chỉ?") % {"people": ", ".join(map(str, same))}
        item = code or same[0].name
        if len(same) == 1:
            kind = SAME_PERSON if code else SAME_PERSON_WITHOUT_CODE
            return same[0] if asked.ask(kind, item, line, "ma_can_bo", words) == KNOWN.key else None
        kind = SAME_PERSON_OF_SEVERAL if code else SAME_PERSON_OF_SEVERAL_WITHOUT_CODE
        more = tuple(Choice(one.code, _("Là %(person)s") % {"person": one}) for one in same)
        chosen = asked.ask(kind, item, line, "ma_can_bo", words, more)
        return next((one for one in same if one.code == chosen), None)
