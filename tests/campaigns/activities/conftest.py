"""A log of Tây Giang: a head who verifies, an editor who writes, and one activity."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone
from sharing import shared

from campaigns.activities.made import writing
from campaigns.activities.made.hamlet import Hamlet
from campaigns.activities.made.kind import ActivityKind, seed_kinds
from campaigns.activities.made.writing import Said
from people.times import today


@shared
def log(cast):
    """`log.talk` and `log.loudspeaker` are kinds; `log.hamlet` is one of Tây Giang."""
    seed_kinds()
    kinds = {kind.key: kind for kind in ActivityKind.objects.all()}
    hamlet = Hamlet.objects.create(commune=cast.units.tay_giang, name="Thôn Agrồng")
    return SimpleNamespace(**vars(cast), kinds=kinds, hamlet=hamlet)


@pytest.fixture
def said(log):
    """`said(people=30)`: what is said of a talk in Tây Giang today."""

    def made(kind="noi-chuyen", on=None, unit=None, commune=None, hamlet=None, languages=("vi",), **more):
        counts = {name: more.pop(name, None) for name in ("people", "women", "minors", "officials")}
        others = more.pop("others", ())
        place = unit or log.units.tay_giang, commune or log.units.tay_giang, hamlet
        return Said(log.kinds[kind], *place, on or today(), counts, more, languages, others)

    return made


@pytest.fixture
def sent(log, said):
    """`sent(people=30)`: an activity that waits; the editor wrote it."""

    def made(by=None, key=None, **more):
        return writing.write(by or log.editor, key or uuid4(), said(**more), timezone.now(), send=True)

    return made


@pytest.fixture
def verified(log, sent):
    def made(**more):
        row = sent(**more)
        return writing.verify(more.get("verifier", log.unit_head), row.key, row.pk, timezone.now())

    return made
