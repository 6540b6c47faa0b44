"""Template tags of the page shell: stylesheet of a surface, icons, navigation, quick exit."""

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from pages.shell.icons import ICONS
from pages.shell.navigation import entries
from pages.shell.surfaces import SURFACES

register = template.Library()

SVG = '<svg class="i{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
DRAWN = {name: mark_safe(SVG.format(" solid" if name == "play" else "", path)) for name, path in ICONS.items()}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative icon; the words beside it say what it means."""
    return DRAWN[name]


@register.simple_tag
def surface_css(surface: str) -> SafeString:
    """The one stylesheet of a surface: public, learn or data."""
    if surface not in SURFACES:
        raise template.TemplateSyntaxError(f"No surface {surface!r}; there are {', '.join(SURFACES)}")
    return format_html('<link rel="stylesheet" href="{}">', static(f"surface/{surface}.css"))


@register.simple_tag
def quick_exit_url() -> str:
    return settings.QUICK_EXIT_URL


@register.inclusion_tag("components/navigation.html", takes_context=True)
def navigation(context):
    """The main menu by role; without a request (error pages) that of an anonymous visitor."""
    request = context.get("request")
    user = getattr(request, "user", None)
    return {"entries": entries(request), "person": user.pk if user and user.is_authenticated else None}


@register.simple_tag(takes_context=True)
def signed_in(context) -> bool:
    """Whether somebody is signed in; error pages have no request and go by the session's cookie."""
    user = getattr(context.get("request"), "user", None)
    return bool(context.get("has_session") or (user and user.is_authenticated))


@register.inclusion_tag("components/crumbs.html")
def page_crumbs(page):
    """The path from the home page down to a Wagtail page; one query."""
    above = page.get_ancestors().filter(depth__gt=1)
    return {"trail": [(ancestor.title, ancestor.url) for ancestor in above], "title": page.title}


@register.inclusion_tag("components/crumbs.html")
def crumbs(here, *above):
    """`here` and what stands above it, from the top: of each the name of its address, or the address, and what it is
    called.

    {% crumbs _("So sánh hai hồ sơ") "reports:home" _("Tiến độ") "doubles" _("Hồ sơ có thể là một người") %}
    """
    places = zip(above[::2], above[1::2], strict=True)
    return {"trail": [(name, at if "/" in at else reverse(at)) for at, name in places], "title": here}


@register.filter
def percent(share) -> str:
    """A share with one decimal as people write it here: 67,8 %; "–" where nobody is required."""
    return "–" if share is None else f"{share:.1f}".replace(".", ",").removesuffix(",0") + " %"
