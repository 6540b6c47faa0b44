"""Every commune of the cast's map with its space, and one message of the province."""

from types import SimpleNamespace

from factories import REFORM, make_page
from sharing import shared
from wagtail.models import Locale

from campaigns.communes.commune import CommuneSpacePage
from campaigns.messages.campaign import CampaignPage, days_of
from campaigns.messages.message import MessagePage
from campaigns.spaces.spaces import bring_in_step, create_communes
from pages.cms.groups import sync_all
from pages.home.page import create_home


@shared
def communes(cast):
    """`communes.tay_giang`, `.avuong`, `.thanh_my` are spaces; `.message` is a live message; rights are in place."""
    home = create_home()
    page = create_communes(home)
    bring_in_step(REFORM)
    campaign = make_page(
        home,
        CampaignPage,
        "Tháng Bảy",
        slug="ngay-30-7",
        heading="Hỏi cho rõ",
        lead="Đi đâu cũng hỏi.",
        **days_of(2026),
        year=2026,
    )
    message = make_page(campaign, MessagePage, "Đi làm xa", slug="di-lam-xa", heading="Việc nhẹ, lương cao")
    message.save_revision().publish()
    message.refresh_from_db()
    sync_all()
    spaces = {
        name: CommuneSpacePage.objects.get(unit=getattr(cast.units, name))
        for name in ("tay_giang", "avuong", "thanh_my")
    }
    Locale.objects.get_or_create(language_code="en")
    return SimpleNamespace(home=home, page=page, message=message, cast=cast, units=cast.units, **spaces)
