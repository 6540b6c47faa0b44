"""The form in which a unit asks for one or several of its people, and what is wrong with what was typed."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from courses.reliefs.asking import Wish, concerned, last_day, units_of
from courses.requirements.relief import ReliefKind
from courses.requirements.requirement import Requirement
from courses.standing.recount import rule_on
from people.persons.user import User
from people.times import today
from people.typed_fields import typed_day
from people.typed_times import Looks

MOST_PEOPLE = 500
# codes that a sentence names
NAMED = 5
KINDS = [
    (ReliefKind.EXCUSE, _lazy("Miễn: trong thời gian này không phải hoàn thành")),
    (ReliefKind.EXCLUSION, _lazy("Hoãn: tạm không tính, như nghỉ thai sản, đi học, biệt phái")),
    (ReliefKind.EXTENSION, _lazy("Gia hạn: vẫn phải hoàn thành, hạn của riêng người ấy muộn hơn")),
]


class WishForm(forms.Form):
    """What is asked, whoever it is for. When valid, `wish` says it and `units` for whom
    (`courses.reliefs.asking.units_of`); what extends this names the people.
    """

    kind = forms.ChoiceField(
        label=_lazy("Xin gì"),
        choices=KINDS,
        error_messages={"required": _lazy("Hãy chọn miễn, hoãn hoặc gia hạn.")},
    )
    requirement = forms.ModelChoiceField(
        label=_lazy("Đối với yêu cầu"), queryset=Requirement.objects.order_by("name"), to_field_name="key"
    )
    start = typed_day(_lazy("Từ ngày"), required=False, help_text=_lazy("Với gia hạn thì để trống."))
    end = typed_day(
        _lazy("Đến hết ngày, hoặc hạn mới"),
        looks=Looks.AHEAD,
        help_text=_lazy("Trong vòng 12 tháng; hết thời gian ấy thì đề nghị lại."),
    )
    reason = forms.CharField(
        label=_lazy("Lý do"),
        max_length=300,
        help_text=_lazy(
            "Một câu, không nêu bệnh tật hay chuyện riêng. Ví dụ: nghỉ thai sản theo quyết định của đơn vị."
        ),
        error_messages={"required": _lazy("Hãy ghi lý do trong một câu.")},
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.units = user, {}

    def clean(self):
        data = self.cleaned_data
        if not {"kind", "requirement", "end"} <= data.keys() or "start" in self.errors or "codes" in self.errors:
            return
        kind, end, now = ReliefKind(data["kind"]), data["end"], today()
        start = now if kind == ReliefKind.EXTENSION else data["start"]
        if start is None:
            return self.add_error("start", _("Hãy ghi ngày đầu tiên được miễn hoặc hoãn."))
        if end < start:
            return self.add_error("end", _("Ngày cuối trước ngày đầu; hãy sửa một trong hai."))
        if end > (latest := last_day(start, now)):
            return self.add_error("end", _("Nhiều nhất 12 tháng: hãy chọn đến hết ngày %s.") % f"{latest:%d/%m/%Y}")
        self._check_due_day(kind, end)
        self._check_people(start, end)
        if self.errors:
            return
        self.wish = Wish(kind, data["requirement"], start, end, data.get("reason", ""))

    def _check_due_day(self, kind: ReliefKind, end) -> None:
        rule = rule_on(self.cleaned_data["requirement"], today())
        if kind == ReliefKind.EXTENSION and rule and end <= rule.deadline:
            reason = _("Hạn chung là %s; hạn mới phải sau ngày ấy.")
            self.add_error("end", reason % f"{rule.deadline:%d/%m/%Y}")

    def _check_people(self, start, end) -> None:
        """Narrows `units`, or says what is wrong with whom was named."""
        raise NotImplementedError


class AskForm(WishForm):
    """For people named by their codes; whoever it cannot be asked for is an error."""

    codes = forms.CharField(
        label=_lazy("Mã cán bộ"),
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
        max_length=20_000,
        help_text=_lazy("Một hay nhiều người, mỗi mã một dòng hoặc cách nhau bằng dấu phẩy."),
        error_messages={"required": _lazy("Hãy ghi ít nhất một mã cán bộ.")},
    )
    field_order = ["codes"]

    def clean_codes(self) -> list[User]:
        codes = list(dict.fromkeys(self.cleaned_data["codes"].replace(",", " ").replace(";", " ").split()))
        if len(codes) > MOST_PEOPLE:
            raise forms.ValidationError(_("Mỗi lần nhiều nhất %d người; chia thành nhiều lần.") % MOST_PEOPLE)
        people = {person.staff_code: person for person in User.objects.filter(staff_code__in=codes)}
        self.units = units_of(self.user, [person.pk for person in people.values()])
        unknown = [code for code in codes if code not in people or people[code].pk not in self.units]
        if unknown:
            reason = _("Không có ai đang công tác trong phạm vi của anh chị với mã: %s. Sửa hoặc bỏ các mã này.")
            raise forms.ValidationError(reason % _some(unknown))
        if self.user.pk in self.units:
            raise forms.ValidationError(_("Không ai đề nghị cho chính mình; người khác ở đơn vị đề nghị thay."))
        return list(people.values())

    def _check_people(self, start, end) -> None:
        people = self.cleaned_data["codes"]
        required = concerned(self.cleaned_data["requirement"], [person.pk for person in people], start, end)
        if others := [person.staff_code for person in people if person.pk not in required]:
            reason = _("Trong thời gian này những người sau không phải hoàn thành yêu cầu ấy: %s. Bỏ các mã này.")
            self.add_error("codes", reason % _some(others))


def _some(codes: list[str]) -> str:
    """The first few, and how many more there are."""
    named = ", ".join(code[:60] for code in codes[:NAMED])
    return _("%(named)s và %(n)d mã nữa") % {"named": named, "n": len(codes) - NAMED} if codes[NAMED:] else named


class WithdrawForm(forms.Form):
    answer = forms.CharField(
        label=_lazy("Vì sao, trong một câu"),
        max_length=300,
        error_messages={"required": _lazy("Hãy ghi vì sao trong một câu; người đề nghị sẽ đọc câu này.")},
    )
    last = typed_day(
        _lazy("Ngày cuối còn được miễn hoặc hoãn"),
        required=False,
        help_text=_lazy("Ghi khi người ấy trở lại sớm hơn. Để trống: như chưa từng được miễn, hoãn hay gia hạn."),
    )
