"""Scores the tests of the rules: each rule is changed in every small way, and a test must notice each change.

    make mutants                        all modules of the table below
    make mutants ARGS=spans             one (or several) of them
    make mutants ARGS="spans --most 40" at most 40 mutants of each file, spread over it
    make mutants ARGS="spans --functions" without those that cost ten times as much: what runs on import
    make mutants ARGS="spans --list"    what the mutants are, without running them

A mutant is one run of pytest over the tests named here, on a database file of its own (tools/mutant_running.py); it is
killed when a test fails, and also when it does not load or takes too long. One that no test ran is alive. Those that
nothing can tell from the rule itself stand with their reason in tools/equivalent_mutants.toml (docs/mutants.md).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mutant_making import Mutant, functions_changed, mutants_of

ROOT = Path(__file__).resolve().parent.parent
ALIVE = ("survived", "no test", "no result")
WANTED_PERCENT = 90


@dataclass(frozen=True)
class Rules:
    """A file with rules, the name it is imported by, and the tests that hold it: fast ones, and no more than needed.
    Arguments of pytest may stand among the tests.
    """

    path: str
    name: str
    tests: tuple[str, ...]


MARKING = ("tests/courses/questions/test_marking.py",)
KINDS = (*MARKING, "tests/courses/questions/test_ordering_and_matching.py")
# without the files of a million rows
QUICK = ("-k", "not million and not gigabytes and not thousand and not blank_rows")
TABLES = (
    "tests/tabular/test_tables.py",
    "tests/tabular/test_office_files.py",
    "tests/tabular/test_old_letters.py",
    *QUICK,
)
ROSTER = ("tests/people/roster/test_roster.py", "tests/people/roster/test_which_posting.py", *QUICK)
PACE = ("tests/courses/reports/test_reports.py", "-k", "pace or forecast or deadline")
MODULES = {
    "spans": [Rules("courses/standing/spans.py", "courses.standing.spans", ("tests/courses/standing/test_spans.py",))],
    "completion": [
        Rules(
            "courses/completions/completion.py",
            "courses.completions.completion",
            ("tests/courses/completions/test_completion.py",),
        )
    ],
    "admission": [
        Rules(
            "courses/quizzes/admission.py",
            "courses.quizzes.admission",
            ("tests/courses/quizzes/test_attempts.py", "tests/courses/quizzes/test_drawn_quizzes.py"),
        )
    ],
    "submitting": [
        Rules(
            "courses/quizzes/submitting.py", "courses.quizzes.submitting", ("tests/courses/quizzes/test_attempts.py",)
        )
    ],
    "marking": [
        Rules("courses/questions/kinds/kind.py", "courses.questions.kinds.kind", KINDS),
        Rules("courses/questions/kinds/choices.py", "courses.questions.kinds.choices", KINDS),
        Rules("courses/questions/kinds/single_choice.py", "courses.questions.kinds.single_choice", MARKING),
        Rules("courses/questions/kinds/multiple_choice.py", "courses.questions.kinds.multiple_choice", MARKING),
        Rules("courses/questions/kinds/true_false.py", "courses.questions.kinds.true_false", MARKING),
    ],
    "coverage": [
        Rules("courses/standing/coverage.py", "courses.standing.coverage", ("tests/courses/standing/test_coverage.py",))
    ],
    "scope": [Rules("site/people/rights/scope.py", "people.rights.scope", ("tests/people/rights/test_scope.py",))],
    "cache": [Rules("site/pages/serving/cache.py", "pages.serving.cache", ("tests/pages/serving/test_cache.py",))],
    "imports": [
        Rules("site/tabular/tables.py", "tabular.tables", TABLES),
        Rules("site/tabular/columns.py", "tabular.columns", TABLES),
        Rules("site/tabular/lines.py", "tabular.lines", TABLES),
        Rules("site/people/imports.py", "people.imports", (ROSTER[0], *TABLES)),
        Rules("site/people/roster/importing.py", "people.roster.importing", ROSTER),
        Rules("site/people/roster/missing.py", "people.roster.missing", ROSTER),
        Rules("site/people/roster/state.py", "people.roster.state", ROSTER),
        Rules("site/people/roster/held.py", "people.roster.held", ROSTER),
    ],
    "pace": [Rules("courses/reports/figures/pace.py", "courses.reports.figures.pace", PACE)],
}


@dataclass
class Score:
    rules: Rules
    results: list[tuple[Mutant, dict]] = field(default_factory=list)
    minutes: float = 0
    fault: str = ""

    def of(self, *, alive: bool) -> list[Mutant]:
        return [mutant for mutant, result in self.results if (result["outcome"] in ALIVE) == alive]

    @property
    def percent(self) -> float:
        """Rounded down, so that 89.96 is not shown as 90."""
        return len(self.of(alive=False)) * 1000 // len(self.results) / 10 if self.results else 100.0


# --- reasons


def reasons() -> dict[tuple[str, str, str, str], str]:
    """{(path, place, the line, the line as changed): why nothing can tell them apart}."""
    rows = tomllib.loads((ROOT / "tools/equivalent_mutants.toml").read_text(encoding="utf-8")).get("mutant", [])
    return {(row["path"], row["in"], row["was"], row["now"]): row["why"] for row in rows}


def key_of(rules: Rules, mutant: Mutant) -> tuple[str, str, str, str]:
    return rules.path, mutant.place, mutant.was, mutant.now


# --- running


def copied(folder: Path) -> Path:
    """The tree as it stands, with its compiled catalogues, so that one may go on working in it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    tree = folder / "tree"
    compiled = [str(path.relative_to(ROOT)) for path in ROOT.glob("site/locale/**/*.mo")]
    for name in filter(None, [*listed.stdout.split("\0"), *compiled]):
        if (ROOT / name).is_file():
            target = tree / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    return tree


MAKE_DATABASE = """
import django; django.setup()
from django.db import connection, connections
print(connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False))
with connection.cursor() as cursor: cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
connections.close_all()
"""


def prepared(tree: Path, environment: dict[str, str]) -> Path:
    """The file of a database as tests find it, made once and copied for each mutant."""

    def said(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=tree, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout

    said("manage.py", "compile_catalogues", "-v", "0")
    return Path(said("-c", MAKE_DATABASE).split()[-1])


def surroundings(folder: Path, tree: Path) -> dict[str, str]:
    here = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")}
    paths = os.pathsep.join(str(tree / name) for name in ("tools", ".", "site", "tests"))
    return {
        **here,
        "INSECURE_HTTP": "1",
        "DATA_DIR": str(folder / "var"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": paths,
    }


def run(rules: Rules, mutants: list[Mutant], tree: Path, database: Path, environment: dict[str, str]) -> Iterator[dict]:
    with tempfile.TemporaryDirectory() as folder:
        path = tree / rules.path
        plan = {
            "path": str(path),
            "name": rules.name,
            "tests": rules.tests,
            "source": path.read_text(encoding="utf-8"),
            "mutants": [mutant.source for mutant in mutants],
            "database": str(database),
        }
        (Path(folder) / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
        command = [sys.executable, "tools/mutant_running.py", folder]
        with subprocess.Popen(command, cwd=tree, env=environment, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout or ():
                yield json.loads(line)
        if process.returncode:
            print((Path(folder) / "output.txt").read_text(encoding="utf-8")[-3000:], file=sys.stderr)


def scored(rules: Rules, options, tree: Path, database: Path, environment: dict[str, str]) -> Score:
    mutants = _chosen((tree / rules.path).read_text(encoding="utf-8"), options.most, options.functions)
    score, began, spent = Score(rules), time.monotonic(), 0.0
    for result in run(rules, mutants, tree, database, environment):
        spent += result.get("processor", 0)
        if result["number"] >= 0:
            mutant = mutants[result["number"]]
            score.results.append((mutant, result))
            _tell(f"{rules.path} {len(score.results)}/{len(mutants)}, {spent:.0f} s: {result['outcome']}")
        elif result["outcome"] != "survived":
            score.fault = f"without a mutant: {result['outcome']} {result['by']}"
    if not score.fault and len(score.results) < len(mutants):
        score.fault = f"stopped after {len(score.results)} of {len(mutants)}"
    score.minutes = (time.monotonic() - began) / 60
    return score


def _chosen(source: str, most: int, functions: bool) -> list[Mutant]:
    mutants = mutants_of(source)
    if functions:
        mutants = [mutant for mutant in mutants if functions_changed(source, mutant.source) is not None]
    if not most or len(mutants) <= most:
        return mutants
    return [mutants[number * len(mutants) // most] for number in range(most)]


def _tell(line: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{line:<100}", end="", file=sys.stderr, flush=True)


# --- saying


def say(score: Score, *, whole: bool) -> list[str]:
    """Prints the score and who survived; returns what is wrong."""
    rules, known = score.rules, reasons()
    if score.fault:
        print(f"\n{rules.path}: {score.fault}")
        return [f"{rules.path}: {score.fault}"]
    alive = score.of(alive=True)
    kinds = Counter(result["outcome"] for _mutant, result in score.results)
    ways = ", ".join(f"{count} {outcome}" for outcome, count in kinds.most_common())
    print(f"\n{rules.path}: {len(score.results)} mutants, {score.percent} % killed ({ways}), {score.minutes:.1f} min")
    unexplained = [mutant for mutant in alive if key_of(rules, mutant) not in known]
    for mutant in alive:
        reason = known.get(key_of(rules, mutant))
        print(f"  {'alive' if reason is None else 'equivalent'}: {mutant}" + (f"\n    {reason}" if reason else ""))
    wrong = []
    if score.percent < WANTED_PERCENT:
        wrong.append(f"{rules.path}: {score.percent} % killed, {WANTED_PERCENT} wanted")
    if unexplained:
        wrong.append(f"{rules.path}: {len(unexplained)} alive without a reason")
    if whole:
        here = {key_of(rules, mutant) for mutant in alive}
        wrong += [
            f"{rules.path}: {key} is listed and not alive" for key in known if key[0] == rules.path and key not in here
        ]
    return wrong


def chosen(names: Iterable[str]) -> list[Rules]:
    """By the name of a row, or by the path of one file."""
    if not names:
        return [rules for row in MODULES.values() for rules in row]
    by_path = {rules.path: [rules] for row in MODULES.values() for rules in row}
    known = {**MODULES, **by_path}
    if unknown := [name for name in names if name not in known]:
        raise SystemExit(f"No such module: {', '.join(unknown)}. There are: {', '.join(MODULES)}.")
    return [rules for name in names for rules in known[name]]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("modules", nargs="*", help=", ".join(MODULES))
    parser.add_argument("--most", type=int, default=0, help="at most so many mutants of a file")
    parser.add_argument("--database", type=Path, help="a file that tests left with --reuse-db, instead of a new one")
    parser.add_argument("--functions", action="store_true", help="without those that start everything anew")
    parser.add_argument("--list", action="store_true", help="only say what the mutants are")
    options = parser.parse_args()
    modules = chosen(options.modules)
    if options.list:
        for rules in modules:
            for mutant in mutants_of((ROOT / rules.path).read_text(encoding="utf-8")):
                print(f"{rules.path} {mutant}")
        return 0
    began, wrong = time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        tree = copied(Path(folder).resolve())
        environment = surroundings(Path(folder), tree)
        database = options.database.resolve() if options.database else prepared(tree, environment)
        whole = not options.most and not options.functions
        for rules in modules:
            wrong += say(scored(rules, options, tree, database, environment), whole=whole)
            sys.stdout.flush()
    print(f"\n{(time.monotonic() - began) / 60:.1f} minutes in all")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
