"""Finds the people behind the staff codes of a file without a query for each row."""

from functools import cached_property

from django.utils.translation import gettext as _

from people.persons.user import User
from tabular.cells import CellError


class StaffCodes:
    @cached_property
    def _people(self) -> dict[str, int]:
        return {code.casefold(): pk for code, pk in User.objects.values_list("staff_code", "pk").iterator()}

    def meant(self, column: str, code: str) -> int:
        """Returns the person's id. Raises CellError."""
        try:
            return self._people[code.casefold()]
        except KeyError:
            raise CellError(
                column, _("Không có cán bộ nào mang mã “%(code)s”; hãy nhập danh sách trước.") % {"code": code}
            ) from None
