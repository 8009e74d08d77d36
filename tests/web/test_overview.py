"""The first page: never better news than the log, and never newer than what the run read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from tests.conftest import SURVEY_PLAN, Small
from tests.web.asked import Asker

from gonogo.audit.events import event
from gonogo.audit.history import open_history
from gonogo.audit.log import AuditLog
from gonogo.model.assessment import Purpose
from gonogo.model.event import EventType
from gonogo.model.program import ProfileUsed
from gonogo.model.record import RunAborted
from gonogo.program.program_file import load_program
from gonogo.ruleset.loader import load_ruleset
from gonogo.web.changed_since import changed_since
from gonogo.web.last_run import last_run
from gonogo.workflow.named_trust import NamedTrust
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess
from gonogo.workflow.publishing import recorded_view, render_again

Open = Callable[..., Asker]


def warned(asker: Asker) -> list[str]:
    """What stands before the verdict."""
    html = asker.get("/").html
    found = re.search(r'aria-labelledby="older">(.*?)</section>', html, re.DOTALL)
    return re.findall(r"<li>(.*?)</li>", found[1]) if found else []


def test_before_the_first_run_there_is_no_verdict(week: Asker) -> None:
    """A reader fills in an empty box as they hope."""
    text = week.get("/").text.replace("gonogo", "").replace("Go-live", "")

    assert "The last recorded run No run is recorded yet." in text
    assert not re.search(r"\b(NO-)?GO\b", text)
    assert "1 of 1 binding: answer the questions" in text
    assert "1 file of the folder that no binding reads: bind or set aside" in text


def test_a_rehearsal_is_shown_as_one_and_is_no_decision(rehearsed: Asker) -> None:
    """A hypothetical verdict that looks like a decision gets deployed."""
    text = rehearsed.get("/").text

    assert "Rehearsal, not a decision: " in text
    assert warned(rehearsed) == ["This run is no decision. No decision run is recorded."]
    assert text.index("This run is no decision") < text.index("Without waivers: GO.")


def test_a_verdict_is_said_in_the_words_of_the_report(rehearsed: Asker) -> None:
    """Two wordings of one verdict are two verdicts to a person who has to act on one."""
    view = recorded_view(rehearsed.desk.program)
    found = last_run(rehearsed.desk.program, rehearsed.desk.clock())
    assert not isinstance(found, tuple)
    report, text = render_again(rehearsed.desk.program, "markdown").decode(), rehearsed.get("/").text

    assert found.verdict == view.decision.verdict.value
    assert "Nothing blocks" in " ".join(found.meaning)
    assert all(sentence in text for sentence in (found.kind, found.without, *found.meaning))
    assert found.meaning[0] in report
    assert "Valid until" in text
    assert "; assessed " not in text  # that sentence counts the days from the run
    assert "No binding: the one is confirmed. No file of the folder is unknown." in text
    assert "No file that this run read has changed since." in text


def test_days_are_counted_from_today_and_not_from_the_run(rehearsed: Asker, stated_run: Small) -> None:
    """A page that is opened a week later must not say what was left then."""
    for days, words in ((0, "in 14 days"), (13, "in 1 day"), (14, "today"), (15, "1 day ago; that moment has passed")):
        rehearsed.desk.clock = lambda days=days: stated_run.now + timedelta(days=days, minutes=-1)
        text = rehearsed.get("/").text
        golive = text.partition("Go-live ")[2].partition(" The last recorded run")[0]

        assert golive.endswith(words), golive


@pytest.mark.parametrize(("seconds", "over"), [(-1, False), (0, True), (1, True)])
def test_a_verdict_is_over_at_the_moment_until_which_it_is_valid(rehearsed: Asker, seconds: int, over: bool) -> None:
    """`verify-decision` refuses it from that moment on, and a page may not say otherwise."""
    until = recorded_view(rehearsed.desk.program).decision.valid_until
    assert until is not None
    rehearsed.desk.clock = lambda: until + timedelta(seconds=seconds)

    assert any(each.startswith("This verdict is over: it was valid until") for each in warned(rehearsed)) is over


def test_a_later_run_that_was_interrupted_is_shown_before_the_older_verdict(
    rehearsed: Asker, stated_run: Small
) -> None:
    """What somebody began and did not finish may be what would have stopped it."""
    with AuditLog.open(stated_run.log) as log:
        log.append([event(EventType.RUN_ABORTED, RunAborted(why="It was interrupted."), run="r2")])

    assert "A later run was ended before it reached a verdict (r2)." in warned(rehearsed)
    with AuditLog.open(stated_run.log) as log:
        log.append([event(EventType.RUN_ABORTED, RunAborted(why="It was interrupted."), run="r3")])
    assert "2 later runs have no verdict; the last of them was ended before it reached a verdict (r3)." in warned(
        rehearsed
    )


def test_where_every_run_was_interrupted_there_is_no_verdict(stated: Small, opened: Open) -> None:
    """A log without a verdict is no empty log, and no good news."""
    with AuditLog.open(stated.log) as log:
        log.append([event(EventType.RUN_ABORTED, RunAborted(why="It was interrupted."), run="r1")])
    text = opened(stated.root).get("/").text

    assert "No recorded run has reached a verdict yet. A run was ended before it reached a verdict (r1)." in text


def test_an_older_report_beside_newer_files_says_so(rehearsed: Asker, stated_run: Small) -> None:
    """The verdict is about what was there; each file that is not as it was is named."""
    file = stated_run.root / "evidence/statements.yaml"
    file.write_bytes(file.read_bytes() + b"\n")
    assert "evidence/statements.yaml, read by statements, has changed." in warned(rehearsed)
    assert "No file that this run read has changed" not in rehearsed.get("/").text

    text = file.read_text(encoding="utf-8")
    file.write_text(text[:-1].replace("value: true", "value: TRUE"), encoding="utf-8")  # of the same size as before
    assert "evidence/statements.yaml, read by statements, has changed." in warned(rehearsed)

    file.unlink()
    assert "evidence/statements.yaml, read by statements, is not there any more." in warned(rehearsed)


def test_what_the_program_says_otherwise_is_named(rehearsed: Asker, stated_run: Small) -> None:
    """A threshold, a person, a waiver: none of them is a file of evidence, and each may change the verdict."""
    stated_run.edit("gonogo.yaml", "schema: 1\n", "schema: 1\nwaivers: waivers.yaml\n")
    (stated_run.root / "waivers.yaml").write_text("schema: 1\nwaivers: []\n", encoding="utf-8")
    stated_run.edit("people.yaml", "Ada", "Eda")

    assert warned(rehearsed)[1:] == [
        "gonogo.yaml says something else than it did in that run.",
        "The people register says something else than it did in that run.",
    ]


def test_other_rules_make_the_verdict_old(rehearsed: Asker, stated_run: Small) -> None:
    """The run read them too: a threshold of today may have made another verdict of the same evidence."""
    facts = stated_run.root / "rules" / "facts.yaml"
    before = facts.read_text(encoding="utf-8")
    said = "The ruleset, its facts or an overlay says something else than it did in that run."
    assert said not in warned(rehearsed)

    facts.write_text(before.replace("meaning: It is done", "meaning: It is all done", 1), encoding="utf-8")
    assert warned(rehearsed)[1:] == [said]
    assert "No file that this run read has changed" not in rehearsed.get("/").text

    facts.write_text(f"{before}nonsense: yes\n", encoding="utf-8")
    (unread,) = warned(rehearsed)[1:]
    assert unread.startswith("The ruleset cannot be read now")

    facts.write_text(f"{before}# a remark is no rule\n", encoding="utf-8")
    assert warned(rehearsed)[1:] == []


def test_an_overlay_is_part_of_the_rules_of_a_run(stated: Small) -> None:
    """What one gate loosened may be as strict as before today."""
    stated.edit("gonogo.yaml", "ruleset: ./rules\n", "ruleset: ./rules\noverlays: [board.yaml]\n")
    criterion = next(each.id for each in load_ruleset(stated.root / "rules").ruleset.criteria)
    overlay = 'schema: 1\noverlay: board\nversion: "3"\nset:\n  - {criterion: %s, max_age: 400d, reason: R.}\n'
    (stated.root / "board.yaml").write_text(overlay % criterion, encoding="utf-8")
    assess(Order(program=stated.root, as_of=stated.now))
    view = recorded_view(stated.root)
    assert changed_since(view, load_program(stated.root)) == ()

    stated.edit("board.yaml", "400d", "401d")
    assert [each[:11] for each in changed_since(view, load_program(stated.root))] == ["The ruleset"]


def test_where_profiles_read_files_gonogo_yaml_is_not_blamed_alone(stated_run: Small) -> None:
    """The digest of a program covers the profiles that it names."""
    loaded, view = load_program(stated_run.root), recorded_view(stated_run.root)
    used = ProfileUsed(name="our-jira", version="1", sha256="0" * 64)
    (binding,) = loaded.program.bindings
    program = loaded.program.model_copy(update={"bindings": (binding.model_copy(update={"profile": used}),)})

    (said,) = changed_since(view, replace(loaded, program=program))
    assert said == "gonogo.yaml, or an export profile that it names, says something else than it did in that run."


def test_another_trust_file_makes_the_verdict_old(stated_run: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose signatures counted is part of what the run read."""
    view = recorded_view(stated_run.root)
    stated_run.edit("gonogo.yaml", "schema: 1\n", "schema: 1\ntrust: trust.yaml\n")
    named = load_program(stated_run.root)
    known = {"trust_sha256": "0" * 64, "program_sha256": named.program.digest()}
    run = view.started.model_copy(update=known)
    (unread,) = changed_since(replace(view, started=run), named)
    assert unread.startswith("The trust file cannot be read now")

    for digest, said in (("0" * 64, ()), ("1" * 64, ("The trust file says something else than it did in that run.",))):
        trust = NamedTrust(SimpleNamespace(digest=lambda digest=digest: digest))  # type: ignore[arg-type]
        monkeypatch.setattr("gonogo.web.changed_since.named_trust", lambda _root, trust=trust: trust)
        assert changed_since(replace(view, started=run), named) == said


def test_waivers_and_plans_are_compared_one_by_one(rehearsed: Asker, stated_run: Small) -> None:
    """A plan that was taken back may be what a CONDITIONAL GO rests on."""
    stated_run.edit("gonogo.yaml", "schema: 1\n", "schema: 1\nplans: plans.yaml\n")
    (stated_run.root / "plans.yaml").write_text(SURVEY_PLAN.replace("@DUE@", "2027-04-30"), encoding="utf-8")

    assert "Action plans are not those of that run." in warned(rehearsed)
    assert "Waivers are not those of that run." not in warned(rehearsed)


def test_what_cannot_be_compared_is_not_called_the_same(stated_run: Small) -> None:
    """The people of a locked program, the files of a bundle, and a file that is too large: each says so."""
    loaded, view = load_program(stated_run.root), recorded_view(stated_run.root)
    (reply,) = view.collectors
    assert changed_since(view, loaded) == ()

    locked = replace(view, started=view.started.model_copy(update={"lock_sha256": "0" * 64, "people_sha256": "1" * 64}))
    assert [each[:22] for each in changed_since(locked, loaded)] == ["The program is locked,"]
    bundle = replace(view, collectors=(reply.model_copy(update={"deposited": reply}),))
    assert changed_since(bundle, loaded) == (
        "statements came from another job in a bundle; its files are not compared here.",
    )
    (read,) = reply.inputs
    huge = read.model_copy(update={"size": 64_000_001})
    with (stated_run.root / read.path).open("r+b") as stream:
        stream.truncate(huge.size)
    large = replace(view, collectors=(reply.model_copy(update={"inputs": (huge,)}),))
    assert "has 64,000,001 bytes as then, and is too large to be compared" in changed_since(large, loaded)[0]


def test_a_file_that_the_run_did_not_read_is_named(rehearsed: Asker, stated_run: Small) -> None:
    """Bound today and read by no run: the verdict cannot know it."""
    stated_run.edit("gonogo.yaml", "path: evidence/statements.yaml", "path: evidence/newer.yaml")
    (stated_run.root / "evidence/newer.yaml").write_text("schema: 1\n", encoding="utf-8")

    assert "evidence/newer.yaml is there for statements, and that run did not read it." in warned(rehearsed)


def test_a_newer_file_that_a_pattern_takes_makes_the_verdict_old(stated: Small, opened: Open) -> None:
    """Next week's file is taken without a word, so the page may not say that nothing has changed since."""
    first, later = (stated.root / f"evidence/statements_2027-04-{day}.yaml" for day in ("11", "12"))
    (stated.root / "evidence/statements.yaml").rename(first)
    stated.edit("gonogo.yaml", "path: evidence/statements.yaml", "path: evidence/statements_*.yaml")
    assess(Order(program=stated.root, as_of=stated.now))
    asker = opened(stated.root, now=stated.now)
    assert "No file that this run read has changed since." in asker.get("/").text

    later.write_bytes(first.read_bytes())
    (both,) = (each for each in warned(asker) if each.startswith("statements would read nothing now: "))
    assert "statements_2027-04-11.yaml, evidence/statements_2027-04-12.yaml" in both
    assert "No file that this run read has changed since." not in asker.get("/").text

    first.unlink()
    named = "evidence/statements_2027-04-12.yaml is there for statements, and that run did not read it."
    assert named in warned(asker)


def test_a_draft_that_nobody_confirmed_makes_no_verdict_old(rehearsed: Asker, stated_run: Small) -> None:
    """No run reads it, so the sentence would stand there after every new run too."""
    stated_run.edit("gonogo.yaml", "path: evidence/statements.yaml", "path: evidence/newer.yaml\n    confirmed: no")
    (stated_run.root / "evidence/newer.yaml").write_text("schema: 1\n", encoding="utf-8")

    assert not [each for each in warned(rehearsed) if "newer.yaml" in each]


def test_what_a_run_leaves_out_of_a_profile_is_no_change_of_the_program(
    stated_run: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run records the program without facts that its ruleset lacks; the file says what it said."""
    loaded, view = load_program(stated_run.root), recorded_view(stated_run.root)
    identity = loaded.program.identity.model_copy(update={"customer": "as a run records it"})
    checked = replace(loaded, program=loaded.program.model_copy(update={"identity": identity}))
    recorded = replace(view, started=view.started.model_copy(update={"program_sha256": checked.program.digest()}))
    assert changed_since(recorded, loaded) == ("gonogo.yaml says something else than it did in that run.",)

    monkeypatch.setattr("gonogo.web.changed_since.check_program", lambda _loaded, _rules: checked)

    assert changed_since(recorded, loaded) == ()


def test_a_broken_record_shows_no_verdict(rehearsed: Asker, stated_run: Small) -> None:
    """Somebody changed a line: whatever stood there is nothing to act on."""
    (segment,) = stated_run.log.glob("*.jsonl")
    segment.write_bytes(segment.read_bytes().replace(b'"verdict":"GO"', b'"verdict":"NO"', 1))
    for each in stated_run.log.glob("index*"):
        each.unlink()
    text = rehearsed.get("/").text

    assert "The record cannot be shown" in text
    assert "Exit 5. No verdict is shown from a record that cannot be read." in text
    assert "Without waivers" not in text
    assert "There is nothing to show" in rehearsed.get("/report").text


def test_a_program_with_mistakes_says_them_and_that_nothing_is_compared(rehearsed: Asker, stated_run: Small) -> None:
    """The old verdict stays readable, and does not look as if it were about the files of today."""
    stated_run.edit("gonogo.yaml", "schema: 1\n", "schema: 1\nrelaese: R1\n")
    text = rehearsed.get("/").text

    assert "The program's files have mistakes" in text
    assert "relaese" in text
    assert "nobody can say what has changed since" in text
    assert "No file that this run read has changed" not in text


def test_the_report_is_served_as_it_is(rehearsed: Asker) -> None:
    """Byte for byte what `gonogo report -o html` writes, with a policy that allows its own style and nothing else."""
    answer = rehearsed.get("/report")
    page = render_again(rehearsed.desk.program, "html")

    assert answer.body == page
    own = re.search(rb"style-src '(sha256-[^']+)'", page)
    assert own is not None
    assert f"style-src '{own[1].decode()}'" in answer.header("content-security-policy")
    assert "form-action 'none'" in answer.header("content-security-policy")
    assert "frame-ancestors 'none'" in answer.header("content-security-policy")


def test_a_decision_is_shown_without_such_words(today: Small, opened: Open) -> None:
    """Warnings that are always there are read by nobody; a daily run after it names the decision."""
    asker = opened(today.root, run=True)
    ran = asker.follow(asker.send("/run", {})).text

    assert "The run is recorded Decision run: system clock" in ran
    assert "Exit 0: GO, recorded. Verdict: GO; without waivers: GO." in ran
    assert "The run is recorded" not in asker.get("/run").text
    assert warned(asker) == []
    (run,) = open_history(today.log).runs
    assert run.run in ran
    assert "Decision run: system clock, collected evidence, both evaluators." in asker.get("/").text

    now = asker.desk.clock()
    asker.desk.clock = lambda: now - timedelta(hours=1)
    assert warned(asker) == [
        "The run is dated later than it is now by the clock of this machine: one of the two is wrong."
    ]


def test_a_daily_run_names_the_decision_before_it(today: Small, opened: Open) -> None:
    """The last run is a GO and nothing can be deployed on it; the last decision was a NO-GO, and the first one a GO."""
    assess(Order(program=today.root))
    was = (today.root / "evidence/statements.yaml").read_bytes()
    today.deny("desk.staffed")
    assess(Order(program=today.root))
    (today.root / "evidence/statements.yaml").write_bytes(was)
    assess(Order(program=today.root, purpose=Purpose.PROGRESS))
    asker = opened(today.root)
    (said,) = warned(asker)

    assert said.startswith("This run is no decision. The last decision run was of first, ")
    assert said.endswith(", and came to NO-GO.")
    assert "Release" not in asker.get("/").text

    # A run of another release comes after it, and is the last one; what came of this one is not hidden by it.
    later = "2030-01-01T00:00Z"
    today.edit(
        "gonogo.yaml", "\nruleset:", f"\n  - {{id: second, go_live: {later}, subjects: {{commit: b}}}}\nruleset:"
    )
    assess(Order(program=today.root, release="second"))
    assert re.search(r"Release first GO, progress run of \w+ 20", asker.get("/").text)


def test_no_page_of_another_program_is_shown(rehearsed: Asker, stated_run: Small) -> None:
    """A log that was copied beside another program is not its history."""
    stated_run.edit("gonogo.yaml", "program: {id: small", "program: {id: other")
    text = rehearsed.get("/").text

    assert "The record cannot be shown" in text
    assert "Without waivers" not in text


def test_a_defect_is_said_to_be_one_and_shows_nothing_of_itself(stated: Small, opened: Open) -> None:
    """A trace on a page holds paths and values; the terminal has it, and no verdict follows from it."""
    asker = opened(stated.root)

    def broken() -> datetime:
        raise RuntimeError("XYZZY")

    asker.desk.clock = broken
    with pytest.raises(RuntimeError):
        asker.get("/")
    page = asker.last

    assert (page.status, "This is a defect of gonogo" in page.text, "XYZZY" in page.html) == (500, True, False)
    assert "No verdict follows from this page." in page.text
