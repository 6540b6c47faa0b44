"""Whether a database loaded from the file equals one made by steps: catalogues and rows, never the text of the file.

Two are loaded. Where they differ, the file draws a value anew, and so must the steps; everything else must be the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import DatabaseError

from config.schema import files, placeholders
from config.schema.loading import load
from config.schema.scratch import scratch_database
from config.schema.vendors import catalogue_of, rows, sql_of
from config.schema.writing import by_steps, in_order

# characters of a value in a line
LONGEST = 120


@dataclass(frozen=True)
class Picture:
    """{"index x": its definition}, {table: its columns}, {table: its rows as literals, in order}."""

    catalogue: dict[str, str]
    columns: dict[str, list[str]]
    rows: dict[str, list[tuple[str, ...]]]


def picture_of(connection) -> Picture:
    tables = sql_of(connection).all_tables(connection)
    # steps that do not wait for each other run in an order that changes with the list of apps, and so do their numbers
    tables["django_migrations"] = ["app", "name", "applied"]
    found = {name: sorted(rows(connection, name, columns), key=in_order) for name, columns in tables.items()}
    return Picture(catalogue_of(connection), tables, found)


def differences(connection) -> list[str]:
    """One line for each; empty where the file is true."""
    path = files.path_of(connection.vendor)
    if not path.exists():
        return [f"{path.name}: không có tệp"]
    if lines := [*compare_steps(files.steps_in(path.read_text(encoding="utf-8")), files.steps_on_disk())]:
        return lines
    try:
        one, other = _loaded(connection), _loaded(connection)
    except DatabaseError as error:
        return [f"{path.name}: không nạp được: {_short(error)}"]
    with scratch_database(connection):
        by_steps()
        made = picture_of(connection)
    return [*compare_catalogues(one.catalogue, made.catalogue), *Rows(one, other, made).compare()]


def _loaded(connection) -> Picture:
    with scratch_database(connection):
        load(connection)
        return picture_of(connection)


def compare_steps(in_file: files.Steps, on_disk: files.Steps) -> Iterator[str]:
    for app, name in sorted(on_disk - in_file):
        yield f"{app}.{name}: tệp chưa có bước này"
    for app, name in sorted(in_file - on_disk):
        yield f"{app}.{name}: tệp ghi một bước không còn nữa"


def compare_catalogues(loaded: dict[str, str], made: dict[str, str]) -> Iterator[str]:
    for name in sorted({*loaded, *made}):
        if name not in made:
            yield f"{name}: chỉ có trong tệp"
        elif name not in loaded:
            yield f"{name}: tệp không có"
        elif loaded[name] != made[name]:
            yield f"{name}: tệp {_short(loaded[name])}, các bước {_short(made[name])}"


@dataclass
class Rows:
    """The rows of two loaded databases beside those of one made by steps."""

    one: Picture
    other: Picture
    made: Picture
    # a key of the file and what stands for it among the steps' keys, so that what refers to it does so in both
    keys: dict[str, str] = field(default_factory=dict)
    back: dict[str, str] = field(default_factory=dict)

    def compare(self) -> Iterator[str]:
        for table in sorted({*self.one.rows} & {*self.made.rows}):
            loaded, made = self.one.rows[table], self.made.rows[table]
            if self.one.columns[table] != self.made.columns[table]:
                continue  # the catalogues differ, which was said
            if len(loaded) != len(made):
                yield f"{table}: tệp có {len(loaded)} dòng, các bước tạo {len(made)} dòng"
                continue
            for three in zip(loaded, self.other.rows[table], made, strict=True):
                for column, *values in zip(self.one.columns[table], *three, strict=True):
                    if reason := self._differ(*values):
                        yield f"{table}.{column}, dòng {_short(three[0])}: {reason}"

    def _differ(self, one: str, other: str, made: str) -> str:
        """Why a value of the file is not what the steps give, or nothing."""
        if one == other == made:
            return ""
        if one == other:
            fixed = placeholders.is_drawn(one) and placeholders.is_drawn(made)
            return "tệp giữ cố định điều các bước lấy mới" if fixed else f"các bước tạo {_short(made)}"
        if placeholders.masked(one) != placeholders.masked(made):
            return f"tệp lấy mới, các bước tạo {_short(made)}"
        pairs = zip(placeholders.keys_in(one), placeholders.keys_in(made), strict=True)
        same = all(self.keys.setdefault(a, b) == b and self.back.setdefault(b, a) == a for a, b in pairs)
        return "" if same else "khóa này trỏ tới nơi khác với các bước"


def _short(value: object) -> str:
    text = " ".join((f"({','.join(value)})" if isinstance(value, tuple) else str(value)).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
