"""The one site of an installation: without it no page has an address."""

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _
from wagtail.models import Site


def refuse_the_last(instance: Site, **kwargs) -> None:
    """Also where the page on which it stands is deleted, and the site with it."""
    if not Site.objects.exclude(pk=instance.pk).exists():
        raise ProtectedError(_("Không xóa được trang web duy nhất: mọi trang sẽ mất địa chỉ."), {instance})


def connect() -> None:
    pre_delete.connect(refuse_the_last, sender=Site, dispatch_uid="pages.home.site")
