"""Questions of the bank as items of exchange: what any format is written from."""

from collections.abc import Callable, Iterator

from courses.questions.bank import Question
from courses.questions.exchange.item import Item
from courses.questions.kinds.true_false import FALSE, TRUE
from courses.questions.versions import SOURCE_LANGUAGE


def items(tag: str = "") -> Iterator[Item]:
    """The live source questions in order of category and name; with that tag, if one is named."""
    rows = Question.objects.filter(live=True, locale__language_code=SOURCE_LANGUAGE).order_by("category", "name", "pk")
    if tag:
        rows = rows.filter(tags__name=tag)
    for row in rows.prefetch_related("tags").iterator(chunk_size=500):
        if row.body:
            yield item_of(row)


def item_of(question: Question) -> Item:
    """By the value of its live body; a source without a format's own place stands behind the reason."""
    block = question.body[0]
    value = block.value
    choices, own = OF_KIND[block.block_type](value)
    reason = "\n".join(filter(None, [(value.get(name) or "").strip() for name in ("explanation", "source")]))
    return Item(
        block.block_type,
        value["text"].strip(),
        tuple(choices),
        own,
        title=question.name,
        category=question.category,
        explanation=reason,
        hint=(value.get("hint") or "").strip(),
        tags=tuple(sorted(tag.name for tag in question.tags.all())),
    )


def _choices(value) -> tuple[list[dict], dict]:
    rows = [{name: choice.get(name) or "" for name in ("text", "right", "feedback")} for choice in value["choices"]]
    return [{**row, "right": bool(row["right"])} for row in rows], {}


def _true_false(value) -> tuple[list[dict], dict]:
    return [
        {
            "text": value[f"{name}_text"],
            "right": value["answer"] == id,
            "feedback": value.get(f"{name}_feedback") or "",
        }
        for id, name in ((TRUE, "true"), (FALSE, "false"))
    ], {}


def _steps(value) -> tuple[list[dict], dict]:
    return [{"text": step} for step in value["steps"]], {}


def _pairs(value) -> tuple[list[dict], dict]:
    return [{"left": pair["left"], "right": pair["right"]} for pair in value["pairs"]], {}


def _accepted(value) -> tuple[list[dict], dict]:
    rows = [{name: row.get(name) or "" for name in ("text", "share", "feedback")} for row in value["accepted"]]
    return rows, {"folds": sorted(value.get("folds") or [])}


def _numbers(value) -> tuple[list[dict], dict]:
    names = ("value", "tolerance", "share", "feedback")
    rows = [{name: row.get(name) or "" for name in names} for row in value["accepted"]]
    return rows, {"unit": value.get("unit") or "", "unit_asked": bool(value.get("unit_asked"))}


def _gaps(value) -> tuple[list[dict], dict]:
    rows = [{side: list(gap[side]) for side in ("right", "wrong")} for gap in value["gaps"]]
    return rows, {"passage": value["passage"], "folds": sorted(value.get("folds") or [])}


OF_KIND: dict[str, Callable] = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "true_false": _true_false,
    "ordering": _steps,
    "matching": _pairs,
    "short_answer": _accepted,
    "numeric": _numbers,
    "missing_words": _gaps,
}
