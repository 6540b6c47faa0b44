"""A made-up roster of about 460 officials over the real communes, as rows of roster files.

Names are drawn at random from common family, middle and given names; nobody real is meant. The draw is seeded, so
that every demo has the same people.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

FAMILY = "Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trương Tạ Cao Mai".split()
WOMEN = (
    "Thị Thị Thị Thu Ngọc Thanh Kim Hồng Minh Thùy".split(),
    "Hà Lan Hương Mai Hoa Thủy Nga Phương Trang Linh Vân Hạnh Loan Yến Thảo Nhung Tuyết Liên Dung Hiền".split(),
)
MEN = (
    "Văn Văn Văn Đức Minh Hữu Quang Công Ngọc Thanh".split(),
    "Bình Hùng Dũng Sơn Tuấn Nam Long Hải Thành Trung Tâm Phúc An Khánh Tiến Vinh Quân Thắng Đạt Lộc".split(),
)
# who in a commune or an agency supports, verifies or tells: (position, duties)
COMMUNE_POSTS = [
    ("Công chức văn hóa – xã hội", "ho_tro_nan_nhan|tuyen_truyen"),
    ("Phó Chủ tịch UBND xã", "ho_tro_nan_nhan"),
    ("Công an xã", "ho_tro_nan_nhan|xac_minh"),
    ("Cán bộ trạm y tế", "ho_tro_nan_nhan"),
    ("Chủ tịch Hội Liên hiệp Phụ nữ xã", "ho_tro_nan_nhan|tuyen_truyen"),
    ("Công chức tư pháp – hộ tịch", "ho_tro_nan_nhan"),
    ("Bí thư Đoàn xã", "tuyen_truyen"),
]
AGENCY_POSTS = [
    ("Chuyên viên", "ho_tro_nan_nhan"),
    ("Phó Trưởng phòng", "ho_tro_nan_nhan|xac_minh"),
    ("Trưởng phòng", "ho_tro_nan_nhan|tuyen_truyen"),
]
HEADER = "ma_can_bo ho_ten email dien_thoai ma_don_vi chuc_danh nhiem_vu tu_ngay den_ngay".split()


@dataclass(frozen=True)
class Official:
    code: str
    name: str
    unit: str
    position: str
    duties: str
    start: date
    end: date | None = None

    @property
    def row(self) -> list[str]:
        ended = self.end.isoformat() if self.end else ""
        return [self.code, self.name, "", "", self.unit, self.position, self.duties, self.start.isoformat(), ended]


def made_up_name(random: Random) -> str:
    middle, given = WOMEN if random.random() < 0.55 else MEN
    return f"{random.choice(FAMILY)} {random.choice(middle)} {random.choice(given)}"


class Hiring:
    """Draws officials with running staff codes."""

    def __init__(self, random: Random):
        self.random = random
        self.hired = 0

    def one(self, unit: str, post: tuple[str, str], first: date, within_days: int) -> Official:
        self.hired += 1
        start = first + timedelta(days=self.random.randrange(within_days))
        return Official(f"CB-{self.hired:04d}", made_up_name(self.random), unit, *post, start)

    def commune(self, unit: str, first: date, within_days: int, most: int = 5) -> list[Official]:
        """The official for social affairs and a few others."""
        others = self.random.sample(COMMUNE_POSTS[1:], self.random.randrange(2, most))
        return [self.one(unit, post, first, within_days) for post in [COMMUNE_POSTS[0], *others]]

    def agency(self, unit: str, first: date, within_days: int) -> list[Official]:
        posts = self.random.sample(AGENCY_POSTS, self.random.choice([2, 3]))
        return [self.one(unit, post, first, within_days) for post in posts]
