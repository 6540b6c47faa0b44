"""URLs of the site. Each app has its own list; this file only includes them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.serving import uploads
from media.sounds.showing import captions

urlpatterns = [
    path("cms/", include("pages.cms.entrance")),
    path("cms/", include(wagtailadmin_urls)),
    path("tai-khoan/", include("people.urls")),
    path("bao-cao/nhac/", include("courses.reminders.urls")),
    path("bao-cao/cau-hoi/", include("courses.analysis.urls")),
    path("bao-cao/cham-lai/", include("courses.remarking.urls")),
    path("bao-cao/", include("courses.reports.urls")),
    path("tien-do/", include("courses.reports.shown.urls")),
    path("hoc-tap/", include("courses.urls")),
    path("buoi-tap/", include("courses.practice.observed.urls")),
    path("lop-tap-huan/", include("courses.classes.urls")),
    path("mo-hinh-hay/", include("courses.talk.exemplar_urls")),
    path("hoi-dap/", include("courses.talk.urls")),
    path("ke-hoach/", include("courses.plans.urls")),
    path("hoat-dong/", include("campaigns.activities.urls")),
    path("loa-xa/", include("campaigns.loudspeakers.urls")),
    path("hoi-nhanh/", include("campaigns.pulse.urls")),
    path("do/", include("campaigns.schools.screens.quiz_urls")),
    path("lich/", include("courses.calendars.urls")),
    path("chung-nhan/", include("courses.certificates.urls")),
    path("canh-bao-nhanh/", include("campaigns.alerts.urls")),
    path("dich/", include("campaigns.translating.urls")),
    path("tieng-noi/", include("campaigns.speaking.urls")),
    path("", include("campaigns.urls")),
    path("truong-hoc/ban-cua-truong/", include("campaigns.adapting.urls")),
    path("truong-hoc/", include("campaigns.schools.screens.log_urls")),
    path("truong-hoc/", include("campaigns.schools.urls")),
    path("in-an/", include("campaigns.renderings.urls")),
    path("to/", include("campaigns.renderings.public_urls")),
    path("bao-chi/", include("campaigns.press.urls")),
    path("", include("pages.urls")),
    path("tai-lieu/", include(wagtaildocs_urls)),
    path("tep/phu-de/<int:pk>.vtt", captions, name="captions"),
    path("tep/<path:path>", uploads.serve),
    # the URL alone decides the language: / is Vietnamese whatever the browser prefers
    *i18n_patterns(
        path("", include("pages.reading_urls")),
        path("truong-hoc/", include("campaigns.schools.reading_urls")),
        path("", include("pages.serving.lookup")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler400 = "config.serving.errors.bad_request"
handler403 = "config.serving.errors.permission_denied"
handler404 = "config.serving.errors.page_not_found"
handler500 = "config.serving.errors.server_error"
