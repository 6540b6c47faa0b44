"""Starter words of the home page and of the page of numbers to call, and the numbers themselves, from the campaign text
(content/campaign.vi.md, 1 and 2), not yet approved by the province.
"""

from typing import Any

from django.utils import timezone

from pages.contacts.confirming import propose
from pages.contacts.contact import Contact

NOT_APPROVED = "Nội dung khởi đầu, chưa được cơ quan chuyên môn duyệt."

HOME = {
    "title": "Trang đầu",
    "slug": "trang-dau",
    "summary": "Hỏi cho rõ trước khi đi xa. Cần giúp: gọi 111, miễn phí, ngày đêm.",
    "eyebrow": "30/7 – Ngày toàn dân phòng, chống mua bán người",
    "heading": "Cả thôn cùng giữ nhau",
    "lead": "Ai mời đi xa việc nhẹ lương cao, hãy hỏi cho rõ. Thấy ai bị giữ, bị ép, gọi 111. Người trở về, ta thương, "
    "không chê.",
    "verbs": [
        ("verb", {"verb": "Hỏi", "words": "cho rõ: công ty nào, ai giữ giấy tờ, đi đường nào"}),
        ("verb", {"verb": "Giữ", "words": "giấy tờ của mình"}),
        ("verb", {"verb": "Báo", "words": "gia đình, báo thôn trước khi đi"}),
        ("verb", {"verb": "Gọi", "words": "111 khi thấy ai bị giữ, bị ép"}),
    ],
    "other_help": "Hoặc đến trình báo ở UBND xã, Công an xã, Đồn Biên phòng gần nhất.",
    "officials_lead": "Bốn khóa học: nhận diện nạn nhân; hỗ trợ tâm lý ban đầu; luật mới; xác minh. "
    "Học được trên điện thoại, học đến đâu lưu đến đó.",
    "review_note": NOT_APPROVED,
}

CONTACTS_PAGE = {
    "title": "Gọi cho ai",
    "slug": "goi-ai",
    "summary": "Các số gọi khi cần hỏi, cần giúp. 111: miễn phí, ngày đêm.",
    "heading": "Gọi cho ai?",
    "lead": "Gọi 111 khi thấy lo, khi muốn hỏi, khi cần giúp. Miễn phí, ngày đêm. "
    "Nói tên hay không là quyền của bà con.",
    "what_to_say": "Đang ở đâu.\nChuyện gì đang xảy ra.\nCần gì ngay lúc này.\nTên: nói hay không nói đều được.",
    "other_help": "Hoặc đến trình báo trực tiếp ở UBND xã, Công an xã, Đồn Biên phòng gần nhất.",
    "review_note": NOT_APPROVED,
}

# 18001581 and the number for citizens abroad come from old papers: nobody has called them yet, so they are not public
CONTACTS: list[dict[str, Any]] = [
    {
        "number": "111",
        "name": "Tổng đài quốc gia về phòng, chống mua bán người",
        "when": "Nghi có mua bán người, cần tư vấn, cần giúp trẻ em",
        "hours": "24/7",
        "cost": "Miễn phí",
        "source": "Nghị định 162/2025/NĐ-CP; tienphong.vn, vneconomy.vn 9/2025",
        "note": "Chung số với tổng đài bảo vệ trẻ em; Bộ Y tế vận hành.",
    },
    {"number": "113", "name": "Công an", "when": "Đang nguy hiểm, cần Công an ngay", "source": "Số khẩn cấp quốc gia"},
    {"number": "115", "name": "Cấp cứu", "when": "Cần cấp cứu", "source": "Số khẩn cấp quốc gia"},
    {
        "number": "18001581",
        "name": "Tổng đài của tỉnh Quảng Nam (cũ)",
        "when": "Cần tư vấn, cần báo tin",
        "cost": "Miễn phí",
        "source": "Kế hoạch của tỉnh, 3/2024",
        "note": "Chỉ có trong Kế hoạch 3/2024; phải gọi thử sau khi sáp nhập.",
    },
    {
        "number": "+84 981 84 84 84",
        "name": "Tổng đài bảo hộ công dân, Bộ Ngoại giao",
        "when": "Đang ở nước ngoài, cần giúp",
        "abroad": True,
        "cost": "Cước quốc tế",
        "source": "dofabrvt.gov.vn, 2015",
        "note": "Nguồn năm 2015; kiểm lại trước khi dùng.",
    },
]


def create_contacts() -> None:
    """Creates the numbers that never were there. Those of the whole country are public; any other waits for a call."""
    now, of_province = timezone.now(), Contact.objects.provincial()
    known = {*of_province.values_list("number", flat=True), *of_province.values_list("versions__number", flat=True)}
    for place, fields in enumerate(CONTACTS, start=1):
        if fields["number"] in known:
            continue
        contact = Contact(order=10 * place, **fields)
        contact.public_since = now if contact.is_national else None
        contact.save()
        if not contact.is_public:
            propose(contact, contact.said(), None, now)
