"""Every form of somebody signed in survives the end of their session, but those whose fields are secrets."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from people.signing_in.kept_forms import mark_of

TEMPLATES = Path(settings.SITE_DIR) / "templates"
FORM = re.compile(r"<form\b[^>]*?method=[\"']?post.*?</form>", re.S | re.I)
SECRETS = "asks for a password, a code or a key, which is never carried"
WITHOUT = {
    "account/wording.html": "carries on the form that it stands for, its mark with the other fields",
    "account/activate.html": "for somebody who has no session yet",
    "account/restore.html": "for the owner of an account who is shut out of it",
    "account/login.html": "for somebody who has no session yet",
    "account/password_reset.html": "for somebody who has no session yet",
    "account/password_reset_from_key.html": "for somebody who has no session yet",
    "account/logout.html": "without a session there is nothing to end",
    "account/send_kept_form.html": "sends on what was kept",
    "account/password_change.html": SECRETS,
    "account/password_set.html": SECRETS,
    "account/reauthenticate.html": SECRETS,
    "mfa/": SECRETS,
    "wagtailadmin/": "under /cms/ all forms are Wagtail's, and none of them is kept",
}


def test_every_posting_form_says_whose_it_is_or_why_not():
    missing, seen = [], 0
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = str(path.relative_to(TEMPLATES))
        for form in FORM.findall(path.read_text(encoding="utf-8")):
            seen += 1
            # a form without a token is for the public, whose POSTs check Origin instead
            if "csrf_token" in form and "{% sent_by %}" not in form and not name.startswith(tuple(WITHOUT)):
                missing.append(name)
    assert seen > 25
    assert missing == []


# who sends what, where
POSTED = [
    ("trainer", "/bao-cao/can-bo/TG-001/", {"completion": "1", "on": "2026-11-01", "reason": "Nhầm người"}),
    ("trainer", "/bao-cao/xac-nhan/20455/", {"ve": "/bao-cao/"}),
    ("trainer", "/bao-cao/mien-hoan/moi/", {"codes": "TG-001", "reason": "Nghỉ thai sản"}),
    ("manager", "/bao-cao/mien-hoan/quyet-dinh/", {"chon": "1", "dong_y": "1"}),
    ("trainer", "/lop-tap-huan/noi-khac/ghi/", {"code": "TG-001", "held_by": "Học viện"}),
    ("unit_head", "/lop-tap-huan/noi-khac/", {"which": "1", "act": "agree"}),
    ("trainer", "/hoi-dap/phu-trach/cau/1/", {"act": "answer", "text": "Gọi 111."}),
    ("learner", "/hoi-dap/ca/moi/", {"asked": "Hỏi gì trước?"}),
    ("learner", "/hoi-dap/cau/1/", {"act": "withdraw"}),
    ("unit_head", "/ke-hoach/lap/", {"unit": "1", "year": "2027"}),
    ("manager", "/ke-hoach/lap-mau/", {"year": "2027", "begins": "empty"}),
    ("unit_head", "/ke-hoach/ban/1/", {"act": "submit"}),
    ("unit_head", "/ke-hoach/ban/1/can-cu/", {"basis": "Kế hoạch của tỉnh"}),
    ("unit_head", "/ke-hoach/ban/1/them-viec/", {"title": "Loa thôn"}),
    ("translator", "/dich/ktv/bai/1/", {"text-1": "Zu.", "seen-1": "0.x", "act": "save"}),
    ("translator", "/dich/ktv/cau/1/", {"text": "Hỏi lại."}),
    ("translator", "/dich/neu-ten/", {"dong-y": "1"}),
    ("translator", "/tieng-noi/ktv/nghe/1/", {"back-1": "Nhỏ quá"}),
    ("translator", "/tieng-noi/ktv/nguoi-doc/", {"who": "me", "how": "self", "uses": "site"}),
    ("manager", "/dich/cau-da-sua/", {"act": "same", "cau": "1"}),
    ("editor", "/hoat-dong/ghi/noi-chuyen/", {"people": "30"}),
    ("manager", "/hoat-dong/trong-diem/", {"xa": "1"}),
    ("manager", "/canh-bao-nhanh/viet/", {"title": "Đừng đưa thẻ", "how": "Chúng hỏi mượn thẻ."}),
    ("manager", "/canh-bao-nhanh/1/", {"act": "approve", "stamp": "2"}),
    ("editor", "/canh-bao-nhanh/1/mo/", {}),
    ("editor", "/loa-xa/1/", {"act": "confirm", "which": "1"}),
    ("unit_head", "/hoat-dong/muc/1f0c8f3e-8a52-4a3c-9d7e-6f1f6d1f0a11/", {"act": "verify"}),
    ("trainer", "/bao-cao/nhac/goi/1/", {}),
    ("trainer", "/bao-cao/chon/", {"viec": "nhac", "tu": "/bao-cao/can-bo/", "nguoi": "1"}),
    ("manager", "/bao-cao/nhac/chon/1/", {}),
    ("manager", "/bao-cao/nhac/chon/1/in/", {}),
    ("manager", "/bao-cao/nhac/ke-hoach/", {"gio": "1", "is_on": "on", "opens_at": "08:00"}),
    ("manager", "/bao-cao/nhac/ngay-nghi/", {"them": "1", "day": "02/09/2027", "name": "Quốc khánh"}),
    ("trainer", "/bao-cao/nam/", {"don_vi": "1", "nam": "2026", "ky": "annual"}),
    ("trainer", "/bao-cao/nam/1/moi/", {"ly_do": "Bổ sung", "sau": "1"}),
    ("trainer", "/bao-cao/nam/mau/20455/", {"organisation": "UBND xã"}),
    ("manager", "/bao-cao/nam/ngay-chot/", {"nam_ngay": "14"}),
    ("trainer", "/bao-cao/chung-nhan/", {"unit": "1", "course": ""}),
    ("trainer", "/bao-cao/chung-nhan/1/thu-hoi/", {"reason": "Sai tên"}),
    ("trainer", "/tai-khoan/phieu-kich-hoat/20455/", {"person": "1"}),
    ("administrator", "/tai-khoan/xoa/1/", {"khong": "1", "answer": "Đang giữ nhiệm vụ"}),
    ("learner", "/tai-khoan/du-lieu/xoa/", {"hieu": "1"}),
    ("learner", "/lich/cua-toi/", {"rut": "1"}),
    ("trainer", "/lich/don-vi/1/", {}),
    ("learner", "/tai-khoan/phien/", {"phien": "1"}),
]


@pytest.mark.parametrize(("who", "path", "fields"), POSTED, ids=[path for _who, path, _fields in POSTED])
def test_a_form_posted_after_the_session_ended_is_kept_by_the_sign_in_page(cast, client, who, path, fields):
    sent = {**fields, "sent_by": mark_of(getattr(cast, who))}
    answer = client.post(path, sent, headers={"origin": "http://testserver"})
    assert answer.status_code == 401
    assert 'name="kept"' in answer.content.decode()


def test_a_form_from_elsewhere_or_without_a_sender_only_leads_to_the_sign_in_page(cast, client):
    path, mark = "/bao-cao/xac-nhan/20455/", mark_of(cast.trainer)
    assert client.post(path, {"sent_by": mark}, headers={"origin": "https://evil.example"}).status_code == 302
    assert client.post(path, {}, headers={"origin": "http://testserver"}).status_code == 302
