"""People and duties under /cms/. Names and postings come from the roster file; here only addresses are put right."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Prefetch, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from people.log.audit import Act, administered_unit, record
from people.persons.contacts import contact_change, contacts_changed
from people.persons.phones import normal_phone
from people.persons.user import User
from people.postings.posting import Duty, Posting
from people.rights.admin_policy import ADMINISTRATORS, MANAGERS
from people.rights.kind_viewset import KindViewSet, ListByName
from people.rights.scope import can_see, visible_to
from people.screens.role_admin import may_edit
from people.times import covering, today
from people.units.successions import Reach


class PersonForm(WagtailAdminModelForm):
    class Meta:
        model = User
        fields = ["email", "phone", "is_active"]

    # as people write it: longer than the number that is kept
    phone = forms.CharField(label=_("điện thoại"), required=False, max_length=80)

    def clean_email(self):
        email = (self.cleaned_data["email"] or "").lower() or None
        if email and User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(gettext("Email này đang thuộc về người khác."))
        return email

    def clean_phone(self):
        written = self.cleaned_data["phone"]
        if not written:
            return None
        phone = normal_phone(written)
        if not phone:
            raise ValidationError(gettext("Số điện thoại không đúng dạng; hãy ghi như 0905 123 456."))
        return phone


def alike_since_before(people: list[User]) -> str:
    """Which records an upgrade kept beside each other, and what can be done about them."""
    row = '<a href="{}">“{}” ({})</a>'
    listed = ((reverse("persons:edit", args=[one.pk]), one.staff_code, one.full_name) for one in people)
    sentence = gettext(
        "Có từ trước: các mã chỉ khác cách viết, {codes}. Tệp ghi đúng mã nào thì vào hồ sơ ấy, viết cách khác thì "
        "được hỏi. Nếu là một người: {merge}."
    )
    pairs = ((reverse("merge_pair", args=[people[0].pk, one.pk]), one.staff_code) for one in people[1:])
    offered = format_html_join(", ", f'<a href="{{}}">{gettext("so sánh và gộp")} “{{}}”</a>', pairs)
    return format_html(sentence, codes=format_html_join(", ", row, listed), merge=offered)


class PersonList(ListByName):
    name_column = "full_name"

    def get(self, request, *args, **kwargs):
        for people in User.objects.filter(visible_to(request.user, User)).spelled_alike().values():
            messages.warning(request, alike_since_before(people))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        seen = len(context["object_list"])
        record(Act.SAW_PEOPLE, self.request.user, unit=administered_unit(self.request.user), on=today(), count=seen)
        return context

    def get_base_queryset(self):
        # a posting in a unit that ended counts in the one that came after it
        after = Reach.objects.filter(covering(today()), unit=OuterRef("unit"), depth=0, undivided=False)
        postings = Posting.objects.current().filter(covering(today())).order_by("start")
        postings = postings.annotate(unit_today=Subquery(after.values("ancestor__name")[:1])).select_related("unit")
        return (
            User.objects.unmerged()
            .filter(visible_to(self.request.user, User))
            .prefetch_related(Prefetch("postings", postings, to_attr="postings_today"))
            .by_name()
        )

    def search_queryset(self, queryset):
        return queryset.found(self.search_query) if self.is_searching else queryset


class PersonEdit(generic.EditView):
    page_title = _("Liên hệ của")

    def get_object(self, queryset=None):
        person = super().get_object(queryset)
        if not may_edit(self.request.user, person):
            raise Http404
        return person

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        record(Act.SAW_PERSON, request.user, person=self.object)
        return response

    @transaction.atomic
    def save_instance(self):
        saved = super().save_instance()
        if change := contact_change(saved, self.form.initial, self.form.changed_data):
            contacts_changed.send(sender=User, changes=[change], by=self.request.user)
        record(Act.CHANGED_CONTACT, self.request.user, person=saved, detail=",".join(self.form.changed_data))
        return saved

    def get_page_subtitle(self):
        return f"{self.object.full_name} ({self.object.staff_code})"


class PersonViewSet(KindViewSet):
    model = User
    kinds, actions = ADMINISTRATORS, {"view", "change"}
    form_class = PersonForm
    name = "persons"
    url_prefix = "can-bo"
    icon = "user"
    menu_label = _("Cán bộ")
    index_view_class = PersonList
    edit_view_class = PersonEdit
    list_per_page = 50
    list_filter = ["is_active"]
    search_fields = ["search_words"]
    list_display = [
        "full_name",
        Column("staff_code", label=_("Mã cán bộ")),
        Column("where", label=_("Đơn vị hiện nay"), accessor=lambda person: postings_text(person)),
        Column("email", label=_("Email"), accessor=lambda person: person.email or "–"),
        Column("phone", label=_("Điện thoại"), accessor=lambda person: person.phone or "–"),
    ]

    def reaches(self, user, found):
        return can_see(user, found)


def postings_text(person: User) -> str:
    told = (f"{one.unit_today or one.unit}: {one.position}".rstrip(": ") for one in person.postings_today)  # type: ignore[attr-defined]
    return "; ".join(told) or "–"


class DutyForm(WagtailAdminModelForm):
    """The key is made from the name once and never changes, since files and rules refer to it."""

    class Meta:
        model = Duty
        fields = ["name"]

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        key = self.instance.key or slugify(name.replace("đ", "d").replace("Đ", "D")).replace("-", "_")[:60]
        if not key:
            raise ValidationError(gettext("Tên cần có ít nhất một chữ cái."))
        if Duty.objects.filter(key=key).exclude(pk=self.instance.pk).exists():
            raise ValidationError(gettext("Đã có nhiệm vụ tên này."))
        self.instance.key = key
        return name


class DutyViewSet(KindViewSet):
    """No deleting: what somebody's duty was stays known."""

    model = Duty
    kinds, actions, province_wide = MANAGERS, {"view", "add", "change"}, True
    form_class = DutyForm
    name = "duties"
    url_prefix = "nhiem-vu"
    icon = "list-ul"
    menu_label = _("Nhiệm vụ")
    list_display = ["name", Column("key", label=_("Khóa, ghi trong tệp"))]
    ordering = ["name"]
