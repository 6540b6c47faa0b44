"""The board of messages: of a commune's own space, and of the province over all of them."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.activities.made.complete import SpokenThere
from campaigns.renderings import whose
from campaigns.renderings.screens import gate
from campaigns.renderings.screens.board import CHASED, RENDERINGS, board, progress, tell_voices
from campaigns.translating.orthography import Orthography, in_order
from campaigns.translating.rules import LABELS, State
from campaigns.translating.told.board import states_beside
from campaigns.translating.whose import may_enter

# messages
A_PAGE = 10


def _also() -> list:
    """States on which there is nothing to do, and those of a voice."""
    return [(State.APPROVED.value, LABELS[State.APPROVED.value]), *states_beside()]


@require_safe
@gate.of_space
def show(request, space) -> HttpResponse:
    """Filters: `tieng` (else the languages spoken there, where the commune said which; `tat-ca` all), `trang-thai`."""
    commune, leads = gate.commune(space), whose.leads(request.user)
    columns = in_order(Orthography.objects.live())
    spoken = set()
    if commune is not None:
        there = SpokenThere.objects.filter(commune=commune.unit_id, superseded_at=None)
        spoken = set(there.values_list("language", flat=True))
    asked, state = request.GET.get("tieng", ""), request.GET.get("trang-thai", "")
    chosen = [one for one in columns if one.language == asked]
    if not chosen and asked != "tat-ca":
        chosen = [one for one in columns if one.language in spoken]
    rows = board(chosen or columns, commune, named=leads, vietnamese=asked not in {one.language for one in chosen})
    by_language = progress(rows)
    labels = dict([*((one, LABELS[one]) for one in CHASED if one in LABELS), *_also()])
    if state in labels:
        tell_voices(rows, chosen or columns)
        rows = [row for row in rows if row.in_state(state)]
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    if state not in labels:
        tell_voices(page.object_list, chosen or columns)
    context = {
        "space": space,
        "commune": commune,
        "page": page,
        "query": urlencode({name: value for name, value in (("tieng", asked), ("trang-thai", state)) if value}),
        "progress": by_language,
        # languages of which there is nothing are one line, unless somebody asked for them
        "folds": not asked and not state,
        "renderings": RENDERINGS.values(),
        "languages": [(one.language, str(one), one.language == asked) for one in columns],
        "states": [(one, label, one == state) for one, label in labels.items()],
        "only_spoken": bool(spoken) and not asked,
        "leads": leads,
        "at_the_desk": may_enter(request.user),
        "trail": gate.trail(space) if commune else gate.trail(),
        "heading": _("Bảng thông điệp: %s") % space.title if commune else _("Bảng thông điệp: cả tỉnh"),
    }
    return render(request, "prints/board.html", context)
