"""Makes the few things that tests need, with sensible days: the map of before and after 1/7/2025, people, postings."""

from datetime import date, datetime
from itertools import count
from types import SimpleNamespace

from django.utils import timezone

from people.persons.user import User
from people.postings.posting import Duty, Posting
from people.rights.roles import RoleKind, give
from people.units.successions import Succession
from people.units.unit import Sector, Unit, UnitKind, UnitVersion

LONG_AGO = timezone.make_aware(datetime(2024, 1, 1))
OLD_MAP = date(2024, 1, 1)
REFORM = date(2025, 7, 1)
LAST_OLD_DAY = date(2025, 6, 30)

_numbers = count(1)


def make_unit(code, name, kind=UnitKind.COMMUNE, parent=None, start=REFORM, end=None, sector=Sector.GOVERNMENT):
    unit = Unit.objects.create(
        code=code, name=name, kind=kind, parent=parent, valid_from=start, valid_to=end, sector=sector
    )
    UnitVersion.objects.create(
        unit=unit, name=name, kind=kind, parent=parent, valid_to=end, sector=sector, recorded_at=LONG_AGO
    )
    return unit


def make_succession(old, new, heir=True, on=REFORM):
    return Succession.objects.create(
        old=old, new=new, heir=heir, on=on, decree="1659/NQ-UBTVQH15", recorded_at=LONG_AGO
    )


def make_person(full_name="Nguyễn Văn An", staff_code=None, **fields):
    """Signs in by `client_of`; without a usable password unless `password` is given. Has been here before."""
    fields = {"welcomed_at": LONG_AGO, **fields}
    return User.objects.create_user(staff_code or f"CB-{next(_numbers):04}", full_name=full_name, **fields)


def make_duty(key="ho_tro_nan_nhan", name="Hỗ trợ nạn nhân"):
    return Duty.objects.get_or_create(key=key, defaults={"name": name})[0]


def make_posting(person, unit, duties=("ho_tro_nan_nhan",), start=REFORM, end=None, position="Công chức", at=LONG_AGO):
    posting = Posting.objects.create(person=person, unit=unit, position=position, start=start, end=end, recorded_at=at)
    holding = Posting.duties.through
    holding.objects.bulk_create(holding(posting=posting, duty=make_duty(key)) for key in duties)
    return posting


def make_relief(cast, person, requirement, kind, start, end, unit=None, at=LONG_AGO):
    """Asked by the head of Tây Giang and granted by the province's manager."""
    from courses.requirements.relief import Relief, ReliefRequest

    asked = {"person": person, "requirement": requirement, "kind": kind, "start": start, "end": end}
    asked["asked_by"] = cast.unit_head
    answered = {"state": "granted", "decided_by": cast.manager, "changed_at": at}
    unit = unit or cast.units.tay_giang
    request = ReliefRequest.objects.create(unit=unit, reason="Nghỉ thai sản", asked_at=at, **asked, **answered)
    return Relief.objects.create(request=request, granted_by=cast.manager, recorded_at=at, **asked)


def make_map() -> SimpleNamespace:
    """Quảng Nam with two districts until 30/6/2025, Đà Nẵng with three communes and a school from 1/7/2025."""
    old = {"start": OLD_MAP, "end": LAST_OLD_DAY}
    quang_nam = make_unit("49", "Tỉnh Quảng Nam", UnitKind.PROVINCE, **old)
    old_tay_giang = make_unit("504", "Huyện Tây Giang", UnitKind.DISTRICT, quang_nam, **old)
    old_nam_giang = make_unit("510", "Huyện Nam Giang", UnitKind.DISTRICT, quang_nam, **old)
    lang = make_unit("20449", "Xã Lăng", parent=old_tay_giang, **old)
    bha_le = make_unit("20458", "Xã Bha Lê", parent=old_tay_giang, **old)
    thanh_my_town = make_unit("20695", "Thị trấn Thạnh Mỹ", UnitKind.TOWNSHIP, old_nam_giang, **old)
    da_nang = make_unit("48", "Thành phố Đà Nẵng", UnitKind.CITY)
    tay_giang = make_unit("20455", "Xã Tây Giang", parent=da_nang)
    avuong = make_unit("20458", "Xã Avương", parent=da_nang)
    thanh_my = make_unit("20695", "Xã Thạnh Mỹ", parent=da_nang)
    school = make_unit("THCS-01", "Trường THCS Tây Giang", UnitKind.SCHOOL, tay_giang, sector=Sector.EDUCATION)
    for before, after in [(quang_nam, da_nang), (lang, tay_giang), (bha_le, avuong), (thanh_my_town, thanh_my)]:
        make_succession(before, after)
    names = locals()
    return SimpleNamespace(**{name: unit for name, unit in names.items() if isinstance(unit, Unit)})


def make_cast(units: SimpleNamespace) -> SimpleNamespace:
    """One person for each place in the story; everyone but the stranger works for the province."""
    learner = make_person("Alăng Thị Hà", "TG-001", email="ha@example.vn", phone="+84905000001")
    make_posting(learner, units.tay_giang)
    other_learner = make_person("Zơrâm Văn Nam", "TM-001")
    make_posting(other_learner, units.thanh_my)
    roles = {
        "editor": ("Bhling Thị Mơ", [(RoleKind.COMMUNE_EDITOR, units.tay_giang)]),
        "other_editor": ("Hồ Thị Yến", [(RoleKind.COMMUNE_EDITOR, units.thanh_my)]),
        "trainer": ("Lê Văn Hùng", [(RoleKind.TRAINER, units.tay_giang), (RoleKind.TRAINER, units.avuong)]),
        "unit_head": ("Trần Văn Tâm", [(RoleKind.UNIT_HEAD, units.tay_giang)]),
        "manager": ("Trần Thị Lan", [(RoleKind.PROVINCE_MANAGER, units.da_nang)]),
        "teacher": ("Phạm Thị Hoa", [(RoleKind.TEACHER, units.school)]),
        "translator": ("Đinh Văn Quý", [(RoleKind.TRANSLATOR, units.da_nang)]),
        "observer": ("Nguyễn Thị Thu", [(RoleKind.OBSERVER, units.da_nang)]),
        "administrator": ("Võ Minh Đức", [(RoleKind.ADMINISTRATOR, units.da_nang)]),
    }
    people = {"learner": learner, "other_learner": other_learner, "stranger": make_person("Người Lạ", "LA-001")}
    for name, (full_name, given) in roles.items():
        people[name] = make_person(full_name, f"VT-{name[:12]}")
        for kind, unit in given:
            give(people[name], kind, unit)
    return SimpleNamespace(**people)


def make_root():
    """Of the tree of pages, that of collections beside it, in a database that a test which commits may have emptied."""
    from wagtail.models import Collection, Locale, Page

    locale, _made = Locale.objects.get_or_create(language_code="vi")
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    return Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)


def make_page(parent, model, title, **fields):
    page = model(title=title, **fields)
    parent.add_child(instance=page)
    return page


def approve(key="nhan-dien-nan-nhan", on=OLD_MAP, by=None):
    """As an earlier version carried it over: without its texts."""
    from courses.approval.approval import Approval
    from pages.serving.version import raise_version

    approval = Approval.objects.create(course_key=key, on=on, by=by, recorded_at=LONG_AGO)
    raise_version()
    return approval


def with_words(made):
    """The course with a sentence in each lesson, as it must have to be approved."""
    for lesson in made.lessons:
        lesson.body = [("takeaway", "Hỏi họ có an toàn không.")]
        lesson.save_revision().publish()
    return made


def make_course(key="nhan-dien-nan-nhan", lessons=2, questions=4, title="Nhận diện nạn nhân bị mua bán", **quiz):
    """A published course: one module of `lessons`, then a final quiz of single choices ("Đúng", "Sai 1", "Sai 2").

    Returns course, module, lessons, quiz, questions; `quiz` are fields of the quiz page.
    """
    from courses.content.catalogue import CataloguePage
    from courses.content.course import CoursePage
    from courses.content.lesson import LessonPage, ModulePage
    from courses.content.quiz import QuizPage, QuizQuestion
    from courses.questions.adding import add_questions
    from courses.questions.bank import Question
    from courses.questions.writing import new_question
    from pages.home.page import create_home

    catalogue = CataloguePage.objects.first() or make_page(create_home(), CataloguePage, "Khóa học", slug="khoa-hoc")
    course = make_page(catalogue, CoursePage, title, slug=key, key=key)
    module = make_page(course, ModulePage, "Mô-đun 1")
    read = [make_page(module, LessonPage, f"Mục {n}") for n in range(1, lessons + 1)]
    choices = [{"text": "Đúng", "right": True}, {"text": "Sai 1"}, {"text": "Sai 2"}]
    new = [
        new_question(
            category=key,
            name=f"Câu {n}",
            kind="single_choice",
            text=f"Câu hỏi {n}?",
            choices=choices,
            explanation=f"Lý do {n}.",
            source=f"Nguồn {n}.",
        )
        for n in range(1, questions + 1)
    ]
    add_questions((question, ()) for question in new)
    question_rows = list(Question.objects.filter(pk__in=[question.pk for question in new]).order_by("pk"))
    page = make_page(course, QuizPage, "Bài kiểm tra cuối khóa", **quiz)
    for n, question in enumerate(question_rows):
        lesson = read[n % lessons] if lessons else None
        QuizQuestion.objects.create(quiz=page, question=question, sort_order=n, lesson=lesson)
    return SimpleNamespace(course=course, module=module, lessons=read, quiz=page, questions=question_rows)
