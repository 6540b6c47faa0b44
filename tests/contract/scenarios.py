"""Seeded random provinces and careers for the oracle and the product alike: reforms of every kind, people with
several postings, excuses, completions on awkward days. A scenario is a list of imports in the order of recording."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from oracle import add_months

DAY = timedelta(days=1)
ROOT_CODE = "49"  # districts of the real province: at the reform of 1/7/2025 they follow it to Đà Nẵng
REQUIREMENTS = ("nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau")
DUTIES = ("ho_tro_nan_nhan", "xac_minh", "tuyen_truyen", "giang_day")
AWKWARD = [date(2024, 2, 29), date(2024, 8, 31), date(2023, 2, 28), date(2025, 6, 30), date(2025, 7, 1)]


@dataclass
class Span:
    code: str
    name: str
    kind: str
    parent: str
    start: date
    end: date | None = None

    def row(self):
        end = self.end.isoformat() if self.end else ""
        sector = "y_te" if self.kind == "co_quan" else "chinh_quyen"
        values = (self.code, self.name, self.kind, sector, self.parent, self.start.isoformat(), end)
        return dict(zip(("ma", "ten", "loai", "nganh", "ma_cha", "tu_ngay", "den_ngay"), values, strict=True))


@dataclass
class Scenario:
    """`runs`: (day of recording, kind, rows, options); `days`: on which something happens; `codes`: all own codes."""

    seed: int
    runs: list = field(default_factory=list)
    days: set = field(default_factory=set)
    codes: set = field(default_factory=set)


class Maker:
    BASE = date(2023, 1, 1)

    def __init__(self, seed):
        self.pick, self.called = random.Random(seed), random.Random(seed)
        self.scenario = Scenario(seed)
        self.alive, self.counter = [], 0
        self.people, self.begun, self.seats = {}, set(), {}

    def name(self, kind):
        self.counter += 1
        return f"{kind.capitalize()} thử {self.counter}"

    def code(self):
        code = f"Z{self.counter + 100}"
        self.scenario.codes.add(code)
        return code

    def new(self, kind, parent, start, code=None):
        name = self.name(kind)
        span = Span(code or self.code(), name, kind, parent, start)
        self.alive.append(span)
        return span

    # --- the map
    def first_map(self):
        districts = [self.new("huyen", ROOT_CODE, self.BASE) for _ in range(3)]
        for district in districts:
            for _ in range(self.pick.randint(2, 4)):
                self.new(self.pick.choice(["xa", "phuong", "thi_tran"]), district.code, self.BASE)
        for _ in range(3):
            parent = self.pick.choice(self.alive)
            self.new(self.pick.choice(["co_quan", "truong"]), parent.code, self.BASE)
        self.new("co_quan", ROOT_CODE, self.BASE)
        rows = [span.row() for span in self.alive]
        self.pick.shuffle(rows)
        self.scenario.runs.append((date(2024, 1, 10), "units", rows, {}))

    def reform(self, on, recorded):
        """Three or four decrees of one day over units that no other of them touches."""
        self.on, self.rows, self.ties, self.touched = on, [], [], set()
        kinds = [self.merge, self.merge, self.merge_into_one_that_stays, self.split, self.split, self.split_off]
        kinds += [self.rename_with_code, self.new_parent, self.abolish, self.abolish_level, self.merge_levels]
        kinds += [self.swap_codes, self.pass_code_on]
        for decree in self.pick.sample(kinds, 5):
            decree()
        self.pick.shuffle(self.rows)
        self.scenario.runs.append((recorded, "units", self.rows, {"successions": self.ties}))
        self.scenario.days.add(on)

    def some(self, count, levels=False, leaf=False):
        """Units that were there the day before and that nothing of this day has touched."""
        fits = [
            u for u in self.alive
            if u.start < self.on and u.code not in self.touched and (u.kind == "huyen") == levels
            and not (leaf and any(v.parent == u.code for v in self.alive))
        ]  # fmt: skip
        if len(fits) < count:
            return []
        chosen = self.pick.sample(fits, count)
        self.touched |= {u.code for u in chosen}
        return chosen

    def end(self, unit, with_succession=None):
        """Whether the file also writes the last day is left to chance where a succession says it anyway."""
        self.alive.remove(unit)
        if with_succession or (with_succession is None and self.pick.random() < 0.5):
            unit.end = self.on - DAY
            self.rows.append(unit.row())

    def begin(self, kind, parent, code=None):
        span = self.new(kind, parent, self.on, code)
        self.touched |= {span.code, parent}
        self.rows.append(span.row())
        return span

    def tie(self, old, new, heir=False):
        row = (old.code, new.code, "1" if heir else self.pick.choice(["", "0"]), "Nghị quyết thử", self.on.isoformat())
        self.ties.append(dict(zip(("ma_cu", "ma_moi", "thua_ke", "quyet_dinh", "ngay"), row, strict=True)))

    def parent_for(self, unit):
        """A parent that stands on the day of the reform: `ma_cha` is read on `tu_ngay`."""
        standing = [u for u in self.alive if u.kind == "huyen" and u is not unit and u.start < self.on]
        return self.pick.choice(standing).code if standing else ROOT_CODE if self.on < date(2025, 7, 1) else "48"

    def merge(self):
        olds = self.some(self.pick.choice([2, 3]))
        if olds:
            code = self.pick.choice([olds[0].code, None])
            for old in olds:
                self.end(old)
            new = self.begin("xa", self.parent_for(None), code)
            for old in olds:
                self.tie(old, new)

    def merge_into_one_that_stays(self):
        pair = self.some(2)
        # what stands below itself after the merger would be a ring
        if pair and pair[1].parent in {u.code for u in self.alive if u.kind == "huyen"} - {pair[0].code}:
            self.end(pair[0])
            self.tie(pair[0], pair[1])

    def split(self):
        for old in self.some(1):
            self.end(old)
            heir = self.pick.random() < 0.5
            near = self.parent_for(None)
            self.tie(old, self.begin("xa", near), heir)
            self.tie(old, self.begin("phuong", self.pick.choice([near, self.parent_for(None)])))

    def split_off(self):
        """A part is taken out of a unit that goes on: people stay with it, and nothing ties the part to it."""
        for unit in self.some(1):
            self.begin("xa", self.parent_for(unit))

    def rename_with_code(self):
        for old in self.some(1):
            self.end(old)
            self.tie(
                old, self.begin("phuong", old.parent if self.stands(old.parent) else self.parent_for(None), old.code)
            )

    def stands(self, code):
        return any(u.code == code for u in self.alive)

    def new_parent(self):
        for old in self.some(1):
            parent = self.parent_for(old)
            if parent == old.parent:
                continue
            self.touched.add(parent)
            self.end(old)
            span = Span(old.code, old.name, old.kind, parent, self.on)
            self.alive.append(span)
            self.rows.append(span.row())

    def abolish(self):
        for old in self.some(1):
            self.end(old, with_succession=True)

    def abolish_level(self):
        for old in self.some(1, levels=True):
            if sum(u.kind == "huyen" for u in self.alive) > 1:
                self.end(old, with_succession=True)

    def merge_levels(self):
        pair = self.some(2, levels=True)
        if pair:
            self.end(pair[0])
            self.tie(pair[0], pair[1])

    def swap_codes(self):
        pair = self.some(2, leaf=True)
        if pair:
            for old in pair:
                self.end(old)
            parents = [self.parent_for(None), self.parent_for(None)]
            for old, other, parent in zip(pair, pair[::-1], parents, strict=True):
                self.tie(old, self.begin(old.kind, parent, other.code))

    def pass_code_on(self):
        """The code goes to a unit that has nothing to do with its former bearer."""
        for old in self.some(1):
            self.end(old, with_succession=True)
            self.begin("phuong", self.parent_for(None), old.code)

    # --- people
    def some_day(self, first=date(2023, 3, 1), last=date(2027, 6, 30)):
        if self.pick.random() < 0.15:
            return self.pick.choice([d for d in AWKWARD if first <= d <= last] or [first])
        return first + DAY * self.pick.randrange((last - first).days)

    def roster(self, recorded, units, count, known=None, **options):
        """Rows for new people, or further postings of known ones. `units`: spans of which one is chosen a row."""
        rows = []
        for _ in range(count):
            # the same seat once more, from another day: the same posting where they overlap
            again = [(who, unit) for unit in units for who in self.seats.get(unit.code, ())]
            if again and self.pick.random() < 0.15:
                person, span = self.pick.choice(again)
            else:
                known = self.people and self.pick.random() < 0.3
                person = self.pick.choice(sorted(self.people)) if known else self.hire()
                span = self.pick.choice(units)
            last = min(span.end or date(2026, 12, 1), date(2026, 12, 1))
            start = self.some_day(max(span.start, date(2023, 1, 1)), last) if last > span.start else span.start
            end = self.pick.choice([None, None, None, start + DAY * self.pick.choice([0, 40, 400, 900])])
            duties = self.pick.sample(DUTIES, self.pick.choice([1, 1, 2]))
            if self.pick.random() < 0.75 and "ho_tro_nan_nhan" not in duties:
                duties[0] = "ho_tro_nan_nhan"
            # two on one day in a unit and in its successor would be one posting (docs/imports.md)
            if (person, start) in self.begun:
                continue
            seat = self.seats.setdefault(span.code, [])
            # a third one may overlap two, which is a question
            if seat.count(person) == 2:
                continue
            seat.append(person)
            self.begun.add((person, start))
            rows.append(self.posting(person, span.code, duties, start, end))
            self.scenario.days |= {start, end or start}
        self.scenario.runs.append((recorded, "roster", rows, options))
        return rows

    def hire(self):
        person = f"CB{len(self.people) + 1:03}"
        # a name that others bear too, in other letters
        others = self.called.random() < 0.4
        name = f"NGƯỜI thử {self.called.randint(1, 3)}" if others else f"Người thử {len(self.people) + 1}"
        self.people[person] = name
        return person

    def posting(self, person, code, duties, start, end):
        row = (person, self.people[person], "", "", code, "Cán bộ", "|".join(duties), start.isoformat())
        names = ("ma_can_bo", "ho_ten", "email", "dien_thoai", "ma_don_vi", "chuc_danh", "nhiem_vu", "tu_ngay")
        return dict(zip(names, row, strict=True)) | {"den_ngay": end.isoformat() if end else ""}

    def otherwise(self, code):
        """The same code as another office may write it."""
        return self.pick.choice([code, code.lower(), f"\u0421\u0412{code[2:]}", f"\uff23\uff22{code[2:]}"])

    def later_ends(self, recorded, rows):
        """Some of the postings get another last day in a later file, or stand in it unchanged."""
        changed = []
        before_the_reform = [row for row in rows if row["tu_ngay"] < "2024-06-01"]
        for row in self.pick.sample(before_the_reform, min(8, len(before_the_reform))):
            start = date.fromisoformat(row["tu_ngay"])
            end = start + DAY * self.pick.randrange(600)
            later = self.pick.choice([end.isoformat(), end.isoformat(), row["den_ngay"]])
            words = self.pick.choice([row["chuc_danh"], row["chuc_danh"].upper()])
            otherwise = {"ma_can_bo": self.otherwise(row["ma_can_bo"]), "chuc_danh": words}
            changed.append(row | {"den_ngay": later} | otherwise)
        self.scenario.runs.append((recorded, "roster", changed, {}))

    def excuses(self, recorded):
        rows = {}
        for _ in range(8):
            start = self.some_day()
            end = self.pick.choice([None, start, start + DAY * 200])
            person, requirement = self.pick.choice(sorted(self.people)), self.pick.choice(REQUIREMENTS)
            values = (
                self.otherwise(person),
                requirement,
                "Nghỉ thai sản",
                start.isoformat(),
                end.isoformat() if end else "",
            )
            names = ("ma_can_bo", "yeu_cau", "ly_do", "tu_ngay", "den_ngay")
            # one a person and requirement: what two that overlap mean is not what is tried here
            rows[person, requirement] = dict(zip(names, values, strict=True))
            self.scenario.days |= {start, end or start}
        self.scenario.runs.append((recorded, "excuses", list(rows.values()), {}))

    def completions(self, recorded):
        rows = {}
        for _ in range(30):
            on = self.some_day(date(2022, 1, 31), recorded)
            person, course = self.pick.choice(sorted(self.people)), self.pick.choice(REQUIREMENTS)
            values = (self.otherwise(person), course, on.isoformat(), "Giấy chứng nhận")
            names = ("ma_can_bo", "khoa_hoc", "ngay_hoan_thanh", "minh_chung")
            rows[person, course, on] = dict(zip(names, values, strict=True))
            self.scenario.days |= {on, add_months(on, 24)}
        self.scenario.runs.append((recorded, "completions", list(rows.values()), {}))


UNTIL_THE_REFORM = {"start": date(2020, 1, 1), "end": date(2025, 6, 30)}
REAL = [  # a commune, its district, the province and one of its departments
    Span("20437", "", "xa", "504", **UNTIL_THE_REFORM),
    Span("504", "", "huyen", "49", **UNTIL_THE_REFORM),
    Span("49", "", "tinh", "", **UNTIL_THE_REFORM),
    Span("49-LDTBXH", "", "co_quan", "49", **UNTIL_THE_REFORM),
]


def scenario(seed):
    """Two years of files: a map and a roster, then reforms told in time, late and ahead, while people come and go."""
    make = Maker(seed)
    make.first_map()
    first = make.roster(date(2024, 1, 20), [*make.alive, *make.alive, *REAL], 30)
    make.completions(date(2024, 3, 1))
    make.reform(date(2024, 6, 1), recorded=date(2024, 5, 20))
    make.roster(date(2024, 7, 1), list(make.alive), 15)
    make.later_ends(date(2024, 7, 2), first)
    make.excuses(date(2024, 9, 1))
    make.reform(date(2024, 11, 15), recorded=date(2025, 2, 10))
    # today's codes beside old days, as in real spreadsheets
    old = [Span(u.code, u.name, u.kind, u.parent, date(2023, 2, 1)) for u in make.alive]
    make.roster(date(2025, 3, 1), old, 12, codes_as_of=date(2025, 3, 1))
    make.completions(date(2025, 6, 15))
    make.reform(date(2025, 7, 1), recorded=date(2025, 7, 20))
    make.roster(date(2025, 8, 1), list(make.alive), 10)
    make.reform(date(2026, 4, 1), recorded=date(2026, 1, 5))
    make.excuses(date(2026, 2, 1))
    make.completions(date(2026, 3, 3))
    make.scenario.days |= {date(2026, 12, 15), date(2026, 12, 16)}
    return make.scenario
