"""The profiles that ship, written down as JSON: the same profiles, and believed for no other bytes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError
from gonogo.profiles import shipped_texts
from gonogo.profiles.profile_reading import read_profile
from gonogo.profiles.shelf import shipped_paths
from gonogo.profiles.shipped_texts import FILE, read_shipped, written

NAME = "alm-defects.yaml"


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A shipped profile, to change."""
    return Path(shutil.copy(next(path for path in shipped_paths() if path.name == NAME), tmp_path / NAME))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The profiles that were read from their YAML."""
    seen: list[Path] = []

    def noting(path: Path) -> object:
        seen.append(path)
        return read_profile(path)

    monkeypatch.setattr(shipped_texts, "read_profile", noting)
    return seen


def test_the_committed_file_is_what_make_docs_writes() -> None:
    """A profile of which it has other bytes costs every command the reading of it."""
    assert FILE.read_bytes() == written(map(read_profile, shipped_paths())), "run `make docs`"


def test_what_is_written_down_is_the_profile(read: list[Path]) -> None:
    """Nothing may be lost on the way, and of facts and columns not even the order."""
    found = [read_shipped(path) for path in shipped_paths()]

    assert not read
    assert len(found) >= 60
    assert list(map(repr, found)) == [repr(read_profile(path)) for path in shipped_paths()]
    assert [each.path for each in found] == shipped_paths()


def test_other_bytes_are_not_believed(one: Path, read: list[Path]) -> None:
    """A profile that was changed after it was written down is read itself."""
    one.write_text(one.read_text().replace("title: ", "title: Another ", 1))

    assert read_shipped(one).title.startswith("Another ")
    assert read == [one]


def test_mistakes_in_other_bytes_are_told(one: Path) -> None:
    """What is written down of an earlier draft does not stand in for one that cannot be read."""
    one.write_text(one.read_text() + "strange: 1\n")

    with pytest.raises(ConfigurationError, match="strange"):
        read_shipped(one)


def _without(entry: str) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(f'"{entry}": '.encode(), f'"no_{entry}": '.encode())


def _with(entry: str, value: object) -> Callable[[bytes], bytes]:
    def spoil(content: bytes) -> bytes:
        known = json.loads(content)
        known[NAME][entry] = value
        return json.dumps(known).encode()

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: b"\xff",
        lambda content: b"[" * 100_000,
        lambda content: b"[]",
        _without(NAME),
        _without("sha256"),
        _without("title"),
        _without("usual"),
        _with("examples", None),
        _with("tables", []),
        _with("words", []),
        _with("more", 1),
    ],
    ids=[
        "empty", "no text", "deep", "a list", "not in it", "no digest", "no title", "no words", "no examples",
        "a list of tables", "a list of words", "a field more",
    ],
)  # fmt: skip
def test_what_does_not_read_as_it_should_is_not_believed(
    one: Path, tmp_path: Path, read: list[Path], spoil: Callable[[bytes], bytes]
) -> None:
    """The profile itself is always there to read."""
    spoiled = tmp_path / FILE.name
    spoiled.write_bytes(spoil(FILE.read_bytes()))

    assert read_shipped(one, spoiled) == read_profile(one)
    assert read_shipped(one, tmp_path / "none.json") == read_profile(one)
    assert read == [one, one]
