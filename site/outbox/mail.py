"""Mail through the outbox: none is lost, and a mailbox holds each once.

    enqueue_mail(to="…", subject="…", body="…", key="reminder:17:2026-12-01")

A sender that dies between a server's taking a message and its saying so cannot know the message's fate. RFC 5321,
4.5.4.1 asks it to try again, so we do; the Message-ID is made from the key (RFC 5322, 3.6.4), the same at each try, by
which mailboxes drop a copy (RFC 7352). `result["handed"]` counts how often a message may have reached the server.
"""

import hashlib
import logging
import smtplib
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.translation import gettext_lazy as _

from outbox.effects import Effect, Job, Refused, TryLater, effect, enqueue

# minutes between tries, from a quarter (somebody waits for a reset link) to four hours; about three days in all, of the
# four to five that RFC 5321, 4.5.4.1 gives a mail server itself
FIRST_WAIT, LONGEST_WAIT, TRIES = 0.25, 240, 30
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


AWAY = _("Máy chủ thư chưa nhận; thư sẽ được gửi lại.")


@effect("mail", label=_("Gửi thư"), tries=TRIES, forgets=True)
def send(job: Job) -> dict:
    return deliver(job, job.payload)


def deliver(job: Job, parts: Mapping[str, str]) -> dict:
    """Hands a mail (`to`, `subject`, `body`, perhaps `html`) to the server, for an effect of any kind: one that writes
    its text only as it goes out calls it with that text. Raises Refused and TryLater as every handler may.
    """
    connection = get_connection()
    message = _message(job, parts, connection)
    try:
        connection.open()
    except Exception as error:
        # no address, no line, no welcome: whatever it was, nothing was handed over yet
        logger.warning("the mail server cannot be reached (%s)", type(error).__name__)
        raise _later(job) from None
    try:
        return _hand_over(job, message)
    finally:
        with suppress(Exception):
            connection.close()


def _hand_over(job: Job, message: EmailMultiAlternatives) -> dict:
    job.remember(handed=job.effect.result.get("handed", 0) + 1)
    try:
        message.send()
    except REFUSED as error:
        job.remember(handed=job.effect.result["handed"] - 1)
        if not _is_temporary(error):
            raise Refused(_("Máy chủ thư từ chối địa chỉ nhận hoặc nội dung thư.")) from None
        raise _later(job) from None
    except OSError as error:  # smtplib's errors are of this kind too
        logger.warning("the line broke while a mail was handed over (%s)", type(error).__name__)
        raise _later(job) from None
    return {"sent": job.clock().isoformat()}


def _later(job: Job) -> TryLater:
    return TryLater(min(FIRST_WAIT * 2**job.failures, LONGEST_WAIT), AWAY)


def _message(job: Job, parts: Mapping[str, str], connection) -> EmailMultiAlternatives:
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
