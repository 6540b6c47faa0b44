"""One installation for all that is done to it here: made once, with all courses, no demo, and people who sign in."""

import os
from pathlib import Path

import pytest
from resilience.installation import Installation, can_make_clusters
from resilience.learner import PASSWORD, Learner
from resilience.postbox import Postbox

# nobody waits between attempts or reads first, so that learners never run out of work
PEOPLE = f"""
from django.contrib.auth.hashers import make_password
from outbox.effects import Effect
from people.persons.user import User
from people.postings.posting import Duty, Posting
from people.rights.roles import RoleKind, give
from people.units.unit import Unit
from courses.content.quiz import QuizPage
from courses.standing.standing import rebuild_all
from django.utils import timezone
now, password = timezone.now(), make_password({PASSWORD!r})
commune = Unit.objects.bearing("20458", timezone.localdate())
for number in range(1, 29):
    person = User.objects.create(staff_code=f"NGUOI-{{number:02}}", full_name=f"Cán bộ {{number}}", password=password)
    posting = Posting.objects.create(
        person=person, unit=commune, position="Công chức", start="2025-07-01", recorded_at=now
    )
    posting.duties.set(Duty.objects.filter(key="ho_tro_nan_nhan"))
give(person, RoleKind.TRAINER, commune)
QuizPage.objects.update(wait_minutes=0, attempt_limit=0, open_after_lessons=False)
# a hundred pictures of messages, which nobody here looks at, would keep the worker busy
Effect.objects.filter(kind="share_picture").delete()
rebuild_all()
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if "resilience" in Path(str(item.fspath)).parts:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.own_database)
            item.add_marker(pytest.mark.xdist_group("resilience"))


@pytest.fixture(scope="session")
def postbox():
    with Postbox() as box:
        yield box
        box.shutdown()


@pytest.fixture(scope="session")
def installation(tmp_path_factory, postbox):
    postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")
    if postgres and not can_make_clusters():
        pytest.skip("PostgreSQL's initdb is not on this machine")
    new_installation = Installation(tmp_path_factory.mktemp("installation"), postbox.url, postgres=postgres)
    try:
        new_installation.manage("prepare")
        new_installation.manage("seed")
        new_installation.shell(PEOPLE)
        new_installation.serve()
        yield new_installation
    finally:
        new_installation.close()


@pytest.fixture
def learners(installation):
    """`learners(8)`: so many people, signed in and not yet at work."""

    def signed_in_learners(count: int, *, first: int = 1, **options) -> list[Learner]:
        people = [Learner(installation.port, f"NGUOI-{n:02}", PASSWORD, **options) for n in range(first, first + count)]
        for person in people:
            person.sign_in()
        return people

    return signed_in_learners
