"""The form of a requirement and of a version of its rule."""

from hashlib import sha256

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from courses.content.course import CoursePage
from courses.practice.observed.rubric import Rubric
from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing.recount import rule_on
from courses.standing.rule_recount import change_rule_later
from courses.standing.rules import TERMS
from people.postings.posting import Duty
from people.times import today
from people.typed_fields import DayField
from people.typed_times import Looks


class RequirementForm(WagtailAdminModelForm):
    duty = forms.ModelChoiceField(label=_("Ai phải học: người có nhiệm vụ"), queryset=Duty.objects.all())
    course_key = forms.ChoiceField(label=_("Phải hoàn thành khóa học"))
    more_course_keys = forms.MultipleChoiceField(
        label=_("Và các khóa học khác, nếu là một chương trình"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Hoàn thành khi mỗi khóa đã chọn có một lần còn hiệu lực. Không chọn: chỉ một khóa ở trên."),
    )
    deadline = DayField(label=_("Hạn"), widget=AdminDateInput, looks=Looks.AHEAD)
    validity_months = forms.IntegerField(
        label=_("Hiệu lực (tháng)"),
        required=False,
        validators=[MinValueValidator(1)],
        max_value=600,
        help_text=_("Để trống nếu không hết hiệu lực."),
    )
    each_january = forms.BooleanField(
        label=_("Hoặc làm lại mỗi tháng Giêng"),
        required=False,
        help_text=_("Mỗi lần hoàn thành có hiệu lực đến hết ngày 31/1 năm sau. Khi chọn, để trống số tháng."),
    )
    grace_days = forms.IntegerField(
        label=_("Ân hạn (ngày)"),
        initial=0,
        min_value=0,
        max_value=3650,
        help_text=_("Số ngày người mới nhận nhiệm vụ được thêm khi đã qua hạn chung."),
    )
    rubric_keys = forms.MultipleChoiceField(
        label=_("Và đã thực hành có quan sát"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Chọn bài nào thì phải đạt bài ấy ít nhất một lần mới tính là hoàn thành. Hiệu lực vẫn tính từ ngày hoàn "
            "thành khóa học."
        ),
    )
    law = forms.CharField(
        label=_("Luật thay đổi: tên luật mới"),
        required=False,
        max_length=120,
        help_text=_("Như “Luật 53/2024/QH15”. Chỉ ghi khi luật thay đổi làm điều đã học trước đó không còn đủ."),
    )
    law_begins = DayField(
        label=_("Luật mới có hiệu lực từ"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Hoàn thành trước ngày này là theo luật cũ. Chứng nhận đã cấp không bị thu hồi."),
    )
    old_until = DayField(
        label=_("Lần hoàn thành theo luật cũ còn tính đến hết ngày"),
        required=False,
        widget=AdminDateInput,
        looks=Looks.AHEAD,
        help_text=_("Để trống: hết hiệu lực ngay từ ngày quy định này có hiệu lực."),
    )
    refresher_key = forms.ChoiceField(
        label=_("Khóa bổ sung"),
        required=False,
        help_text=_("Ai đã hoàn thành theo luật cũ và học xong khóa này thì vẫn được tính."),
    )
    effective_from = DayField(
        label=_("Quy định này có hiệu lực từ"),
        required=False,
        widget=AdminDateInput,
        help_text=_(
            "Để nguyên khi sửa chỗ ghi sai. Khi quy định thay đổi, ghi ngày bắt đầu: trước ngày đó vẫn tính theo "
            "quy định cũ. Để trống: từ trước đến nay."
        ),
    )

    class Meta:
        model = Requirement
        fields = ["name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rule = rule_on(self.instance, today()) if self.instance.pk else None
        rule = rule or (self.instance.pk and self.instance.rules.current().order_by("effective_from").first())
        self.fields["course_key"].choices = self.fields["more_course_keys"].choices = course_choices()
        self.fields["refresher_key"].choices = [("", gettext("Không có")), *course_choices()]
        self.fields["rubric_keys"].choices = list(Rubric.objects.values_list("key", "title"))
        if rule:
            for name in (*TERMS, "effective_from"):
                self.fields[name].initial = getattr(rule, name)

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if not self.instance.key:
            key = slugify(name.replace("đ", "d").replace("Đ", "D"))[:80]
            if not key or Requirement.objects.filter(key=key).exists():
                raise ValidationError(gettext("Đã có yêu cầu tên này; hãy chọn tên khác."))
            self.instance.key = key
        return name

    def clean(self):
        data = super().clean()
        if data.get("validity_months") and data.get("each_january"):
            self.add_error("each_january", gettext("Chọn một trong hai: số tháng, hoặc mỗi tháng Giêng."))
        self._check_law(data)
        # the order in which a programme names its courses says nothing, and the first stands above
        more = set(data.get("more_course_keys") or ()) - {data.get("course_key")}
        data["more_course_keys"] = sorted(more)
        return data

    def _check_law(self, data: dict) -> None:
        """A new law has a name, a day, and a version of the rule of its own."""
        said = [name for name in ("law", "law_begins", "old_until", "refresher_key") if data.get(name)]
        if not said:
            return
        if not data.get("law") and "law" not in self.errors:
            self.add_error("law", gettext("Ghi tên luật mới, để trang kiểm tra chứng nhận nêu được."))
        if not data.get("law_begins") and "law_begins" not in self.errors:
            self.add_error("law_begins", gettext("Ghi ngày luật mới có hiệu lực."))
        if not data.get("effective_from") and "effective_from" not in self.errors:
            self.add_error("effective_from", gettext("Luật thay đổi thì ghi ngày quy định này bắt đầu."))

    def rule(self) -> RequirementRule:
        """As typed, unsaved."""
        return RequirementRule(requirement=self.instance, **self._terms())

    def _terms(self) -> dict:
        return {name: self.cleaned_data[name] for name in TERMS}

    def fingerprint(self) -> str:
        """Of what the rule would say: what was previewed is what is saved."""
        said = [str(self.cleaned_data[name]) for name in ("name", *TERMS, "effective_from")]
        return sha256("\n".join(said).encode()).hexdigest()[:16]

    @transaction.atomic
    def save(self, commit=True):
        requirement = super().save()
        effective_from = self.cleaned_data["effective_from"]
        change_rule_later(requirement, timezone.now(), by=self.for_user, effective_from=effective_from, **self._terms())
        return requirement


def course_choices() -> list[tuple[str, str]]:
    """Courses by key with Vietnamese titles, including courses that only a rule names."""
    titles = dict(CoursePage.objects.filter(locale__language_code="vi").order_by("title").values_list("key", "title"))
    rules = RequirementRule.objects.current().values_list("course_key", "more_course_keys")
    named = {key for first, more in rules for key in (first, *more)}
    return list({**titles, **{key: titles.get(key, key) for key in sorted(named)}}.items())
