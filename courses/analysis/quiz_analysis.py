"""The item analysis of a quiz as plain JSON, so that it can be kept as the result of work in the background."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from courses.analysis import statistics
from courses.analysis.reading import Facts, facts_of
from courses.analysis.statistics import Levels, Tails
from courses.questions.kinds.kind import Frozen, is_blank, kind
from courses.questions.versions import QuestionVersion

# an answer in one's own words, or an order of one's own, that fewer gave is one of the others
FEWEST_ALIKE = 5
MOST_ANSWERS = 8


def analyse(quiz_key: UUID) -> dict:
    """{"people", "passed", "minutes", "mean", "spread", "alpha", "error", "drawn", "scores", "questions"}.

    Shares are 0 to 1, `minutes` the median, `scores` how many attempts lie in each tenth of the points, the last with
    all of them. None is what cannot be told. Nine queries.
    """
    facts = facts_of(quiz_key)
    sheet, totals = facts.marks, facts.marks.totals
    reliability = statistics.alpha(sheet) if sheet.questions else None
    tails = statistics.tails(totals)
    versions = {version.pk: version for version in QuestionVersion.objects.filter(pk__in=list(sheet.questions))}
    return {
        "people": sheet.people,
        "passed": facts.passed,
        "minutes": facts.minutes,
        "mean": statistics.facility(totals),
        "spread": statistics.spread(totals),
        "alpha": reliability,
        "error": statistics.standard_error(totals, reliability),
        "drawn": not sheet.is_fixed,
        "scores": _tenths(totals),
        "questions": [_question(facts, versions[pk], tails) for pk in sorted(versions)],
    }


def _tenths(totals: Levels) -> list[int]:
    counts = [0] * 11
    for total, who in totals.items():
        counts[int(total.share * 10)] += who.bit_count()
    return counts


def _question(facts: Facts, version: QuestionVersion, tails: Tails) -> dict:
    levels = facts.marks.questions[version.pk]
    who = statistics.who_answered(levels)
    responses = facts.responses.get(version.pk, [])
    answered = [(response, these) for response, these in responses if not is_blank(response)]
    wordless = who
    for _response, these in answered:
        wordless &= ~these
    return {
        "version": version.pk,
        "people": who.bit_count(),
        "right": sum(these.bit_count() for earned, these in levels.items() if earned.points == earned.out_of),
        "facility": statistics.facility(levels),
        "discrimination": statistics.discrimination(levels, facts.marks.totals),
        "seconds": facts.seconds.get(version.pk),
        "months": _months(levels, facts.months),
        "blank": _counts(wordless, tails),
        **_answers(version.frozen(), answered, tails),
    }


def _months(levels: Levels, months: Mapping[datetime, int]) -> list[list]:
    """[[month as 2026-09, people, facility], …], months in which nobody had it left out."""
    found = []
    for month, who in months.items():
        within = {earned: these & who for earned, these in levels.items() if these & who}
        if within:
            people = statistics.who_answered(within).bit_count()
            found.append([f"{month:%Y-%m}", people, statistics.facility(within)])
    return found


def _counts(who: int, tails: Tails) -> list[int]:
    """[all, of the upper end, of the lower end]"""
    return [who.bit_count(), (who & tails.upper).bit_count(), (who & tails.lower).bit_count()]


def _answers(question: Frozen, answered: list[tuple[dict, int]], tails: Tails) -> dict:
    """{"options": [[id, right, all, upper, lower], …]} where options are picked, else {"answers": [[response, right,
    all, upper, lower], …], "others": [all, upper, lower]}, the most frequent first.
    """
    module = kind(question.kind)
    if picks := getattr(module, "picks", None):
        return {"options": list(_options(question, picks, answered, tails))}
    counted = [
        [response, module.mark(question, response, 100).right, *_counts(who, tails)] for response, who in answered
    ]
    counted.sort(key=lambda row: -row[2])
    alike = [row for row in counted if row[2] >= FEWEST_ALIKE][:MOST_ANSWERS]
    others = [row for row in counted if row not in alike]
    return {"answers": alike, "others": [sum(row[place] for row in others) for place in (2, 3, 4)]}


def _options(question: Frozen, picks, answered: list[tuple[dict, int]], tails: Tails) -> Iterable[list]:
    for choice in question.structure["choices"]:
        who = 0
        for response, these in answered:
            if choice["id"] in picks(response):
                who |= these
        yield [choice["id"], choice["id"] in question.key["right"], *_counts(who, tails)]
