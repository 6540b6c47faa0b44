"""Made-up provinces for the tests of small cells: all of a few communes, and some months of a small one at random."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import product
from random import Random

from courses.month_ends.map_of_day import MapOfDay
from courses.month_ends.rows import family_rows
from courses.month_ends.suppression import Cell, Node
from courses.standing.coverage import Figure
from people.postings.coverage import Named
from people.times import add_months

PROVINCE = (0, False)


def province(*cells: tuple) -> dict:
    """A province with these communes, 1, 2 …, and nobody at the province itself; nobody is posted twice."""
    children = {(unit, False): Node(Cell(*cell)) for unit, cell in enumerate(cells, 1)}
    total = sum((node.cell for node in children.values()), Cell(0, 0))
    return {PROVINCE: Node(total, tuple(children)), **children}


def everywhere(units: int, most: int):
    """Every (required, completed) of so many communes with up to `most` people."""
    for required in product(range(most + 1), repeat=units):
        if sum(required) <= most:
            yield from (
                tuple(zip(required, completed, strict=True))
                for completed in product(*(range(people + 1) for people in required))
            )


class Year:
    """A small province over six month ends, some across the new year: communes, some with schools, people who come,
    go and complete, two requirements of one duty and one of another, a merger in July."""

    def __init__(self, seed: int):
        self.random = random = Random(seed)
        self.communes = list(range(1, random.randint(3, 9)))
        self.schools = {
            10 * commune + n: commune for commune in self.communes if random.random() < 0.3 for n in range(1, 4)
        }
        self.kind = random.choice(["tiny", "mixed", "large"])
        self.places = [(0, True), *((commune, True) for commune in self.communes), *((s, False) for s in self.schools)]
        self.people = {
            (duty, place): [random.random() for _person in range(self.size())] for duty in "AB" for place in self.places
        }
        self.first = random.randint(1, 9)
        self.small: dict = {}
        self.merged = self.communes[-1] if random.random() < 0.5 and len(self.communes) > 3 else None

    def size(self) -> int:
        small, large = self.random.randint(0, 5), self.random.randint(5, 30)
        share = {"tiny": 0.9, "mixed": 0.5, "large": 0.15}[self.kind]
        return small if self.random.random() < share else large

    def rows(self) -> list:
        made: list = []
        for month in range(self.first, self.first + 6):
            day = add_months(date(2026, 3, 1), month) - timedelta(days=1)
            self.go_by()
            for family, duty in (((1, 2), "A"), ((3,), "B")):
                figures = {requirement: self.figures(duty, requirement, day) for requirement in family}
                self.small |= {
                    (requirement, day, *key): 1 <= one.required <= 4
                    for requirement, by_unit in figures.items()
                    for key, one in by_unit.items()
                }
                earlier = [row for row in made if row.requirement_id in family and row.day.year == day.year]
                kept = {(row.unit_id, row.direct) for row in earlier if row.kept}
                withheld = {(row.unit_id, row.direct) for row in earlier if row.public is False}
                made += family_rows(self.map_of(day), figures, kept, withheld=withheld)
        return made

    def go_by(self) -> None:
        for people in self.people.values():
            if people and self.random.random() < 0.1:
                people.pop()
            if self.random.random() < 0.1:
                people.append(self.random.random())

    def alive(self, day: date) -> list[int]:
        return [commune for commune in self.communes if commune != self.merged or day < date(2026, 7, 1)]

    def map_of(self, day: date) -> MapOfDay:
        alive = self.alive(day)
        schools = {school: commune for school, commune in self.schools.items() if commune in alive}
        units = [0, *alive, *schools]
        named, above = {unit: Named(unit, str(unit), "") for unit in units}, dict.fromkeys(alive, 0) | schools
        return MapOfDay(day, named, above, frozenset(alive))

    def figures(self, duty: str, requirement: int, day: date) -> dict:
        """A merged commune's people are the first commune's from then on."""
        places = self.map_of(day)
        done = min(1, 0.05 * requirement * ((day.year - 2026) * 12 + day.month))
        held: dict = defaultdict(list)
        for (which, (unit, _direct)), people in self.people.items():
            if which == duty:
                here = unit if unit in places.units else self.communes[0]
                held[here, here in places.below] += people
        found = {}
        for unit in places.units:
            below = [unit, *places.below.get(unit, [])]
            below += [school for commune in places.below.get(unit, []) for school in places.below.get(commune, [])]
            everybody = [person for one in below for direct in (True, False) for person in held[one, direct]]
            found[unit, False] = _figure(everybody, done)
            if unit in places.below:
                found[unit, True] = _figure(held[unit, True], done)
        return found


DUTY = {1: "A", 2: "A", 3: "B"}


def _figure(people: list[float], done: float) -> Figure:
    completed = sum(person < done for person in people)
    return Figure(None, "", completed=completed, not_started=len(people) - completed)


def grouped(rows: list[dict], by) -> list[list[dict]]:
    groups: dict = defaultdict(list)
    for row in rows:
        groups[by(row)].append(row)
    return list(groups.values())
