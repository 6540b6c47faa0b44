"""The questions of a file on its page: one choice for all rows of a kind, or for all that say the same, or for each."""

from django.http import QueryDict

from tabular.questions import ALL, GROUP, Answers, Choice, Question, QuestionKind

# rows of one kind on a page, those without an answer first
SHOWN = 50
FIELD = "tra_loi"


def by_kind(questions: list[Question], answers: Answers) -> list[dict]:
    """What the page and the effect's result hold, in the order in which the kinds came up."""
    kinds: dict[QuestionKind, list[Question]] = {}
    for question in questions:
        kinds.setdefault(question.kind, []).append(question)
    return [_of_kind(kind, asked, answers.kept.get(kind.key, {})) for kind, asked in kinds.items()]


def _of_kind(kind: QuestionKind, asked: list[Question], kept: dict[str, str]) -> dict:
    rows = sorted(asked, key=lambda question: question.answer != "")
    told = {
        "title": str(kind.title),
        "field": f"{FIELD}:{kind.key}:{ALL}",
        "choices": _shown(kind.choices),
        "answer": kept.get(ALL, ""),
        "open": sum(not question.answer for question in asked),
        "count": len(asked),
    }
    groups: dict[str, list[Question]] = {}
    for question in rows:
        groups.setdefault(question.group or question.line.key, []).append(question)
    shown = [_row(kind, ones, kept) for ones in list(groups.values())[:SHOWN]]
    return told | {"rows": shown, "row_count": len(groups)}


def _row(kind: QuestionKind, asked: list[Question], kept: dict[str, str]) -> dict:
    """One question for one row, or for all rows of a group."""
    first = asked[0]
    place = GROUP + first.group if first.group else first.line.key
    return {
        "field": f"{FIELD}:{kind.key}:{place}",
        "line": str(first.line),
        "count": len(asked),
        "item": first.item if len(asked) == 1 else "",
        "words": first.words,
        "choices": _shown(first.choices),
        "answer": kept.get(place, ""),
    }


def _shown(choices: tuple[Choice, ...]) -> list[dict]:
    return [{"key": choice.key, "label": str(choice.label)} for choice in choices]


def with_given(answers: Answers, form: QueryDict) -> Answers:
    """The answers with those of a posted form; one that was emptied there is taken back."""
    for name, choice in form.items():
        field, _sign, asked = name.partition(":")
        kind, _sign, row = asked.partition(":")
        if field == FIELD and kind and row:
            answers.add(kind, row, str(choice))
    return answers
