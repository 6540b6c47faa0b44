"""Who gets which answer at which address: the table, read from `site.table` and `cms.table`.

    # why these rows are as they are
    i33 oo 3333 ooo
        GET POST own    bao-cao/can-bo/<path:staff_code>/

A row has one letter a column (`COLUMNS`, spaces as one likes); below it stand the addresses that answer so, each as the
resolver spells it, after the methods and, where it names something of a unit or a person, `own` (of Tây Giang and its
learner) or `other` (of Thạnh Mỹ). Without either word both answer so. What is not written is shut: a method that an
address does not list lets nobody in, and a row of dashes says so of an address as a whole.

A new address: add its line under a row that is right for it (or write a new row, with its reason), give `fillings` in
addresses.py an object if it names one, `FORMS` if a POST needs fields to get as far as the question whose it is.
"""

from pathlib import Path

import addresses

COLUMNS = addresses.VISITORS
LETTERS = {
    "o": addresses.ADMITTED,  # let in
    ">": addresses.REDIRECTED,  # let in and led on to another address
    "x": addresses.SERVER_ERROR,  # let in, and Wagtail's view falls over a form without fields
    "a": addresses.TO_PASSWORD,  # asked for the password once more
    "i": addresses.TO_SIGN_IN,
    "d": addresses.TO_CMS_SIGN_IN,  # Wagtail's: no right to enter
    "b": addresses.TO_CMS_HOME,  # Wagtail's: back to its first page, with a message
    "3": addresses.FORBIDDEN,  # a forbidden act on one's own
    "4": addresses.NOT_FOUND,  # somebody else's, or nobody's
    "5": addresses.METHOD_NOT_ALLOWED,
}
LET_IN = {addresses.ADMITTED, addresses.REDIRECTED, addresses.SERVER_ERROR, addresses.TO_PASSWORD}
SHUT = "-"
METHODS = {"GET", "POST", "PUT", "DELETE"}
Row = str


def _read() -> dict[str, dict[str, dict[str, Row]]]:
    """{pattern: {method: {scope: row}}}"""
    table: dict[str, dict[str, dict[str, Row]]] = {}
    for name in ("site.table", "cms.table"):
        row = ""
        for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            if not line.startswith(" "):
                row = line.replace(" ", "")
                assert len(row) == len(COLUMNS), f"{name}: {line}"
                assert set(row) <= {SHUT, *LETTERS}, f"{name}: {line}"
                continue
            *words, pattern = line.split()
            methods = [word for word in words if word in METHODS]
            scopes = [word for word in words if word not in METHODS] or ["own", "other"]
            assert methods, f"{name}: {line}"
            assert set(scopes) <= {"own", "other"}, f"{name}: {line}"
            for method in methods:
                for scope in scopes:
                    rows = table.setdefault(pattern, {}).setdefault(method, {})
                    assert scope not in rows, f"{name}, twice: {line}"
                    rows[scope] = row
    return table


TABLE = _read()


def row_of(pattern: str, method: str, scope: str) -> Row:
    """Shut where nothing is written; an address written for one scope only is shut for the other."""
    return TABLE[pattern].get(method, {}).get(scope, SHUT * len(COLUMNS))


def methods_of(pattern: str) -> list[str]:
    return list(dict.fromkeys(["GET", "POST", *TABLE[pattern]]))


def is_right(letter: str, outcome: str) -> bool:
    return outcome not in LET_IN if letter == SHUT else outcome == LETTERS[letter]


# our commands, and whom each one takes for its doer: whoever may run a command on the server may read the database
COMMANDS = {
    "annual_report": "the server: figures and rows by number, nobody's name",
    "backup": "the server: a file that only its owner reads",
    "check_bank": "the server: what is asked, nobody's name or answer",
    "check_lessons": "the server: pages, nobody's name",
    "clock": "the server",
    "compile_catalogues": "the server: no data of people",
    "coverage": "the server: figures, nobody's name",
    "drop_second_step": "the server: where no other administrator is; in the log, by nobody",
    "ended_consents": "the server: numbers of files, nobody's name; ends what had ended before a restore",
    "erase_person": "an administrator who is named with --by and is not the person; in the log",
    "export_questions": "the server: the bank with its keys, nobody's name",
    "import_completions": "the server",
    "import_excuses": "the server",
    "import_questions": "the server: the bank, nobody's name",
    "import_roster": "the server: everywhere, in the log by nobody",
    "import_units": "the server",
    "index_pages": "the server: public pages only",
    "migrate": "the server: tables, and the rows that every installation has",
    "prepare": "the server; demo accounts only with INSECURE_HTTP",
    "recompute": "the server: figures, nobody's name",
    "restore": "the server: into an empty place only",
    "run": "the server",
    "second_step_link": "the server: for the first administrator; opens nothing without the password",
    "seed": "the server; demo accounts only with INSECURE_HTTP",
    "worker": "the server",
    "write_schema": "a developer: files of the code, from an empty database",
}
