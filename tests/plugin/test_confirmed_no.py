"""A binding that nobody has confirmed: never read, and never better than no binding at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.plugin.test_host import ask, source

from gonogo.model.evidence import GapReason
from gonogo.plugin.inputs.beside import around_of
from gonogo.testing.programs import binding_of, program_of, write_plugin

PATHS = ["evidence/roster.csv"]


@pytest.mark.parametrize("there", [True, False], ids=["file", "no-file"])
def test_the_source_is_not_read_and_each_fact_is_a_gap_that_says_how_to_confirm(tmp_path: Path, there: bool):
    """A guess of a program is no evidence, however good the file looks."""
    (tmp_path / "evidence").mkdir()
    if there:
        (tmp_path / "evidence" / "roster.csv").write_bytes(b"id\n1\n")
    entry = write_plugin(tmp_path, "guessed", source("yield OPEN.value(0, as_of=job.now)"))

    reply = ask(entry, tmp_path, program_of(binding_of("guessed", paths=PATHS, confirmed=False)))

    assert reply.inputs == ()
    assert [item.fact for item in reply.items] == ["sample.open", "sample.done_ratio"]
    assert {item.gap for item in reply.items} == {GapReason.UNCONFIRMED}
    assert {item.detail for item in reply.items} == {
        "The binding guessed waits for a person to confirm it, so evidence/roster.csv was not read. Check it, "
        "then run `gonogo add PROGRAM evidence/roster.csv --confirm`."
    }


def test_a_file_that_only_an_unconfirmed_binding_names_is_not_taken_for_read():
    """Otherwise binding v4 unconfirmed would silence the warning that v3 is read beside it."""
    read, guessed = binding_of("a", paths=["plan_v3.csv"]), binding_of("b", paths=["plan_v4.csv"], confirmed=False)

    assert around_of(program_of(read, guessed)).bound == ["plan_v3.csv"]
