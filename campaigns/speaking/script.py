"""What a voice reads: the thirty seconds for the loudspeaker where a message has them, else the message itself; and
apart from it the questions that are asked of a message, their answers, and why it is so.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from campaigns.messages import asked
from campaigns.speaking.rules import MISSING, OUTDATED, TakeState, is_of, seal
from campaigns.speaking.takes import Take
from campaigns.translating.kinds import PRINTED
from campaigns.translating.sentences import SentenceTranslation, SourceSentence
from people.times import today

BULLETIN = "spoken"
# said before the message in a package for loudspeakers, and no part of its voice
TITLE = "heading"
MESSAGE = frozenset({"said", "truth", "checks", "act", "remember"})
# each part is joined to a voice of its own, so that each answer can be heard where it is chosen; "" is the message
WHOLE = ""
QUESTIONS = tuple(slot for number in asked.NUMBERS for slot in asked.slots_of(number))
JOINED = (WHOLE, *QUESTIONS)
PARTS = (*JOINED, TITLE)
PATHS = {TITLE: TITLE, **{part: f"{PRINTED}/{part}" for part in QUESTIONS}}
PART_OF = {path: part for part, path in PATHS.items()}


def name_of(part: str) -> str:
    """As who records and who hears reads it; "" for the message."""
    if part == WHOLE:
        return ""
    if part == TITLE:
        return _("tên bài, loa đọc trước bài")
    _pulse, number, *which = part.split(".")
    said = {"number": number, "letter": "".join(which).upper()}
    if not which:
        return _("Câu hỏi %(number)s") % said
    return (_("Câu %(number)s, vì sao") if said["letter"] == "WHY" else _("Câu %(number)s, đáp án %(letter)s")) % said


@dataclass(frozen=True)
class Line:
    """A sentence to be said: `text` in the language, "" where nobody approved any; `take` is what counts of its sounds,
    `standing` the one that is approved.
    """

    source: SourceSentence
    text: str
    take: Take | None = None
    standing: Take | None = None

    @property
    def is_title(self) -> bool:
        return self.source.path == TITLE

    @property
    def name(self) -> str:
        return name_of(PART_OF.get(self.source.path, WHOLE))

    @property
    def seal(self) -> str:
        return seal(self.text, self.source.text)

    @property
    def shown(self) -> str:
        return self.text or self.source.text

    @property
    def is_vietnamese(self) -> bool:
        return not self.text

    @property
    def state(self) -> str:
        """Of the newest sound; one that says other words than there are now is outdated."""
        if self.take is None:
            return MISSING
        if self.take.state in (TakeState.AWAITING, TakeState.APPROVED) and not self.fits(self.take):
            return OUTDATED
        return self.take.state

    def fits(self, take: Take) -> bool:
        return is_of(take.text, take.of_text, self.text, self.source.text)


def script_of(page_key: UUID, language: str, part: str = WHOLE) -> list[Line]:
    """In reading order; three queries."""
    return _scripts([page_key], [language], [part])[page_key, language, part]


def scripts_of(
    keys: Collection[UUID], languages: Collection[str], parts: Collection[str] = (WHOLE,)
) -> dict[tuple[UUID, str], list[Line]]:
    """By message and language, these parts one after the other; three queries, however many there are."""
    found = _scripts(keys, languages, parts)
    return {
        (key, language): [line for part in parts for line in found[key, language, part]]
        for key in keys
        for language in languages
    }


def parts_of(page_key: UUID, language: str, parts: Collection[str] = PARTS) -> dict[str, list[Line]]:
    """By part, those alone that have a sentence; three queries."""
    found = _scripts([page_key], [language], parts)
    return {part: lines for (_key, _language, part), lines in found.items() if lines}


def _scripts(
    keys: Collection[UUID], languages: Collection[str], parts: Collection[str]
) -> dict[tuple[UUID, str, str], list[Line]]:
    said: dict[tuple[UUID, str], list[SourceSentence]] = defaultdict(list)
    for source in SourceSentence.objects.present().filter(_read(parts), page_key__in=keys).order_by("place", "pk"):
        said[source.page_key, PART_OF.get(source.path, WHOLE)].append(source)
    texts, wholes = _texts(keys, languages)
    takes = _takes(keys, languages)
    found = {}
    for key in keys:
        for part in parts:
            sources = _in_order(part, said[key, part])
            for language in languages:
                found[key, language, part] = [
                    Line(one, texts.get((one.pk, language), ""), *takes.get((one.pk, language), (None, None)))
                    for one in sources
                    if wholes.get((key, one.path, language), one.pk) == one.pk
                ]
    return found


def _read(parts: Iterable[str]) -> Q:
    which = Q()
    for part in parts:
        if part == WHOLE:
            for name in {BULLETIN, *MESSAGE}:
                which |= Q(path=name) | Q(path__startswith=f"{name}/")
        else:
            which |= Q(path=PATHS[part])
    return which


def _in_order(part: str, sources: Iterable[SourceSentence]) -> list[SourceSentence]:
    every = list(sources)
    return [one for one in every if part == WHOLE and one.path == BULLETIN] or every


def _texts(keys, languages) -> tuple[dict[tuple[int, str], str], dict[tuple[UUID, str, str], int]]:
    """({sentence and language: what readers see}, {field that stands whole at one sentence: that sentence})."""
    rows = SentenceTranslation.objects.filter(
        source__page_key__in=keys, orthography__is_live=True, orthography__language__in=languages
    ).exclude(live_text="")
    texts, wholes = {}, {}
    names = ("source", "source__page_key", "source__path", "orthography__language", "live_text", "is_whole")
    for source, key, path, language, text, is_whole in rows.values_list(*names):
        texts[source, language] = text
        if is_whole:
            wholes[key, path, language] = source
    return texts, wholes


def _takes(keys, languages) -> dict[tuple[int, str], tuple[Take, Take | None]]:
    """The newest, and the approved one; of speakers who agree no more there is none."""
    rows = (
        Take.objects.filter(source__page_key__in=keys, language__in=languages)
        .filter(Q(sound__speaker__until=None) | Q(sound__speaker__until__gte=today()), sound__speaker__ended_at=None)
        .exclude(state=TakeState.REPLACED)
        .select_related("sound__speaker")
        .order_by("pk")
    )
    newest: dict[tuple[int, str], Take] = {}
    standing: dict[tuple[int, str], Take] = {}
    for row in rows:
        newest[row.source_id, row.language] = row
        if row.state == TakeState.APPROVED:
            standing[row.source_id, row.language] = row
    return {place: (row, standing.get(place)) for place, row in newest.items()}
