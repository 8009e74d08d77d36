"""What installed collectors recognize is asked once in a process, and again where a plugin did not answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.first_week.declared_kinds import declared_kinds


def test_the_second_question_starts_no_child() -> None:
    """The local page asked 20 collectors on each look at the list of files."""
    assert declared_kinds() is declared_kinds()


def test_a_plugin_that_is_installed_meanwhile_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page stays open while somebody installs what reads the agency's own files."""
    before = declared_kinds()
    installed = tmp_path / "other_1-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: other-1\nVersion: 1.0\n")
    (installed / "entry_points.txt").write_text("[gonogo.plugins]\nother-one = other_one\n")
    (tmp_path / "other_one.py").write_text("raise RuntimeError('broken')\n")
    monkeypatch.syspath_prepend(tmp_path)

    found = declared_kinds()

    assert found is not before
    assert any(sentence.startswith("other-one: ") for sentence in found.unasked)
    assert declared_kinds() is not found
    monkeypatch.undo()
    assert declared_kinds() is before
