"""The sentences of a page side by side with what a language has of them, as the desk shows them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q
from wagtail.models import Page

from campaigns.translating import whose
from campaigns.translating.checking import warnings
from campaigns.translating.kinds import group_of, label_of
from campaigns.translating.orthography import Orthography
from campaigns.translating.remarks import GlossaryWord, Remark
from campaigns.translating.rules import LABELS, MISSING, TO_TRANSLATE, State, may_approve
from campaigns.translating.sentences import SentenceTranslation, SourceSentence
from campaigns.translating.working import Outcome, seal
from letters.folding import marked
from people.rights.languages import Does


@dataclass
class Line:
    source: SourceSentence
    row: SentenceTranslation | None
    seal: str
    text: str
    # the Vietnamese sentence of which the text is a translation, where it is another one now
    was: str = ""
    state: str = MISSING
    may_decide: bool = False
    # why not, of a sentence that waits
    is_own: bool = False
    remarks: int = 0
    waits: bool = False
    words: list[GlossaryWord] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    # what somebody else wrote while she typed
    other: str | None = None
    # what a decision that was not sent had
    is_picked: bool = False
    reason: str = ""

    @property
    def label(self):
        return LABELS[self.state]

    @property
    def is_to_do(self) -> bool:
        return self.state in TO_TRANSLATE and not self.waits

    @property
    def stands(self) -> bool:
        """Outdated or withdrawn, with words that may still be right."""
        return self.state in (State.OUTDATED, State.WITHDRAWN) and bool(self.text)


@dataclass
class Group:
    path: str
    label: str
    lines: list[Line]


def groups_of(user, page: Page, orthography: Orthography, typed: Mapping[int, str], outcome: Outcome) -> list[Group]:
    """By field, in reading order; a constant number of queries. `typed`: what a form brought that was not saved."""
    sources = list(SourceSentence.objects.of(page.translation_key))
    rows = {
        row.source_id: row for row in SentenceTranslation.objects.filter(orthography=orthography, source__in=sources)
    }
    decides = whose.does(user, orthography.language, Does.APPROVES)
    hands = whose.hands_of(rows.values()) if decides else {}
    voices = whose.voices_of(rows.values()) if decides else {}
    approvers = {user.pk} if decides else set()
    said = _remarks(orthography, sources)
    agreed = [(f" {marked(word.vietnamese)} ", word) for word in _agreed(orthography)]
    groups: list[Group] = []
    for source in sources:
        line = _line(source, rows.get(source.pk))
        if line.row is not None and line.state == State.AWAITING and decides:
            line.may_decide = may_approve(user.pk, approvers, hands[line.row.pk], voices[line.row.pk])
            line.is_own = not line.may_decide
        line.remarks, line.waits = said[source.pk]
        spelled = f" {marked(source.text)} "
        line.words = [word for known, word in agreed if known in spelled]
        line.text = typed.get(source.pk, line.text)
        line.warnings = warnings(line.text) if line.text else []
        line.errors, line.other = outcome.refused.get(source.pk, []), outcome.conflicts.get(source.pk)
        if not groups or group_of(groups[-1].path) != group_of(source.path):
            groups.append(Group(source.path, label_of(page, source.path), []))
        groups[-1].lines.append(line)
    return groups


def _line(source: SourceSentence, row: SentenceTranslation | None) -> Line:
    if row is None:
        return Line(source, None, seal(source, None), "")
    state = row.state if row.text or row.state == State.WITHDRAWN else MISSING
    was = row.of_text if row.of_text not in ("", source.text) else ""
    return Line(source, row, seal(source, row), row.text, was, state)


def _agreed(orthography: Orthography) -> list[GlossaryWord]:
    return list(GlossaryWord.objects.filter(orthography=orthography).exclude(agreed_by=None))


def _remarks(orthography: Orthography, sources) -> dict[int, tuple[int, bool]]:
    """By sentence: how many remarks, and whether one waits for the author."""
    waiting = Count("pk", filter=Q(cannot=True, answered_at=None))
    rows = Remark.objects.filter(orthography=orthography, source__in=sources).order_by().values_list("source")
    found = {source: (number, bool(waits)) for source, number, waits in rows.annotate(n=Count("pk"), w=waiting)}
    return defaultdict(lambda: (0, False), found)
