"""A calendar as a file of RFC 5545. The same events give the same bytes."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from courses.calendars.event import Event

PRODUCT = "-//La Chan//Lich//VI"
# how often a calendar may ask again; what is older is not told apart by any program we know
EVERY = timedelta(hours=6)


def written(name: str, events: Iterable[Event], stamp: datetime) -> bytes:
    """UTF-8, lines of at most 75 bytes that end with CRLF. `stamp`, the moment of DTSTAMP, is that of the address and
    not that of the request, so that a program which asks again with an ETag learns that nothing changed.
    """
    # 80 ms of an import that only this file needs, so not at the start of every process
    from icalendar import Calendar
    from icalendar import Event as Entry

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # RFC 7986, and what programs before it read
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", EVERY, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for event in events:
        calendar.add_component(_filled(Entry(), event, stamp))
    return calendar.to_ical()


def _filled(entry, event: Event, stamp: datetime):
    entry.add("uid", event.uid(settings.BASE_URL))
    entry.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    entry.add("dtstart", _moment(event.starts))
    # the end of a whole day is the day after it
    entry.add("dtend", _moment(event.ends) if event.ends else event.starts + timedelta(days=1))
    entry.add("summary", event.title)
    entry.add("description", f"{event.words}\n{event.address}")
    entry.add("url", event.address)
    if event.place:
        entry.add("location", event.place)
    if not event.ends:
        # a due day makes nobody busy
        entry.add("transp", "TRANSPARENT")
    return entry


def _moment(value: date | datetime) -> date | datetime:
    """Hours in UTC, which need no table of a zone; days as they are in Asia/Ho_Chi_Minh."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value
