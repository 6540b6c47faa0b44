"""Every commune of the cast's map with its space, and one message of the province."""

from types import SimpleNamespace

import pytest
from factories import REFORM, make_page
from wagtail.models import Locale

from campaigns.communes import CommuneSpacePage
from campaigns.messages import MessagePage
from campaigns.spaces import bring_in_step, create_communes
from pages.home import create_home
from pages.rights import sync_all


@pytest.fixture
def communes(cast):
    """`communes.tay_giang`, `.avuong`, `.thanh_my` are spaces; `.message` is a live message; rights are in place."""
    home = create_home()
    page = create_communes(home)
    bring_in_step(REFORM)
    message = make_page(home, MessagePage, "Đi làm xa", slug="di-lam-xa")
    message.save_revision().publish()
    message.refresh_from_db()
    sync_all()
    spaces = {name: CommuneSpacePage.objects.get(unit=getattr(cast.units, name)) for name in ("tay_giang", "avuong", "thanh_my")}
    Locale.objects.get_or_create(language_code="en")
    return SimpleNamespace(home=home, page=page, message=message, cast=cast, units=cast.units, **spaces)
