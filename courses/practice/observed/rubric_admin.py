"""Rubrics and their guide under /cms/: for those who look after the whole province's training."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.widgets import Button

from courses.practice.observed.rubric import Guide, Rubric
from courses.practice.observed.versions import current_hash
from people.rights.admin_policy import MANAGERS, KindPolicy
from people.rights.kind_viewset import EditView, KindViewSet

LOOKS_AFTER = KindPolicy(Rubric, MANAGERS, {"view", "add", "change"}, province_wide=True)


class RubricForm(WagtailAdminModelForm):
    """An approval is of the words of its moment: words changed afterwards are not approved."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["key"].disabled = True

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("approved_by")) != bool(cleaned.get("approved_on")):
            self.add_error("approved_on", gettext("Ghi cả người duyệt và ngày duyệt, hoặc để trống cả hai."))
        return cleaned

    def save(self, commit=True):
        rubric = super().save()
        if {"approved_by", "approved_on"} & set(self.changed_data):
            rubric.approved_hash = current_hash(rubric, Guide.objects.first()) if rubric.approved_on else ""
            rubric.save(update_fields=["approved_hash"])
        return rubric


def approval_of(rubric: Rubric, guide: Guide | None) -> str:
    if not rubric.approved_on:
        return gettext("chưa duyệt")
    said = gettext("duyệt ngày %s") % f"{rubric.approved_on:%d/%m/%Y}"
    changed = rubric.approved_hash != current_hash(rubric, guide)
    return f"{said}, {gettext('có sửa sau ngày duyệt')}" if changed else said


class EditRubric(EditView):
    @cached_property
    def header_more_buttons(self):
        links = [
            (gettext("In phiếu trống"), "observed:rubric_print", "print"),
            (gettext("Hai người quan sát khớp nhau đến đâu"), "observed:figures", "view"),
        ]
        more = [Button(label, reverse(name, args=[self.object.pk]), icon_name=icon) for label, name, icon in links]
        return [*super().header_more_buttons, *more]


class RubricList(generic.IndexView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        guide, rows = Guide.objects.first(), list(context["object_list"])
        for rubric in rows:
            rubric.approval = approval_of(rubric, guide)
        context["object_list"] = rows
        return context


class RubricViewSet(KindViewSet):
    """Without deletion: forms refer to rubrics. One that is out of use is switched off."""

    model = Rubric
    kinds, actions, province_wide = MANAGERS, {"view", "add", "change"}, True
    name = "rubrics"
    url_prefix = "thuc-hanh"
    icon = "view"
    menu_label = _("Bộ tiêu chí")
    add_to_admin_menu = True
    menu_order = 225
    index_view_class = RubricList
    edit_view_class = EditRubric
    ordering = ["key"]
    list_display = [
        "title",
        Column("course_key", label=_("Khóa học")),
        Column("active", label=_("Đang dùng"), accessor=lambda rubric: _("có") if rubric.active else _("không")),
        Column("approved", label=_("Duyệt"), accessor="approval"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("key"), FieldPanel("course_key"), FieldPanel("active")]),
            FieldRowPanel([FieldPanel(f"minutes_{name}") for name in ("prepare", "play", "talk")]),
            FieldPanel("needs"),
            FieldPanel("cards"),
            FieldPanel("behaviours"),
            MultiFieldPanel(
                [FieldPanel("least_level"), FieldPanel("least_percent"), FieldPanel("no_critical_at")],
                heading=_("Thế nào là đạt"),
            ),
            FieldPanel("talk"),
            MultiFieldPanel(
                [FieldPanel("approved_by"), FieldPanel("approved_on"), FieldPanel("sources")], heading=_("Duyệt")
            ),
        ],
        base_form_class=RubricForm,
    )

    def get_form_class(self, for_update=False):
        return self.get_edit_handler().get_form_class()


class GuideViewSet(KindViewSet):
    """The one guide; seeding brings it."""

    model = Guide
    kinds, actions, province_wide = MANAGERS, {"view", "change"}, True
    name = "practice_guide"
    url_prefix = "huong-dan-thuc-hanh"
    icon = "help"
    menu_label = _("Hướng dẫn tập")
    add_to_admin_menu = True
    menu_order = 226
    edit_handler = ObjectList(
        [
            *(FieldRowPanel([FieldPanel(f"label_{n}"), FieldPanel(f"meaning_{n}")]) for n in (1, 2, 3, 4)),
            *(FieldPanel(name) for name in ("before", "learner", "actor", "observers", "observing", "agreeing")),
            *(FieldPanel(name) for name in ("feedback", "outcome", "agreement_training", "sources")),
        ],
        base_form_class=WagtailAdminModelForm,
    )

    def get_form_class(self, for_update=False):
        return self.get_edit_handler().get_form_class()
