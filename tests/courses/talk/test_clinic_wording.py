"""What the words of a case must not hold, and what passes."""

import pytest

from courses.talk.clinic.wording import too_near


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Cô gái ở thôn Arầng vừa về.", "thôn"),
        ("Nhà ở bản 3, gần cửa khẩu.", "thôn"),
        ("Người ở xã Tây Giang báo.", "xã"),
        ("Phường Hải Châu có quán ấy.", "phường"),
        ("Tổ dân phố 12 báo lên.", "thôn"),
        ("Về ngày 12/03/2026 thì khai.", "ngày tháng"),
        ("Khoảng 5-6-26 cháu đi.", "ngày tháng"),
        ("ngày 3 tháng 4 cháu đi", "ngày tháng"),
        ("Cháu sinh năm 2009, học lớp 9.", "năm sinh"),
        ("SN: 2009", "năm sinh"),
        ("Chị Hoa bị lừa qua mạng.", "tên"),
        ("bé Y Nhi đi với người lạ", "tên"),
        ("anh Đinh Văn Quý môi giới", "tên"),
    ],
)
def test_what_tells_who_or_where_is_refused(text, about):
    assert any(about in sentence for sentence in too_near(text)), text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Một người phụ nữ ở một xã vùng biên vừa về, chưa muốn khai.",
        "Công an xã và trạm y tế phối hợp; chị ấy ở nhà người thân.",
        "Bản thân em bé không biết. Theo bản Kế hoạch của tỉnh thì gọi 111.",
        "Anh Công an khu vực đã ghi bản Tường trình.",
        "Người ở huyện Nam Giang cũ, ba tháng trước, sau Tết.",
        "Có 3/4 số người đã về; mức hỗ trợ theo Điều 12, 13.",
        "xã hội, thôn nữ, làng nghề, ấp trứng",
    ],
)
def test_what_tells_nothing_passes(text):
    assert too_near(text) == []
