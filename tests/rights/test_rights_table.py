"""Every address × role × own or other unit answers as the table says (`table.py`); an address without a row fails."""

from types import SimpleNamespace

import addresses
import pytest
from django.core.management import get_commands
from django.test import Client
from files_of_rows import put_back, read_files
from rows import create_rows, create_second_step
from sharing import shared
from table import COLUMNS, COMMANDS, LET_IN, LETTERS, TABLE, is_right, methods_of, row_of

from people.rights.roles import RoleKind, end, give
from people.signing_in.second_step import must_have

pytestmark = pytest.mark.django_db
# who may do what does not hang on the database: on a second one somebody with many addresses of each kind is enough
SAMPLE = "trainer"
# nobody, somebody without a role, the most limited editor and an administrator of one commune: with the trainer they
# meet every kind of answer; the roles between them are asked by `make rights`
EACH_RUN = ["public", "learner", "editor", "local", SAMPLE]


def visitor(who: str):
    marks = [] if who == SAMPLE else [pytest.mark.one_database]
    return pytest.param(who, marks=[*marks, *([] if who in EACH_RUN else [pytest.mark.other_roles])])


EVERYBODY = [visitor(who) for who in addresses.VISITORS]
STAFF = ["trainer", "unit_head", "editor", "translator", "observer", "manager", "administrator", "local"]
# one rule keeps all of them out, so one of them is asked in each run
SOME_STAFF = [
    pytest.param([SAMPLE], id=SAMPLE),
    pytest.param([who for who in STAFF if who != SAMPLE], marks=pytest.mark.other_roles, id="the others"),
]


@shared
def everything(cast):
    it = create_rows(SimpleNamespace(**vars(cast)))
    it.files = read_files()
    return it


@pytest.fixture
def it(everything):
    """An object of each kind, with its files; `it.cast` are the cast and those who came with them."""
    put_back(everything.files)
    return everything


def requests(it):
    """(pattern, method, scope, path): both scopes where they are two addresses."""
    for pattern in TABLE:
        own, other = (addresses.filled(pattern, it, scope) for scope in ("own", "other"))
        for method in methods_of(pattern):
            yield pattern, method, "own", own
            if other != own:
                yield pattern, method, "other", other


def test_every_address_has_a_row_and_every_row_an_address():
    known = set(addresses.patterns())
    assert known - TABLE.keys() == set(), "give these a row in tests/rights/*.table"
    assert TABLE.keys() - known == set(), "these are gone: take their rows out"


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_address_answers_as_the_table_says(it, who):
    visitor = getattr(it.cast, who, None)
    client = addresses.signed_in(visitor)
    column, wrong = COLUMNS.index(who), []
    for pattern, method, scope, path in requests(it):
        form = addresses.posted(pattern, it) if method == "POST" else ""
        outcome, person = addresses.request_as(client, method, path, form)
        letter = row_of(pattern, method, scope)[column]
        if not is_right(letter, outcome):
            wrong.append(f"{method} {scope} {pattern}: {outcome}, the table says {LETTERS.get(letter, 'shut')}")
        if person not in (None, str(getattr(visitor, "pk", None))):
            wrong.append(f"{method} {pattern}: made the session somebody else's")
    assert wrong == []
    # only the card stands in frames of others, without a script or a cookie
    assert client.frameable == {addresses.filled("the-tin/<int:pk>/", it, "own")}
    assert client.frameable_with_more == set()


def test_the_table_is_as_large_as_we_say(it, figure):
    checked = len(list(requests(it))) * len(COLUMNS)
    figure(f"rights table: {len(TABLE)} addresses × {len(COLUMNS)} roles, {checked} answers checked")
    assert len(TABLE) >= 340


# --- the second step


def only_for_staff(row: str) -> bool:
    """Let in is somebody on the staff, and nobody else."""
    opened = {who for who, letter in zip(COLUMNS, row, strict=True) if LETTERS.get(letter) in LET_IN}
    return bool(opened) and opened <= set(STAFF)


@pytest.mark.one_database
@pytest.mark.parametrize("some", SOME_STAFF)
def test_who_needs_a_second_step_and_has_none_is_let_into_nothing_that_is_for_staff_only(it, settings, some):
    settings.SECOND_STEP_REQUIRED = True
    rows = [request for request in requests(it) if only_for_staff(row_of(*request[:3]))]
    assert len(rows) > 400
    entered = []
    for who in some:
        assert must_have(getattr(it.cast, who))
        client = addresses.signed_in(getattr(it.cast, who))
        for pattern, method, scope, path in rows:
            if (outcome := addresses.request_as(client, method, path)[0]) != addresses.TO_SECOND_STEP:
                entered.append(f"{who} {method} {scope} {pattern}: {outcome}")
    assert entered == []


def test_staff_pages_open_after_a_second_step(cast, settings):
    settings.SECOND_STEP_REQUIRED = True
    step = create_second_step(cast.administrator)
    client = addresses.signed_in(cast.administrator)
    assert addresses.request_as(client, "GET", "/cms/pages/")[0] == addresses.TO_SECOND_STEP
    session = client.session
    session["account_authentication_methods"] += [{"method": "mfa", "at": 0, "id": step.pk, "type": "totp"}]
    session.save()
    for path in ("/bao-cao/", "/cms/pages/", "/tai-khoan/nhat-ky/tat-ca/", "/tai-khoan/xoa/"):
        assert addresses.request_as(client, "GET", path)[0] in LET_IN, path


# --- at once


def test_a_role_given_opens_and_a_role_ended_shuts_in_the_same_session(it):
    cast, client = it.cast, Client()
    client.force_login(cast.stranger)
    paths = ["/bao-cao/", f"/bao-cao/can-bo/{cast.learner.staff_code}/", "/cms/vai-tro/", "/tai-khoan/nhat-ky/tat-ca/"]
    shut = ["403", "403", addresses.TO_CMS_SIGN_IN, "403"]
    assert [addresses.request_as(client, "GET", path)[0] for path in paths] == shut
    role = give(cast.stranger, RoleKind.ADMINISTRATOR, cast.units.da_nang)
    assert [addresses.request_as(client, "GET", path)[0] for path in paths] == ["ok"] * 4
    end(role)
    assert [addresses.request_as(client, "GET", path)[0] for path in paths] == shut


# --- commands, and acting as somebody else

ACTING_AS = ("impersonat", "hijack", "masquerade", "sudo", "login_as", "loginas", "switch_user", "su/", "thay-mat")


def test_our_commands_are_those_that_the_table_names():
    ours = {
        name
        for name, app in get_commands().items()
        if app in {"people", "media", "pages", "courses", "campaigns", "outbox", "config"}
    }
    assert ours == COMMANDS.keys()


def test_no_address_and_no_command_lets_anybody_act_as_somebody_else():
    for address in addresses.patterns():
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
