"""What the campaign lead does: the board, what a corrected sentence means, answers to translators, orthographies."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.messages.campaign import CampaignPage
from campaigns.translating import whose
from campaigns.translating.deciding import say_same, say_wrong
from campaigns.translating.feeding import feed_language
from campaigns.translating.following import heard_in
from campaigns.translating.holding import held
from campaigns.translating.kinds import source_of, sources, title_of
from campaigns.translating.orthography import TAGS, Orthography, in_order, put_live
from campaigns.translating.remarks import Remark
from campaigns.translating.screens import gate
from campaigns.translating.sentences import Change, SentenceTranslation, SourceSentence
from campaigns.translating.told.board import board, in_state, progress, states
from config.languages import NAMES
from letters.numbers import is_number
from people.guarding.wording import writes


@require_safe
@gate.entering
def show_board(request) -> HttpResponse:
    """Filters: `nam` of the campaign, `tieng`, `trang-thai`, `xa` (the messages that a commune took)."""
    columns = in_order(whose.orthographies_of(request.user).filter(is_live=True))
    language, state = request.GET.get("tieng", ""), request.GET.get("trang-thai", "")
    chosen = [one for one in columns if one.language == language] or columns
    pages = list(sources())
    campaigns = [page for page in pages if isinstance(page, CampaignPage)]
    commune, year = request.GET.get("xa", ""), request.GET.get("nam", "")
    if any(str(one.year) == year for one in campaigns):
        paths = tuple(one.path for one in campaigns if str(one.year) == year)
        pages = [page for page in pages if page.path.startswith(paths)]
    spaces = CommuneSpacePage.objects.filter(locale__language_code="vi", closed_on=None).order_by(
        "unit__name_order", "pk"
    )
    if is_number(commune) and len(commune) < 19:
        space = spaces.filter(pk=int(commune)).first()
        taken = CommuneMessagePage.objects.child_of(space).values_list("message", flat=True) if space else []
        wanted = set(taken)
        pages = [page for page in pages if page.pk in wanted]
    rows = in_state(board(chosen, pages, beside=True), state)
    context = {
        "rows": rows,
        "columns": chosen,
        "progress": progress(rows),
        "languages": [(one.language, str(one), one.language == language) for one in columns],
        "states": [(value, label, value == state) for value, label in states()],
        "years": [(str(one.year), str(one.year) == year) for one in campaigns],
        "communes": [(str(pk), title, str(pk) == commune) for pk, title in spaces.values_list("pk", "title")],
        "trail": gate.trail(),
    }
    return render(request, "translating/board.html", context)


# --- the Vietnamese


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
@writes("translation_answer", gettext_lazy("Trả lời người dịch"), "answer")
def corrected(request) -> HttpResponse:
    """Sentences that were corrected: same meaning, or wrong before; and what translators say cannot be said so."""
    if request.method == "POST":
        if request.POST.get("act") == "answer":
            _answer(request)
        elif said := _say(request):
            return redirect("desk:where", said)
        return redirect("desk:corrected")
    changed = list(SourceSentence.objects.present().filter(change=Change.UNSAID).order_by("page_key", "place"))
    rows = SentenceTranslation.objects.filter(source__in=changed).exclude(live_text="").select_related("orthography")
    languages: dict[int, list[str]] = {}
    for row in rows:
        languages.setdefault(row.source_id, []).append(str(row.orthography))
    heard = {pk: ", ".join(NAMES[tag][0] for tag in NAMES if tag in tags) for pk, tags in heard_in(changed).items()}
    open_remarks = Remark.objects.filter(cannot=True, answered_at=None).select_related("source", "orthography", "by")
    context = {
        "changed": [(one, ", ".join(languages.get(one.pk, [])), heard[one.pk]) for one in changed],
        "asked": open_remarks,
        "withdrawn": SourceSentence.objects.present().filter(change=Change.WRONG).order_by("-changed_at", "-pk")[:30],
        "trail": gate.trail(),
    }
    return render(request, "translating/corrected.html", context)


@require_safe
@gate.leading
def where(request, pk: int) -> HttpResponse:
    """What holds a sentence, as long as it is not withdrawn there: sheets, voices, packages."""
    row = SourceSentence.objects.filter(pk=min(pk, gate.LARGEST)).first()
    if row is None:
        raise Http404
    page = source_of(row.page_key)
    context = {
        "sentence": row,
        "was_wrong": row.change == Change.WRONG,
        "page_title": title_of(page) if page else "",
        "held": held(row),
        "trail": [*gate.trail(), (_("Câu tiếng Việt đã sửa"), reverse("desk:corrected"))],
    }
    return render(request, "translating/where.html", context)


def _say(request) -> int | None:
    """The sentence that was said to have been wrong."""
    asked = request.POST.get("cau", "")
    pk = int(asked) if is_number(asked) and len(asked) < 19 else 0
    act, now = request.POST.get("act"), timezone.now()
    if not SourceSentence.objects.present().filter(pk=pk).exclude(change=Change.NONE).exists():
        messages.error(request, _("Câu này không còn chờ câu trả lời."))
    elif act == "wrong":
        say_wrong(request.user, [pk], now)
        messages.success(request, _("Đã rút câu dịch trong mọi tiếng; câu tiếng Việt đứng ở đó đến khi duyệt lại."))
        return pk
    elif act == "same":
        say_same(request.user, [pk], now)
        messages.success(request, _("Bản dịch giữ nguyên, có dấu để người dịch xem lại."))
    return None


def _answer(request) -> None:
    asked, words = request.POST.get("loi-ban", ""), request.POST.get("answer", "").strip()[:1000]
    if not words:
        messages.error(request, _("Hãy trả lời trong một câu."))
        return
    rows = Remark.objects.filter(cannot=True, answered_at=None)
    row = rows.filter(pk=int(asked)).first() if is_number(asked) and len(asked) < 19 else None
    if row is None:
        messages.error(request, _("Lời này đã được trả lời."))
        return
    row.answer, row.answered_by, row.answered_at = words, request.user, timezone.now()
    row.save()
    messages.success(request, _("Đã trả lời; câu lại ở bàn của người dịch."))


# --- orthographies


class OrthographyForm(forms.ModelForm):
    class Meta:
        model = Orthography
        fields = ["name", "letters", "letters_source"]
        widgets = {"letters": forms.Textarea(attrs={"rows": 4})}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        others = Orthography.objects.filter(language=self.instance.language, name=name).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(_("Tiếng này đã có bộ chữ mang tên ấy."))
        return name


@require_safe
@gate.leading
def orthographies(request) -> HttpResponse:
    rows = in_order(Orthography.objects.filter(language__in=NAMES))
    languages = [(tag, NAMES[tag][0]) for tag in TAGS]
    context = {"rows": rows, "languages": languages, "trail": gate.trail()}
    return render(request, "translating/orthographies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
def add_orthography(request, language: str) -> HttpResponse:
    if language not in NAMES or language == "vi":
        raise Http404
    return _edited(request, Orthography(language=language), _("Thêm bộ chữ"))


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
def orthography(request, pk: int) -> HttpResponse:
    row = Orthography.objects.filter(pk=min(pk, gate.LARGEST), language__in=NAMES).first()
    if row is None:
        raise Http404
    if request.method == "POST" and request.POST.get("act") == "live":
        with transaction.atomic():
            put_live(row)
            feed_language(row.language, request.user)
        messages.success(request, _("Từ nay trang dùng bộ chữ này; câu chưa có trong bộ chữ này là tiếng Việt."))
        return redirect("desk:orthographies")
    return _edited(request, row, str(row))


def _edited(request, row: Orthography, heading: str) -> HttpResponse:
    form = OrthographyForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_valid():
        form.save()
        messages.success(request, _("Đã lưu bộ chữ."))
        return redirect("desk:orthographies")
    context = {
        "form": form,
        "row": row,
        "heading": heading,
        "trail": [*gate.trail(), (_("Bộ chữ"), "/dich/bo-chu/")],
    }
    return render(request, "translating/orthography.html", context, status=422 if form.errors else 200)


def ask_after_publishing(request, page) -> HttpResponse | None:
    """Whoever published a correction of a translated page is asked what it was."""
    found = source_of(page.translation_key)
    if found is None or found.pk != page.pk or not whose.leads(request.user):
        return None
    waiting = SourceSentence.objects.of(page.translation_key).filter(change=Change.UNSAID)
    return redirect("desk:corrected") if waiting.exists() else None
