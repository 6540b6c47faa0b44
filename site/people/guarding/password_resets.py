"""A link to a new password is made and mailed by the worker: the request takes as long whoever's address it is."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from outbox.effects import Job, effect
from outbox.mail import enqueue_mail
from people.persons.user import User
from people.signing_in.forms import PASSWORD_RESET


@effect(PASSWORD_RESET, label=_("Gửi liên kết đặt lại mật khẩu"), forgets=True)
def send_link(job: Job) -> dict:
    for person in User.objects.filter(email__iexact=job.payload["email"], is_active=True):
        token = default_token_generator.make_token(person)
        path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), token])
        context = {"user": person, "password_reset_url": settings.BASE_URL + path}
        enqueue_mail(
            to=person.email or "",
            subject=render_to_string("account/email/password_reset_key_subject.txt", context).strip(),
            body=render_to_string("account/email/password_reset_key_message.txt", context).strip(),
            key=f"{job.key}:{person.pk}",
        )
    return {}
