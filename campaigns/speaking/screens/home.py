"""`/tieng-noi/`: a person's languages; `/tieng-noi/<tiếng>/`: message by message, what waits for a voice."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.speaking import whose
from campaigns.speaking.screens import gate
from campaigns.speaking.told.board import voices
from campaigns.translating import whose as desk
from campaigns.translating.orthography import TAGS
from people.rights.languages import Does, works_of


def _languages(user) -> list[str]:
    every = set(desk.orthographies_of(user).values_list("language", flat=True))
    places = {tag: place for place, tag in enumerate(TAGS)}
    return sorted(every, key=lambda tag: (places.get(tag, len(TAGS)), tag))


@require_safe
@gate.entering
def home(request) -> HttpResponse:
    languages = _languages(request.user)
    told = voices(languages, questions=True)
    works = works_of(request.user)
    rows = [
        {
            "language": tag,
            "name": gate.name_of(tag),
            "heard": sum(one.is_public for one in told[tag]),
            "to_speak": sum(one.to_speak + one.asked_to_speak for one in told[tag]),
            "awaiting": sum(one.awaiting + one.asked_awaiting for one in told[tag]),
            "messages": len(told[tag]),
            "does": ", ".join(str(Does(what).label) for what in sorted(works.get(tag, ()))),
        }
        for tag in languages
    ]
    return render(request, "speaking/home.html", {"rows": rows, "trail": []})


@require_safe
@gate.hearing
def queue(request, language: str) -> HttpResponse:
    rows = voices([language], questions=True)[language]
    context = {
        "language": language,
        "name": gate.name_of(language),
        "rows": sorted(rows, key=lambda one: (not one.awaiting + one.asked_awaiting, not one.to_speak)),
        "speaks": whose.speaks(request.user, language),
        "trail": gate.trail(),
    }
    return render(request, "speaking/queue.html", context)
