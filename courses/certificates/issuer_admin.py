"""Issuing units under /cms/: name, signer and design, with a sample of what is in the form, saved or not."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from courses.certificates import sheets
from courses.certificates.issuers import Issuer
from people import scope
from people.admin_policy import MANAGERS, KindPolicy
from people.records import today
from people.units import Unit
from printing import MissingLetter

FIELDS = [
    "unit",
    "superior",
    "organisation",
    "mark",
    "place",
    "signer_title",
    "signer_name",
    "design",
    "imported_too",
    "active",
]


class IssuerForm(WagtailAdminModelForm):
    """The unit is chosen once, from those that the manager's role reaches and that have no issuer yet."""

    class Meta:
        model = Issuer
        fields = FIELDS

    def __init__(self, *args, for_user=None, **kwargs):
        super().__init__(*args, for_user=for_user, **kwargs)
        if self.instance.pk:
            self.fields["unit"].disabled = True
            self.fields["unit"].queryset = Unit.objects.filter(pk=self.instance.unit_id)
        else:
            reached = Unit.objects.on(today()).filter(pk__in=scope.reach_of(for_user, MANAGERS))
            self.fields["unit"].queryset = reached.filter(issuer=None).order_by("name")


class Reached:
    """Of the issuers only those of units that the manager's role reaches."""

    def get_base_queryset(self):
        reached = scope.reach_of(self.request.user, MANAGERS)
        return Issuer.objects.filter(unit__in=reached).select_related("unit")

    def get_object(self, queryset=None):
        found = super().get_object(queryset)
        if not self.get_base_queryset().filter(pk=found.pk).exists():
            raise Http404
        return found


class Sampled:
    """The button “Xem mẫu” sends the form as it stands and opens what would be printed."""

    template_name = "wagtailadmin/certificates/issuer_form.html"

    def post(self, request, *args, **kwargs):
        if "sample" not in request.POST:
            return super().post(request, *args, **kwargs)
        if not hasattr(self, "object") or self.object is None:
            self.object = self.get_object() if self.kwargs.get("pk") else None
        form = self.get_form()
        # what cannot be saved is told by Wagtail as on saving, which refuses it too
        return sample_of(form.save(commit=False)) if form.is_valid() else super().post(request, *args, **kwargs)


class IssuerList(Reached, generic.IndexView):
    pass


class IssuerCreate(Sampled, generic.CreateView):
    pass


class IssuerEdit(Sampled, Reached, generic.EditView):
    pass


def sample_of(issuer: Issuer) -> HttpResponse:
    try:
        content = sheets.sample(issuer, today())
    except MissingLetter as missing:
        return HttpResponse(str(missing), status=422, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="mau-chung-nhan.pdf"'
    response["Cache-Control"] = "no-store"
    return response


class IssuerViewSet(ModelViewSet):
    """No deleting: certificates name their issuer. One that issues no more is switched off."""

    model = Issuer
    name = "issuers"
    url_prefix = "cap-chung-nhan"
    icon = "doc-full"
    menu_label = _("Cấp chứng nhận")
    add_to_admin_menu = True
    menu_order = 806
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = IssuerList
    add_view_class = IssuerCreate
    edit_view_class = IssuerEdit
    ordering = ["organisation"]
    list_display = [
        "organisation",
        Column("unit", label=_("Đơn vị")),
        Column("mark", label=_("Ký hiệu")),
        Column("signer", label=_("Người ký"), accessor=lambda issuer: issuer.signer_name or "–"),
        Column("design", label=_("Mẫu"), accessor="get_design_display"),
        Column("active", label=_("Đang cấp"), accessor=lambda issuer: _("có") if issuer.active else _("không")),
    ]

    @property
    def permission_policy(self):
        return KindPolicy(self.model, MANAGERS, {"view", "add", "change"})

    def get_form_class(self, for_update=False):
        return IssuerForm

    def get_permissions_to_register(self):
        return super().get_permissions_to_register().none()
