"""One binding: looked at, confirmed or dropped; an answer is about what was looked at, and about nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.errors import UsageError
from gonogo.first_week.adding import seen_content
from gonogo.first_week.adding.added import add_each
from gonogo.first_week.adding.one_binding import look_at_binding, settle_binding
from gonogo.first_week.adding.previewing import waits_for_a_day
from gonogo.profiles.shelf import shipped_profiles
from gonogo.program.program_file import load_program
from gonogo.ruleset.locate import find_ruleset

OVERLAY = """\
schema: 1
overlay: own
version: "1"
set:
  - {criterion: system.interfaces.tested, severity: advisory, reason: Asking is cheap.}
"""
NOW = datetime(2027, 4, 20, 3, tzinfo=UTC)
"""The evening of 19 April in Washington."""
PROGRAM = """\
schema: 1
program: {id: p, customer: C, provider: P, time_zone: America/New_York}
releases:
  - {id: R1, go_live: 2027-05-03T06:00}
ruleset: m3-baseline@1.0.0
evidence:
  # ask: is every row one interface?
  #   or one test?
  - id: interfaces
    collector: table
    as: interfaces
    path: PATH
    as_of: {at: 2000-01-01, by: "nobody"}
    side: customer
    producer: Somebody
    confirmed: no
    settings:
      tables:
        t: {unique: [id], columns: {id: {header: ID, type: id}, done: {header: Done, type: text, allowed: [yes, no]}}}
      facts:
        e2e_passed_ratio: {share: {where: 'done == "yes"'}}
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a program with one binding that waits, and a day that nobody has said."""

    def made(path: str = "evidence/interfaces.csv") -> Path:
        (tmp_path / "evidence").mkdir()
        (tmp_path / "evidence/interfaces.csv").write_text("ID,Done\nI1,yes\nI2,no\n", encoding="utf-8")
        (tmp_path / "gonogo.yaml").write_text(PROGRAM.replace("PATH", path), encoding="utf-8")
        return tmp_path

    return made


def test_a_look_says_what_is_read_what_is_asked_and_that_it_waits(write: Callable[..., Path]) -> None:
    """A person confirms what they see."""
    look = look_at_binding(write(), "interfaces", NOW)

    assert (look.id, look.paths, look.side, look.producer) == (
        "interfaces",
        ("evidence/interfaces.csv",),
        "customer",
        "Somebody",
    )
    assert (look.waits, look.wants_day) == (True, True)
    assert look.reads
    assert look.asked == ("is every row one interface? or one test?",)


def test_one_input_that_nobody_has_dated_is_enough_to_ask(write: Callable[..., Path]) -> None:
    """The day of the list beside it says nothing of the file."""
    (binding,) = load_program(write()).program.bindings
    (unsaid,) = binding.inputs
    said = unsaid.model_copy(update={"as_of": unsaid.as_of.model_copy(update={"at": NOW})})
    both = [(said,), (unsaid,), (said, unsaid), (unsaid, said)]

    waits = [waits_for_a_day(binding.model_copy(update={"inputs": each})) for each in both]
    assert waits == [False, True, True, True]


def test_it_is_confirmed_with_who_and_the_day_that_they_say(write: Callable[..., Path]) -> None:
    """Without the day nothing is confirmed whose content says none."""
    root = write()
    with pytest.raises(UsageError, match="nobody has said when its content held"):
        settle_binding(root, "interfaces", by="Ada", now=NOW)
    for held in ("November", "2027-04-15T12:00", "15.4.2027", "2027-04-15, by: nobody"):
        with pytest.raises(UsageError, match="is not a day"):
            settle_binding(root, "interfaces", by="Ada", held=held, now=NOW)
    with pytest.raises(UsageError, match="2027-04-20 is still to come"):
        settle_binding(root, "interfaces", by="Ada", held="2027-04-20", now=NOW)
    told = settle_binding(root, "interfaces", by=" Ada ", held=" 2027-04-15 ", now=NOW)
    (binding,) = load_program(root).program.bindings

    assert told[0] == "interfaces: confirmed by Ada."
    assert told[1].startswith("To undo: move gonogo.earlier.yaml over gonogo.yaml")
    assert (binding.confirmed, binding.inputs[0].as_of.by) == (None, "Ada")
    assert "# confirmed by Ada on 2027-04-19" in (root / "gonogo.yaml").read_text(encoding="utf-8")
    look = look_at_binding(root, "interfaces", NOW)
    assert (look.asked, look.waits, look.wants_day) == ((), False, False)
    with pytest.raises(UsageError, match="was confirmed before"):
        settle_binding(root, "interfaces", by="Ian", held="2027-04-15", now=NOW)


def test_nobody_confirms_nothing_and_nothing_is_confirmed_that_is_not_there(write: Callable[..., Path]) -> None:
    """An answer without a name is nobody's."""
    root = write()
    before = (root / "gonogo.yaml").read_bytes()
    with pytest.raises(UsageError, match="Nobody is named"):
        settle_binding(root, "interfaces", by="  ", held="2027-04-15", now=NOW)
    with pytest.raises(UsageError, match="no binding others"):
        settle_binding(root, "others", by="Ada", held="2027-04-15", now=NOW)
    with pytest.raises(UsageError, match="no binding others"):
        look_at_binding(root, "others", NOW)

    assert (root / "gonogo.yaml").read_bytes() == before


def test_the_only_binding_can_be_dropped_with_a_reason(write: Callable[..., Path]) -> None:
    """And the file that is left loads."""
    root = write()
    settle_binding(root, "interfaces", by="Ada", no_evidence=" a draft ", now=NOW)
    program = load_program(root).program

    assert program.bindings == ()
    assert program.not_evidence == {"evidence/interfaces.csv": "a draft (Ada, 2027-04-19)"}


@pytest.mark.parametrize("path", ["evidence/interfaces.csv", "evidence/inter*.csv"])
def test_an_answer_is_about_the_files_as_they_were_looked_at(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Changed, gone, one more, or only touched: only the last is what the person has seen."""
    root = write(path)
    file = root / "evidence/interfaces.csv"
    seen = look_at_binding(root, "interfaces", NOW).seen
    text = file.read_text(encoding="utf-8")

    def refused() -> bool:
        with pytest.raises(UsageError) as error:
            settle_binding(root, "interfaces", by="Ada", held="", seen=seen, now=NOW)
        return "has changed since you looked" in str(error.value)

    assert not refused()
    file.write_text(text, encoding="utf-8")
    assert not refused()
    file.write_text(text.replace("I2,no", "I2,on"), encoding="utf-8")
    assert refused()
    file.unlink()
    assert refused()
    file.write_text(text, encoding="utf-8")
    (root / "evidence/interfaces2.csv").write_text(text, encoding="utf-8")
    assert refused() is ("*" in path)
    (root / "evidence/interfaces2.csv").unlink()
    program = (root / "gonogo.yaml").read_text(encoding="utf-8")
    (root / "gonogo.yaml").write_text(program.replace("[yes, no]", "any"), encoding="utf-8")
    assert refused()
    (root / "gonogo.yaml").write_text(program, encoding="utf-8")
    assert not refused()
    monkeypatch.setattr(seen_content, "_MOST", len(text) - 1)
    large = look_at_binding(root, "interfaces", NOW).seen
    file.write_text(text + "I3,yes\n", encoding="utf-8")
    assert look_at_binding(root, "interfaces", NOW).seen != large


def test_an_answer_is_about_the_rules_the_profiles_and_the_people_by_which_a_file_is_read(
    write: Callable[..., Path],
) -> None:
    """A word that a profile calls done since makes another number of the same bytes."""
    root = write()
    shutil.copytree(find_ruleset("m3-baseline@1.0.0"), root / "rules" / "m3-baseline")
    program = (root / "gonogo.yaml").read_text(encoding="utf-8")
    own = program.replace(
        "m3-baseline@1.0.0", "./rules/m3-baseline\noverlays: [./own/overlay.yaml]\npeople: people.yaml"
    )
    (root / "gonogo.yaml").write_text(own, encoding="utf-8")
    people = root / "people.yaml"
    people.write_text(
        "schema: 1\npeople:\n  - {role: customer.functional_lead, person: ada.kirsch, name: Ada Kirsch}\n",
        encoding="utf-8",
    )
    (root / "own").mkdir()
    overlay = root / "own" / "overlay.yaml"
    overlay.write_text(OVERLAY, encoding="utf-8")
    rules = root / "rules" / "m3-baseline" / "ruleset.yaml"
    seen = look_at_binding(root, "interfaces", NOW).seen

    def answered() -> str:
        with pytest.raises(UsageError) as error:
            settle_binding(root, "interfaces", by="Ada", held="", seen=seen, now=NOW)
        return str(error.value)

    def changes(file: Path, text: str) -> bool:
        before = file.read_text(encoding="utf-8") if file.exists() else None
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        changed = "what reads it has changed since you looked" in answered()
        if before is None:
            file.unlink()
        else:
            file.write_text(before, encoding="utf-8")
        assert "nobody has said when its content held" in answered()  # as it was, the answer is about what was seen
        return changed

    ours = next(each for each in shipped_profiles() if each.name == "jira-issues").path.read_text(encoding="utf-8")
    ours = ours.replace("jira-issues", "our-jira")
    assert changes(root / "profiles" / "our-jira.yaml", ours)
    assert changes(root / "own" / "profiles" / "our-jira.yaml", ours)
    assert changes(rules, rules.read_text(encoding="utf-8").replace("max_age: 7d", "max_age: 8d", 1))
    assert changes(overlay, overlay.read_text(encoding="utf-8").replace("is cheap", "is not cheap"))
    assert changes(people, people.read_text(encoding="utf-8").replace("Ada", "Eda"))


def test_no_is_nobodys_name(write: Callable[..., Path]) -> None:
    """Who answers `no` has confirmed nothing, and neither has who adds files by that name."""
    root = write()

    with pytest.raises(UsageError, match="`no` in the place of who answers is nobody's name"):
        settle_binding(root, "interfaces", by="no", held="2027-04-15", now=NOW)
    with pytest.raises(UsageError, match="`later` beside --by is nobody's name"):
        add_each(root, [root / "evidence"], confirm=True, by="later", now=NOW)

    assert load_program(root).program.bindings[0].confirmed is not None
