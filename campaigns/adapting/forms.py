"""What a school may change of a lesson: its words, its steps and their minutes. Cards, sheets and quizzes stay as they
are, or are left out; the safety rules and page E are no part of it.
"""

import copy
from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.schools.blocks.adaptations import Circumstance
from campaigns.schools.copies.words import Words, edited, minutes_of, set_minutes, steps_in, to_text

LONGEST_TEXT = 6000
LONGEST_STEP = 90


def _text(label: str, rows: int, required: bool = True) -> forms.CharField:
    area = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, required=required, widget=area)


class CopyForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Tên bài"), max_length=120)
    things = forms.CharField(
        label=gettext_lazy("Chuẩn bị"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, words: Words, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.words = words
        self.initial = {"title": words["title"], "things": words["things"]}
        for number, step in enumerate(steps_in(words)):
            self._add_step(number, step)
        for number, row in enumerate(words["adaptations"]):
            name = dict(Circumstance.choices).get(row["value"]["circumstance"], "")
            self._add(f"doan-{number}", _text(str(name), 4, required=False), to_text(row["value"]["text"]))
        for number, part in enumerate(self._parts()):
            label = " ".join(filter(None, [part["value"].get("code"), part["value"].get("title")]))
            self._add(f"bo-{number}", forms.BooleanField(label=label, required=False), False)

    def _add(self, name: str, field: forms.Field, initial) -> None:
        self.fields[name], self.initial[name] = field, initial

    def _add_step(self, number: int, step: dict) -> None:
        value = step["value"]
        minutes = forms.IntegerField(
            label=_("Số phút"),
            min_value=0,
            max_value=LONGEST_STEP,
            help_text=_("0 là bỏ hoạt động này."),
            widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"invalid": _("Ghi bằng chữ số, ví dụ 10.")},
        )
        self._add(f"buoc-{number}-ten", forms.CharField(label=_("Hoạt động"), max_length=120), value["title"])
        self._add(f"buoc-{number}-phut", minutes, minutes_of(step))
        self._add(f"buoc-{number}-loi", _text(_("Lời thầy cô"), 6), to_text(value["script"] or ""))
        self._add(f"buoc-{number}-lop", _text(_("Chữ cho lớp thấy"), 3, False), to_text(value.get("shown") or ""))

    def _parts(self) -> list[dict]:
        return [block for block in self.words["body"] if block["type"] not in ("timeline", "text")]

    @property
    def first(self) -> list:
        return [self["title"], self["things"]]

    @property
    def steps(self) -> Iterator[list]:
        for number in range(len(steps_in(self.words))):
            yield [self[f"buoc-{number}-{name}"] for name in ("ten", "phut", "loi", "lop")]

    @property
    def rest(self) -> list:
        return [self[name] for name in self.fields if name.startswith("doan-")]

    @property
    def parts(self) -> list:
        return [self[name] for name in self.fields if name.startswith("bo-")]

    def clean(self):
        data = super().clean()
        lengths = [data.get(name) for name in self.fields if name.endswith("-phut")]
        if lengths and not any(lengths) and None not in lengths:
            self.add_error(None, _("Bài phải còn ít nhất một hoạt động."))
        return data

    @property
    def said(self) -> Words:
        """The words with what was typed; what nobody touched stays as it was."""
        data, words = self.cleaned_data, copy.deepcopy(self.words)
        words["title"], words["things"] = data["title"], data["things"]
        minutes: dict[str, int] = {}
        for number, step in enumerate(steps_in(words)):
            value = step["value"]
            value["title"] = data[f"buoc-{number}-ten"]
            value["script"] = edited(value["script"] or "", data[f"buoc-{number}-loi"])
            value["shown"] = edited(value.get("shown") or "", data[f"buoc-{number}-lop"])
            minutes[step["id"]] = data[f"buoc-{number}-phut"]
        for block in words["body"]:
            if block["type"] == "timeline":
                block["value"]["steps"] = [one for one in block["value"]["steps"] if minutes[one["id"]]]
        for number, row in enumerate(words["adaptations"]):
            row["value"]["text"] = edited(row["value"]["text"], data[f"doan-{number}"])
        words["adaptations"] = [row for row in words["adaptations"] if row["value"]["text"]]
        left_out = {part["id"] for number, part in enumerate(self._parts()) if data[f"bo-{number}"]}
        words["body"] = [block for block in words["body"] if block["id"] not in left_out]
        set_minutes(words, minutes)
        return words


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do gửi lại"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Cần sửa gì. Không nêu tên em nào."),
    )
