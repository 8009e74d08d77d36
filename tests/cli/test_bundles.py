"""`collect -o` and `assess --evidence` as one types them: files, exit codes, and what is said on which stream."""

from __future__ import annotations

import pytest

from gonogo.bundle.unpacking import read_bundle
from gonogo.cli import run
from gonogo.signing.private_key import new_private_key


@pytest.fixture
def key(tmp_path):
    """The file of a key."""
    path = tmp_path / "job.pem"
    path.write_bytes(new_private_key().pem())
    path.chmod(0o600)
    return path


def collect(small, target, *more: object) -> int:
    """Collect the tests of the program into a bundle."""
    return run(
        ["collect", str(small.root), "--as-of", small.as_of, "--only", "tests", "-o", str(target), *map(str, more)]
    )


def test_a_bundle_goes_to_its_file_and_the_gate_reads_it(small, tmp_path, key, capfd):
    """Nothing on stdout: a bundle is no text."""
    assert collect(small, tmp_path / "a.zip", "--signing-key", key) == 0
    told = capfd.readouterr()
    assert told.out == ""
    assert "a.zip: 1 binding, signed with the key " in told.err
    assert read_bundle(tmp_path / "a.zip").envelope is not None

    assert run([*small.arguments, "--evidence", str(tmp_path / "a.zip")]) == 0
    assert capfd.readouterr().out.splitlines()[-1] == "verdict=GO"


def test_without_a_key_it_says_what_that_means(small, tmp_path, capfd):
    """The job that deposits learns it, not the gate."""
    assert collect(small, tmp_path / "a.zip") == 0
    assert "not signed, so a run that uses it is a rehearsal" in capfd.readouterr().err


def test_a_key_that_cannot_be_used_ends_before_anything_is_collected(small, tmp_path, key):
    """Exit 2, and no bundle."""
    key.chmod(0o644)

    assert collect(small, tmp_path / "a.zip", "--signing-key", key) == 2
    assert not (tmp_path / "a.zip").exists()


def test_the_key_of_the_environment_signs(small, tmp_path, key, monkeypatch):
    """As a pipeline gives it."""
    monkeypatch.setenv("GONOGO_SIGNING_KEY", str(key))

    assert collect(small, tmp_path / "a.zip") == 0
    assert read_bundle(tmp_path / "a.zip").envelope is not None


def test_a_secret_that_the_job_may_not_read_ends_the_run(small, tmp_path, monkeypatch):
    """A pipeline leaves it empty; an unsigned bundle would look meant."""
    monkeypatch.setenv("GONOGO_SIGNING_KEY", "")

    assert collect(small, tmp_path / "a.zip") == 2


def test_an_older_bundle_is_replaced_and_nothing_else_is(small, tmp_path, capfd):
    """Evidence and programs are files too."""
    for _ in range(2):
        assert collect(small, tmp_path / "a.zip") == 0
    (tmp_path / "b.zip").write_text("mine", encoding="utf-8")

    assert collect(small, tmp_path / "b.zip") == 2
    assert collect(small, small.file) == 2
    assert collect(small, tmp_path) == 2
    assert collect(small, tmp_path / "none/a.zip") == 2
    assert (tmp_path / "b.zip").read_text(encoding="utf-8") == "mine"
    assert "already exists, and is not a bundle" in capfd.readouterr().err
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("more", [("--signing-key", "x.pem"), ("--sources", "all")])
def test_evidence_lines_are_not_signed(small, more, capfd):
    """An option that does nothing would be believed to have done something."""
    assert run(["collect", str(small.root), *more]) == 2
    assert "add -o FILE.zip" in capfd.readouterr().err


def test_several_bundles_are_taken(small, tmp_path, capfd):
    """One job for each source."""
    names = ("tests", "training")
    for name in names:
        assert (
            run(
                [
                    "collect",
                    str(small.root),
                    "--as-of",
                    small.as_of,
                    "--only",
                    name,
                    "-o",
                    str(tmp_path / f"{name}.zip"),
                ]
            )
            == 0
        )
    given = [word for name in names for word in ("--evidence", str(tmp_path / f"{name}.zip"))]

    assert run([*small.arguments, *given]) == 0
    assert "tests: not read here, and supplied" in capfd.readouterr().out


def test_evidence_lines_are_read_as_before(small, tmp_path, capfd):
    """One file, and then alone."""
    assert run(["collect", str(small.root), "--as-of", small.as_of]) == 0
    lines = tmp_path / "evidence.jsonl"
    lines.write_text(capfd.readouterr().out, encoding="utf-8")

    assert run([*small.arguments, "--evidence", str(lines)]) == 0
    assert run([*small.arguments, "--evidence", str(lines), "--evidence", str(lines)]) == 2
