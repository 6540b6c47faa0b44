"""What a list of people hands to its template so that the acts stand below it (`reports/_acts.html`)."""

from django.utils.http import urlencode

from courses.acts.registry import acts_for


def offered(request) -> dict:
    """The acts of the reader's roles, and the path of the list with its filters."""
    typed = {name: value for name, value in request.GET.items() if name != "page" and value}
    source = f"{request.path}?{urlencode(typed)}" if typed else request.path
    return {"people_acts": acts_for(request.user), "source": source}
