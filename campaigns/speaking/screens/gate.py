"""Who may open what under `/tieng-noi/`. A language that is not hers is not found, an act that is not hers refused."""

from functools import wraps
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from campaigns.messages.message import MessagePage
from campaigns.speaking import whose
from campaigns.speaking.script import PATHS, QUESTIONS, TITLE, WHOLE, Line, scripts_of
from campaigns.translating import whose as desk
from campaigns.translating.screens.gate import LARGEST, page_or_404
from campaigns.translating.sentences import SourceSentence
from config.languages import NAMES
from people.signing_in.resuming import signed_in_or_kept


def entering(view):
    """Translators by their role, and who leads the province."""

    @wraps(view)
    def gated(request, *args, **kwargs):
        if not desk.may_enter(request.user):
            raise PermissionDenied(_("Thu và nghe tiếng nói là việc của người dịch và quản lý cấp tỉnh."))
        return view(request, *args, **kwargs)

    return never_cache(signed_in_or_kept(gated))


def hearing(view):
    """Whoever reads the language at the translators' desk."""

    @wraps(view)
    def gated(request, language: str, *args, **kwargs):
        if not whose.hears(request.user, language):
            raise Http404
        return view(request, language, *args, **kwargs)

    return entering(gated)


def speaking(view):
    """Whose role says that she speaks the language; a speaker without account records on her telephone."""

    @wraps(view)
    def gated(request, language: str, *args, **kwargs):
        if not whose.speaks(request.user, language):
            raise PermissionDenied(_("Thu tiếng này là việc của người có vai trò đọc tiếng ấy."))
        return view(request, language, *args, **kwargs)

    return hearing(gated)


def message_or_404(pk: int) -> MessagePage:
    page = page_or_404(min(pk, LARGEST))
    if not isinstance(page, MessagePage):
        raise Http404
    return page


def name_of(language: str) -> str:
    return NAMES[language][0]


def parts_asked(request) -> tuple[str, ...]:
    """`?phan=hoi`: the questions that are asked of the message, else the message itself."""
    return QUESTIONS if request.GET.get("phan") == "hoi" else (WHOLE,)


def query_of(parts: tuple[str, ...], **more: str) -> str:
    said = {**({"phan": "hoi"} if parts == QUESTIONS else {}), **{name: value for name, value in more.items() if value}}
    return f"?{urlencode(said)}" if said else ""


def recorded_of(page: MessagePage, language: str, parts: tuple[str, ...]) -> list[Line]:
    """Of these parts, in reading order; behind the message its title, which loudspeakers read before it."""
    every = (*parts, TITLE) if parts == (WHOLE,) else parts
    return scripts_of([page.translation_key], [language], every)[page.translation_key, language]


def has_questions(page: MessagePage) -> bool:
    rows = SourceSentence.objects.present().filter(
        page_key=page.translation_key, path__in=[PATHS[part] for part in QUESTIONS]
    )
    return rows.exists()


def trail(language: str = "") -> list[tuple[str, str]]:
    steps = [(_("Tiếng nói"), reverse("speaking:home"))]
    if language:
        steps.append((name_of(language), reverse("speaking:queue", args=[language])))
    return steps
