"""The second edition's files become lessons: same ids at every import, all words, nothing that is for reviewers."""

import json
from collections import Counter

import pytest

from courses.content.blocks import lesson_body as blocks_of_lessons
from courses.content.bodies import render
from courses.content.lesson import LessonPage
from courses.content.reading import reading_of
from courses.starter.edition import COURSES, lesson_body, lesson_fields, modules_of

LESSONS = [
    (course, module["module"]["code"], lesson)
    for course in COURSES
    for module in modules_of(course)
    for lesson in module["lessons"]
]
each_lesson = pytest.mark.parametrize(("course", "code", "lesson"), LESSONS, ids=[row[2]["slug"] for row in LESSONS])
LESSON = {
    "slug": "mot-bai",
    "title": "Một bài",
    "minutes": 2,
    "objective": "Làm được.",
    "duties": ["police", "border"],
    "picture": {"scene": "clinic", "alt": "Trạm y tế."},
    "blocks": [
        {"scene": "Đoạn một.\n\nĐoạn hai.\n"},
        {
            "decision": {
                "ask": "Làm gì?",
                "options": [
                    {"text": "Nghe", "verdict": "best", "consequence": "Kể.", "remark": "Đúng.", "for_reviewer": "MẬT"},
                    {"text": "Mắng", "verdict": "harmful", "consequence": "Im.", "remark": "Sai."},
                ],
            }
        },
        {"text": "Một **chữ đậm** & <b>.\n\nĐoạn nữa."},
        {"steps": [{"do": "Mời ngồi", "who": "Tiếp dân", "when": "Ngay"}, {"do": "Nghe"}]},
        {"say": {"right": ["Mời chị."], "not": ["Sao chị dại?"], "because": "Vì thế."}},
        {"law": {"quote": "Điều cấm.", "article": "Điều 3", "plain": "Không được.", "for_reviewer": "MẬT"}},
        {"check": {"ask": "Câu nào?", "options": [{"text": "A", "right": True, "feedback": "Đúng."}]}},
        {"tick": {"title": "Trước khi hỏi", "items": ["Nơi riêng"]}},
        {"term": {"word": "Từ", "meaning": "Nghĩa."}},
        {"takeaway": "Nhớ nghe."},
    ],
    "sources": [
        {"cite": "Luật 53", "read_at": "MẬT", "unverified": True, "for_reviewer": "MẬT"},
        {"cite": "Luật Trẻ em", "read_at": "MẬT", "unverified": False},
    ],
}
IDENTITY = ("mot-khoa", "2", "mot-bai")


def ids_in(node) -> list[str]:
    if isinstance(node, dict):
        own = [node["id"]] if "id" in node else []
        return own + [one for value in node.values() for one in ids_in(value)]
    return [one for value in node for one in ids_in(value)] if isinstance(node, list) else []


def test_a_lesson_of_the_files_becomes_the_fields_of_a_page():
    fields = lesson_fields(LESSON, IDENTITY)
    body = json.loads(fields.pop("body"))
    assert fields == {
        "title": "Một bài",
        "slug": "mot-bai",
        "objective": "Làm được.",
        "minutes": 2,
        "sectors": ["cong_an", "bien_phong"],
        "duties": [],
        "sources": "Luật 53\nLuật Trẻ em",
    }
    assert [block["type"] for block in body] == (
        "scene picture decision text steps say law check checklist term takeaway".split()
    )
    values = {block["type"]: block["value"] for block in body}
    assert values["scene"] == "Đoạn một.\n\nĐoạn hai."
    assert values["text"] == "<p>Một <b>chữ đậm</b> &amp; &lt;b&gt;.</p><p>Đoạn nữa.</p>"
    assert values["picture"] == {"scene": "clinic", "image": None, "alt": "Trạm y tế.", "caption": ""}
    assert [step["value"] for step in values["steps"]["steps"]] == [
        {"do": "Mời ngồi", "who": "Tiếp dân", "when": "Ngay"},
        {"do": "Nghe", "who": "", "when": ""},
    ]
    assert [one["value"] for one in values["say"]["wrong"]] == ["Sao chị dại?"]
    assert values["decision"]["options"][1]["value"] == {
        "text": "Mắng",
        "verdict": "harmful",
        "consequence": "Im.",
        "remark": "Sai.",
    }


def test_a_block_of_the_files_names_whom_it_concerns_under_either_name():
    blocks = [
        {"text": "Cho mọi người.", "duties": ["all"]},
        {"text": "Cho công an.", "duties": ["police"]},
        {"term": {"word": "Từ", "meaning": "Nghĩa."}, "duties": ["bien_phong", "xac_minh"]},
    ]
    plain = {**LESSON, "picture": None, "blocks": [{k: v for k, v in one.items() if k != "duties"} for one in blocks]}
    named = json.loads(lesson_body({**plain, "blocks": blocks}, IDENTITY))
    assert [block["value"] for block in named] == [
        "<p>Cho mọi người.</p>",
        {"text": "<p>Cho công an.</p>", "sectors": ["cong_an"]},
        {"word": "Từ", "meaning": "Nghĩa.", "sectors": ["bien_phong"], "duties": ["xac_minh"]},
    ]
    assert [block["id"] for block in named] == [block["id"] for block in json.loads(lesson_body(plain, IDENTITY))]
    assert lesson_fields({**LESSON, "duties": ["giang_day"]}, IDENTITY)["duties"] == ["giang_day"]


def test_what_is_for_reviewers_is_never_copied():
    assert "MẬT" not in json.dumps(lesson_fields(LESSON, IDENTITY), ensure_ascii=False)


def test_ids_are_the_same_at_every_import_and_differ_at_every_depth():
    first, again = (json.loads(lesson_body(LESSON, IDENTITY)) for _time in range(2))
    assert first == again
    ids = ids_in(first)
    # 11 blocks; 2 + 1 options, 2 steps, 1 + 1 sentences, 1 item
    assert (len(ids), len(set(ids))) == (19, 19)
    assert not {*ids} & {*ids_in(json.loads(lesson_body(LESSON, ("mot-khoa", "2", "bai-khac"))))}


def test_a_paragraph_put_in_later_leaves_the_ids_of_the_others():
    before = {block["type"]: block["id"] for block in json.loads(lesson_body(LESSON, IDENTITY))}
    longer = {**LESSON, "blocks": [LESSON["blocks"][0], {"takeaway": "Khác."}, *LESSON["blocks"][1:]]}
    after = {block["type"]: block["id"] for block in json.loads(lesson_body(longer, IDENTITY))}
    assert {kind for kind in before if before[kind] != after[kind]} == {"takeaway"}


def test_all_39_lessons_of_the_four_courses_are_there():
    counted = Counter(course for course, _code, _lesson in LESSONS)
    assert counted == {
        "nhan-dien-nan-nhan": 15,
        "ho-tro-tam-ly-ban-dau": 15,
        "luat-moi-2024": 3,
        "xac-minh-lap-ho-so": 6,
    }


@each_lesson
def test_the_minutes_of_the_files_are_those_of_the_formula(course, code, lesson):
    body = json.loads(lesson_body(lesson, (course, "2", lesson["slug"])))
    assert reading_of((lesson["title"], lesson["objective"]), body).minutes == lesson["minutes"]


@pytest.mark.django_db
def test_every_lesson_of_the_files_draws_itself_and_could_be_saved_by_an_editor():
    secrets = ("for_reviewer", "read_at", "unverified")
    kinds = dict(blocks_of_lessons())
    for course, _code, lesson in LESSONS:
        page = LessonPage(title="Mục", body=lesson_body(lesson, (course, "2", lesson["slug"])))
        hidden = [source[key] for source in lesson["sources"] for key in secrets if isinstance(source.get(key), str)]
        html = " ".join(str(piece) for piece in render(page).pieces)
        assert not [one for one in [*hidden, *secrets] if one and one in html]
        for bound in page.body:
            kinds[bound.block_type].clean(bound.value)
