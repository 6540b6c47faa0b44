"""The editor's form of a question: who publishes another key is asked first, with how many attempts were marked by
the one that is in force. Nothing is marked again by publishing: marks stay as they were given.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from courses.questions.kinds.kind import kind
from courses.questions.versions import SOURCE_LANGUAGE, QuestionVersion
from pages.cms.forms import ScheduleMixin


def attempts_marked_otherwise(question_key: UUID, name: str, right: list) -> int:
    """How many attempts were handed in and marked by the key in force, where this one says otherwise; else 0. At most
    three queries. Versions with other words and the same key mark alike."""
    in_force = QuestionVersion.objects.current([question_key]).get(question_key)
    versions = {row.pk: row for row in QuestionVersion.objects.filter(question_key=question_key).only("kind", "key")}
    if in_force is None or (versions[in_force].kind, versions[in_force].key) == (name, {"right": right}):
        return 0
    current = versions[in_force]
    same = [pk for pk, row in versions.items() if (row.kind, row.key) == (current.kind, current.key)]
    marked = QuestionVersion.objects.filter(pk__in=same, items__attempt__submitted_at__isnull=False)
    return marked.values("items__attempt").distinct().count()


class QuestionForm(ScheduleMixin, WagtailAdminModelForm):
    # the number that the editor was shown; sent along by the form that comes back
    marked = forms.IntegerField(required=False, widget=forms.HiddenInput)

    data: Any

    def clean(self):
        cleaned = super().clean()
        if "action-publish" in self.data and not self.errors and self.instance.locale.language_code == SOURCE_LANGUAGE:
            self._ask(cleaned)
        return cleaned

    def _ask(self, cleaned) -> None:
        block = cleaned["body"][0]
        _structure, key, _texts = kind(block.block_type).freeze(block.value)
        count = attempts_marked_otherwise(self.instance.translation_key, block.block_type, key["right"])
        if count and cleaned.get("marked") != count:
            self.data = self.data.copy()
            self.data[self.add_prefix("marked")] = str(count)
            said = ngettext(
                "Đáp án khác với bản đang dùng: %(count)d lần làm bài đã được chấm theo đáp án cũ.",
                "Đáp án khác với bản đang dùng: %(count)d lần làm bài đã được chấm theo đáp án cũ.",
                count,
            )
            then = gettext("Điểm của các lần ấy giữ nguyên. Nếu vẫn muốn đổi đáp án, hãy xuất bản lần nữa.")
            self.add_error(None, f"{said % {'count': count}} {then}")
