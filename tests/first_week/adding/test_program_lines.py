"""A program file changed line by line: comments stay, and what a command cannot change it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.adding.program_writing import read_lines, write_lines
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

TEXT = """\
# head
evidence:

  # about raid
  # ask: which scale?
  #   1 or 2
  - id: raid   # the register
    collector: raid
    path: "evidence/raid_v3.xlsx"
    confirmed: no   # nobody yet
    settings:
      # a comment of a person
      impact_scale: list

  - id: "ims"
    path: evidence/ims.xml

# tail
log: ./audit
"""
LINES = ProgramLines.of(TEXT)


def diff(changed: ProgramLines) -> tuple[list[str], list[str]]:
    """What is gone and what came."""
    before, after = TEXT.splitlines(), changed.text.splitlines()
    return [line for line in before if line not in after], [line for line in after if line not in before]


def test_a_confirmation_changes_one_line_and_takes_the_questions_away() -> None:
    """Everything else that a person wrote stays where it is."""
    confirmed = LINES.confirmed(LINES.line_of("raid"), "confirmed by Ada on 2027-04-15")
    changed = confirmed.without_questions(confirmed.line_of("raid"))

    assert diff(changed) == (
        ["  # ask: which scale?", "  #   1 or 2", "    confirmed: no   # nobody yet"],
        ["    # confirmed by Ada on 2027-04-15"],
    )


def test_a_new_binding_stands_below_the_last_one_and_above_what_follows() -> None:
    """A binding below `log:` would be no binding."""
    changed = LINES.with_binding(["  # new", "  - id: x"], LINES.line_of("ims"))

    at = changed.lines.index("  - id: x")
    assert changed.lines[at - 3 : at + 3] == (
        "    path: evidence/ims.xml",
        "",
        "  # new",
        "  - id: x",
        "",
        "# tail",
    )


@pytest.mark.parametrize("empty", ["evidence: []   # none yet", "evidence:", "log: ./audit"])
def test_the_first_binding_begins_the_list(empty: str) -> None:
    """In week one there is none."""
    changed = ProgramLines.of(f"schema: 1\n{empty}\nplans: p.xlsx\n").with_binding(["  - id: x"], None)

    assert "evidence:\n  - id: x\n" in changed.text
    assert "plans: p.xlsx" in changed.lines


def test_a_new_binding_stands_as_far_left_as_the_others() -> None:
    """A list of two depths is none; lines of a text further in keep their distance."""
    new = ["  # new", "  - id: x", "    path: x.csv"]
    flush = ProgramLines.of("evidence:\n- id: a\n  path: a.csv\n").with_binding(new, 2)

    assert flush.lines[3:] == ("", "# new", "- id: x", "  path: x.csv")
    deeper = ProgramLines.of("evidence:\n  - id: a\n").with_binding(new, 2)
    assert deeper.lines[2:] == ("", *new)


def test_a_file_with_windows_line_ends_keeps_them() -> None:
    """Mixed ends make every line of a diff differ."""
    changed = ProgramLines.of(TEXT.replace("\n", "\r\n")).not_evidence("a b.csv", 'a "list"')

    assert changed.text.count("\r\n") == changed.text.count("\n")
    assert 'not_evidence:\r\n  "a b.csv": "a \\"list\\""\r\n' in changed.text


def test_another_file_that_is_no_evidence_joins_the_list_with_its_indent() -> None:
    """Two lists of one name are a mistake of YAML."""
    once = ProgramLines.of("not_evidence:\n    a.csv: old\n").not_evidence("b.csv", "draft")

    assert once.text == 'not_evidence:\n    "b.csv": "draft"\n    a.csv: old\n'


def test_a_setting_is_written_where_settings_stand() -> None:
    """Another value, one more, and the first of a binding that has none; each at its own depth."""
    raid, ims = LINES.line_of("raid"), LINES.line_of("ims")

    assert diff(LINES.with_setting(raid, "impact_scale", "instructions")) == (
        ["      impact_scale: list"],
        ["      impact_scale: instructions"],
    )
    more = LINES.with_setting(raid, "stale_days", "7")
    assert more.lines[more.lines.index("    settings:") + 1] == "      stale_days: 7"
    first = LINES.with_setting(ims, "golive", '"Go live"')
    at = first.lines.index("    path: evidence/ims.xml")
    assert first.lines[at + 1 : at + 4] == ("    settings:", '      golive: "Go live"', "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("evidence:\n  - id: a\n    settings: {x: 1}\n", "are written on one line"),
        ("evidence:\n  - id: a\n    settings:\n      x:\n        y: 1\n", "x is written on several lines"),
    ],
)
def test_settings_in_another_form_are_left_to_a_person(text: str, says: str) -> None:
    """Half of a setting would be left behind."""
    with pytest.raises(UsageError, match=says):
        ProgramLines.of(text).with_setting(2, "x", "2")


def test_what_would_not_load_is_not_written_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """The gate's own file stays as it is; what was tried lies beside it for a moment only."""
    start(tmp_path, conduct(tmp_path, invented_office()))
    before = (tmp_path / "gonogo.yaml").read_bytes()
    there = sorted(each.name for each in tmp_path.iterdir())
    lines = read_lines(tmp_path)

    with pytest.raises(UsageError, match="what would be written does not load"):
        write_lines(tmp_path, lines.replaced(0, 0, ["nothing: known"]), lines)
    assert (tmp_path / "gonogo.yaml").read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == there

    kept = write_lines(tmp_path, lines.replaced(0, 0, ["# a remark"]), lines)
    assert kept.read_bytes() == before
    assert sorted({each.name for each in tmp_path.iterdir()} - {kept.name}) == there


def test_a_binding_waits_again_by_one_line() -> None:
    """And one that waits is left as it is."""
    ims = LINES.line_of("ims")
    again = LINES.unconfirmed(ims)

    assert again.lines[ims] == "    confirmed: no   # nothing is read until a person has checked this"
    assert LINES.unconfirmed(LINES.line_of("raid")) == LINES


def test_a_path_is_replaced_and_the_newest_picked() -> None:
    """A version that is taken by a pattern needs both."""
    changed = LINES.with_path(LINES.line_of("raid"), "evidence/raid_v3.xlsx", "evidence/raid_*.xlsx", pick=True)

    assert diff(changed) == (
        ['    path: "evidence/raid_v3.xlsx"'],
        ['    path: "evidence/raid_*.xlsx"', "    pick: newest as_of"],
    )


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("evidence: [{id: a}]\n", lambda lines: lines.with_binding(["  - id: x"], None)),
        ("evidence:\n  - {id: a}\n", lambda lines: lines.block(2)),
        ("evidence:\n  - collector: x\n    id: a\n", lambda lines: lines.line_of("a")),
        ("not_evidence: {a: b}\n", lambda lines: lines.not_evidence("c", "d")),
        ("evidence:\n  - id: a\n", lambda lines: lines.confirmed(2, "x")),
        ("evidence:\n  - id: a\n", lambda lines: lines.with_line(2, "as_of", "x")),
        ("evidence:\n  - id: a\n", lambda lines: lines.with_path(2, "x", "y", pick=False)),
    ],
)
def test_what_is_written_in_another_form_is_left_to_a_person(text: str, change) -> None:  # type: ignore[no-untyped-def]
    """A wrong edit of the gate's own file is worse than none."""
    with pytest.raises(UsageError) as caught:
        change(ProgramLines.of(text))

    assert "by hand" in str(caught.value.hint)


def test_a_binding_is_taken_away_with_the_comments_above_it() -> None:
    """A comment about a binding that is gone misleads."""
    changed = LINES.without_binding(LINES.line_of("raid"))

    assert changed.text == '# head\nevidence:\n\n  - id: "ims"\n    path: evidence/ims.xml\n\n# tail\nlog: ./audit\n'


def test_without_its_last_binding_the_list_is_an_empty_one() -> None:
    """A key with nothing below it is no list, and the file would not load; comments below it stay."""
    one = LINES.without_binding(LINES.line_of("raid"))
    assert "evidence:" in one.lines

    none = one.without_binding(one.line_of("ims"))
    assert [line for line in none.lines if line.strip()] == ["# head", "evidence: []", "# tail", "log: ./audit"]
    again = none.with_binding(["  - id: x"], None)
    assert "evidence:" in again.lines
    assert "  - id: x" in again.lines

    flush = ProgramLines.of("evidence:   # ours\n- id: a\n- id: b\nlog: ./audit\n")
    left = flush.without_binding(2)
    assert left.lines == ("evidence:   # ours", "- id: b", "log: ./audit")
    assert left.without_binding(2).lines == ("evidence: []   # ours", "log: ./audit")
