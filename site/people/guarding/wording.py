"""Asks again before a form takes a text that tells who somebody is; without scripts, for every form alike.

A telephone or identity number has to go. Other signs may stay for a reason, which whoever answers for the writer's unit
reads (`insistence`) where the text was really stored (`kept_texts`).

    @writes("void", _("lý do hủy"), "reason")
    def person(request, …): …

stands inside what asks who may come in. What was typed is carried on the page that asks; the form then goes where it
was going.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import wraps

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from letters.identifying import Sign
from people import free_text
from people.guarding.insistence import LONGEST, insist, name_form
from people.guarding.kept_texts import storing
from people.postings.posting import Posting
from people.rights.scope import role_units, under
from people.times import covering, today

# of the page that asks: the field with the reason to go on
INSISTING = "vi-sao-giu"


# --- judging


@dataclass(frozen=True)
class Judged:
    """`refusals` are sentences about certain signs; `signs` the uncertain ones that are nobody's official name."""

    refusals: tuple[str, ...]
    signs: frozenset[Sign]

    @property
    def warning(self) -> str:
        """ "" where there is nothing to ask."""
        if not self.signs:
            return ""
        signs = free_text.names_of(sorted(self.signs))
        return _("Có thể nhận ra một người thật: %s. Nên viết lại, không nêu ai.") % signs


def judged(text: str, user) -> Judged:
    """At most one query of public numbers and three of the roster, where there is something to ask about; of no roster
    where `user` is None.
    """
    found = free_text.signs_of(text)
    doubtful = [one for one in found if not one.is_certain]
    official = _official({one.said for one in doubtful if one.said}, user) if doubtful and user else set()
    signs = frozenset(one.sign for one in doubtful if one.said not in official)
    return Judged(tuple(free_text.refusals(text)), signs)


def _official(names: set[str], user) -> set[str]:
    """Those among the names that the roster has in the user's own units."""
    posted = Posting.objects.current().filter(covering(today()), person=user).values_list("unit", flat=True)
    rows = Posting.objects.current().filter(covering(today()), person__full_name__in=names)
    return set(rows.filter(unit__in=under({*posted, *role_units(user)})).values_list("person__full_name", flat=True))


# --- the page that asks


@dataclass(frozen=True)
class Passage:
    """A field as it was posted, with what is said beside it."""

    name: str
    text: str
    refusals: tuple[str, ...] = ()
    warning: str = ""


def writes(code: str, label: str | Promise, *fields: str) -> Callable:
    """Decorates a view whose POST has free text in these fields (`*` stands for anything)."""
    name_form(code, label)

    def decorate(view):
        @wraps(view)
        def gate(request, *args, **kwargs):
            if request.method != "POST":
                return view(request, *args, **kwargs)
            texts = {name: request.POST[name] for name in request.POST if any(fnmatchcase(name, one) for one in fields)}
            judgements = {name: judged(text, request.user) for name, text in texts.items() if text}
            signs = frozenset(sign for one in judgements.values() for sign in one.signs)
            reason = request.POST.get(INSISTING, "").strip()
            if any(one.refusals for one in judgements.values()) or (signs and unfit(reason, request.user)):
                return _asking(request, label, texts, judgements, reason)
            if not signs:
                return view(request, *args, **kwargs)
            warned = {texts[name]: one.signs for name, one in judgements.items() if one.signs}
            with storing(warned) as stored:
                response = view(request, *args, **kwargs)
                if kept := stored.signs():
                    insist(request.user, code, kept, reason, timezone.now())
            return response

        return gate

    return decorate


def unfit(reason: str, user) -> str:
    """Why a reason to go on is none, in one sentence; "" where it is good."""
    if not reason:
        return _("Nếu vẫn giữ, hãy ghi lý do trong một câu.")
    if len(reason) > LONGEST:
        return _("Lý do dài quá %d chữ cái; ghi ngắn lại.") % LONGEST
    about = judged(reason, user)
    return about.refusals[0] if about.refusals else about.warning


def _asking(request, label, texts: dict[str, str], judgements: dict[str, Judged], reason: str) -> HttpResponse:
    shown = [
        Passage(name, texts[name], one.refusals, one.warning)
        for name, one in judgements.items()
        if one.refusals or one.signs
    ]
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"error": next(said for one in shown for said in (*one.refusals, one.warning))}, status=422)
    names = {one.name for one in shown} | {"csrfmiddlewaretoken", INSISTING}
    carried = [(name, value) for name, values in request.POST.lists() if name not in names for value in values]
    warned = any(one.warning for one in shown)
    context = {
        "label": label,
        "passages": shown,
        "carried": carried,
        "insisting": INSISTING,
        "longest": LONGEST,
        "reason": reason,
        "warned": warned,
        "unfit": unfit(reason, request.user) if warned and reason else "",
    }
    return render(request, "account/wording.html", context, status=422)
