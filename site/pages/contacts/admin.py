"""Numbers under /cms/: written, listed with their state, and led on to their calls (`pages.contacts.screens`).

The province's are for its managers; a unit's own are for its editors too. A head of a unit sees them.
"""

from django.db.models import Exists, OuterRef
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets import Button, HeaderButton

from letters.folding import searched
from pages.contacts import screens
from pages.contacts.contact import Contact
from pages.contacts.dialling import home
from pages.contacts.forms import ContactForm
from pages.contacts.versions import VersionState
from pages.contacts.who import EDITORS, seen_by, written_by
from people.rights.admin_policy import KindPolicy
from people.rights.kind_viewset import EditView, KindViewSet
from people.times import today


class ContactPolicy(KindPolicy):
    """Editors do, heads look on."""

    def user_has_permission(self, user, action):
        return super().user_has_permission(user, action) or (
            action == "view" and screens.SEEING.user_has_permission(user, action)
        )


class ContactList(generic.IndexView):
    def get_base_queryset(self):
        user = self.request.user
        hers = Exists(Contact.objects.filter(written_by(user), pk=OuterRef("pk")))
        seen = Contact.objects.filter(seen_by(user)).annotate(may_write=hers)
        return seen.select_related("unit", "confirmed_by").prefetch_related("versions")

    def search_queryset(self, queryset):
        return queryset.filter(pk__in=_found(queryset, self.search_query)) if self.is_searching else queryset

    @cached_property
    def header_buttons(self):
        waiting = HeaderButton(gettext("Số chờ gọi lần hai"), reverse("contacts:waiting"), icon_name="mobile-alt")
        return [*super().header_buttons, waiting]


def _found(contacts, text: str) -> list[int]:
    """Those of the number, however it is written, or of all the words in the name or the unit; one query, as there are
    some hundred of them.
    """
    number, words = home(text), searched(text).split()
    rows = contacts.order_by().values_list("pk", "number", "name", "unit__name")
    return [
        pk
        for pk, held, name, unit in rows
        if (number and not any(map(str.isalpha, text)) and number in home(held))
        or (words and all(word in searched(f"{name} {unit or ''}") for word in words))
    ]


class NumberColumn(TitleColumn):
    """Leads who may write to the form, others to the calls."""

    def get_link_url(self, instance, parent_context):
        return reverse("contacts:edit" if instance.may_write else "contacts:second_call", args=[instance.pk])


class CreateContact(generic.CreateView):
    success_message = _("Đã ghi: %(object)s. Số hiện ra ngoài khi người thứ hai gọi và xác nhận.")


class EditContact(EditView):
    success_message = _("Đã ghi. Ngoài trang vẫn là bản đã xác nhận, đến khi người thứ hai gọi và xác nhận bản mới.")

    def get_form_kwargs(self):
        waiting = self.object.waiting()
        return {**super().get_form_kwargs(), "initial": waiting.said() if waiting else {}}

    @cached_property
    def header_more_buttons(self):
        steps = [
            ("call", gettext("Ghi lần gọi thử"), "mobile-alt"),
            ("second_call", gettext("Gọi lần hai"), "check"),
            ("take_off", gettext("Gỡ xuống"), "download"),
        ]
        buttons = [
            Button(label, reverse(f"contacts:{name}", args=[self.object.pk]), icon_name=icon)
            for name, label, icon in steps
        ]
        return [*super().header_more_buttons, *buttons]


def state_of(contact: Contact) -> str:
    """What the list says of a number: shown or not, called on a day by somebody, what waits or came back."""
    return " – ".join(filter(None, [_shown(contact), _written(contact)]))


def _shown(contact: Contact) -> str:
    if not contact.is_public:
        return gettext("KHÔNG HIỆN RA NGOÀI")
    if not contact.holds_on(today()):
        early = contact.valid_from and today() < contact.valid_from
        return (
            gettext("hiện ra từ %(day)s") % {"day": f"{contact.valid_from:%d/%m/%Y}"}
            if early
            else gettext("hết dùng từ sau %(day)s") % {"day": f"{contact.valid_to:%d/%m/%Y}"}
        )
    if contact.is_national:
        return gettext("số quốc gia")
    if contact.confirmed_on is None:
        return gettext("đang hiện ra ngoài")
    params = {"day": f"{contact.confirmed_on:%d/%m/%Y}", "who": contact.confirmed_by or "–"}
    said = gettext("đã gọi thử ngày %(day)s, bởi %(who)s") % params
    return f"{said} – {gettext('nên gọi lại')}" if contact.is_stale_on(today()) else said


def _written(contact: Contact) -> str:
    last = next(iter(contact.versions.all()), None)
    if last is None or last.state == VersionState.CONFIRMED:
        return "" if contact.is_public else gettext("đã gỡ; mở ra và lưu lại để đề nghị đưa trở lại")
    if last.state == VersionState.WAITING:
        changed = contact.is_public and last.said() != contact.said()
        return gettext("bản mới chờ gọi lần hai") if changed else gettext("chờ gọi lần hai")
    if last.state == VersionState.RETURNED:
        return gettext("bị trả lại: %(why)s") % {"why": last.why}
    return "" if contact.is_public else gettext("đã gỡ; mở ra và lưu lại để đề nghị đưa trở lại")


class ContactViewSet(KindViewSet):
    model = Contact
    # nothing is deleted: a number is taken off
    kinds, actions = EDITORS, {"view", "add", "change"}
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
    search_fields = ["number"]
    add_view_class = CreateContact
    edit_view_class = EditContact
    ordering = ["unit__name", "order", "pk"]
    list_display = [
        NumberColumn("number", label=_("Số")),
        "name",
        Column("unit", label=_("Đơn vị"), accessor=lambda contact: contact.unit or "–"),
        Column("state", label=_("Gọi thử"), accessor=state_of),
    ]

    @property
    def permission_policy(self):
        return ContactPolicy(self.model, self.kinds, self.actions)

    def reaches(self, user, found):
        return Contact.objects.filter(written_by(user), pk=found.pk).exists()

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("cho-goi/", screens.Waiting.as_view(), name="waiting"),
            path("goi-thu/<int:pk>/", screens.CallContact.as_view(), name="call"),
            path("goi-lan-hai/<int:pk>/", screens.SecondCall.as_view(), name="second_call"),
            path("go-xuong/<int:pk>/", screens.TakeOff.as_view(), name="take_off"),
        ]
