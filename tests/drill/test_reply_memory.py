"""What a source answered is believed again only where nothing that it may depend on has changed."""

from dataclasses import replace

import pytest

from gonogo.drill.reply_memory import ReplyMemory
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order


@pytest.fixture
def prints(small):
    """Return the marks of the program's bindings as it is now."""
    memory = ReplyMemory()
    return lambda **more: memory._prints(
        replace(load(Order(program=small.root)), **more.get("loaded", {})), more.get("now", small.now)
    )


def changed(before, after):
    """Return the bindings whose marks differ."""
    return {name for name in before if before[name] != after[name]}


WAYS = {
    "its bytes": (lambda s: (s.root / "evidence/desk.csv").write_text("post,state\nD1,open\n"), {"desk"}),
    "gone": (lambda s: (s.root / "evidence/desk.csv").unlink(), {"desk"}),
    "a copy beside it": (lambda s: (s.root / "evidence/desk (1).csv").write_text("x"), {"desk"}),
    "another candidate": (lambda s: (s.root / "evidence/training_2.csv").write_text("x"), {"training"}),
    "a file of nobody": (lambda s: (s.root / "evidence/zebra.csv").write_text("x"), set()),
    "its settings": (lambda s: s.edit("gonogo.yaml", 'state == "open"', 'state != "filled"'), {"desk"}),
    "the people": (lambda s: s.edit("people.yaml", "Tom Reyes", "Tim Reyes"), {"statements"}),
    "the build": (
        lambda s: s.edit("gonogo.yaml", "commit: build-7", "commit: build-8"),
        {"tests", "training", "survey", "desk", "statements"},
    ),
    "the vocabulary": (
        lambda s: s.edit("rules/facts.yaml", "Open posts.", "Posts open."),
        {"tests", "training", "survey", "desk", "statements"},
    ),
    "the rules": (lambda s: s.edit("rules/ruleset.yaml", "max_failed: 0", "max_failed: 1"), {"statements"}),
}


@pytest.mark.parametrize(("way", "touched"), WAYS.values(), ids=WAYS)
def test_what_changed_is_asked_again_and_nothing_else(way, touched, small, prints):
    """A stale answer would hide a defect; asking everybody each time would take an hour."""
    before = prints()

    way(small)

    assert changed(before, prints()) == touched


def test_another_moment_asks_everybody(small, prints):
    """Evidence of today is of the future a year ago."""
    assert len(changed(prints(), prints(now=small.now.replace(year=2026)))) == 5
