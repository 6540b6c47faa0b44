"""What is typed about a number: the number itself, a trial call, the second call, why it is taken off."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from config.languages import LANGUAGES
from pages.contacts.confirming import Fault, propose
from pages.contacts.contact import Contact
from pages.contacts.dialling import is_national_abroad
from pages.contacts.national import national_faults
from pages.contacts.versions import SAID
from pages.contacts.who import EDITORS, leads_the_province
from people.rights.roles import RoleKind
from people.rights.scope import reach_of, role_units
from people.times import today
from people.typed_fields import DayField
from people.typed_times import Looks
from people.units.unit import Unit


class ContactForm(WagtailAdminModelForm):
    """By unit code, as roles are given."""

    unit_code = forms.CharField(
        label=_("Mã đơn vị"), max_length=20, required=False, help_text=_("Để trống là số chung của cả tỉnh, thành phố.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Tiếng nói được"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Người nghe máy nói được tiếng nào; không chọn nghĩa là chỉ tiếng Việt."),
    )
    valid_from = DayField(
        label=_("Dùng từ ngày"),
        required=False,
        widget=AdminDateInput,
        looks=Looks.AHEAD,
        help_text=_("Trước ngày ấy số chưa hiện ra. Để trống nếu dùng ngay."),
    )
    valid_to = DayField(
        label=_("Dùng đến hết ngày"),
        required=False,
        widget=AdminDateInput,
        looks=Looks.AHEAD,
        help_text=_("Hết ngày ấy số tự thôi hiện. Để trống nếu dùng lâu dài."),
    )
    field_order = [
        "number",
        "abroad",
        "country",
        "name",
        "when",
        "hours",
        "cost",
        "languages",
        "valid_from",
        "valid_to",
        "unit_code",
        "order",
        "source",
        "note",
    ]

    class Meta:
        model = Contact
        fields = [
            *("number", "abroad", "country", "name", "when", "hours", "cost"),
            *("languages", "valid_from", "valid_to", "order", "source", "note"),
        ]
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
        self.initial["languages"] = (self.initial.get("languages") or "").split(",")
        code = self.fields["unit_code"]
        if self.instance.pk:
            # a number of another unit is another contact, with calls of its own
            code.disabled, code.help_text = True, _("Số đã ghi thì không chuyển đơn vị.")
            code.initial = self.instance.unit.code if self.instance.unit else ""
            return
        if not leads_the_province(self.for_user):
            code.help_text = _("Mã của đơn vị mình.")
        if len(own := role_units(self.for_user, {RoleKind.COMMUNE_EDITOR})) == 1:
            code.initial = Unit.objects.get(pk=own.pop()).code

    def clean_languages(self) -> str:
        """In the order of the list, so that the same choice is the same text."""
        return ",".join(tag for tag, _name in LANGUAGES if tag in self.cleaned_data["languages"])

    def clean_number(self):
        return " ".join(self.cleaned_data["number"].split())

    def clean_unit_code(self):
        code = self.cleaned_data["unit_code"].strip()
        if self.instance.pk:
            return code
        unit = Unit.objects.on(today()).coded(code).first() if code else None
        if code and unit is None:
            raise ValidationError(gettext("Hôm nay không có đơn vị nào mang mã này; hãy xem danh mục đơn vị."))
        if not leads_the_province(self.for_user) and (unit is None or unit.pk not in reach_of(self.for_user, EDITORS)):
            raise ValidationError(gettext("Chỉ ghi được số của đơn vị mình; hãy ghi mã đơn vị của anh chị."))
        self.instance.unit = unit
        return unit.code if unit else ""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("abroad") and "number" in cleaned and not cleaned["number"].startswith("+"):
            self.add_error("number", gettext("Số để gọi từ nước ngoài bắt đầu bằng dấu + và mã nước, ví dụ +84 236…"))
        if cleaned.get("abroad") and is_national_abroad(cleaned.get("number", "")):
            self.add_error(
                "number", gettext("Số này chỉ gọi được ở Việt Nam, thêm +84 cũng không gọi được từ nước ngoài.")
            )
        if cleaned.get("valid_from") and cleaned.get("valid_to") and cleaned["valid_to"] < cleaned["valid_from"]:
            self.add_error("valid_to", gettext("Ngày cuối đứng trước ngày đầu."))
        if cleaned.get("country") and not cleaned.get("abroad"):
            self.add_error("abroad", gettext("Có tên nước thì chọn “để gọi từ nước ngoài”, hoặc bỏ tên nước."))
        for name, fault in national_faults(cleaned, self.instance.unit is None).items():
            self.add_error(name, fault)
        return cleaned

    def _get_validation_exclusions(self):
        # part of the constraint that a number stands once
        return super()._get_validation_exclusions() - {"unit"}

    def save(self, commit=True):
        """What the public sees stays; what was written waits for its second call. Words of editors change at once."""
        data, contact, now = self.cleaned_data, self.instance, timezone.now()
        if contact.pk:
            contact = Contact.objects.get(pk=contact.pk)
            contact.source, contact.note = data["source"], data["note"]
            contact.save(update_fields=["source", "note"])
        else:
            contact.save()
        propose(contact, {name: data[name] for name in SAID}, self.for_user, now)
        self.instance.refresh_from_db()
        return self.instance


class CallForm(forms.Form):
    called_on = DayField(label=_("Gọi thử ngày"), widget=AdminDateInput, looks=Looks.BACK)
    answered = forms.TypedChoiceField(
        label=_("Kết quả"),
        choices=[("1", _("Có người nghe, đúng nơi")), ("0", _("Không ai nghe, hoặc không đúng nơi"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )


CONFIRM = "confirm"
COMPARED = [(CONFIRM, _("Đã đối chiếu với căn cứ, đúng: cho hiện ra ngoài")), (Fault.WORDS, Fault.WORDS.label)]


class SecondCallForm(forms.Form):
    """Of exactly the version that stood on the page; a national number is compared with its source, not called."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Kết quả"),
        choices=[(CONFIRM, _("Tôi đã gọi, có người nghe, đúng nơi: cho hiện ra ngoài")), *Fault.choices],
        widget=forms.RadioSelect,
    )
    called_on = DayField(label=_("Gọi ngày"), required=False, widget=AdminDateInput, looks=Looks.BACK)
    dialled = forms.CharField(
        label=_("Số đã bấm để gọi"),
        required=False,
        max_length=40,
        help_text=_("Gõ lại theo nhật ký cuộc gọi trong máy, để biết chắc đã gọi đúng số này."),
    )
    why = forms.CharField(label=_("Ghi thêm cho người viết"), required=False, max_length=250)

    def __init__(self, *args, national: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if national:
            del self.fields["called_on"], self.fields["dialled"]
            self.fields["decision"].choices = COMPARED  # type: ignore[attr-defined]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") == Fault.WORDS and not cleaned.get("why"):
            self.add_error("why", gettext("Ghi lời nào chưa đúng, để người viết sửa."))
        return cleaned


class TakeOffForm(forms.Form):
    why = forms.CharField(label=_("Vì sao gỡ"), max_length=250, help_text=_("Ví dụ: số không còn dùng từ hôm nay."))
