"""The three questions of a message as they are asked: approved passages, in a language where they are whole; heard in
each language in which somebody spoke them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from campaigns.answering.asked import Answer, Question
from campaigns.messages.asked import LETTERS, NUMBERS, slots_of
from campaigns.messages.message import MessagePage
from campaigns.renderings.texts.at_the_desk import spoken_in
from campaigns.renderings.texts.languages import Spoken, text_path
from campaigns.renderings.texts.passages import Passage, passages_of, source_of
from campaigns.speaking.publishing import voices_of_questions
from campaigns.speaking.script import QUESTIONS
from config.languages import NAMES
from media.recordings import Recording

SOURCE = "vi"


@dataclass(frozen=True)
class Asked:
    """In the language that was asked for. `languages` are (tag, its own name, "read" or "heard") of what there is."""

    questions: list[Question]
    language: str
    languages: list[tuple[str, str, str]]


def has_questions(message: MessagePage) -> bool:
    """Whether all three are approved; two queries. An open point ends an approval, so none is asked for here. A page
    that was never saved has none.
    """
    if message.pk is None:
        return False
    source = source_of(message)
    return Passage.objects.filter(message=source, slot__in=QUESTIONS, approved_at__isnull=False).count() == len(
        QUESTIONS
    )


def asked_in(message: MessagePage, language: str = "") -> Asked | None:
    """None unless all three are approved. In the language that is asked for, else the message's own: words where every
    sentence of them is approved, else the Vietnamese ones; voices where there are.
    """
    source = source_of(message)
    passages = passages_of(source)
    if not all(slot in passages and passages[slot].is_approved for slot in QUESTIONS):
        return None
    whole = {
        tag: one for tag, one in spoken_in(source).items() if all(text_path(slot) in one.said for slot in QUESTIONS)
    }
    voices = voices_of_questions(source.translation_key)
    heard = {tag for tag, _part in voices}
    there = [tag for tag in NAMES if tag == SOURCE or tag in whole or tag in heard]
    chosen = next((tag for tag in (language, message.locale.language_code) if tag in there), SOURCE)
    mine = {part: voice for (tag, part), voice in voices.items() if tag == chosen}
    names = [(tag, NAMES[tag][1], "read" if tag == SOURCE or tag in whole else "heard") for tag in there]
    questions = [_question(number, passages, whole.get(chosen), mine) for number in NUMBERS]
    return Asked(questions, chosen, names)


def questions_of(message: MessagePage, language: str = "") -> list[Question]:
    found = asked_in(message, language)
    return found.questions if found else []


def _question(
    number: int, passages: Mapping[str, Passage], spoken: Spoken | None, voices: Mapping[str, Recording]
) -> Question:
    def words(slot: str) -> str:
        return spoken.text(text_path(slot)) if spoken else passages[slot].text

    ask, *answers, why = slots_of(number)
    choices = tuple(
        Answer(letter, words(slot), voices.get(slot)) for letter, slot in zip(LETTERS, answers, strict=True)
    )
    right, language = passages[ask].title.strip().upper(), spoken.language if spoken else SOURCE
    return Question(number, words(ask), choices, right, words(why), language, voices.get(ask), voices.get(why))
