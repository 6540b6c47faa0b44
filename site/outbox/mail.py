"""Mail through the outbox, at most once: a message whose fate is unknown after a crash is never sent again.

    enqueue_mail(to="…", subject="…", body="…", key="reminder:17:2026-12-01")

The Message-ID is made from the key, so that a mailbox can tell a copy; the row says `sending` before the server is
handed the message and `sent` after.
"""

import hashlib
import logging
import smtplib
from contextlib import suppress
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.translation import gettext_lazy as _

from outbox.effects import Effect, Job, Refused, TryLater, effect, enqueue

# the server was never reached or said no before it took the message: nothing went out
NOT_SENT = (ConnectionRefusedError, smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)
REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


logger = logging.getLogger("outbox")


def enqueue_mail(
    *,
    to: str,
    subject: str,
    body: str,
    key: str,
    html: str = "",
    requested_by=None,
    available_at: datetime | None = None,
) -> Effect:
    payload = {"to": to, "subject": subject, "body": body, "html": html}
    return enqueue("mail", payload, f"mail:{key}", requested_by=requested_by, available_at=available_at)


def message_id(key: str) -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


UNKNOWN = _("Không rõ thư đã đi hay chưa vì đường truyền hoặc máy chủ dừng giữa chừng; thư không được gửi lần nữa.")
AWAY = _("Máy chủ thư chưa nhận; thư sẽ được gửi lại.")


@effect("mail", label=_("Gửi thư"))
def send(job: Job) -> dict:
    if "sending" in job.effect.result:
        raise Refused(UNKNOWN)
    connection = get_connection()
    message = _message(job, connection)
    try:
        connection.open()
    except Exception as error:
        # no address, no line, no welcome: whatever it was, nothing was handed over yet
        logger.warning("the mail server cannot be reached (%s)", type(error).__name__)
        raise TryLater(2**job.attempt, AWAY) from None
    try:
        return _hand_over(job, message)
    finally:
        with suppress(Exception):
            connection.close()


def _hand_over(job: Job, message: EmailMultiAlternatives) -> dict:
    job.remember(sending=job.clock().isoformat())
    try:
        message.send()
    except (*NOT_SENT, *REFUSED) as error:
        job.forget("sending")
        if isinstance(error, REFUSED) and not _is_temporary(error):
            raise Refused(_("Máy chủ thư từ chối địa chỉ nhận hoặc nội dung thư.")) from None
        raise TryLater(2**job.attempt, AWAY) from None
    except Exception as error:
        raise Refused(UNKNOWN) from error
    # the address and the text have done their work
    job.mine().update(payload={})
    return {"sent": job.clock().isoformat()}


def _message(job: Job, connection) -> EmailMultiAlternatives:
    parts = job.payload
    message = EmailMultiAlternatives(
        parts["subject"],
        parts["body"],
        to=[parts["to"]],
        headers={"Message-ID": message_id(job.key)},
        connection=connection,
    )
    if parts.get("html"):
        message.attach_alternative(parts["html"], "text/html")
    return message


def _is_temporary(error: smtplib.SMTPException) -> bool:
    """RFC 5321, 4.2.1: a 4yz reply asks the client to try again."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and 400 <= error.smtp_code < 500
