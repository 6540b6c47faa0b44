"""Files that browsers and crawlers request by a fixed name: icon, web manifest, robots."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control

ROBOTS = """User-agent: *
Disallow: /cms/
Disallow: /tai-khoan/
Disallow: /hoc-tap/
Disallow: /lich/
Disallow: /bao-cao/
Disallow: /tim-kiem/
Disallow: /chung-nhan/

Sitemap: {site}/sitemap.xml
"""


@cache_control(max_age=86400, public=True)
def robots(request):
    return HttpResponse(ROBOTS.format(site=settings.BASE_URL), content_type="text/plain; charset=utf-8")


@cache_control(max_age=86400, public=True)
def favicon(request):
    return redirect(static("favicon.ico"))


@cache_control(max_age=86400, public=True)
def manifest(request):
    """A neutral name and no `start_url` into a private page: the icon may lie on a phone that others look at."""
    icons = [
        {"src": static(f"{prefix}-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for purpose, prefix in (("any", "icon"), ("maskable", "icon-maskable"))
        for side in (192, 512)
    ]
    body = {
        "name": "Lá Chắn",
        "short_name": "Lá Chắn",
        "lang": "vi",
        "start_url": "/",
        "display": "browser",
        "background_color": "#faf6ee",
        "theme_color": "#fffdf9",
        "icons": icons,
    }
    return JsonResponse(body, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
