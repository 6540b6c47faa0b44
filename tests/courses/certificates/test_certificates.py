"""Certificates: issued once when a course is completed, frozen, numbered without gaps, revoked and issued again."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import approve, make_course, make_person, make_posting
from sharing import shared

from courses.attempts.answering import save_answer
from courses.attempts.attempt import AttemptItem
from courses.certificates.certificate import Certificate, CertificateState, Revocation, Series
from courses.certificates.issuers import Issuer
from courses.certificates.issuing import NotIssued, ask_for, forget_person, issue, issue_by_hand, reissue, revoke
from courses.completions.completion import Completion, complete_if_done, void
from courses.completions.filed import prepare_completions
from courses.progress.lessons import mark_seen
from courses.quizzes.admission import start
from courses.quizzes.submitting import submit
from courses.standing.rules import change_rule, seed_requirements
from outbox.draining import drain

COURSE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=5))
def rules(cast):
    return seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))


def done(person, on=TODAY, source="quiz", course=COURSE, **fields) -> Completion:
    known = {"source": source, "approved": source == "quiz", **fields}
    return Completion.objects.create(person=person, course_key=course, completed_on=on, **known)


def issuer(unit, **fields) -> Issuer:
    said = {"organisation": "Sở Nội vụ", "mark": "SNV", "place": "Đà Nẵng", "signer_title": "Giám đốc"}
    return Issuer.objects.create(unit=unit, **{**said, "signer_name": "Nguyễn Văn A", **fields})


def reloaded(certificate) -> Certificate:
    return Certificate.objects.with_ending().get(pk=certificate.pk)


def test_completing_a_course_issues_the_certificate_within_the_moment(rules, cast):
    completion = make_course(lessons=1, questions=2)
    approve()
    mark_seen(cast.learner, COURSE, completion.lessons[0].translation_key, NOW)
    attempt = start(cast.learner, completion.quiz, NOW)
    for item in AttemptItem.objects.filter(attempt=attempt).select_related("version"):
        right = item.version.key["right"][0]
        save_answer(cast.learner, attempt.pk, item.position, {"choice": [right]}, based_on=0, token=None, now=NOW)
    for _click in range(2):
        submit(attempt, NOW)
    drain()
    certificate = Certificate.objects.get()
    assert (certificate.person, certificate.person_name) == (cast.learner, "Alăng Thị Hà")
    assert certificate.course_title == "Nhận diện nạn nhân bị mua bán"
    assert certificate.result == "Bài kiểm tra cuối khóa: 100 %"
    assert certificate.person_unit == "Xã Tây Giang"
    assert (certificate.issued_on, certificate.valid_until) == (TODAY, date(2028, 11, 23))
    assert certificate.full_number == "1/2026/CN-LC"


def test_finishing_the_last_lesson_of_a_course_without_a_quiz_issues_too(rules, cast):
    completion = make_course(lessons=1, questions=1, required=False)
    mark_seen(cast.learner, COURSE, completion.lessons[0].translation_key, NOW)
    for _call in range(2):
        complete_if_done(cast.learner, completion.course, NOW)
    drain()
    assert Certificate.objects.get().result == ""


def test_a_completion_has_one_certificate_however_often_it_is_asked_for(rules, cast):
    completion = done(cast.learner)
    assert len(issue([completion], NOW)) == 1
    assert issue([completion], NOW) == []
    row = Certificate.objects.get()
    row.pk, row.number, row.code = None, 99, "0" * 16
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_completion_that_a_file_recorded_anew_keeps_its_certificate(rules, cast):
    issue([done(cast.learner)], NOW)
    Completion.objects.supersede(NOW)
    assert issue([done(cast.learner, evidence="Số 12")], NOW) == []


def test_numbers_count_by_issuing_unit_and_year_without_gaps(rules, cast):
    issuer(cast.units.tay_giang)
    people = [make_person() for _n in range(3)]
    for person in people:
        make_posting(person, cast.units.tay_giang)
    issue([done(person) for person in people], NOW)
    issue([done(cast.other_learner)], NOW)
    with transaction.atomic():
        issue([done(cast.learner)], NOW)
        transaction.set_rollback(True)
    later = timezone.make_aware(datetime(2027, 1, 4))
    issue([done(cast.learner)], NOW)
    issue([done(cast.learner, date(2027, 1, 4))], later)
    numbers = list(Certificate.objects.order_by("pk").values_list("mark", "year", "number"))
    assert numbers == [
        *[("SNV", 2026, n) for n in (1, 2, 3)],
        ("LC", 2026, 1),
        ("SNV", 2026, 4),
        ("SNV", 2027, 1),
    ]
    assert set(Series.objects.values_list("year", "last")) == {(2026, 4), (2026, 1), (2027, 1)}


def test_the_nearest_issuing_unit_issues_and_one_switched_off_does_not(rules, cast):
    issuer(cast.units.da_nang)
    near = issuer(cast.units.tay_giang, organisation="UBND xã Tây Giang", mark="TG")
    teacher = make_person()
    make_posting(teacher, cast.units.school)
    assert issue([done(teacher)], NOW)[0].organisation == "UBND xã Tây Giang"
    near.active = False
    near.save()
    assert issue([done(cast.learner)], NOW)[0].organisation == "Sở Nội vụ"


def test_somebody_without_a_posting_gets_it_from_the_province(rules, cast):
    (certificate,) = issue([done(cast.stranger)], NOW)
    assert (certificate.unit, certificate.person_unit) == (cast.units.da_nang, "")
    assert certificate.organisation == "Ủy ban nhân dân thành phố Đà Nẵng"


@pytest.mark.django_db
def test_while_there_are_no_units_nothing_is_issued():
    assert issue([done(make_person())], NOW) == []


def test_what_it_says_is_frozen(rules, cast):
    given = issuer(cast.units.da_nang)
    course = make_course().course
    (certificate,) = issue([done(cast.learner)], NOW)
    given.signer_name, course.title, cast.learner.full_name = "Người Khác", "Tên mới", "Tên Khác"
    given.save()
    course.save()
    cast.learner.save()
    change_rule(rules[0], NOW, validity_months=6)
    certificate = reloaded(certificate)
    assert (certificate.signer_name, certificate.person_name) == ("Nguyễn Văn A", "Alăng Thị Hà")
    assert certificate.course_title == "Nhận diện nạn nhân bị mua bán"
    assert certificate.valid_until == date(2028, 11, 23)


def test_of_several_rules_the_shortest_that_concerns_the_person_holds(rules, cast):
    change_rule(rules[1], NOW, course_key=COURSE, validity_months=12)
    assert issue([done(cast.learner)], NOW)[0].valid_until == date(2027, 11, 23)


def test_a_rule_without_validity_gives_one_that_does_not_lapse(rules, cast):
    change_rule(rules[0], NOW, validity_months=None)
    assert issue([done(cast.learner)], NOW)[0].valid_until is None


def test_validity_ends_on_the_last_day_that_the_figures_count_too(rules, cast):
    completion = done(cast.learner, date(2024, 2, 29))
    certificate = reloaded(issue([completion], NOW)[0])
    assert certificate.valid_until == date(2026, 2, 27)
    assert certificate.state_on(date(2026, 2, 27)) == CertificateState.VALID
    assert certificate.state_on(date(2026, 2, 28)) == CertificateState.EXPIRED


def test_a_revocation_holds_from_its_day_and_keeps_who_and_why(rules, cast):
    (certificate,) = issue([done(cast.learner)], NOW)
    for _click in range(2):
        revoke(certificate, TODAY, " Làm bài hộ ", cast.trainer, NOW)
    fact = Revocation.objects.get()
    assert (fact.on, fact.reason, fact.by) == (TODAY, "Làm bài hộ", cast.trainer)
    certificate = reloaded(certificate)
    assert certificate.state_on(date(2026, 11, 23)) == CertificateState.VALID
    assert certificate.state_on(TODAY) == CertificateState.REVOKED
    revoke(certificate, TODAY, "Lý do đúng", cast.trainer, NOW)
    assert Revocation.objects.count() == 2
    assert reloaded(certificate).revoked_because == "Lý do đúng"


def test_a_completion_that_counts_no_more_takes_its_certificate_with_it(rules, cast):
    completion = done(cast.learner)
    (certificate,) = issue([completion], NOW)
    void(completion, TODAY, "Nhầm người", cast.trainer, NOW)
    assert reloaded(certificate).state_on(TODAY) == CertificateState.REVOKED
    with pytest.raises(NotIssued):
        reissue(certificate, "Thử lại", cast.trainer, NOW)


def test_a_completion_voided_before_the_worker_comes_gets_none_and_uses_no_number(rules, cast):
    completion = done(cast.learner)
    ask_for(completion)
    void(completion, TODAY, "Làm bài hộ", cast.trainer, NOW)
    drain()
    assert not Certificate.objects.exists()
    assert issue([done(cast.other_learner)], NOW)[0].number == 1


def test_a_worker_that_comes_on_a_later_day_asks_whether_it_counts_on_that_day(rules, cast):
    completion = done(cast.learner)
    ask_for(completion)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        void(completion, date(2026, 11, 25), "Làm bài hộ", cast.trainer, timezone.now())
        drain()
    assert not Certificate.objects.exists()


def test_a_completion_that_is_to_count_no_more_from_a_later_day_has_its_certificate_until_then(rules, cast):
    completion = done(cast.learner)
    void(completion, date(2026, 11, 25), "Hết nhiệm vụ", cast.trainer, NOW)
    (certificate,) = issue([completion], NOW)
    assert reloaded(certificate).state_on(TODAY) == CertificateState.VALID
    assert reloaded(certificate).state_on(date(2026, 11, 25)) == CertificateState.REVOKED


def test_made_again_on_the_day_of_the_void_it_gets_its_certificate(rules, cast):
    voided = done(cast.learner)
    ask_for(voided)
    void(voided, TODAY, "Nhầm", cast.trainer, NOW)
    Completion.objects.filter(pk=voided.pk).supersede(NOW)
    ask_for(done(cast.learner))
    drain()
    assert Certificate.objects.get().number == 1
    assert issue([voided], NOW) == []


@pytest.mark.parametrize("by_hand", [False, True])
def test_of_many_only_those_that_count_are_issued(rules, cast, by_hand):
    void(completion := done(cast.learner), TODAY, "Nhầm người", cast.trainer, NOW)
    rows = [completion, done(cast.other_learner)]
    issued = [one for row in rows for one in issue_by_hand(row, cast.trainer, NOW)] if by_hand else issue(rows, NOW)
    assert [(row.person, row.number) for row in issued] == [(cast.other_learner, 1)]


def test_issued_again_it_has_a_new_number_and_code_and_todays_name(rules, cast):
    (old,) = issue([done(cast.learner)], NOW)
    cast.learner.full_name = "Alăng Thị Hạ"
    cast.learner.save()
    new = reissue(old, "Sai tên", cast.trainer, NOW)
    assert (new.person_name, new.replaces, new.reissued_because) == ("Alăng Thị Hạ", old, "Sai tên")
    assert new.code != old.code
    assert (new.number, new.valid_until) == (2, old.valid_until)
    assert reloaded(old).state_on(TODAY) == CertificateState.REVOKED
    assert reloaded(new).state_on(TODAY) == CertificateState.VALID
    with pytest.raises(NotIssued):
        reissue(old, "Lần nữa", cast.trainer, NOW)
    assert issue([old.completion], NOW) == []


def test_an_erased_person_becomes_a_code_and_the_numbers_stay(rules, cast):
    (old,) = issue([done(cast.learner)], NOW)
    reissue(old, "Sai tên chị Hà", cast.trainer, NOW)
    assert forget_person(cast.learner, "DX-7F3A") == 2
    rows = [reloaded(certificate) for certificate in Certificate.objects.order_by("pk")]
    assert [row.person_name for row in rows] == ["DX-7F3A"] * 2
    assert [row.full_number for row in rows] == ["1/2026/CN-LC", "2/2026/CN-LC"]
    assert [row.state_on(TODAY) for row in rows] == [CertificateState.REVOKED, CertificateState.VALID]
    kept = [
        *Certificate.objects.values_list("person_unit", "reissued_because"),
        *Revocation.objects.values_list("reason"),
    ]
    assert {text for row in kept for text in row} == {""}


def test_issuing_five_hundred_asks_as_much_as_issuing_two(rules, cast, django_assert_num_queries):
    people = [make_person() for _n in range(8)]
    for person in people:
        make_posting(person, cast.units.tay_giang)
    issuer(cast.units.da_nang)
    completion = [done(person) for person in people]
    # known, merged records, postings, issuers, rules, titles; the number (a year's first: 4), the rows
    with django_assert_num_queries(11):
        issue(completion[:2], NOW)
    with django_assert_num_queries(9):
        issue(completion[2:], NOW)


@pytest.mark.parametrize(("wished", "count"), [(False, 0), (True, 1)])
def test_imported_completions_get_one_where_the_issuer_wishes(rules, cast, tmp_path, wished, count):
    issuer(cast.units.da_nang, imported_too=wished)
    file = tmp_path / "c.csv"
    file.write_text(f"ma_can_bo,khoa_hoc,ngay_hoan_thanh,minh_chung\nTG-001,{COURSE},2026-03-02,Số 12\n")
    for _run in range(2):
        prepare_completions(file, NOW).write(lambda done: None)
    assert Certificate.objects.count() == count
    if wished:
        certificate = Certificate.objects.get()
        # the day of the paper is that of issuing; what a file says as evidence is not printed
        assert (certificate.issued_on, certificate.completed_on) == (TODAY, date(2026, 3, 2))
        assert (certificate.valid_until, certificate.result) == (date(2028, 3, 1), "")
