"""What the demo's people asked, told and wrote up, through the same calls as the screens."""

from datetime import datetime, timedelta
from uuid import uuid4

from courses.demo.learning import Course
from courses.talk.clinic import moderating, telling
from courses.talk.clinic.telling import Told
from courses.talk.exemplars import reviewing, writing
from courses.talk.exemplars.writing import Words
from courses.talk.inquiries import answering, asking
from courses.talk.inquiries.asking import Wish
from courses.talk.inquiries.inquiry import Inquiry
from courses.talk.kept import keeping
from people.models import Unit, User

ASKED = "Người dân gọi lúc nửa đêm, nghe như đang bị giữ ở một quán. Tôi chuyển cho ai trước?"
ANSWERED = (
    "Gọi 113 nếu người ấy đang nguy hiểm, rồi trực ban Công an xã; ghi lại giờ gọi và điều họ nói. "
    "Không hẹn gặp riêng, không gọi lại bằng máy của mình."
)
MORE = "Nếu người ấy xin đừng báo ai thì sao?"
CASE = Told(
    *("cong_tac_xa_hoi", "returned", "young", "border", "work"),
    "Người mới về không muốn nói chuyện với cán bộ nào, nên bắt đầu từ đâu?",
    "Một người trẻ vừa về sau mấy tháng làm xa, gầy, mất ngủ, giấy tờ không còn. Gia đình mừng và muốn giữ kín.",
    "Đã đến thăm một lần cùng y tế, chưa hỏi gì về chuyện đã qua.",
)
ANOTHER = Told(
    *("y_te", "at_risk", "teen", "mountain", "online"),
    "Gia đình tin người quen trên mạng, nói thế nào để họ chịu kiểm tra lời mời?",
    "Một em sắp đủ tuổi được hứa việc nhẹ, lương cao, đi ngay trong tuần.",
    "",
)
EXEMPLAR = Words(
    "Tổ đi chợ phiên: hỏi thăm người sắp đi làm xa",
    *("doan_the", "telling", 2023),
    "Mỗi phiên chợ, một cán bộ hội phụ nữ và một công an viên ngồi ở một bàn nước, ai sắp đi làm xa thì hỏi.",
    "Hai người một phiên, thay nhau theo lịch tháng. Có tờ năm câu hỏi về lời mời làm việc và số 111. "
    "Ai thấy lời mời lạ thì được hẹn giúp kiểm tra trong hai ngày.",
    "Người dân tự đến hỏi nhiều hơn; có lời mời được phát hiện là giả trước khi đi.",
    *(6_000_000, "Kinh phí hội và ngân sách xã", "UBND xã, công chức văn hóa – xã hội"),
    [("Số phiên chợ trong năm", 46), ("Số lượt người đến hỏi", 310)],
)
SECOND = Words(
    "Sổ bàn giao khi một người trở về",
    *("cong_tac_xa_hoi", "receiving", 2024),
    "Một tờ duy nhất đi theo người trở về từ lúc tiếp nhận đến khi về nhà, để không ai phải kể lại nhiều lần.",
    "Nơi tiếp nhận ghi việc đã làm và việc còn lại, không ghi chuyện đã xảy ra; nơi nhận ký và gọi lại sau bảy ngày.",
    "Bớt được các lần hỏi lại; nơi nhận biết việc còn lại trong ngày đầu.",
    *(0, "", "UBND xã, công chức văn hóa – xã hội"),
)


def talk(now: datetime) -> None:
    """Once: what is there already stays as it is."""
    if Inquiry.objects.exists():
        return
    people = {login: User.objects.by_login(login) for login in ("ha", "nam", "lan", "binh", "phuong", "son", "hoa")}
    _inquiries(people, now)
    _cases(people, now)
    _exemplars(people, now)


def _inquiries(people: dict, now: datetime) -> None:
    course = Course("nhan-dien-nan-nhan")
    key, trainer, (first, second) = course.key, people["binh"], course.lessons[:2]
    asked = now - timedelta(days=4)
    row = asking.ask(people["ha"], Wish(key, first, ASKED, True, False), uuid4(), asked)
    _answer(trainer, row, ANSWERED, asked + timedelta(hours=20))
    asking.ask_on(people["ha"], row, MORE, uuid4(), now - timedelta(days=1))
    private = Wish(key, second, "Bao nhiêu lâu thì nhắc lại một lần là vừa?", False, False)
    asking.ask(people["nam"], private, uuid4(), now - timedelta(days=2))
    third = asking.ask(
        people["lan"],
        Wish(key, first, "Gọi 111 có mất tiền không, gọi ban đêm được không?", True, True),
        uuid4(),
        now - timedelta(days=6),
    )
    _answer(trainer, third, "111 miễn phí, trực cả ngày đêm.", now - timedelta(days=5))
    said = ("Gọi 111 ban đêm được không, có mất tiền không?", "Được: 111 trực cả ngày đêm, miễn phí.")
    wording = keeping.Wording("vi", *said)
    kept = keeping.propose(trainer, third, wording, now - timedelta(days=5))
    keeping.approve(people["phuong"], kept, keeping.stamp_of(kept), now - timedelta(days=4))


def _answer(by: User, row: Inquiry, text: str, now: datetime) -> None:
    last = row.said.last()
    assert last is not None
    answering.answer(by, row, text, uuid4(), last.stamp, now)


def _cases(people: dict, now: datetime) -> None:
    case = telling.tell(people["lan"], CASE, uuid4(), now - timedelta(days=8))
    moderating.release(people["binh"], case, case.stamp, now - timedelta(days=7))
    telling.contribute(people["ha"], case, "Hỏi hôm nay cần gì trước, chưa hỏi chuyện cũ.", uuid4(), now)
    first = case.contributions.get()
    moderating.moderate(people["binh"], case, first.pk, True, "", now)
    telling.contribute(people["nam"], case, "Nhờ y tế đến trước, mình đến sau.", uuid4(), now)
    telling.tell(people["nam"], ANOTHER, uuid4(), now - timedelta(days=1))


def _exemplars(people: dict, now: datetime) -> None:
    unit = Unit.objects.get(pk=asking.unit_of(people["son"]))
    row = writing.write(people["son"], unit, EXEMPLAR, uuid4(), True, now - timedelta(days=20))
    reviewing.put_on_the_list(people["phuong"], row, row.stamp, now - timedelta(days=18))
    there = Unit.objects.get(pk=asking.unit_of(people["hoa"]))
    reviewing.adopt(people["hoa"], row, there, now - timedelta(days=9))
    writing.write(people["son"], unit, SECOND, uuid4(), True, now - timedelta(days=3))
