"""Message × language × rendering, for a commune's own space or the whole province: in what state, since when, who is on
it, what to chase. A sheet has no state of its own: it follows from its sentences. The number of queries does not grow
with messages, languages or communes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Case, CharField, Count, Max, Q, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.messages.message import MessagePage, MessageRecording
from campaigns.renderings.sheets import SheetVersion
from campaigns.renderings.texts.passages import Passage
from campaigns.translating.kinds import PRINTED
from campaigns.translating.orthography import Orthography
from campaigns.translating.rules import LABELS, MISSING, State, state_of
from campaigns.translating.sentences import SentenceTranslation, SourceSentence
from campaigns.translating.told.board import Mark, marks_of

# by key: what it is called, and with what the slots of its sentences begin
SHEETS: dict[str, tuple[str | Promise, str]] = {
    "loa": (gettext_lazy("Bài loa"), "loud."),
    "ap-phich": (gettext_lazy("Áp phích"), "poster."),
    "to-gap": (gettext_lazy("Tờ gấp"), "leaflet."),
    "the": (gettext_lazy("Thẻ"), "card."),
}
TEXT, VOICE = "chu", "tieng"
RENDERINGS: dict[str, str | Promise] = {
    TEXT: gettext_lazy("Chữ"),
    VOICE: gettext_lazy("Tiếng nói"),
    **{key: label for key, (label, _begins) in SHEETS.items()},
}
# what somebody has to do something about, the worst first
CHASED = (State.WITHDRAWN.value, State.OUTDATED.value, State.AWAITING.value, State.DRAFT.value, "speaker", MISSING)


@dataclass(frozen=True)
class Cell:
    """`done` of `total` sentences are approved; of a voice there are none to count: `heard` says that readers hear it,
    `url` where it is worked at.
    """

    rendering: str
    state: str
    done: int = 0
    total: int = 0
    since: datetime | None = None
    heard: bool = False
    url: str = ""
    said: str | Promise = ""

    @property
    def name(self):
        return RENDERINGS[self.rendering]

    @property
    def label(self):
        if self.said:
            return self.said
        return _("còn thiếu") if self.state == MISSING and self.done else LABELS[self.state]


@dataclass(frozen=True)
class Line:
    """One language of a message; `who` has hands on it now."""

    language: str
    name: str
    cells: list[Cell]
    who: tuple[str, ...] = ()

    @property
    def is_untouched(self) -> bool:
        """Nothing is there in this language, and nobody is on it."""
        return not self.who and all(cell.state == MISSING and cell.since is None for cell in self.cells)

    @property
    def to_chase(self) -> Cell | None:
        open_ones = [cell for cell in self.cells if cell.state in CHASED and (cell.total or cell.rendering == VOICE)]
        return min(open_ones, key=lambda cell: CHASED.index(cell.state), default=None)

    @property
    def chase_url(self) -> str:
        """Of a voice, where it is recorded and heard; "" where it is the words that are worked at."""
        return self.to_chase.url if self.to_chase is not None else ""

    @property
    def chase(self) -> str:
        """One sentence; "" where nothing is left to do."""
        cell = self.to_chase
        if cell is None:
            return ""
        said = {"what": RENDERINGS[cell.rendering], "state": cell.label, "left": cell.total - cell.done}
        return _("%(what)s: %(state)s, %(left)d câu") % said if cell.total else _("%(what)s: %(state)s") % said


@dataclass
class Row:
    """`taken` and `printed` are of one commune, or how many communes; `live` of a taken page that is public."""

    message: MessagePage
    lines: list[Line] = field(default_factory=list)
    taken: int = 0
    live: int = 0
    printed: int = 0
    printed_at: datetime | None = None

    def in_state(self, state: str) -> bool:
        return any(cell.state == state for line in self.lines for cell in line.cells)

    @property
    def begun(self) -> list[Line]:
        return [line for line in self.lines if not line.is_untouched]

    @property
    def untouched(self) -> list[Line]:
        return [line for line in self.lines if line.is_untouched]


@dataclass(frozen=True)
class Progress:
    """Of one language over all messages: sentences of their pages that are approved, messages that have a voice."""

    language: str
    name: str
    approved: int
    sentences: int
    voices: int


def progress(rows: Iterable[Row]) -> list[Progress]:
    """By language, in the order of the lines; Vietnamese, in which everything is written, is left out. No query."""
    lines: dict[str, list[Line]] = {}
    for row in rows:
        for line in row.lines:
            if line.language != "vi":
                lines.setdefault(line.language, []).append(line)
    return [_progress(language, found) for language, found in lines.items()]


def _progress(language: str, lines: list[Line]) -> Progress:
    texts = [cell for line in lines for cell in line.cells if cell.rendering == TEXT]
    voices = [cell for line in lines for cell in line.cells if cell.heard]
    approved, total = sum(cell.done for cell in texts), sum(cell.total for cell in texts)
    return Progress(language, lines[0].name, approved, total, len(voices))


def board(
    orthographies: Iterable[Orthography], space=None, *, named: bool = False, vietnamese: bool = True
) -> list[Row]:
    """Every live message of the province, as `space` (None: all communes) has it; `named` tells who is on it. Eight
    queries, and one more for names.
    """
    columns = list(orthographies)
    rows = MessagePage.objects.live().filter(locale__language_code="vi", alias_of=None)
    messages = list(rows.select_related("locale").order_by("path"))
    keys = {message.translation_key for message in messages}
    totals = _totals(keys)
    counts, since = _counts(keys, columns)
    voices, own = _voices(messages), _passages(messages)
    who = _who(keys, columns) if named else {}
    taken, printed = _taken(messages, space), _printed(messages, space)
    found = []
    for message in messages:
        key = message.translation_key
        row = Row(message, **taken.get(message.pk, {}), **printed.get(message.pk, {}))
        if vietnamese:
            row.lines.append(_vietnamese(own[message.pk], "vi" in voices[message.pk]))
        for one in columns:
            cells = [_cell(TEXT, key, one, totals, counts, since), _voice(one.language in voices[message.pk])]
            cells += [_cell(name, key, one, totals, counts, since) for name in SHEETS]
            row.lines.append(Line(one.language, str(one), cells, who.get((key, one.pk), ())))
        found.append(row)
    return found


def _cell(name: str, key: UUID, one: Orthography, totals, counts, since) -> Cell:
    total, states = totals[key, name], counts[key, one.pk, name]
    state = state_of(list(states.elements()), total)
    return Cell(name, state, states[State.APPROVED.value], total, since.get((key, one.pk, name)))


def tell_voices(rows: Iterable[Row], orthographies: Iterable[Orthography]) -> None:
    """Puts into these rows in which state each voice is, instead of whether it is there; seven queries."""
    those = list(rows)
    languages = [one.language for one in orthographies]
    marks = marks_of("voice", [row.message.translation_key for row in those], languages)
    for row in those:
        key = row.message.translation_key
        for line in row.lines:
            mark = marks.get((key, line.language))
            line.cells[:] = [_voice(one.heard, mark) if one.rendering == VOICE else one for one in line.cells]


def _voice(is_there: bool, mark: Mark | None = None) -> Cell:
    """In Vietnamese, and of what has no script, a voice is there or is not."""
    if mark is None:
        return Cell(VOICE, State.APPROVED.value if is_there else MISSING, heard=is_there)
    return Cell(VOICE, mark.state, heard=is_there, url=mark.url, said=mark.label)


def _vietnamese(passages: list[Passage], is_spoken: bool) -> Line:
    cells = [Cell(TEXT, State.APPROVED.value), _voice(is_spoken)]
    for name, (_label, begins) in SHEETS.items():
        here = [one for one in passages if one.slot.startswith(begins)]
        done = sum(one.is_approved for one in here)
        state = MISSING if not here else State.APPROVED.value if done == len(here) else State.DRAFT.value
        cells.append(Cell(name, state, done, len(here), max((one.written_at for one in here), default=None)))
    return Line("vi", _("Tiếng Việt"), cells)


# --- queries


def _rendering(path: str) -> Case:
    """On which of the renderings a sentence stands; "" for what the board does not count, as a door hanger."""
    cases = [
        When(**{f"{path}__startswith": f"{PRINTED}/{begins}"}, then=Value(name))
        for name, (_label, begins) in SHEETS.items()
    ]
    beside = When(**{f"{path}__startswith": f"{PRINTED}/"}, then=Value(""))
    return Case(*cases, beside, default=Value(TEXT), output_field=CharField())


def _totals(keys: set[UUID]) -> Counter:
    rows = SourceSentence.objects.present().filter(page_key__in=keys).order_by().annotate(on=_rendering("path"))
    return Counter({(key, on): n for key, on, n in rows.values_list("page_key", "on").annotate(n=Count("pk"))})


def _counts(keys: set[UUID], columns: list[Orthography]):
    rows = SentenceTranslation.objects.filter(
        source__page_key__in=keys, source__gone_at=None, orthography__in=columns
    ).exclude(text="", state=State.DRAFT)
    rows = rows.order_by().annotate(on=_rendering("source__path"))
    groups = rows.values_list("source__page_key", "orthography", "on", "state")
    counts: dict[tuple[UUID, int, str], Counter] = defaultdict(Counter)
    since: dict[tuple[UUID, int, str], datetime] = {}
    for key, orthography, on, state, number, at in groups.annotate(n=Count("pk"), last=Max("written_at")):
        counts[key, orthography, on][state] += number
        if at is not None:
            since[key, orthography, on] = max(at, since.get((key, orthography, on), at))
    return counts, since


def _who(keys: set[UUID], columns: list[Orthography]) -> dict[tuple[UUID, int], tuple[str, ...]]:
    rows = SentenceTranslation.objects.filter(
        source__page_key__in=keys, source__gone_at=None, orthography__in=columns, translator__isnull=False
    ).exclude(state=State.APPROVED)
    names: dict[tuple[UUID, int], tuple[str, ...]] = {}
    found = rows.order_by("translator__name_order", "translator").values_list(
        "source__page_key", "orthography", "translator__full_name"
    )
    for key, orthography, name in found.distinct():
        names[key, orthography] = (*names.get((key, orthography), ()), name)
    return names


def _voices(messages: list[MessagePage]) -> dict[int, set[str]]:
    rows = MessageRecording.objects.filter(message__in=messages, recording__consent_ended=False)
    found: dict[int, set[str]] = defaultdict(set)
    for message, language in rows.values_list("message", "language"):
        found[message].add(language)
    return found


def _passages(messages: list[MessagePage]) -> dict[int, list[Passage]]:
    rows = Passage.objects.filter(message__in=messages).prefetch_related("points__settlements")
    found: dict[int, list[Passage]] = defaultdict(list)
    for row in rows:
        found[row.message_id].append(row)
    return found


def _taken(messages: list[MessagePage], space) -> dict[int, dict]:
    rows = CommuneMessagePage.objects.filter(message__in=messages, locale__language_code="vi").order_by()
    if space is not None:
        rows = rows.child_of(space)
    groups = rows.values_list("message").annotate(n=Count("pk"), shown=Count("pk", filter=Q(live=True)))
    return {message: {"taken": n, "live": shown} for message, n, shown in groups}


def _printed(messages: list[MessagePage], space) -> dict[int, dict]:
    """Of one commune how many sheets, else how many communes have any."""
    rows = SheetVersion.objects.filter(sheet__message__in=messages, withdrawal=None).order_by()
    counted = Count("sheet__unit", distinct=True)
    if space is not None:
        rows, counted = rows.filter(sheet__unit=space.unit_id), Count("pk")
    groups = rows.values_list("sheet__message").annotate(n=counted, last=Max("issued_at"))
    return {message: {"printed": n, "printed_at": last} for message, n, last in groups}
