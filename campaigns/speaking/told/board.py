"""Where the voice of each message stands in each language; the board of translations shows it beside the words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.messages.message import MessagePage
from campaigns.speaking.publishing import public_voices
from campaigns.speaking.rules import LABELS, MISSING, PUBLISHED, SPEAKER, TO_SPEAK, TakeState, voice_state
from campaigns.speaking.script import QUESTIONS, WHOLE, Line, scripts_of
from campaigns.speaking.takes import MessageVoice
from campaigns.translating.told.board import Beside, Mark, stands_beside
from people.rights.languages import Does, who_does


@dataclass(frozen=True)
class Told:
    page: MessagePage
    language: str
    state: str
    counts: Counter
    is_public: bool
    # of the questions that are asked of it, by state; empty where nobody asked for them
    asked: Counter

    @property
    def label(self):
        return LABELS[self.state]

    @property
    def sentences(self) -> int:
        return self.counts.total()

    @property
    def approved(self) -> int:
        return self.counts[TakeState.APPROVED.value]

    @property
    def awaiting(self) -> int:
        return self.counts[TakeState.AWAITING.value]

    @property
    def to_speak(self) -> int:
        return _to_speak(self.counts)

    @property
    def asked_awaiting(self) -> int:
        return self.asked[TakeState.AWAITING.value]

    @property
    def asked_to_speak(self) -> int:
        return _to_speak(self.asked)


def _to_speak(counts: Counter) -> int:
    return sum(number for state, number in counts.items() if state in TO_SPEAK)


def voices(
    languages: Iterable[str], pages: Iterable[MessagePage] | None = None, *, questions: bool = False
) -> dict[str, list[Told]]:
    """By language, every live message or these; a constant number of queries. `questions`: with theirs too."""
    columns = list(languages)
    shown = list(messages() if pages is None else pages)
    keys = [page.translation_key for page in shown]
    scripts, public = scripts_of(keys, columns), public_voices(keys)
    asked = scripts_of(keys, columns, QUESTIONS) if questions else {}
    rows = MessageVoice.objects.filter(page_key__in=keys, part=WHOLE).exclude(withdrawn_at=None)
    withdrawn = set(rows.values_list("page_key", "language"))
    speaks, translates = who_does(Does.SPEAKS), who_does(Does.TRANSLATES)
    first = {tag for tag in columns if speaks.get(tag) and not translates.get(tag)}
    return {
        tag: [
            replace(
                _told(page, tag, scripts[page.translation_key, tag], public, withdrawn, tag in first),
                asked=Counter(line.state for line in asked.get((page.translation_key, tag), ())),
            )
            for page in shown
        ]
        for tag in columns
    }


def messages() -> Iterable[MessagePage]:
    return MessagePage.objects.live().filter(locale__language_code="vi", alias_of=None).order_by("path")


def _told(page, tag: str, lines: list[Line], public: set, withdrawn: set, voice_first: bool) -> Told:
    place = (page.translation_key, tag)
    states = [line.state for line in lines]
    has_words = bool(lines) and all(line.text for line in lines)
    state = voice_state(
        states, is_public=place in public, was_withdrawn=place in withdrawn, may_begin=has_words or voice_first
    )
    if place in public and set(states) <= {MISSING}:
        # a recording of the library, of which no sentence is known by itself
        state = PUBLISHED
    return Told(page, tag, state, Counter(states), place in public, Counter())


def beside(keys: Iterable[UUID], languages: Iterable[str]) -> Mapping[tuple[UUID, str], Mark]:
    """For the board of translations."""
    wanted = set(keys)
    pages = [page for page in messages() if page.translation_key in wanted]
    return {
        (one.page.translation_key, tag): Mark(
            one.state, one.label, reverse("speaking:listen", args=[tag, one.page.pk]), one.sentences - one.approved
        )
        for tag, those in voices(languages, pages).items()
        for one in those
    }


def connect() -> None:
    asked = ((SPEAKER, LABELS[SPEAKER]), (PUBLISHED, _("tiếng nói đã đăng")))
    stands_beside(Beside("voice", _("tiếng nói"), beside, asked))
