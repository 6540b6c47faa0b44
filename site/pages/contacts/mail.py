"""Tells who wrote a number what became of it, by mail through the outbox.

The reason stands on its page only, since mail is read on shared screens and stored by others.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from outbox.mail import enqueue_mail
from pages.contacts.versions import ContactVersion, VersionState


def tell_writer(version: ContactVersion) -> None:
    """Once for each answer; not where she has no address, or is gone."""
    writer = version.written_by
    if writer is None or not writer.is_active or not writer.email:
        return
    params = {
        "name": version.name,
        "address": settings.BASE_URL + reverse("contacts:second_call", args=[version.contact_id]),
    }
    if version.state == VersionState.CONFIRMED:
        subject = _("Số liên hệ anh chị ghi đã được gọi lần hai")
        body = _("Số của “%(name)s” đã có người thứ hai gọi và xác nhận; số đang hiện ra ngoài.\n\n%(address)s\n")
    else:
        subject = _("Số liên hệ anh chị ghi được trả lại")
        body = _("Số của “%(name)s” được trả lại để sửa. Lý do ghi ở trang của số ấy:\n\n%(address)s\n")
    enqueue_mail(to=writer.email, subject=subject, body=body % params, key=f"contact:{version.pk}:{version.state}")
