"""Template tags of the lessons: durations, times and breadcrumbs."""

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from courses.content.blocks.keeping import numbered

register = template.Library()


@register.filter
def duration(minutes: int) -> str:
    """A number of minutes: "35 phút", "2 giờ", "2 giờ 10 phút"."""
    hours, rest = divmod(int(minutes or 0), 60)
    if not hours:
        return _("%(n)d phút") % {"n": rest}
    if not rest:
        return _("%(n)d giờ") % {"n": hours}
    return _("%(hours)d giờ %(rest)d phút") % {"hours": hours, "rest": rest}


@register.filter
def titled(step):
    """The title of a step or module; of one that is not in the course's language marked with its own."""
    return format_html('<span lang="{}">{}</span>', step.lang, step.title) if step.lang else step.title


@register.filter
def hour(at) -> str:
    """When an answer was saved: "09:42" today, "09:42 21/10" on another day."""
    here = timezone.localtime(at)
    return date_format(here, "H:i" if here.date() == timezone.localdate() else "H:i d/m")


@register.filter
def own_number(line: str) -> int | None:
    """The number with which a line of a card begins, which is then its mark."""
    return numbered(line)[0]


@register.inclusion_tag("components/crumbs.html", takes_context=True)
def course_crumbs(context, title: str, course=None, module=None):
    """Breadcrumbs from “my learning” (for a visitor: the list of courses) to `title`; no query.

    `course` is a `courses.content.structure.Course`; on its own page its title is `title` and is not repeated.
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
