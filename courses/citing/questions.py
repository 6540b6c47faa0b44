"""Questions of the bank as a citing kind: for who may change them alone, since a learner meets them in an attempt."""

from collections.abc import Collection, Iterator, Mapping

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from courses.questions.bank import Question
from pages.laws.kinds import CitingKind, Passage, Reading, Shown, Where, cites
from pages.laws.of_pages import key_of, strings_in


def _read(targets: Collection[str] | None) -> Iterator[Passage]:
    questions = Question.objects.filter(locale=Locale.get_default())
    if targets is not None:
        questions = questions.filter(translation_key__in=list(targets))
    for question in questions.select_related("latest_revision"):
        key = key_of(question)
        if question.live:
            yield Passage(key, "", _text(question))
        if (question.has_unpublished_changes or not question.live) and question.latest_revision:
            yield Passage(key, "", _text(question.latest_revision.as_object()), is_draft=True)


def _text(question: Question) -> str:
    return "\n".join(strings_in([block["value"] for block in question.body.get_prep_value()]))


def _show(reading: Reading, rows: Collection[Where]) -> Mapping[Where, Shown]:
    if not reading.user.has_perm("courses.change_question"):
        return {}
    keys = {target for target, _place, _draft in rows}
    found = Question.objects.filter(locale=Locale.get_default(), translation_key__in=keys)
    edit = Question.snippet_viewset.get_url_name("edit")
    known = {
        str(key): (name, text, reverse(edit, args=[pk]))
        for pk, key, name, text in found.values_list("pk", "translation_key", "name", "text")
    }
    return {row: _shown(*known[row[0]], is_draft=row[2]) for row in rows if row[0] in known}


def _shown(name: str, text: str, address: str, *, is_draft: bool) -> Shown:
    note = Truncator(text).words(25)
    return Shown(name or note, address, f"{note} ({_('bản nháp')})" if is_draft else note)


cites(CitingKind("questions", gettext_lazy("Câu hỏi trong ngân hàng"), 40, Question, _read, _show, key_of))
