"""The signs of shipped rulesets: right for the bytes they were made from, and believed for no others."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gonogo.ruleset import own_copy
from gonogo.ruleset.loader import load_ruleset
from gonogo.ruleset.locate import shipped_folder, shipped_named
from gonogo.ruleset.shipped_signs import FILE, shipped_signs, signs_of, written


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """The shipped rulesets with their signs, to read."""
    root = tmp_path_factory.mktemp("shipped") / "rulesets"
    shutil.copytree(shipped_folder(), root)
    return root


@pytest.fixture
def one(copied, tmp_path):
    """The folder of one ruleset, with the signs of all beside it, to change."""
    shutil.copytree(copied / "m3-baseline", tmp_path / "m3-baseline")
    shutil.copy(copied / FILE, tmp_path / FILE)
    return tmp_path / "m3-baseline"


def test_the_committed_file_is_what_make_docs_writes():
    """Signs of an earlier draft would cost every run the reading of all rulesets."""
    content = written((folder, load_ruleset(folder).ruleset.criteria) for folder in shipped_named())

    assert (shipped_folder() / FILE).read_bytes() == content, "run `make docs`"


def test_what_is_read_is_what_the_criteria_say(one):
    """A copy is recognized by them: nothing may be lost on the way."""
    assert shipped_signs(one) == tuple(map(signs_of, load_ruleset(one).ruleset.criteria))


@pytest.mark.parametrize("name", ["ruleset.yaml", "facts.yaml"])
def test_other_bytes_of_either_file_are_not_believed(one, name):
    """A file that was changed after the signs were written is read itself."""
    with (one / name).open("ab") as stream:
        stream.write(b"\n")

    assert shipped_signs(one) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: None,
        lambda content: b"",
        lambda content: b"[" * 100_000,
        lambda content: b"[]",
        lambda content: content.replace(b"m3-baseline", b"m3-other"),
        lambda content: content.replace(b'"criteria"', b'"criterion"'),
        lambda content: content.replace(b'"sha256"', b'"sha1"'),
        lambda content: json.dumps(
            {"m3-baseline": {**json.loads(content)["m3-baseline"], "criteria": [["a", "b", "c"]]}}
        ),
        lambda content: json.dumps(
            {"m3-baseline": {**json.loads(content)["m3-baseline"], "criteria": [["a", "b", 3, []]]}}
        ),
    ],
    ids=["no file", "empty", "deep", "a list", "not listed", "no criteria", "no digest", "too few parts", "a number"],
)
def test_what_does_not_read_as_it_should_is_not_believed(one, spoil):
    """The ruleset itself is always there to read."""
    path = one.parent / FILE
    content = spoil(path.read_bytes())
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    assert shipped_signs(one) is None


class TestLikeness:
    """With signs and without them one and the same ruleset is found."""

    def found(self, monkeypatch, root: Path, criteria) -> tuple[Path | None, list[str]]:
        read: list[str] = []

        def criteria_in(folder: Path):
            read.append(folder.name)
            return load_ruleset(folder).ruleset.criteria

        folders = [root / name for name in ("m3-baseline", "m3-engagement")]
        monkeypatch.setattr(own_copy, "shipped_named", lambda: folders)
        monkeypatch.setattr(own_copy, "newest_shipped", lambda name: root / name)
        return own_copy.shipped_alike(criteria, criteria_in), read

    def test_no_ruleset_is_read_where_signs_tell(self, monkeypatch, copied):
        """Reading them all took a third of a small program's run."""
        criteria = load_ruleset(copied / "m3-engagement").ruleset.criteria

        assert self.found(monkeypatch, copied, criteria[:30]) == (copied / "m3-engagement", [])

    def test_without_signs_all_are_read_and_the_answer_is_the_same(self, monkeypatch, copied, tmp_path):
        """An installation without the file is slower, not blinder."""
        for name in ("m3-baseline", "m3-engagement"):
            (tmp_path / name).symlink_to(copied / name)
        criteria = load_ruleset(copied / "m3-engagement").ruleset.criteria

        assert self.found(monkeypatch, tmp_path, criteria[:30]) == (
            tmp_path / "m3-engagement",
            ["m3-baseline", "m3-engagement"],
        )
