"""Text messages by a plain HTTP hook, off unless TEXT_MESSAGE_URL names one.

What is posted is JSON: `{"id": "…", "to": "0905123456", "text": "…"}`, with `Authorization: Bearer …` where
TEXT_MESSAGE_TOKEN is set. `id` is the same at each try, so that the receiver can drop a copy. Any 2xx takes it, 4xx
refuses it for good (but 408, 425 and 429), everything else is tried again.
"""

import hashlib
import logging

import requests
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from outbox.effects import Job, Refused, TryLater

# minutes between tries, and seconds that a receiver may take
FIRST_WAIT, LONGEST_WAIT, PATIENCE = 0.5, 240, 30
AGAIN = {408, 425, 429}
AWAY = _("Dịch vụ tin nhắn chưa nhận; tin sẽ được gửi lại.")

logger = logging.getLogger("outbox")


def are_on() -> bool:
    return bool(settings.TEXT_MESSAGE_URL)


def deliver(job: Job, to: str, text: str) -> dict:
    """Posts the message for an effect of any kind; raises Refused and TryLater as every handler may."""
    if not are_on():
        raise Refused(_("Máy chủ không được đặt để gửi tin nhắn."))
    message = {"id": hashlib.sha256(job.key.encode()).hexdigest()[:32], "to": to, "text": text}
    token = settings.TEXT_MESSAGE_TOKEN
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        answer = requests.post(
            settings.TEXT_MESSAGE_URL, json=message, headers=headers, timeout=PATIENCE, allow_redirects=False
        )
    except requests.RequestException as error:
        # only the class: the text of the error has the address, which may hold a secret
        logger.warning("the receiver of text messages cannot be reached (%s)", type(error).__name__)
        raise _later(job) from None
    if answer.ok and not answer.is_redirect:
        return {"sent": job.clock().isoformat()}
    logger.warning("the receiver of text messages answered %d", answer.status_code)
    if 400 <= answer.status_code < 500 and answer.status_code not in AGAIN:
        raise Refused(_("Dịch vụ tin nhắn từ chối số máy hoặc nội dung."))
    raise _later(job)


def _later(job: Job) -> TryLater:
    return TryLater(min(FIRST_WAIT * 2**job.failures, LONGEST_WAIT), AWAY)
