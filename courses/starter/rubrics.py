"""The rubrics of observed practice that come with the product, and the guide that they share; never changes existing
ones. The files are the content's own, as JSON; ids of behaviours depend on the rubric's key and theirs alone.
"""

import json
from pathlib import Path

from courses.practice.observed.rubric import Guide, Rubric
from courses.questions.bank import stable_id

FOLDER = Path(__file__).parent / "practice"
RUBRICS = ["buoi-gap-dau", "so-cuu-tam-ly", "qua-nguoi-phien-dich", "ban-giao-va-ghi"]
SHARED_TEXTS = ("before", "observing", "agreeing", "feedback")
SHARED_WORDS = ("learner", "actor", "observers", "outcome", "agreement_training")


def read(name: str) -> dict:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def load_rubrics() -> None:
    if not Guide.objects.exists():
        _guide(read("huong-dan")).save()
    present = set(Rubric.objects.values_list("key", flat=True))
    for name in RUBRICS:
        if name not in present:
            _rubric(read(name)).save()


def _guide(data: dict) -> Guide:
    levels = {
        f"{field}_{number}": level[field]
        for number, level in enumerate(data["levels"], 1)
        for field in ("label", "meaning")
    }
    texts = {name: "\n".join(data[name]) for name in SHARED_TEXTS}
    words = {name: data[name] for name in SHARED_WORDS}
    return Guide(**levels, **texts, **words, sources=_sources("huong-dan", data["sources"]))


def _rubric(data: dict) -> Rubric:
    key = data["key"]
    return Rubric(
        key=key,
        title=data["title"],
        course_key=data["course"],
        **{f"minutes_{name}": minutes for name, minutes in data["minutes"].items()},
        **{name: data[name] for name in ("least_level", "least_percent", "no_critical_at")},
        needs="\n".join(data["needs"]),
        talk="\n".join(data["talk"]),
        cards=json.dumps([_card(key, name, card) for name, card in data["cards"].items()]),
        behaviours=json.dumps([_behaviour(key, one) for one in data["behaviours"]]),
        sources=_sources(key, data["sources"]),
    )


def _card(key: str, name: str, card: dict) -> dict:
    value = {
        field: _items((key, name, field), given) if isinstance(given, list) else given for field, given in card.items()
    }
    return {"type": name, "id": stable_id("rubric", key, name), "value": value}


def _items(identity: tuple[str, ...], given: list) -> list[dict]:
    return [
        {"type": "item", "id": stable_id("rubric", *identity, str(place)), "value": value}
        for place, value in enumerate(given)
    ]


def _behaviour(key: str, one: dict) -> dict:
    levels = {f"level_{number}": text for number, text in enumerate(one["levels"], 1)}
    value = {name: one[name] for name in ("what", "look_for", "critical")}
    return {"type": "behaviour", "id": stable_id("rubric", key, one["id"]), "value": value | levels}


def _sources(key: str, sources: list[dict]) -> str:
    blocks = [
        {"type": "source", "id": stable_id("rubric", key, "source", str(place)), "value": source}
        for place, source in enumerate(sources)
    ]
    return json.dumps(blocks)
