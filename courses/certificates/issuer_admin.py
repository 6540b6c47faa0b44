"""Issuing units under /cms/: name, signer and design; a sample can be printed from the form before it is saved."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from courses.certificates import sheets
from courses.certificates.issuers import Issuer
from people.rights import scope
from people.rights.admin_policy import MANAGERS
from people.rights.kind_viewset import EditView, KindViewSet
from people.times import today
from people.units.unit import Unit
from printing import MissingLetter

FORM = "wagtailadmin/certificates/issuer_form.html"
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
    """The unit is chosen once, among the units in the manager's reach that have no issuer yet."""

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
            self.fields["unit"].queryset = reached.filter(issuer=None).by_name()


def reached_by(user) -> QuerySet[Issuer]:
    """The issuers of units that the manager's role reaches."""
    return Issuer.objects.filter(unit__in=scope.reach_of(user, MANAGERS)).select_related("unit")


class IssuerList(generic.IndexView):
    def get_base_queryset(self):
        return reached_by(self.request.user)


class IssuerCreate(generic.CreateView):
    """The button “Xem mẫu” posts the form and opens the sample certificate; likewise in `IssuerEdit`."""

    template_name = FORM

    def post(self, request, *args, **kwargs):
        self.object = None
        # an invalid form goes to Wagtail, which shows its errors as on saving
        return _sample_response(request, self.get_form()) or super().post(request, *args, **kwargs)


class IssuerEdit(EditView):
    template_name = FORM

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        return _sample_response(request, self.get_form()) or super().post(request, *args, **kwargs)


def _sample_response(request, form) -> HttpResponse | None:
    return sample_of(form.save(commit=False)) if "sample" in request.POST and form.is_valid() else None


def sample_of(issuer: Issuer) -> HttpResponse:
    try:
        content = sheets.sample(issuer, today())
    except MissingLetter as missing:
        return HttpResponse(str(missing), status=422, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="mau-chung-nhan.pdf"'
    response["Cache-Control"] = "no-store"
    return response


class IssuerViewSet(KindViewSet):
    """Without deletion: certificates name their issuer. An issuer that no longer issues is switched off."""

    model = Issuer
    kinds, actions = MANAGERS, {"view", "add", "change"}
    form_class = IssuerForm
    name = "issuers"
    url_prefix = "cap-chung-nhan"
    icon = "doc-full"
    menu_label = _("Cấp chứng nhận")
    add_to_admin_menu = True
    menu_order = 806
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

    def reaches(self, user, issuer):
        return reached_by(user).filter(pk=issuer.pk).exists()
