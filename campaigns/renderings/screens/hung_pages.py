"""Where sheets were hung or handed out: told from the sheet itself, it is an activity that a second person verifies,
and is not entered again in the log.
"""

from uuid import NAMESPACE_URL, UUID, uuid5

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from campaigns.activities.made import whose as log
from campaigns.activities.made.activity import Source
from campaigns.activities.made.kind import ActivityKind
from campaigns.activities.made.writing import Refused, Said, write
from campaigns.renderings.screens import gate
from campaigns.renderings.sheets import SheetVersion
from people.times import today
from people.typed_fields import typed_day
from people.typed_times import Looks

# which kind of activity a format is, by its key in the log
KINDS = {"a4": "ap-phich", "a3": "ap-phich", "bang-ron": "bang-ron", "to-gap": "to-gap", "the-cua": "the-treo-cua"}
KINDS["the"] = "to-gap"
MOST = 100_000


class HungForm(forms.Form):
    on = typed_day(gettext_lazy("Ngày treo, phát"), looks=Looks.BACK)
    quantity = forms.IntegerField(label=gettext_lazy("Số nơi treo, hoặc số tờ đã phát"), min_value=1, max_value=MOST)

    def clean_on(self):
        if self.cleaned_data["on"] > today():
            raise ValidationError(_("Ngày này ở tương lai."))
        return self.cleaned_data["on"]


def kind_of(row: SheetVersion) -> ActivityKind | None:
    """None for what is read out, and for kinds that the province uses no more."""
    return ActivityKind.objects.filter(key=KINDS.get(row.sheet.format, ""), retired=False).first()


def form_for(user, row: SheetVersion) -> HungForm | None:
    """None where nothing can be told of it, or not by her."""
    if row.withdrawal_id is not None or kind_of(row) is None or not writes(user, row):
        return None
    return HungForm(initial={"on": today()})


def writes(user, row: SheetVersion) -> bool:
    """In the log of the sheet's commune, if that is there today."""
    hers = log.communes().filter(log.at(user, log.WRITING_KINDS, "pk"))
    return row.sheet.unit_id is not None and hers.filter(pk=row.sheet.unit_id).exists()


def key_of(row: SheetVersion, on) -> UUID:
    """Told again of the same day it is the same activity."""
    return uuid5(NAMESPACE_URL, f"la-chan:to:{row.pk}:{on:%Y-%m-%d}")


@require_POST
@gate.of_version
def hung(request, row: SheetVersion) -> HttpResponse:
    kind, unit = kind_of(row), row.sheet.unit
    if unit is None or not writes(request.user, row):
        raise PermissionDenied(_("Ghi tờ đã treo là việc của xã có tờ này."))
    form = HungForm(request.POST)
    back = redirect("prints:version", row.sheet_id, row.number)
    if kind is None or row.withdrawal_id is not None:
        messages.error(request, _("Tờ này đã rút, hoặc loại tờ này không ghi vào sổ hoạt động."))
        return back
    if not form.is_valid():
        messages.error(request, " ".join(str(said) for those in form.errors.values() for said in those))
        return back
    on, details = form.cleaned_data["on"], {"quantity": form.cleaned_data["quantity"]}
    said = Said(kind, unit, unit, None, on, {}, details, [row.sheet.language])
    try:
        write(request.user, key_of(row, on), said, timezone.now(), send=True, source=Source.PRINTS)
    except Refused as sentence:
        messages.error(request, str(sentence))
        return back
    messages.success(request, _("Đã ghi vào sổ hoạt động; người thứ hai xác nhận thì tính, không cần ghi lại."))
    return back
