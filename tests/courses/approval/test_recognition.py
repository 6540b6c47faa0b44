"""Trial papers, and the decision by which earlier completions of the same text count and get a certificate."""

import html
import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from factories import approve, make_course, make_person, make_posting, with_words
from sharing import shared

from courses.approval.approval import approval_on
from courses.approving import deciding
from courses.certificates.certificate import Certificate, CertificateState
from courses.certificates.issuing import issue, reissue, revoke
from courses.completions.completion import Completion, complete_if_done, void
from courses.completions.recognising import recognisable, recognise
from courses.completions.unapproved import Recognition
from courses.content.texts import read_texts
from courses.progress.lessons import mark_seen
from courses.standing.coverage import coverage
from courses.standing.rules import seed_requirements
from courses.standing.second_formulation import differences
from outbox.draining import drain
from people.changes.change import BulkChange
from people.log.audit import Act, Entry
from people.undoing.carrying_out import preview, undo

COURSE = "nhan-dien-nan-nhan"
EARLIER = timezone.make_aware(datetime(2026, 10, 5, 9))
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=5))
def course(cast):
    """Completed on 5/10 by two learners, when nobody had approved it."""
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    made = with_words(make_course(lessons=1, questions=2, required=False))
    with time_machine.travel(EARLIER, tick=False):
        for person in (cast.learner, cast.other_learner):
            mark_seen(person, COURSE, made.lessons[0].translation_key, EARLIER)
            complete_if_done(person, made.course, EARLIER)
        drain()
    return made


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def approved(course, cast, on=TODAY):
    return deciding.approve(course.course, on, "", cast.manager, NOW)


def recognised(course, cast, on=TODAY):
    approval = approved(course, cast)
    rows = recognisable(approval, read_texts(course.course))
    return recognise(rows, on, "Nội dung không đổi", cast.manager, NOW)


# --- the paper


def test_of_an_unapproved_course_the_paper_is_no_certificate(course, cast, client_of, client):
    paper = Certificate.objects.get(person=cast.learner)
    assert (paper.trial, paper.full_number) == (True, "1/2026/XN-LC")
    checked = text_of(client.get(paper.path))
    assert "Giấy xác nhận học thử, không phải chứng nhận" in checked
    assert "Chứng nhận còn giá trị" not in checked
    assert "học thử, nội dung chưa duyệt" in text_of(client_of(cast.learner).get("/hoc-tap/"))
    assert "Giấy xác nhận học thử" in text_of(client_of(cast.learner).get("/hoc-tap/chung-nhan/"))
    assert "nội dung chưa duyệt" in text_of(client_of(cast.trainer).get("/bao-cao/can-bo/TG-001/"))


def test_certificates_and_trial_papers_have_numbers_of_their_own(course, cast):
    third = make_person("Người ba")
    done = {"person": third, "course_key": COURSE, "completed_on": TODAY, "source": "quiz", "approved": True}
    (certificate,) = issue([Completion.objects.create(**done)], NOW)
    assert certificate.full_number == "1/2026/CN-LC"
    assert sorted(row.full_number for row in Certificate.objects.filter(trial=True)) == ["1/2026/XN-LC", "2/2026/XN-LC"]


def test_a_trial_paper_issued_again_stays_one(course, cast):
    again = reissue(Certificate.objects.get(person=cast.learner), "Sai tên", cast.trainer, NOW)
    assert (again.trial, again.full_number) == (True, "3/2026/XN-LC")


def test_approving_changes_nothing_by_itself(course, cast):
    approved(course, cast)
    assert coverage(COURSE).total.unapproved == 2
    assert not Certificate.objects.filter(trial=False).exists()


# --- the decision


def test_recognised_completions_leave_m_from_the_day_on(course, cast):
    assert recognised(course, cast, on=date(2026, 11, 1)) == 2
    assert [coverage(COURSE, as_of=date(2026, month, 1)).total.unapproved for month in (10, 11)] == [0, 0]
    assert coverage(COURSE, as_of=date(2026, 10, 31)).total.unapproved == 2
    assert coverage(COURSE).total.completed == 2
    assert list(differences()) == []
    assert Entry.objects.get(act=Act.RECOGNISED).count == 2


def test_they_get_a_certificate_as_of_the_decision_and_keep_the_trial_paper(course, cast, client):
    recognised(course, cast, on=date(2026, 11, 1))
    drain()
    trial, certificate = Certificate.objects.filter(person=cast.learner).order_by("pk")
    assert (trial.trial, certificate.trial) == (True, False)
    assert (certificate.issued_on, certificate.completed_on) == (TODAY, EARLIER.date())
    assert certificate.full_number == "1/2026/CN-LC"
    # validity still runs from the completion
    assert certificate.valid_until == date(2028, 10, 4)
    assert f"chứng nhận số {certificate.full_number}" in text_of(client.get(trial.path))
    assert "Chứng nhận còn giá trị" in text_of(client.get(certificate.path))
    drain()
    assert Certificate.objects.count() == 4


def test_a_second_decision_finds_them_recognised(course, cast):
    recognised(course, cast)
    rows = list(Completion.objects.filter(course_key=COURSE))
    assert recognise(rows, TODAY, "Lần nữa", cast.manager, NOW) == 0
    assert Recognition.objects.count() == 2


def test_only_completions_of_the_very_text_are_recognised(course, cast):
    course.lessons[0].title = "Mục 1, đã sửa"
    course.lessons[0].save_revision().publish()
    approval = approved(course, cast)
    assert not recognisable(approval, read_texts(course.course)).exists()


def test_publishing_without_a_change_keeps_the_text(course, cast):
    course.lessons[0].save_revision().publish()
    approval = approved(course, cast)
    assert recognisable(approval, read_texts(course.course)).count() == 2


def test_a_completion_from_before_texts_were_kept_counts_if_nothing_was_published_since(course, cast):
    Completion.objects.update(text="")
    approval = approved(course, cast)
    # the questions were published on 24/11, after the completions
    assert not recognisable(approval, read_texts(course.course)).exists()
    Completion.objects.filter(person=cast.learner).update(recorded_at=NOW)
    assert recognisable(approval, read_texts(course.course)).get().person == cast.learner


def test_what_is_void_or_revoked_or_from_a_file_gets_nothing(course, cast):
    void(Completion.objects.get(person=cast.learner), TODAY, "Thi hộ", cast.trainer, NOW)
    revoke(Certificate.objects.get(person=cast.other_learner), TODAY, "Cấp nhầm", cast.trainer, NOW)
    third = make_person("Người ba")
    make_posting(third, cast.units.tay_giang)
    file = {"person": third, "course_key": COURSE, "completed_on": TODAY, "source": "import"}
    Completion.objects.create(**file)
    assert recognised(course, cast) == 1
    drain()
    assert not Certificate.objects.filter(trial=False).exists()


def test_an_approval_holds_from_its_day_until_it_is_withdrawn(course, cast):
    approved(course, cast, on=date(2026, 11, 20))
    assert approval_on(COURSE, date(2026, 11, 19)) is None
    assert approval_on(COURSE, TODAY).by == cast.manager
    deciding.withdraw(course.course, TODAY, "Luật đổi", cast.manager, NOW)
    assert approval_on(COURSE, date(2026, 11, 23)) is not None
    assert approval_on(COURSE, TODAY) is None
    with pytest.raises(deciding.NotDecided):
        approved(course, cast, on=date(2026, 11, 20))


def test_an_approval_carried_over_is_of_no_known_text(course, cast):
    approval = approve(COURSE)
    assert not recognisable(approval, read_texts(course.course)).exists()


def test_a_recognition_is_undone_with_the_certificates_that_followed(course, cast):
    recognised(course, cast)
    drain()
    change = BulkChange.objects.get(kind="recognised")
    assert (change.by, change.name, change.written) == (cast.manager, COURSE, 2)
    certificates = Certificate.objects.filter(trial=False)
    assert len(preview(change.rows.all())["others"]) == certificates.count() == 2
    before = coverage(COURSE).as_dict()["unapproved"]
    result = undo(change, change.rows.all(), cast.manager)
    assert result["going"] == 2
    assert coverage(COURSE).as_dict()["unapproved"] == before + 2
    assert {one.state_on(TODAY) for one in certificates.with_ending()} == {CertificateState.REVOKED}
    assert {one.state_on(TODAY) for one in Certificate.objects.filter(trial=True).with_ending()} == {
        CertificateState.VALID
    }
    assert list(differences()) == []
    # and again: recognised, and the certificates valid
    again = BulkChange.objects.get(pk=result["undo"])
    undo(again, again.rows.all(), cast.manager)
    drain()
    assert coverage(COURSE).as_dict()["unapproved"] == before
    assert {one.state_on(TODAY) for one in certificates.with_ending()} == {CertificateState.VALID}
