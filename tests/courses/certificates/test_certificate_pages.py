"""Who sees which certificate: the public by its code, its owner, a trainer of the unit; nobody by trying."""

import html
import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from sharing import shared

from courses.certificates import codes
from courses.certificates import public_check as checking
from courses.certificates.certificate import Certificate, Revocation
from courses.certificates.issuers import Issuer
from courses.certificates.issuing import issue, revoke
from courses.completions.completion import Completion
from courses.standing.rules import seed_requirements
from people.rights.roles import RoleKind, give
from people.times import today

COURSE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
PERSON = "/bao-cao/can-bo/TG-001/"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=5))
def certificate(cast):
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    done = {"person": cast.learner, "course_key": COURSE, "completed_on": NOW.date(), "source": "quiz"}
    completion = Completion.objects.create(**done, evidence="Bài: 85 %", approved=True)
    return issue([completion], NOW)[0]


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


# --- the public check


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 11, 24), "Chứng nhận còn giá trị"),
        (date(2028, 11, 23), "Chứng nhận còn giá trị"),
        (date(2028, 11, 24), "Chứng nhận đã hết hạn"),
    ],
)
def test_anybody_with_the_code_learns_whether_it_holds_on_the_day(certificate, client, day, sentence):
    with time_machine.travel(timezone.make_aware(datetime(day.year, day.month, day.day, 12)), tick=False):
        response = client.get(certificate.path)
    assert response.status_code == 200
    assert sentence in text_of(response)


def test_a_revoked_one_says_so_and_not_why(certificate, cast, client):
    revoke(certificate, today(), "Làm bài hộ", cast.trainer, NOW)
    page = text_of(client.get(certificate.path))
    assert "Giấy này không còn giá trị từ ngày 24/11/2026" in page
    assert "Làm bài hộ" not in page


def test_a_revoked_one_stays_revoked_after_its_validity(certificate, cast, client):
    revoke(certificate, today(), "Nhầm", cast.trainer, NOW)
    with time_machine.travel(NOW + timedelta(days=2000), tick=False):
        assert "đã bị thu hồi" in text_of(client.get(certificate.path))


def test_of_the_person_only_name_and_course_are_shown(certificate, client):
    # the code is drawn and may hold any two digits
    page = client.get(certificate.path).content.decode().replace(certificate.written_code, "")
    assert "Alăng Thị Hà" in page
    for private in ("TG-001", "Tây Giang", "85", "ha@example.vn", "905000001", f"/{certificate.person_id}/"):
        assert private not in page


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", ""), lambda code: code[3:]])
def test_a_code_may_be_written_in_any_way(certificate, client, change):
    assert client.get(f"/chung-nhan/{change(certificate.written_code)}/").status_code == 200


def test_letters_that_look_like_digits_are_read_as_digits():
    assert codes.read("lc-o1il-0000-0000-0000") == "0111000000000000"
    assert codes.read(codes.written("LC00LC00LC00LC00".replace("L", "1"))) == "1C001C001C001C00"
    assert codes.read("LC-0000-0000-0000-000U") == ""
    assert codes.read("x" * 500) == ""


def test_codes_are_long_and_random():
    completion = {codes.new_code() for _n in range(200)}
    assert len(completion) == 200
    assert all(len(code) == 16 and set(code) <= set(codes.ALPHABET) for code in completion)
    assert len(codes.ALPHABET) ** codes.LENGTH >= 2**80


def wrong_codes(certificate) -> list[str]:
    code = certificate.code
    swapped = code[:-1] + ("0" if code[-1] != "0" else "1")
    return [
        codes.written(swapped),
        "LC-0000-0000-0000-0000",
        "x",
        "1.2026.CN-LC",
        str(certificate.pk),
    ]


def test_tampered_guessed_and_malformed_codes_get_the_same_page(certificate, client, django_assert_num_queries):
    bodies = set()
    # where the menu leads is known to the process
    client.get("/chung-nhan/")
    for code in wrong_codes(certificate):
        # by the code, as for a right one, whatever it looks like: the same work, so the same time; and Wagtail's two,
        # which look for a redirect of an address that is not there
        with django_assert_num_queries(3):
            response = client.get(f"/chung-nhan/{code}/")
        assert response.status_code == 404
        bodies.add(response.content)
        assert "Alăng" not in response.content.decode()
    assert len(bodies) == 1
    # the certificate, and the laws that rules name
    with django_assert_num_queries(2):
        client.get(certificate.path)


@pytest.mark.parametrize(
    ("begins", "sentence"),
    [
        (date(2026, 7, 1), "Hoàn thành theo Luật 53/2024/QH15, có hiệu lực từ 01/07/2026."),
        (
            date(2027, 7, 1),
            "Hoàn thành theo luật trước: Luật 53/2024/QH15 có hiệu lực từ 01/07/2027. Giấy này không bị thu hồi",
        ),
    ],
)
def test_it_says_under_which_law_it_was_made_and_a_new_law_revokes_nothing(certificate, client, begins, sentence):
    from courses.requirements.requirement import RequirementRule
    from courses.standing.rules import change_rule

    assert "Luật" not in text_of(client.get(certificate.path))
    rule = RequirementRule.objects.filter(course_key=COURSE).latest("pk")
    terms = {"duty": rule.duty, "course_key": COURSE, "deadline": rule.deadline, "validity_months": 24}
    law = {"law": "Luật 53/2024/QH15", "law_begins": begins}
    change_rule(rule.requirement, NOW, effective_from=begins, **terms, **law)
    page = text_of(client.get(certificate.path))
    assert sentence in page
    assert "Chứng nhận còn giá trị" in page
    assert not Revocation.objects.exists()


@pytest.mark.parametrize("which", ["right", "wrong", "ask"])
def test_an_answer_is_never_stored_found_or_tracked(certificate, client, which):
    path = {"right": certificate.path, "wrong": "/chung-nhan/x/", "ask": "/chung-nhan/"}[which]
    response = client.get(path)
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in response.content.decode()
    assert not response.cookies
    assert client.head(path).status_code == response.status_code
    assert client.post(path).status_code == 405


def test_who_tries_too_often_waits_and_others_do_not(certificate, client, monkeypatch):
    monkeypatch.setattr(checking, "MISSES", 3)
    for _try in range(3):
        assert client.get("/chung-nhan/x/").status_code == 404
    slowed = client.get(certificate.path)
    assert slowed.status_code == 429
    assert 0 < int(slowed["Retry-After"]) <= checking.WINDOW
    assert "Alăng" not in slowed.content.decode()
    assert client.get(certificate.path, REMOTE_ADDR="10.1.2.3").status_code == 200
    with time_machine.travel(NOW + timedelta(seconds=checking.WINDOW), tick=False):
        assert client.get(certificate.path).status_code == 200


def test_right_codes_slow_nobody(certificate, client, monkeypatch):
    monkeypatch.setattr(checking, "MISSES", 1)
    assert [client.get(certificate.path).status_code for _n in range(5)] == [200] * 5


def test_a_code_typed_from_paper_leads_to_its_page(certificate, client):
    typed = client.get("/chung-nhan/", {"ma": f" {certificate.written_code.lower()} "})
    assert typed["Location"] == certificate.path
    assert client.get("/chung-nhan/", {"ma": "abc"}, follow=True).status_code == 404
    assert "no-store" in typed["Cache-Control"]


# --- their owner


def test_a_learner_sees_all_of_theirs_and_fetches_them(certificate, cast, client_of):
    client = client_of(cast.learner)
    page = client.get("/hoc-tap/chung-nhan/")
    assert certificate.written_code in text_of(page)
    assert "Bài: 85 %" in text_of(page)
    assert "no-store" in page["Cache-Control"]
    response = client.get(f"/hoc-tap/chung-nhan/{certificate.pk}.pdf")
    assert response.content.startswith(b"%PDF-1.7")
    assert response["Content-Disposition"] == 'attachment; filename="chung-nhan-1-2026-LC.pdf"'
    assert "no-store" in response["Cache-Control"]


def test_somebody_without_any_is_told_how_to_get_one(certificate, cast, client_of):
    page = text_of(client_of(cast.other_learner).get("/hoc-tap/chung-nhan/"))
    assert "Anh chị chưa có chứng nhận nào" in page
    assert "Alăng" not in page


def test_a_list_of_any_length_asks_the_same(certificate, cast, client_of, django_assert_num_queries):
    client = client_of(cast.learner)
    # session, user, roles (menu), completions that wait for theirs, certificates
    with django_assert_num_queries(5):
        client.get("/hoc-tap/chung-nhan/")
    for month in range(1, 6):
        completion = Completion.objects.create(
            person=cast.learner, course_key=COURSE, completed_on=date(2026, month, 1), source="quiz"
        )
        issue([completion], NOW)
    with django_assert_num_queries(5):
        assert client.get("/hoc-tap/chung-nhan/").content.decode().count('class="cert"') == 6


def test_a_completion_shows_until_its_certificate_is_there(cast, client_of):
    Completion.objects.create(person=cast.learner, course_key=COURSE, completed_on=NOW.date(), source="quiz")
    client = client_of(cast.learner)
    assert "hoàn thành ngày 24/11/2026: giấy đang được lập" in text_of(client.get("/hoc-tap/chung-nhan/"))
    issue(list(Completion.objects.all()), NOW)
    assert "đang được lập" not in text_of(client.get("/hoc-tap/chung-nhan/"))


def test_my_learning_leads_there_and_the_menu_marks_one_place(certificate, cast, client_of):
    client = client_of(cast.learner)
    assert 'href="/hoc-tap/chung-nhan/"' in client.get("/hoc-tap/").content.decode()
    page = client.get("/hoc-tap/chung-nhan/").content.decode()
    assert 'href="/hoc-tap/" aria-current="true"' in page
    assert page.count('aria-current="true"') == 1


# --- who may what


EVERYBODY = [
    "learner",
    "other_learner",
    "trainer",
    "unit_head",
    "manager",
    "administrator",
    "observer",
    "editor",
    "stranger",
]
ALL_MAY = dict.fromkeys(EVERYBODY, 200) | {None: 302}
STAFF = {"trainer": 200, "unit_head": 200, "manager": 200, "administrator": 200}
CHANGING = {"trainer": 302, "manager": 302, "administrator": 302, "unit_head": 403}
ANYBODY = dict.fromkeys(EVERYBODY, 200) | {None: 200}
TABLE = {
    ("GET", "/hoc-tap/chung-nhan/"): ALL_MAY,
    ("GET", "/hoc-tap/chung-nhan/{pk}.pdf"): dict.fromkeys(EVERYBODY, 404) | {"learner": 200, None: 302},
    ("GET", "/chung-nhan/"): ANYBODY,
    ("GET", "/chung-nhan/{code}/"): ANYBODY,
    ("GET", "/bao-cao/chung-nhan/"): dict.fromkeys(EVERYBODY, 403) | STAFF | {None: 302},
    ("GET", "/bao-cao/chung-nhan/{pk}.pdf"): dict.fromkeys(EVERYBODY, 403) | STAFF | {None: 302},
    ("POST", "/bao-cao/chung-nhan/{pk}/thu-hoi/"): dict.fromkeys(EVERYBODY, 403) | CHANGING | {None: 302},
    ("POST", "/bao-cao/chung-nhan/{pk}/cap-lai/"): dict.fromkeys(EVERYBODY, 403) | CHANGING | {None: 302},
    ("POST", "/bao-cao/chung-nhan/cap/{completion}/"): dict.fromkeys(EVERYBODY, 403) | CHANGING | {None: 302},
}


@pytest.mark.parametrize(("method", "address"), TABLE)
@pytest.mark.parametrize("who", [*EVERYBODY, None])
def test_who_may_open_what(certificate, cast, client_of, method, address, who):
    path = address.format(pk=certificate.pk, code=certificate.code, completion=certificate.completion_id)
    client = client_of(getattr(cast, who) if who else None)
    response = client.generic(method, path, "reason=x", content_type="application/x-www-form-urlencoded")
    assert response.status_code == TABLE[method, address][who]
    if response.status_code in (403, 404):
        assert Certificate.objects.count() == 1
        assert not certificate.revocations.exists()


@pytest.mark.parametrize("act", ["{pk}.pdf", "{pk}/thu-hoi/", "{pk}/cap-lai/", "cap/{completion}/"])
def test_somebody_of_another_unit_is_not_found(certificate, cast, client_of, act):
    completion = Completion.objects.create(
        person=cast.other_learner, course_key=COURSE, completed_on=NOW.date(), source="quiz"
    )
    (theirs,) = issue([completion], NOW)
    client = client_of(cast.trainer)
    path = f"/bao-cao/chung-nhan/{act.format(pk=theirs.pk, completion=completion.pk)}"
    method = client.get if act.endswith("pdf") else client.post
    assert method(path, {"reason": "x"}).status_code == 404


def test_nobody_revokes_or_issues_for_themselves(certificate, cast, client_of):
    completion = Completion.objects.create(
        person=cast.trainer, course_key=COURSE, completed_on=NOW.date(), source="quiz"
    )
    (own,) = issue([completion], NOW)
    client = client_of(cast.trainer)
    assert client.post(f"/bao-cao/chung-nhan/{own.pk}/cap-lai/", {"reason": "x"}).status_code == 403
    assert Certificate.objects.filter(person=cast.trainer).count() == 1


def test_a_trainer_revokes_and_issues_again_from_the_persons_page(certificate, cast, client_of):
    client = client_of(cast.trainer)
    page = client.get(PERSON).content.decode()
    assert f'action="/bao-cao/chung-nhan/{certificate.pk}/thu-hoi/"' in page
    answer = client.post(f"/bao-cao/chung-nhan/{certificate.pk}/cap-lai/", {"reason": "Sai tên"}, follow=True)
    assert "Đã cấp lại: số mới là 2/2026/CN-LC" in text_of(answer)
    assert "Thu hồi từ 24/11/2026. Đã cấp lại: Sai tên" in text_of(answer)
    new = Certificate.objects.get(number=2)
    answer = client.post(f"/bao-cao/chung-nhan/{new.pk}/thu-hoi/", {"reason": ""}, follow=True)
    assert "Hãy ghi lý do trong một câu." in text_of(answer)
    client.post(f"/bao-cao/chung-nhan/{new.pk}/thu-hoi/", {"reason": "Làm bài hộ"})
    assert new.revocations.get().by == cast.trainer
    mine = text_of(client_of(cast.learner).get("/hoc-tap/chung-nhan/"))
    assert "Đã cấp lại bằng chứng nhận số 2/2026/CN-LC" in mine
    assert "Lý do: Làm bài hộ" in mine


def test_a_trainer_issues_for_a_completion_from_the_files(certificate, cast, client_of):
    completion = Completion.objects.create(
        person=cast.learner, course_key=COURSE, completed_on=date(2026, 3, 2), source="import"
    )
    client = client_of(cast.trainer)
    assert "Cấp chứng nhận: nhan-dien-nan-nhan, hoàn thành 02/03/2026" in text_of(client.get(PERSON))
    for _click in range(2):
        client.post(f"/bao-cao/chung-nhan/cap/{completion.pk}/")
    assert Certificate.objects.filter(completion=completion).count() == 1
    assert "Cấp chứng nhận: " not in text_of(client.get(PERSON))


# --- issuers under /cms/


def test_a_manager_sets_an_issuer_and_sees_a_sample_first(certificate, cast, client_of):
    client = client_of(cast.manager)
    issuer = Issuer.objects.get()
    address = f"/cms/cap-chung-nhan/edit/{issuer.pk}/"
    sent = {
        "unit": issuer.unit_id,
        "superior": "UBND thành phố Đà Nẵng",
        "organisation": "Sở Nội vụ",
        "mark": "SNV",
        "place": "Đà Nẵng",
        "signer_title": "Giám đốc",
        "signer_name": "Trần Văn Bình",
        "design": "nghi_dinh",
        "active": "on",
    }
    sample = client.post(address, {**sent, "sample": "1"})
    assert sample["Content-Type"] == "application/pdf"
    assert sample.content.startswith(b"%PDF")
    issuer.refresh_from_db()
    assert issuer.mark == "LC"
    assert client.post(address, sent).status_code == 302
    issuer.refresh_from_db()
    assert (issuer.mark, issuer.signer_name) == ("SNV", "Trần Văn Bình")
    new = {**sent, "unit": cast.units.tay_giang.pk, "mark": "TG", "sample": "1"}
    assert client.post("/cms/cap-chung-nhan/new/", new).content.startswith(b"%PDF")
    assert client.post("/cms/cap-chung-nhan/new/", {**new, "mark": "xã"}).status_code == 200
    assert Issuer.objects.count() == 1


@pytest.mark.parametrize("who", ["trainer", "editor", "translator", "unit_head", "observer", "learner", None])
def test_only_managers_set_issuers(certificate, cast, client_of, who):
    client = client_of(getattr(cast, who) if who else None)
    response = client.get("/cms/cap-chung-nhan/")
    assert response.status_code in (302, 403)


def test_a_manager_of_one_unit_sets_no_other(certificate, cast, client_of):
    give(cast.stranger, RoleKind.PROVINCE_MANAGER, cast.units.thanh_my)
    client = client_of(cast.stranger)
    issuer = Issuer.objects.get()
    assert client.get(f"/cms/cap-chung-nhan/edit/{issuer.pk}/").status_code == 404
    assert "Ủy ban nhân dân" not in client.get("/cms/cap-chung-nhan/").content.decode()
    form = client.get("/cms/cap-chung-nhan/new/").content.decode()
    assert "Xã Thạnh Mỹ" in form
    assert "Xã Tây Giang" not in form


def test_the_cache_holds_no_name(certificate, client):
    client.get(certificate.path)
    assert cache.get(f"certificate-misses:127.0.0.1:{int(NOW.timestamp()) // checking.WINDOW}") is None
