"""`/dich/<tiếng>/cau/<câu>/`: what was said about a sentence; `/dich/<tiếng>/tu/`: the words on which people agreed."""

import unicodedata

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from campaigns.translating.kinds import source_of, title_of
from campaigns.translating.orthography import Orthography
from campaigns.translating.remarks import GlossaryWord, Remark
from campaigns.translating.screens import gate
from campaigns.translating.sentences import SentenceTranslation, SourceSentence
from letters.numbers import is_number
from people.guarding.wording import writes
from people.rights.languages import works_of


class RemarkForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Lời bàn"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Hãy ghi lời bàn.")},
    )
    cannot = forms.BooleanField(label=gettext_lazy("Câu này không dịch được như vậy"), required=False)
    proposal = forms.CharField(
        label=gettext_lazy("Đề nghị câu tiếng Việt"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Khi chọn ô trên: câu tiếng Việt nên nói thế nào. Câu chờ tác giả trả lời."),
    )

    def clean(self):
        data = super().clean()
        if data.get("cannot") and not data.get("proposal", "").strip():
            self.add_error("proposal", _("Hãy đề nghị một câu tiếng Việt dịch được."))
        return data


@require_http_methods(["GET", "HEAD", "POST"])
@gate.in_language
@writes("translation_remark", gettext_lazy("Lời bàn về câu dịch"), "text", "proposal")
def sentence(request, orthography: Orthography, pk: int) -> HttpResponse:
    source = SourceSentence.objects.present().filter(pk=min(pk, gate.LARGEST)).first()
    page = source_of(source.page_key) if source else None
    if source is None or page is None:
        raise Http404
    form = RemarkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        proposal = data["proposal"].strip() if data["cannot"] else ""
        Remark.objects.create(
            source=source,
            orthography=orthography,
            cannot=data["cannot"],
            text=data["text"].strip(),
            proposal=proposal,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Đã ghi.") if not data["cannot"] else _("Đã ghi; câu chờ tác giả trả lời."))
        return redirect(reverse("desk:sentence", args=[orthography.language, source.pk]) + gate.query_of(orthography))
    rows = SentenceTranslation.objects.filter(source=source, orthography=orthography)
    row = rows.select_related("translator", "approver").first()
    work = reverse("desk:work", args=[orthography.language, page.pk]) + gate.query_of(orthography)
    context = {
        "source": source,
        "row": row,
        "steps": row.steps.select_related("by") if row else [],
        "remarks": Remark.objects.filter(source=source, orthography=orthography).select_related("by", "answered_by"),
        "form": form,
        "orthography": orthography,
        "work": work,
        "trail": [*gate.trail(orthography), (title_of(page), work)],
    }
    return render(request, "translating/sentence.html", context, status=422 if form.errors else 200)


class WordForm(forms.Form):
    vietnamese = forms.CharField(label=gettext_lazy("Từ tiếng Việt"), max_length=80)
    word = forms.CharField(label=gettext_lazy("Cách nói"), max_length=120)

    def clean_word(self) -> str:
        return unicodedata.normalize("NFC", self.cleaned_data["word"])


@require_http_methods(["GET", "HEAD", "POST"])
@gate.in_language
def words(request, orthography: Orthography) -> HttpResponse:
    """Proposed by who works in the language, agreed by another one who does."""
    hers = bool(works_of(request.user).get(orthography.language))
    adding = request.method == "POST" and request.POST.get("act") == "add"
    form = WordForm(request.POST if adding else None)
    if request.method == "POST" and not hers:
        raise PermissionDenied(_("Thống nhất từ là việc của người dịch và người duyệt tiếng này."))
    if request.method == "POST" and not adding:
        _agree(request, orthography)
        return _to_words(orthography)
    if form.is_valid():
        try:
            with transaction.atomic():
                GlossaryWord.objects.create(
                    orthography=orthography, proposed_by=request.user, proposed_at=timezone.now(), **form.cleaned_data
                )
        except IntegrityError:
            form.add_error("word", _("Từ này đã có trong bảng."))
        else:
            messages.success(request, _("Đã đề nghị; một người khác nói cùng tiếng đồng ý thì từ thành từ chung."))
            return _to_words(orthography)
    rows = GlossaryWord.objects.filter(orthography=orthography).select_related("proposed_by", "agreed_by")
    context = {
        "orthography": orthography,
        "agreed": [row for row in rows if row.agreed_by_id],
        "proposed": [row for row in rows if not row.agreed_by_id],
        "form": form,
        "hers": hers,
        "trail": gate.trail(orthography),
    }
    return render(request, "translating/words.html", context, status=422 if form.errors else 200)


def _agree(request, orthography: Orthography) -> None:
    asked = request.POST.get("word", "")
    rows = GlossaryWord.objects.filter(orthography=orthography, agreed_by=None)
    row = rows.filter(pk=int(asked)).first() if is_number(asked) and len(asked) < 19 else None
    if row is None:
        messages.error(request, _("Từ này đã được trả lời hoặc không còn."))
    elif request.POST.get("act") == "drop":
        row.delete()
        messages.success(request, _("Đã bỏ đề nghị."))
    elif row.proposed_by_id == request.user.pk:
        messages.error(request, _("Từ do anh chị đề nghị thì một người khác đồng ý."))
    else:
        row.agreed_by, row.agreed_at = request.user, timezone.now()
        row.save()
        messages.success(request, _("Từ này nay là từ chung."))


def _to_words(orthography: Orthography) -> HttpResponse:
    return redirect(reverse("desk:words", args=[orthography.language]) + gate.query_of(orthography))
