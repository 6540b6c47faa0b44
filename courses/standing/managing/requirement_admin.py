"""Requirements under /cms/. A change supersedes the rule, so that past figures can be recomputed."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing.managing.forms import RequirementForm
from courses.standing.managing.rule_previews import preview_of
from courses.standing.rule_recount import progress_of_recounts
from people.postings.coverage import CoverageError
from people.rights.admin_policy import MANAGERS
from people.rights.kind_viewset import EditView, KindViewSet
from people.times import today


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
