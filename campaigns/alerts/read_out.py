"""Until when alerts are read over loudspeakers and handed to broadcasters, and whether they are over."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.alerts.alert import Alert, Ended


def ends_of(keys: Collection[UUID]) -> dict[UUID, tuple[date | None, str]]:
    """By message: (last day, why it is over, "" while it stands); one query."""
    rows = Alert.objects.filter(key__in=keys).values_list("key", "ends_on", "ended")
    words: dict[str, str] = {Ended.WITHDRAWN: _("đã rút"), Ended.EXPIRED: _("đã hết hạn")}
    return {key: (ends_on, words.get(ended, "")) for key, ends_on, ended in rows}
