"""Commands and report formats are one file each; this finds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.file_registry import FileRegistry


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three entries and a file that is not one."""
    for name in ("zeta_thing.py", "alpha_thing.py", "mid_thing.py", "thing.txt"):
        (tmp_path / name).touch()
    return tmp_path


def test_what_is_wanted_first_comes_first_and_the_rest_by_name(folder):
    """The help text lists what people start with before what they rarely need; a name without a file is nothing."""
    assert list(FileRegistry(str(folder), "_thing.py", ("zeta", "gone"), str.upper)) == ["zeta", "alpha", "mid"]


def test_an_entry_is_read_only_when_it_is_taken_out(folder):
    """`gonogo --version` must not import every command."""
    asked = []
    entries = FileRegistry(str(folder), "_thing.py", (), lambda name: asked.append(name) or name.upper())

    assert ("mid" in entries, "thing" in entries, len(entries), asked) == (True, False, 3, [])
    assert (entries["mid"], asked) == ("MID", ["mid"])
    with pytest.raises(KeyError):
        entries["thing"]
