"""The scratch copy: everything in it can be broken, it is whole again afterwards, and the program is never touched."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from gonogo.drill.scratch_copy import ScratchCopy
from gonogo.errors import IsolationFault
from gonogo.program.program_file import load_program


def contents(root: Path) -> dict[str, str]:
    """Return every file below a folder with a digest of its bytes, and every link with where it leads."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            found[name] = os.readlink(path)
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@pytest.fixture
def copied(assessed, tmp_path):
    """A copy of a program with a log, and the folder that it lies in."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    return ScratchCopy(load_program(assessed.root), folder)


WAYS = {
    "written": lambda copy: copy.put("people.yaml", b"x"),
    "written twice": lambda copy: (copy.put("people.yaml", b"x"), copy.put("people.yaml", b"y")),
    "new": lambda copy: copy.put("new/file.csv", b"x"),
    "large": lambda copy: copy.put_large("evidence/desk.csv", b"post,state\n", 3_000_000),
    "removed": lambda copy: copy.remove("evidence/desk.csv"),
    "a folder removed": lambda copy: copy.remove("evidence"),
    "moved": lambda copy: copy.move("evidence/desk.csv", "evidence/desk2.csv"),
    "moved onto another": lambda copy: copy.move("evidence/desk.csv", "evidence/survey.csv"),
    "linked": lambda copy: copy.link("evidence/desk.csv"),
    "a pipe": lambda copy: copy.pipe("evidence/desk.csv"),
    "a folder copied over another": lambda copy: copy.copy_in(copy.root / "evidence", "rules"),
    "the log broken": lambda copy: [segment.write_bytes(b"") for segment in copy.break_log()],
    "the log gone": lambda copy: (copy.break_log(), copy.remove("audit")),
    "made by a run": lambda copy: (copy.awaits("audit2"), (copy.root / "audit2").mkdir()),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_was_changed_is_as_it_was(way, copied, assessed):
    """The next class is planted in the program, not in what the last one left."""
    before, own = contents(copied.root), contents(assessed.root)

    with copied.changes():
        way(copied)
        assert contents(copied.root) != before or (copied.root / "audit2").is_dir()

    assert contents(copied.root) == before
    assert not (copied.root / "audit2").exists()
    assert contents(assessed.root) == own


def test_changes_within_changes_are_undone_in_their_order(copied):
    """A stage is undone after the defect that was planted in it."""
    before = contents(copied.root)

    with copied.changes():
        copied.remove("evidence/desk.csv")
        with copied.changes():
            copied.put("evidence/desk.csv", b"x")
        assert not (copied.root / "evidence/desk.csv").exists()

    assert contents(copied.root) == before


def test_what_failed_to_be_planted_is_undone_too(copied):
    """A class that gives up half way must not harm the next one."""
    before = contents(copied.root)

    def give_up():
        with copied.changes():
            copied.remove("people.yaml")
            raise LookupError

    with pytest.raises(LookupError):
        give_up()

    assert contents(copied.root) == before


def test_a_large_file_is_as_large_as_asked_for(copied):
    """A file just above a cap is refused for its size, and not because none of it is on the disk."""
    with copied.changes():
        copied.put_large("evidence/desk.csv", b"post,state\n", 2_500_000)
        status = (copied.root / "evidence/desk.csv").stat()

    assert status.st_size == 2_500_000
    assert status.st_blocks > 0


def test_the_copy_holds_what_a_run_reads_and_no_other_folder(assessed, tmp_path):
    """A repository with its history, or a share with other programs, is not copied a hundred times."""
    for name in (".git", "other", "old-audit"):
        (assessed.root / name).mkdir()
        (assessed.root / name / "x").write_text("x")
    shutil.copytree(assessed.log, assessed.root / "old-log")
    os.mkfifo(assessed.root / "evidence/pipe")
    (tmp_path / "scratch").mkdir()

    copy = ScratchCopy(load_program(assessed.root), tmp_path / "scratch")

    folders = {path.name for path in copy.root.iterdir() if path.is_dir()}
    assert folders == {"audit", "evidence", "rules", "old-log"}
    assert not (copy.root / "evidence/pipe").exists()


def test_rules_outside_of_the_program_stay_outside(small, tmp_path):
    """`ruleset: ../rules` means the same folder in the copy, and the real one is never written to."""
    shutil.move(small.rules, small.root.parent / "shared-rules")
    small.edit("gonogo.yaml", "ruleset: ./rules", "ruleset: ../shared-rules")
    (tmp_path / "scratch").mkdir()

    copy = ScratchCopy(load_program(small.root), tmp_path / "scratch")

    assert (copy.root / "../shared-rules/ruleset.yaml").is_file()
    assert (copy.root / "../shared-rules").resolve().is_relative_to(tmp_path / "scratch")


def test_a_log_that_is_a_link_is_not_written_through(assessed, tmp_path):
    """A copied link leads to the real log: a rehearsal would be recorded there."""
    away = tmp_path / "away"
    shutil.move(assessed.log, away)
    assessed.log.symlink_to(away)
    (tmp_path / "scratch").mkdir()

    with pytest.raises(IsolationFault, match="leads out of the copy"):
        ScratchCopy(load_program(assessed.root), tmp_path / "scratch")


def test_a_day_that_a_person_said_is_that_of_any_content_in_a_copy(assessed, tmp_path):
    """A drill plants a defect in a file that somebody has dated with it; else all are seen by their bytes."""
    program = assessed.root / "gonogo.yaml"
    text = program.read_text(encoding="utf-8")
    at = text.index("as_of: ", text.index("- id: desk"))
    rest = text[at:].partition("\n")[2]
    dated = f"{text[:at]}as_of: {{at: 2027-04-01, by: Ada Kirsch, sha256: [{'0' * 64}]}}\n{rest}"
    program.write_text(dated, encoding="utf-8")
    (tmp_path / "scratch").mkdir()

    copy = ScratchCopy(load_program(assessed.root), tmp_path / "scratch")

    rules = [each.inputs[0].as_of for each in load_program(copy.root).program.bindings if each.id == "desk"]
    assert [(rule.by, rule.sha256) for rule in rules] == [("Ada Kirsch", None)]
    assert program.read_text(encoding="utf-8") == dated
