"""Requirements under /cms/. A change supersedes the rule, so that past figures can be recomputed."""

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
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.widgets import AdminDateInput

from courses.content.course import CoursePage
from courses.practice.observed.rubric import Rubric
from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing.managing.rule_previews import preview_of
from courses.standing.recount import rule_on
from courses.standing.rule_recount import change_rule_later, progress_of_recounts
from courses.standing.rules import TERMS
from people.postings.coverage import CoverageError
from people.postings.posting import Duty
from people.rights.admin_policy import MANAGERS
from people.rights.kind_viewset import EditView, KindViewSet
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
        # the order in which a programme names its courses says nothing, and the first stands above
        more = set(data.get("more_course_keys") or ()) - {data.get("course_key")}
        data["more_course_keys"] = sorted(more)
        return data

    def rule(self) -> RequirementRule:
        """As typed, unsaved."""
        return RequirementRule(requirement=self.instance, **{name: self.cleaned_data[name] for name in TERMS})

    def fingerprint(self) -> str:
        """Of what the rule would say: what was previewed is what is saved."""
        said = [str(self.cleaned_data[name]) for name in ("name", *TERMS, "effective_from")]
        return sha256("\n".join(said).encode()).hexdigest()[:16]

    @transaction.atomic
    def save(self, commit=True):
        requirement = super().save()
        terms = {name: self.cleaned_data[name] for name in TERMS}
        effective_from = self.cleaned_data["effective_from"]
        change_rule_later(requirement, timezone.now(), by=self.for_user, effective_from=effective_from, **terms)
        return requirement


def course_choices() -> list[tuple[str, str]]:
    """Courses by key with Vietnamese titles, including courses that only a rule names."""
    titles = dict(CoursePage.objects.filter(locale__language_code="vi").order_by("title").values_list("key", "title"))
    rules = RequirementRule.objects.current().values_list("course_key", "more_course_keys")
    named = {key for first, more in rules for key in (first, *more)}
    return list({**titles, **{key: titles.get(key, key) for key in sorted(named)}}.items())


class Previewed:
    """A form that is valid is not saved before its numbers were seen: whom the rule would touch today, by unit.

    What was typed comes back below them; sent unchanged it is saved, changed it is shown anew.
    """

    template_name = "wagtailadmin/requirements/form.html"

    def form_valid(self, form):
        if self.request.POST.get("da-xem") == form.fingerprint():  # type: ignore[attr-defined]
            return super().form_valid(form)  # type: ignore[misc]
        try:
            preview = preview_of(form.instance, form.rule(), today())
        except CoverageError:
            return super().form_valid(form)  # type: ignore[misc]
        context = self.get_context_data(form=form, preview=preview, seen=form.fingerprint())  # type: ignore[attr-defined]
        return self.render_to_response(context)  # type: ignore[attr-defined]


class AddRequirement(Previewed, generic.CreateView):
    pass


class EditRequirement(Previewed, EditView):
    pass


class RequirementList(generic.IndexView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = list(context["object_list"])
        day, rules = today(), {}
        believed = RequirementRule.objects.current().filter(requirement__in=rows).select_related("duty")
        # the latest rule in force; a rule without a day holds since ever
        for rule in sorted(believed, key=lambda rule: (rule.effective_from is not None, rule.effective_from)):
            if rule.effective_from is None or rule.effective_from <= day:
                rules[rule.requirement_id] = rule
        recounting = progress_of_recounts()
        for requirement in rows:
            requirement.rule_today = rules.get(requirement.pk)
            requirement.recounting = recounting.get(requirement.pk, "")
        context["object_list"] = rows
        return context


def of_rule(show):
    return lambda requirement: show(requirement.rule_today) if requirement.rule_today else "–"


def renewed(rule: RequirementRule) -> str:
    if rule.each_january:
        return gettext("đến hết 31/1 năm sau")
    return gettext("%d tháng") % rule.validity_months if rule.validity_months else "–"


class RequirementViewSet(KindViewSet):
    """Without deletion, since past figures refer to requirements."""

    model = Requirement
    kinds, actions, province_wide = MANAGERS, {"view", "add", "change"}, True
    form_class = RequirementForm
    name = "requirements"
    url_prefix = "yeu-cau"
    icon = "clipboard-list"
    menu_label = _("Yêu cầu tập huấn")
    add_to_admin_menu = True
    menu_order = 805
    index_view_class = RequirementList
    add_view_class = AddRequirement
    edit_view_class = EditRequirement
    ordering = ["name"]
    list_display = [
        "name",
        Column("key", label=_("Khóa, ghi trong tệp")),
        Column("duty", label=_("Nhiệm vụ"), accessor=of_rule(lambda rule: rule.duty)),
        Column("course", label=_("Khóa học"), accessor=of_rule(lambda rule: ", ".join(rule.course_keys))),
        Column("deadline", label=_("Hạn"), accessor=of_rule(lambda rule: f"{rule.deadline:%d/%m/%Y}")),
        Column("months", label=_("Hiệu lực"), accessor=of_rule(renewed)),
        Column("recounting", label=_("Số liệu"), accessor=lambda one: one.recounting or gettext("theo quy định này")),
    ]
