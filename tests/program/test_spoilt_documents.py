"""Spoilt files: whatever a disk, an editor or an enemy makes of them, the answer is a list of mistakes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gonogo.errors import ConfigurationError
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import load_program
from gonogo.ruleset.case_files import load_cases
from gonogo.ruleset.loader import load_ruleset

PIECES = [
    *["", " ", "\n", "\t", ":", ": ", "- ", "[", "]", "{", "}", ",", '"', "'", "#", "&a ", "*a", "!t ", "|", ">", "%"],
    *["0", "-1", "1e9", "99999999999999999999", "0.1", "95%", "true", "null", "~", ".nan", "T-30", "T-999", "x.y"],
    *["a.b >= 3", "now", "(", ")" * 70, "(" * 70, "é", "\u2028", "\x00", "\ud7ff", "a" * 300, "<<: {}", "---\n"],
    *["2027-02-30", "9999-12-31", "0001-01-01", "9999-12-31T23:59-14:00", "0001-01-01T00:00+14:00"],
    *["../..", "/", "customer.", "schema: 2"],
]


def write(root: Path, files: dict[str, bytes]) -> None:
    """Write files below a folder."""
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def read_everything(root: Path) -> str:
    """Return ``read`` or ``refused``; any other exception is the failure that is looked for."""
    try:
        program = load_program(root / "program")
        ruleset = load_ruleset(
            program.program.ruleset, program.overlay_paths, root=program.root, where=program.ruleset_place
        )
        check_program(program, ruleset)
        load_cases(ruleset)
        program.program.digest()
        ruleset.ruleset.digest()
    except ConfigurationError as error:
        return "refused" if all(problem.code and problem.what for problem in error.problems) and str(error) else "bare"
    return "read"


@pytest.fixture
def reader(good: dict[str, str], tmp_path: Path):
    """Write the good files with one of them spoilt, and read everything."""
    root = tmp_path
    whole = {name: text.encode() for name, text in good.items()}

    def read(name: str, data: bytes) -> str:
        write(root, whole | {name: data})
        return read_everything(root)

    return read, whole


RELAXED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


class TestSpoiltFiles:
    def test_the_unspoilt_files_are_read(self, reader):
        """Otherwise everything below would be refused for another reason."""
        read, whole = reader

        assert read("agency.yaml", whole["agency.yaml"]) == "read"

    @RELAXED
    @given(data=st.data())
    def test_a_spoilt_place_is_read_or_refused(self, reader, data: st.DataObject):
        """A slip, a lost line, a doubled line, a stray sign: never a traceback."""
        read, whole = reader
        name = data.draw(st.sampled_from(sorted(whole)))
        text = whole[name].decode()
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 30)))
        piece = data.draw(st.sampled_from(PIECES)).encode("utf-8", "replace")

        outcome = read(name, text[:start].encode() + piece + text[end:].encode())

        assert outcome in ("read", "refused")

    @RELAXED
    @given(data=st.data())
    def test_a_value_replaced_by_anything_is_read_or_refused(self, reader, data: st.DataObject):
        """Every key meets every kind of value."""
        read, whole = reader
        name = data.draw(st.sampled_from(sorted(whole)))
        lines = whole[name].decode().split("\n")
        number = data.draw(st.sampled_from([i for i, line in enumerate(lines) if ": " in line]))
        key = lines[number].partition(": ")[0]
        lines[number] = f"{key}: {data.draw(st.sampled_from(PIECES))}"

        outcome = read(name, "\n".join(lines).encode("utf-8", "replace"))

        assert outcome in ("read", "refused")

    @RELAXED
    @given(noise=st.binary(max_size=200), name=st.sampled_from(["tiny/ruleset.yaml", "program/gonogo.yaml"]))
    @example(noise=b"schema: 1\n", name="tiny/facts.yaml")
    @example(noise=b"[]", name="agency.yaml")
    @example(noise=b"5", name="program/people.yaml")
    def test_noise_is_refused(self, reader, noise: bytes, name: str):
        """Random bytes are never a program or a ruleset."""
        read, _ = reader

        assert read(name, noise) == "refused"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
    def test_a_named_pipe_is_refused_and_not_waited_for(self, reader, tmp_path: Path):
        """Opening one would hang the gate."""
        read, whole = reader
        read("agency.yaml", whole["agency.yaml"])
        (tmp_path / "program/people.yaml").unlink()
        os.mkfifo(tmp_path / "program/people.yaml")

        assert read_everything(tmp_path) == "refused"
