"""Rubrics of observed practice and their guide as citing kinds: for who looks after them alone. Their sources are for
reviewers, and a learner who is to be observed must not read the actor's card.
"""

from collections.abc import Callable, Collection, Iterator, Mapping

from django.db.models import Model
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.practice.observed.rubric import Guide, Rubric
from courses.practice.observed.rubric_admin import LOOKS_AFTER
from pages.laws.indexing import index
from pages.laws.kinds import CitingKind, Passage, Reading, Shown, Where, cites
from pages.laws.of_pages import strings_in

STREAMS = ("cards", "behaviours", "sources")
GUIDE_TEXTS = ("before", "learner", "actor", "observers", "observing", "agreeing", "feedback", "outcome")


def _text(row: Model) -> str:
    texts = [getattr(row, name) for name in ("needs", "talk", *GUIDE_TEXTS) if hasattr(row, name)]
    streams = [getattr(row, name).get_prep_value() for name in STREAMS if hasattr(row, name)]
    return "\n".join([*texts, *strings_in([block["value"] for stream in streams for block in stream])])


def _reads(model: type[Model]) -> Callable[[Collection[str] | None], Iterator[Passage]]:
    def read(targets: Collection[str] | None) -> Iterator[Passage]:
        rows = model._default_manager.all()
        if targets is not None:
            rows = rows.filter(pk__in=[int(target) for target in targets])
        return (Passage(_target(row), "", _text(row)) for row in rows)

    return read


def _shows(model: type[Model], edit: str) -> Callable[[Reading, Collection[Where]], Mapping]:
    def show(reading: Reading, rows: Collection[Where]) -> Mapping[Where, Shown]:
        if not LOOKS_AFTER.user_has_permission(reading.user, "view"):
            return {}
        found = model._default_manager.in_bulk([int(target) for target, _place, _draft in rows])
        return {row: _shown(found[int(row[0])], edit) for row in rows if int(row[0]) in found}

    return show


def _shown(row: Model, edit: str) -> Shown:
    note = _("không còn dùng") if isinstance(row, Rubric) and not row.active else ""
    return Shown(str(row), reverse(edit, args=[row.pk]), note)


def _target(row: Model) -> str:
    return str(row.pk)


RUBRICS = CitingKind(
    "rubrics", gettext_lazy("Bộ tiêu chí quan sát"), 45, Rubric, _reads(Rubric), _shows(Rubric, "rubrics:edit"), _target
)
GUIDE = CitingKind(
    "practice_guide",
    gettext_lazy("Hướng dẫn thực hành có quan sát"),
    46,
    Guide,
    _reads(Guide),
    _shows(Guide, "practice_guide:edit"),
    _target,
)
for _kind in (RUBRICS, GUIDE):
    cites(_kind)


def connect() -> None:
    """Neither is a page: what is written anew is followed when it is saved."""
    for kind in (RUBRICS, GUIDE):
        post_save.connect(_follow, sender=kind.model, dispatch_uid=f"courses.citing.{kind.key}")


def _follow(sender, instance: Model, **kwargs) -> None:
    index(RUBRICS if isinstance(instance, Rubric) else GUIDE, [_target(instance)])
