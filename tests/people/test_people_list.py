"""The list of people under /cms/ says where somebody works today."""

import pytest
from factories import OLD_MAP, make_person, make_posting

pytestmark = pytest.mark.django_db


def test_who_was_posted_before_the_reform_stands_in_the_unit_of_today(cast, client_of):
    person = make_person("Pơloong Thị Xa", "TG-900")
    make_posting(person, cast.units.lang, start=OLD_MAP, position="Công chức")
    html = client_of(cast.administrator).get("/cms/can-bo/?q=TG-900").content.decode()
    assert "Xã Tây Giang: Công chức" in html
    assert "Xã Lăng" not in html


@pytest.mark.parametrize(("who", "url"), [("administrator", "/bao-cao/"), ("editor", "/hoc-tap/")])
def test_a_way_leads_back_to_the_work_on_the_site(cast, client_of, who, url):
    html = client_of(getattr(cast, who)).get("/cms/").content.decode()
    assert "Về trang làm việc" in html or "V\\u1ec1 trang l\\u00e0m vi\\u1ec7c" in html
    assert f'"url": "{url}"' in html or f"&quot;{url}&quot;" in html
