"""The one way in which an editor puts a number to call into a text: chosen from the province's confirmed ones."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from letters.numbers import is_number
from pages.contacts.contact import Contact


class ContactChooserBlock(blocks.ChooserBlock):
    """The value is the contact, None where it was deleted. Whoever draws it asks `is_public`: a number may lose its
    confirmation after it was chosen.
    """

    target_model = Contact
    widget = forms.Select

    def __init__(self, **options):
        super().__init__(
            **{"help_text": _("Chỉ có số đang hiện ra ngoài. Số khác: ghi ở “Số liên hệ”, chờ gọi lần hai."), **options}
        )

    @cached_property
    def field(self):
        field = super().field
        field.queryset = Contact.objects.provincial().public()
        return field

    def value_from_form(self, value):
        """A select says nothing with an empty text, where Wagtail's own choosers say None."""
        return super().value_from_form(value) if is_number(str(value)) or isinstance(value, Contact) else None

    def get_form_state(self, value):
        # a select, not the pop-up that Wagtail's own choosers open
        return self.field.widget.format_value(self.field.prepare_value(value))

    class Meta:
        icon = "mobile-alt"
        label = _("Số liên hệ")
