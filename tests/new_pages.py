"""Every type of page that somebody may make, where it may stand, and its form."""

from django.urls import reverse
from wagtail.models import get_page_models

JSON = {"Accept": "application/json"}
# the site has one, made on its first day
NEVER_NEW = {"HomePage"}
CREATABLE = [model for model in get_page_models() if model.is_creatable and model.__name__ not in NEVER_NEW]


def parent_of(model):
    return next(
        page
        for parent in model.allowed_parent_page_models()
        for page in parent.objects.all()
        if model in page.specific.creatable_subpage_models() and model.can_create_at(page)
    )


def form_of(model, parent, user, page=None):
    form_class = model.get_edit_handler().get_form_class()
    return form_class(instance=page or model(), parent_page=parent, for_user=user)


def add_address(model, parent):
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])
