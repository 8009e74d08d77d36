"""What the host learns of gonogo's own collectors before it starts a child."""

from __future__ import annotations

import sys

import pytest

from gonogo.model.program import STATEMENTS
from gonogo.plugin.discovery import discover
from gonogo.plugin.preload import preload, takes_names


def test_only_the_collector_of_statements_is_handed_names_of_people():
    """A reader of schedules has no use for the names of a register, and what it never holds it cannot give away."""
    own = [entry for entry in discover().values() if entry.builtin]

    assert [entry.name for entry in own if takes_names(entry.module)] == [STATEMENTS]
    assert len(own) > 3


def test_a_module_is_imported_for_the_question_only_if_its_text_has_the_word(tmp_path, monkeypatch):
    """The host asks of every collector before it starts the first, and importing them all would make everybody wait."""
    monkeypatch.syspath_prepend(tmp_path)
    texts = {"silent": "1 / 0", "spoken": "TAKES_NAMES = True", "other": "TAKES_NAMES = 'True'", "late": "x = 1"}
    for name, text in texts.items():
        (tmp_path / f"gonogo_asked_{name}.py").write_text(text, encoding="utf-8")

    assert {name: takes_names(f"gonogo_asked_{name}") for name in texts} == {
        "silent": False,
        "spoken": True,
        "other": False,
        "late": False,
    }
    assert "gonogo_asked_late" not in sys.modules
    assert "gonogo_asked_spoken" in sys.modules


@pytest.mark.parametrize("module", ["gonogo.collectors.not_there", "json"])
def test_what_declares_nothing_takes_no_names(module):
    """Neither does what cannot be imported: the child turns that into gaps."""
    assert not takes_names(module)


def test_what_reading_needs_is_set_up_from_the_second_child_on(tmp_path, monkeypatch):
    """The first child begins at once; the others find what they need, set up while that one is at work."""
    monkeypatch.syspath_prepend(tmp_path)
    text = "DONE = []\n\ndef before_fork():\n    DONE.append(1)\n"
    (tmp_path / "gonogo_set_up.py").write_text(text, encoding="utf-8")
    (tmp_path / "gonogo_bare.py").write_text("", encoding="utf-8")
    told = []
    for ready in (False, True, True, False, True):
        preload("gonogo_set_up", ready=ready)
        told.append(len(sys.modules["gonogo_set_up"].DONE))

    preload("gonogo_bare")
    preload("gonogo_bare")
    preload("gonogo.collectors.not_there")
    assert told == [0, 0, 1, 1, 2]
