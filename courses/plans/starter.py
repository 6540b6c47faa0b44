"""The tasks with which a first template begins: parts II, III and V of the province's plan of 2024, in short.

Days, numbers and money are for the office to set: the plan of 2024 names none but 30 July and 15 December.
"""

from datetime import date

from courses.plans.made.plan import PlanVersion
from courses.plans.made.task import Task, TaskKind
from people.postings.posting import Duty
from people.units.unit import COMMUNE_KINDS, UnitKind

BASIS = "Kế hoạch của Ủy ban nhân dân tỉnh về công tác hỗ trợ nạn nhân bị mua bán"
COMMUNES = sorted(COMMUNE_KINDS)
HOUSES = sorted([*COMMUNE_KINDS, UnitKind.AGENCY])
# kind, task, expected, number, measure, (month, day) from and to, duty, kinds of units
TASKS: tuple[tuple, ...] = (
    (TaskKind.LEADING, "Ban hành kế hoạch thực hiện của đơn vị", "Kế hoạch được ban hành", 1, "văn bản",
     (1, 2), (3, 31), "", HOUSES),
    (TaskKind.LEADING, "Rà soát người đi khỏi địa phương không rõ tung tích, nhu cầu hỗ trợ của người trở về",
     "Danh sách rà soát lưu tại đơn vị", 2, "lần", (1, 2), (11, 30), "ho_tro_nan_nhan", COMMUNES),
    (TaskKind.TELLING, "Hưởng ứng Ngày toàn dân phòng, chống mua bán người 30/7", "Hoạt động hưởng ứng", 1, "hoạt động",
     (7, 1), (7, 31), "tuyen_truyen", COMMUNES),
    (TaskKind.TELLING, "Tuyên truyền trực tiếp cho người dân ở thôn, bản; ưu tiên nơi giáp biên, nguy cơ cao",
     "Buổi tuyên truyền", 4, "buổi", (1, 2), (11, 30), "tuyen_truyen", COMMUNES),
    (TaskKind.TELLING, "Đưa phòng, chống mua bán người vào giờ ngoại khóa, giáo dục kỹ năng sống", "Tiết ngoại khóa", 2,
     "tiết", (1, 2), (12, 14), "giang_day", [UnitKind.SCHOOL.value]),
    (TaskKind.SUPPORT, "Tiếp nhận, hỗ trợ ban đầu và nối dịch vụ cho người được xác định là nạn nhân",
     "Mọi trường hợp được hỗ trợ theo nhu cầu", None, "", (1, 2), (12, 14), "ho_tro_nan_nhan", HOUSES),
    (TaskKind.TRAINING, "Cử cán bộ làm công tác hỗ trợ nạn nhân học và hoàn thành khóa bắt buộc",
     "Mọi người giữ nhiệm vụ hoàn thành", None, "", (1, 2), (12, 14), "ho_tro_nan_nhan", []),
    (TaskKind.COOPERATION, "Phối hợp tiếp nhận, xác minh, bảo vệ, chuyển tuyến nạn nhân theo quy chế",
     "Quy trình phối hợp được thực hiện", None, "", (1, 2), (12, 14), "xac_minh", HOUSES),
    (TaskKind.CHECKING, "Báo cáo sơ kết sáu tháng đầu năm", "Báo cáo được gửi", 1, "báo cáo", (6, 1), (6, 14),
     "", HOUSES),
    (TaskKind.CHECKING, "Báo cáo tổng kết năm, gửi trước ngày 15/12", "Báo cáo được gửi", 1, "báo cáo", (12, 1),
     (12, 14), "", HOUSES),
)  # fmt: skip


def fill(version: PlanVersion) -> None:
    """Of a template without tasks."""
    year, duties = version.plan.year, {duty.key: duty for duty in Duty.objects.all()}
    Task.objects.bulk_create(
        Task(
            version=version,
            place=place,
            kind=kind,
            title=title,
            expected=expected,
            number=number,
            measure=measure,
            first_day=date(year, *first),
            last_day=date(year, *last),
            duty=duties.get(duty),
            unit_kinds=kinds,
        )
        for place, (kind, title, expected, number, measure, first, last, duty, kinds) in enumerate(TASKS, start=1)
    )
    version.basis = BASIS
    version.save(update_fields=["basis"])
