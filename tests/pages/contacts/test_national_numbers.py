"""111, 113 and their like belong to the province alone, as numbers and inside the words of other contacts."""

import pytest

from pages.contacts.contact import Contact
from pages.contacts.national import national_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gọi 113", "113"),
        ("Tổng đài (111)", "111"),
        ("113, 115 hay 0236 3821 411", "113"),
        ("113 Công An xã", "113"),
        ("24/24, gọi thay cho 115.", "115"),
        ("Số 113", "113"),
        ("0236 113 456", ""),
        ("0905113115", ""),
        ("+84 113", ""),
        ("1113", ""),
        ("Số nhà 113, Lê Lợi", ""),
        ("113 đường Nguyễn Văn Linh", ""),
        ("113/4 đường Nguyễn Văn Linh", ""),
        ("Đường số 111", ""),
        ("Tổ 115, thôn Anơn", ""),
        ("Công an xã", ""),
        ("Gọi １１１ nhé", "111"),
        ("Gọi ١١٣", "113"),
        ("1️⃣1️⃣5️⃣", "115"),
        ("1\u200b1\u200b1", "111"),
        ("1 1 1", "111"),
        ("1.1.3", "113"),
        ("1-1-5", "115"),
        ("1\u00a01\u00a04", "114"),
        ("111 113 115", "111"),
        ("111-113", "111"),
        ("số 111", "111"),
        ("Tổng đài 111 Quốc Gia", "111"),
        ("113 Cảnh Sát", "113"),
        ("111 Lê Lợi", ""),
        ("111 Lê Lợi, Hội An", ""),
        ("Trạm y tế, 113 Nguyễn Văn Linh", ""),
        ("Ở 115/2 Trần Phú", ""),
        ("Gọi 111 Lê Lợi", "111"),
        ("Từ 7.30 đến 11.5", ""),
        ("11.300 đồng", ""),
        ("0235 1 1 1", ""),
        ("", ""),
    ],
)
def test_a_national_number_in_words_is_found_and_a_street_address_is_none(text, found):
    assert national_in(text) == found


FORM = {
    "number": "0235 379 6111",
    "name": "Công an xã",
    "when": "Nghi có người bị lừa.",
    "unit_code": "20455",
    "order": 9,
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "113"},
        {"number": "1 1 5"},
        {"name": "Công an 113"},
        {"when": "Như gọi 111."},
        {"cost": "như 115"},
        {"hours": "１１３"},
        {"name": "số 1 1 1"},
        {"abroad": "on", "number": "+84 1", "country": "Lào 111"},
    ],
)
def test_no_commune_writes_one_and_nobody_writes_one_into_words(cast, client_of, wrong):
    for who in (cast.editor, cast.manager):
        assert client_of(who).post("/cms/so-lien-he/new/", FORM | wrong).status_code == 200
    assert not Contact.objects.filter(unit=cast.units.tay_giang).exists()


@pytest.mark.django_db
def test_other_numbers_and_the_provinces_own_go_in(cast, client_of):
    address = "/cms/so-lien-he/new/"
    assert client_of(cast.editor).post(address, FORM | {"when": "Số nhà 113, Lê Lợi"}).status_code == 302
    Contact.objects.filter(number="115").delete()
    assert client_of(cast.manager).post(address, FORM | {"number": "115", "unit_code": ""}).status_code == 302
