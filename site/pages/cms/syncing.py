"""Bringing translations in step with their source publishes none: what is new in them is Vietnamese still.

wagtail-localize offers to publish at once; a translation goes live by its own editor, where somebody decides.
"""

from django import forms
from wagtail_localize.views.update_translations import UpdateTranslationsForm


def connect() -> None:
    """Takes the offer out of the form; a disabled field keeps its value whatever is sent."""
    offer = UpdateTranslationsForm.base_fields["publish_translations"]
    offer.disabled, offer.widget = True, forms.HiddenInput()
