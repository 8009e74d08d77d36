"""A file, a heading, a person of any alphabet: the run is recorded, verified and judged again."""

from datetime import UTC, datetime

import pytest

from gonogo.cli import run


@pytest.mark.parametrize(
    "name", ["Umfrage Außenstelle Kaiserslautern.csv", "опрос.csv", "調査票.csv", "🎉 potluck.csv", "a\u0308 b.csv"]
)
def test_a_file_of_that_name_is_no_evidence_and_stops_nothing(stated_program, capfd, name):
    """The reason stood in the program, and the record refused its name as a key: no run of it had a verdict."""
    small = stated_program(now=datetime.now(UTC))
    (small.root / "evidence" / name).write_text("Name,Comment\n", encoding="utf-8")
    with (small.root / "gonogo.yaml").open("a", encoding="utf-8") as program:
        program.write(f'not_evidence:\n  "evidence/{name}": a survey of another program\n')

    assert run(["assess", str(small.root)]) == 0
    assert run(["replay", str(small.root), "last"]) == 0
    assert run(["log", "verify", str(small.root)]) == 0
    assert run(["report", str(small.root), "--full"]) == 0
    assert "reproduced: 1 of 1 run" in capfd.readouterr().out


def test_settings_name_headings_of_any_alphabet(stated_program, capfd):
    """A heading says why a column is no subject, and it is a key of what is recorded."""
    small = stated_program(now=datetime.now(UTC), sources=["training"])
    [roster] = (small.root / "evidence").glob("training_*.csv")
    lines = roster.read_text(encoding="utf-8").splitlines()
    rows = "".join(f"{line},R1\n" for line in lines[1:])
    roster.write_text(f"{lines[0]},Größe der Release\n{rows}", encoding="utf-8")
    small.edit(
        "gonogo.yaml",
        "columns:",
        "others: ignored\n          not_subject: {Größe der Release: it says a size}\n          columns:",
    )

    assert run(["assess", str(small.root)]) == 0
    assert run(["replay", str(small.root), "last"]) == 0
    assert run(["log", "verify", str(small.root)]) == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("evidence:", "not_evidence: {\U0001f389.csv: a party, \uff21.csv: a list of it}\nevidence:"),
        ("columns:", "not_subject: {\U0001f389: it says a size, \uff21: another}\n          columns:"),
    ],
)
def test_keys_without_one_order_everywhere_are_a_mistake_with_its_line(stated_program, capfd, old, new):
    """Two programs would compute two digests of one record; said when it is read, not after the run."""
    small = stated_program(now=datetime.now(UTC), sources=["training"])
    small.edit("gonogo.yaml", old, new)

    assert run(["lint", str(small.root)]) == 2
    told = capfd.readouterr()
    assert "G115" in told.out + told.err
    assert "without that character" in told.out + told.err
