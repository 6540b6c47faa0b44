"""The editor's form of a question: who publishes another key is asked first, with how many attempts were marked by
the one that is in force. Nothing is marked again by publishing: marks stay as they were given.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count
from django.utils.translation import gettext, ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from courses.questions.kinds.kind import kind
from courses.questions.versions import SOURCE_LANGUAGE, QuestionVersion
from pages.cms.forms import ScheduleMixin


def key_of(block) -> tuple[str, dict]:
    """(kind, key) of the body of a question, as its version will have them."""
    _structure, key, _texts = kind(block.block_type).freeze(block.value)
    return block.block_type, key


def marked_otherwise(wanted: dict[UUID, tuple[str, dict]]) -> dict[UUID, int]:
    """{question: how many attempts were handed in and marked by the key in force}, of those that are to have another
    one; `wanted` is {question: `key_of`}. Three queries at most. Versions with other words and the same key mark alike.
    """
    in_force = QuestionVersion.objects.current(wanted)
    rows = QuestionVersion.objects.filter(question_key__in=wanted).only("question_key", "kind", "key")
    keys = {row.pk: (row.question_key, row.kind, row.key) for row in rows}
    other = [keys[pk] for question, pk in in_force.items() if keys[pk][1:] != wanted[question]]
    same = [pk for pk, row in keys.items() if row in other]
    if not same:
        return {}
    marked = QuestionVersion.objects.filter(pk__in=same, items__attempt__submitted_at__isnull=False).order_by()
    counted = marked.values("question_key").annotate(n=Count("items__attempt", distinct=True))
    return dict(counted.values_list("question_key", "n"))


def attempts_marked_otherwise(question_key: UUID, name: str, right: list) -> int:
    """How many attempts were marked by the key in force, where this one says otherwise; else 0."""
    return marked_otherwise({question_key: (name, {"right": right})}).get(question_key, 0)


# each takes the id of a question of the original language, None of a new one, and its category
Reason = Callable[[int | None, str], str]
# and returns one sentence that says why it may not go live by itself now, "" where it may; True: nor come down
_HOLDS: list[tuple[Reason, bool]] = []


def holds_publication(reason_of: Reason, *, coming_down: bool) -> None:
    """Registers a reason; floors above call it."""
    _HOLDS.append((reason_of, coming_down))


def holds_of(question: int | None, category: str) -> list[str]:
    """Why the question may not go live by itself now."""
    return [reason for reason_of, _down in _HOLDS if (reason := reason_of(question, category))]


def holds_up(question: int) -> list[str]:
    """Why the question may not come down by itself now."""
    return [reason for reason_of, down in _HOLDS if down and (reason := reason_of(question, ""))]


class QuestionForm(ScheduleMixin, WagtailAdminModelForm):
    # the number that the editor was shown; sent along by the form that comes back
    marked = forms.IntegerField(required=False, widget=forms.HiddenInput)

    data: Any

    def clean(self):
        cleaned = super().clean()
        if "action-publish" in self.data and self.instance.locale.language_code == SOURCE_LANGUAGE:
            # that which it has and that which it is to have
            for category in dict.fromkeys((self.instance.category, cleaned.get("category", ""))):
                for reason in holds_of(self.instance.pk, category):
                    self.add_error(None, reason)
            if not self.errors:
                self._ask(cleaned)
        return cleaned

    def _ask(self, cleaned) -> None:
        own = self.instance.translation_key
        count = marked_otherwise({own: key_of(cleaned["body"][0])}).get(own, 0)
        if count and cleaned.get("marked") != count:
            self.data = self.data.copy()
            self.data[self.add_prefix("marked")] = str(count)
            said = ngettext(
                "Đáp án khác với bản đang dùng: %(count)d lần làm bài đã được chấm theo đáp án cũ.",
                "Đáp án khác với bản đang dùng: %(count)d lần làm bài đã được chấm theo đáp án cũ.",
                count,
            )
            stays = gettext("Điểm của các lần ấy giữ nguyên cho đến khi người phụ trách tập huấn của tỉnh chấm lại.")
            then = gettext("Nếu vẫn muốn đổi đáp án, hãy xuất bản lần nữa.")
            self.add_error(None, f"{said % {'count': count}} {stays} {then}")
