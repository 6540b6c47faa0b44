"""What the columns about people and days are called in our templates, and in offices."""

from django.utils.translation import gettext_lazy as _

PERSON = {
    "ma_can_bo": _("Mã cán bộ"),
    "ho_ten": _("Họ tên"),
    "email": _("Email"),
    "dien_thoai": _("Điện thoại"),
}
PERSON_WORDS = {
    "ma_can_bo": (
        "ma",
        "ma_nv",
        "ma_so",
        "so_hieu",
        "so_hieu_cong_chuc",
        "ma_cong_chuc",
        "ma_cc",
        "ma_dinh_danh_can_bo",
    ),
    "ho_ten": ("ten", "ten_can_bo", "ho_ten_can_bo", "ho_va_ten_cong_chuc", "can_bo", "ho_ten_cong_chuc"),
    "email": ("mail", "hop_thu", "thu_cong_vu", "email_cong_vu"),
    "dien_thoai": ("dt", "so_dt", "dtdd", "phone", "mobile", "so_di_dong", "dien_thoai_di_dong"),
}
DAYS = {
    "tu_ngay": ("ngay", "ngay_vao", "ngay_nhan_viec", "ngay_bo_nhiem", "ngay_nhan_nhiem_vu", "bat_dau"),
    "den_ngay": ("ket_thuc", "ngay_nghi", "ngay_thoi_viec"),
}
