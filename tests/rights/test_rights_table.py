"""Every address × role × own or other unit answers as `table.py` says; an address without a row fails.

What an answer may be: `ok` (let in, whatever the form said), `sign in`, Wagtail's `door` (no right to enter /cms/) and
`back` (to its first page, with a message), 403 (a forbidden act on one's own), 404 (somebody else's, or nobody's), 405.
"""

import doors
import pytest
from django.core.management import get_commands
from django.test import Client
from table import COLUMNS, COMMANDS, FALLS_OVER_AN_EMPTY_FORM, TABLE

from people.roles import RoleKind, end, give

pytestmark = pytest.mark.django_db


def test_every_address_has_a_row_and_every_row_an_address():
    known = set(doors.addresses())
    listed = {pattern for _method, _scope, pattern in TABLE}
    assert known - listed == set(), "give these a row in tests/rights/table.py"
    assert listed - known == set(), "these are gone: take their rows out"


def test_the_table_has_a_column_for_everybody():
    assert COLUMNS == doors.WHO
    assert {len(row) for row in TABLE.values()} == {len(doors.WHO)}


@pytest.mark.parametrize("who", doors.WHO)
def test_each_address_answers_as_the_table_says(cast, who, capsys):
    it = doors.furnish(cast)
    client = Client(raise_request_exception=False)
    if who != "public":
        client.force_login(getattr(cast, who))
    column, wrong = COLUMNS.index(who), []
    for (method, scope, pattern), row in TABLE.items():
        found, person = doors.knock(client, method, doors.filled(pattern, it, scope))
        if found == doors.BROKEN and (method, pattern) in FALLS_OVER_AN_EMPTY_FORM:
            found = doors.OK
        if found != row[column]:
            wrong.append(f"{method} {scope} {pattern}: {found}, the table says {row[column]}")
        if person not in (None, str(getattr(getattr(cast, who, None), "pk", None))):
            wrong.append(f"{method} {pattern}: made the session somebody else's")
    assert wrong == []
    with capsys.disabled():
        print(f"\n{who}: {len({pattern for *_how, pattern in TABLE})} addresses, {len(TABLE)} answers as expected")


def test_the_table_is_as_large_as_we_say(capsys):
    addresses = len({pattern for _method, _scope, pattern in TABLE})
    with capsys.disabled():
        print(
            f"\nrights table: {addresses} addresses × {len(COLUMNS)} roles, {len(TABLE) * len(COLUMNS)} answers checked"
        )
    assert addresses >= 340


# --- at once


def test_a_role_given_opens_and_a_role_ended_shuts_in_the_same_session(cast):
    it = doors.furnish(cast)
    client = Client()
    client.force_login(cast.stranger)
    paths = ["/bao-cao/", f"/bao-cao/can-bo/{cast.learner.staff_code}/", "/cms/pages/", "/tai-khoan/nhat-ky/tat-ca/"]
    shut = ["403", "403", "door", "403"]
    assert [doors.knock(client, "GET", path)[0] for path in paths] == shut
    role = give(cast.stranger, RoleKind.ADMINISTRATOR, it.cast.units.da_nang)
    assert [doors.knock(client, "GET", path)[0] for path in paths] == ["ok"] * 4
    end(role)
    assert [doors.knock(client, "GET", path)[0] for path in paths] == shut


# --- commands, and acting as somebody else

ACTING_AS = ("impersonat", "hijack", "masquerade", "sudo", "login_as", "loginas", "switch_user", "su/", "thay-mat")


def test_our_commands_are_those_that_the_table_names():
    ours = {name for name, app in get_commands().items() if app in {"people", "pages", "courses", "outbox", "config"}}
    assert ours == COMMANDS.keys()


def test_no_address_and_no_command_lets_anybody_act_as_somebody_else():
    for address in doors.addresses():
        assert not any(word in address.lower() for word in ACTING_AS), address
    for command in get_commands():
        assert not any(word.strip("/") in command.lower() for word in ACTING_AS if word != "su/"), command


def test_nothing_in_the_code_signs_somebody_in_but_allauth(settings):
    from pathlib import Path

    root = Path(settings.BASE_DIR)
    calls = [
        f"{path.relative_to(root)}: {line.strip()}"
        for folder in ("site", "courses", "media")
        for path in (root / folder).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "auth.login(" in line or "import login\n" in f"{line}\n" or "force_login" in line
    ]
    assert calls == []
