"""Erasing a person: the name becomes a code, signing in ends, and no figure of any day moves."""

import uuid
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone
from factories import make_course, make_person, make_posting, make_relief
from sharing import shared

from courses.attempts.attempt import AttemptGrant
from courses.certificates.certificate import Certificate
from courses.certificates.issuing import issue, revoke
from courses.completions.completion import Completion, Void, void
from courses.progress.lessons import LessonSeen, Place
from courses.requirements.relief import ReliefRequest
from courses.requirements.requirement import Excuse
from courses.standing.coverage import coverage
from courses.standing.daily_counts import recount_all
from courses.standing.rules import seed_requirements
from courses.standing.second_formulation import differences
from courses.standing.standing import rebuild_all
from letters.folding import searched
from outbox.mail import enqueue_mail
from people.log.audit import Act, Entry
from people.privacy import erasure
from people.privacy.erasure import CannotErase, ErasureRequest, ErasureState
from people.signing_in.activation import make_slips

COURSE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
DAYS = [date(2025, 6, 30), date(2025, 7, 1), date(2026, 1, 31), date(2026, 11, 2), date(2026, 11, 24),
        date(2026, 12, 16), date(2029, 1, 1)]  # fmt: skip


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


# what the tests of a morning find was written by then
@shared(on=NOW - timedelta(minutes=1))
def story(cast):
    """The learner completed, was excused, and had one completion voided; the other one has only begun."""
    requirement = seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))[0]
    small_course = make_course()
    for day, source in ((date(2026, 11, 2), "quiz"), (date(2026, 1, 5), "import")):
        done = Completion.objects.create(
            person=cast.learner, course_key=COURSE, completed_on=day, source=source,
            evidence="Bài kiểm tra cuối khóa: 85 %" if source == "quiz" else "QĐ 12, Alăng Thị Hà",
            recorded_at=timezone.make_aware(datetime(day.year, day.month, day.day, 10)),
        )  # fmt: skip
    void(done, date(2026, 2, 1), "Nhầm với người khác", cast.trainer, NOW - timedelta(days=200))
    Excuse.objects.create(person=cast.learner, requirement=requirement, reason="Nghỉ ốm", start=date(2026, 3, 1),
                          end=date(2026, 3, 31), recorded_at=NOW - timedelta(days=240))  # fmt: skip
    make_relief(cast, cast.learner, requirement, "exclusion", date(2026, 5, 1), date(2026, 5, 31))
    for person in (cast.learner, cast.other_learner):
        LessonSeen.objects.create(person=person, lesson_key=small_course.lessons[0].translation_key, course_key=COURSE)
    Place.objects.create(person=cast.learner, course_key=COURSE, lesson_key=small_course.lessons[0].translation_key)
    AttemptGrant.objects.create(
        person=cast.learner, quiz_key=small_course.quiz.translation_key, given_by=cast.trainer, reason="Mất điện"
    )
    rebuild_all(now=NOW)
    recount_all(NOW)
    return SimpleNamespace(**vars(cast), small_course=small_course, requirement=requirement)


def figures(story):
    """Every figure of the province: on many days, on today's map, and as known on days before."""
    erasure_request = [{"as_of": day} for day in DAYS]
    erasure_request += [{"as_of": day, "geography": NOW.date()} for day in DAYS if day <= NOW.date()]
    erasure_request += [
        {"as_of": day, "known_on": known} for day in DAYS for known in (date(2026, 4, 1), date(2026, 11, 23))
    ]
    return [repr(coverage(story.requirement, **one)) for one in erasure_request]


def test_no_figure_of_any_day_moves(story):
    before = figures(story)
    erasure.erase(story.learner, story.administrator, timezone.now())
    assert figures(story) == before
    rebuild_all(now=timezone.now())
    recount_all(timezone.now())
    assert figures(story) == before
    assert list(differences()) == []


def test_the_person_becomes_a_code_that_says_nothing(story):
    code = erasure.erase(story.learner, story.administrator, timezone.now())
    person = type(story.learner).objects.get(pk=story.learner.pk)
    assert (person.staff_code, person.full_name, person.email, person.phone) == (code, code, None, None)
    assert code.startswith("DX-")
    assert erasure.is_erased(person)


def test_words_about_the_person_go_too(story):
    erasure.erase(story.learner, story.administrator, timezone.now())
    kept = [
        *Excuse.objects.values_list("reason", flat=True),
        *ReliefRequest.objects.values_list("reason", flat=True),
        *Void.objects.values_list("reason", flat=True),
        *AttemptGrant.objects.values_list("reason", flat=True),
        *Completion.objects.filter(source="import").values_list("evidence", flat=True),
    ]
    assert set(kept) == {""}
    assert not Place.objects.filter(person=story.learner).exists()


def test_no_page_of_a_trainer_or_an_administrator_still_says_the_name(story, client_of):
    client_of(story.administrator).post(
        f"/cms/can-bo/edit/{story.learner.pk}/", {"email": "ha2@example.vn", "phone": "", "is_active": "on"}
    )
    story.learner.refresh_from_db()
    code = erasure.erase(story.learner, story.administrator, timezone.now())
    pages = {
        "manager": [f"/bao-cao/can-bo/{code}/", f"/bao-cao/{COURSE}/20455/can-bo/"],
        "administrator": [
            "/cms/can-bo/",
            f"/cms/can-bo/history/{story.learner.pk}/",
            "/cms/reports/site-history/",
            "/tai-khoan/nhat-ky/tat-ca/",
        ],
    }
    for who, paths in pages.items():
        for path in paths:
            answer = client_of(getattr(story, who)).get(path)
            assert answer.status_code == 200, path
            text = answer.content.decode()
            for word in ("Alăng Thị Hà", "TG-001", "ha2@example.vn", "ha@example.vn", "905000001"):
                assert word not in text, (path, word)


def test_signing_in_ends_at_once_in_an_open_session_too(story, client_of):
    client = client_of(story.learner)
    assert client.get("/hoc-tap/").status_code == 200
    erasure.erase(story.learner, story.administrator, timezone.now())
    assert client.get("/hoc-tap/").url.startswith("/tai-khoan/login/")


WORDS = ("Alăng Thị Hà", "TG-001", "ha@example.vn", "905000001")


def everything_stored() -> list[tuple[str, str]]:
    """(table and field, value) of whatever any table holds as text, in JSON and in sessions too."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    values = []
    for model in apps.get_models(include_auto_created=True):
        fields = [field for field in model._meta.concrete_fields if isinstance(field, kinds)]
        for row in model._base_manager.values_list(*[field.name for field in fields]) if fields else []:
            values += [
                (f"{model.__name__}.{f.name}", str(value)) for f, value in zip(fields, row, strict=True) if value
            ]
    values += [("Session", str(row.get_decoded())) for row in Session.objects.all()]
    return values


def test_no_row_of_any_table_still_holds_name_code_address_or_number(story, client_of):
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator
    from allauth.socialaccount.models import SocialAccount

    learner = story.learner
    browser = client_of(learner)
    browser.post("/tai-khoan/du-lieu/")
    EmailAddress.objects.create(user=learner, email="ha@example.vn", verified=True, primary=True)
    SocialAccount.objects.create(user=learner, provider="tinh", uid="TG-001", extra_data={"name": "Alăng Thị Hà"})
    Authenticator.objects.create(user=learner, type="webauthn", data={"name": "Khóa của Alăng Thị Hà"})
    make_slips([learner], story.trainer, NOW, batch=uuid.uuid4(), reason="Alăng Thị Hà quên mật khẩu")
    enqueue_mail(to="ha@example.vn", subject="Nhắc", body="Chào Alăng Thị Hà", key="m1")
    issued = issue(list(Completion.objects.filter(person=learner, source="quiz")), NOW)[0]
    revoke(issued, NOW.date(), "Alăng Thị Hà xin", story.trainer, NOW)
    client_of(story.administrator).post(
        f"/cms/can-bo/edit/{learner.pk}/", {"email": "ha@example.vn", "phone": "0905000001", "is_active": "on"}
    )
    assert {word for word in WORDS if any(word in value for _where, value in everything_stored())} == set(WORDS)
    code = erasure.erase(learner, story.administrator, NOW)
    words = {*map(str.lower, WORDS), *map(searched, WORDS)}
    kept = [where for where, value in everything_stored() if any(word in value.lower() for word in words)]
    assert kept == []
    for rows in ("slips", "device_sessions", "emailaddress_set", "socialaccount_set", "authenticator_set"):
        assert not getattr(learner, rows).exists(), rows
    certificate = Certificate.objects.get(pk=issued.pk)
    assert (certificate.person_name, certificate.person_unit, certificate.full_number) == (
        code, "", issued.full_number
    )  # fmt: skip
    page = client_of().get(certificate.path).content.decode()
    assert code in page
    assert "Đã thu hồi" in page or "thu hồi" in page


def test_roles_end_with_the_person(story):
    erasure.erase(story.trainer, story.administrator, timezone.now())
    assert not story.trainer.roles.current().exists()
    assert not story.trainer.groups.exists()


def test_the_log_says_who_erased_and_bears_only_the_code(story):
    code = erasure.erase(story.learner, story.administrator, timezone.now())
    entry = Entry.objects.get(act=Act.ERASED)
    assert (entry.by, entry.person.full_name, entry.detail) == (story.administrator, code, "")


def test_nobody_erases_themselves_a_superuser_or_somebody_twice(story):
    root = make_person("Siêu", is_superuser=True)
    for person, by in ((story.administrator, story.administrator), (root, story.administrator)):
        with pytest.raises(CannotErase):
            erasure.erase(person, by, timezone.now())
    erasure.erase(story.learner, story.administrator, timezone.now())
    with pytest.raises(CannotErase):
        erasure.erase(story.learner, story.administrator, timezone.now())


# --- asking and deciding


def test_a_person_asks_once_and_may_withdraw(story, client_of):
    client = client_of(story.learner)
    client.post("/tai-khoan/du-lieu/xoa/", {})
    assert not ErasureRequest.objects.exists()
    for _again in range(2):
        client.post("/tai-khoan/du-lieu/xoa/", {"hieu": "1"})
    assert ErasureRequest.objects.get().state == ErasureState.ASKED
    assert "Rút đề nghị" in client.get("/tai-khoan/du-lieu/").content.decode()
    client.post("/tai-khoan/du-lieu/xoa/", {"rut": "1"})
    assert ErasureRequest.objects.get().state == ErasureState.WITHDRAWN


def test_an_administrator_refuses_with_a_reason_that_the_person_reads(story, client_of):
    erasure_request = erasure.ask(story.learner, timezone.now())
    client = client_of(story.administrator)
    assert client.post(f"/tai-khoan/xoa/{erasure_request.pk}/", {"khong": "1", "answer": " "}).status_code == 422
    client.post(f"/tai-khoan/xoa/{erasure_request.pk}/", {"khong": "1", "answer": "Anh chị đang giữ nhiệm vụ."})
    assert "Anh chị đang giữ nhiệm vụ." in client_of(story.learner).get("/tai-khoan/du-lieu/").content.decode()


def test_an_administrator_erases_after_a_warning_that_the_person_is_still_posted(story, client_of):
    erasure_request = erasure.ask(story.learner, timezone.now())
    client = client_of(story.administrator)
    assert "/tai-khoan/xoa/" in client.get("/tai-khoan/nhat-ky/tat-ca/").content.decode()
    assert f"/tai-khoan/xoa/{erasure_request.pk}/" in client.get("/tai-khoan/xoa/").content.decode()
    assert "vẫn tính vào mẫu số" in client.get(f"/tai-khoan/xoa/{erasure_request.pk}/").content.decode()
    answer = client.post(f"/tai-khoan/xoa/{erasure_request.pk}/", {"xoa": "1"}, follow=True)
    story.learner.refresh_from_db()
    assert story.learner.full_name in answer.content.decode()
    erasure_request.refresh_from_db()
    assert erasure_request.state == ErasureState.DONE


def test_nobody_else_decides(story, client_of):
    erasure_request = erasure.ask(story.learner, timezone.now())
    for who in ("trainer", "manager", "unit_head", "learner"):
        assert (
            client_of(getattr(story, who)).post(f"/tai-khoan/xoa/{erasure_request.pk}/", {"xoa": "1"}).status_code
            == 403
        )
    own = erasure.ask(story.administrator, timezone.now())
    assert client_of(story.administrator).post(f"/tai-khoan/xoa/{own.pk}/", {"xoa": "1"}).status_code == 403
    story.learner.refresh_from_db()
    assert story.learner.full_name == "Alăng Thị Hà"


# --- the command


def test_the_command_first_says_what_it_would_do(story, capsys):
    call_command("erase_person", "tg-001")
    assert "Chưa xóa gì" in capsys.readouterr().out
    call_command("erase_person", "TG-001", "--by", story.administrator.staff_code, "--yes")
    assert "DX-" in capsys.readouterr().out
    assert Entry.objects.get(act=Act.ERASED).by == story.administrator


def test_the_command_says_in_one_line_what_is_wrong(story):
    with pytest.raises(CommandError, match="Không có cán bộ nào mang mã KHONG"):
        call_command("erase_person", "KHONG", "--yes")


def test_a_roster_that_names_the_code_ends_the_posting(story, tmp_path):
    from people.roster.importing import prepare_roster

    code = erasure.erase(story.learner, story.administrator, timezone.now())
    path = tmp_path / "r.csv"
    path.write_text(
        "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay\n"
        f"{code},{code},,,20455,Công chức,ho_tro_nan_nhan,2025-07-01,2026-11-20\n"
    )
    prepared = prepare_roster(path, timezone.now())
    assert prepared.report.rejected == []
    prepared.write(lambda done: None)
    assert story.learner.postings.current().get().end == date(2026, 11, 20)


def test_a_posting_of_somebody_else_stays_theirs(story):
    other = make_person("Khác", "TG-777")
    make_posting(other, story.units.tay_giang)
    erasure.erase(story.learner, story.administrator, timezone.now())
    other.refresh_from_db()
    assert other.full_name == "Khác"
