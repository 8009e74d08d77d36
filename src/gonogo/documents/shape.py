"""Strict shape checking: a YAML tree against a document type, with every mistake of the file at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from gonogo.documents.known_keys import keys_at, without_misspelt
from gonogo.documents.plain_mistakes import plain_mistake
from gonogo.documents.xlsx.cell_places import column_number
from gonogo.documents.yaml import MappingNode, Node, ScalarNode, read_yaml
from gonogo.documents.yaml import SequenceNode as List
from gonogo.errors import Problem
from gonogo.text import did_you_mean, listed

Loc = tuple[str | int, ...]
"""Keys and indexes from the root of a file to a place in it."""


class Document(BaseModel):
    """Base of the documents: closed, strict, read from YAML trees only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True, defer_build=True)


D = TypeVar("D", bound=Document)
D_co = TypeVar("D_co", bound=Document, covariant=True)


@dataclass(frozen=True, slots=True)
class CheckedDocument(Generic[D_co]):
    """One file as read.

    Attributes:
        name: The file's name as the person gave it.
        root: The tree; entries that are not of their shape are left out.
        document: The document without those entries; None where nothing could be made of the file.
        problems: Every mistake of shape.
        data: The file's bytes.
        matches: Warnings about what was read as something else than it says: a name as an id.
        faults: Of a workbook that is read row by row: index of an entry to why it cannot be read; else None.
    """

    name: str
    root: Node
    document: D_co | None
    problems: tuple[Problem, ...]
    data: bytes
    matches: tuple[Problem, ...] = ()
    faults: dict[int, str] | None = None

    def at(self, loc: Loc) -> Node:
        """Return the node at a place, or the innermost one on the way to it."""
        return _walk(self.root, loc)[0]

    def problem(self, loc: Loc, code: str, what: str, hint: str = "", *, offset: int = 0) -> Problem:
        """Return a mistake at a place; for a scalar, at the character ``offset`` of its text."""
        node = self.at(loc)
        if isinstance(node, ScalarNode) and offset:
            node = node.inside(offset)
        return node.problem(code, what, hint)

    def key_problem(self, loc: Loc, code: str, what: str, hint: str = "") -> Problem:
        """Return a mistake at the key of a place rather than at its value."""
        node, key = _walk(self.root, loc)
        return (key or node).problem(code, what, hint)


def read_sheet(data: bytes, name: str, model: type[D]) -> CheckedDocument[D]:
    """Read a file as one document.

    Raises:
        ConfigurationError: The file is not YAML as it is read here; mistakes of shape are in the sheet.
    """
    return check_shape(read_yaml(data, name), name, model, data)


def check_shape(root: Node, name: str, model: type[D], data: bytes) -> CheckedDocument[D]:
    """Check a tree, however it was read, as one document; mistakes of shape are in the sheet."""
    try:
        return CheckedDocument(name, root, model.model_validate(raw_of(root)), (), data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    problems = sorted_problems(_problem(root, model, detail) for detail in without_misspelt(details))
    pruned = _pruned(root, [detail["loc"] for detail in details])
    try:
        return CheckedDocument(name, pruned, model.model_validate(raw_of(pruned)), problems, data)
    except ValidationError:
        return CheckedDocument(name, root, None, problems, data)


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems in the order in which a reader meets them, each once: by file, line, column; or sheet, cell."""

    def place(problem: Problem) -> tuple[str, int, int, str]:
        cell = re.fullmatch(r"(.*), cell ([A-Z]{1,3})([0-9]+)", problem.where, re.DOTALL)
        if cell:
            return cell[1], int(cell[3]), column_number(cell[2]), problem.code
        match = re.fullmatch(r"(.*):([0-9]+):([0-9]+)", problem.where, re.DOTALL)
        if not match:
            return problem.where, 0, 0, problem.code
        return match[1], int(match[2]), int(match[3]), problem.code

    return tuple(sorted(dict.fromkeys(problems), key=place))


def raw_of(node: Node) -> Any:
    """Return a tree as what a document is made of: dicts and lists of scalars that know where they stand."""
    if isinstance(node, MappingNode):
        return {key: raw_of(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, List):
        return [raw_of(item) for item in node.items]
    return node


def _walk(root: Node, loc: Sequence[str | int]) -> tuple[Node, ScalarNode | None]:
    """Follow ``loc`` to where it ends; names of alternatives (``<…>``) and of keys (``[key]``) are not steps."""
    node, key = root, None
    for step in loc:
        if isinstance(node, MappingNode) and isinstance(step, str) and step in node.entries:
            key, node = node.entries[step]
        elif isinstance(node, List) and isinstance(step, int) and step < len(node.items):
            key, node = None, node.items[step]
        elif not (isinstance(step, str) and step.startswith(("<", "["))):
            break
    return node, key


def _pruned(root: Node, mistakes: list[tuple[str | int, ...]]) -> Node:
    """Leave out the entries and keys that are not of their shape, so that the rest can still be checked."""
    if not isinstance(root, MappingNode):
        return root
    keys = {loc[0] for loc in mistakes if len(loc) == 1 or not isinstance(loc[1], int)}
    entries: dict[str, tuple[ScalarNode, Node]] = {}
    for name, (key, value) in root.entries.items():
        if name in keys:
            continue
        if isinstance(value, List):
            wrong = {loc[1] for loc in mistakes if len(loc) > 1 and loc[0] == name}
            items = tuple(item for index, item in enumerate(value.items) if index not in wrong)
            value = List(value.source, value.line, value.column, items)
        entries[name] = (key, value)
    return MappingNode(root.source, root.line, root.column, entries)


def _problem(root: Node, model: type[Document], error: ErrorDetails) -> Problem:
    loc, kind, context = error["loc"], error["type"], error.get("ctx", {})
    node, key = _walk(root, loc)
    subject = _subject(root, loc)
    if kind == "gonogo":
        if loc and loc[-1] == "[key]" and key is not None:
            node = key
        elif context["offset"] and isinstance(node, ScalarNode):
            node = node.inside(context["offset"])
        return node.problem(context["code"], subject + context["what"], context["hint"])
    if kind == "extra_forbidden":
        known = keys_at(model, loc[:-1])
        hint = did_you_mean(str(loc[-1]), known, otherwise=f"known here: {listed(known, most=20)}")
        return (key or node).problem("G110", f"{subject}`{str(loc[-1])[:80]}` is not known here", hint)
    if kind == "missing":
        hint = "every file begins with `schema: 1`" if loc == ("schema",) else ""
        return node.problem("G111", f"{subject}`{loc[-1]}` is missing", hint)
    what, hint = plain_mistake(error)
    return node.problem(_code(kind), subject + what, hint)


def _code(kind: str) -> str:
    if kind in ("list_type", "dict_type", "model_type", "model_attributes_type"):
        return "G112"
    return "G117" if kind == "too_short" else "G115"


def _subject(root: Node, loc: Sequence[str | int]) -> str:
    """Return ``id: `` of the entry that a place belongs to, for the start of a sentence."""
    if len(loc) < 3 or not isinstance(loc[1], int):
        return ""
    entry = _walk(root, loc[:2])[0]
    for name in ("id", "name", "criterion", "fact", "person"):
        if loc[2] != name and isinstance(entry, MappingNode) and isinstance(found := entry.get(name), ScalarNode):
            return f"{found.text[:80]}: "
    return ""
