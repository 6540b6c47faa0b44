"""The mutants of one module: cosmic-ray's operators, each applied to each place in its source."""

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

# Of the eleven operators that could stand in place of one: the nearest, whose absence is the hardest to notice. The
# others are noticed by whatever notices these, and would cost five times as many runs.
NEAREST = {
    "Eq": "NotEq",
    "NotEq": "Eq",
    "Lt": "LtE GtE",
    "LtE": "Lt Gt",
    "Gt": "GtE LtE",
    "GtE": "Gt Lt",
    "Is": "IsNot",
    "IsNot": "Is",
    "Add": "Sub",
    "Sub": "Add",
    "Mul": "Add FloorDiv",
    "Div": "Mul FloorDiv",
    "FloorDiv": "Mul Div",
    "Mod": "Mul",
    "BitOr": "BitAnd",
    "BitAnd": "BitOr",
}
FUNCTION = 0x1  # CO_OPTIMIZED: set for the body of a function, not for that of a class or a module


@dataclass(frozen=True)
class Mutant:
    """`was` and `now` are the changed lines without indentation; `place` is the function or class they stand in."""

    place: str
    line: int
    was: str
    now: str
    source: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.place or 'module'}\n    - {self.was}\n    + {self.now or '(nothing)'}"


def mutants_of(source: str) -> list[Mutant]:
    """Each once, in the order of the source, without those that change an annotation only: nothing reads those."""
    meant = _meaning(source)
    made = {}
    for changed in _changed(source):
        try:
            if changed not in made and _meaning(changed) != meant:
                made[changed] = _described(source, changed)
        except SyntaxError:
            continue
    return sorted(made.values(), key=lambda mutant: (mutant.line, mutant.now))


def _changed(source: str) -> Iterator[str]:
    nodes = list(ast_nodes(get_ast(source)))
    for name in filter(_is_near, plugins.operator_names()):
        operator_class = plugins.get_operator(name)
        if operator_class.arguments():
            continue  # made for one variable by name
        operator = operator_class()
        places = sum(len(list(operator.mutation_positions(node))) for node in nodes)
        for occurrence in range(places):
            if changed := mutate_code(source, operator, occurrence):
                yield changed


def _is_near(operator: str) -> bool:
    """`operator` is named like "core/ReplaceComparisonOperator_Lt_LtE"."""
    kind, *names = operator.split("_")
    if not kind.endswith(("ComparisonOperator", "BinaryOperator")):
        return True
    return names[1] in NEAREST.get(names[0], "").split()


class _WithoutAnnotations(ast.NodeTransformer):
    def visit_arg(self, node):
        node.annotation = None
        return node

    def visit_FunctionDef(self, node):
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node):
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)


def _meaning(source: str) -> str:
    return ast.dump(_WithoutAnnotations().visit(ast.parse(source)))


def _described(source: str, changed: str) -> Mutant:
    before, after = source.splitlines(), changed.splitlines()
    blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    _tag, first, end, now_first, now_end = next(block for block in blocks if block[0] != "equal")
    was, now = (
        " ".join(line.strip() for line in lines).strip() for lines in (before[first:end], after[now_first:now_end])
    )
    return Mutant(_place(source, first + 1), first + 1, was, now, changed)


def _place(source: str, line: int) -> str:
    """The qualified name of the innermost definition around a line, its decorators included."""
    names: list[str] = []
    nodes = ast.parse(source).body
    while True:
        for node in nodes:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                continue
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            if first <= line <= (node.end_lineno or first):
                names.append(node.name)
                nodes = node.body
                break
        else:
            return ".".join(names)


Where = tuple[str, int]


def functions_changed(source: str, changed: str) -> dict[Where, CodeType] | None:
    """{(qualified name, first line): the code now} of the outermost functions that differ; None where the difference
    is in what runs when the module is imported.
    """
    found: dict[Where, CodeType] = {}
    if not _same_import(compile(source, "", "exec"), compile(changed, "", "exec"), found):
        return None
    return found


def _same_import(before: CodeType, after: CodeType, found: dict[Where, CodeType]) -> bool:
    """Whether both do the same on import; fills `found` with the functions inside that differ."""
    if (before.co_code, before.co_names, len(before.co_consts)) != (
        after.co_code,
        after.co_names,
        len(after.co_consts),
    ):
        return False
    for one, other in zip(before.co_consts, after.co_consts, strict=True):
        if isinstance(one, CodeType) and isinstance(other, CodeType):
            if _is_function(one) and _is_function(other):
                if _shape(one) != _shape(other):
                    return False
                if one != other:
                    found[one.co_qualname, one.co_firstlineno] = other
            elif not _same_import(one, other, found):
                return False
        elif (type(one), one) != (type(other), other):
            return False
    return True


def _is_function(code: CodeType) -> bool:
    """What only runs when it is called; a comprehension of a module or class runs on import."""
    return bool(code.co_flags & FUNCTION) and (not code.co_name.startswith("<") or code.co_name == "<lambda>")


def _shape(code: CodeType) -> tuple:
    return code.co_qualname, code.co_firstlineno, code.co_argcount, code.co_kwonlyargcount, code.co_freevars
