"""What both sides of an inquiry share: a form for each act, and that of a refused act with what was typed."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone

from courses.talk.refusing import Refused

# does the act with the form's words; raises Refused
Do = Callable[..., object]
# by name: its form, what it does, what is said after it
Acts = dict[str, tuple[type[forms.Form], Do, str]]
# an address to go to, or the page drawn anew with the form of a refused act
Shown = Callable[[str, forms.Form], HttpResponse]


def acted(request, acts: Acts, onward, shown: Shown) -> HttpResponse:
    """What an act does is called with its valid form and the moment. 404 for an act that there is not."""
    name = request.POST.get("act", "")
    if name not in acts:
        raise Http404
    kind, do, said = acts[name]
    form = kind(request.POST.dict(), auto_id=f"{name}_%s")
    if form.is_valid():
        try:
            do(form, timezone.now())
        except Refused as sentence:
            form.add_error("text" if "text" in form.fields else None, str(sentence))
        else:
            messages.success(request, said)
            return onward(name)
    return shown(name, form)
