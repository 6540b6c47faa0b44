"""The drill: a backup of the running site, brought back somewhere empty, holds and says exactly the same."""

import json
import shutil
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from resilience.installation import Installation

QUESTION = ("coverage", "nhan-dien-nan-nhan", "--unit", "20458", "--format", "json")


def manifest_of(path: Path) -> dict:
    return json.loads(zipfile.ZipFile(path).read("manifest.json"))


def rows_of(path: Path, table: str) -> list[dict]:
    lines = zipfile.ZipFile(path).read(f"tables/{table}.jsonl").decode().splitlines()
    columns = json.loads(lines[0])
    return [dict(zip(columns, json.loads(line), strict=True)) for line in lines[1:]]


def canonical(path: Path) -> dict[str, list]:
    """All rows of all tables; JSON columns parsed, since PostgreSQL keeps neither spaces nor the order of names."""
    tables = {}
    for table in manifest_of(path)["tables"]:
        lines = zipfile.ZipFile(path).read(table["part"]).decode().splitlines()
        tables[table["name"]] = [[_value(value) for value in json.loads(line)] for line in lines]
    return tables


def _value(value):
    if isinstance(value, str) and value[:1] in '[{"':
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


@pytest.fixture(scope="module")
def upload(installation):
    """A public file and a private one."""
    for name in ("uploads/images/anh.jpg", "private/exports/danh-sach.csv"):
        path = installation.folder / "var" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() * 5000)


# of everything that signing in, certificates and the audit log keep
SEALED = """
from datetime import date
from allauth.mfa.models import Authenticator
from django.utils import timezone
from people.persons.user import User
from people.signing_in.second_step import SecondStepAdapter
from courses.certificates.issuing import issue
from courses.completions.completion import Completion
# none of those who learn beside an import: a second step would keep them out
person = User.objects.create(staff_code="CO-KHOA", full_name="Người có khóa")
secret = SecondStepAdapter().encrypt("GEZDGNBVGY3TQOJQ")
Authenticator.objects.create(user=person, type="totp", data={"secret": secret})
done = Completion.objects.create(
    person=person, course_key="nhan-dien-nan-nhan", completed_on=date(2026, 1, 10), source="import",
    recorded_at=timezone.now(),
)
assert issue([done], timezone.now())
"""
OPENED = """
from allauth.mfa.models import Authenticator
from people.signing_in.second_step import SecondStepAdapter
print(SecondStepAdapter().decrypt(Authenticator.objects.get().data["secret"]))
"""


@pytest.fixture(scope="module")
def proofs(installation):
    installation.shell(SEALED)
    installation.manage("recompute")


CERTIFICATES = "SELECT COUNT(*) FROM courses_certificate"


@pytest.fixture(scope="module")
def original(installation, upload, proofs, tmp_path_factory):
    """The archive and what the site said then; made while nobody writes, so that the copy can be compared with it."""
    path = tmp_path_factory.mktemp("archive") / "la-chan.zip"
    installation.manage("backup", str(path))
    figures = json.loads(installation.manage(*QUESTION))
    return SimpleNamespace(archive=path, figures=figures, certificates=installation.rows(CERTIFICATES))


@pytest.fixture(scope="module")
def archive(original):
    return original.archive


@pytest.fixture(
    scope="module",
    params=[True, pytest.param(False, marks=pytest.mark.soak("a backup restored where there is no table"))],
    ids=["empty tables", "no table"],
)
def copy(request, installation, archive, tmp_path_factory):
    """Where there is no table, the steps of a whole database come first; `tests/upgrade/` goes by them in each run."""
    place = Installation(tmp_path_factory.mktemp("copy"), "", postgres=installation.cluster is not None)
    if request.param:
        place.manage("migrate")
    report = json.loads(place.manage("restore", str(archive), "--format", "json"))
    yield place, report
    place.close()


@pytest.fixture(scope="module")
def again(copy, tmp_path_factory):
    """A backup of the copy, before anybody did anything there."""
    place, _told = copy
    path = tmp_path_factory.mktemp("again") / "again.zip"
    place.manage("backup", str(path))
    return path


@pytest.fixture
def used(again, copy):
    """The copy for a test that writes there."""
    return copy


def test_a_backup_of_the_busy_site_is_of_one_moment(installation, learners, tmp_path):
    people = learners(8, pause=0.2)
    for person in people:
        person.start()
    time.sleep(3)
    before = {save[3] for person in people for save in person.ledger.saves}
    installation.manage("backup", str(tmp_path / "busy.zip"))
    after = sum(len(person.ledger.saves) for person in people)
    for person in people:
        person.leave.set()
    for person in people:
        person.join(120)
    answers = rows_of(tmp_path / "busy.zip", "courses_answer")
    items = {row["id"]: row for row in rows_of(tmp_path / "busy.zip", "courses_attemptitem")}
    attempts = {row["id"]: row for row in rows_of(tmp_path / "busy.zip", "courses_attempt")}
    marked = {row["item_id"] for row in rows_of(tmp_path / "busy.zip", "courses_mark")}
    assert before <= {row["token"].replace("-", "") for row in answers if row["token"]}
    assert all(row["item_id"] in items for row in answers)
    # marks and submission are one transaction: half of one would show here
    assert all((attempts[row["attempt_id"]]["submitted_at"] is not None) == (pk in marked) for pk, row in items.items())
    assert after > len(before)
    assert [odd for person in people for odd in person.ledger.oddities] == []
    assert [person.ledger.failures for person in people] == [0] * 8


def test_the_copy_holds_every_row_and_file(archive, again, copy):
    _place, report = copy
    assert canonical(again) == canonical(archive)
    before, after = manifest_of(archive), manifest_of(again)
    assert [(file["part"], file["sha256"]) for file in after["files"]] == [
        (file["part"], file["sha256"]) for file in before["files"]
    ]
    assert report["rows"] == sum(table["rows"] for table in before["tables"])
    assert {"files/uploads/images/anh.jpg", "files/private/exports/danh-sach.csv"} <= {
        file["part"] for file in after["files"]
    }


def test_the_copy_says_the_same_figures_and_both_ways_of_counting_agree(original, copy):
    place, _told = copy
    assert json.loads(place.manage(*QUESTION)) == original.figures
    place.manage("recompute", "--check")


def test_a_second_step_opens_with_the_old_key_only_and_certificates_came_along(installation, original, copy):
    place, report = copy
    assert report["same_secret_key"] is False
    assert place.shell(OPENED).strip() != "GEZDGNBVGY3TQOJQ"
    place.environment["SECRET_KEY_FALLBACKS"] = (installation.folder / "var" / "secret_key").read_text().strip()
    assert place.shell(OPENED).strip() == "GEZDGNBVGY3TQOJQ"
    assert place.rows(CERTIFICATES) == original.certificates != [(0,)]


def test_the_copy_takes_new_rows_and_finds_pages(used):
    place, _told = used
    report = place.shell(
        "from people.persons.user import User\n"
        "from courses.content.lesson import LessonPage\n"
        "old = set(User.objects.values_list('pk', flat=True))\n"
        "new = User.objects.create_user('MOI-1', full_name='Cán bộ mới')\n"
        "print(new.pk not in old, len(LessonPage.objects.live().search('dấu hiệu')) > 0)"
    )
    assert report.split() == ["True", "True"]


def test_an_archive_names_its_parts_and_holds_no_session_and_no_key(installation, archive):
    manifest = manifest_of(archive)
    key = (installation.folder / "var" / "secret_key").read_text().strip()
    with zipfile.ZipFile(archive) as opened:
        assert key.encode() not in b"".join(opened.read(name) for name in opened.namelist())
    assert "django_session" not in {table["name"] for table in manifest["tables"]}
    assert "django_session" in manifest["left_out"]
    assert manifest["version"]
    assert all(len(part["sha256"]) == 64 for part in [*manifest["tables"], *manifest["files"]])
    assert archive.stat().st_mode & 0o077 == 0


def refused(place: Installation, *arguments: str) -> str:
    with pytest.raises(AssertionError) as error:
        place.manage(*arguments)
    sentence = str(error.value).split("CommandError: ")[1].strip()
    assert len(sentence.splitlines()) == 1
    return sentence


def test_a_place_where_somebody_works_is_left_alone(copy, archive):
    place, _told = copy
    assert "không trống" in refused(place, "restore", str(archive))
    assert "đã có" in refused(place, "backup", str(archive))


def test_a_damaged_archive_is_refused_before_anything_is_written(archive, tmp_path):
    damaged = tmp_path / "damaged.zip"
    data = bytearray(archive.read_bytes())
    place = data.index(b"tables/courses_answer.jsonl") + 60
    data[place] ^= 0xFF
    damaged.write_bytes(data)
    empty = Installation(tmp_path, "", postgres=False)
    try:
        assert "courses_answer" in refused(empty, "restore", str(damaged), "--check")
        assert "courses_answer" in refused(empty, "restore", str(damaged))
        assert not list((tmp_path / "var").rglob("*.jpg"))
        shutil.copyfile(__file__, damaged)
        assert "không phải tệp sao lưu" in refused(empty, "restore", str(damaged))
    finally:
        empty.close()
