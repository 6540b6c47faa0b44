"""Editors write a conversation, see it drawn, try it, and cannot publish what cannot be played."""

import re

import pytest
from conversations import make_conversation, small, small_data, starter
from django.core.exceptions import ValidationError
from django.urls import reverse
from factories import make_person
from wagtail.models import Revision
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import TranslationSource

from courses.practice.conversations.page import ConversationPage
from courses.practice.conversations.rules.drawing import draw
from courses.practice.conversations.rules.graph import read
from courses.practice.conversations.runs import ConversationRun
from courses.practice.conversations.versions import ConversationVersion


@pytest.fixture
def talk(talk_course):
    return talk_course.conversation


@pytest.fixture
def cms(client_of):
    return client_of(make_person("Trần Thị Lan", "BT-001", is_superuser=True))


def form_of(data, **more) -> dict:
    def joined(names):
        return ", ".join(names or ())

    turns = [
        {
            "name": turn["id"],
            "at": turn["at"],
            "choices": choices_of([{**choice, "reveals": joined(choice["reveals"])} for choice in turn["choices"]]),
        }
        for turn in data["turns"]
    ]
    ends = [
        {
            "name": e["id"],
            "kind": e["kind"],
            "trust": str(e.get("trust", "")),
            "learnt": joined(e.get("learnt")),
            "text": e["text"],
        }
        for e in data["ends"]
    ]
    items = [{"name": one["id"], **{k: one[k] for k in ("kind", "what", "if_missed")}} for one in data["must_learn"]]
    return nested_form_data(
        {
            "title": data["title"],
            "slug": "nguoi-o-ben-xe",
            "minutes": "5",
            "scoring": "trust",
            "pass_points": "0",
            **{f"trust_{name}": str(data["trust"][name]) for name in ("start", "min", "max", "close_at")},
            "first": data["first"],
            "turns": streamfield([("turn", turn) for turn in turns]),
            "ends": streamfield([("end", end) for end in ends]),
            "must_learn": streamfield([("item", item) for item in items]),
            **{name: streamfield([]) for name in ("never_needed", "keep_words", "sources")},
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            **more,
        }
    )


def choices_of(choices) -> dict:
    rows = {}
    for n, choice in enumerate(choices):
        value = {name: str(value) for name, value in choice.items()}
        rows[str(n)] = {"value": value, "deleted": "", "order": str(n), "type": "item", "id": ""}
    return {"count": str(len(choices)), **rows}


def edit(talk) -> str:
    return reverse("wagtailadmin_pages:edit", args=[talk.pk])


def broken() -> dict:
    data = small_data()
    data["turns"][1]["choices"][0]["next"] = "khong-co"
    return data


# --- publishing


def test_what_an_editor_wrote_is_published_and_played(cms, talk):
    data = small_data()
    data["turns"][0]["at"] = "Mai ngồi ở góc."
    cms.post(edit(talk), form_of(data, **{"action-publish": "1"}))
    talk.refresh_from_db()
    assert talk.conversation().turn("a").at == "Mai ngồi ở góc."
    assert talk.conversation().turn("a").choices == read(data).turn("a").choices


def test_the_form_of_a_whole_conversation_is_taken(cms, talk):
    data = starter(1)
    for turn in data["turns"]:
        turn["choices"].append({**turn["choices"][0], "say": "Lời thứ năm"})
    form = form_of(data, **{"action-publish": "1"})
    # Django refuses more than 1,000 fields unless it is told otherwise
    assert len(form) > 1000
    assert cms.post(edit(talk), form).status_code == 302
    talk.refresh_from_db()
    assert talk.conversation().turns == read(data).turns


def test_a_fault_stops_publishing_and_says_at_which_turn(cms, talk):
    response = cms.post(edit(talk), form_of(broken(), **{"action-publish": "1"}))
    assert response.status_code == 200
    error = response.context["form"].errors.as_data()["turns"][0]
    assert error.block_errors[1].non_block_errors.as_data()[0].messages == [
        "“Em lo điều gì?” dẫn tới “khong-co”, tên không có."
    ]
    talk.refresh_from_db()
    assert talk.conversation().turn("b").choices[0].next == "het"
    assert talk.latest_revision_id is None


def test_an_unfinished_draft_is_saved(cms, talk):
    assert cms.post(edit(talk), form_of(broken())).status_code == 302
    talk.refresh_from_db()
    assert talk.get_latest_revision_as_object().conversation().turn("b").choices[0].next == "khong-co"
    assert talk.conversation().turn("b").choices[0].next == "het"


def test_no_other_way_publishes_what_cannot_be_played(cms, talk):
    cms.post(edit(talk), form_of(broken()))
    with pytest.raises(ValidationError, match="khong-co"):
        Revision.objects.latest("created_at").publish()
    with pytest.raises(ValidationError, match="khong-co"):
        make_conversation(talk.get_parent(), slug="khac", first="khong-co")
    assert ConversationPage.objects.live().count() == 1


def test_a_name_with_marks_is_refused(cms, talk):
    data = small_data()
    data["turns"][0]["id"] = "lượt một"
    response = cms.post(edit(talk), form_of(data))
    assert response.status_code == 200


# --- the drawing


def test_the_editor_shows_the_graph_and_notes_beside_the_turns(cms, talk):
    text = cms.get(edit(talk)).content.decode()
    drawing = re.search(r"<svg[^>]*role=\"img\".*?</svg>", text, re.S).group()
    assert [name for name in ("a", "b", "het", "tot", "dong-lai") if f">{name}</text>" not in drawing] == []
    assert "Nên có 4 hoặc 5 lời để chọn." in text
    assert "<script" not in drawing


def test_a_draft_with_a_fault_says_what_must_be_changed(cms, talk):
    cms.post(edit(talk), form_of(broken()))
    text = cms.get(edit(talk)).content.decode()
    assert "<strong>Phải sửa:</strong> “Em lo điều gì?” dẫn tới “khong-co”, tên không có." in text


def test_each_turn_stands_below_all_that_lead_to_it():
    for conversation in (small(), read(starter(1)), read(starter(8))):
        nodes = {node.name: node for node in draw(conversation).nodes}
        for turn in conversation.turns:
            for choice in turn.choices:
                assert nodes[choice.next].y > nodes[turn.name].y
        places = {(node.x, node.y) for node in nodes.values()}
        assert len(places) == len(nodes)


def test_a_draft_that_goes_in_circles_can_be_drawn():
    data = small_data()
    data["turns"][1]["choices"][0]["next"] = "a"
    data["turns"][1]["choices"][1]["next"] = "khong-co"
    assert {node.name for node in draw(read(data)).nodes} >= {"a", "b", "tot"}
    assert draw(read({"title": "Trống"})).nodes == ()


# --- translating


def test_a_translator_is_given_texts_and_no_names_kinds_or_notes_for_reviewers(talk):
    source, _new = TranslationSource.update_or_create_from_instance(talk)
    given = set(source.stringsegment_set.values_list("string__data", flat=True))
    texts = {"Em cần gì?", "Mai đứng ở cửa.", "Em đói", "Mai ở lại.", "Sơ cứu tâm lý (2011)", "Chị Hà, cán bộ xã"}
    no_texts = {"a", "b", "het", "doi", "tot", "open", "need", "good", "trust", "blogspot.example", "Công an duyệt"}
    assert texts - given == set()
    assert no_texts & given == set()


# --- trying it before publishing


def preview(cms, talk, data, **query):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[talk.pk])
    assert cms.post(address, form_of(data)).json()["is_valid"]
    return cms.get(address, query).content.decode()


def test_a_draft_is_played_through_in_the_preview_and_nothing_is_kept(cms, talk):
    data = small_data()
    data["turns"][0]["at"] = "Chưa ai thấy cảnh này."
    text = preview(cms, talk, data, mode="chay-thu")
    assert "Chưa ai thấy cảnh này." in text
    assert sorted(re.findall(r"noi=([\d.]+)", text)) == ["0", "1", "2"]
    text = preview(cms, talk, data, mode="chay-thu", noi="0", in_preview_panel="true")
    assert "Đáp: Em cần gì?" in text
    assert "in_preview_panel=true&amp;noi=0.1" in text
    text = preview(cms, talk, data, mode="chay-thu", noi="0.0")
    assert "Mai ở lại." in text
    assert "1 trên 1" not in text
    assert "2 trên 2 câu hỏi là câu mở." in text
    assert not ConversationRun.objects.exists()
    assert not ConversationVersion.objects.exists()


def test_what_was_said_in_another_draft_begins_anew(cms, talk):
    assert "Mai đứng ở cửa." in preview(cms, talk, small_data(), mode="chay-thu", noi="7.x")


def test_a_draft_that_cannot_be_played_says_why(cms, talk):
    text = preview(cms, talk, broken(), mode="chay-thu")
    assert "Chưa chạy thử được" in text
    assert "khong-co" in text


def test_the_page_before_a_run_is_previewed_too(cms, talk):
    text = preview(cms, talk, small_data(), mode="")
    assert "Bắt đầu" in text


def test_a_new_page_can_be_previewed_before_it_was_ever_saved(cms, talk_course):
    address = reverse("wagtailadmin_pages:preview_on_add", args=["courses", "conversationpage", talk_course.module.pk])
    assert cms.post(address, form_of(small_data(), slug="moi")).json()["is_valid"]
    assert "Bắt đầu" in cms.get(address, {"mode": ""}).content.decode()
    assert "Mai đứng ở cửa." in cms.get(address, {"mode": "chay-thu"}).content.decode()
