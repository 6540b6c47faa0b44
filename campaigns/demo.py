"""Demo content of two communes, written and reviewed through the real code."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.notices import NoticePage
from campaigns.communes.taking import take
from campaigns.messages.message import MessagePage
from pages.contacts.confirming import confirm, propose
from pages.contacts.contact import Contact
from people.persons.user import User
from people.rights.languages import Does, give_works, works_of
from people.times import today
from people.units.files import prepare
from people.units.unit import Unit, UnitVersion

SCHOOL = "TH-20455"
SCHOOLS = Path(__file__).parent / "starter" / "demo_schools.csv"


def stage(now: datetime, progress: Callable[[str], None]) -> None:
    """The head reviews in Tây Giang; Avương has none, so the province's manager does. A second run adds nothing."""
    tay_giang, avuong = (_space(code) for code in ("20455", "20458"))
    if tay_giang is None or avuong is None or tay_giang.get_children().exists():
        return
    progress(_("Trang mẫu của hai xã…"))
    mai, hoa, son, phuong = (User.objects.by_login(login) for login in ("mai", "hoa", "son", "phuong"))
    day = timezone.localdate(now)
    with transaction.atomic():
        _greet(tay_giang, mai, son)
        words = "Ai trong xã được rủ đi làm xa, mời đến nhà văn hóa thôn để hỏi. Không mất tiền, không phải nói tên."
        decide(submit(_taken(tay_giang, "di-lam-xa", words, mai), mai), son, "approve")
        evening = NoticePage(
            title="Tối nói chuyện của thôn",
            text="<p>Mời bà con cùng nghe và hỏi về việc đi làm xa. Có cán bộ xã và người nói tiếng của thôn.</p>",
            place="Nhà văn hóa thôn",
            on=day + timedelta(days=10),
        )
        reason = "Xin ghi thêm giờ bắt đầu, để bà con sắp xếp việc nương rẫy."
        decide(submit(_written(tay_giang, evening, mai), mai), son, "reject", reason)
        market = NoticePage(
            title="Bàn hỏi đáp ở chợ phiên",
            text="<p>Cán bộ xã ngồi ở chợ phiên, ai muốn hỏi việc đi làm xa thì ghé. Gọi 111 khi cần giúp ngay.</p>",
            place="Chợ xã",
            on=day + timedelta(days=4),
            at=time(7, 30),
        )
        decide(submit(_written(avuong, market, hoa), hoa), phuong, "approve", "Rõ ràng, dễ hiểu.")
        submit(_taken(avuong, "cuoi-xa", "Cần hỏi riêng, mời đến gặp Hội Phụ nữ xã.", hoa), hoa)
        _numbers(tay_giang, avuong, mai, hoa, son, now)


def name_languages() -> None:
    """What the demo's translator is for: she records Cơ Tu too. Nobody approves, which the desk says."""
    person, unit = User.objects.by_login("dung"), Unit.objects.bearing("48", today())
    if person is not None and unit is not None and not works_of(person):
        works = [(tag, Does.TRANSLATES.value) for tag in ("ktv", "lo", "en")]
        give_works(person, unit, [*works, ("ktv", Does.SPEAKS.value)])


def found_school(now: datetime) -> None:
    """The school of the demo's teacher and manager, made-up, below their commune; as a table of units brings it. It is
    known since its commune is, so that figures of the demo's year are the same as known then and as known today.
    """
    day = timezone.localdate(now)
    commune = Unit.objects.bearing("20455", day)
    if Unit.objects.bearing(SCHOOL, day) is not None or commune is None:
        return
    known_since = UnitVersion.objects.current().get(unit=commune).recorded_at
    prepare(SCHOOLS, None, known_since).carry_out(strict=True)


def _space(code: str) -> CommuneSpacePage | None:
    unit = Unit.objects.bearing(code, today())
    return CommuneSpacePage.objects.filter(unit=unit, locale__language_code="vi").first()


def _greet(space: CommuneSpacePage, editor: User, reviewer: User) -> None:
    space.intro = "Chào bà con. Trang này báo tin của xã và chỉ chỗ hỏi khi có người rủ đi làm xa."
    space.office = "UBND xã, bộ phận tiếp dân, giờ hành chính. Cần người phiên dịch, hãy nói trước."
    space.save_revision(user=editor, log_action=True)
    decide(submit(space, editor), reviewer, "approve")


def _numbers(tay_giang: CommuneSpacePage, avuong: CommuneSpacePage, mai, hoa, son, now: datetime) -> None:
    """One that the head called, with a change that waits, and one of the other commune; no telephone has them."""
    said: dict = {"name": "Trực ban xã", "when": "Cần hỏi, cần báo tin trong xã", "hours": "Giờ hành chính", "cost": ""}
    said |= {"abroad": False, "country": "", "order": 10}
    first = Contact.objects.create(number="0235 000 1111", unit=tay_giang.unit, **said)
    version = propose(first, first.said(), mai, now)
    confirm(version.pk, son, now, timezone.localdate(now), version.number)
    propose(first, {**first.said(), "hours": "24 giờ mỗi ngày"}, mai, now)
    second = Contact.objects.create(number="0235 000 2222", unit=avuong.unit, **said)
    propose(second, second.said(), hoa, now)


def _taken(space: CommuneSpacePage, slug: str, words: str, editor: User) -> Page:
    page = take(space, MessagePage.objects.get(slug=slug, locale__language_code="vi"), editor)
    page.words = words
    page.save_revision(user=editor, log_action=True)
    return page


def _written(space: CommuneSpacePage, notice: NoticePage, editor: User) -> NoticePage:
    notice.live, notice.owner = False, editor
    space.add_child(instance=notice)
    notice.save_revision(user=editor, log_action=True)
    return notice


def submit(page: Page, editor: User) -> Page:
    page.get_workflow().start(page, editor)
    return page


def decide(page: Page, reviewer: User, action: str, comment: str = "") -> None:
    """The action of the reviewer's buttons; raises PermissionDenied."""
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, reviewer, action, comment=comment)
