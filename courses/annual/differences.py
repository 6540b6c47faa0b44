"""What a new version changes, figure by figure, and whether words changed too. Pure."""

from collections.abc import Mapping
from typing import Any

WORDS = {"head": "thể thức", "wording": "lời văn"}


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """{"figures": [{"key", "label", "before", "after"}], "words": [what was reworded], "as_of": [before, after]}.

    A figure that one of the two does not have is None there.
    """
    old, new = ({figure["key"]: figure for figure in one["figures"]} for one in (before, after))
    figures = [
        {
            "key": key,
            "label": (new.get(key) or old[key])["label"],
            "before": _value(old, key),
            "after": _value(new, key),
        }
        for key in dict.fromkeys([*new, *old])
        if _value(old, key) != _value(new, key)
    ]
    words = [label for name, label in WORDS.items() if before.get(name, after[name]) != after[name]]
    return {"figures": figures, "words": words, "as_of": [before["as_of"], after["as_of"]]}


def _value(figures: Mapping[str, Mapping[str, Any]], key: str) -> Any:
    return figures[key]["value"] if key in figures else None
