"""What a commune can print: every format of a message with its preview, what went stale, what is to be taken down."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.communes.reading import local_contacts
from campaigns.loudspeakers.package import to_delete
from campaigns.messages.message import MessagePage
from campaigns.renderings import plan, reading, whose, withdrawing
from campaigns.renderings.composing import Composed, Order, Unprintable, composed, untranslated
from campaigns.renderings.formats import FORMATS, PICTURE_SLOTS, PICTURES, Format
from campaigns.renderings.issuing import again, issue
from campaigns.renderings.screens import gate
from campaigns.renderings.sheets import SheetVersion
from campaigns.renderings.stale import stale_of
from campaigns.renderings.texts.at_the_desk import spoken_in
from campaigns.renderings.texts.own_words import OwnWords, own_words
from config.languages import NAMES
from letters.numbers import is_number
from people.rights.scope import under
from people.times import today


@dataclass(frozen=True)
class Card:
    """A format in the gallery; `why` says what keeps it from being printed, "" where nothing does."""

    format: Format
    whole: Composed | None
    why: str
    # names of the languages in which it is whole beside Vietnamese
    languages: list[str]


@require_safe
@gate.printing
def home(request) -> HttpResponse:
    """The communes of her reach; straight to her own where there is one."""
    spaces, leads = list(whose.spaces(request.user)), whose.leads(request.user)
    if len(spaces) == 1 and not leads:
        return redirect("prints:gallery", spaces[0].pk)
    context = {"spaces": spaces, "leads": leads, "stale": len(stale_of(None)) if leads else 0}
    return render(request, "prints/home.html", context)


@require_safe
@gate.of_space
def gallery(request, space) -> HttpResponse:
    """`?thong-diep=` is the message shown; the first where none is asked for."""
    listed = [one for one in reading.printed_messages() if one.passages.all()]
    chosen = _chosen(listed, request.GET.get("thong-diep", ""))
    day = reading.season_day()
    rows = plan.steps_of(space.unit_id, day, today()) if day and gate.commune(space) else []
    context = {
        "space": space,
        "commune": gate.commune(space),
        "messages_listed": listed,
        "chosen": chosen,
        "cards": _cards(chosen, space) if chosen else [],
        "pictures": pictures_of(chosen) if chosen else [],
        "stale": stale_of(_units(space)),
        "to_take_down": withdrawing.to_take_down(space.unit_id),
        "to_delete": to_delete(_units(space) or []),
        "late": sum(row.is_late for row in rows),
        "steps": len(rows),
        "done": sum(row.done is not None for row in rows),
        "trail": gate.trail(),
    }
    return render(request, "prints/gallery.html", context)


def _units(space) -> list[int] | None:
    """The commune and those of which it was made; None for the province."""
    return None if gate.commune(space) is None else list(under({space.unit_id}).values_list("unit", flat=True))


def _chosen(listed: list[MessagePage], asked: str) -> MessagePage | None:
    if asked and is_number(asked):
        found = next((one for one in listed if str(one.pk) == asked), None)
        if found is None:
            raise Http404
        return found
    return listed[0] if listed else None


def _cards(message: MessagePage, space) -> list[Card]:
    source, commune = reading.source(message), gate.commune(space)
    contact = reading.contact_of(local_contacts(commune), "") if commune else None
    approved = own_words(commune, message, today())[0] if commune else OwnWords()
    spoken = spoken_in(message)
    cards = []
    for one in FORMATS.values():
        if message.is_alert and not source.passages.keys() >= set(one.slots):
            # an alert is over soon, and is written without those words
            continue
        order = Order(source, one, commune, "", contact, approved)
        whole_in = [tag for tag in spoken if not untranslated(replace(order, spoken=spoken[tag]))]
        names = [NAMES[tag][0] for tag in NAMES if tag in whole_in]
        try:
            cards.append(Card(one, composed(order), "", names))
        except Unprintable as why:
            cards.append(Card(one, None, str(why), names))
    return cards


def pictures_of(message: MessagePage) -> list[tuple[str, str, list[dict]]]:
    """(slot, its words, for each size what is shown): made ones with their address, else a stamped preview."""
    made = {(row.slot, row.size): row for row in message.pictures_to_post.all()}
    source = reading.source(message)
    shown = []
    for slot in PICTURE_SLOTS:
        if (passage := source.passages.get(slot)) is None:
            continue
        sizes = []
        for size in PICTURES.values():
            row = made.get((slot, size.key)) if passage.is_approved else None
            preview = reverse("prints:picture", args=[message.pk, slot, size.key])
            sizes.append({"size": size, "made": row, "url": row.file.url if row else preview})
        shown.append((slot, passage.text, sizes))
    return shown


# --- taking down, printing anew, the plan


@require_POST
@gate.of_space
def reprint_all(request, space) -> HttpResponse:
    """Every stale sheet of the commune with what is true now; what cannot be printed stays in the list and is told."""
    made = 0
    for one in stale_of(_units(space)):
        try:
            made += issue(again(one.version), request.user, timezone.now()) != one.version
        except Unprintable as why:
            messages.error(request, _("Tờ số %(number)s: %(why)s") % {"number": one.version.sheet_id, "why": why})
    if made:
        messages.success(request, _("Đã lấy số bản mới của %d tờ; tải về ở “Tờ đã lấy số”.") % made)
    return redirect("prints:issued", space.pk)


@require_safe
@gate.of_space
def issued(request, space) -> HttpResponse:
    """The newest version of each sheet that has a number, to be fetched again."""
    units = _units(space)
    whose = {"sheet__unit": None} if units is None else {"sheet__unit__in": units}
    every = SheetVersion.objects.newest().filter(**whose)
    rows = every.filter(withdrawal=None).order_by("-issued_at", "-pk").select_related("sheet__message", "sheet__unit")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "space": space,
        "page": page,
        "all_withdrawn": not page.object_list and every.exists(),
        "trail": gate.trail(space),
    }
    return render(request, "prints/issued.html", context)


@require_POST
@gate.of_space
def taken_down(request, space, pk: int) -> HttpResponse:
    if not withdrawing.taken_down(space.unit_id, min(pk, gate.LARGEST), request.user, timezone.now()):
        raise Http404
    messages.success(request, _("Đã ghi là xã đã gỡ."))
    return redirect("prints:gallery", space.pk)


@require_safe
@gate.of_space
def steps(request, space) -> HttpResponse:
    day = reading.season_day()
    if gate.commune(space) is None:
        raise Http404
    rows = plan.steps_of(space.unit_id, day, today()) if day else []
    context = {
        "space": space,
        "day": day,
        "rows": rows,
        "done": sum(row.done is not None for row in rows),
        "late": sum(row.is_late for row in rows),
        "trail": gate.trail(space),
    }
    return render(request, "prints/steps.html", context)


@require_POST
@gate.of_space
def step(request, space, pk: int) -> HttpResponse:
    """Ticks a step, or takes the tick back (`xong` is empty)."""
    found, day = plan.PlanStep.objects.filter(pk=min(pk, gate.LARGEST)).first(), reading.season_day()
    if found is None or day is None or gate.commune(space) is None:
        raise Http404
    plan.mark(found, space.unit_id, day.year, bool(request.POST.get("xong")), request.user, timezone.now())
    return redirect(f"{reverse('prints:steps', args=[space.pk])}#viec-{found.pk}")
