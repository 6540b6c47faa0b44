"""A question as any format of exchange says it, and what was read of a file. Pure: no database, no request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _


class Unreadable(ValueError):
    """This question cannot come in; the message is one sentence that says why."""


class BadFile(ValueError):
    """Nothing of the file can be read; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Item:
    """`choices` and `own` are what `compose` of the kind takes, `title` "" where the file gives no name; `line`
    is where it begins in the file, from 1.
    """

    kind: str
    text: str
    choices: tuple[Mapping, ...]
    own: Mapping = field(default_factory=dict)
    title: str = ""
    category: str = ""
    explanation: str = ""
    hint: str = ""
    tags: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True)
class Remark:
    """One sentence about one question: why it stays out, or what of it did. `line` is where the question begins."""

    item: str
    line: int
    reason: str


@dataclass
class Reading:
    """Of every question of the file either an item or a rejection; `notes` name what was left out or changed of one
    that came in, and what stands between questions.
    """

    items: list[Item] = field(default_factory=list)
    rejected: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    def reject(self, item: str, line: int, reason: str) -> None:
        self.rejected.append(Remark(item, line, reason))

    def note(self, item: str, line: int, reason: str) -> None:
        self.notes.append(Remark(item, line, reason))


@dataclass(frozen=True)
class Answer:
    """One answer as GIFT and Moodle say it: `share` is in percent of the points, below 0 for what costs some."""

    text: str
    share: Fraction
    feedback: str = ""


WHOLE = Fraction(100)


def choice_item(answers: list[Answer], single: bool | None, notes: list[str]) -> tuple[str, tuple[Mapping, ...]]:
    """(kind, choices) of answers to choose from. `single` is what the file says of how many may be chosen, None where
    it says nothing. What our marking cannot say is put into `notes`.

    Ours: one right choice earns all; of several, each right one an equal part, and a wrong one takes one away.
    """
    positive = [each for each in answers if each.share > 0]
    if not positive:
        raise Unreadable(_("Không có phương án nào đúng."))
    whole = [each for each in answers if each.share == WHOLE]
    one = single if single is not None else bool(whole)
    if one and len(whole) > 1:
        notes.append(_("Nhiều phương án cùng được cả điểm: thành “Chọn nhiều”, phải chọn đủ."))
        one = False
        positive = whole
    elif one:
        return "single_choice", _single(answers, positive, notes)
    _note_shares(answers, positive, notes)
    right = set(map(id, positive))
    return "multiple_choice", tuple(_choice(each, id(each) in right) for each in answers)


def _single(answers: list[Answer], positive: list[Answer], notes: list[str]) -> tuple[Mapping, ...]:
    best = max(positive, key=lambda each: each.share)
    if best.share != WHOLE:
        notes.append(
            _("Tệp nói chỉ chọn một, nhưng không phương án nào được cả điểm: “%(text)s” được coi là đúng.")
            % {"text": best.text}
        )
    for each in answers:
        if each is not best and each.share != 0:
            notes.append(
                _("Phương án “%(text)s” được %(share)s %% điểm trong tệp; ở đây là sai.")
                % {"text": each.text, "share": percent(each.share)}
            )
    return tuple(_choice(each, each is best) for each in answers)


def _note_shares(answers: list[Answer], positive: list[Answer], notes: list[str]) -> None:
    usual = WHOLE / len(positive)
    for each in answers:
        wanted = usual if each.share > 0 else None
        off = abs(each.share - wanted) > Fraction(1, 100) if wanted else each.share not in (0, -usual, -WHOLE)
        if off:
            notes.append(
                _("Trọng số %(share)s %% của “%(text)s” không giữ được: mỗi ý đúng được phần bằng nhau.")
                % {"text": each.text, "share": percent(each.share)}
            )


def _choice(answer: Answer, right: bool) -> Mapping:
    return {"text": answer.text, "right": right, "feedback": answer.feedback}


def percent(share: Fraction) -> str:
    """For people to read, with at most five decimals."""
    return f"{float(share):.5f}".rstrip("0").rstrip(".").replace(".", ",")


def whole_percent(answer: Answer, notes: list[str]) -> int:
    """The share of a typed answer as ours keeps it, from 1 to 100; one that is rounded is noted."""
    if not 0 < answer.share <= WHOLE:
        raise Unreadable(
            _("Trọng số %(share)s %% của “%(text)s” không dùng được ở dạng này.")
            % {"text": answer.text, "share": percent(answer.share)}
        )
    kept = max(1, int(answer.share + Fraction(1, 2)))
    if kept != answer.share:
        notes.append(
            _("Trọng số %(share)s %% của “%(text)s” được làm tròn thành %(kept)d %%.")
            % {"text": answer.text, "share": percent(answer.share), "kept": kept}
        )
    return kept


def typed_choices(answers: list[Answer], notes: list[str]) -> tuple[Mapping, ...]:
    """Accepted answers of a short answer; what earns nothing is left out and noted."""
    kept = []
    for each in answers:
        if each.share <= 0:
            notes.append(
                _("Câu trả lời “%(text)s” không được điểm nên không giữ, cả nhận xét của nó.") % {"text": each.text}
            )
        else:
            if "*" in each.text:
                notes.append(
                    _("Dấu * trong “%(text)s” ở đây là chữ thường, không thay cho chữ bất kỳ.") % {"text": each.text}
                )
            kept.append({"text": each.text, "share": whole_percent(each, notes), "feedback": each.feedback})
    return tuple(kept)


def decimal(value: Fraction) -> str:
    """A finite decimal as an author writes it here; raises Unreadable for one without an end."""
    for places in range(16):
        scaled = value * 10**places
        if scaled.denominator == 1:
            whole = str(abs(scaled.numerator)).rjust(places + 1, "0")
            text = f"{whole[:-places]},{whole[-places:]}" if places else whole
            return ("-" if value < 0 else "") + text
    raise Unreadable(_("Số có quá nhiều chữ số sau dấu phẩy."))
