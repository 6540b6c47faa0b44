"""Numbers under /cms/: written, called on trial, and told by whom and when.

The province's are for its managers; a unit's own are for its editors too.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput, Button
from wagtail.log_actions import log

from pages.contacts.contact import NATIONAL_NUMBERS, Contact, bare, record_call, settle
from pages.contacts.national import national_in
from people.rights.admin_policy import MANAGERS, KindPolicy
from people.rights.kind_viewset import EditView, KindViewSet
from people.rights.roles import RoleKind
from people.rights.scope import reach_of, role_units
from people.times import today
from people.typed_fields import DayField
from people.typed_times import Looks
from people.units.unit import Unit

EDITORS = MANAGERS | {RoleKind.COMMUNE_EDITOR}
# the province's own numbers; a manager of one commune has that commune's
LEADS_ALL = KindPolicy(Contact, MANAGERS, {"view", "add"}, province_wide=True)


def contacts_for(user):
    """The province's numbers for its managers; of a unit's, those within the user's reach."""
    every = Contact.objects.select_related("unit", "confirmed_by")
    if LEADS_ALL.user_has_permission(user, "view"):
        return every
    return every.filter(unit__in=reach_of(user, EDITORS))


class ContactForm(WagtailAdminModelForm):
    """By unit code, as roles are given."""

    unit_code = forms.CharField(
        label=_("Mã đơn vị"), max_length=20, required=False, help_text=_("Để trống là số chung của cả tỉnh, thành phố.")
    )
    field_order = [
        "number",
        "abroad",
        "country",
        "name",
        "when",
        "hours",
        "cost",
        "unit_code",
        "order",
        "source",
        "note",
    ]

    class Meta:
        model = Contact
        fields = ["number", "abroad", "country", "name", "when", "hours", "cost", "order", "source", "note"]
        help_texts = {
            "abroad": _("111, 113, 115 không gọi được từ nước ngoài. Số gọi được thì ghi riêng, dạng +84…"),
            "country": _("Ví dụ: Campuchia. Để trống khi gọi được từ mọi nước."),
            "when": _("Ví dụ: nghi có người bị lừa, cần hỏi riêng."),
            "hours": _("Ví dụ: 24 giờ mỗi ngày; thứ Hai đến thứ Sáu, 7 giờ 30 đến 17 giờ."),
            "cost": _("Ví dụ: miễn phí."),
            "order": _("Số nhỏ đứng trước."),
            "source": _("Văn bản hoặc nơi cho biết số này."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not LEADS_ALL.user_has_permission(self.for_user, "add"):
            self.fields["unit_code"].help_text = _("Mã của đơn vị mình.")
        if self.instance.unit:
            self.fields["unit_code"].initial = self.instance.unit.code
        elif not self.instance.pk and len(own := role_units(self.for_user, {RoleKind.COMMUNE_EDITOR})) == 1:
            self.fields["unit_code"].initial = Unit.objects.get(pk=own.pop()).code

    def clean_number(self):
        return " ".join(self.cleaned_data["number"].split())

    def clean_unit_code(self):
        code = self.cleaned_data["unit_code"].strip()
        unit = Unit.objects.on(today()).coded(code).first() if code else None
        if code and unit is None:
            raise ValidationError(gettext("Hôm nay không có đơn vị nào mang mã này; hãy xem danh mục đơn vị."))
        manages = LEADS_ALL.user_has_permission(self.for_user, "add")
        if not manages and (unit is None or unit.pk not in reach_of(self.for_user, EDITORS)):
            raise ValidationError(gettext("Chỉ ghi được số của đơn vị mình; hãy ghi mã đơn vị của anh chị."))
        self.instance.unit = unit
        return unit.code if unit else ""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("abroad") and "number" in cleaned and not cleaned["number"].startswith("+"):
            self.add_error("number", gettext("Số để gọi từ nước ngoài bắt đầu bằng dấu + và mã nước, ví dụ +84 236…"))
        if cleaned.get("country") and not cleaned.get("abroad"):
            self.add_error("abroad", gettext("Có tên nước thì chọn “để gọi từ nước ngoài”, hoặc bỏ tên nước."))
        self._keep_national_numbers(cleaned)
        return cleaned

    def _keep_national_numbers(self, cleaned):
        """They are the province's, and no other contact carries one in its words."""
        if self.instance.unit and bare(cleaned.get("number", "")) in NATIONAL_NUMBERS:
            self.add_error("number", gettext("Số này của cả nước, do cấp tỉnh ghi; xã ghi số của mình."))
        for name in ("name", "when", "hours", "cost"):
            if number := national_in(cleaned.get(name, "")):
                sentence = gettext("Không ghi %(number)s ở đây: ai đọc sẽ gọi số ấy. Nếu là địa chỉ, ghi “số nhà”.")
                self.add_error(name, sentence % {"number": number})

    def _get_validation_exclusions(self):
        # part of the constraint that a number stands once
        return super()._get_validation_exclusions() - {"unit"}

    def save(self, commit=True):
        saved = super().save()
        # calls to another number say nothing of this one
        settle(saved)
        return saved


class CallForm(forms.Form):
    called_on = DayField(label=_("Gọi thử ngày"), widget=AdminDateInput, looks=Looks.BACK)
    answered = forms.TypedChoiceField(
        label=_("Kết quả"),
        choices=[("1", _("Có người nghe, đúng nơi")), ("0", _("Không ai nghe, hoặc không đúng nơi"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )


class ContactList(generic.IndexView):
    def get_base_queryset(self):
        return contacts_for(self.request.user)


class CreateContact(generic.CreateView):
    success_message = _("Đã ghi: %(object)s. Gọi thử rồi ghi kết quả thì số mới hiện ra ngoài.")


class EditContact(EditView):
    @cached_property
    def header_more_buttons(self):
        url = reverse("contacts:call", args=[self.object.pk])
        return [*super().header_more_buttons, Button(gettext("Ghi lần gọi thử"), url, icon_name="mobile-alt")]


def contact_or_404(user, pk) -> Contact:
    """A contact that the user may see; anybody else's is not found."""
    contact = contacts_for(user).filter(pk=pk).first()
    if contact is None:
        raise Http404
    return contact


class CallContact(generic.PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Notes a trial call; the calls that there were stand below."""

    form_class = CallForm
    page_title = _("Ghi lần gọi thử")
    header_icon = "mobile-alt"
    template_name = "wagtailadmin/contacts/call.html"
    permission_policy = KindPolicy(Contact, EDITORS, {"change"})
    permission_required = "change"

    def dispatch(self, request, *args, **kwargs):
        self.contact = contact_or_404(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return str(self.contact)

    def get_breadcrumbs_items(self):
        steps = [
            (reverse("contacts:index"), gettext("Số liên hệ")),
            (reverse("contacts:edit", args=[self.contact.pk]), str(self.contact)),
            ("", self.page_title),
        ]
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in steps)]

    def get_initial(self):
        return {"called_on": today()}

    def get_context_data(self, **kwargs):
        calls = self.contact.calls.select_related("called_by")
        return {**super().get_context_data(**kwargs), "contact": self.contact, "calls": calls}

    def form_valid(self, form):
        data = form.cleaned_data
        try:
            record_call(self.contact, self.request.user, data["called_on"], data["answered"], timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        log(instance=self.contact, action="wagtail.edit")
        said = (
            _("Đã ghi. Số này hiện ra ngoài.") if self.contact.is_public else _("Đã ghi. Số này không hiện ra ngoài.")
        )
        messages.success(self.request, said)
        return redirect("contacts:index")


def state_of(contact: Contact) -> str:
    """What the list says of a number: national, called on a day by somebody, or to be called."""
    if contact.confirmed_on is None:
        return gettext("số quốc gia") if contact.is_national else gettext("CHƯA GỌI THỬ – không hiện ra ngoài")
    params = {"day": f"{contact.confirmed_on:%d/%m/%Y}", "who": contact.confirmed_by or "–"}
    said = gettext("đã gọi thử ngày %(day)s, bởi %(who)s") % params
    return f"{said} – {gettext('nên gọi lại')}" if contact.is_stale_on(today()) else said


class ContactViewSet(KindViewSet):
    model = Contact
    kinds, actions = EDITORS, {"view", "add", "change", "delete"}
    form_class = ContactForm
    add_to_reference_index = True
    name = "contacts"
    url_prefix = "so-lien-he"
    icon = "mobile-alt"
    menu_label = _("Số liên hệ")
    menu_name = "contacts"
    add_to_admin_menu = True
    menu_order = 300
    index_view_class = ContactList
    add_view_class = CreateContact
    edit_view_class = EditContact
    ordering = ["unit__name", "order", "pk"]
    list_display = [
        TitleColumn("number", label=_("Số"), get_url=lambda contact: reverse("contacts:edit", args=[contact.pk])),
        "name",
        Column("unit", label=_("Đơn vị"), accessor=lambda contact: contact.unit or "–"),
        Column("state", label=_("Gọi thử"), accessor=state_of),
    ]

    def reaches(self, user, found):
        return contacts_for(user).filter(pk=found.pk).exists()

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("goi-thu/<int:pk>/", CallContact.as_view(), name="call")]
