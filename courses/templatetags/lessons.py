"""What the lesson templates say about files and times: "2 phút 40 giây · 480 KB", "2 giờ 10 phút"."""

from pathlib import Path

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

register = template.Library()

KIB = 1024


def size_in_words(count: int) -> str:
    """Bytes as people write them here: 480 KB; 3,4 MB."""
    if count < KIB * KIB:
        return f"{max(1, round(count / KIB))} KB"
    return f"{count / KIB / KIB:.1f} MB".replace(".", ",")


def length_in_words(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    parts = []
    if minutes:
        parts.append(_("%(n)d phút") % {"n": minutes})
    if rest or not parts:
        parts.append(_("%(n)d giây") % {"n": rest})
    return " ".join(parts)


def _size(stored) -> str:
    """Of a stored file; "" when the file is gone, so that a page about it still opens."""
    try:
        return size_in_words(stored.size)
    except OSError:
        return ""


@register.filter
def length_and_size(recording) -> str:
    length = length_in_words(recording.duration) if recording.duration else ""
    return " · ".join(part for part in (length, _size(recording.file)) if part)


@register.filter
def kind_and_size(document) -> str:
    kind = Path(document.file.name).suffix.lstrip(".").upper()
    return ", ".join(part for part in (kind, _size(document.file)) if part)


@register.filter
def duration(minutes: int) -> str:
    """A number of minutes: "35 phút", "2 giờ", "2 giờ 10 phút"."""
    hours, rest = divmod(int(minutes or 0), 60)
    if not hours:
        return _("%(n)d phút") % {"n": rest}
    if not rest:
        return _("%(n)d giờ") % {"n": hours}
    return _("%(hours)d giờ %(rest)d phút") % {"hours": hours, "rest": rest}


@register.inclusion_tag("components/crumbs.html", takes_context=True)
def course_crumbs(context, title: str, course=None, module=None):
    """From one's own learning (for a visitor: the list of courses) down to `title`; no query.

    `course` is a `courses.structure.Course`; on its own page its title is `title` and is not repeated.
    """
    user = getattr(context.get("request"), "user", None)
    path = []
    if user is not None and user.is_authenticated:
        path.append((_("Việc của tôi"), reverse("my_learning")))
    elif course and course.catalogue[1]:
        path.append(course.catalogue)
    if course and course.url and course.title != title:
        path.append((course.title, course.url))
    if module and module.page_id and module.url:
        path.append((module.title, module.url))
    return {"trail": path, "title": title}
