"""E-mail and telephone as somebody types them about another person."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.persons.phones import normal_phone


class ContactFields(forms.Form):
    email = forms.EmailField(label=gettext_lazy("Email"), max_length=254, required=False)
    phone = forms.CharField(label=gettext_lazy("Điện thoại"), max_length=80, required=False)

    def clean_email(self) -> str | None:
        return self.cleaned_data["email"].lower() or None

    def clean_phone(self) -> str | None:
        written = self.cleaned_data["phone"]
        phone = normal_phone(written) if written else None
        if written and not phone:
            raise forms.ValidationError(_("Số điện thoại không đúng dạng; hãy ghi như 0905 123 456."))
        return phone
