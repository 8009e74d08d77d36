"""Where one small change could be made to a module, and what the change is. Text in, text out; nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
_REVERSED = {ast.Lt: ("<", ">="), ast.LtE: ("<=", ">"), ast.Gt: (">", "<="), ast.GtE: (">=", "<")}
_COMPUTED = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
}
_AGGREGATES = {"any": "all", "all": "any", "min": "max", "max": "min"}
_SETTINGS = ("strict", "slots", "frozen", "include_url", "include_input", "include_context", "usedforsecurity")
"""Arguments that change no answer: zip() over what is as long by construction, how a class is made, unread details,
and what a digest is for, which only a machine in FIPS mode asks."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small change to one line.

    Attributes:
        file: Path below the checkout.
        line: Line number, from 1.
        what: The change in words: ``< becomes <=``.
        before: The line as it is, stripped: with ``what`` it names the mutant when lines move.
        start: Offset of the changed text in the module's UTF-8 bytes.
        end: Offset of its end.
        text: What is there instead.
    """

    file: str
    line: int
    what: str
    before: str
    start: int
    end: int
    text: str

    @property
    def name(self) -> str:
        """What names the mutant wherever its line stands."""
        return f"{self.file}: {self.what}: {self.before}"

    def applied(self, source: bytes) -> bytes:
        """Return the module with the change."""
        return source[: self.start] + self.text.encode() + source[self.end :]


def mutants(file: str, source: bytes) -> list[Mutant]:
    """Return every small change to a module, in the order of its lines."""
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + column

    found = []
    for node, what, first, last, text in _changes(tree):
        start, end = offset(*first), offset(*last)
        if isinstance(what, tuple):  # an operator: it stands somewhere between its operands
            old, what_text = what[0], f"{what[0]} becomes {what[1]}"
            place = _operator(source, start, end, old)
            if place is None:
                continue
            start, end, text = place, place + len(old), what[1]
        else:
            what_text = what
        before = lines[node.lineno - 1].decode().strip()
        found.append(Mutant(file, node.lineno, what_text, before, start, end, text))
    return sorted(found, key=lambda mutant: (mutant.start, mutant.what))


def _operator(source: bytes, start: int, end: int, old: str) -> int | None:
    """Find an operator between two operands; brackets and line ends may be there too, comments may not."""
    between = source[start:end]
    if b"#" in between:
        return None
    place = between.find(old.encode())
    return None if place < 0 else start + place


Change = tuple[ast.expr | ast.stmt, "str | tuple[str, str]", tuple[int, int], tuple[int, int], str]


def _changes(tree: ast.Module) -> Iterator[Change]:
    quiet = _quiet(tree)
    for node in ast.walk(tree):
        if node in quiet or not isinstance(node, (ast.expr, ast.stmt)):
            continue
        if isinstance(node, ast.Compare):
            yield from _compared(node)
        elif isinstance(node, ast.BoolOp):
            pair = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            for left, right in zip(node.values, node.values[1:], strict=False):
                yield node, pair, _end(left), _start(right), ""
        elif isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED and not _text(node):
            yield node, _COMPUTED[type(node.op)], _end(node.left), _start(node.right), ""
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node, "not is dropped", _start(node), (node.lineno, node.col_offset + len("not ")), ""
        elif isinstance(node, ast.Constant) and type(node.value) in (bool, int):
            new = str(not node.value) if isinstance(node.value, bool) else str(node.value + 1)
            yield node, f"{node.value} becomes {new}", _start(node), _end(node), new
        elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
            yield from _condition(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _AGGREGATES:
            new = _AGGREGATES[node.func.id]
            yield node, f"{node.func.id} becomes {new}", _start(node.func), _end(node.func), new
        elif isinstance(node, (ast.Raise, ast.Continue, ast.Break)):
            yield node, f"{type(node).__name__.lower()} becomes pass", _start(node), _end(node), "pass"
        elif isinstance(node, (ast.Expr, ast.AugAssign)) and not isinstance(getattr(node, "value", 0), ast.Yield):
            yield node, "the statement is dropped", _start(node), _end(node), "pass"


def _compared(node: ast.Compare) -> Iterator[Change]:
    left = node.left
    for operator, right in zip(node.ops, node.comparators, strict=True):
        yield node, _COMPARED[type(operator)], _end(left), _start(right), ""
        if type(operator) in _REVERSED:
            yield node, _REVERSED[type(operator)], _end(left), _start(right), ""
        left = right


def _condition(node: ast.If | ast.IfExp | ast.While) -> Iterator[Change]:
    test = node.test
    if isinstance(test, (ast.Compare, ast.UnaryOp)):  # changed by their own rules
        return
    for value in ("True", "False"):
        if not (isinstance(node, ast.While) and value == "True"):
            yield node, f"the condition becomes {value}", _start(test), _end(test), value


def _quiet(tree: ast.Module) -> set[ast.AST]:
    """Return what says nothing that a test could notice: docstrings, types, slices of text, defaults of a signature."""
    quiet: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            quiet |= {node, node.value}
        annotations = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp) and isinstance(node.value.op, ast.BitOr):
            annotations.append(node.value)  # a type alias: A = B | C
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("cast", "TypeVar"):
            annotations.append(node)
        if isinstance(node, ast.JoinedStr):  # how much of a name a sentence shows
            annotations += [part for part in ast.walk(node) if isinstance(part, ast.Slice)]
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            annotations.append(node)
        if isinstance(node, ast.keyword) and node.arg in _SETTINGS:
            annotations.append(node.value)
        if isinstance(node, ast.keyword) and node.arg == "place" and isinstance(node.value, ast.Constant):
            annotations.append(node.value)  # in which order kinds of files are proposed
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "plain":  # how much too
            annotations += [each.value for each in node.keywords if each.arg == "most"]
        for annotation in annotations:
            if annotation is not None:
                quiet |= set(ast.walk(annotation))
    return quiet


def _text(node: ast.BinOp) -> bool:
    sides = (node.left, node.right)
    return any(isinstance(side, ast.JoinedStr) or _is_text(side) for side in sides)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))


def _start(node: ast.expr | ast.stmt) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _end(node: ast.expr | ast.stmt) -> tuple[int, int]:
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
