"""``map`` asks what the rows are and what they are about, before the collector does."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.intake.mapping import Mapping, map_file


def mapped(folder: Path, text: str) -> Mapping:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    return map_file(path)


def stops(mapping: Mapping) -> str:
    return " | ".join(str(note) for note in mapping.notes if note.stops)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        (
            "case,result,Build Number\nT1,Pass,REL-1.1\nT2,Pass,REL-1.1\nT3,Pass,REL-1.0\nT4,Pass,REL-1.0\n",
            "names 2 builds (REL-1.0, REL-1.1)",
        ),
        (
            "case,result,Cycle\nT1,Pass,Cycle 1\nT2,Pass,Cycle 1\nT3,Pass,Cycle 2\nT4,Pass,Cycle 2\n",
            "names 2 test cycles",
        ),
        ("Row,Indent,Task\n1,0,Phase\n2,1,Stop\n3,1,Load\n", "parents of others"),
        ("team,result\nA,Pass\nA,Pass\nB,Pass\n", "no column that is read tells every row apart"),
        ("case,step id,result\nT1,1,Pass\nT1,1,Pass\nT2,1,Pass\n", "no column that is read tells every row apart"),
        ("case,step id,result\nT1,1,Pass\nT1,2,Pass\nT2,1,Pass\n", "tells every row apart as an item of its own"),
        ("no,issue key,result\n1,Q-1,Pass\n2,Q-1,Pass\n3,Q-2,Pass\n", "tells every row apart as an item of its own"),
    ],
)
def test_what_has_to_be_settled_is_asked(tmp_path: Path, text: str, asks: str):
    """Settings that were pasted as they are would be a gap, or worse a number."""
    assert asks in stops(mapped(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("case,result\nT1,Pass\nT2,Pass\n", "case"),
        ("step,done\nC-1,yes\nC-2,no\n", "step"),
        ("scenario,element,result\nS1,E1,Pass\nS1,E2,Pass\nS2,E1,Pass\nS2,E2,Fail\n", "scenario, element"),
    ],
)
def test_a_key_that_shows_itself_is_printed(tmp_path: Path, text: str, key: str):
    """Nobody is asked for what the file says."""
    found = mapped(tmp_path, text)

    assert (found.key, stops(found)) == (key, "")
