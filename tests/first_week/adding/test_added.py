"""``gonogo add``: a file becomes a binding that waits, a newer version is taken, and nothing is asked twice."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.folder_status import folder_status
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.adding.standing_files import HowItStands, standing_lines
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.model.program import AsOfRule, Binding
from gonogo.program.program_file import load_program

GIVEN = invented_office(build="B-7")
REQUESTS = "CR #,Decision,Modified\nC1,Approved,2026-04-01\nC2,Submitted,2026-04-02\n"
INTERFACES = "Interface ID,E2E test\nI1,Passed\nI2,Failed\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A program with one binding that waits: change requests."""
    folder = tmp_path / "p"
    (folder / "evidence").mkdir(parents=True)
    (folder / "evidence" / "change requests v3.csv").write_text(REQUESTS, encoding="utf-8")
    start(folder, conduct(folder, GIVEN))
    return folder


def put(root: Path, name: str, text: str) -> Path:
    """Write a file of evidence."""
    path = root / "evidence" / name
    path.write_text(text, encoding="utf-8")
    return path


def bound(root: Path) -> dict[str, Binding]:
    """The program's bindings by id."""
    return {each.id: each for each in load_program(root).program.bindings}


def test_a_new_file_is_drafted_below_the_others_and_waits_for_a_person(root: Path) -> None:
    """The comments that were there stay, and the file before is kept for who wants it back."""
    before = (root / "gonogo.yaml").read_text()
    told = add(root, [put(root, "interfaces.csv", INTERFACES)])

    binding = bound(root)["interfaces"]
    assert (binding.confirmed, binding.inputs[0].paths) == (False, ("evidence/interfaces.csv",))
    assert list(binding.settings["facts"]) == ["interfaces.e2e_passed_ratio"]
    assert told[0] == (
        "evidence/interfaces.csv: CSV table, drafted as the binding interfaces; 2 rows; answers "
        "interfaces.e2e_passed_ratio."
    )
    assert f"To undo: move gonogo.earlier.yaml over gonogo.yaml in {root}." in told
    assert (root / "gonogo.earlier.yaml").read_text() == before
    assert all(line in (root / "gonogo.yaml").read_text().splitlines() for line in before.splitlines())


def test_a_file_that_was_checked_is_confirmed_with_who_and_when(root: Path) -> None:
    """The comment is what an auditor asks for."""
    told = add(root, [Path("evidence/change requests v3.csv")], confirm=True, by="Ada Kirsch")

    assert bound(root)["change-requests-v"].confirmed is None
    assert "change-requests-v: confirmed by Ada Kirsch." in told
    assert "    # confirmed by Ada Kirsch on 20" in (root / "gonogo.yaml").read_text()


def test_every_figure_that_is_signed_is_told_where_nobody_was_asked(root: Path) -> None:
    """A command of one line signed 59 of 64 that somebody had just refused, and showed no figure."""
    told = add(root, [Path("evidence/change requests v3.csv")], confirm=True, by="Ada Kirsch")

    at = told.index("change-requests-v: confirmed by Ada Kirsch.")
    assert told[at + 1] == "  cr.undecided = 1, held 2026-04-02"


@pytest.mark.parametrize(
    ("by", "told"),
    [("Ada Kirsch", False), ("Kirsch, Ada", False), ("ada.kirsch", False), ("Zoe Park", True)],
)
def test_a_name_that_the_people_register_does_not_know_is_told_once(tmp_path: Path, by: str, *, told: bool) -> None:
    """Who keeps a list holds no seat mostly; but nobody takes a misspelt name for that of an officer."""
    folder = tmp_path / "p"
    (folder / "evidence").mkdir(parents=True)
    for name in ("change requests.csv", "cr board.csv"):
        (folder / "evidence" / name).write_text(REQUESTS, encoding="utf-8")
    start(folder, conduct(folder, GIVEN))
    (folder / "people.yaml").write_text(
        "schema: 1\npeople:\n  - {role: customer.pmo_lead, person: ada.kirsch, name: Ada Kirsch, from: 2026-01-01}\n",
        encoding="utf-8",
    )

    lines = add(folder, [Path("evidence/change requests.csv")], confirm=True, by=by)

    said = f"The people register does not know {by}, who confirmed; check the spelling, or enter them."
    assert lines.count(said) == int(told)


def test_without_a_day_nothing_is_confirmed_that_does_not_say_when_it_held(root: Path) -> None:
    """A list without any date is as old as somebody says, and nobody has said."""
    path = put(root, "interfaces.csv", INTERFACES)

    with pytest.raises(UsageError, match="nobody has said when its content held"):
        add(root, [path], confirm=True, by="Ada Kirsch")
    assert bound(root)["interfaces"].confirmed is False

    add(root, [path], confirm=True, by="Ada Kirsch", held="2026-04-15")
    binding = bound(root)["interfaces"]
    assert (binding.confirmed, binding.inputs[0].as_of.by) == (None, "Ada Kirsch")
    assert f"{binding.inputs[0].as_of.at:%Y-%m-%d}" == "2026-04-15"


LATE = datetime(2026, 4, 16, 3, tzinfo=UTC)
"""The evening of 15 April in Washington, where the program is."""


@pytest.mark.parametrize(("held", "comes"), [("2026-04-14", False), ("2026-04-15", False), ("2026-04-16", True)])
def test_a_day_that_is_still_to_come_is_refused_before_anything_is_written(root: Path, held: str, comes: bool) -> None:
    """Months later the list of today would else be as fresh as that day."""
    path, before = put(root, "interfaces.csv", INTERFACES), (root / "gonogo.yaml").read_bytes()
    if not comes:
        add(root, [path], confirm=True, by="Ada Kirsch", held=held, now=LATE)
        assert f"{bound(root)['interfaces'].inputs[0].as_of.at:%Y-%m-%d}" == held
        return
    with pytest.raises(UsageError, match=r"2026-04-16 is still to come, and nobody knows today \(2026-04-15\)"):
        add(root, [path], confirm=True, by="Ada Kirsch", held=held, now=LATE)
    assert (root / "gonogo.yaml").read_bytes() == before


@pytest.mark.parametrize("held", ["2026-02-30", "April", "20260415"])
def test_what_is_no_day_is_refused_before_anything_is_written(root: Path, held: str) -> None:
    """The next step is to write it so."""
    path, before = put(root, "interfaces.csv", INTERFACES), (root / "gonogo.yaml").read_bytes()
    with pytest.raises(UsageError, match=f"`{held}` is not a day; write year-month-day"):
        add(root, [path], confirm=True, by="Ada Kirsch", held=held)
    assert (root / "gonogo.yaml").read_bytes() == before


def test_a_day_that_a_person_says_counts_where_a_document_is_silent_and_not_where_it_speaks(tmp_path: Path) -> None:
    """Ruff 0.17 writes SARIF without a time, Bandit 1.9 one with; without the day the first is a gap."""
    folder = tmp_path / "p"
    (folder / "evidence").mkdir(parents=True)
    start(folder, conduct(folder, {**GIVEN, "ruleset": "m3-hardened"}))
    scan = {"tool": {"driver": {"name": "x"}}, "results": [{"level": "note", "ruleId": "R", "message": {"text": "m"}}]}
    ended = {**scan, "invocations": [{"executionSuccessful": True, "endTimeUtc": "2026-04-01T00:00:00Z"}]}
    told: dict[str, str] = {}
    for name, run in (("silent", scan), ("dated", ended)):
        path = put(folder, f"{name}.sarif", json.dumps({"version": "2.1.0", "runs": [run]}))
        told[name] = "\n".join(add(folder, [path], confirm=True, by="Ada Kirsch", held="2026-04-15"))

    rules = {each.inputs[0].paths[0]: each.inputs[0].as_of for each in bound(folder).values()}
    assert rules["evidence/dated.sarif"].rule is AsOfRule.DOCUMENT
    assert f"{rules['evidence/silent.sarif'].at:%Y-%m-%d}" == "2026-04-15"
    assert rules["evidence/silent.sarif"].by == "Ada Kirsch"
    assert "the file itself says when it held, so 2026-04-15 is not needed." in told["dated"]
    assert "is not taken" not in told["silent"]
    assert "Which one counts?" in told["dated"]
    assert "evidence/dated.sarif --replaces " in told["dated"]
    assert "Which one counts?" not in told["silent"]


def test_a_newer_version_is_taken_by_the_binding_of_the_old_one(root: Path) -> None:
    """Week two's file has another name; the old one is settled with the reason, and nothing is confirmed by that."""
    told = add(root, [put(root, "change requests v4.csv", REQUESTS)])

    assert bound(root)["change-requests-v"].inputs[0].paths == ("evidence/change requests v4.csv",)
    assert bound(root)["change-requests-v"].confirmed is False
    assert load_program(root).program.not_evidence == {
        "evidence/change requests v3.csv": "superseded by change requests v4.csv"
    }
    assert told[0].startswith("evidence/change requests v4.csv: a newer version of evidence/change requests v3.csv;")


def test_a_newer_version_that_does_not_fit_changes_nothing_and_says_the_difference(root: Path) -> None:
    """A file whose columns were renamed is never read half."""
    before = (root / "gonogo.yaml").read_text()
    told = add(root, [put(root, "change requests v4.csv", REQUESTS.replace("Decision", "Verdict"))])

    assert (root / "gonogo.yaml").read_text() == before
    assert "change-requests-v does not read it: " in told[0]
    assert "Decision" in told[0]


def test_dated_exports_are_taken_by_a_pattern(root: Path) -> None:
    """Next week needs no command at all."""
    put(root, "interfaces_2027-04-09.csv", INTERFACES)
    add(root, [Path("evidence/interfaces_2027-04-09.csv")])
    told = add(root, [put(root, "interfaces_2027-04-16.csv", INTERFACES)])

    assert told[0] == (
        "evidence/interfaces_2027-04-16.csv: bound, and to be confirmed, as interfaces (by its pattern "
        "evidence/interfaces_*.csv)."
    )


def test_what_is_no_evidence_is_asked_about_once(root: Path) -> None:
    """A potluck list is settled with who said so and why; status, lint and a second add know it."""
    path = put(root, "potluck.csv", "Dish,Brings\nPie,Ada\nSalad,Ian\n")
    add(root, [path], reason="a list for the party", by="Ada Kirsch")

    (one,) = [each for each in folder_status(root) if each.path == "evidence/potluck.csv"]
    assert one.standing is HowItStands.IGNORED
    assert one.words.startswith("not_evidence: a list for the party (Ada Kirsch, 20")
    assert add(root, [path])[0].startswith("evidence/potluck.csv: not_evidence says why it is none:")
    assert "potluck" not in bound(root)


def test_files_of_the_programs_own_folder_are_listed_where_one_is_bound_or_settled(root: Path) -> None:
    """An office that keeps its files beside gonogo.yaml has no file that status passes over; gonogo's own are none."""
    for name in ("potluck.csv", "notes.txt", "bindings.xlsx"):
        (root / name).write_text("Dish,Brings\nPie,Ada\n", encoding="utf-8")
    assert {each.path for each in folder_status(root)} == {"evidence/change requests v3.csv"}

    add(root, [root / "potluck.csv"], reason="a list for the party", by="Ada Kirsch")

    assert {each.path for each in folder_status(root)} == {
        "evidence/change requests v3.csv",
        "notes.txt",
        "potluck.csv",
    }


def test_a_lock_file_is_called_so_and_nobody_has_to_settle_it(root: Path) -> None:
    """It goes away with the window of the program that has the workbook open."""
    told = add(root, [put(root, "~$RAID.xlsx", "\x05Ada")])

    assert told[0].startswith("evidence/~$RAID.xlsx: not bound. lock file. An office program has the file of that name")
    assert not [line for line in told if "--not-evidence" in line]


def test_a_fact_that_another_binding_answers_is_left_to_it(root: Path) -> None:
    """Two sources of one fact are a gap as soon as they differ."""
    told = add(root, [put(root, "CR list of the provider.csv", REQUESTS.replace("Modified", "Changed on"))])

    assert bound(root)["cr-list-of-the-provider"].settings["facts"] == {}
    assert "answers no fact yet" in told[0]
    assert "# change-requests-v answers cr.undecided" in (root / "gonogo.yaml").read_text()


def test_a_file_with_the_headings_of_a_bound_one_is_compared_with_it(root: Path) -> None:
    """Under another name it is most likely the next export; as a draft that answers nothing it would be forgotten."""
    told = add(root, [put(root, "CR list of the provider.csv", REQUESTS)])

    assert list(bound(root)) == ["change-requests-v"]
    assert "It has the headings of what change-requests-v reads" in told[0]
    assert "--replaces change-requests-v" in told[0]


STATED = """\
  - id: statements
    collector: attestation
    path: said.yaml
    as_of: document
    side: customer
    producer: Somebody
    settings: {facts: {cr.undecided: integer requests, interfaces.icd_approved: boolean}}
"""


@pytest.mark.parametrize(
    ("stated", "left"),
    [
        ("  - {fact: cr.undecided, value: 2, person: a.b, role: customer.program_manager, on: 2026-04-01}", True),
        ("  - {fact: cr.other, value: 2, person: a.b, role: customer.program_manager, on: 2026-04-01}", False),
    ],
)
def test_a_draft_never_takes_the_place_of_what_a_person_has_stated(tmp_path: Path, stated: str, left: bool) -> None:
    """A draft waits, and a fact with a source that waits is unknown: the stated answer would be gone."""
    (tmp_path / "evidence").mkdir()
    put(tmp_path, "interfaces.csv", INTERFACES)
    start(tmp_path, conduct(tmp_path, GIVEN))
    program = tmp_path / "gonogo.yaml"
    text = program.read_text()
    assert text.count("evidence:\n") == 1
    program.write_text(text.replace("evidence:\n", f"evidence:\n{STATED}"))
    (tmp_path / "said.yaml").write_text(f"schema: 1\nattestations:\n{stated}\n")

    add(tmp_path, [put(tmp_path, "change requests.csv", REQUESTS)])

    facts = bound(tmp_path)["change-requests"].settings["facts"]
    assert ("cr.undecided" not in facts) is left
    assert ("# statements answers cr.undecided" in program.read_text()) is left


@pytest.mark.parametrize(
    ("answers", "confirmed", "settled"),
    [
        (["yes", "2026-04-15"], None, False),
        (["later"], False, False),
        (["no", "an old list"], "gone", True),
        (["no", ""], False, False),
        (["yes", "tomorrow"], False, False),
        (["yes", "2999-01-01"], False, False),
    ],
)
def test_at_the_terminal_a_person_sees_what_is_read_and_answers(
    root: Path, answers: list[str], confirmed: object, settled: bool
) -> None:
    """Yes confirms, no settles with a reason, anything else leaves the binding waiting."""
    shown: list[str] = []
    given = iter(answers)

    add(root, [put(root, "interfaces.csv", INTERFACES)], by="Ada", ask=lambda _q, _d: next(given), tell=shown.append)

    binding = bound(root).get("interfaces")
    assert (binding.confirmed if binding is not None else "gone") == confirmed
    assert "  interfaces.e2e_passed_ratio = 1 of 2, and nobody says when it held" in shown
    assert ("evidence/interfaces.csv" in (load_program(root).program.not_evidence or {})) is settled


@pytest.mark.parametrize(
    ("files", "more", "says"),
    [
        ([], {}, "No file is named"),
        ([], {"confirm": True}, "Nobody can be asked here"),
        (["evidence/none.csv"], {}, "There is no file"),
        (["../outside.csv"], {}, "is outside"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    root: Path, files: list[str], more: dict[str, object], says: str
) -> None:
    """A program file is never half changed."""
    (root.parent / "outside.csv").write_text("a\n")
    before = (root / "gonogo.yaml").read_text()

    with pytest.raises(UsageError, match=says):
        add(root, [Path(name) for name in files], **more)  # type: ignore[arg-type]

    assert (root / "gonogo.yaml").read_text() == before


def test_the_status_says_which_file_is_newer_than_the_one_that_is_read(root: Path) -> None:
    """Both are there, and the binding still reads the old one."""
    put(root, "change requests v4.csv", REQUESTS)

    found = {each.path: (each.standing, each.words) for each in folder_status(root)}
    assert found["evidence/change requests v3.csv"][0] is HowItStands.UNCONFIRMED
    assert found["evidence/change requests v4.csv"] == (
        HowItStands.UNKNOWN,
        "CSV table; newer than evidence/change requests v3.csv, which change-requests-v reads; `gonogo add` takes it "
        "if it fits",
    )


def test_the_status_of_a_folder_tells_versions_apart_and_says_what_to_do(root: Path) -> None:
    """v3 beside v4, last month's date beside this month's, bound ones, and those that nobody knows."""
    for name in ("raid v3.csv", "raid v4.csv", "plan_2027-03-01.csv", "plan_2027-04-01.csv"):
        put(root, name, "a,b\n1,2\n")
    put(root, "notes.txt", "hello")

    found = {each.path: (each.standing, each.words) for each in folder_status(root)}
    assert found["evidence/raid v3.csv"] == (
        HowItStands.SUPERSEDED,
        "evidence/raid v4.csv is newer by the version in its name",
    )
    assert found["evidence/plan_2027-03-01.csv"] == (
        HowItStands.SUPERSEDED,
        "evidence/plan_2027-04-01.csv is newer by the date in its name",
    )
    assert found["evidence/change requests v3.csv"] == (HowItStands.UNCONFIRMED, "change-requests-v")
    assert found["evidence/notes.txt"][0] is HowItStands.UNKNOWN
    assert standing_lines(folder_status(root), str)[-1].endswith("--not-evidence REASON")
    assert {each.standing for each in folder_status(root / "evidence")} == {HowItStands.SUPERSEDED, HowItStands.UNKNOWN}


@pytest.mark.parametrize(("hour", "day"), [(3, "2026-05-01"), (4, "2026-05-02")])
def test_the_day_of_an_answer_is_that_of_the_program(root: Path, hour: int, day: str) -> None:
    """Midnight in Washington is four in the morning in Greenwich."""
    now = datetime(2026, 5, 2, hour, tzinfo=UTC)
    add(root, [put(root, "interfaces.csv", INTERFACES)], reason="an old plan", by="Ada", now=now)
    add(root, [Path("evidence/change requests v3.csv")], confirm=True, by="Ada", held="2026-04-03", now=now)

    assert (load_program(root).program.not_evidence or {})["evidence/interfaces.csv"] == f"an old plan (Ada, {day})"
    assert f"# confirmed by Ada on {day}" in (root / "gonogo.yaml").read_text()


@pytest.mark.parametrize(("said", "build"), [("no", None), ("", None), ("yes", "B-7")])
def test_a_person_is_asked_whether_a_file_is_about_the_build(tmp_path: Path, said: str, build: str | None) -> None:
    """A file that does not name its build may be last month's; the name of a build is no answer."""
    folder = tmp_path / "p"
    (folder / "evidence").mkdir(parents=True)
    start(folder, conduct(folder, {**GIVEN, "build": "B-7"}))
    path = put(folder, "SIT results 2026-11-19.csv", "Case,Result\nS-1,Passed\nS-2,Failed\n")
    answers = {"Is that read": "yes", "Are these": said, "On which day": "2026-11-19"}

    add(folder, [path], by="Ada", ask=lambda question, _: next(v for k, v in answers.items() if k in question))

    (binding,) = bound(folder).values()
    assert (binding.confirmed, binding.build) == (None, build)


def overwritten(root: Path) -> Path:
    """Bind a list that a person dates, and write another one under its name."""
    path = put(root, "interfaces.csv", INTERFACES)
    add(root, [path], confirm=True, by="Ada Kirsch", held="2026-04-15")
    return put(root, "interfaces.csv", INTERFACES.replace("Failed", "Passed"))


def read_of(root: Path) -> dict[str, str]:
    """What the binding of the list comes to."""
    return said_by_fact(open_program(root), bound(root)["interfaces"])


def test_a_day_that_a_person_said_is_about_the_content_that_they_saw(root: Path) -> None:
    """She said it of a list with a failure; a list under the same name without one is no older than today."""
    path = put(root, "interfaces.csv", INTERFACES)
    add(root, [path], confirm=True, by="Ada Kirsch", held="2026-04-15")
    assert read_of(root) == {"interfaces.e2e_passed_ratio": "1 of 2, held 2026-04-15"}
    assert [each.standing for each in folder_status(root) if "interfaces" in each.path] == [HowItStands.BOUND]
    assert add(root, [path])[0].startswith("evidence/interfaces.csv: read by interfaces")

    put(root, "interfaces.csv", INTERFACES.replace("Failed", "Passed"))
    (why,) = read_of(root).values()
    assert "Ada Kirsch said 2026-04-15 of other content. Say it of this one: gonogo add PROGRAM " in why
    (standing,) = [each for each in folder_status(root) if "interfaces" in each.path]
    assert standing.standing is HowItStands.STOPPED
    assert "Ada Kirsch said 2026-04-15 of other content" in standing.words

    put(root, "interfaces.csv", INTERFACES)
    assert read_of(root) == {"interfaces.e2e_passed_ratio": "1 of 2, held 2026-04-15"}


def test_an_overwritten_file_waits_for_a_day_of_its_own(root: Path) -> None:
    """As a newer version under another name does."""
    path = overwritten(root)
    (told, *_) = add(root, [path])
    assert told == (
        "evidence/interfaces.csv: holds something else than Ada Kirsch dated, so interfaces waits. On which day did it "
        "hold? Say it and confirm: --confirm --held DAY."
    )
    assert bound(root)["interfaces"].confirmed is False

    add(root, [path], confirm=True, by="Theo Brandvold", held="2026-04-22")
    assert read_of(root) == {"interfaces.e2e_passed_ratio": "2 of 2, held 2026-04-22"}


def test_a_folder_with_an_overwritten_file_is_dated_at_once(root: Path) -> None:
    """Week two is one command, also for those who keep the names of their files."""
    overwritten(root)
    add(root, [root / "evidence"], confirm=True, by="Ada Kirsch", held="2026-04-22")
    assert read_of(root) == {"interfaces.e2e_passed_ratio": "2 of 2, held 2026-04-22"}


def test_a_day_without_a_digest_is_about_any_content(root: Path) -> None:
    """So a program that somebody wrote by hand reads as before."""
    overwritten(root)
    program = root / "gonogo.yaml"
    program.write_text(re.sub(r", sha256: \[[0-9a-f]+\]", "", program.read_text(encoding="utf-8")), encoding="utf-8")

    assert bound(root)["interfaces"].inputs[0].as_of.sha256 is None
    assert read_of(root) == {"interfaces.e2e_passed_ratio": "2 of 2, held 2026-04-15"}


@pytest.mark.parametrize(("account", "taken"), [("root", False), ("akirsch", False), ("Ada Kirsch", True)])
def test_only_an_account_by_the_name_of_a_known_person_confirms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, account: str, taken: bool
) -> None:
    """The record said that `root` had checked a list, and nobody can ask him."""
    (tmp_path / "evidence").mkdir()
    file = tmp_path / "evidence" / "Report validation.csv"
    file.write_text("Report ID,Critical,Validated\nR-1,Yes,Yes\nR-2,No,No\n", encoding="utf-8")
    (tmp_path / "who.txt").write_text("customer.program_manager=Ada Kirsch\n", encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office(people=str(tmp_path / "who.txt"))))
    monkeypatch.setenv("LOGNAME", account)

    if taken:
        assert any("confirmed by Ada Kirsch" in line for line in add(tmp_path, [file], confirm=True, held="2026-11-19"))
        return
    with pytest.raises(UsageError, match="is not the name of a person, and nobody says who confirms"):
        add(tmp_path, [file], confirm=True, held="2026-11-19")
