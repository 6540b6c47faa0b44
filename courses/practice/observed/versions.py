"""Rubric versions: the words of a rubric as frozen for a session. Forms, cards and results read these alone."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.practice.observed.outcome import LEVELS, PassRule
from courses.practice.observed.rubric import Guide, Rubric, written_lines

SCHEMA = 1


class VersionQuerySet(models.QuerySet):
    def update(self, **fields):
        raise TypeError("A rubric version is immutable.")

    def delete(self):
        raise TypeError("A rubric version is never deleted: forms refer to it.")


@dataclass(frozen=True, slots=True)
class Behaviour:
    """`levels` is {1: what it looks like, …, 4: …}."""

    id: str
    what: str
    look_for: str
    critical: bool
    levels: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Level:
    number: int
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FrozenRubric:
    """`cards` is {"learner": {"role", …}, "actor": {…}, …} as the blocks hold them; only those that the rubric has."""

    title: str
    levels: tuple[Level, ...]
    behaviours: tuple[Behaviour, ...]
    rule: PassRule
    minutes: Mapping[str, int]
    needs: tuple[str, ...]
    cards: Mapping[str, Mapping]
    talk: tuple[str, ...]

    def behaviour(self, id: str) -> Behaviour:
        return next(one for one in self.behaviours if one.id == id)


class RubricVersion(models.Model):
    """Immutable; `content` as `content_of` makes it, its hash covers all of it."""

    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="versions")
    content = models.JSONField()
    hash = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rubric", "hash"], name="rubric_version_once")]

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("A rubric version is immutable.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A rubric version is never deleted: forms refer to it.")

    @cached_property
    def frozen(self) -> FrozenRubric:
        return frozen(self.content)

    @property
    def is_approved(self) -> bool:
        return self.hash == self.rubric.approved_hash


def content_of(rubric: Rubric, guide: Guide | None) -> dict:
    """Everything that observers, players and learners read, as plain JSON."""
    return {
        "schema": SCHEMA,
        "title": rubric.title,
        "levels": [_level(guide, number) for number in LEVELS],
        "behaviours": [_behaviour(block) for block in rubric.behaviours],
        "rule": {name: getattr(rubric, name) for name in ("least_level", "least_percent", "no_critical_at")},
        "minutes": {name: getattr(rubric, f"minutes_{name}") for name in ("prepare", "play", "talk")},
        "needs": written_lines(rubric.needs),
        "cards": {block.block_type: _plain(block.block.get_prep_value(block.value)) for block in rubric.cards},
        "talk": written_lines(rubric.talk),
    }


def _level(guide: Guide | None, number: int) -> dict:
    label = guide.label(number) if guide else _("Mức %d") % number
    return {"number": number, "label": label, "meaning": guide.meaning(number) if guide else ""}


def _behaviour(block) -> dict:
    value = block.value
    texts = {name: str(value[name]) for name in ("what", "look_for")}
    levels = {str(number): str(value[f"level_{number}"]) for number in LEVELS}
    return {"id": str(block.id), **texts, "critical": bool(value["critical"]), "levels": levels}


def frozen(content: dict) -> FrozenRubric:
    return FrozenRubric(
        title=content["title"],
        levels=tuple(Level(**level) for level in content["levels"]),
        behaviours=tuple(
            Behaviour(**{**one, "levels": {int(number): text for number, text in one["levels"].items()}})
            for one in content["behaviours"]
        ),
        rule=PassRule(**content["rule"]),
        minutes=content["minutes"],
        needs=tuple(content["needs"]),
        cards=content["cards"],
        talk=tuple(content["talk"]),
    )


def _plain(value):
    """The card without the ids that Wagtail gives the items of its lists."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"type", "id", "value"}:
        return _plain(value["value"])
    return {name: _plain(inner) for name, inner in value.items()}


def content_hash(content: dict) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def current_hash(rubric: Rubric, guide: Guide | None) -> str:
    return content_hash(content_of(rubric, guide))


def record(rubric: Rubric) -> RubricVersion:
    """Gets or creates the version of the rubric's words of now."""
    content = content_of(rubric, Guide.objects.first())
    defaults = {"content": content}
    return RubricVersion.objects.get_or_create(rubric=rubric, hash=content_hash(content), defaults=defaults)[0]
