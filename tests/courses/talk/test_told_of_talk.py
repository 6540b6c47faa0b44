"""Whom the clinic and the exemplars concern is told by her message of the day; it names nobody but her."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting

from courses.talk import news
from courses.talk.clinic import moderating, telling
from courses.talk.clinic import told as clinic_told
from courses.talk.clinic.case import Contribution
from courses.talk.clinic.telling import Told
from courses.talk.clinic.whose import moderated_by
from courses.talk.exemplars import reviewing, writing
from courses.talk.exemplars import told as exemplars_told
from courses.talk.exemplars.exemplar import Exemplar
from courses.talk.exemplars.whose import reviewed_by
from courses.talk.exemplars.writing import Words
from courses.talk.news import NewsKind, TalkNews
from people.messages.sending import body, still_standing
from people.messages.working_days import Window
from people.persons.user import User
from people.privacy import erasure
from people.rights.roles import RoleKind, give

pytestmark = pytest.mark.django_db
TOLD = Told("y_te", "returned", "young", "border", "work", "Hỏi gì trước?", "Một người vừa về, chưa muốn khai.", "")
WORDS = Words("Tổ tự quản ở cửa khẩu", "bien_phong", "joining", 2023, "Gặp từng nhóm.", "Mỗi tháng một lần.",
              "Ít người đi lạ hơn.", None, "", "UBND xã")  # fmt: skip


@pytest.fixture
def case(cast):
    return telling.tell(cast.learner, TOLD, uuid4(), timezone.now())


@pytest.fixture
def exemplar(cast):
    return writing.write(cast.unit_head, cast.units.tay_giang, WORDS, uuid4(), True, timezone.now())


def tomorrow():
    day = timezone.localdate()
    return Window(day, day + timedelta(days=1))


def colleague(cast, name="Bhling Văn Bạn", code="TG-9"):
    person = make_person(name, code)
    make_posting(person, cast.units.tay_giang)
    return person


def released(case, by):
    moderating.release(by, case, case.stamp, timezone.now())
    case.refresh_from_db()
    return case


def lines(person):
    return still_standing([person.pk], timezone.localdate()).get(person.pk, {})


def test_who_told_a_case_is_told_that_it_was_decided_until_she_has_opened_it(cast, case, client_of):
    released(case, cast.trainer)
    assert clinic_told.hers_falling(tomorrow()) == {cast.learner.pk: {"goc-ban-ca:ca"}}
    assert clinic_told.hers_falling(Window(tomorrow().last, tomorrow().last + timedelta(days=1))) == {}
    [line] = lines(cast.learner).values()
    assert line.address == f"/hoi-dap/ca/{case.pk}/"
    assert line.stoppable
    said = body(cast.learner.full_name, [line])
    for other in User.objects.exclude(pk=cast.learner.pk):
        assert other.full_name not in said
    assert "/tai-khoan/tin-nhac/" in said
    assert client_of(cast.learner).head(line.address).status_code == 200
    client_of(cast.learner).get(line.address)
    assert lines(cast.learner) == clinic_told.hers_falling(tomorrow()) == {}


def test_a_case_that_was_sent_back_and_one_that_is_closed_are_news_too(cast, case):
    moderating.send_back(cast.trainer, case, "Bỏ tên thôn", case.stamp, timezone.now())
    assert "goc-ban-ca:ca" in lines(cast.learner)
    telling.withdraw(case, timezone.now())
    assert lines(cast.learner) == {}
    other, mate = telling.tell(cast.learner, TOLD, uuid4(), timezone.now()), colleague(cast)
    released(other, cast.trainer)
    telling.contribute(mate, other, "Hỏi xem có an toàn không.", uuid4(), timezone.now())
    moderating.moderate(cast.trainer, other, Contribution.objects.get().pk, True, "", timezone.now())
    TalkNews.objects.all().delete()
    moderating.close(cast.trainer, other, "Hỏi an toàn trước.", timezone.now())
    assert set(TalkNews.objects.values_list("person", "kind")) == {(cast.learner.pk, "ca"), (mate.pk, "gop")}


def test_who_contributed_is_told_whether_it_is_shown_and_the_author_that_there_is_more_to_read(cast, case):
    released(case, cast.trainer)
    mate = colleague(cast)
    TalkNews.objects.all().delete()
    for shown in (False, True):
        telling.contribute(mate, case, "Hỏi xem có an toàn không.", uuid4(), timezone.now())
        row = Contribution.objects.latest("pk")
        moderating.moderate(cast.trainer, case, row.pk, shown, "" if shown else "Có tên người", timezone.now())
        told = {(mate.pk, "gop"), *([(cast.learner.pk, "ca")] if shown else [])}
        assert set(TalkNews.objects.values_list("person", "kind")) == told
    assert "1 ca" in lines(mate)["goc-ban-ca:gop"].text


def test_moderators_are_told_of_what_waits_for_them_and_never_of_their_own(cast, case):
    falling = clinic_told.waiting_falling(tomorrow())
    assert set(falling) == {cast.trainer.pk}
    assert moderated_by(cast.trainer).filter(pk=case.pk).exists()
    released(case, cast.trainer)
    assert clinic_told.waiting_falling(tomorrow()) == {}
    give(mate := colleague(cast), RoleKind.TRAINER, cast.units.tay_giang)
    telling.contribute(mate, case, "Hỏi xem có an toàn không.", uuid4(), timezone.now())
    told = clinic_told.waiting_standing([mate.pk, cast.trainer.pk], timezone.localdate())
    assert set(told) == {cast.trainer.pk}
    assert "1 ca hoặc lời góp" in told[cast.trainer.pk]["duyet-ca"].text


def test_a_contribution_of_the_only_trainer_waits_for_the_province(cast, case):
    released(case, cast.manager)
    telling.contribute(cast.trainer, case, "Hỏi xem có an toàn không.", uuid4(), timezone.now())
    assert set(clinic_told.waiting_falling(tomorrow())) == {cast.manager.pk}


def test_who_wrote_an_exemplar_is_told_of_its_review_and_of_who_copies_it(cast, exemplar, client_of):
    reviewing.send_back(cast.manager, exemplar, "Thêm kết quả", exemplar.stamp, timezone.now())
    assert exemplars_told.hers_falling(tomorrow()) == {cast.unit_head.pk: {"mo-hinh"}}
    [line] = lines(cast.unit_head).values()
    client_of(cast.unit_head).get(line.address)
    assert lines(cast.unit_head) == {}
    writing.rewrite(cast.unit_head, exemplar, cast.units.tay_giang, WORDS, True, timezone.now())
    exemplar.refresh_from_db()
    reviewing.put_on_the_list(cast.manager, exemplar, exemplar.stamp, timezone.now())
    news.opened(cast.unit_head, [NewsKind.EXEMPLAR], exemplar.pk)
    for _twice in range(2):
        reviewing.adopt(cast.manager, exemplar, cast.units.thanh_my, timezone.now())
    assert TalkNews.objects.filter(person=cast.unit_head).count() == 1
    cast.unit_head.roles.all().delete()
    assert "mo-hinh" not in lines(cast.unit_head)


def test_reviewers_nearest_above_are_told_and_may_review(cast, exemplar):
    falling = exemplars_told.waiting_falling(tomorrow())
    assert cast.manager.pk in falling
    assert cast.unit_head.pk not in falling
    for person in falling:
        assert Exemplar.objects.filter(reviewed_by(User.objects.get(pk=person)), pk=exemplar.pk).exists()
    told = exemplars_told.waiting_standing(list(falling), timezone.localdate())
    assert "1 mô hình hay" in told[cast.manager.pk]["duyet-mo-hinh"].text
    writing.take_off(cast.unit_head, exemplar, "", timezone.now())
    assert exemplars_told.waiting_standing(list(falling), timezone.localdate()) == {}
    assert not TalkNews.objects.exists()


def test_an_exemplar_of_the_province_waits_for_another_one_of_the_province(cast):
    writing.write(cast.manager, cast.units.da_nang, WORDS, uuid4(), True, timezone.now())
    second = make_person("Quản Lý Hai", "QL-2")
    give(second, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    told = exemplars_told.waiting_falling(tomorrow())
    assert second.pk in told
    assert cast.manager.pk not in told


def test_telling_costs_the_same_for_many(cast, case, exemplar, django_assert_num_queries):
    def ask():
        for standing in (clinic_told.hers_standing, clinic_told.waiting_standing,
                         exemplars_told.hers_standing, exemplars_told.waiting_standing):  # fmt: skip
            standing([cast.learner.pk, cast.trainer.pk, cast.unit_head.pk, cast.manager.pk], timezone.localdate())

    news.tell([cast.learner.pk], NewsKind.CASE, case.pk, timezone.now())
    news.tell([cast.unit_head.pk], NewsKind.EXEMPLAR, exemplar.pk, timezone.now())
    with CaptureQueriesContext(connection) as few:
        ask()
    for number in range(4):
        telling.tell(colleague(cast, code=f"TG-8{number}"), TOLD, uuid4(), timezone.now())
        writing.write(cast.unit_head, cast.units.tay_giang, WORDS, uuid4(), True, timezone.now())
        news.tell([cast.learner.pk], NewsKind.CASE, 1000 + number, timezone.now())
    with django_assert_num_queries(len(few)):
        ask()


def test_news_ends_with_its_reader_and_after_a_month(cast, case):
    news.tell([cast.learner.pk, None], NewsKind.CASE, case.pk, timezone.now())
    news.end_old(timezone.now() + timedelta(days=29))
    assert TalkNews.objects.count() == 1
    news.end_old(timezone.now() + timedelta(days=31))
    assert not TalkNews.objects.exists()
    news.tell([cast.learner.pk], NewsKind.CASE, case.pk, timezone.now())
    erasure.erase(cast.learner, cast.administrator, timezone.now())
    assert not TalkNews.objects.exists()
