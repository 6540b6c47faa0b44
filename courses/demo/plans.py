"""The yearly plans of the made-up year: the province's template, plans of some communes, what became of their tasks."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from courses.plans import starter
from courses.plans.made import deciding, making, recording, writing
from courses.plans.made.offers import published
from courses.plans.made.plan import PlanVersion
from courses.plans.made.recording import Said
from courses.plans.made.task import Task
from people.models import Unit, User
from people.units.unit import COMMUNE_KINDS

# the commune of the demo's head of a unit
CAST_UNIT = "20455"


def plan_the_year(now: datetime) -> None:
    """Two of three communes have a plan, some wait for the province, some have none."""
    random, today = Random(1512), timezone.localdate(now)
    manager, year = User.objects.by_login("phuong"), today.year
    province = Unit.objects.bearing("48", today)
    made = making.begin_template(manager, province, year, _moment(date(year, 1, 5), now))
    starter.fill(made)
    PlanVersion.objects.filter(pk=made.pk).update(answer_by=date(year, 2, 15))
    deciding.publish(manager, made, _moment(date(year, 1, 8), now))
    [template] = published([year])
    communes = Unit.objects.on(today).filter(kind__in=COMMUNE_KINDS).order_by("code")
    others = [unit for unit in communes if unit.code != CAST_UNIT]
    chosen = random.sample(others, min(60, len(others)))
    for place, unit in enumerate([Unit.objects.bearing(CAST_UNIT, today), *chosen]):
        by = User.objects.by_login("son") if unit.code == CAST_UNIT else _somebody_of(unit)
        if by is not None:
            _plan(by, manager, unit, template, random, now, approved=place < 54)


def _somebody_of(unit: Unit) -> User | None:
    return User.objects.filter(postings__unit=unit, postings__superseded_at=None).order_by("pk").first()


def _plan(by: User, manager: User, unit: Unit, template, random: Random, now: datetime, *, approved: bool) -> None:
    year = template.plan.year
    at = _moment(date(year, 1, 15) + timedelta(days=random.randrange(30)), now)
    version = making.begin(by, unit, year, at, template=template)
    tasks = list(version.tasks.all())
    telling = next(task for task in tasks if task.title.startswith("Tuyên truyền trực tiếp"))
    telling.number, telling.who = random.randrange(2, 9), "Công chức văn hóa – xã hội"
    amount = 500_000 * random.randrange(2, 9)
    writing.write_task(version, telling, [{"words": "Tờ rơi, nước uống", "amount": amount, "source": "xa"}])
    if random.random() < 0.2:
        writing.leave_out(version, tasks[1], "Xã không có người đi khỏi địa phương không rõ tung tích.")
    deciding.submit(by, version, at)
    if approved:
        deciding.approve(manager, version, at + timedelta(days=3))
        for task in version.tasks.filter(left_out=False):
            _result(by, version, task, random, now)


def _result(by: User, version: PlanVersion, task: Task, random: Random, now: datetime) -> None:
    """Most of what is due was done; of a few nobody said how much."""
    today = timezone.localdate(now)
    if task.first_day > today or random.random() < 0.2:
        return
    last = min(task.last_day, today)
    on = task.first_day + timedelta(days=random.randrange(max((last - task.first_day).days, 1)))
    number = random.randrange(1, task.number + 1) if task.number and random.random() < 0.9 else None
    done = task.last_day <= today or random.random() < 0.4
    said = Said(on if done else None, number, None, "Hồ sơ lưu tại văn phòng")
    if done or number is not None:
        recording.say(by, version.plan, task.key, said, None, _moment(on, now))


def _moment(day: date, now: datetime) -> datetime:
    """Nine in the morning of the day, never after `now`."""
    return min(timezone.make_aware(datetime.combine(day, time(9))), now)
