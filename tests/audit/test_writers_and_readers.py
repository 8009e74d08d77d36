"""Every event type has a place that writes it and one that reads it, or a reason why not."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from gonogo.model.event import EventType

SOURCES = Path(__file__).resolve().parents[2] / "src/gonogo"
NOT_READ = {
    EventType.CLOCK_REGRESSED: "people read it in the log; no verdict and no verification rests on it",
    EventType.BLOB_REMOVED: "people read it in the log; a source that is not kept is replayed from the recorded facts",
    EventType.DRILL_FINISHED: "people read it in the log; a drill is nobody's history, and no verdict may rest on it",
}
"""Types that no code looks for, with the reason."""


def named(node: ast.AST) -> set[str]:
    """Return the names of the event types that stand anywhere in a piece of code."""
    return {
        each.attr
        for each in ast.walk(node)
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == "EventType"
    }


@cache
def uses() -> tuple[set[str], set[str]]:
    """Return the types that are written, as the first argument of ``event`` or ``entry``, and those used otherwise."""
    written: set[str] = set()
    read: set[str] = set()
    for path in SOURCES.rglob("*.py"):
        if path.name in ("record.py", "record_line.py", "quick_range.py"):  # they list types, and read none
            continue
        text = path.read_text(encoding="utf-8")
        if "EventType." not in text:
            continue
        tree = ast.parse(text)
        calls = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("event", "entry")
        ]
        inside = {id(each) for call in calls for each in ast.walk(call.args[0])}
        written |= {name for call in calls for name in named(call.args[0])}
        read |= {name for node in ast.walk(tree) if id(node) not in inside and isinstance(node, ast.Attribute)
                 for name in named(node) if isinstance(node.value, ast.Name)}  # fmt: skip
    return written, read


@pytest.mark.parametrize("kind", EventType)
def test_each_type_is_written(kind):
    """A type that nobody writes is a promise of the reference that no log keeps."""
    assert kind.name in uses()[0]


@pytest.mark.parametrize("kind", EventType)
def test_each_type_is_read_or_says_why_not(kind):
    """What nobody reads can say anything, and nobody would notice."""
    assert (kind.name in uses()[1]) != (kind in NOT_READ)
