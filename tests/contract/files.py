"""Rows of the contract's tables in a few words, for scenarios that are worked out by hand."""

ROSTER = ["ma_can_bo", "ho_ten", "email", "dien_thoai", "ma_don_vi", "chuc_danh", "nhiem_vu", "tu_ngay", "den_ngay"]
UNITS = ["ma", "ten", "loai", "nganh", "ma_cha", "tu_ngay", "den_ngay"]
SUCCESSIONS = ["ma_cu", "ma_moi", "thua_ke", "quyet_dinh", "ngay"]
EXCUSES = ["ma_can_bo", "yeu_cau", "ly_do", "tu_ngay", "den_ngay"]
COMPLETIONS = ["ma_can_bo", "khoa_hoc", "ngay_hoan_thanh", "minh_chung"]
COURSE = "nhan-dien-nan-nhan"
STATES = ("completed", "expired", "overdue", "in_progress", "not_started", "excused")


def _row(columns, values):
    return dict(zip(columns, values, strict=True))


def post(person, unit, start, end="", duty="ho_tro_nan_nhan", position="Công chức văn hóa - xã hội", name=""):
    return _row(ROSTER, [person, name or f"Người {person}", "", "", unit, position, duty, start, end])


def unit(code, name, kind, parent, start, end="", sector="chinh_quyen"):
    return _row(UNITS, [code, name, kind, sector, parent, start, end])


def becomes(old, new, on, heir=""):
    return _row(SUCCESSIONS, [old, new, heir, "Nghị quyết thử", on])


def excuse(person, start, end="", requirement=COURSE):
    return _row(EXCUSES, [person, requirement, "Nghỉ thai sản", start, end])


def completion(person, on, course=COURSE):
    return _row(COMPLETIONS, [person, course, on, "Giấy chứng nhận"])


def states(figure):
    """The states that somebody is in, with how many are."""
    return {state: figure[state] for state in STATES if figure[state]}


def child(figure, code):
    return next(one for one in figure["children"] if one["unit"]["code"] == code)
