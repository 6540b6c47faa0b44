"""What became of somebody's words in the clinic or among the exemplars, until she opened them: for her message of the
day. A row says that there is news, never what it is: that is read where it stands.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from outbox.clock import daily
from people.messages.day_before import before_one_of
from people.messages.topics import Falling
from people.messages.working_days import Window
from people.persons.merges import one_person
from people.persons.user import User
from people.privacy.erasure import person_erased

# who has not opened it until then knows where to look
KEPT = timedelta(days=30)


class NewsKind(models.TextChoices):
    CASE = "ca", _("Ca mình nêu")
    CONTRIBUTION = "gop", _("Lời mình góp")
    EXEMPLAR = "mo-hinh", _("Mô hình mình viết")


class TalkNews(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=NewsKind.choices)
    # the id of the case, or of the exemplar
    target = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "target"], name="talk_news_once")]


def tell(people: Iterable[int | None], kind: NewsKind, target: int, now: datetime) -> None:
    """In the transaction in which it happened. Several pieces of news about one thing are one; None is nobody."""
    known = {person for person in people if person is not None}
    rows = [TalkNews(person_id=person, kind=kind, target=target, at=now) for person in sorted(known)]
    once = ["person", "kind", "target"]
    TalkNews.objects.bulk_create(rows, update_conflicts=True, unique_fields=once, update_fields=["at"])


def opened(user: User, kinds: Collection[NewsKind], target: int) -> None:
    """She reads it; nothing is written where there was no news."""
    rows = TalkNews.objects.filter(person__in=one_person(user), kind__in=list(kinds), target=target)
    if found := list(rows.values_list("pk", flat=True)):
        TalkNews.objects.filter(pk__in=found).delete()


def forget(kinds: Collection[NewsKind], target: int) -> None:
    """Nobody opens it any more."""
    TalkNews.objects.filter(kind__in=list(kinds), target=target).delete()


def falling(window: Window, kinds: Collection[NewsKind]) -> Falling:
    """The kinds stand for the subjects."""
    rows = TalkNews.objects.filter(before_one_of(window, "at"), kind__in=list(kinds))
    found: Falling = defaultdict(set)
    for person, kind in rows.values_list("person", "kind"):
        found[person].add(kind)
    return found


def unopened(people: Collection[int], kinds: Collection[NewsKind]) -> dict[tuple[int, str], list[int]]:
    """{(person, kind): targets, the latest last}; one query."""
    rows: dict[tuple[int, str], list[int]] = defaultdict(list)
    found = TalkNews.objects.filter(person__in=people, kind__in=list(kinds)).order_by("at", "pk")
    for person, kind, target in found.values_list("person", "kind", "target"):
        rows[person, kind].append(target)
    return rows


@daily("courses.talk.news.end_old", at="03:50")
def end_old(now: datetime) -> None:
    TalkNews.objects.filter(at__lt=now - KEPT).delete()


def connect() -> None:
    person_erased.connect(_forget, dispatch_uid="courses.talk.news")


def _forget(sender, person: User, now: datetime, **kwargs) -> None:
    TalkNews.objects.filter(person=person).delete()
