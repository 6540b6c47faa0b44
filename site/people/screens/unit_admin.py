"""Units under /cms/: found by name, code, kind and day. Only flags change here; units come from `import_units`
or from a reform (`people.reforms`).
"""

import django_filters
from django import forms
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminDateInput, HeaderButton

from people.guarding.wording import writes
from people.reforms.rights import may_reform
from people.rights.admin_policy import MANAGERS as EDITORS
from people.rights.kind_viewset import EditView, KindViewSet, ListByName
from people.rights.scope import reach_of
from people.typed_fields import DayField
from people.units.flags import current_flags, replace_flag
from people.units.unit import Sector, Unit, UnitFlag, UnitKind


def units_within(user):
    """Units, ended ones too, that the role of an administrator or manager reaches."""
    return Unit.objects.all() if user.is_superuser else Unit.objects.filter(pk__in=reach_of(user, EDITORS))


class DayFilter(django_filters.DateFilter):
    field_class = DayField


class UnitFilters(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(choices=UnitKind.choices, label=_("Loại"))
    sector = django_filters.ChoiceFilter(choices=Sector.choices, label=_("Ngành"))
    day = DayFilter(method="existing_on", label=_("Có vào ngày"), widget=AdminDateInput, asks=False)
    flag = django_filters.ChoiceFilter(method="flagged", choices=UnitFlag.Kind.choices, label=_("Đánh dấu"))

    class Meta:
        model = Unit
        fields = ["kind", "sector"]

    def existing_on(self, queryset, name, day):
        return queryset.on(day)

    def flagged(self, queryset, name, kind):
        return queryset.filter(pk__in=UnitFlag.objects.current().filter(kind=kind).values("unit"))


class FlagsForm(forms.ModelForm):
    """Three cells for each kind of flag, filled from its latest; an emptied start takes the flag back."""

    class Meta:
        model = Unit
        fields: list[str] = []

    def __init__(self, *args, for_user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {flag.kind: flag for flag in current_flags(self.instance)}
        for kind, label in UnitFlag.Kind.choices:
            flag = self.known.get(kind)
            cells = {
                "start": DayField(label=_("từ ngày"), widget=AdminDateInput),
                "end": DayField(label=_("đến ngày"), widget=AdminDateInput),
                "reason": forms.CharField(
                    label=_("lý do"), max_length=500, help_text=_("Chỉ người phụ trách và người quản lý thấy.")
                ),
            }
            for name, cell in cells.items():
                cell.required, cell.initial = False, getattr(flag, name, None)
                cell.label = f"{label}: {cell.label}"
                self.fields[f"{kind}_{name}"] = cell

    def clean(self):
        cells = super().clean()
        for kind in UnitFlag.Kind.values:
            start, end = cells.get(f"{kind}_start"), cells.get(f"{kind}_end")
            if end and not start and f"{kind}_start" not in self.errors:
                self.add_error(f"{kind}_start", _("Hãy ghi ngày bắt đầu."))
            elif start and end and end < start:
                self.add_error(f"{kind}_end", _("Ngày kết thúc trước ngày bắt đầu; hãy sửa lại."))
        return cells

    def save(self, commit=True):
        now = timezone.now()
        for kind in UnitFlag.Kind.values:
            start, end, reason = (self.cleaned_data[f"{kind}_{name}"] for name in ("start", "end", "reason"))
            replace_flag(self.instance, self.known.get(kind), kind, start, end, reason, now=now)
        return self.instance


class UnitList(ListByName):
    @cached_property
    def header_buttons(self):
        wizard = HeaderButton(gettext("Sắp xếp đơn vị"), reverse("reforms"), icon_name="site")
        return [*super().header_buttons, *([wizard] if may_reform(self.request.user) else [])]

    def get_base_queryset(self):
        flags = Prefetch("flags", UnitFlag.objects.current().order_by("start"), to_attr="believed_flags")
        return units_within(self.request.user).select_related("parent").prefetch_related(flags)

    def search_queryset(self, queryset):
        return queryset.found(self.search_query) if self.is_searching else queryset


@method_decorator(writes("unit_flag", _("Lý do đánh dấu đơn vị"), "*_reason"), name="post")
class UnitFlags(EditView):
    def get_page_subtitle(self):
        unit = self.object
        until = f"{unit.valid_to:%d/%m/%Y}" if unit.valid_to else _("nay")
        return f"{unit.name} ({unit.code}), {unit.valid_from:%d/%m/%Y} – {until}"


class UnitViewSet(KindViewSet):
    """Administrators and province managers see units and set flags; nobody adds or deletes a unit by hand."""

    model = Unit
    kinds, actions = EDITORS, {"view", "change"}
    form_class = FlagsForm
    name = "units"
    url_prefix = "don-vi"
    icon = "site"
    menu_label = _("Đơn vị")
    add_to_admin_menu = True
    menu_order = 800
    index_view_class = UnitList
    edit_view_class = UnitFlags
    list_per_page = 50
    ordering = ["-valid_from", "code"]
    filterset_class = UnitFilters
    search_fields = ["search_words"]
    list_display = [
        "name",
        Column("code", label=_("Mã"), sort_key="code"),
        Column("kind", label=_("Loại"), accessor="get_kind_display"),
        Column("sector", label=_("Ngành"), accessor="get_sector_display"),
        Column("parent", label=_("Cấp trên ban đầu")),
        Column("valid_from", label=_("Từ ngày"), sort_key="valid_from"),
        Column("valid_to", label=_("Đến ngày"), accessor=lambda unit: unit.valid_to or "–"),
        Column("flags", label=_("Đánh dấu"), accessor=lambda unit: flags_text(unit)),
    ]

    def reaches(self, user, found):
        return units_within(user).filter(pk=found.pk).exists()


def flags_text(unit: Unit) -> str:
    believed = unit.believed_flags  # type: ignore[attr-defined]
    return ", ".join(dict.fromkeys(str(flag.get_kind_display()) for flag in believed)) or "–"
