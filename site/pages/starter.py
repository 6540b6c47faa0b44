"""Starter words of the home page, from the campaign text (content/campaign.vi.md), not yet approved by the "
"province."""

NOT_APPROVED = "Nội dung khởi đầu, chưa được cơ quan chuyên môn duyệt."


def _message(title, said, truth, advice, source=""):
    return (
        "message",
        {"title": title, "said": said, "truth": truth, "advice": advice, "source": source, "page": None},
    )


def _hotline(number, when, terms=""):
    return ("hotline", {"number": number, "when": when, "terms": terms, "confirmed_on": None})


MESSAGES = [
    _message(
        "“Việc nhẹ, lương cao” ở nước ngoài",
        "Việc nhẹ, lương cao; không cần bằng cấp; bao ăn ở, xe đưa đón; đi đường tắt, không cần hộ chiếu; không phải "
        "đóng tiền, trừ lương sau.",
        "Có người bị thu giấy tờ, điện thoại, bị nhốt, bị ép làm 12–14 giờ một ngày, muốn về phải nộp tiền chuộc.",
        "Hỏi: công ty tên gì, có giấy phép không? Có hợp đồng viết bằng tiếng mình hiểu không? Đi bằng đường nào? Ai "
        "giữ hộ chiếu? Đã để lại cho gia đình tên người dẫn, số điện thoại, nơi đến, ngày đi chưa? Nếu "
        "nghi: dừng lại, "
        "chưa đi. Gọi 111, hoặc báo Công an xã, Đồn Biên phòng.",
        "thanhnien.vn 27/9/2025; znews.vn 26/9/2025",
    ),
    _message(
        "Khu lừa đảo trên mạng",
        "Làm máy tính, chăm sóc khách hàng, chơi game có lương; người lạ trên mạng, cũng có khi là người "
        "quen giới thiệu.",
        "Đến nơi bị ép nhắn tin lừa người khác; không đủ chỉ tiêu thì bị đánh, bỏ đói, bị bán sang chỗ khác.",
        "Người bị ép làm việc xấu vẫn là người cần giúp. Hãy gọi, đừng sợ. Gia đình có người kẹt ở nước "
        "ngoài: không tự "
        "chuyển tiền chuộc khi chưa hỏi Công an; ghi lại tin nhắn, số tài khoản, vị trí; báo Công an, Bộ "
        "Ngoại giao, 111.",
        "soha.vn 09/3/2026; nhandan.vn 2025; baophunuthudo.vn 2025",
    ),
    _message(
        "Lấy chồng, lấy vợ qua môi giới",
        "Chồng giàu, cưới nhanh, gia đình được nhận tiền, không cần biết nhau.",
        "Có đường dây nhắm vào phụ nữ khó khăn ở vùng sâu, dựng chuyện môi giới hôn nhân rồi đưa qua biên giới bán.",
        "Hỏi: đã gặp nhau, nói chuyện được với nhau chưa? Có đăng ký kết hôn ở cơ quan nhà nước chưa? Ai "
        "nhận tiền? Có "
        "giữ được điện thoại, giấy tờ không? Con gái, con trai đều có quyền nói không.",
        "baolamdong.vn 7/2025",
    ),
    _message(
        "Cho, nhận con nuôi trái phép; đẻ thuê",
        "Cho con để con sướng; ký giấy tay; nhận tiền “bồi dưỡng”; mang thai hộ lấy tiền.",
        "Có vụ mua bán trẻ sơ sinh núp bóng cho, nhận con nuôi, làm giả giấy tờ. Thỏa thuận mua bán người "
        "từ khi còn là "
        "bào thai bị cấm.",
        "Khi khó nuôi con: đến UBND xã, cán bộ Hội Phụ nữ, trạm y tế, gọi 111. Cho, nhận con nuôi phải đăng "
        "ký theo luật.",
        "nhandan.vn 2025; Luật 53/2024/QH15 Điều 3",
    ),
    _message(
        "Bán thận, bán nội tạng",
        "Bán một quả thận không sao, được nhiều tiền.",
        "Có người lên mạng tìm bán thận rồi bị đưa ra nước ngoài, bị bán vào khu lừa đảo. Mua bán mô, bộ phận cơ thể "
        "người là trái luật.",
        "Khi kẹt tiền: hỏi Ngân hàng Chính sách xã hội, Hội Phụ nữ, UBND xã trước.",
        "znews.vn 26/9/2025",
    ),
]

HOME = {
    "title": "Trang đầu",
    "slug": "trang-dau",
    "search_description": "Phòng, chống mua bán người. Gọi 111, miễn phí, 24/7.",
    "eyebrow": "30/7 – Ngày toàn dân phòng, chống mua bán người",
    "heading": "Cả thôn cùng giữ nhau",
    "lead": "Ai mời đi xa việc nhẹ lương cao, hãy hỏi cho rõ. Thấy ai bị giữ, bị ép, gọi 111. Người trở về, "
    "ta thương, "
    "không chê.",
    "verbs": [
        ("verb", {"verb": "Hỏi", "words": "cho rõ: công ty nào, ai giữ giấy tờ, đi đường nào"}),
        ("verb", {"verb": "Giữ", "words": "giấy tờ của mình"}),
        ("verb", {"verb": "Báo", "words": "gia đình, báo thôn trước khi đi"}),
        ("verb", {"verb": "Gọi", "words": "111 khi thấy ai bị giữ, bị ép"}),
    ],
    "spoken": "Bà con ơi! Ai mời đi xa việc nhẹ lương cao, hãy hỏi cho rõ. Giấy tờ của mình, mình giữ. Đi "
    "đâu, báo gia "
    "đình, báo thôn. Thấy ai bị giữ, bị ép, gọi 111. Người trở về, ta thương, không chê. Ba mươi tháng Bảy, "
    "cả thôn cùng "
    "giữ nhau.",
    "messages": MESSAGES,
    "hotlines": [
        _hotline("111", "Nghi có mua bán người, cần tư vấn, cần giúp trẻ em", "Miễn phí, 24/7"),
        _hotline("113", "Đang nguy hiểm, cần Công an ngay"),
        _hotline("115", "Cần cấp cứu"),
    ],
    "other_help": "Hoặc đến trình báo ở UBND xã, Công an xã, Đồn Biên phòng gần nhất.",
    "officials_lead": "Hai khóa học: nhận diện nạn nhân bị mua bán; hỗ trợ tâm lý ban đầu. Học được trên "
    "điện thoại, học "
    "đến đâu lưu đến đó.",
    "review_note": NOT_APPROVED,
}
