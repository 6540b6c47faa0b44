"""Reads `campaign-kit.vi.md`, the starter kit of the campaign, into data. Pure: no database.

A *passage* is one text that stands together on a rendering: `slot` says where ("poster.title", "leaflet.3",
"door.back", "card.1", "loud.60", "audience.women", …). † marks what an office has to settle before it is printed; each
becomes an open point (`what`, `office`), and the mark goes. What is written to the reviewer alone, "(cơ quan lao động
xác nhận nơi tra cứu)", goes with it. Numbers of the commune, dots in the file, become tokens (`NUMBER`, `ABROAD`).
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from campaigns.messages.asked import slots_of
from campaigns.renderings.texts.sentences import ABROAD, NUMBER, sentences

FILE = Path(__file__).parent / "campaign-kit.vi.md"
POINTS = Path(__file__).parent / "kit_points.toml"

DAGGER = "†"
POSTER = {"HỎI": "ask", "GIỮ": "keep", "BÁO": "tell", "GỌI": "call"}
AUDIENCES = {
    "Phụ nữ và em gái": "women",
    "Nam thanh niên tìm việc": "men",
    "Gia đình có người ở xa, ở nước ngoài": "family",
    "Già làng, trưởng thôn, người có uy tín": "elders",
}
_TO_REVIEWER = re.compile(rf"\s*\((?:[^()]*(?:xác nhận|gọi thử)[^()]*)\)\s*{DAGGER}?")
_DOTS = re.compile(r"\.{6,}")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
DAYS = re.compile(r"(?P<side>Trước|Sau) (?P<days>\d+) ngày")


@dataclass(frozen=True)
class Point:
    """What an office settles about one sentence of a passage."""

    sentence: str
    what: str
    office: str


@dataclass(frozen=True)
class KitPassage:
    slot: str
    title: str
    text: str
    points: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Question:
    """One of the three that are asked before and after; `answers` are A, B, C, `right` is a letter. As the file has
    them, with marks.
    """

    words: str
    answers: tuple[str, str, str]
    right: str
    why: str


@dataclass(frozen=True)
class KitMessage:
    """`key` is that of `campaign.toml`; `alternatives` are the words in place of the pictures of the three cards."""

    key: str
    subject: str
    title: str
    to_confirm: str
    passages: tuple[KitPassage, ...]
    questions: tuple[Question, ...]
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """Of the plan; `days` from 30/7, negative before it."""

    days: int
    what: str
    who: str


@dataclass(frozen=True)
class Kit:
    messages: tuple[KitMessage, ...]
    plan: tuple[Step, ...]


def kit() -> Kit:
    text = FILE.read_text(encoding="utf-8")
    points = tomllib.loads(POINTS.read_text(encoding="utf-8"))
    return parsed(text, points["point"])


def parsed(text: str, known: list[dict]) -> Kit:
    """`known` are the open points of the file: message, what, office, and words by which its sentences are known."""
    parts = re.split(r"^# ", text, flags=re.MULTILINE)
    messages = tuple(_message(part, known) for part in parts if re.match(r"2\.\d\. ", part))
    plans = [part for part in parts if part.startswith("Kế hoạch ngày 30/7")]
    return Kit(messages, tuple(step for part in plans for step in _steps(part)))


def _message(part: str, known: list[dict]) -> KitMessage:
    head, *sections = re.split(r"^## ", part, flags=re.MULTILINE)
    key, subject = re.match(r"(2\.\d)\. (.+)", head).groups()  # type: ignore[union-attr]
    own = [point for point in known if point["message"] == key]
    by_number = {section[:5]: section for section in sections}
    raw = [pair for number, section in by_number.items() for pair in _READERS.get(number[4:], _nothing)(section)]
    passages = tuple(_passage(slot, title, said, own) for slot, title, said in raw)
    return KitMessage(
        key,
        subject.strip(),
        _after("**Tiêu đề:**", head),
        _after("**Cần xác nhận (†):**", head),
        passages,
        tuple(_questions(by_number[f"{key}.8"])),
        tuple(cells[3] for cells in _table(by_number[f"{key}.4"])),
    )


def _passage(slot: str, title: str, said: str, known: list[dict]) -> KitPassage:
    marked = [sentence for sentence in sentences(said) if DAGGER in sentence]
    text = plain(said)
    points = []
    for sentence in sentences(text):
        was_marked = any(plain(one) == sentence for one in marked)
        found = [point for point in known if any(words in sentence for words in point["words"])]
        if was_marked and not found:
            raise ValueError(f"{slot}: no point of kit_points.toml is about “{sentence}”")
        points += [Point(sentence, point["what"], point["office"]) for point in found]
    return KitPassage(slot, title, text, tuple(points))


def plain(said: str) -> str:
    """As it is printed: without marks and words to the reviewer, with tokens for numbers."""
    text = _TO_REVIEWER.sub("", said)
    text = re.sub(rf"\s*{DAGGER}", "", text)
    text = re.sub(rf"Số bảo hộ công dân: {_DOTS.pattern}", f"Số bảo hộ công dân: {ABROAD}.", text)
    text = re.sub(rf"Số trực của xã: {_DOTS.pattern}", f"Số trực của xã: {NUMBER}.", text)
    return re.sub(r"\s+", " ", text.replace("..", ".")).strip()


# --- the sections of a message


def _nothing(section: str) -> list[tuple[str, str, str]]:
    return []


def _poster(section: str) -> list[tuple[str, str, str]]:
    lines = [line[1:].strip() for line in section.splitlines() if line.startswith(">") and line[1:].strip()]
    found = [("poster.title", "", _BOLD.sub(r"\1", lines[0])), ("poster.lead", "", lines[1])]
    for line in lines[2:]:
        if match := re.match(r"\*\*(HỎI|GIỮ|BÁO|GỌI)\*\* – (.+)", line):
            found.append((f"poster.{POSTER[match[1]]}", match[1], match[2]))
        elif line.startswith("Người trở về"):
            found.append(("poster.close", "", line.split(" · ")[0]))
    return found


def _leaflet(section: str) -> list[tuple[str, str, str]]:
    return [(f"leaflet.{cells[0]}", cells[1], cells[2]) for cells in _table(section)]


def _door(section: str) -> list[tuple[str, str, str]]:
    return [("door.front", "", _after("**Mặt trước:**", section)), ("door.back", "", _after("**Mặt sau:**", section))]


def _cards(section: str) -> list[tuple[str, str, str]]:
    return [(f"card.{cells[0]}", "", cells[1]) for cells in _table(section)]


def _share(section: str) -> list[tuple[str, str, str]]:
    return [("share", "", " ".join(section.split("\n", 1)[1].split("---")[0].split()))]


def _loud(seconds: int):
    def read(section: str) -> list[tuple[str, str, str]]:
        said = " ".join(line[1:].strip() for line in section.splitlines() if line.startswith(">"))
        return [(f"loud.{seconds}", "", said)]

    return read


def _audiences(section: str) -> list[tuple[str, str, str]]:
    return [(f"audience.{AUDIENCES[cells[0]]}", cells[0], cells[1]) for cells in _table(section)]


def _pulse(section: str) -> list[tuple[str, str, str]]:
    found = []
    for number, one in enumerate(_questions(section), start=1):
        words = (one.words, *one.answers, one.why[:1].upper() + one.why[1:])
        titles = (one.right, "", "", "", "")
        found += list(zip(slots_of(number), titles, words, strict=True))
    return found


_READERS = {
    "1": _poster,
    "2": _leaflet,
    "3": _door,
    "4": _cards,
    "5": _share,
    "6": _loud(30),
    "7": _loud(60),
    "8": _pulse,
    "9": _audiences,
}


def _questions(section: str) -> list[Question]:
    found = []
    for part in re.split(r"^\d\. ", section, flags=re.MULTILINE)[1:]:
        words, *lines = part.strip().splitlines()
        answers = [match[1].strip() for line in lines if (match := re.match(r"\s+- [ABC]\. (.+)", line))]
        right = re.search(r"\*\*Đáp án: ([ABC])\.\*\* \*Vì sao:\* (.+)", part)
        assert right is not None
        a, b, c = answers
        found.append(Question(words.strip(), (a, b, c), right[1], right[2]))
    return found


# --- the plan


def _steps(part: str) -> list[Step]:
    found, days = [], 0
    for when, what, who, _done in _table(part):
        if when:
            said = when.strip("*")
            match = DAYS.match(said)
            days = 0 if match is None else int(match["days"]) * (-1 if match["side"] == "Trước" else 1)
        found.append(Step(days, what, who))
    return found


def _after(mark: str, text: str) -> str:
    """The rest of the line behind it."""
    return text.split(mark, 1)[1].split("\n", 1)[0].strip()


def _table(text: str) -> list[list[str]]:
    """The cells of every row but the heading."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]
