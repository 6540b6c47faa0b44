"""Takes what was read into the bank: what is new goes in, what is known is compared, what people changed is left.

A question is known again by its category and name, else by its content. What an import would change in a question that
an editor wrote since, or that is in use, waits for `overwrite`; a changed key is never published by an import: it stays
a draft that an editor publishes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Locale

from courses.questions.adding import add_questions
from courses.questions.bank import Question
from courses.questions.changed_keys import key_of
from courses.questions.exchange.item import Item, Reading
from courses.questions.versions import SOURCE_LANGUAGE
from courses.questions.writing import new_question
from people.imports import Prepared, Progress, Report
from people.write_lock import make_way
from tabular.cells import CellError, Line

NAME, CATEGORY = (Question._meta.get_field(name).max_length for name in ("name", "category"))
BATCH = 50


@dataclass
class Taking:
    """What one import would write: new questions, and known ones with their changed bodies, each with its tags."""

    tags: Sequence[str] = ()
    category: str = ""
    overwrite: bool = False
    report: Report = field(default_factory=Report)
    new: list[tuple[Question, list[str]]] = field(default_factory=list)
    changed: list[tuple[Question, Question, list[str]]] = field(default_factory=list)
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def take(self, reading: Reading, progress: Progress) -> None:
        """Reads the bank once a category; writes nothing."""
        for remark in reading.rejected:
            self.report.reject(remark.item, Line(remark.line), CellError("", remark.reason))
        for remark in reading.notes:
            self.report.note(remark.item, remark.line, remark.reason)
        known: dict[str, Known] = {}
        for number, item in enumerate(reading.items, 1):
            category = _within(item.category or self.category, CATEGORY)
            if category not in known:
                known[category] = Known.of(category)
            self._one(item, category, known[category])
            progress(number)

    def _one(self, item: Item, category: str, known: "Known") -> None:
        title = " ".join(item.title.split()) or Truncator(" ".join(item.text.split())).chars(60)
        line = Line(item.line)
        try:
            name = self._name(_within(title, NAME), category, item, line)
            wanted = self._question(item, category, name)
        except ValueError as error:
            self.report.reject(title, line, CellError("", str(error)))
            return
        tags = [*dict.fromkeys([*item.tags, *self.tags])]
        old = known.like(wanted, by_content=not item.title)
        if old is None:
            known.add(wanted)
            self.report.created += 1
            self.new.append((wanted, tags))
        else:
            self._compare(old, wanted, tags, line)

    def _question(self, item: Item, category: str, name: str) -> Question:
        asked = {**item.own, "explanation": item.explanation, "hint": item.hint}
        return new_question(
            category, name, item.kind, item.text, list(map(dict, item.choices)), locale=self.locale, **asked
        )

    @cached_property
    def locale(self) -> Locale:
        return Locale.objects.get_or_create(language_code=SOURCE_LANGUAGE)[0]

    def _name(self, title: str, category: str, item: Item, line: Line) -> str:
        """Its title; of two that share one in the file, the second gets a number, unless they say the same."""
        said = repr((item.kind, item.text, item.choices, item.own))
        name, number = title, 1
        while self.names.setdefault((category, name), said) != said:
            number += 1
            name = f"{_within(title, NAME - 6)} ({number})"
        if number > 1:
            self.report.note(title, line, _("Tên trùng với câu khác trong tệp nên thành “%(name)s”.") % {"name": name})
        return name

    def _compare(self, old: Question, wanted: Question, tags: list[str], line: Line) -> None:
        if old.pk is None or essence(old) == essence(wanted):
            self.report.unchanged += 1
            return
        if not self.overwrite and (reason := _why_left(old)):
            self.report.reject(old.name, line, CellError("", reason))
            return
        self.report.changed += 1
        if old.live and key_of(old.body[0]) != key_of(wanted.body[0]):
            self.report.note(old.name, line, _("Đáp án khác với bản đang dùng: bản mới là bản nháp, chưa xuất bản."))
        self.changed.append((old, wanted, tags))

    def write(self, now: datetime, progress: Progress) -> None:
        done = 0
        for batch in _batches(self.new):
            add_questions(batch)
            make_way()
            done += len(batch)
            progress(done)
        for old, wanted, tags in self.changed:
            _change(old, wanted, tags)
            make_way()
            done += 1
            progress(done)


@dataclass
class Known:
    """The source questions of one category."""

    by_name: dict[str, Question]
    by_essence: dict[str, Question]

    @classmethod
    def of(cls, category: str) -> "Known":
        rows = list(Question.objects.filter(category=category, locale__language_code=SOURCE_LANGUAGE).order_by("pk"))
        return cls({row.name: row for row in rows}, {essence(row): row for row in reversed(rows) if row.body})

    def like(self, wanted: Question, *, by_content: bool) -> Question | None:
        return self.by_name.get(wanted.name) or (self.by_essence.get(essence(wanted)) if by_content else None)

    def add(self, wanted: Question) -> None:
        """A second one of the file with this name finds the first."""
        self.by_name[wanted.name] = wanted
        self.by_essence.setdefault(essence(wanted), wanted)


def essence(question: Question) -> str:
    """What a question says, whatever the ids of its parts are."""
    return repr(_without_ids(question.body.get_prep_value()))


def _without_ids(value):
    if isinstance(value, dict):
        said = {name: each for name, each in value.items() if name != "id" and each not in ("", None)}
        return {name: _without_ids(each) for name, each in sorted(said.items())}
    if isinstance(value, list):
        return [_without_ids(each) for each in value]
    return value.strip() if isinstance(value, str) else value


def _why_left(old: Question) -> str:
    if old.has_unpublished_changes or (old.latest_revision and old.latest_revision.user_id):
        return _("Câu này đã được sửa trong ngân hàng; đánh dấu ghi đè (--overwrite) nếu vẫn muốn thay.")
    if old.use():
        return _("Câu này đang dùng; đánh dấu ghi đè (--overwrite) nếu vẫn muốn thay.")
    return ""


@transaction.atomic
def _change(old: Question, wanted: Question, tags: list[str]) -> None:
    keeps_key = not old.live or key_of(old.body[0]) == key_of(wanted.body[0])
    old.body = wanted.body
    if tags:
        old.tags.add(*tags)
    revision = old.save_revision()
    if keeps_key:
        revision.publish()


def _within(text: str, most: int) -> str:
    return text if len(text) <= most else Truncator(text).chars(most)


def _batches(rows: list) -> Iterator[list]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def prepare(
    reading: Reading, now: datetime, *, tags: Sequence[str], category: str, overwrite: bool, progress: Progress
) -> Prepared:
    taking = Taking(tags=tags, category=category, overwrite=overwrite)
    taking.take(reading, progress)
    return Prepared(taking.report, partial(taking.write, now))
