"""Searching under /cms/: pages, documents, people and units are found however they are typed."""

import unicodedata
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from factories import make_page, make_person
from sharing import shared
from wagtail.models import Collection

from media.documents import DocumentFile
from pages.contacts.page import ContactsPage
from pages.home.page import create_home

SPELLINGS = ["dai loc", "Đại Lộc", unicodedata.normalize("NFD", "ĐẠI LỘC"), "Ðại Lộc", "xã đại lộ"]
NAMES = [
    "alang thi hanh",
    "ALĂNG THỊ HẠNH",
    "hanh alang",
    unicodedata.normalize("NFD", "Alăng Thị Hạnh"),
    "tg-7",
    "TG–7",
]
PHONES = ["0905222001", "0905 222 001", "+84 (0)905.222.001", "0905222001 ", "ha7@example.vn"]


@shared
def searched_cms(cast):
    home = create_home()
    page = make_page(home, ContactsPage, "Xã Đại Lộc", slug="dai-loc", heading="Gọi")
    make_page(home, ContactsPage, "Xã Hà Nha", slug="ha-nha", heading="Gọi")
    document = DocumentFile(title="Kế hoạch xã Đại Lộc.pdf", collection=Collection.get_first_root_node())
    document.file.save("ke-hoach.txt", ContentFile(b"x"))
    document.save()
    person = make_person("Alăng Thị Hạnh", "TG-7", email="ha7@example.vn", phone="+84905222001")
    make_person("Đỗ Thị Nga", "TG-8", phone="+84905222002")
    call_command("update_index", stdout=StringIO(), verbosity=0)
    cast.manager.is_superuser = True
    cast.manager.save()
    return {"page": page, "document": document, "person": person}


@pytest.fixture
def cms(searched_cms, cast, client_of):
    return client_of(cast.manager)


def shown(cms, address: str, text: str) -> str:
    response = cms.get(address, {"q": text})
    assert response.status_code == 200, (address, text)
    return response.content.decode()


def test_pages_and_documents_are_found_however_they_are_typed(cms):
    for text in SPELLINGS:
        for address in ("/cms/pages/search/", "/cms/choose-page/search/"):
            page = shown(cms, address, text)
            assert "Xã Đại Lộc" in page, text
            assert "Xã Hà Nha" not in page, text
        assert "Kế hoạch xã Đại Lộc" in shown(cms, "/cms/documents/", text)
    assert "Kế hoạch xã Đại Lộc" not in shown(cms, "/cms/documents/", "dai hong")


def test_a_person_is_found_by_name_code_address_and_telephone(cms):
    def codes(text):
        return [person.staff_code for person in cms.get("/cms/can-bo/", {"q": text}).context["object_list"]]

    for text in NAMES + PHONES:
        assert codes(text) == ["TG-7"], text
    assert codes("0905 222") == ["TG-7", "TG-8"]
    assert codes("") != codes("khong co ai") == []


def test_marks_are_not_asked_for_but_other_words_are(cms):
    listed = cms.get("/cms/can-bo/", {"q": "đỗ thị nga"}).context["object_list"]
    assert [person.full_name for person in listed] == ["Đỗ Thị Nga"]
    assert not cms.get("/cms/can-bo/", {"q": "alang nga"}).context["object_list"]


def test_a_unit_and_a_role_are_found_however_they_are_typed(cms):
    assert [unit.name for unit in cms.get("/cms/don-vi/", {"q": "thanh my xa"}).context["object_list"]] == [
        "Xã Thạnh Mỹ"
    ]
    roles = cms.get("/cms/vai-tro/", {"q": "le van hung"}).context["object_list"]
    assert {role.user.full_name for role in roles} == {"Lê Văn Hùng"}
    assert cms.get("/cms/vai-tro/", {"q": "avuong"}).context["object_list"]
