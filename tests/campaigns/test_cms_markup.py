"""The screens under /cms/ that hold parts of ours are whole HTML, as the public pages are
(tests/browser/test_page_weight.py)."""

import html5lib
import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.models import Locale

from campaigns.communes.taking import take
from campaigns.demo import decide, submit
from campaigns.starter.seeding import seed
from pages.contacts.confirming import record_call
from pages.contacts.contact import Contact
from people.times import today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_passwords(settings):
    settings.SECOND_STEP_REQUIRED = False


def drawn(client, path: str) -> str:
    """The screen, which the strict parser has nothing to say of."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    html = answer.content.decode()
    parser, lines = html5lib.HTMLParser(), html.splitlines()
    parser.parse(html)
    wrong = [
        f"{error} {arguments}: {lines[line - 1][max(0, at - 100) : at]}"
        for (line, at), error, arguments in parser.errors
    ]
    assert not wrong, "\n".join([path, *wrong])
    return html


def test_the_screens_of_a_commune_and_of_its_reviewer_are_whole_html(communes, client_of):
    space, cast = communes.tay_giang, communes.cast
    editor, head = client_of(cast.editor), client_of(cast.unit_head)
    assert "Đi làm xa" in drawn(editor, "/cms/")
    page = take(space, communes.message, cast.editor)
    decide(submit(page, cast.editor), cast.unit_head, "reject", "Ghi thêm giờ <sáng>.")
    assert "Ghi thêm giờ &lt;sáng&gt;." in drawn(editor, "/cms/")
    assert "do tỉnh viết" in drawn(editor, f"/cms/pages/{page.pk}/edit/")
    assert "Tên và địa chỉ của trang" in drawn(editor, f"/cms/pages/{space.pk}/edit/")
    page.current_workflow_state.resume(cast.editor)
    assert "1 trang của xã chờ anh chị duyệt" in drawn(head, "/cms/")


def test_the_screens_of_the_province_are_whole_html(cast, client_of):
    seed(timezone.now(), lambda line: None)
    contact = Contact.objects.get(number="18001581")
    record_call(contact, cast.manager, today(), True, timezone.now())
    manager = client_of(cast.manager)
    for screen, said in {
        f"goi-thu/{contact.pk}": "Có người nghe, đúng nơi",
        f"goi-lan-hai/{contact.pk}": "Số đã bấm để gọi",
        f"go-xuong/{contact.pk}": "Vì sao gỡ",
        "cho-goi": "Ghi lần gọi hai của 18001581",
    }.items():
        assert said in drawn(manager, f"/cms/so-lien-he/{screen}/")
    assert "chờ anh chị gọi lần hai" in drawn(manager, "/cms/")
    assert "Xem mẫu" in drawn(manager, "/cms/cap-chung-nhan/new/")
    assert "other-searches-title" in drawn(manager, "/cms/pages/search/?q=xa")
    administrator = client_of(cast.administrator)
    assert "workflow-tasks__step" in drawn(administrator, "/cms/workflows/list/")
    drawn(administrator, f"/cms/locales/edit/{Locale.objects.first().pk}/")


def test_no_screen_bears_wagtails_name_or_a_limit_of_nothing(cast, client_of, rf):
    manager = client_of(cast.manager)
    assert "Lớn nhất là 50,0\xa0MB" in drawn(manager, "/cms/documents/multiple/add/")
    request = rf.get("/cms/")
    request.user = cast.manager
    instead_of_a_preview = render_to_string("wagtailadmin/generic/preview_error.html", request=request)
    assert "<title>Không xem trước được - Lá Chắn</title>" in instead_of_a_preview
