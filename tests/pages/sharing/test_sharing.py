"""Handing a page on: link, QR code, picture; nothing on a card that somebody else should not read."""

import io
from datetime import date

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from sharing import shared

from campaigns.messages.message import MessagePage
from campaigns.starter.seeding import create_campaign
from outbox.draining import drain
from outbox.effects import Effect
from pages.home.page import create_home
from pages.sharing.pictures import SharePicture, picture_of
from pages.sharing.views import code_of

# page, whether restricted, the page itself with its class, its picture, the way up
SHARE_QUERIES = 8


@shared
def message():
    create_campaign(create_home(), date(2027, 5, 1), lambda line: None)
    return MessagePage.objects.get(slug="di-lam-xa")


def test_the_page_shows_its_code_its_address_and_a_way_to_hand_it_on(client, message, settings):
    html = client.get(message.url).content.decode()
    assert f'src="/chia-se/{message.pk}/ma.svg"' in html
    assert f"{settings.BASE_URL}{message.url}" in html
    assert f'href="/chia-se/{message.pk}/"' in html


def test_the_code_leads_to_the_page(client, message, settings):
    response = client.get(f"/chia-se/{message.pk}/ma.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content == code_of(f"{settings.BASE_URL}{message.url}")
    assert b"<svg" in response.content
    assert len(response.content) < 6000
    assert not response.cookies


def test_without_scripts_a_page_of_its_own_has_all_there_is_to_share(client, message):
    drain()
    html = client.get(f"/chia-se/{message.pk}/").content.decode()
    assert "Hình để đăng" in html
    assert "ma.svg" in html
    assert message.url in html
    assert client.get(f"/chia-se/{message.pk}/")["X-Robots-Tag"] == "noindex"


def test_a_picture_that_is_not_made_yet_is_reported(client, message):
    assert "đang được tạo" in client.get(f"/chia-se/{message.pk}/").content.decode()


def test_publishing_makes_a_share_picture_in_the_background(message):
    assert picture_of(message) is None
    drain()
    card = picture_of(message)
    assert (card.width, card.height) == (1200, 630)
    assert card.alt == "Việc nhẹ, lương cao? Hỏi cho rõ đã."
    name = SharePicture.objects.get(page_id=message.pk).file.name
    picture = Image.open(io.BytesIO(default_storage.open(name).read()))
    assert picture.size == (1200, 630)


def test_the_picture_is_served_to_everybody(client, message):
    drain()
    response = client.get(picture_of(message).url)
    assert response["Content-Type"] == "image/png"


def test_publishing_again_without_new_words_makes_nothing(message):
    drain()
    effects_before = Effect.objects.filter(kind="share_picture").count()
    message.save_revision().publish()
    assert Effect.objects.filter(kind="share_picture").count() == effects_before


def test_new_words_get_a_new_picture_under_a_new_name_and_the_old_file_goes(message):
    drain()
    old = SharePicture.objects.get(page_id=message.pk).file.name
    message.heading = "Hỏi trước, đi sau"
    message.save_revision().publish()
    drain()
    new = SharePicture.objects.get(page_id=message.pk).file.name
    assert new != old
    assert default_storage.exists(new)
    assert not default_storage.exists(old)


def test_a_letter_that_no_font_has_is_reported_and_stops_nothing(client, message):
    message.heading = "Hỏi 🐘 đã"
    message.save_revision().publish()
    drain()
    failed = Effect.objects.filter(kind="share_picture", state="failed").last()
    assert "phông chữ" in failed.error
    assert client.get(message.url).status_code == 200


def test_every_hard_letter_of_the_province_can_be_on_a_card(message):
    message.heading = "Ƀơnướch Ŏn Ĕm Ô̆ng Ơ̆ ’nă"
    message.save_revision().publish()
    drain()
    assert not Effect.objects.filter(kind="share_picture", state="failed").exists()


def test_an_editors_own_picture_goes_first(message):
    from django.core.files.images import ImageFile

    from media.models import Picture

    drawn = io.BytesIO()
    Image.new("RGB", (1600, 900), "#2a2f7a").save(drawn, "JPEG")
    message.share_picture = Picture.objects.create(
        title="Hoa văn", description="Hoa văn dệt", file=ImageFile(drawn, name="hoa-van.jpg")
    )
    message.save_revision().publish()
    assert picture_of(message) is None, "never made while somebody waits"
    drain()
    card = picture_of(MessagePage.objects.get(pk=message.pk))
    assert card.alt == "Hoa văn dệt"
    assert (card.width, card.height) == (1200, 630)


@pytest.mark.parametrize("path", ["", "ma.svg"])
def test_a_draft_and_what_is_not_public_cannot_be_handed_on(client, message, path):
    from wagtail.models import PageViewRestriction

    url = f"/chia-se/{message.pk}/{path}"
    assert client.get(url).status_code == 200
    restriction = PageViewRestriction.objects.create(page=message, restriction_type="login")
    assert client.get(url).status_code == 404
    restriction.delete()
    message.unpublish()
    assert client.get(url).status_code == 404
    assert client.get(f"/chia-se/99999999/{path}").status_code == 404
    assert client.post(url).status_code in (403, 405)


def test_sharing_costs_few_queries(client, message, django_assert_max_num_queries):
    client.get(f"/chia-se/{message.pk}/")
    with django_assert_max_num_queries(SHARE_QUERIES):
        client.get(f"/chia-se/{message.pk}/")
