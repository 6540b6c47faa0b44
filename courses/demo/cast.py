"""The demo accounts: one or more of every role, with one password generated for this machine."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from people.models import Unit, User
from people.rights.roles import RoleKind, give


@dataclass(frozen=True)
class CastMember:
    role: RoleKind
    login: str
    name: str
    unit: str
    position: str = ""
    duties: str = ""


# unit codes of today's map: 48 Đà Nẵng, 20455 Tây Giang, 20443 Hùng Sơn, 20458 Avương
CAST = [
    CastMember(RoleKind.LEARNER, "ha", "Alăng Thị Hà", "20455", "Công chức văn hóa – xã hội", "ho_tro_nan_nhan"),
    CastMember(RoleKind.LEARNER, "nam", "Zơrâm Văn Nam", "20443", "Cán bộ trạm y tế", "ho_tro_nan_nhan"),
    CastMember(RoleKind.LEARNER, "lan", "Trần Thị Lan", "20458", "Công an xã", "ho_tro_nan_nhan|xac_minh"),
    CastMember(RoleKind.TRAINER, "binh", "Trần Văn Bình", "48", "Người phụ trách tập huấn"),
    CastMember(RoleKind.UNIT_HEAD, "son", "Nguyễn Văn Sơn", "20455", "Chủ tịch UBND xã"),
    CastMember(RoleKind.COMMUNE_EDITOR, "mai", "Lê Thị Mai", "20455", "Biên tập viên", "tuyen_truyen"),
    CastMember(RoleKind.COMMUNE_EDITOR, "hoa", "Phạm Thị Hoa", "20458", "Biên tập viên", "tuyen_truyen"),
    CastMember(RoleKind.TRANSLATOR, "dung", "Hồ Văn Dũng", "48", "Người dịch"),
    CastMember(RoleKind.TEACHER, "thao", "Võ Thị Thảo", "20455", "Giáo viên", "giang_day"),
    CastMember(RoleKind.SCHOOL_MANAGER, "vinh", "Đỗ Quang Vinh", "20455", "Hiệu trưởng", "giang_day"),
    CastMember(RoleKind.OBSERVER, "yen", "Bùi Thị Yến", "48", "Cán bộ giám sát"),
    CastMember(RoleKind.PROVINCE_MANAGER, "phuong", "Huỳnh Thanh Phương", "48", "Quản lý tập huấn cấp tỉnh"),
    CastMember(RoleKind.ADMINISTRATOR, "quan", "Đặng Minh Quân", "48", "Quản trị hệ thống"),
]


def cast_roster(first) -> list[list[str]]:
    """Roster rows of the cast, posted since `first`."""
    return [
        [member.login, member.name, f"{member.login}@la-chan.example", "", member.unit, member.position, member.duties]
        + [first.isoformat(), ""]
        for member in CAST
    ]


def accounts_file() -> Path:
    return settings.DATA_DIR / "demo.json"


def open_accounts(today) -> None:
    """Gives the cast a password and their roles, and writes DATA_DIR/demo.json."""
    password = f"la-chan-{secrets.token_hex(3)}"
    lines = []
    for member in CAST:
        user = User.objects.by_login(member.login)
        user.set_password(password)
        user.welcomed_at = timezone.now()
        user.save(update_fields=["password", "welcomed_at"])
        unit = Unit.objects.bearing(member.unit, today)
        give(user, member.role, unit)
        lines.append({"role": member.role.value, "login": member.login, "password": password, "unit": unit.name})
    path = accounts_file()
    path.touch(mode=0o600)
    path.write_text(json.dumps(lines, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
