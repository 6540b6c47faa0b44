"""Rubrics: what ships, how words are frozen, who changes them."""

import json

import pytest
from wagtail.test.utils.form_data import nested_form_data, streamfield

from courses.practice.observed.outcome import PassRule
from courses.practice.observed.rubric import Guide, Rubric
from courses.practice.observed.versions import RubricVersion, current_hash, record
from courses.starter.rubrics import RUBRICS, load_rubrics

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_meeting():
    load_rubrics()
    return Rubric.objects.get(key="buoi-gap-dau")


def test_four_rubrics_and_their_guide_ship(first_meeting):
    sizes = {rubric.key: len(rubric.behaviours) for rubric in Rubric.objects.all()}
    assert sizes == {"buoi-gap-dau": 10, "so-cuu-tam-ly": 12, "qua-nguoi-phien-dich": 10, "ban-giao-va-ghi": 10}
    critical = sum(block.value["critical"] for rubric in Rubric.objects.all() for block in rubric.behaviours)
    assert critical == 19
    assert not any(rubric.approved_on for rubric in Rubric.objects.all())
    assert Guide.objects.get().label(1) == "Có thể gây hại"


def test_what_ships_is_what_the_editor_would_take(first_meeting):
    for rubric in Rubric.objects.all():
        rubric.full_clean()
        for name in ("cards", "behaviours", "sources"):
            rubric._meta.get_field(name).stream_block.clean(getattr(rubric, name))
    Guide.objects.get().full_clean(exclude=["only"])


def test_seeding_again_changes_nothing(first_meeting):
    Rubric.objects.filter(key="buoi-gap-dau").update(title="Tên đã sửa")
    Guide.objects.update(label_1="Hại")
    load_rubrics()
    assert Rubric.objects.count() == len(RUBRICS)
    assert Rubric.objects.get(key="buoi-gap-dau").title == "Tên đã sửa"
    assert Guide.objects.get().label_1 == "Hại"


def test_a_version_freezes_every_word_that_observers_and_players_read(first_meeting):
    words = record(first_meeting).frozen
    assert words.title == "Buổi gặp đầu tiên"
    assert [level.label for level in words.levels] == ["Có thể gây hại", "Chưa đủ", "Đạt", "Vững"]
    assert words.rule == PassRule(least_level=3, least_percent=80, no_critical_at=1)
    first = words.behaviours[0]
    assert (first.what, first.critical) == ("Tách khỏi người đi cùng bằng lý do bình thường", True)
    assert first.levels[3] == "Mời vào chỗ kín bằng lý do bình thường, người đi cùng có người tiếp."
    assert words.cards["actor"]["responds"][0]["then"] == "Thở ra, ngồi hẳn vào ghế."
    assert words.cards["learner"]["time"].startswith("Tám phút")
    assert words.minutes == {"prepare": 5, "play": 8, "talk": 12}


def test_the_interpreter_and_the_receiving_place_have_cards_where_the_rubric_has_them(first_meeting):
    by_key = {rubric.key: set(record(rubric).frozen.cards) for rubric in Rubric.objects.all()}
    assert by_key["buoi-gap-dau"] == by_key["so-cuu-tam-ly"] == {"learner", "actor"}
    assert by_key["qua-nguoi-phien-dich"] == {"learner", "actor", "interpreter"}
    assert by_key["ban-giao-va-ghi"] == {"learner", "actor", "receiver"}


def test_unchanged_words_make_no_new_version_and_changed_ones_do(first_meeting):
    version = record(first_meeting)
    first_meeting.refresh_from_db()
    first_meeting.save()
    assert record(Rubric.objects.get(pk=first_meeting.pk)) == version
    first_meeting.behaviours[0].value["what"] = "Tách khéo"
    first_meeting.save()
    later = record(first_meeting)
    assert later != version
    # what was frozen stays, and the behaviour is the same one
    assert RubricVersion.objects.get(pk=version.pk).frozen.behaviours[0].what.startswith("Tách khỏi")
    assert later.frozen.behaviours[0].id == version.frozen.behaviours[0].id


def test_the_words_of_the_levels_are_frozen_too(first_meeting):
    version = record(first_meeting)
    Guide.objects.update(label_4="Rất vững")
    assert record(first_meeting) != version


def test_a_version_is_never_changed_and_never_deleted(first_meeting):
    version = record(first_meeting)
    for act in (version.save, version.delete, RubricVersion.objects.all().delete):
        with pytest.raises(TypeError):
            act()
    with pytest.raises(TypeError):
        RubricVersion.objects.update(hash="x")


def test_an_approval_is_of_the_words_of_its_moment(first_meeting):
    assert not record(first_meeting).is_approved
    first_meeting.approved_hash = current_hash(first_meeting, Guide.objects.get())
    first_meeting.save()
    assert record(first_meeting).is_approved
    first_meeting.title = "Tên khác"
    first_meeting.save()
    assert not record(first_meeting).is_approved


# --- under /cms/


def written_anew(**changed):
    """What a browser sends for a small rubric."""
    item = [("item", "Nước")]
    actor = {
        **dict.fromkeys(("who", "body", "knows", "opens_with", "stop"), "x"),
        "responds": streamfield([("item", {"when": "Nếu", "then": "Thì"})]),
        "gives_if_safe": streamfield(item),
        "never": streamfield([]),
    }
    learner = dict.fromkeys(("role", "situation", "task", "time"), "x")
    behaviour = {"what": "Chào", "look_for": "Lời", "critical": "on", **{f"level_{n}": f"m{n}" for n in (1, 2, 3, 4)}}
    return nested_form_data(
        {
            **{"title": "Chào hỏi", "key": "chao-hoi", "course_key": "", "active": "on", "needs": "ghế", "talk": ""},
            **{"minutes_prepare": 5, "minutes_play": 8, "minutes_talk": 9},
            **{"least_level": 3, "least_percent": 80, "no_critical_at": "", "approved_by": "", "approved_on": ""},
            "cards": streamfield([("learner", learner), ("actor", actor)]),
            "behaviours": streamfield([("behaviour", behaviour)]),
            "sources": streamfield([]),
            **changed,
        }
    )


def test_a_manager_writes_a_new_rubric_and_its_approval(client_of, cast):
    client = client_of(cast.manager)
    answer = client.post("/cms/thuc-hanh/new/", written_anew(approved_by="Sở Y tế", approved_on="2026-11-20"))
    assert answer.status_code == 302
    rubric = Rubric.objects.get(key="chao-hoi")
    version = record(rubric)
    assert version.is_approved
    assert version.frozen.rule == PassRule(3, 80, None)
    assert version.frozen.cards["actor"]["gives_if_safe"] == ["Nước"]
    sent = written_anew(title="Chào", approved_by="Sở Y tế", approved_on="2026-11-20")
    assert client.post(f"/cms/thuc-hanh/edit/{rubric.pk}/", sent).status_code == 302
    assert not record(Rubric.objects.get(key="chao-hoi")).is_approved
    assert "có sửa sau ngày duyệt" in client.get("/cms/thuc-hanh/").text


def test_an_approval_names_who_and_when(client_of, cast):
    page = client_of(cast.manager).post("/cms/thuc-hanh/new/", written_anew(approved_by="Sở Y tế"))
    assert "Ghi cả người duyệt và ngày duyệt" in page.text
    assert not Rubric.objects.exists()


def test_a_manager_finds_the_rubrics_with_their_approval(client_of, cast, first_meeting):
    page = client_of(cast.manager).get("/cms/thuc-hanh/")
    assert "Buổi gặp đầu tiên" in page.text
    assert page.text.count("chưa duyệt") == 4
    assert client_of(cast.manager).get("/cms/huong-dan-thuc-hanh/").status_code == 200


def test_every_word_is_in_the_editors_form(client_of, cast, first_meeting):
    page = client_of(cast.manager).get(f"/cms/thuc-hanh/edit/{first_meeting.pk}/").text
    for words in ("Thở ra, ngồi hẳn vào ghế.", "Tách khỏi người đi cùng", "hai ghế, một bàn thấp", "Tám phút."):
        assert words in page or escaped(words) in page
    guide = client_of(cast.manager).get(f"/cms/huong-dan-thuc-hanh/edit/{Guide.objects.get().pk}/").text
    assert "Không lấy trung bình" in guide


def escaped(words):
    """As the editor of streams gets it: JSON in an attribute."""
    return json.dumps(words).strip('"')


@pytest.mark.parametrize("who", ["trainer", "editor", "unit_head"])
def test_nobody_else_changes_rubrics(client_of, cast, first_meeting, who):
    answer = client_of(getattr(cast, who)).get(f"/cms/thuc-hanh/edit/{first_meeting.pk}/")
    assert answer.status_code in (302, 403, 404)
