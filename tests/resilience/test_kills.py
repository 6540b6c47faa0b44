"""Everything is killed while people are at work, ten times in `make soak`; what was promised is there afterwards."""

import hashlib
import json
import subprocess
import sys
import time
from collections import Counter
from uuid import UUID

import pytest
from processes import wait_for
from resilience.installation import ROOT, Installation
from resilience.learner import PASSWORD, Learner

# (rounds, people at work, seconds between two answers of one of them)
SHORT, LONG = (1, 8, 0.7), (10, 20, 0.2)
# seconds between one killing of the same process and the next: long enough that the supervisor takes its start for a
# good one, and brings it back a second later
CYCLE = 13

# Asks for mails and exports without pause, as a busy office does; says each once the database has it. Whatever it could
# not be told, it asks again under the same key.
ASKER = """
import json, sys, time
from django.db import DatabaseError, connection, transaction
from outbox.effects import enqueue
from outbox.mail import enqueue_mail
from people.persons.user import User
trainer = User.objects.get(staff_code="NGUOI-28")
payload = {"requirement": "nhan-dien-nan-nhan", "code": "20458", "parameters": {}, "kind": "csv"}
number = 0
while True:
    try:
        with transaction.atomic():
            key = f"kill:{ROUNDS}:{number}"
            enqueue_mail(to=f"{number}@example.invalid", subject="Nhắc", body="Xin chào", key=key)
            if number % 3 == 0:
                enqueue("report_export", payload, key, requested_by=trainer)
    except DatabaseError:
        connection.close()
        time.sleep(0.3)
        continue
    print(key, flush=True)
    number += 1
    time.sleep(0.4)
"""


@pytest.fixture(
    scope="module",
    params=[SHORT, pytest.param(LONG, marks=pytest.mark.soak("ten rounds of kills"))],
    ids=["one round", "ten rounds"],
)
def killing(request):
    return request.param


@pytest.fixture(scope="module")
def asker(installation, killing):
    path = installation.folder / f"asked-{killing[0]}"
    with path.open("w") as requested:
        command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", f"ROUNDS = {killing[0]}\n{ASKER}"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=installation.environment, stdout=requested, stderr=installation.log
        )
    wait_for(path.read_text, "the first request")
    yield lambda: (process.kill(), process.wait(), path.read_text().split())[2]
    process.kill()


@pytest.fixture(scope="module")
def aftermath(installation, asker, postbox, killing):
    """All the kills, and what each learner and the office were told on the way."""
    rounds, learners, pause = killing
    people = [*_signed_in(installation, learners, pause)]
    kills, kills_by_name = Counter(), _kills_by_name(installation)
    for person in people:
        person.start()
    for _round in range(rounds):
        for name, kill in kills_by_name.items():
            kill()
            kills[name] += 1
            time.sleep(CYCLE / len(kills_by_name) - 1)
    wait_for(lambda: installation.status("/readyz") == 200, "the installation is ready again")
    # everyone can go on: each ends the attempt in hand, and those who stopped would show here
    for person in people:
        person.leave.set()
    for person in people:
        person.join(120)
    requested = asker()
    _wait_until_all_is_done(installation)
    return people, kills, requested


def _signed_in(installation, count, pause):
    for number in range(1, count + 1):
        person = Learner(installation.port, f"NGUOI-{number:02}", PASSWORD, pause=pause)
        person.sign_in()
        yield person


def _kills_by_name(installation: Installation) -> dict:
    kills_by_name = {"worker": lambda: installation.kill(" worker"), "web": lambda: installation.kill("gunicorn")}
    if installation.cluster:

        def database():
            installation.cluster.kill()
            installation.cluster.start()

        kills_by_name["database"] = database
    return kills_by_name


def _wait_until_all_is_done(installation: Installation) -> None:
    """The worker is left alone until it has done all; it may be slow, but not stand still for a minute and a half."""
    still = "FROM outbox_effect WHERE state IN ('waiting', 'running')"
    left = count = installation.rows(f"SELECT COUNT(*) {still}")[0][0]
    last_end = time.monotonic()
    while count:
        if count < left:
            left, last_end = count, time.monotonic()
        if time.monotonic() - last_end > 90:
            columns = "kind, state, attempts, failures, available_at, lease_until, error"
            raise AssertionError(installation.rows(f"SELECT {columns} {still} ORDER BY available_at LIMIT 20"))
        time.sleep(0.5)
        count = installation.rows(f"SELECT COUNT(*) {still}")[0][0]


@pytest.fixture
def answers(installation) -> dict[str, tuple]:
    """{token: (attempt, position, sequence, choices)} of all answers in the database."""
    rows = installation.rows(
        "SELECT a.token, i.attempt_id, i.position, a.sequence, a.response FROM courses_answer a "
        "JOIN courses_attemptitem i ON i.id = a.item_id WHERE a.token IS NOT NULL"
    )
    return {_hex(token): (*where, _choices(response)) for token, *where, response in rows}


def _hex(token) -> str:
    return token.hex if isinstance(token, UUID) else UUID(token).hex


def _choices(response) -> tuple[str, ...]:
    return tuple((json.loads(response) if isinstance(response, str) else response)["choices"])


def test_every_acknowledged_answer_is_there(aftermath, answers, killing, figure):
    people, kills, _asked = aftermath
    saves = [save for person in people for save in person.ledger.saves]
    lost = [
        (attempt, position, sequence)
        for attempt, position, sequence, token, kept in saves
        if answers.get(token) != (attempt, position, sequence, kept)
    ]
    failures = sum(person.ledger.failures for person in people)
    killed = ", ".join(f"{name} {count}×" for name, count in kills.items())
    figure(
        f"kill test: {len(saves)} answers acknowledged, SIGKILL {killed}, lost {len(lost)}; "
        f"{failures} requests failed on the way and were asked again"
    )
    assert lost == []
    rounds, learners, _pause = killing
    assert set(kills.values()) == {rounds}
    # the killing met people at work
    assert failures > rounds
    assert len(saves) > 2 * rounds * learners


def test_no_failure_looked_like_a_success_and_nobody_was_signed_out(aftermath):
    people, _kills, _asked = aftermath
    assert [odd for person in people for odd in person.ledger.oddities] == []
    assert sum(person.ledger.signed_out for person in people) == 0


def test_every_stored_answer_was_sent_and_the_last_one_counts(aftermath, answers, installation):
    people, _kills, _asked = aftermath
    sent = set().union(*(person.ledger.sent for person in people))
    theirs = {attempt for person in people for attempt in person.ledger.submitted}
    assert {token for token, (attempt, *_rest) in answers.items() if attempt in theirs} - sent == set()
    latest = {}
    for attempt, position, sequence, _kept in answers.values():
        latest[attempt, position] = max(sequence, latest.get((attempt, position), 0))
    for person in people:
        last = {(attempt, position): sequence for attempt, position, sequence, *_rest in person.ledger.saves}
        assert {place: latest[place] for place in last} == last


def test_each_attempt_is_submitted_once(aftermath, installation):
    people, _kills, _asked = aftermath
    submitted = [attempt for person in people for attempt in person.ledger.submitted]
    assert len(submitted) == len(set(submitted))
    done = installation.rows("SELECT id FROM courses_attempt WHERE submitted_at IS NOT NULL")
    assert {row[0] for row in done} >= set(submitted)
    assert installation.rows("SELECT COUNT(*) FROM courses_attempt WHERE submitted_at IS NULL")[0][0] == 0
    twice = installation.rows("SELECT item_id FROM courses_mark GROUP BY item_id HAVING COUNT(*) <> 1")
    assert twice == []
    unmarked = installation.rows(
        "SELECT i.id FROM courses_attemptitem i LEFT JOIN courses_mark m ON m.item_id = i.id WHERE m.id IS NULL"
    )
    assert unmarked == []


def test_everyone_goes_on(aftermath):
    people, _kills, _asked = aftermath
    assert [person.login for person in people if not person.finished] == []
    assert all(person.ledger.submitted for person in people)


def test_no_mail_is_lost_or_sent_twice(aftermath, installation, postbox, figure):
    """Each asked for is in the mailbox once. One whose sender was killed in mid-sentence may be handed over again,
    under the same Message-ID, by which a mailbox knows a copy (RFC 7352): its row says so; no other goes twice."""
    _people, kills, requested = aftermath
    rows = installation.rows("SELECT key, state, result FROM outbox_effect WHERE kind = 'mail'")
    ended = {key: (state, json.loads(result) if isinstance(result, str) else result) for key, state, result in rows}
    states, unexplained, again = Counter(), [], 0
    for key in requested:
        state, result = ended[f"mail:{key}"]
        taken = postbox.accepted[_message_id(f"mail:{key}")]
        states[state] += 1
        again += taken - 1
        if not 1 <= taken <= result["handed"]:
            unexplained.append((key, taken, result))
    in_mailbox = sum(postbox.accepted[_message_id(f"mail:{key}")] > 0 for key in requested)
    figure(
        f"kill test: {len(requested)} mails asked for, {in_mailbox} in the mailbox, "
        f"{again} handed over again under their own Message-ID after a kill"
    )
    assert set(states) == {"done"}
    assert unexplained == []
    # what is in the mailbox was asked for: each Message-ID belongs to one row
    assert set(postbox.accepted) <= {_message_id(key) for key in ended}
    assert again <= sum(kills.values())


def _message_id(key: str) -> str:
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@localhost>"


def test_no_file_is_lost(aftermath, installation):
    _people, _kills, requested = aftermath
    rows = installation.rows("SELECT key, state, result FROM outbox_effect WHERE kind = 'report_export'")
    exports = {key: (state, json.loads(result) if isinstance(result, str) else result) for key, state, result in rows}
    wanted = [key for key in requested if int(key.split(":")[2]) % 3 == 0]
    assert wanted
    for key in wanted:
        state, result = exports[key]
        assert state == "done"
        text = (installation.folder / "var" / "private" / result["file"]).read_text(encoding="utf-8-sig")
        assert len(text.splitlines()) >= result["rows"] > 0
