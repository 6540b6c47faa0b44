"""Next year's campaign takes a message by moving it: nothing is copied or approved anew, and last year's codes hold."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_page

from campaigns.messages.campaign import CampaignPage, days_of
from campaigns.messages.message import MessagePage
from campaigns.renderings import issuing, reading
from campaigns.renderings.composing import composed
from campaigns.renderings.formats import FORMATS
from campaigns.renderings.texts.passages import Passage
from people.times import today

pytestmark = pytest.mark.django_db


def test_last_years_code_leads_to_this_years_text(approved, client):
    order = reading.order(reading.message_or_404(approved.message.pk), FORMATS["a4"], approved.tay_giang)
    version = issuing.issue(composed(order), approved.cast.editor, timezone.now())
    code, old = f"/to/{version.sheet_id}/{version.number}/", approved.message.url
    assert client.get(code)["Location"] == old
    later = (today() + timedelta(days=365)).year
    campaign = make_page(
        approved.home,
        CampaignPage,
        "Năm sau",
        slug="nam-sau",
        heading="Năm sau",
        lead="Hỏi.",
        year=later,
        **days_of(later),
    )
    kept = Passage.objects.exclude(approved_at=None).count()
    MessagePage.objects.get(pk=approved.message.pk).move(campaign, pos="last-child")
    message = MessagePage.objects.get()
    assert message.translation_key == approved.message.translation_key
    assert Passage.objects.exclude(approved_at=None).count() == kept
    message.truth = "Lời của năm sau."
    message.save_revision().publish()
    for address in (code, old):
        page = client.get(address, follow=True)
        assert page.request["PATH_INFO"] == message.url
        assert "Lời của năm sau." in page.content.decode()
    # what was printed is the same sheet still
    assert issuing.issue(composed(order), approved.cast.editor, timezone.now()) == version
