"""The classes of the made-up year: one that counts, one that waits for a second person, one to come.

Written by the functions that the screens call, but for invitations, which would send mail.
"""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from courses.classes.feedback.answers import Question, give
from courses.classes.held import confirming, counting, walk_ins
from courses.classes.held.attendance import How, mark
from courses.classes.planned import planning
from courses.classes.planned.participant import Participant, SeatState
from courses.classes.planned.training_class import TrainingClass
from courses.completions.completion import Completion
from people.models import Unit, User
from people.postings.posting import Posting
from people.times import covering

SUPPORTS = "ho_tro_nan_nhan"
WORDS = (
    "Nên có thêm giờ đóng vai hỏi chuyện.",
    "Tình huống sát với việc ở xã.",
    "Phòng nóng, buổi chiều khó nghe.",
    "In sẵn danh bạ đường dây nóng để mang về.",
    "Giữ phần làm việc theo nhóm nhỏ.",
)


def hold_the_classes(now: datetime, course_key: str) -> None:
    random, today = Random(1411), timezone.localdate(now)
    made = Classes(random, course_key, now)
    made.counted(_working(today - timedelta(days=60)))
    made.waiting(_working(today - timedelta(days=4)))
    made.to_come(_working(today + timedelta(days=8)))


def _working(day: date) -> date:
    """This day, or the Friday before."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


class Classes:
    def __init__(self, random: Random, course_key: str, now: datetime):
        self.random, self.course_key, self.now = random, course_key, now
        self.trainer, self.manager = User.objects.by_login("binh"), User.objects.by_login("phuong")
        self.today = timezone.localdate(now)

    def plan(self, title: str, unit: str, days: list[date], seats: int, cost: int | None, room: str) -> TrainingClass:
        meetings = [planning.MeetingTimes(_at(day, 8), _at(day, 11), room) for day in days]
        fields = {
            "course_key": self.course_key,
            "unit": Unit.objects.bearing(unit, self.today),
            "title": title,
            "seats": seats,
            "share": 100,
            "cost": cost,
        }
        return planning.plan(self.trainer, fields, meetings, _at(days[0] - timedelta(days=20), 9))

    def seat(self, row: TrainingClass, people: list[User]) -> list[Participant]:
        """In this order: who comes after the last seat waits."""
        at = row.planned_at + timedelta(hours=1)
        Participant.objects.bulk_create(
            Participant(
                training_class=row,
                person=person,
                state=SeatState.SEATED if place < row.seats else SeatState.WAITING,
                invited_by=self.trainer,
                invited_at=at,
                waits_since=at + timedelta(minutes=place),
                changed_at=at,
            )
            for place, person in enumerate(people)
        )
        return list(row.participants.select_related("training_class", "person").order_by("pk"))

    def posted(self, unit: str | None = None, *, supporting: bool | None = None) -> list[User]:
        """Officials of the made-up roster, without the cast, in an order of its own."""
        postings = Posting.objects.current().filter(covering(self.today), covering(self.today - timedelta(days=65)))
        if unit:
            postings = postings.filter(unit__code=unit)
        people = User.objects.filter(pk__in=postings.values("person"), staff_code__startswith="CB-")
        if supporting is not None:
            required = postings.filter(duties__key=SUPPORTS).values("person")
            people = people.filter(pk__in=required) if supporting else people.exclude(pk__in=required)
        found = list(people.order_by("staff_code"))
        self.random.shuffle(found)
        return found

    def counted(self, day: date) -> None:
        """Two mornings for the province: most came to both; the second person has confirmed it."""
        row = self.plan(
            "Nhận diện nạn nhân: thực hành hỏi chuyện", "48", [_working(day - timedelta(days=1)), day], 30, 18_500_000,
            "Hội trường Sở Y tế",
        )  # fmt: skip
        since = Completion.objects.current().filter(course_key=self.course_key, source=Completion.Source.QUIZ)
        passed = User.objects.filter(pk__in=since.filter(completed_on__gt=day).values("person"))
        places = self.seat(row, [*passed.order_by("staff_code")[:5], *self.posted(supporting=False)[:9]])
        for number, meeting in enumerate(row.meetings.all()):
            said = {one.pk: "absent" if number and place in (6, 9) else "present" for place, one in enumerate(places)}
            mark(self.trainer, meeting, said, How.LIST, meeting.ends_at)
        confirmation = confirming.confirm(self.manager, row, _at(day + timedelta(days=2), 9))
        counting.follow(confirmation, _at(day + timedelta(days=2), 10))
        for place, own in enumerate(places[:9]):
            answers = {question: self.random.choice((4, 4, 4, 3, 3, 2)) for question in Question.values}
            give(own, answers, WORDS[place] if place < len(WORDS) else "", _at(day + timedelta(days=1 + place), 10))

    def waiting(self, day: date) -> None:
        """A morning in the commune of the cast, with somebody of another commune; its head has still to confirm it."""
        row = self.plan("Nhận diện nạn nhân, xã Tây Giang", "20455", [day], 20, 3_200_000, "Hội trường UBND xã")
        places = self.seat(row, [User.objects.by_login("ha"), User.objects.by_login("mai"), *self.posted("20455")])
        ended = row.meetings.get().ends_at
        guests = self.posted("20443")[:1]
        places += [walk_ins.write(self.trainer, row, one.staff_code, one.full_name, ended) for one in guests]
        said = {one.pk: "late" if place == 2 else "present" for place, one in enumerate(places)}
        mark(self.trainer, row.meetings.get(), said, How.LIST, ended)
        for own in places[2:4]:
            give(own, dict.fromkeys(Question.values, 3), "", ended + timedelta(hours=3))

    def to_come(self, day: date) -> None:
        row = self.plan("Lớp bổ sung trước kỳ báo cáo", "48", [day], 12, None, "Trung tâm chính trị, phòng 2")
        learners = [User.objects.by_login(login) for login in ("ha", "nam", "lan")]
        self.seat(row, [*learners, *self.posted(supporting=True)[:12]])
