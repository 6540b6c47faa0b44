"""The search page. It uses POST, so that the query stays out of the URL and the browser's history."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pages.audiences import Audience
from pages.search.finding import SearchQuery, SearchResults, find, read
from pages.serving.same_origin import is_from_elsewhere

LONGEST = 100
EVERYBODY_AND = [("", _("mọi người")), *Audience.choices]


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Tìm gì?"),
        strip=True,
        max_length=LONGEST,
        error_messages={
            "required": _("Gõ điều muốn tìm."),
            "max_length": _("Lời tìm dài quá. Gõ vài từ thôi, không quá 100 chữ cái."),
        },
    )
    cho = forms.ChoiceField(
        label=_("Dành cho"),
        required=False,
        choices=EVERYBODY_AND,
        error_messages={"invalid_choice": _("Chọn người đọc trong danh sách.")},
    )

    def clean_q(self):
        self.query = read(self.cleaned_data["q"])
        if len("".join(self.query.words)) < 2:
            raise forms.ValidationError(_("Gõ ít nhất hai chữ cái hoặc chữ số."))
        return self.cleaned_data["q"]


# it changes nothing and shows only public pages, so it needs no CSRF token, which would need a cookie
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
def search(request):
    if request.method == "POST" and is_from_elsewhere(request):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else request.GET
    form = SearchForm(sent) if "q" in sent else SearchForm()
    results = query = None
    if form.is_bound and form.is_valid():
        query = form.query
        results = find(query, form.cleaned_data["cho"], number_of(sent.get("trang", "")))
    response = render(request, "pages/search.html", search_context(form, query, results))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def number_of(text: str) -> int:
    """The number of the page of results; the first where the text is no number."""
    return int(text) if text.isdecimal() and len(text) < 4 else 1


def search_context(form: SearchForm, query: SearchQuery | None, results: SearchResults | None) -> dict:
    typed = form["q"].value() or ""
    return {
        "form": form,
        "typed": typed[:LONGEST],
        "error": next((message for messages in form.errors.values() for message in messages), ""),
        "results": results,
        # also when the form cannot be read: somebody who pastes a cry for help of 300 letters is in distress
        "is_distress": (query or read(typed)).is_distress,
        "choices": choices(form, results),
    }


def choices(form: SearchForm, results: SearchResults | None) -> list[tuple[str, str, int | None, bool]]:
    """(key, label, count or None, whether chosen) of the audiences; only those with results."""
    chosen = form["cho"].value() or ""
    counted = results.facets if results else {}
    return [
        (key, str(label), counted.get(key) if key else None, key == chosen)
        for key, label in EVERYBODY_AND
        if not results or not key or counted.get(key) or key == chosen
    ]
