"""What the contract says, worked out naively from CSV rows: no closure, no spans, no database, nothing of the product.

A `World` replays files in the order of their import (`run_*`, each with the day on which it was recorded), then answers
`coverage(...)` with the JSON that the command prints. Rows are dictionaries of strings as in the files, dates in ISO
form. Slow on purpose: every question walks every posting, so that each line can be held against a sentence
of "As-of semantics".
"""

import calendar
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta

CONTAINERS = {"tinh", "thanh_pho", "huyen"}
FOREVER = date.max
DAY = timedelta(days=1)
DIRECT = {"code": None, "name": "Trực thuộc"}


def day(text):
    return date.fromisoformat(text) if text else None


def who(code):
    """A person's code by *same spelling*, as far as the scenarios write it otherwise: case, Cyrillic, full width."""
    return unicodedata.normalize("NFKC", code).upper().replace("\u0421", "C").replace("\u0412", "B")


def position(words):
    """A position by *same spelling*, as far as the scenarios write it otherwise: case."""
    return words.upper()


def add_months(start, months):
    """Month ends are clamped: 29/2 + 24 months = 28/2."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True)
class Unit:
    code: str
    name: str
    kind: str
    parent: str
    start: date
    end: date | None

    @property
    def key(self):
        return self.code, self.start


@dataclass(frozen=True)
class Rule:
    """A requirement of the starter set: who, which course, until when, for how long."""

    key: str
    course: str
    duty: str = "ho_tro_nan_nhan"
    deadline: date = date(2026, 12, 15)
    months: int = 24


STARTER = {key: Rule(key, key) for key in ("nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau")}


class Map:
    """The units and successions believed at one time; `path(unit, day)` is where a unit counts, from itself upwards."""

    def __init__(self, units, successions):
        self.units, self.successions = dict(units), dict(successions)
        self._paths, self._last, self._after = {}, {}, None
        self._by_code = {}
        for unit in sorted(self.units.values(), key=lambda u: u.start):
            self._by_code.setdefault(unit.code, []).append(unit)

    def bearer(self, code, on):
        """The unit that bears the code on that day."""
        for unit in self._by_code.get(code, ()):
            if unit.start <= on <= self.last_day(unit):
                return unit
        return None

    def meant(self, code, on):
        """`ma_don_vi`: the bearer on that day, or on the code's first day for an earlier one."""
        spans = self._by_code.get(code)
        if spans and on < spans[0].start:
            return spans[0]
        return self.bearer(code, on)

    def parts(self, unit):
        """[(new unit, heir?)] of the unit's own successions, without those to itself."""
        return self.after()[unit.key]

    def after(self):
        if self._after is None:
            self._after = {key: [] for key in self.units}
            for (old, new, _on), heir in self.successions.items():
                self._after[old].append((self.units[new], heir))
            for key, unit in self.units.items():
                following = self._next_span(unit)
                if not self._after[key] and following and self._goes_on_as(unit, following):
                    self._after[key] = [(following, False)]
        return self._after

    def _goes_on_as(self, unit, following):
        """The same code and name without a gap: only its parent changed."""
        return following.name == unit.name and self.last_day(unit) + DAY == following.start

    def _next_span(self, unit):
        return next((u for u in self._by_code[unit.code] if u.start > unit.start), None)

    def last_day(self, unit):
        if unit.key not in self._last:
            self._last[unit.key] = self._last_day(unit)
        return self._last[unit.key]

    def _last_day(self, unit):
        ends = [unit.end or FOREVER]
        following = self._next_span(unit)
        if following:
            ends.append(following.start - DAY)
        gone = [(new, on) for old, new, on in self.successions if old == unit.key]
        if gone and not any(new == unit.key for new, _on in gone):
            ends.append(min(on for _new, on in gone) - DAY)
        return min(ends)

    def path(self, unit, on):
        at = unit.key, on
        if at not in self._paths:
            self._paths[at] = self._path(unit, on)
        return self._paths[at]

    def _path(self, unit, on):
        if on < unit.start:
            return []
        if on <= self.last_day(unit):
            return [unit, *self._path_of_parent(unit, on)]
        parts = self.parts(unit)
        heirs = [new for new, heir in parts if heir]
        if heirs or len(parts) == 1:
            return self.path((heirs or [parts[0][0]])[0], on)
        if parts:
            paths = [self.path(new, on) for new, _heir in parts]
            return [u for u in paths[0] if all(u in path for path in paths)]
        return self._path_of_parent(unit, on)

    def _path_of_parent(self, unit, on):
        parent = unit.parent and self.bearer(unit.parent, unit.start)
        return self.path(parent, on) if parent else []

    def alive(self, on):
        return [u for u in self.units.values() if u.start <= on <= self.last_day(u)]

    def children(self, unit, on):
        return [u for u in self.alive(on) if (path := self.path(u, on)) and path[1:2] == [unit]]

    def root(self, on):
        return next(u for u in self.alive(on) if self.path(u, on) == [u])


class World:
    def __init__(self, rules=STARTER):
        self.rules = rules
        self.runs = []

    # --- files in the order of their import; `on` is the day on which they were recorded
    def run_units(self, on, units, successions=()):
        self.runs.append((on, "units", (units, successions)))

    def run_roster(self, on, rows, codes_as_of=None, ended_if_missing=False):
        self.runs.append((on, "roster", (rows, codes_as_of, ended_if_missing)))

    def doubles(self, on, rows, codes_as_of=None, ended_if_missing=False):
        """{line: codes} of the rows that bring somebody new of a name that her unit has that day already."""
        return self.known_on(None).doubles(on, rows, codes_as_of)

    def run_excuses(self, on, rows):
        self.runs.append((on, "excuses", (rows,)))

    def run_completions(self, on, rows):
        self.runs.append((on, "completions", (rows,)))

    def run_seen(self, on, person, course):
        """A lesson of the course, seen on that day."""
        self.runs.append((on, "seen", (person, course)))

    def known_on(self, known):
        """What was recorded by the end of that day."""
        belief = Belief(self.rules)
        for on, kind, arguments in self.runs:
            if known is None or on <= known:
                getattr(belief, kind)(on, *arguments)
        return belief

    def coverage(self, requirement, unit_code, as_of, geography, known, today):
        return self.known_on(known).coverage(requirement, unit_code, as_of, geography, known or today)


class Belief:
    def __init__(self, rules):
        self.rules = rules
        self.map = Map({}, {})
        self.posts, self.excused, self.done, self.lessons, self.names = {}, {}, set(), set(), {}

    def units(self, _on, rows, successions):
        units = dict(self.map.units)
        for row in rows:
            unit = Unit(*(row[k] for k in ("ma", "ten", "loai", "ma_cha")), day(row["tu_ngay"]), day(row["den_ngay"]))
            before = units.get(unit.key)
            units[unit.key] = replace(unit, end=unit.end or (before and before.end))
        now = Map(units, self.map.successions)
        inherits = dict(self.map.successions)
        for row in successions:
            on = day(row["ngay"])
            old, new = now.bearer(row["ma_cu"], on - DAY), now.bearer(row["ma_moi"], on)
            inherits[old.key, new.key, on] = row["thua_ke"] == "1"
        self.map = Map(units, inherits)

    def roster(self, on, rows, codes_as_of, ended_if_missing):
        keyed = []
        for row in rows:
            start, unit = day(row["tu_ngay"]), self.unit_of(row, codes_as_of)
            keyed.append((row, (who(row["ma_can_bo"]), unit.key, position(row["chuc_danh"]), start)))
            self.names.setdefault(who(row["ma_can_bo"]), row["ho_ten"])
        named = {key for _row, key in keyed}
        for row, written in keyed:
            end = day(row["den_ngay"])
            key = self.known_as(written, end, named)
            before = self.posts.get(key)
            self.posts[key] = frozenset(row["nhiem_vu"].split("|")), end or (before and before[1])
            named.add(key)
        yesterday = on - DAY
        units = {key[1] for _row, key in keyed}
        for key in self.posts.keys() - named if ended_if_missing else ():
            path = self.map.path(self.map.units[key[1]], on)
            if key[1] in units or (path and path[0].key in units):
                duties, end = self.posts[key]
                self.posts[key] = duties, min(end or FOREVER, yesterday)

    def unit_of(self, row, codes_as_of):
        on = codes_as_of or day(row["tu_ngay"])
        return self.map.bearer(row["ma_don_vi"], on) if codes_as_of else self.map.meant(row["ma_don_vi"], on)

    def doubles(self, on, rows, codes_as_of):
        """One line a new person: the first at which somebody of ours, or who stands before her, is of her name and
        unit. Postings that ended before the day are nobody's double.
        """

        def place(unit):
            return (self.map.path(unit, on) or [unit])[0].key

        there = [
            (p, place(self.map.units[unit])) for (p, unit, *_), (_d, end) in self.posts.items() if not end or end >= on
        ]
        seats = [(p, self.names[p].casefold(), at) for p, at in there]
        lines, order = {}, list(dict.fromkeys(who(row["ma_can_bo"]) for row in rows))
        new = [person for person in order if person not in self.names]
        open_rows = [
            (who(row["ma_can_bo"]), row["ho_ten"].casefold(), place(self.unit_of(row, codes_as_of)), line)
            for line, row in enumerate(rows, start=2)
            if not row["den_ngay"] or day(row["den_ngay"]) >= on
        ]
        for person, name, at, line in open_rows:
            earlier = [one for one in order if one not in new or order.index(one) < order.index(person)]
            beside = {p for p, *of, _line in open_rows if of == [name, at] and p in earlier and p != person}
            ours = {p for p, *of in seats if of == [name, at]}
            if person in new and (beside | ours) and person not in [p for p, _codes in lines.values()]:
                lines[line] = person, beside | ours
        return {line: codes for line, (_person, codes) in lines.items()}

    def known_as(self, key, end, named):
        """The posting that a row means: its own, else the one that it overlaps and that the file does not name. Two
        such would be a question.
        """
        if key in self.posts:
            return key
        fits = [k for k in self.posts if k[:3] == key[:3] and k not in named and self.overlap(k, key[3], end)]
        assert len(fits) < 2, (key, fits)
        return fits[0] if fits else key

    def overlap(self, key, start, end):
        return key[3] <= (end or FOREVER) and start <= (self.posts[key][1] or FOREVER)

    def excuses(self, _on, rows):
        for row in rows:
            key = who(row["ma_can_bo"]), row["yeu_cau"], day(row["tu_ngay"])
            self.excused[key] = day(row["den_ngay"]) or self.excused.get(key)

    def completions(self, _on, rows):
        self.done |= {(who(r["ma_can_bo"]), r["khoa_hoc"], day(r["ngay_hoan_thanh"])) for r in rows}

    def seen(self, on, person, course):
        self.lessons.add((person, course, on))

    # --- states
    def state(self, person, rule, on):
        """None of excused or not required is decided here: only what a required person has done by that day."""
        dates = [c for who, course, c in self.done if (who, course) == (person, rule.course) and c <= on]
        if any(on < add_months(c, rule.months) for c in dates):
            return "completed"
        if dates:
            return "expired"
        if on > rule.deadline:
            return "overdue"
        if any((who, course) == (person, rule.course) and c <= on for who, course, c in self.lessons):
            return "in_progress"
        return "not_started"

    def is_excused(self, person, rule, on):
        return any(
            (who, key) == (person, rule.key) and start <= on <= (end or FOREVER)
            for (who, key, start), end in self.excused.items()
        )

    def posted(self, on, geography):
        """[(person, duties, path)] of the postings that cover the day, on the map of the geography day."""
        for (person, unit, _position, start), (duties, end) in self.posts.items():
            if start <= on <= (end or FOREVER):
                yield person, duties, self.map.path(self.map.units[unit], geography)

    # --- the JSON
    def coverage(self, requirement, unit_code, as_of, geography, known):
        rule = self.rules[requirement]
        unit = self.map.bearer(unit_code, geography) if unit_code else self.map.root(geography)
        posted = list(self.posted(as_of, geography))
        question = {"requirement": requirement, "as_of": as_of, "geography": geography, "known_on": known}
        question = {key: str(value) for key, value in question.items()}

        def figure(name, path_holds, alive):
            people = {p for p, duties, path in posted if rule.duty in duties and path_holds(path)}
            direct = {path[0].key for _p, _duties, path in posted if path}
            unconfirmed = sum(u.kind not in CONTAINERS or u.key in direct for u in alive)
            return {**question, "unit": name, **self.figures(people, rule, as_of), "unconfirmed_units": unconfirmed}

        def whole(u):
            alive = [v for v in self.map.alive(geography) if u in self.map.path(v, geography)]
            return figure({"code": u.code, "name": u.name}, lambda path: u in path, alive)

        children = [whole(u) for u in self.map.children(unit, geography)]
        children.append(figure(DIRECT, lambda path: path[:1] == [unit], [unit]))
        return {**whole(unit), "children": children}

    def figures(self, people, rule, on):
        counts = dict.fromkeys(("completed", "expired", "in_progress", "overdue", "not_started", "excused"), 0)
        for person in people:
            counts["excused" if self.is_excused(person, rule, on) else self.state(person, rule, on)] += 1
        required = sum(counts.values()) - counts["excused"]
        percent = counts["completed"] * 1000 // required / 10 if required else None
        # completions come from files only: training elsewhere, of which nobody is asked again
        told = {"unapproved": 0, "still_knows": 0, "to_review": 0, "not_known": counts["completed"]}
        return {"required": required, **counts, "percent": percent, **told}
