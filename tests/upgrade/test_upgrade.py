"""What a released version wrote is brought to this one: every record, every figure, every question as answered."""

import json
import os
import zipfile
from pathlib import Path

import pytest
from resilience.installation import Installation

ARCHIVES = sorted(Path(__file__).parent.glob("*.zip"))
# tables that grow with the code: permissions and content types of new models
GROWING = {"auth_permission", "django_content_type", "wagtailcore_grouppagepermission", "auth_group_permissions"}
# table of an old version: where its rows are now, or None where a release gave them up on purpose (CHANGELOG says so)
MOVED: dict[str, str | None] = {}

pytestmark = [pytest.mark.slow, pytest.mark.own_database, pytest.mark.xdist_group("upgrade")]

LOOK = """
import json
from django.template.loader import render_to_string
from courses.attempts.attempt import Answer, Mark
from courses.questions.kinds.kind import kind
from courses.questions.kinds.showing import question_context
from courses.questions.versions import QuestionVersion
seen, wrong = [], []
for version in QuestionVersion.objects.order_by("pk"):
    seen.append([version.kind, version.schema])
    for review in (False, True):
        question = question_context(version.frozen("vi"), None, None, review=review)
        html = render_to_string(question["template"], {"question": question, "position": 1})
        if not question["text"] or "<" not in html:
            wrong.append(["does not render", version.pk])
marks = Mark.objects.select_related("item", "by_version")
for mark in marks:
    answer = Answer.objects.filter(item=mark.item).order_by("-sequence").values_list("response", flat=True).first()
    version = mark.by_version
    points = kind(version.kind).mark(version.frozen("vi"), answer, mark.item.points).points
    if points != mark.points:
        wrong.append(["is marked otherwise", version.pk, points, mark.points])
print(json.dumps({"seen": seen, "wrong": wrong, "marks": len(marks)}))
"""


def manifest_of(path: Path) -> dict:
    return json.loads(zipfile.ZipFile(path).read("manifest.json"))


@pytest.fixture(scope="module", params=ARCHIVES, ids=[path.stem for path in ARCHIVES])
def upgraded(request, tmp_path_factory):
    """(manifest of the old archive, manifest of what came of it before anybody did anything, the place that it was
    brought to), on the database that the tests run on."""
    postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")
    place = Installation(tmp_path_factory.mktemp("upgraded"), "", postgres=postgres)
    try:
        place.manage("restore", str(request.param))
        after = tmp_path_factory.mktemp("after") / "after.zip"
        place.manage("backup", str(after))
        yield manifest_of(request.param), manifest_of(after), place
    finally:
        place.close()


def test_there_is_an_archive_of_a_release():
    assert ARCHIVES


def test_every_record_is_there(upgraded):
    before, after, _place = upgraded
    now = {table["name"]: table["rows"] for table in after["tables"]}
    for table in before["tables"]:
        name = MOVED.get(table["name"], table["name"])
        if name is None:
            continue
        if name in GROWING:
            assert now[name] >= table["rows"], name
        else:
            assert now[name] == table["rows"], name
    assert sum(table["rows"] for table in before["tables"]) > 1000


def test_every_stored_question_still_renders_and_marks_as_it_did(upgraded):
    *_manifests, place = upgraded
    facts = json.loads(place.shell(LOOK))
    assert facts["wrong"] == []
    assert facts["marks"] >= 40
    assert {kind for kind, _schema in facts["seen"]} >= {"single_choice", "multiple_choice", "true_false"}


def test_both_ways_of_counting_agree_on_the_upgraded_data(upgraded):
    *_manifests, place = upgraded
    place.manage("recompute", "--check")


def test_an_attempt_that_was_open_goes_on(upgraded):
    *_manifests, place = upgraded
    output = place.shell(
        "from django.utils import timezone\n"
        "from courses.attempts.attempt import Attempt\n"
        "from courses.quizzes.submitting import submit\n"
        "attempt = submit(Attempt.objects.get(submitted_at=None), timezone.now())\n"
        "print(attempt.number, attempt.score)"
    )
    assert output.split() == ["2", "0"]
