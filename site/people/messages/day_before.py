"""When people are told of what others did: on the day after. What is answered or undone at once is nobody's mail."""

from datetime import datetime, time

from django.db.models import Q
from django.utils import timezone

from people.messages.working_days import Window


def before_one_of(window: Window, field: str) -> Q:
    """On rows whose moment `field` lies on the day before one of the window's."""
    first, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (window.after, window.last))
    return Q(**{f"{field}__gte": first, f"{field}__lt": end})
