"""The files that are brought in on screen: what their columns are called, how each is read, and what it changes.

One kind is one address, `/bao-cao/nhap/<key>/`; who may bring it in is who could undo such a change.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.completions import filed
from courses.reports.importing import outlooks
from courses.reports.importing.outlooks import Told
from courses.reports.importing.words import DAYS, PERSON, PERSON_WORDS
from courses.standing import excuses
from people.changes.change import Origin
from people.imports import Outcome, Prepared, Progress
from people.rights.scope import import_reach, under
from people.roster import importing as roster
from people.roster.fact_files import Sheet
from people.roster.rows import OFFICE_COLUMNS
from people.units import files as units
from people.units.unit_rows import UNITS
from tabular.columns import Column
from tabular.questions import Answers
from tabular.readings import Reading


@dataclass(frozen=True)
class Upload:
    """What a check or an import is asked to read, as its payload says."""

    payload: dict
    by: object
    key: str
    reading: Reading
    shows: Callable[[Outcome], None] | None
    progress: Progress

    @property
    def origin(self) -> Origin:
        return Origin(self.payload.get("name", ""), self.by, self.key)

    @property
    def answers(self) -> Answers:
        return Answers(self.payload.get("answers"))


@dataclass(frozen=True)
class FileKind:
    """`effect` begins the names of its two effects. `constants` are columns that a file may lack and hold one value for
    all rows; `headings` every column by its name in our template; `other_words` what offices call columns.
    """

    key: str
    effect: str
    change: str
    title: str | Promise
    columns: Sequence[Column]
    headings: dict[str, str | Promise]
    constants: tuple[str, ...]
    prepare: Callable[[Path, Path | None, datetime, Upload], Prepared]
    told: Callable[[Prepared, date], Told | None]
    example: tuple[str | Promise, ...]
    other_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    second_file: str = ""

    @property
    def check(self) -> str:
        return f"{self.effect}_check"

    @property
    def bring(self) -> str:
        return f"{self.effect}_import"

    def heading(self, column: str) -> str:
        return str(self.headings.get(column, column))


def _roster(path: Path, _second: Path | None, now: datetime, upload: Upload) -> Prepared:
    day, unit = upload.payload.get("codes_as_of"), upload.payload.get("unit")
    near = set(under([unit]).values_list("unit", flat=True)) if unit else set()
    return roster.prepare_roster(
        path,
        now,
        codes_as_of=date.fromisoformat(day) if day else None,
        ended_if_missing=bool(upload.payload.get("ended_if_missing")),
        within=import_reach(upload.by),
        origin=upload.origin,
        answers=upload.answers,
        progress=upload.progress,
        office=roster.Office(upload.reading, near, upload.shows),
    )


def _facts(prepare: Callable[..., Prepared]) -> Callable[[Path, Path | None, datetime, Upload], Prepared]:
    def prepared(path: Path, _second: Path | None, now: datetime, upload: Upload) -> Prepared:
        sheet = Sheet(upload.reading, upload.shows)
        told = {"answers": upload.answers, "origin": upload.origin, "progress": upload.progress}
        return prepare(path, now, sheet=sheet, **told)

    return prepared


def _units(path: Path, second: Path | None, now: datetime, upload: Upload) -> Prepared:
    return units.prepare(path, second, now, upload.answers, upload.origin, upload.reading, upload.shows)


ROSTER = FileKind(
    key="danh-sach",
    effect="roster",
    change=roster.ROSTER,
    title=_("Nhập danh sách cán bộ"),
    columns=OFFICE_COLUMNS,
    headings={
        **PERSON,
        "ma_don_vi": _("Mã đơn vị"),
        "ten_don_vi": _("Tên đơn vị"),
        "chuc_danh": _("Chức danh"),
        "nhiem_vu": _("Nhiệm vụ"),
        "tu_ngay": _("Từ ngày"),
        "den_ngay": _("Đến ngày"),
    },
    constants=("ma_don_vi", "chuc_danh", "nhiem_vu", "tu_ngay", "den_ngay"),
    prepare=_roster,
    told=outlooks.of_roster,
    example=("QN-0001", _("Dòng ví dụ, xóa trước khi nhập"), "ten@example.vn", "0905 000 000", _("mã xã"))
    + (_("Công chức"), "ho_tro_nan_nhan|tuyen_truyen", "01/07/2025", ""),
    other_words={
        **PERSON_WORDS,
        **DAYS,
        "ma_don_vi": ("ma_xa", "ma_co_quan", "ma_dvi"),
        "ten_don_vi": ("don_vi_cong_tac", "co_quan_cong_tac", "noi_cong_tac", "noi_lam_viec", "xa_phuong", "phong_ban"),
        "chuc_danh": ("vi_tri", "vi_tri_viec_lam", "vi_tri_cong_tac", "cong_viec"),
        "nhiem_vu": ("nhiem_vu_pcmbn", "nhiem_vu_duoc_phan_cong", "phan_cong", "duoc_giao"),
    },
)
EXCUSES = FileKind(
    key="mien",
    effect="excuses",
    change=excuses.EXCUSES.change,
    title=_("Nhập trường hợp được miễn"),
    columns=excuses.OFFICE_COLUMNS,
    headings={
        **PERSON,
        "yeu_cau": _("Yêu cầu"),
        "ly_do": _("Lý do"),
        "tu_ngay": _("Từ ngày"),
        "den_ngay": _("Đến ngày"),
    },
    constants=("yeu_cau", "ly_do", "tu_ngay", "den_ngay"),
    prepare=_facts(excuses.prepare_excuses),
    told=outlooks.of_excuses,
    example=("QN-0001", "nhan-dien-nan-nhan", _("Nghỉ thai sản"), "01/07/2026", "31/12/2026"),
    other_words={**PERSON_WORDS, **DAYS, "ly_do": ("ghi_chu", "ly_do_duoc_mien"), "yeu_cau": ("khoa_hoc", "tap_huan")},
)
COMPLETIONS = FileKind(
    key="hoan-thanh",
    effect="completions",
    change=filed.COMPLETIONS.change,
    title=_("Nhập lần hoàn thành"),
    columns=filed.OFFICE_COLUMNS,
    headings={
        **PERSON,
        "khoa_hoc": _("Khóa học"),
        "ngay_hoan_thanh": _("Ngày hoàn thành"),
        "minh_chung": _("Minh chứng"),
    },
    constants=("khoa_hoc", "ngay_hoan_thanh", "minh_chung"),
    prepare=_facts(filed.prepare_completions),
    told=outlooks.of_completions,
    example=("QN-0001", "nhan-dien-nan-nhan", "01/07/2026", _("Giấy chứng nhận số 12/2026")),
    other_words={
        **PERSON_WORDS,
        "khoa_hoc": ("ten_khoa_hoc", "lop", "lop_tap_huan", "noi_dung", "chuyen_de"),
        "ngay_hoan_thanh": ("ngay", "ngay_cap", "ngay_tap_huan", "ngay_ket_thuc"),
        "minh_chung": ("so_hieu", "so_giay_chung_nhan", "ghi_chu", "so_chung_chi"),
    },
)
UNIT_FILES = FileKind(
    key="don-vi",
    effect="units",
    change=UNITS,
    title=_("Nhập đơn vị"),
    columns=units.UNIT_COLUMNS,
    headings={
        "ma": _("Mã"),
        "ten": _("Tên"),
        "loai": _("Loại"),
        "nganh": _("Ngành"),
        "ma_cha": _("Mã cha"),
        "tu_ngay": _("Từ ngày"),
        "den_ngay": _("Đến ngày"),
        "ma_cu": _("Mã cũ"),
        "ma_moi": _("Mã mới"),
        "thua_ke": _("Thừa kế"),
        "quyet_dinh": _("Quyết định"),
        "ngay": _("Ngày"),
    },
    constants=("loai", "nganh", "ma_cha", "tu_ngay", "den_ngay"),
    prepare=_units,
    told=outlooks.of_units,
    example=("20455", _("Xã ví dụ"), "xa", "chinh_quyen", "48", "01/07/2025", ""),
    other_words={
        **DAYS,
        "ma": ("ma_don_vi", "ma_xa", "ma_so", "ma_dvhc"),
        "ten": ("ten_don_vi", "don_vi", "ten_xa", "ten_dvhc"),
        "loai": ("loai_don_vi", "cap"),
        "ma_cha": ("ma_cap_tren", "cap_tren", "truc_thuoc", "ma_tinh"),
    },
    second_file="successions",
)
KINDS = {kind.key: kind for kind in (ROSTER, EXCUSES, COMPLETIONS, UNIT_FILES)}


def kind_of(effect: str) -> FileKind:
    """By the kind of a check or an import."""
    return next(kind for kind in KINDS.values() if effect in (kind.check, kind.bring))
