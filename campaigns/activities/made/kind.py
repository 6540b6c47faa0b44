"""Kinds of activity: those of the kit's form and of the national report on 30/7, as rows that the province renames."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from people.free_text import FreeLine


class Measure(models.TextChoices):
    """What is counted of a kind, and so what its form asks. Only SESSIONS and PEOPLE count people."""

    SESSIONS = "buoi", _("buổi, có lượt người dự")
    PEOPLE = "nguoi", _("lượt người")
    THINGS = "to", _("số lượng")
    PLACES = "noi", _("số nơi")
    PLAYS = "phat", _("lượt phát và số phút")
    POSTS = "bai", _("bài và lượt xem")


COUNTING_PEOPLE = {Measure.SESSIONS, Measure.PEOPLE}
# (key, name, measure) in the order of the report: campaign-kit.vi.md, its form, then the rows of the national report
STARTER = (
    ("noi-chuyen", "Buổi nói chuyện ở thôn", Measure.SESSIONS),
    ("ngoai-khoa", "Buổi ngoại khóa ở trường", Measure.SESSIONS),
    ("mit-tinh", "Mít tinh, diễu hành", Measure.SESSIONS),
    ("tieu-pham", "Tiểu phẩm, sân khấu hóa", Measure.SESSIONS),
    ("chieu-phim", "Buổi chiếu phim", Measure.SESSIONS),
    ("phat-loa", "Phát loa", Measure.PLAYS),
    ("ap-phich", "Treo áp phích", Measure.PLACES),
    ("bang-ron", "Băng rôn, khẩu hiệu", Measure.THINGS),
    ("to-gap", "Phát tờ gấp, tờ rơi", Measure.THINGS),
    ("the-treo-cua", "Phát thẻ treo cửa", Measure.THINGS),
    ("bai-dang", "Bài đăng trên trang của xã", Measure.POSTS),
    ("cam-ket", "Ký cam kết", Measure.PEOPLE),
    ("uy-tin", "Tập huấn người có uy tín", Measure.PEOPLE),
    ("truong-thon", "Tập huấn trưởng thôn", Measure.PEOPLE),
)
PLAYS_KEY = "phat-loa"


class ActivityKind(models.Model):
    """`key` never changes; the province renames a kind and retires it. Activities keep their kind."""

    key = models.SlugField(max_length=30, unique=True)
    name = FreeLine(_("tên"), max_length=80)
    measure = models.CharField(_("cách đếm"), max_length=10, choices=Measure.choices)
    order = models.PositiveSmallIntegerField(default=0)
    # a retired kind is offered no more and stays in figures of past years
    retired = models.BooleanField(_("không dùng nữa"), default=False)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(Lower("name"), name="activity_kind_named_once")]

    def __str__(self):
        return self.name

    @property
    def counts_people(self) -> bool:
        return self.measure in COUNTING_PEOPLE


def seed_kinds() -> None:
    """Brings what is missing of the starter kinds; a renamed one keeps its name."""
    known = set(ActivityKind.objects.values_list("key", flat=True))
    ActivityKind.objects.bulk_create(
        ActivityKind(key=key, name=name, measure=measure, order=10 * place)
        for place, (key, name, measure) in enumerate(STARTER, start=1)
        if key not in known
    )
