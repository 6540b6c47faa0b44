"""A translator's first page under /cms/ says how far each language is and whom to ask; it is not empty."""

import pytest
from factories import make_person
from wagtail.models import Locale

from letters.order import name_order
from pages.home.translators import whom_to_ask
from people.rights.roles import RoleKind, give

pytestmark = pytest.mark.django_db


def first_page(tree, client_of, who) -> str:
    response = client_of(getattr(tree.cast, who)).get("/cms/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_she_reads_what_there_is_and_whom_to_ask(tree, client_of):
    lao = Locale.objects.get_or_create(language_code="lo")[0]
    copy = tree.message.copy_for_translation(lao, copy_parents=True)
    copy.title = "ພາສາ"
    copy.save_revision().publish()
    html = first_page(tree, client_of, "translator")
    assert "Việc của người dịch" in html
    assert tree.cast.manager.full_name in html
    assert '<a href="/lo/">Tiếng Lào</a></td><td>1 trên' in html
    assert "Tiếng Cơ Tu</td><td>0 trên" in html


def test_whom_to_ask_stands_once_and_by_given_name(cast):
    other = make_person("Zơrâm Thị Ân")
    for person in (other, other):
        give(person, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    names = [other.full_name, cast.manager.full_name]
    assert whom_to_ask() == sorted(names, key=name_order)


@pytest.mark.parametrize("who", ["editor", "manager", "trainer"])
def test_nobody_else_is_told(tree, client_of, who):
    assert "Việc của người dịch" not in first_page(tree, client_of, who)
