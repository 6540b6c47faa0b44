"""Ways under /cms/ by which words of another language would go live without their approver: shut for the pages that the
desk translates. Their editors are led to the desk; a sync makes drafts of approved words alone (`feeding`).
"""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from campaigns.translating.kinds import SOURCE, has_words
from pages.cms.middleware import GATES


def is_made_at_the_desk(page: Page) -> bool:
    """A page in another language of a kind that is translated there."""
    return page.locale.language_code != SOURCE and has_words(page.specific)


def _other_than_desk(request: HttpRequest, pk: str) -> bool:
    translation = Translation.objects.filter(pk=pk).select_related("source").first()
    model = translation.source.specific_content_type.model_class() if translation else None
    return model is None or not hasattr(model, "translated_words")


def _other_page(request: HttpRequest, pk: str) -> bool:
    page = Page.objects.filter(pk=pk).first()
    return page is None or not has_words(page.specific)


def _no_desk_page_chosen(request: HttpRequest) -> bool:
    """Of a bulk publication."""
    numbers = [pk for pk in request.GET.getlist("id") if pk.isascii() and pk.isdigit() and len(pk) < 19]
    pages = Page.objects.filter(pk__in=numbers).exclude(locale__language_code=SOURCE)
    return not any(is_made_at_the_desk(page) for page in pages)


def connect() -> None:
    GATES.extend(
        [
            (re.compile(r"localize/translate/(\d+)/"), _other_than_desk),
            (re.compile(r"localize/submit/page/(\d+)/"), _other_page),
            (re.compile(r"localize/page/(\d+)/convert_to_alias/"), _other_page),
            (re.compile(r"bulk/wagtailcore/page/publish/"), _no_desk_page_chosen),
        ]
    )


def lead_to_the_desk(request: HttpRequest, page: Page) -> HttpResponse | None:
    """In place of the editor of a translated page."""
    if page.alias_of_id or not is_made_at_the_desk(page):
        return None
    source = page.get_translations().filter(locale__language_code=SOURCE).first()
    messages.info(request, _("Bản dịch được làm từng câu ở bàn dịch và lên trang khi người bản ngữ duyệt."))
    if source is None or not source.live:
        return redirect("desk:home")
    return redirect("desk:work", page.locale.language_code, source.pk)
