"""``gonogo drill``: what is printed, what it ends with, and what is refused before anything runs."""

import json

from gonogo.audit.reading import read_log
from gonogo.cli import run


def asked(small, *options):
    """Run the command at the moment at which the program is ready."""
    return run(["drill", str(small.root), "--as-of", small.as_of, *options])


def test_the_table_says_what_stopped_each_class_and_the_command_ends_with_0(assessed, capfd):
    """One look tells a program office whether its gate notices."""
    code = asked(assessed, "--only", "dropped-test", "--only", "nan")
    out = capfd.readouterr().out

    assert code == 0
    assert "As it stands: GO." in out
    assert "stopped      dropped-test  A test case was taken out of the report" in out
    assert "evidence/junit.xml by system.tests.executed: Not met: sit.executed_ratio is 75%" in out
    assert "not planted  nan           A cell holds NaN where a number belongs" in out
    assert "1 of 2 classes planted: 1 stopped, 0 told, 0 better, 0 not noticed. Not planted: 1." in out
    assert "No planted defect got a better verdict, and each was noticed." in out


def test_a_defect_that_gets_through_ends_with_1_and_stands_first(small_program, capfd):
    """Nobody scrolls for it."""
    code = asked(small_program(trained=55), "--only", "dropped-test", "--only", "shrunk-denominator")
    rows = [line.split("  ")[0] for line in capfd.readouterr().out.splitlines() if line[:1] not in ("", " ")]

    assert code == 1
    assert rows[2:4] == ["BETTER", "stopped"] or rows[2:4] == ["BETTER", "told"]


def test_nothing_planted_proves_nothing(assessed, capfd):
    """And the last line says so."""
    assert asked(assessed, "--only", "nan") == 0
    assert capfd.readouterr().out.endswith("Nothing was planted, so nothing is proved.\n")


def test_json_holds_every_row_and_the_sums(assessed, tmp_path, capfd):
    """A pipeline reads it."""
    code = asked(assessed, "--only", "lost-source", "-o", "table", "-o", f"json:{tmp_path / 'drill.json'}")
    document = json.loads((tmp_path / "drill.json").read_text())

    assert code == 0
    assert document["counts"] == {"stopped": 1, "told": 0, "better": 0, "not_noticed": 0, "not_planted": 0}
    assert (document["schema"], document["passed"], document["verdict"]) == (1, True, "GO")
    assert [row["id"] for row in document["rows"]] == ["lost-source"]
    assert read_log(assessed.log)[-1].data["rows"] == document["rows"]
    assert "1 of 1 classes planted" in capfd.readouterr().out


def test_the_list_needs_no_program(capfd):
    """Somebody wants to know what would be tried before anything is."""
    assert run(["drill", "--list"]) == 0
    assert "\nedited-log " in capfd.readouterr().out


def test_without_a_program_there_is_nothing_to_drill(capfd):
    """The next step is named."""
    assert run(["drill"]) == 2
    assert "--list" in capfd.readouterr().err


def test_a_class_or_format_that_is_none_is_refused_before_anything_runs(assessed, capfd):
    """A typo costs nothing, and never ends well."""
    records = len(read_log(assessed.log))

    assert asked(assessed, "--only", "edited-logs") == 2
    assert "did you mean 'edited-log'?" in capfd.readouterr().err
    assert asked(assessed, "-o", "html") == 2
    assert len(read_log(assessed.log)) == records


def test_a_broken_log_is_said_and_nothing_is_drilled(assessed, capfd):
    """What is broken as it stands would stop every class, and look like a wall."""
    segment = assessed.log / "000001.jsonl"
    content = segment.read_bytes()
    segment.write_bytes(content[:200] + bytes([content[200] ^ 1]) + content[201:])

    assert asked(assessed, "--only", "lost-source") == 5
    assert "planted" not in capfd.readouterr().out
