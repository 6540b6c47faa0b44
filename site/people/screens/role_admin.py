"""Roles under /cms/: given and ended, never edited, so that it stays known who could do what and when."""

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.log_actions import log

from people.guarding import role_requests
from people.guarding.wording import writes
from people.persons.merges import who_is
from people.persons.user import User
from people.rights.admin_policy import ADMINISTRATORS
from people.rights.giving import held_away, may_give
from people.rights.kind_viewset import KindViewSet
from people.rights.languages import choices, give_works, read, told
from people.rights.roles import MOST_ROLES, MergedAway, NotHers, Role, RoleKind, TooManyRoles, end, give
from people.rights.scope import answers_today, reach_of
from people.times import today
from people.units.unit import Unit


def roles_within(user):
    """Roles held now on units that the administrator reaches."""
    roles = Role.objects.current().select_related("user", "unit").prefetch_related("language_works")
    if user.is_superuser:
        return roles
    return roles.filter(unit__in=reach_of(user, ADMINISTRATORS), user__is_superuser=False)


class RoleForm(WagtailAdminModelForm):
    """By staff code and unit code, since nobody chooses among thousands of people in a list."""

    staff_code = forms.CharField(label=_("Mã cán bộ"), max_length=40)
    unit_code = forms.CharField(
        label=_("Mã đơn vị"), max_length=20, help_text=_("Mã hiện nay; vai trò có hiệu lực ở đơn vị này và cấp dưới.")
    )
    why = forms.CharField(
        label=_("Lý do, nếu người ấy công tác ở đơn vị khác"),
        max_length=300,
        required=False,
        help_text=_("Đề nghị được gửi cấp tỉnh; vai trò có hiệu lực khi cấp tỉnh đồng ý và chính người ấy nhận."),
    )
    works = forms.MultipleChoiceField(
        label=_("Người dịch: tiếng và việc"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chỉ dùng cho vai trò người dịch. Người duyệt một câu không phải người dịch hay đọc câu đó."),
    )
    field_order = ["staff_code", "kind", "unit_code", "works", "why"]

    class Meta:
        model = Role
        fields = ["kind"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # everyone on the roster is a learner without being given it
        self.fields["kind"].choices = [c for c in RoleKind.choices if c[0] != RoleKind.LEARNER]
        self.fields["works"].choices = choices()

    def clean_staff_code(self):
        person = User.objects.by_code(self.cleaned_data["staff_code"])
        if person is None:
            raise ValidationError(gettext("Không có cán bộ nào mang mã này; hãy kiểm tra lại trong danh sách."))
        if who_is(person) != person:
            raise ValidationError(str(MergedAway()))
        self.instance.user = person
        return person.staff_code

    def clean_unit_code(self):
        unit = Unit.objects.on(today()).coded(self.cleaned_data["unit_code"]).first()
        if unit is None:
            raise ValidationError(gettext("Hôm nay không có đơn vị nào mang mã này; hãy xem danh mục đơn vị."))
        superuser = self.for_user.is_superuser
        if not superuser and unit.pk not in reach_of(self.for_user, ADMINISTRATORS):
            raise ValidationError(gettext("Đơn vị này ngoài phạm vi quản trị của anh chị."))
        self.instance.unit = unit
        return unit.code

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == RoleKind.TRANSLATOR and not self.errors and not cleaned["works"]:
            self.add_error("works", gettext("Chọn ít nhất một tiếng và một việc, để người ấy có bàn làm việc."))
        if not self.errors:
            if not self.is_hers() and not cleaned["why"].strip():
                self.add_error("why", str(NotHers()))
                return cleaned
            if not self.is_hers():
                return cleaned
            roles = Role.objects.current().filter(user=self.instance.user)
            held = roles.filter(kind=cleaned["kind"], unit=self.instance.unit).first()
            # of a translator the role is given anew with other works
            if held and (cleaned["kind"] != RoleKind.TRANSLATOR or self._works_of(held) == self.named_works()):
                raise ValidationError(gettext("Người này đang giữ đúng vai trò đó ở đơn vị này."))
            if held is None and roles.count() >= MOST_ROLES:
                raise ValidationError(str(TooManyRoles()))
        return cleaned

    def named_works(self) -> set:
        return read(",".join(self.cleaned_data["works"]))

    @staticmethod
    def _works_of(role: Role) -> set:
        return set(role.language_works.values_list("language", "does"))

    def is_hers(self) -> bool:
        """Whether the administrator gives the role herself; else the province is asked."""
        return may_give(self.for_user, self.instance.user, self.instance.unit)

    def _get_validation_exclusions(self):
        # the person and the unit are checked above, with sentences that say what to do
        return super()._get_validation_exclusions() | {"user", "unit"}

    def save(self, commit=True):
        role = self.instance  # type: ignore[has-type]
        if not self.is_hers():
            asked = role.user, self.cleaned_data["kind"], role.unit, self.for_user, self.cleaned_data["why"].strip()
            works = self.named_works() if self.cleaned_data["kind"] == RoleKind.TRANSLATOR else ()
            return role_requests.ask(*asked, timezone.now(), works)
        if self.cleaned_data["kind"] == RoleKind.TRANSLATOR:
            self.instance = give_works(role.user, role.unit, self.named_works(), self.for_user)
        else:
            self.instance = give(role.user, self.cleaned_data["kind"], role.unit, self.for_user)
        return self.instance


class RoleFilters(WagtailFilterSet):
    """`held_away` lists what an earlier version let be given: holders who work elsewhere, or nowhere."""

    held_away = django_filters.BooleanFilter(
        label=_("Người giữ không công tác trong phạm vi vai trò"), widget=forms.CheckboxInput, method="only_held_away"
    )

    class Meta:
        model = Role
        fields = ["kind"]

    def only_held_away(self, roles, name, wanted):
        return held_away(roles) if wanted else roles


class RoleList(generic.IndexView):
    page_title = _("Vai trò")

    def get_base_queryset(self):
        return roles_within(self.request.user)

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        people, units = User.objects.found(self.search_query), Unit.objects.found(self.search_query)
        return queryset.filter(Q(user__in=people.values("pk")) | Q(unit__in=units.values("pk")))


@method_decorator(writes("role_request", _("Lý do đề nghị giao vai trò"), "why"), name="post")
class GiveRole(generic.CreateView):
    page_title = _("Giao vai trò")
    success_message = _("Đã giao vai trò: %(object)s.")

    def get_success_buttons(self):
        return []

    def form_valid(self, form):
        if not form.is_hers():
            form.save()
            messages.success(self.request, gettext("Đã gửi đề nghị tới cấp tỉnh."))
            return redirect("role_requests")
        try:
            return super().form_valid(form)
        except (TooManyRoles, NotHers, MergedAway) as sentence:
            # somebody else gave one between the form's check and the lock, or the posting was moved,
            # or the record was merged
            self.produced_error_message = str(sentence)
            form.add_error(None, str(sentence))
            return self.form_invalid(form)


class EndRole(generic.DeleteView):
    page_title = _("Kết thúc vai trò")
    success_message = _("Đã kết thúc: %(object)s.")
    template_name = "wagtailadmin/generic/confirm_delete.html"

    def get_queryset(self):
        return roles_within(self.request.user)

    @property
    def confirmation_message(self):
        return gettext("Người này sẽ mất ngay các quyền đi kèm. Lịch sử vai trò vẫn được giữ.")

    def delete_action(self):
        log(instance=self.object, action="wagtail.delete")
        end(self.object, by=self.request.user)


def _works_told(role: Role) -> str:
    return told((work.language, work.does) for work in role.language_works.all())


class RoleViewSet(KindViewSet):
    model = Role
    kinds, actions = ADMINISTRATORS, {"view", "add", "delete"}
    form_class = RoleForm
    name = "roles"
    url_prefix = "vai-tro"
    icon = "key"
    menu_label = _("Vai trò")
    index_view_class = RoleList
    add_view_class = GiveRole
    delete_view_class = EndRole
    list_per_page = 50
    filterset_class = RoleFilters
    search_fields = ["user__search_words", "unit__search_words"]
    ordering = ["kind", "unit__code", "user__name_order", "pk"]
    list_display = [
        "__str__",
        Column("staff_code", label=_("Mã cán bộ"), accessor="user.staff_code"),
        Column("kind", label=_("Vai trò"), accessor="get_kind_display"),
        Column("works", label=_("Tiếng và việc"), accessor=_works_told),
        Column("unit", label=_("Đơn vị"), accessor=lambda role: f"{role.unit} ({role.unit.code})"),
        Column("given_at", label=_("Từ"), accessor=lambda role: f"{timezone.localtime(role.given_at):%d/%m/%Y}"),
    ]

    def reaches(self, user, found):
        """A role held or ended."""
        return user.is_superuser or found.unit_id in reach_of(user, ADMINISTRATORS)


def may_edit(user, person: User) -> bool:
    """An administrator edits the people they answer for today, but nobody who holds a role beyond their own reach, and
    no superuser: whoever changes an address can have a new password sent there. A record that was merged into another
    is opened again by taking that back alone.
    """
    if who_is(person) != person:
        return False
    if user.is_superuser or (user.pk == person.pk and user.is_active):
        return True
    if person.is_superuser or not answers_today(user, person, ADMINISTRATORS):
        return False
    return set(person.roles.current().values_list("unit", flat=True)) <= reach_of(user, ADMINISTRATORS)
