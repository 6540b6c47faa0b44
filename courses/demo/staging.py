"""A believable year of training over the real communes, made through the import paths and from attempts as recorded.

Nothing is written as a state: rosters, excuses and classes come as files, the rest are the records of reading lessons
and taking quizzes.
"""

import csv
import tempfile
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.certificates.issuing import ISSUE
from courses.completions.completion import Completion
from courses.completions.filed import prepare_completions
from courses.demo.cast import accounts_file, cast_roster, open_accounts
from courses.demo.classes import hold_the_classes
from courses.demo.learning import Course, Journeys
from courses.demo.plans import plan_the_year
from courses.demo.roster import COMMUNE_POSTS, HEADER, Hiring, Official
from courses.demo.talk import talk
from courses.retests.rules import OPEN_DAYS, windows
from courses.standing.daily_counts import daily_counts
from courses.standing.excuses import prepare_excuses
from courses.standing.standing import rebuild_all
from outbox.draining import drain
from people.models import Unit, User
from people.roster.confirmations import confirm_roster
from people.roster.importing import prepare_roster
from people.units.unit import COMMUNE_KINDS, UnitKind

SUPPORTS = "ho_tro_nan_nhan"
FIRST, SECOND = "nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau"
DAYS = 350


def beginning(now: datetime) -> datetime:
    """Nine in the morning of the day on which the made-up year begins."""
    local = timezone.localtime(now) - timedelta(days=DAYS)
    return local.replace(hour=9, minute=0, second=0, microsecond=0)


def stage(now: datetime, progress: Callable[[str], None]) -> None:
    """Adds the year once. The accounts are opened last: if their file is missing, an earlier run was interrupted or the
    file was lost, and only the last steps are repeated."""
    if not User.objects.filter(staff_code="CB-0001").exists():
        with tempfile.TemporaryDirectory() as folder:
            Year(now, Path(folder), progress).go_by()
    elif not accounts_file().exists():
        finish(now, progress)


def finish(now: datetime, progress: Callable[[str], None]) -> None:
    progress(_("Tính lại số liệu…"))
    rebuild_all()
    daily_counts(now)
    drain(kinds={ISSUE})
    open_accounts(timezone.localdate(now))
    talk(now)


def moment(day: date, random: Random) -> datetime:
    """In working hours."""
    at = datetime.combine(day, time(9), timezone.get_current_timezone())
    return at + timedelta(minutes=random.randrange(7 * 60))


class Year:
    def __init__(self, now: datetime, folder: Path, progress: Callable[[str], None]):
        self.now, self.folder, self.progress = now, folder, progress
        self.random = Random(307)
        self.start = beginning(now)
        self.hiring = Hiring(self.random)
        self.officials: list[Official] = []
        self.journeys = Journeys()

    def day(self, number: int) -> datetime:
        """A moment in working hours, `number` days into the year."""
        return self.start + timedelta(days=number, minutes=self.random.randrange(8 * 60))

    def go_by(self) -> None:
        self.progress(_("Danh sách cán bộ mẫu…"))
        self.post_everybody()
        self.move_some()
        self.excuse_some()
        self.confirm_rosters()
        self.progress(_("Lớp trực tiếp và một năm tự học mẫu…"))
        learners = self.learners()
        self.hold_classes(learners)
        self.study(learners)
        self.place_cast()
        self.journeys.write()
        self.ask_again()
        self.journeys.write()
        self.progress(_("Lớp tập huấn mẫu…"))
        hold_the_classes(self.now, FIRST)
        self.progress(_("Kế hoạch năm mẫu…"))
        plan_the_year(self.now)
        finish(self.now, self.progress)

    # --- files

    def file(self, name: str, header: list[str], rows: Iterable[list[str]]) -> Path:
        path = self.folder / name
        with open(path, "w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows([header, *rows])
        return path

    def post_everybody(self) -> None:
        """Some come from the roster of 2024 with the codes of its communes, the others with today's."""
        today = timezone.localdate(self.now)
        communes = Unit.objects.on(today).filter(kind__in=COMMUNE_KINDS).order_by("code")
        agencies = Unit.objects.on(today).filter(kind=UnitKind.AGENCY).order_by("code")
        former = list(Unit.objects.on(date(2024, 6, 1)).filter(kind__in=COMMUNE_KINDS).order_by("code"))
        for unit in self.random.sample(former, min(90, len(former))):
            post = self.random.choice(COMMUNE_POSTS[:6])
            self.officials.append(self.hiring.one(unit.code, post, date(2023, 1, 1), 500))
        for unit in communes:
            self.officials += self.hiring.commune(unit.code, date(2025, 7, 1), 90, most=4)
        for unit in agencies:
            self.officials += self.hiring.agency(unit.code, date(2025, 7, 1), 90)
        rows = [official.row for official in self.officials] + cast_roster(date(2025, 7, 1))
        prepare_roster(self.file("danh-sach.csv", HEADER, rows), self.start).carry_out(strict=True)

    def move_some(self) -> None:
        """After half a year some leave their post and a few new ones come."""
        at = self.day(190)
        left = [
            Official(o.code, o.name, o.unit, o.position, o.duties, o.start, at.date() - timedelta(days=5))
            for o in self.random.sample(self.officials, 12)
        ]
        self.gone = {official.code for official in left}
        new = [
            self.hiring.one(official.unit, (official.position, official.duties), at.date(), 1)
            for official in left[:8]
            if official.start >= date(2025, 7, 1)
        ]
        rows = [official.row for official in [*left, *new]]
        prepare_roster(self.file("thay-doi.csv", HEADER, rows), at).carry_out(strict=True)

    def excuse_some(self) -> None:
        at = self.day(60)
        reasons = ["Nghỉ thai sản", "Đi học dài hạn", "Nghỉ ốm dài ngày"]
        rows = [
            [official.code, key, self.random.choice(reasons), at.date().isoformat(), ""]
            for official in self.random.sample([o for o in self.officials if o.code not in self.gone], 14)
            for key in (FIRST, SECOND)
        ]
        self.excused = {row[0] for row in rows}
        header = ["ma_can_bo", "yeu_cau", "ly_do", "tu_ngay", "den_ngay"]
        prepare_excuses(self.file("mien.csv", header, rows), at).carry_out(strict=True)

    def confirm_rosters(self) -> None:
        """The trainer confirms the rosters of all units but a few."""
        trainer = User.objects.by_login("binh")
        today = timezone.localdate(self.now)
        units = list(Unit.objects.on(today).exclude(kind__in=(UnitKind.CITY, UnitKind.PROVINCE)).order_by("code"))
        silent = set(self.random.sample([unit.pk for unit in units], 7))
        for unit in units:
            if unit.pk not in silent:
                confirm_roster(unit, trainer, self.day(40))

    # --- learning

    def learners(self) -> list[User]:
        codes = [o.code for o in self.officials if SUPPORTS in o.duties and o.code not in self.gone | self.excused]
        people = {user.staff_code: user for user in User.objects.filter(staff_code__in=codes)}
        drawn = [people[code] for code in codes]
        self.random.shuffle(drawn)
        return drawn

    def hold_classes(self, learners: list[User]) -> None:
        """Classes in person, imported as files; their participants do not take the course online."""
        self.in_class = {FIRST: learners[:196], SECOND: learners[84:196]}
        header = ["ma_can_bo", "khoa_hoc", "ngay_hoan_thanh", "minh_chung"]
        for key, first_day in ((FIRST, 110), (SECOND, 170)):
            people = self.in_class[key]
            for number in range(3):
                at = self.day(first_day + 14 * number)
                note = _("Lớp trực tiếp đợt %(number)d, có danh sách ký nhận") % {"number": number + 1}
                rows = [[user.staff_code, key, at.date().isoformat(), note] for user in people[number::3]]
                path = self.file(f"lop-{key}-{number}.csv", header, rows)
                prepare_completions(path, at + timedelta(days=2)).carry_out(strict=True)

    def study(self, learners: list[User]) -> None:
        first, second = Course(FIRST), Course(SECOND)
        for place, person in enumerate(learners[196:]):
            if place < 64:
                self.finish(person, first)
            elif place < 124:
                self.begin(person, first)
            # the others have not started
        for place, person in enumerate(learners[196:260] + learners[:84]):
            if place < 32:
                self.finish(person, second)
            elif place < 72:
                self.begin(person, second)

    def finish(self, person: User, course: Course) -> None:
        knows = self.random.uniform(0.82, 0.99)
        begun = self.day(self.random.randrange(30, DAYS - 18))
        at = self.journeys.read(person, course, len(course.lessons), begun, self.random)
        at = min(at, self.now - timedelta(days=2))
        if self.random.random() < 0.2:
            self.journeys.take_quiz(person, course, 0.6, at, self.random)
        for again in range(1, 4):
            at += timedelta(hours=2 * again)
            if self.journeys.take_quiz(person, course, min(1, knows + again * 0.06), at, self.random).passed:
                return

    def ask_again(self) -> None:
        """Three of four answer when a re-test opens; the longer ago, the less is known."""
        random = Random(111)
        for course in (Course(FIRST), Course(SECOND)):
            rows = Completion.objects.current().filter(course_key=course.key, asked_again=True)
            for completion in rows.select_related("person").order_by("pk"):
                knows = random.uniform(0.7, 1)
                for window in windows(completion.completed_on):
                    day = window.first + timedelta(days=random.randrange(OPEN_DAYS))
                    at = moment(day, random)
                    if random.random() < 0.75 and at < self.now - timedelta(hours=1):
                        self.journeys.ask_again(completion, course, window, knows - window.months * 0.02, at, random)

    def begin(self, person: User, course: Course) -> None:
        # few enough that the days between them stay in the past
        count = self.random.randrange(1, 7)
        self.journeys.read(person, course, count, self.day(self.random.randrange(DAYS - 100, DAYS - 12)), self.random)

    def place_cast(self) -> None:
        """Prepares the learners of the cast: one amid the lessons, one amid the quiz, one new."""
        first = Course(FIRST)
        ha, nam = User.objects.by_login("ha"), User.objects.by_login("nam")
        self.journeys.read(ha, first, 9, self.now - timedelta(days=9), Random(1))
        at = self.journeys.read(nam, first, len(first.lessons), self.now - timedelta(days=40), Random(2))
        self.journeys.take_quiz(nam, first, 0.9, min(at, self.now - timedelta(hours=3)), Random(3), hand_in=False)
