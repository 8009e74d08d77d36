"""``gonogo assess``: one recorded verdict, one exit code, and nothing on stdout without a record."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.conftest import write_stated

from gonogo.audit.filesystem import file_system, refusal
from gonogo.audit.reading import read_log
from gonogo.cli import run
from gonogo.model.event import EventType


def last_line(text):
    return text.splitlines()[-1]


class TestVerdicts:
    def test_go_ends_with_0_and_says_that_it_is_a_rehearsal(self, stated, capfd):
        """An injected clock decides nothing, and line 1 says so."""
        code = run(stated.arguments)

        out, err = capfd.readouterr()
        assert (code, last_line(out), err) == (0, "verdict=GO", "")
        assert out.startswith("Rehearsal, not a decision: the clock was set by hand.")

    def test_no_go_ends_with_1(self, small_program, capfd):
        """Fewer are trained than the rung asks."""
        small = small_program(trained=59)

        assert run(small.arguments) == 1
        assert last_line(capfd.readouterr().out) == "verdict=NO-GO"

    def test_conditional_go_ends_with_3(self, small_program, capfd):
        """The survey failed, and somebody has a plan."""
        small = small_program(answered=10, plan=True)

        assert run(small.arguments) == 3
        assert last_line(capfd.readouterr().out) == "verdict=CONDITIONAL GO"

    def test_without_a_plan_an_open_conditional_criterion_blocks(self, small_program):
        """A promise that nobody made is not a condition."""
        assert run(small_program(answered=10).arguments) == 1

    def test_a_conditional_go_is_accepted_only_where_the_program_file_allows_it(self, small_program, capfd):
        """A pipeline must not be able to lower the bar by itself; where it may, every output says so."""
        small = small_program(answered=10, plan=True, more="accept: [conditional]")
        report = small.root / "r.json"

        code = run([*small.arguments, "--accept", "conditional", "-o", f"json:{report}", "-o", "terminal"])

        out = capfd.readouterr().out
        assert (code, last_line(out)) == (0, "verdict=CONDITIONAL GO accepted=conditional")
        assert "accept" in out.lower().replace("accepted=conditional", "")
        assert "accept" in report.read_text().lower()

    @pytest.mark.parametrize("name", ["terminal", "json", "markdown", "html"])
    def test_the_verdict_has_a_line_of_its_own_under_every_report(self, stated, capfd, name):
        """A pipeline reads the last line, and `</html>verdict=GO` is no verdict."""
        assert run([*stated.arguments, "-o", name]) == 0
        assert last_line(capfd.readouterr().out) == "verdict=GO"

    def test_accepting_without_leave_is_refused(self, small_program, capfd):
        """Exit 2, before anything is collected."""
        small = small_program(answered=10, plan=True)

        assert run([*small.arguments, "--accept", "conditional"]) == 2
        assert "accept: [conditional]" in capfd.readouterr().err
        assert not small.log.exists()

    def test_a_no_go_is_never_accepted(self, small_program):
        """There is one flag, and it does one thing."""
        small = small_program(trained=10, more="accept: [conditional]")

        assert run([*small.arguments, "--accept", "conditional"]) == 1

    @pytest.mark.parametrize(("change", "verdict"), [({}, "GO"), ({"trained": 10}, "NO-GO")])
    def test_only_a_conditional_go_is_told_as_accepted(self, small_program, capfd, change, verdict):
        """`verdict=NO-GO accepted=conditional` would say that somebody bore what nobody did."""
        small = small_program(**change, more="accept: [conditional]")
        report = small.root / "r.json"

        run([*small.arguments, "--accept", "conditional", "-o", f"json:{report}"])

        assert last_line(capfd.readouterr().out) == f"verdict={verdict}"
        assert '"accepted_conditional":false' in report.read_text()

    def test_a_real_decision_on_a_local_disk(self, tmp_path, capfd):
        """The system's clock, collected evidence, both evaluators."""
        small = write_stated(tmp_path / "program", now=datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1))
        if refusal(file_system(small.log)):
            pytest.skip("the folder for temporary files is not on a local disk; a decision's log may not lie there")

        code = run(["assess", str(small.root)])

        out = capfd.readouterr().out
        assert (code, last_line(out)) == (0, "verdict=GO")
        assert out.startswith("Decision run:")


class TestRefusals:
    """Exit 2: nothing was judged, nothing is on stdout, and nothing was recorded."""

    @pytest.fixture
    def refused(self, small, capfd):
        def check(*arguments, says):
            code = run([*small.arguments, *arguments])
            out, err = capfd.readouterr()
            assert (code, out) == (2, "")
            assert says in err
            assert "Traceback" not in err
            assert not small.log.exists()

        return check

    def test_an_unknown_release_lists_the_known(self, refused):
        refused("--release", "second", says="releases: first")

    def test_an_unknown_format_lists_the_known(self, refused):
        refused("-o", "slides", says="terminal, full, json, markdown, html")

    def test_a_ruleset_that_is_not_there(self, refused):
        refused("--ruleset", "nowhere@1.0.0", says="nowhere@1.0.0")

    def test_evidence_that_is_not_there(self, refused, tmp_path):
        refused("--evidence", str(tmp_path / "none.jsonl"), says="none.jsonl")

    def test_an_engine_that_nobody_has(self, refused):
        refused("--engine", "drools", says="drools")

    def test_a_moment_without_an_offset(self, small, capfd):
        assert run(["assess", str(small.root), "--as-of", "2027-04-19T12:00"]) == 2
        assert "no offset" in capfd.readouterr().err
        assert not small.log.exists()

    def test_a_moment_that_is_given_twice(self, refused):
        """Which of the two was meant, nobody would see in the verdict."""
        refused("--as-of", "2027-04-19T12:00Z", says="--as-of is given 2 times; give it once.")

    def test_a_program_that_is_not_there(self, tmp_path, capfd):
        assert run(["assess", str(tmp_path / "nowhere")]) == 2
        assert "gonogo.yaml" in capfd.readouterr().err

    def test_every_mistake_of_the_program_file_is_told_with_its_place(self, small, capfd):
        """People fix a file once."""
        small.edit("gonogo.yaml", "side: provider\n    producer: Test team", "sid: provider\n    producer: Test team")
        small.edit("gonogo.yaml", "collector: attestation", "collector: atestation")
        small.edit("people.yaml", "role: customer.functional_lead", "role: customer.functional_leed")

        code = run(small.arguments)

        err = capfd.readouterr().err
        assert code == 2
        assert "gonogo.yaml:" in err
        assert "'side'" in err or "`side`" in err

    def test_a_program_that_has_not_adopted_everything_decides_nothing(self, small_program, capfd):
        """One criterion a domain is easily GO; a pipeline that deploys on `assess` must not."""
        small = small_program(more="adopt: [program.cutover.approved, system.tests.executed]")

        assert run(small.arguments) == 2
        assert "gonogo progress" in capfd.readouterr().err

    def test_several_releases_must_be_told_apart(self, stated, capfd):
        """The wrong release's GO is a wrong GO."""
        stated.edit(
            "gonogo.yaml", "ruleset: ./rules", '  - {id: second, go_live: "2027-09-01T04:00Z"}\nruleset: ./rules'
        )

        assert run(stated.arguments) == 2
        assert "--release" in capfd.readouterr().err
        assert run([*stated.arguments, "--release", "second"]) == 0


class TestKind:
    """What makes a run a rehearsal says so on line 1, whatever is printed."""

    def kind(self, capfd):
        return capfd.readouterr().out.splitlines()[0]

    def test_the_reference_alone_is_a_rehearsal(self, stated, capfd):
        assert run([*stated.arguments, "--engine", "reference"]) == 0
        assert "only the reference evaluator judged" in self.kind(capfd)

    def test_supplied_evidence_is_a_rehearsal(self, stated, capfd):
        """What `collect` printed can be judged again, and edited in between."""
        run(["collect", str(stated.root), "--as-of", stated.as_of])
        lines = stated.root / "lines.jsonl"
        lines.write_text(capfd.readouterr().out)

        code = run([*stated.arguments, "--evidence", str(lines)])

        assert code == 0
        assert "supplied from a file" in self.kind(capfd)

    def test_another_ruleset_is_a_rehearsal(self, stated, capfd):
        """The program's own rules decide."""
        assert run([*stated.arguments, "--ruleset", str(stated.rules)]) == 0
        assert "Rehearsal" in self.kind(capfd)

    def test_line_1_says_so_when_the_reports_go_to_files(self, stated, capfd):
        """Two lines on stdout are still an output."""
        path = stated.root / "r.md"

        assert run([*stated.arguments, "-o", f"markdown:{path}"]) == 0

        assert self.kind(capfd).startswith("Rehearsal")
        assert "Rehearsal" in path.read_text().splitlines()[0]


class TestRecord:
    def test_the_log_holds_the_run_before_anybody_hears_of_it(self, small, capfd, monkeypatch):
        """Events in the order of the telling; the report of the run comes after its end."""
        assert run([*small.arguments, "-o", "json"]) == 0

        kinds = [entry.type for entry in read_log(small.log)]
        assert kinds[:2] == [EventType.LOG_OPENED, EventType.RUN_STARTED]
        assert kinds[-3:] == [EventType.DECISION_MADE, EventType.RUN_FINISHED, EventType.REPORT_RENDERED]
        assert kinds.count(EventType.MATERIAL_RECORDED) == 4
        assert kinds.count(EventType.COLLECTOR_FINISHED) == 5
        assert kinds.count(EventType.CRITERION_JUDGED) == 5
        assert json.loads("\n".join(capfd.readouterr().out.splitlines()[:-1]))

    def test_material_is_recorded_once(self, stated_run):
        """A log of a thousand runs does not hold a thousand rulesets."""
        assert run(stated_run.arguments) == 0

        kinds = [entry.type for entry in read_log(stated_run.log)]
        assert kinds.count(EventType.MATERIAL_RECORDED) == 4

    @pytest.mark.parametrize(
        ("sabotage", "code"),
        [
            pytest.param(lambda log: log.write_text("x"), 4, id="a file where the folder should be"),
            pytest.param(lambda log: log.symlink_to(log.parent / "evidence"), 4, id="a link to somewhere else"),
            pytest.param(
                lambda log: (log.mkdir(), (log / "000001.jsonl").symlink_to("/dev/null")), 5, id="a linked segment"
            ),
            pytest.param(lambda log: (log.mkdir(), (log / "000001.jsonl").mkdir()), 5, id="a folder as segment"),
            pytest.param(lambda log: (log.mkdir(), log.chmod(0o777)), 4, id="writable by all"),
            pytest.param(
                lambda log: (log.mkdir(), (log / "000002.jsonl").write_text("")), 5, id="begins in the middle"
            ),
        ],
    )
    def test_a_log_that_cannot_be_trusted_gives_no_verdict(self, sabotage, code, stated, capfd):
        """Evidence is GO; still nothing is said."""
        sabotage(stated.log)

        found = run(stated.arguments)

        out, err = capfd.readouterr()
        assert (found, out) == (code, "")
        assert "audit log" in err
        assert "Traceback" not in err

    def test_bytes_that_nobody_was_promised_are_set_aside_and_recorded(self, stated, capfd):
        """A crash of the very first write leaves such; there is no record that they could have changed."""
        stated.log.mkdir()
        (stated.log / "000001.jsonl").write_text("{}\n")

        assert run(stated.arguments) == 0

        assert [entry.read_text() for entry in (stated.log / "quarantine").iterdir()] == ["{}\n"]
        assert b'"type":"log.repaired"' in (stated.log / "000001.jsonl").read_bytes()

    @pytest.mark.parametrize("number", [0, 5, -1])
    def test_a_changed_record_ends_with_5_and_no_verdict(self, number, assessed, capfd):
        """A log that was edited is no place for a decision."""
        segment = assessed.log / "000001.jsonl"
        lines = segment.read_bytes().splitlines(keepends=True)
        lines[number] = lines[number].replace(b'"seq":', b'"seq": ')
        segment.write_bytes(b"".join(lines))

        code = run(assessed.arguments)

        out, err = capfd.readouterr()
        assert (code, out) == (5, "")
        assert ("broken" if number != -1 else "it had 25 when this host last wrote it") in err

    def test_a_report_that_cannot_be_written_ends_with_4_and_the_run_stays_recorded(self, stated, capfd):
        """The verdict exists; the claim that it was reported would be false."""
        code = run([*stated.arguments, "-o", "html:/dev/full"])

        out, err = capfd.readouterr()
        assert code == 4
        assert "verdict=" not in out
        assert "gonogo report" in err
        assert read_log(stated.log)[-2].type is EventType.RUN_FINISHED
