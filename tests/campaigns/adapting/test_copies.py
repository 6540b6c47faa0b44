"""A school's version of a lesson: copied with a key of its own, changed, approved by another, told of its origin."""

import json
import re
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import make_person, make_unit
from sharing import shared

from campaigns.adapting import acts
from campaigns.adapting.acts import Refused, latest, news_of, origin_of
from campaigns.adapting.whose import may_decide
from campaigns.schools.approvals import approve as approve_pack
from campaigns.schools.copies.copy import CopyWording, PackCopy, WordingState
from campaigns.schools.copies.words import steps_in, words_of
from campaigns.schools.lesson import SchoolLessonPage, digest_of
from campaigns.schools.log.lesson_log import LessonLog
from campaigns.schools.paper import pack_data
from campaigns.schools.reading import live_lessons
from campaigns.starter.lessons import create_schools
from pages.cms.groups import sync_all
from pages.home.page import create_home
from pages.search.index import SearchEntry, index_all
from people.rights.roles import RoleKind, give
from people.times import today
from people.units.successions import rebuild_reach

HOME = "/truong-hoc/ban-cua-truong/"


@shared
def packs():
    create_schools(create_home(), lambda line: None)
    sync_all()
    return {page.slug: page for page in SchoolLessonPage.objects.all()}


@pytest.fixture
def manager(packs, cast):
    person = make_person("Đỗ Quang Vinh", "TH-1", email="vinh@example.vn")
    give(person, RoleKind.SCHOOL_MANAGER, cast.units.school)
    return person


@pytest.fixture
def copy(packs, cast):
    return acts.make(cast.teacher, cast.units.school, packs["lop-6-9"], timezone.now())


def changed(copy: PackCopy, **fields) -> dict:
    return {**json.loads(json.dumps(latest(copy).words)), **fields}


@pytest.fixture
def waiting(copy, cast):
    acts.write(cast.teacher, copy, changed(copy, things="Bảng con, phấn của lớp"), timezone.now())
    acts.hand_in(cast.teacher, copy, timezone.now())
    return latest(copy)


@pytest.fixture
def live(copy, waiting, manager):
    return acts.approve(manager, copy, waiting.pk, timezone.now())


# --- who reads what


def test_an_unapproved_copy_is_the_schools_alone(copy, waiting, manager, cast, client, client_of):
    other = make_person("Lê Văn Yên", "TH-2", email="yen@example.vn")
    give(other, RoleKind.TEACHER, make_unit("THCS-9", "Trường khác", "truong", cast.units.tay_giang))
    rebuild_reach()
    for person, status in ((cast.teacher, 200), (manager, 200), (other, 404), (cast.learner, 403), (cast.trainer, 403)):
        assert client_of(person).get(f"{HOME}{copy.key}/").status_code == status
    assert client_of(other).get(f"{HOME}{copy.key}/sua/").status_code == 404
    assert "Bảng con" not in client_of(other).get(HOME).content.decode()
    assert client.get(f"{HOME}{copy.key}/").status_code == 302
    assert SchoolLessonPage.objects.count() == len(live_lessons())
    assert copy.page is None


def test_what_is_approved_has_a_key_an_address_and_its_origin(live, copy, packs, client, cast):
    origin = packs["lop-6-9"]
    assert live.translation_key != origin.translation_key
    assert live.slug != origin.slug
    html = client.get(live.url).content.decode()
    day = timezone.localtime(copy.taken_from)
    assert f"Bản của {cast.units.school.name}, sửa từ bài “{origin.title}” bản ngày {day:%d/%m/%Y}." in html
    assert "Bảng con, phấn của lớp" in html
    # the province did not approve it: what is printed says so
    assert "Trường đã duyệt, cấp tỉnh chưa duyệt." in html
    data = pack_data(SchoolLessonPage.objects.get(pk=live.pk))
    assert data["draft"]
    assert "Bản của" in data["script"]["note"]
    # safety rules and page E are those of all lessons
    assert data["script"]["rules"] == pack_data(origin)["script"]["rules"]
    assert "Bảng con" not in client.get(origin.url).content.decode()


def test_who_searches_finds_the_provinces_lesson(live, packs):
    for again in (lambda: None, index_all):
        again()
        found = set(SearchEntry.objects.values_list("page", flat=True))
        assert packs["lop-6-9"].pk in found
        assert live.pk not in found


def test_the_origins_approval_is_not_the_copys(packs, copy, waiting, manager, cast):
    origin = packs["lop-6-9"]
    approve_pack(origin.translation_key, digest_of(origin), cast.manager, timezone.now())
    page = acts.approve(manager, copy, waiting.pk, timezone.now())
    assert not SchoolLessonPage.objects.get(pk=page.pk).is_approved
    assert SchoolLessonPage.objects.get(pk=origin.pk).is_approved


def test_it_is_taught_printed_kept_and_taken_on_a_stick_like_any_lesson(live, client):
    for path in ("loi-thay-co/", "chep-bang/", "day/", "in/", "usb.zip", "giu.json"):
        assert client.get(f"/truong-hoc/{live.slug}/{path}").status_code == 200, path
    assert live.slug not in client.get("/truong-hoc/").content.decode()


def test_its_school_logs_it_and_no_other_does(live, cast, client_of, packs):
    teacher, write = client_of(cast.teacher), "/truong-hoc/nhat-ky/ghi/"
    assert f'value="{live.translation_key}"' in teacher.get(write).content.decode()
    assert f'value="{live.translation_key}:' in teacher.get("/truong-hoc/nhat-ky/do/").content.decode()
    typed = {"number": str(uuid4()), "pack": str(live.translation_key), "on": f"{today():%d/%m/%Y}", "grade": "6"}
    assert teacher.post(write, {**typed, "languages": ["vi"], "went": "tot"}).status_code == 302
    assert LessonLog.objects.get().pack == live.translation_key
    assert live.url in teacher.get("/truong-hoc/nhat-ky/").content.decode()
    other = make_person("Lê Văn Yên", "TH-2", email="yen@example.vn")
    give(other, RoleKind.TEACHER, make_unit("THCS-9", "Trường khác", "truong", cast.units.tay_giang))
    rebuild_reach()
    assert str(live.translation_key) not in client_of(other).get(write).content.decode()


def test_under_cms_nobody_changes_or_publishes_it(live, cast, client_of):
    page = SchoolLessonPage.objects.get(pk=live.pk)
    tester = page.permissions_for_user(cast.manager)
    assert (tester.can_edit(), tester.can_publish(), tester.can_delete(), tester.can_copy()) == (False,) * 4
    assert tester.can_unpublish()
    assert SchoolLessonPage.objects.get(slug="lop-6-9").permissions_for_user(cast.manager).can_publish()
    assert "bản của một trường" in tester.why_not("publish")


# --- writing


def fields(html: str) -> dict[str, str]:
    """Of the form, as a browser would send it untouched."""
    from html import unescape

    form = html.split('<form method="post">')[1].split("</form>")[0]
    found = dict(re.findall(r'<input type="(?:text|hidden)" name="([^"]+)"[^>]*?value="([^"]*)"', form))
    found |= {
        name: value.removeprefix("\n")
        for name, value in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    }
    return {name: unescape(value).replace("\r\n", "\n") for name, value in found.items()}


def test_a_teacher_copies_changes_and_hands_in(packs, cast, manager, client_of):
    teacher = client_of(cast.teacher)
    assert "Sao về trường để sửa" in teacher.get(packs["lop-6-9"].url).content.decode()
    place = teacher.post(f"{HOME}sao/", {"bai": "lop-6-9"}).url
    copy = PackCopy.objects.get()
    assert place == f"{HOME}{copy.key}/sua/"
    typed = fields(teacher.get(place).content.decode())
    # what nobody touched stays as it was
    assert teacher.post(place, typed).status_code == 302
    assert acts.differences(copy.taken, latest(copy).words) == []
    typed = fields(teacher.get(place).content.decode()) | {
        "buoc-0-loi": "Chào <b>các em</b>.\n- Một",
        "buoc-0-phut": "7",
    }
    assert teacher.post(place, typed).status_code == 302
    words = latest(copy).words
    first = steps_in(words)[0]["value"]
    assert first["script"] == "<p>Chào &lt;b&gt;các em&lt;/b&gt;.</p><ul><li>Một</li></ul>"
    assert (first["begins"], first["ends"]) == (0, 7)
    assert words["minutes"] == sum(one["value"]["ends"] - one["value"]["begins"] for one in steps_in(words))
    shown = teacher.get(f"{HOME}{copy.key}/").content.decode()
    assert "Gửi duyệt" in shown
    assert teacher.post(f"{HOME}{copy.key}/", {"act": "hand_in"}).status_code == 302
    assert latest(copy).state == WordingState.WAITING
    # what waits is not changed under who reads it
    assert teacher.get(place).status_code == 302
    reader = client_of(manager)
    assert packs["lop-6-9"].title in reader.get(f"{HOME}cho-duyet/").content.decode()
    assert "Bản bài học của trường chờ duyệt" in reader.get("/truong-hoc/viec-can-lam/").content.decode()
    assert reader.post(f"{HOME}{copy.key}/", {"act": "approve", "ban": latest(copy).pk}).status_code == 302
    copy.refresh_from_db()
    assert copy.page.live


def test_a_step_or_a_sheet_is_left_out(copy, cast, client_of):
    teacher, place = client_of(cast.teacher), f"{HOME}{copy.key}/sua/"
    before = latest(copy).words
    typed = fields(teacher.get(place).content.decode())
    last = len(steps_in(before)) - 1
    assert teacher.post(place, {**typed, f"buoc-{last}-phut": "0", "bo-0": "on"}).status_code == 302
    words = latest(copy).words
    assert len(steps_in(words)) == last
    assert len(words["body"]) == len(before["body"]) - 1
    # thirty minutes are not thirty any more
    assert all(one["value"]["short"] is None for one in steps_in(words))
    acts.hand_in(cast.teacher, copy, timezone.now())


def test_a_lesson_has_a_step_and_numbers_are_numbers(copy, cast, client_of):
    teacher, place = client_of(cast.teacher), f"{HOME}{copy.key}/sua/"
    typed = fields(teacher.get(place).content.decode())
    none = {name: "0" for name in typed if name.endswith("-phut")}
    for wrong in (none, {"buoc-0-phut": "mười"}, {"title": ""}, {"ban": "0"}):
        assert teacher.post(place, {**typed, **wrong}).status_code == 422
    assert CopyWording.objects.count() == 1


def test_no_pupil_is_named(copy, cast, client_of):
    teacher, place = client_of(cast.teacher), f"{HOME}{copy.key}/sua/"
    typed = fields(teacher.get(place).content.decode())
    for text in ("Gọi em Nguyễn Thị Hoa lớp 6A, trường Trần Phú", "Gọi 0905 123 456"):
        asked = teacher.post(place, {**typed, "buoc-0-loi": text})
        assert asked.status_code == 422
        assert CopyWording.objects.count() == 1


# --- deciding


def test_nobody_approves_what_she_wrote_or_handed_in(copy, manager, cast):
    now = timezone.now()
    acts.write(manager, copy, changed(copy, things="Của chị Vinh"), now)
    acts.hand_in(cast.teacher, copy, now)
    wording = latest(copy)
    assert not may_decide(manager, wording)
    with pytest.raises(Refused):
        acts.approve(manager, copy, wording.pk, now)
    # the next one above the school decides
    head = make_person("Trần Thị Sáu", "TH-6", email="sau@example.vn")
    give(head, RoleKind.UNIT_HEAD, cast.units.tay_giang)
    assert may_decide(head, wording)
    # an earlier word of hers stands in a later wording of somebody else
    acts.call_back(copy)
    acts.write(cast.teacher, copy, changed(copy, title="Tên khác"), now)
    acts.hand_in(cast.teacher, copy, now)
    assert not may_decide(manager, latest(copy))
    with pytest.raises(IntegrityError), transaction.atomic():
        CopyWording.objects.filter(pk=latest(copy).pk).update(decided_by=cast.teacher)


def test_a_teacher_decides_nothing(copy, waiting, cast, client_of):
    colleague = make_person("Lê Văn Yên", "TH-2", email="yen@example.vn")
    give(colleague, RoleKind.TEACHER, cast.units.school)
    assert client_of(colleague).post(f"{HOME}{copy.key}/", {"act": "approve", "ban": waiting.pk}).status_code == 302
    assert latest(copy).state == WordingState.WAITING
    assert client_of(colleague).get(f"{HOME}cho-duyet/").status_code == 403


def test_only_what_was_read_goes_live(copy, waiting, manager, cast):
    now = timezone.now()
    acts.call_back(copy)
    acts.write(cast.teacher, copy, changed(copy, things="Khác"), now)
    acts.hand_in(cast.teacher, copy, now)
    with pytest.raises(Refused):
        acts.approve(manager, copy, waiting.pk, now)


def test_it_is_sent_back_with_a_reason(copy, waiting, manager, cast, client_of):
    reader, place = client_of(manager), f"{HOME}{copy.key}/"
    reader.post(place, {"act": "send_back", "ban": waiting.pk, "reason": " "})
    assert latest(copy).state == WordingState.WAITING
    assert (
        reader.post(
            place, {"act": "send_back", "ban": waiting.pk, "reason": "Gọi em Nguyễn Thị Hoa lớp 6A, trường Trần Phú"}
        ).status_code
        == 422
    )
    reader.post(place, {"act": "send_back", "ban": waiting.pk, "reason": "Lời dài quá"})
    assert "Lời dài quá" in client_of(cast.teacher).get(place).content.decode()
    acts.hand_in(cast.teacher, copy, timezone.now())


def test_an_unchanged_copy_is_not_handed_in(copy, cast):
    with pytest.raises(Refused):
        acts.hand_in(cast.teacher, copy, timezone.now())


def test_a_school_makes_so_many_of_one_lesson(copy, packs, cast):
    for _more in range(acts.MOST - 1):
        acts.make(cast.teacher, cast.units.school, packs["lop-6-9"], timezone.now())
    with pytest.raises(Refused):
        acts.make(cast.teacher, cast.units.school, packs["lop-6-9"], timezone.now())


def test_what_is_live_stays_until_its_change_is_approved(live, copy, manager, cast, client):
    now = timezone.now()
    acts.write(cast.teacher, copy, changed(copy, things="Lần hai"), now)
    assert "Lần hai" not in client.get(live.url).content.decode()
    acts.hand_in(cast.teacher, copy, now)
    acts.approve(manager, copy, latest(copy).pk, now)
    assert "Lần hai" in client.get(live.url).content.decode()
    assert SchoolLessonPage.objects.get(pk=live.pk).translation_key == live.translation_key
    states = list(copy.wordings.values_list("state", flat=True))
    assert states.count(WordingState.LIVE) == 1


# --- the origin


def publish(page: SchoolLessonPage, **fields) -> None:
    page = SchoolLessonPage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_a_new_version_is_told_with_what_changed(live, copy, packs, cast, client_of):
    teacher, place = client_of(cast.teacher), f"{HOME}{copy.key}/"
    assert "Có bản mới" not in teacher.get(HOME).content.decode()
    publish(packs["lop-6-9"])
    assert "Có bản mới" not in teacher.get(HOME).content.decode()
    publish(packs["lop-6-9"], background="<p>Luật mới từ tháng 7.</p>")
    assert "Có bản mới" in teacher.get(HOME).content.decode()
    html = teacher.get(place).content.decode()
    assert "Có bản mới của bài gốc" in html
    assert "Luật mới từ tháng 7." in html
    teacher.post(place, {"act": "keep"})
    assert "Có bản mới" not in teacher.get(HOME).content.decode()
    assert "Luật mới" not in SchoolLessonPage.objects.get(pk=live.pk).background


def test_taking_over_keeps_what_the_school_changed(live, copy, packs, manager, cast, client_of):
    origin = packs["lop-6-9"]
    words = words_of(origin)
    step = steps_in(words)[1]
    step["value"]["script"] = "<p>Lời mới của bài gốc.</p>"
    publish(origin, background="<p>Luật mới.</p>", things="Của bài gốc", body=json.dumps(words["body"]))
    mine = changed(copy)
    steps_in(mine)[0]["value"]["script"] = "<p>Lời của trường.</p>"
    acts.write(cast.teacher, copy, mine, timezone.now())
    client_of(cast.teacher).post(f"{HOME}{copy.key}/", {"act": "take"})
    made = latest(copy).words
    scripts = [one["value"]["script"] for one in steps_in(made)]
    assert scripts[:2] == ["<p>Lời của trường.</p>", "<p>Lời mới của bài gốc.</p>"]
    assert (made["things"], made["background"]) == ("Bảng con, phấn của lớp", "<p>Luật mới.</p>")
    assert latest(copy).state == WordingState.DRAFT
    copy.refresh_from_db()
    assert not news_of(copy, origin_of(copy))
    # nothing of it is read before another approved it
    assert "Luật mới" not in SchoolLessonPage.objects.get(pk=live.pk).background
    acts.hand_in(cast.teacher, copy, timezone.now())
    acts.approve(manager, copy, latest(copy).pk, timezone.now())
    assert "Luật mới" in SchoolLessonPage.objects.get(pk=live.pk).background


def test_what_may_not_be_taught_any_more_is_not_taught_in_other_words(live, copy, packs, cast, client, client_of):
    SchoolLessonPage.objects.get(pk=packs["lop-6-9"].pk).unpublish()
    assert not SchoolLessonPage.objects.get(pk=live.pk).live
    assert client.get(f"/truong-hoc/{live.slug}/in/").status_code == 410
    assert client.get(f"/truong-hoc/{live.slug}/giu.json").status_code == 410
    assert "Bài gốc đã được thu hồi" in client_of(cast.teacher).get(HOME).content.decode()
    acts.write(cast.teacher, copy, changed(copy, things="Lần hai"), timezone.now())
    with pytest.raises(Refused):
        acts.hand_in(cast.teacher, copy, timezone.now())


def test_the_school_takes_its_version_down(live, copy, cast, client_of, client):
    client_of(cast.teacher).post(f"{HOME}{copy.key}/", {"act": "take_down"})
    assert client.get(f"/truong-hoc/{live.slug}/in/").status_code == 410
    assert latest(copy).state == WordingState.PAST


def test_lists_cost_the_same_however_many_there_are(copy, packs, cast, client_of, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    teacher = client_of(cast.teacher)
    teacher.get(HOME)
    with CaptureQueriesContext(connection) as once:
        teacher.get(HOME)
    for slug in ("lop-4-5", "lop-10-12"):
        acts.make(cast.teacher, cast.units.school, packs[slug], timezone.now())
    with django_assert_max_num_queries(len(once)):
        teacher.get(HOME)
