"""Which of the collected tests run, and in what order.

--only-database    what another database may answer otherwise: for the second database of a `.ci/run`
--reversed         the other way round (with `-p no:randomly`: exactly)
"""

from sharing import order_of

# a test that asks for one of these, or for one that asks for it, sees the tests' database (each asks for
# `django_db_blocker`, through a fixture of pytest-django's)
DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}
COMMITTING = {"transactional_db", "live_server"}


def touches_database(item) -> bool:
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("own_database")
    return bool(marked or DATABASE & {*item.fixturenames})


def is_for_another_database(item) -> bool:
    """Not the browser, which sees the same pages, nor what proves the same on each."""
    return touches_database(item) and not any(item.get_closest_marker(name) for name in ("browser", "one_database"))


def commits(item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool((marker and marker.kwargs.get("transaction")) or COMMITTING & {*item.fixturenames})


def choose(items: list, config) -> None:
    if config.getoption("only_database"):
        others = [item for item in items if not is_for_another_database(item)]
        items[:] = [item for item in items if is_for_another_database(item)]
        config.hook.pytest_deselected(items=others)


def sort(items: list, config) -> None:
    """Tests that commit come last: what they leave is an empty database, without the rows that migrations make. Before
    them, those that share rows stand together. Within that any order will do: `pytest-randomly` draws one."""
    if config.getoption("reversed"):
        items.reverse()
    items.sort(key=lambda item: (commits(item), order_of(item)))


def pytest_addoption(parser):
    parser.addoption("--only-database", action="store_true", help="leave out what is the same on every database")
    parser.addoption("--reversed", action="store_true", help="run the tests the other way round")
