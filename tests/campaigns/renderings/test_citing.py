"""An article of law leads to the printed texts that cite it: posters, leaflets, cards."""

import pytest
from django.utils import timezone
from factories import make_person

from campaigns.renderings.texts.approving import approve, rewrite
from people.rights.roles import RoleKind, give

pytestmark = pytest.mark.django_db
ARTICLE = "/tra-luat/53-2024-qh15/dieu-3/"


def seen(client_of, person) -> str:
    answer = client_of(person).get(ARTICLE)
    return answer.text if answer.status_code == 200 else ""


def test_a_card_and_a_poster_that_cite_an_article_are_led_to(printed, client_of):
    cast, cards = printed.cast, [printed.passages["card.1"], printed.passages["poster.lead"]]
    writer = make_person("Người Viết Lời")
    head = make_person("Trưởng Đơn Vị In")
    give(head, RoleKind.UNIT_HEAD, cast.units.tay_giang)
    for card in cards:
        rewrite(card, card.title, "Cấm theo Luật 53/2024/QH15, Điều 3.", writer, timezone.now())
        card.refresh_from_db()
    # nothing is approved yet: the texts are for who leads
    assert f"/in-an/loi/{printed.message.pk}/" in seen(client_of, cast.manager)
    assert "chưa duyệt" in seen(client_of, cast.manager)
    assert "Thẻ 1" not in seen(client_of, head)
    approve(cards[:1], cast.manager, timezone.now())
    page = seen(client_of, head)
    assert ("Thẻ 1" in page, 'href="/in-an/"' in page, "Câu mở đầu" in page) == (True, True, False)
    assert "Thẻ 1" not in seen(client_of, cast.learner)
    # written anew without it, it is not led to
    rewrite(cards[0], cards[0].title, "Cấm.", writer, timezone.now())
    assert "Thẻ 1" not in seen(client_of, cast.manager)
