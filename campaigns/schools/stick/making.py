"""The zip of all lessons is made in the background, once for what stands on a day: it takes half a minute."""

import hashlib
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.schools.approvals import PackApproval
from campaigns.schools.lesson import SchoolsPage
from campaigns.schools.reading import live_lessons
from campaigns.schools.stick.files import stick
from campaigns.schools.stick.zipping import zipped
from outbox.effects import Effect, EffectState, Job, Refused, effect, enqueue, retry
from outbox.private_files import private_files
from pages.languages import SOURCE
from people.times import today
from printing import MissingLetter

EFFECT = "school_sticks"


def key_of_now() -> str:
    """Of the day and of what is live and approved; three queries."""
    live = live_lessons().values_list("pk", "last_published_at")
    above = SchoolsPage.objects.live().values_list("pk", "last_published_at")
    approved = PackApproval.objects.current().order_by("pk").values_list("pk", flat=True)
    mark = hashlib.sha256(repr((list(live), list(above), list(approved))).encode()).hexdigest()[:32]
    return f"{EFFECT}:{today()}:{mark}"


def work_of_now() -> Effect | None:
    return Effect.objects.filter(key=key_of_now()).first()


@transaction.atomic
def ask() -> Effect:
    """Whoever asks: it is made once, and again where that failed or its file is gone."""
    work = work_of_now()
    if work is not None and work.state == EffectState.FAILED:
        retry(work, timezone.now())
    if work is not None and work.state == EffectState.DONE and not file_of(work):
        work.delete()
    return enqueue(EFFECT, {}, key=key_of_now())


def file_of(work: Effect | None) -> str:
    """The name of the finished file; "" where there is none."""
    if work is None or work.state != EffectState.DONE:
        return ""
    name = work.result.get("file", "")
    return name if name and private_files.exists(name) else ""


@effect(EFFECT, label=gettext_lazy("Mọi bài học về USB"))
def make(job: Job) -> dict:
    packs, day = list(live_lessons()), today()
    if not packs:
        raise Refused(_("Chưa có bài học nào được đăng."))
    try:
        with translation.override(SOURCE):
            content = zipped(stick(visitor(), packs, day, job.progress))
    except MissingLetter as missing:
        raise Refused(str(missing)[:400]) from None
    name = private_files.save("sticks/bai-hoc.zip", ContentFile(content))
    return {"file": name, "download": f"bai-hoc-tat-ca-{day}.zip", "bytes": len(content)}


def visitor() -> WSGIRequest:
    """As somebody without an account asks at the site's own address."""
    site = urlsplit(settings.BASE_URL)
    port = site.port or (443 if site.scheme == "https" else 80)
    asked = {"SERVER_NAME": site.hostname or "localhost", "SERVER_PORT": str(port), "HTTP_HOST": site.netloc}
    more = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "REMOTE_ADDR": "", "wsgi.url_scheme": site.scheme}
    return WSGIRequest({**asked, **more, "wsgi.input": BytesIO()})
