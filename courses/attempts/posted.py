"""Parses a posted quiz form by question. A field of question 5 is named "5-<field>"."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from courses.questions.kinds.kind import BadAnswer

# fields that belong to every question, whatever its kind
OWN = {"based_on", "token", "flag"}


@dataclass(frozen=True)
class PostedAnswer:
    """`fields` is {field of the kind: [str, …]}; `token` a new one where the form sent none."""

    position: int
    fields: Mapping[str, list[str]]
    based_on: int
    token: UUID
    flagged: bool


def posted(data: QueryDict) -> list[PostedAnswer]:
    """The answers in the order of the form: the questions that sent `based_on`. Raises BadAnswer."""
    by_position: dict[str, dict[str, list[str]]] = {}
    for name, values in data.lists():
        position, dash, field = name.partition("-")
        if dash and position.isdecimal():
            by_position.setdefault(position, {})[field] = values
    return [_one(position, fields) for position, fields in by_position.items() if "based_on" in fields]


def _one(position: str, fields: dict[str, list[str]]) -> PostedAnswer:
    try:
        return PostedAnswer(
            position=int(position),
            fields={name: values for name, values in fields.items() if name not in OWN},
            based_on=int(fields["based_on"][-1]),
            token=UUID(fields["token"][-1]) if "token" in fields else uuid4(),
            flagged="flag" in fields,
        )
    except ValueError as error:
        raise BadAnswer(_("Trang gửi lên không đọc được. Hãy tải lại trang rồi trả lời lại.")) from error
