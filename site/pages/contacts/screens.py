"""The calls to a number under /cms/: on trial, the second one, what waits for it, and taking off."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from pages.contacts import who
from pages.contacts.confirming import Fault, confirm, give_back, record_call, take_off
from pages.contacts.contact import Contact
from pages.contacts.forms import CONFIRM, CallForm, SecondCallForm, TakeOffForm
from pages.contacts.versions import SAID, ContactVersion, VersionState
from people.guarding.wording import writes
from people.rights.admin_policy import KindPolicy
from people.times import today

EDITING = KindPolicy(Contact, who.EDITORS, {"change"})
SEEING = KindPolicy(Contact, who.EDITORS | who.HEADS, {"view"})
A_PAGE = 20


@dataclass(frozen=True)
class Line:
    """One field of a version beside what the public sees (None: it sees nothing of this contact)."""

    label: str
    before: object
    after: object

    @property
    def changed(self) -> bool:
        return self.before is not None and self.before != self.after


def lines_of(version: ContactVersion, contact: Contact) -> list[Line]:
    """Without fields that are empty on both sides."""
    lines = []
    for name in SAID:
        shown = "spoken" if name == "languages" else name
        before = _in_words(getattr(contact, shown)) if contact.is_public else None
        after = _in_words(getattr(version, shown))
        if before or after:
            lines.append(Line(str(Contact._meta.get_field(name).verbose_name).capitalize(), before, after))
    return lines


def _in_words(value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return gettext("có") if value else ""
    return str(value)


class OfContact(generic.PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A screen about one contact: what the viewer does not reach has none."""

    header_icon = "mobile-alt"
    permission_policy = SEEING
    permission_required = "view"
    reached = staticmethod(who.seen_by)

    def dispatch(self, request, *args, **kwargs):
        contacts = Contact.objects.filter(self.reached(request.user)) if request.user.is_authenticated else None
        found = contacts.select_related("unit").filter(pk=kwargs["pk"]).first() if contacts is not None else None
        if found is None:
            raise Http404
        self.contact = found
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return str(self.contact)

    def get_breadcrumbs_items(self):
        steps = [(reverse("contacts:index"), gettext("Số liên hệ")), ("", self.page_title)]
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in steps)]

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "contact": self.contact}

    def say(self, sentence):
        log(instance=self.contact, action="wagtail.edit")
        messages.success(self.request, sentence)
        return redirect("contacts:index")


class CallContact(OfContact, FormView):
    """Notes a trial call; the calls that there were stand below."""

    form_class = CallForm
    page_title = _("Ghi lần gọi thử")
    template_name = "wagtailadmin/contacts/call.html"
    permission_policy = EDITING
    permission_required = "change"
    reached = staticmethod(who.written_by)

    def get_initial(self):
        return {"called_on": today()}

    def get_context_data(self, **kwargs):
        calls = self.contact.calls.select_related("called_by")
        called = self.contact.waiting() or self.contact
        return {**super().get_context_data(**kwargs), "called": called, "calls": calls}

    def form_valid(self, form):
        data = form.cleaned_data
        try:
            record_call(self.contact, self.request.user, data["called_on"], data["answered"], timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        self.contact.refresh_from_db()
        shown = _("Đã ghi. Số này đang hiện ra ngoài."), _("Đã ghi. Số này không hiện ra ngoài.")
        return self.say(shown[0] if self.contact.is_public else shown[1])


@method_decorator(writes("second_call", _("Lời ghi khi gọi số điện thoại lần hai"), "why"), name="post")
class SecondCall(OfContact, FormView):
    """What waits beside what the public sees, and the answer of a second person; below, who wrote and called before."""

    form_class = SecondCallForm
    page_title = _("Gọi lần hai")
    template_name = "wagtailadmin/contacts/second_call.html"

    def get_initial(self):
        waiting = self.contact.waiting()
        return {"version": waiting.pk if waiting else None}

    def get_form_kwargs(self):
        waiting = self.contact.waiting() or self.contact
        national = self.contact.unit_id is None and Contact(number=waiting.number).is_national
        return {**super().get_form_kwargs(), "national": national}

    def get_context_data(self, **kwargs):
        contact = self.contact
        versions = list(contact.versions.select_related("written_by", "decided_by"))
        waiting = next((version for version in versions if version.state == VersionState.WAITING), None)
        told = {}
        if waiting is not None:
            waiting.contact = contact
            hindrance = who.hindrance(self.request.user, waiting)
            told = {
                "lines": lines_of(waiting, contact),
                "hindrance": hindrance,
                "nobody": not who.has_somebody_else(waiting),
            }
        return {
            **super().get_context_data(**kwargs),
            **told,
            "waiting": waiting,
            "versions": [version for version in versions if version != waiting],
            "calls": contact.calls.select_related("called_by"),
            "taken_off": contact.times_taken_off.select_related("by"),
        }

    def form_valid(self, form):
        data, user, now = form.cleaned_data, self.request.user, timezone.now()
        if not self.contact.versions.filter(pk=data["version"]).exists():
            raise Http404
        try:
            if data["decision"] == CONFIRM:
                confirm(data["version"], user, now, data.get("called_on"), data.get("dialled", ""), data["why"])
                return self.say(_("Đã xác nhận. Số này hiện ra ngoài."))
            give_back(data["version"], user, now, Fault(data["decision"]), data["why"])
            return self.say(_("Đã trả lại cho người viết."))
        except ValidationError as error:
            self._add(form, error)
        # what she answers next is what she sees now
        waiting = Contact.objects.get(pk=self.contact.pk).waiting()
        form.data = {**form.data.dict(), "version": waiting.pk if waiting else ""}
        return self.form_invalid(form)

    @staticmethod
    def _add(form, error: ValidationError) -> None:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, sentences in by_field.items():
            for sentence in sentences:
                form.add_error(name if name in form.fields else None, sentence)


@method_decorator(writes("take_off", _("Vì sao gỡ một số điện thoại"), "why"), name="post")
class TakeOff(OfContact, FormView):
    form_class = TakeOffForm
    page_title = _("Gỡ xuống")
    template_name = "wagtailadmin/contacts/take_off.html"

    def form_valid(self, form):
        try:
            take_off(self.contact, self.request.user, form.cleaned_data["why"], timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        return self.say(_("Đã gỡ. Số này không còn trên trang nào."))


@dataclass(frozen=True)
class Row:
    version: ContactVersion
    kind: str
    lines: list[Line]
    # whether this second call may be the viewer's
    hers: bool


class Waiting(generic.PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What waits for a second call in the viewer's reach, the oldest first; a constant number of queries."""

    page_title = _("Số điện thoại chờ gọi lần hai")
    header_icon = "mobile-alt"
    template_name = "wagtailadmin/contacts/waiting.html"
    permission_policy = SEEING
    permission_required = "view"

    def get_breadcrumbs_items(self):
        steps = [(reverse("contacts:index"), gettext("Số liên hệ")), ("", self.page_title)]
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in steps)]

    def get_context_data(self, **kwargs):
        user = self.request.user
        seen = Contact.objects.filter(who.seen_by(user))
        waiting = ContactVersion.objects.filter(state=VersionState.WAITING, contact__in=seen)
        ordered = waiting.select_related("contact__unit", "written_by").order_by("written_at", "pk")
        page = Paginator(ordered, A_PAGE).get_page(self.request.GET.get("p"))
        ids = [version.contact_id for version in page]
        writers = who.writers_of(ids)
        callable_by_her = Contact.objects.filter(who.second_called_by(user), pk__in=ids)
        able = {pk for pk in callable_by_her.values_list("pk", flat=True) if user.pk not in writers[pk]}
        rows = [
            Row(version, kind_of(version), lines_of(version, version.contact), version.contact_id in able)
            for version in page
        ]
        return {**super().get_context_data(**kwargs), "rows": rows, "page": page}


def kind_of(version: ContactVersion) -> str:
    contact = version.contact
    if not contact.is_public:
        return gettext("Số chưa hiện ra ngoài")
    if version.said() == contact.said():
        return gettext("Đang hiện ra ngoài, chưa được gọi lần hai")
    return gettext("Sửa số đang hiện ra ngoài")
