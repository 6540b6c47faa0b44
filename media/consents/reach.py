"""Who may end the consent for a file, who may take that back, and which files somebody is shown.

Whoever may enter `/cms/` may end one of a file that a live page shows: the person in it may ask anybody of the staff,
and is asked for no reason. It is taken back by who may change the file.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from wagtail.documents.permissions import permission_policy as documents
from wagtail.images.permissions import permission_policy as pictures
from wagtail.models import Page
from wagtailmedia.permissions import permission_policy as recordings

from media.consents.ended import FILES, MODELS, EndedConsent
from media.replacing.showing import live_pages

POLICIES = {"picture": pictures, "document": documents, "recording": recordings}
CHANGE = ["change", "delete"]
OPEN = [*CHANGE, "choose"]
# ends within these days are listed
SOON = timedelta(days=60)
FOUND = 50


def may_change(user, row) -> bool:
    return POLICIES[FILES[type(row)]].user_has_any_permission_for_instance(user, CHANGE, row)


def may_open(user, row) -> bool:
    """Within one's own reach; what a page shows is seen by everybody."""
    kind = FILES[type(row)]
    return POLICIES[kind].user_has_any_permission_for_instance(user, OPEN, row) or bool(live_pages([(kind, row.pk)]))


def pages_of(row) -> list[Page]:
    kind = FILES[type(row)]
    return [page for page in live_pages([(kind, row.pk)]).get((kind, row.pk), []) if page.live]


# what was handed out with a file in it, as the rooms that make packages say: a sentence each, with one query or two
_PACKAGES: list[Callable[[Any], list[str]]] = []


def knows_packages(told: Callable[[Any], list[str]]) -> None:
    if told not in _PACKAGES:
        _PACKAGES.append(told)


def packages_with(row) -> list[str]:
    """Who has them is to be called: nothing that was copied is taken back by itself."""
    return [said for told in _PACKAGES for said in told(row)]


def _own(user, kind: str, actions: list[str]):
    return POLICIES[kind].instances_user_has_any_permission_for(user, actions)


def ending(user, day: date) -> list[tuple[str, Any]]:
    """(kind, file) whose last day is near, of those that this person may change; the nearest first. Three queries."""
    near = Q(consent_until__gte=day, consent_until__lte=day + SOON, consent_ended=False)
    rows = [
        (kind, row)
        for kind, model in MODELS.items()
        for row in model._default_manager.filter(near, pk__in=_own(user, kind, CHANGE).values("pk"))[:FOUND]
    ]
    return sorted(rows, key=lambda pair: (pair[1].consent_until, pair[1].title))


def ended(user) -> list[EndedConsent]:
    """Those in force, of files within one's reach; the latest first. One query."""
    mine = Q()
    for kind in MODELS:
        mine |= Q(**{f"{kind}__in": _own(user, kind, OPEN).values("pk")})
    return list(
        EndedConsent.objects.filter(mine, taken_back_at=None)
        .select_related(*MODELS, "by")
        .order_by("-at", "-pk")[:FOUND]
    )


def _by_words(model: Any, words: str):
    return model.objects.all().search(words)[:FOUND]


def found(user, words: str) -> list[tuple[str, Any]]:
    """(kind, file) by words of the title, of those that this person may open. A constant number of queries."""
    rows = [(kind, row) for kind, model in MODELS.items() for row in (_by_words(model, words) if words.strip() else ())]
    shown = live_pages((kind, row.pk) for kind, row in rows)
    open_to = {
        (kind, pk)
        for kind in MODELS
        for pk in _own(user, kind, OPEN)
        .filter(pk__in=[row.pk for one, row in rows if one == kind])
        .values_list("pk", flat=True)
    }
    return [(kind, row) for kind, row in rows if (kind, row.pk) in open_to or (kind, row.pk) in shown]
