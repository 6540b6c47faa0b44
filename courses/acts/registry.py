"""Acts on people whom somebody chose from a list. Whoever can do something with them registers it; the lists offer it.

    offer_act(PeopleAct("nhac", _("Nhắc ngay"), "reminders:remind", PEOPLE_KINDS))

`page` is the name of an address that takes the id of the choice: a GET shows what would happen to whom, a POST does it.
There `courses.acts.choice.choice_of` gives the people, with the rights of that moment.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise

from people.rights.roles import role_kinds


@dataclass(frozen=True)
class PeopleAct:
    """`kinds` are the role kinds to whom it is offered; its page asks about each person once more."""

    key: str
    label: str | Promise
    page: str
    kinds: Collection[str]


_ACTS: dict[str, PeopleAct] = {}


def offer_act(act: PeopleAct) -> None:
    _ACTS[act.key] = act


def acts_for(user) -> list[PeopleAct]:
    """In the order in which they were registered."""
    kinds = role_kinds(user)
    return [act for act in _ACTS.values() if user.is_superuser or kinds & set(act.kinds)]


def act_named(user, key: str) -> PeopleAct | None:
    return next((act for act in acts_for(user) if act.key == key), None)
