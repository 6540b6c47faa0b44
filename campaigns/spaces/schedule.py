"""Updates the spaces after an import that changed the map, and nightly, since reforms take effect on a day."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.communes.commune import CommunesPage
from campaigns.spaces.spaces import bring_in_step
from outbox.clock import daily
from outbox.effects import Job, effect, enqueue
from pages.serving import version
from people.units.successions import reach_changed

STEP = "commune_spaces"


@effect(STEP, label=_("Cập nhật trang của các xã"))
def follow_units(job: Job) -> dict:
    return {"changed": bring_in_step(timezone.localdate(job.clock()))}


def connect() -> None:
    reach_changed.connect(map_changed, dispatch_uid="campaigns.spaces")


def map_changed(sender, **kwargs) -> None:
    """Enqueues the update in the transaction that changed the map, once there are pages of communes."""
    if CommunesPage.objects.exists():
        enqueue(STEP, {})


@daily("campaigns.spaces_in_time.follow_the_day", at="00:01")
def follow_the_day(now: datetime) -> None:
    """Also drops cached pages, since lists of coming and past notices change with the day."""
    bring_in_step(timezone.localdate(now))
    version.raise_version()
