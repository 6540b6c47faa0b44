"""`/dich/`: a person's languages and what waits in each; `/dich/<tiếng>/`: page by page."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.translating import whose
from campaigns.translating.orthography import Orthography, in_order
from campaigns.translating.remarks import Remark
from campaigns.translating.screens import gate
from campaigns.translating.sentences import Change, NamedApprover, SentenceTranslation, SourceSentence
from campaigns.translating.told.board import BoardRow, Progress, board, progress
from people.rights.languages import Does, who_does, works_of


@dataclass(frozen=True)
class Language:
    orthography: Orthography
    progress: Progress | None
    does: str
    translators: int
    approvers: int


@require_safe
@gate.entering
def home(request) -> HttpResponse:
    orthographies = in_order(whose.orthographies_of(request.user).filter(is_live=True))
    counted = {one.orthography.pk: one for one in progress(board(orthographies))}
    works, translate, approve = works_of(request.user), who_does(Does.TRANSLATES), who_does(Does.APPROVES)
    languages = [
        Language(
            one,
            counted.get(one.pk),
            ", ".join(str(Does(what).label) for what in sorted(works.get(one.language, ()))),
            len(translate.get(one.language, ())),
            len(approve.get(one.language, ())),
        )
        for one in orthographies
    ]
    leads = whose.leads(request.user)
    context = {
        "languages": languages,
        "leads": leads,
        "to_say": SourceSentence.objects.present().filter(change=Change.UNSAID).count() if leads else 0,
        "to_answer": Remark.objects.filter(cannot=True, answered_at=None).count() if leads else 0,
        "approves": any(Does.APPROVES in what for what in works.values()),
        "is_named": NamedApprover.objects.filter(person=request.user).exists(),
    }
    return render(request, "translating/home.html", context)


@require_POST
@gate.entering
def be_named(request) -> HttpResponse:
    """Her own consent, given and taken back by herself."""
    if request.POST.get("dong-y"):
        NamedApprover.objects.get_or_create(person=request.user, defaults={"agreed_at": timezone.now()})
        messages.success(request, _("Từ nay tên anh chị hiện ở bài mà anh chị duyệt, không in trên giấy."))
    else:
        for row in NamedApprover.objects.filter(person=request.user):
            row.delete()
        messages.success(request, _("Tên anh chị không còn hiện trên trang."))
    return redirect("desk:home")


@require_safe
@gate.in_language
def queue(request, orthography: Orthography) -> HttpResponse:
    rows = board([orthography])
    sent_back = SentenceTranslation.objects.filter(orthography=orthography, translator=request.user).exclude(word="")
    context = {
        "orthography": orthography,
        "query": gate.query_of(orthography),
        "rows": sorted(rows, key=_most_first),
        "sent_back": sent_back.filter(source__gone_at=None).count(),
        "waiting": Remark.objects.filter(Q(answered_at=None), cannot=True, orthography=orthography).count(),
        "others": [row for row in Orthography.objects.filter(language=orthography.language) if row != orthography],
        "trail": gate.trail(),
        "does": works_of(request.user).get(orthography.language, ()),
    }
    return render(request, "translating/queue.html", context)


def _most_first(row: BoardRow) -> tuple:
    """What an approver or a translator began comes before what nobody has begun."""
    cell = row.cells[0]
    return (not cell.awaiting, not (cell.to_do and cell.counts), not cell.to_do)
