"""``gonogo init``: what it writes is valid at once, says what is open, and never overwrites anything."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.invented_office import invented_office
from tests.warm import Warm

from gonogo.errors import UsageError
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import Started, start
from gonogo.first_week.unfilled import unfilled
from gonogo.model.fact import Bound
from gonogo.model.program import AsOfRule
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import ProgramFiles, load_program
from gonogo.ruleset.loader import load_ruleset
from gonogo.workbook.making import make_workbook

GIVEN = invented_office()
MSPDI = '<Project xmlns="http://schemas.microsoft.com/project"><Name>x</Name></Project>'
JUNIT = (
    '<testsuite timestamp="2027-04-01T00:00:00"><testcase classname="s" name="{}"/>'
    '<testcase classname="s" name="T-2"/></testsuite>'
)
CSV = "case,status\n1,open\n2,closed\n3,open\n"


def init(root: Path, files: dict[str, str | bytes] | None = None, **more: str | None) -> Started:
    """Start a program over these files of the evidence folder."""
    for name, data in (files or {}).items():
        path = root / "evidence" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return start(root, conduct(root, {**GIVEN, **more}))


def loaded(root: Path) -> ProgramFiles:
    """Load the program and check it against its own ruleset, as every run does."""
    program = load_program(root)
    check_program(program, load_ruleset(program.program.ruleset, root=root))
    return program


class TestFromNothing:
    def test_an_empty_folder_becomes_a_program_that_loads(self, tmp_path: Path) -> None:
        """In week one there are people and no files."""
        root = tmp_path / "new" / "Harborline R1"

        init(root)

        program = loaded(root)
        assert (program.program.identity.id, program.program.ruleset) == ("harborline-r1", "ruleset/m3-baseline")
        assert program.program.bindings == ()
        assert (root / "evidence").is_dir()

    def test_lint_passes_and_progress_is_an_honest_no_go_at_once(self, tmp_path: Path, warm: Warm) -> None:
        """What is not proved is unknown, and the first page says so."""
        init(tmp_path, {"ims.xml": MSPDI, "roster_2027-04-01.csv": CSV, "sit.xml": JUNIT.format("T-1")})

        lint = warm("lint", str(tmp_path))
        run = warm("progress", str(tmp_path), "--as-of", "2027-04-19T12:00-04:00")

        assert lint.returncode == 0, lint.stderr
        assert run.stdout.rstrip().endswith("verdict=NO-GO"), run.stderr

    def test_what_nobody_was_asked_is_not_told_as_unanswered(self, tmp_path: Path, warm: Warm) -> None:
        """On the first day no person owes anything."""
        init(tmp_path)

        run = warm("progress", str(tmp_path), "--as-of", "2027-05-01T12:00-04:00", "-o", "full")

        assert "Unknown, most urgent first: 26 unasked." in run.stdout

    def test_the_workbook_that_it_names_asks_for_every_other_fact(self, tmp_path: Path) -> None:
        """A fact that nobody is asked for would stay unknown; one that is asked twice would need two answers."""
        answers = init(tmp_path, {"ims.xml": MSPDI})
        answered = {name for proposal in answers.proposals for name in proposal.answers}
        made = make_workbook(tmp_path, output=tmp_path / "evidence.xlsx", as_of=datetime(2027, 5, 3, 10, tzinfo=UTC))
        (tmp_path / "evidence.xlsx").write_bytes(made.data)
        program = tmp_path / "gonogo.yaml"
        program.write_text(program.read_text(encoding="utf-8") + made.block, encoding="utf-8")
        (attestations,) = [b for b in loaded(tmp_path).program.bindings if b.plugin == "attestation"]

        asked = set(attestations.settings["facts"])

        rules = answers.answers.rules
        of_a_build = {name for name in rules.ruleset.facts if rules.vocabulary[name].bound is Bound.BUILD}
        assert asked | answered | of_a_build >= set(rules.ruleset.facts)
        assert not asked & answered

    @given(name=st.text(min_size=1, max_size=60))
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_any_name_that_is_accepted_is_read_back_as_it_was_given(
        self, tmp_path_factory: pytest.TempPathFactory, name: str
    ) -> None:
        """A quote, a colon or a hash in an agency's name must not become YAML."""
        root = tmp_path_factory.mktemp("p")
        try:
            init(root, customer=name, provider=name)
        except UsageError:
            return

        assert load_program(root).program.identity.customer == " ".join(name.split())

    def test_the_people_that_were_named_hold_their_seats_and_the_rest_is_open(self, tmp_path: Path) -> None:
        """Open seats are lines to be completed, not people called First Last."""
        (tmp_path / "who.txt").write_text("customer.pmo_lead=Zoë Ünal\nprovider.pmo_lead=Noel Bracken\n")

        init(tmp_path, people=str(tmp_path / "who.txt"))

        register = loaded(tmp_path).people
        assert {tenure.person: tenure.name for tenure in register.tenures} == {
            "zoe.unal": "Zoë Ünal",
            "noel.bracken": "Noel Bracken",
        }
        assert "customer.authorizing_official" in (tmp_path / "people.yaml").read_text()


class TestBindings:
    def test_a_schedule_is_bound_and_only_its_activity_is_open(self, tmp_path: Path) -> None:
        """The one thing that no content tells is which activity is the go-live."""
        init(tmp_path, {"Plan v3 (Zoë).xml": MSPDI})

        binding = loaded(tmp_path).program.bindings[0]
        assert (binding.plugin, binding.collector, binding.prefix) == ("schedule", "mspdi", "ims")
        assert binding.inputs[0].paths == ("evidence/Plan v3 (Zoë).xml",)
        assert any("golive: name of the go-live activity" in str(entry) for entry in unfilled(tmp_path))

    def test_results_are_bound_to_the_plan_whose_ids_they_name(self, tmp_path: Path) -> None:
        """A case that was never run shows only against the plan."""
        init(
            tmp_path,
            {
                "uat/run1.xml": JUNIT.format("T-1"),
                "uat/run2.xml": JUNIT.format("T-3"),
                "uat/plan.csv": "case_id,title\nT-1,a\nT-2,b\nT-3,c\n",
                "other.csv": CSV,
            },
        )

        binding = loaded(tmp_path).program.bindings[0]
        assert (binding.plugin, binding.prefix) == ("junit", "uat")
        assert {entry.name: entry.paths for entry in binding.inputs} == {
            "plan": ("evidence/uat/plan.csv",),
            "reports": ("evidence/uat/run1.xml", "evidence/uat/run2.xml"),
        }
        assert binding.settings == {"id_column": "case_id"}

    def test_a_collector_whose_facts_have_full_names_is_bound_without_a_prefix(self, tmp_path: Path) -> None:
        """A prefix that nobody can fill in would leave the register unread."""
        init(tmp_path, {"exercises.csv": "Exercise ID,System,Exercise type,Date held,Outcome,RTO (hours)\n"})

        binding = loaded(tmp_path).program.bindings[0]
        assert (binding.plugin, binding.prefix, binding.confirmed) == ("exercises", None, False)

    def test_ids_may_be_the_class_and_the_name(self, tmp_path: Path) -> None:
        """Another convention of test runners."""
        init(tmp_path, {"sit.xml": JUNIT.format("T-1"), "cases.csv": "key,n\ns.T-1,1\ns.T-2,2\n"})

        assert loaded(tmp_path).program.bindings[0].settings == {"id_column": "key", "case_id": "classname.name"}

    def test_results_without_a_plan_or_of_unknown_tests_are_asked_about(self, tmp_path: Path) -> None:
        """What is guessed is a question, and nothing is read before a person has answered it."""
        started = init(tmp_path, {"sit.xml": JUNIT.format("T-1"), "nightly.xml": JUNIT.format("T-9")})

        asked = [question for proposal in started.proposals for question in proposal.questions]
        assert sum(question.startswith("path: add `plan:`") for question in asked) == 2
        assert "Which tests are these: uat, sit, regression? They are bound as uat." in asked
        bindings = loaded(tmp_path).program.bindings
        assert [(binding.prefix, binding.confirmed) for binding in bindings] == [("uat", False), ("sit", False)]

    @pytest.mark.parametrize(
        ("cells", "scale"),
        [
            (["4-Significant (15% impact to cost or schedule)"], "list"),
            (["4-Significant (greater than 10% impact to budget, critical path milestones impacted)"], "instructions"),
            (["4", "3"], ""),
            (["1-Minimal or no impact (0-5% impact to cost or schedule)", "4-Significant (nonsense)"], ""),
        ],
    )
    def test_the_impact_scale_is_taken_from_the_cells_or_left_open(
        self, tmp_path: Path, cells: list[str], scale: str
    ) -> None:
        """The template contradicts itself; where the cells do not say which scale was used, a person must."""
        (tmp_path / "evidence").mkdir()
        made = xlsxwriter.Workbook(tmp_path / "evidence" / "RAID v12 FINAL.xlsx")
        made.add_worksheet("Cover")
        risks = made.add_worksheet("Risk Log")
        risks.write_row(0, 0, ["Title", "Consequence / Impact"])
        for row, cell in enumerate(cells, 1):
            risks.write_row(row, 0, ["t", cell])
        made.add_worksheet("Issue Log")
        made.close()

        (proposal,) = init(tmp_path).proposals

        assert proposal.active is bool(scale)
        if scale:
            assert loaded(tmp_path).program.bindings[0].settings == {"impact_scale": scale}
        else:
            assert any("impact_scale" in str(entry) for entry in unfilled(tmp_path))

    def test_a_table_is_drafted_and_not_read_until_a_person_has_confirmed_it(self, tmp_path: Path) -> None:
        """Nobody pastes settings; what the columns mean is still a person's word."""
        started = init(tmp_path, {"interface_list_2027-04-16.csv": "Interface ID,Owner,E2E test\nI-1,Ada,Passed\n"})

        (binding,) = loaded(tmp_path).program.bindings
        assert binding.confirmed is False
        assert (binding.inputs[0].paths, binding.inputs[0].as_of.rule) == (
            ("evidence/interface_list_*.csv",),
            AsOfRule.FILE_NAME,
        )
        assert str(binding.handling.marking) == "PII"
        assert binding.settings["facts"] == {
            "interfaces.e2e_passed_ratio": {"share": {"where": 'e2e_test == "Passed"'}}
        }
        assert "Owner" in binding.settings["tables"]["interface_list"]["ignore"]
        assert started.left == ()
        assert "  # ask: Does it say interfaces.icd_approved_ratio" in (tmp_path / "gonogo.yaml").read_text()

    def test_nothing_of_a_program_is_left_to_fill_in_or_in_comments(self, tmp_path: Path) -> None:
        """A place to fill in is where an office without programmers gives up."""
        files: dict[str, str | bytes] = {"staff.csv": CSV, "sit.xml": JUNIT.format("T-1"), "x.csv": "a,b\n1,2\n3,4\n"}

        started = init(tmp_path, files)

        assert unfilled(tmp_path) == []
        assert len(loaded(tmp_path).program.bindings) == len(started.proposals) == 3
        assert {binding.confirmed for binding in loaded(tmp_path).program.bindings} == {False}

    def test_of_dated_versions_the_newest_is_picked_by_a_pattern(self, tmp_path: Path) -> None:
        """Next week's export is found without touching the file."""
        init(tmp_path, {"ims_2027-04-08.xml": MSPDI, "ims_2027-04-15.xml": MSPDI})

        (entry,) = loaded(tmp_path).program.bindings[0].inputs
        assert (entry.paths, entry.pick_newest) == (("evidence/ims_*.xml",), True)
        assert entry.as_of.rule is AsOfRule.FILE_NAME

    def test_two_files_for_the_same_facts_are_both_named_and_none_is_chosen(self, tmp_path: Path) -> None:
        """`RAID v11` and `RAID v12 FINAL`: only a person knows which one counts."""
        started = init(tmp_path, {"Plan v11.xml": MSPDI, "Plan v12 FINAL.xml": MSPDI})

        assert [binding.prefix for binding in loaded(tmp_path).program.bindings[:2]] == ["ims", "ims"]
        assert sum("Which one counts" in each for one in started.proposals for each in one.questions) == 2

    def test_of_two_versions_the_newest_is_bound_and_the_others_are_named(self, tmp_path: Path) -> None:
        """Two bindings of one register count everything twice, or contradict each other; version 10 comes after 9."""
        init(tmp_path, {"defects_v9.csv": b"id,state\n1,Open\n", "defects_v10.csv": b"id,state\n1,Open\n"})
        text = (tmp_path / "gonogo.yaml").read_text()

        assert 'path: "evidence/defects_v10.csv"' in text
        assert 'path: "evidence/defects_v9.csv"' not in text
        assert loaded(tmp_path).program.not_evidence == {
            "evidence/defects_v9.csv": "an older version of defects_v10.csv"
        }
        assert "# ask: Is defects_v10.csv the version that counts?" in text

    def test_a_schedule_that_was_saved_as_a_table_is_called_one(self, tmp_path: Path) -> None:
        """A table has no calendars and no links, so its float would be invented."""
        init(tmp_path, {"ims.csv": b"Unique ID,Task Name,Start,Finish,Predecessors\n1,A,2027-04-01,2027-04-02,\n"})

        assert "schedule of Microsoft Project that was saved as a" in (tmp_path / "gonogo.yaml").read_text()

    def test_what_is_to_be_filled_in_is_told_to_its_end(self, tmp_path: Path) -> None:
        """A comment that goes on in the next line was cut off in the middle of what to do."""
        started = init(tmp_path, {f"Plan v{n} FINAL {mark}.xml": MSPDI for n, mark in enumerate("abcdef", 1)})

        told = [each for one in started.proposals for each in one.questions if "Which one counts" in each]
        assert len(told) == 6
        assert all(sentence.endswith("keep one of them, or say authority.") for sentence in told)
        assert sum(line.endswith("keep one of them, or say authority.") for line in started.lines()) == 6

    def test_a_file_of_statements_is_bound_with_the_facts_that_it_states(self, tmp_path: Path) -> None:
        """Their types come from the vocabulary."""
        text = "schema: 1\nattestations:\n  - fact: agreement.gtc_approved_both\n    value: true\n"
        init(tmp_path, {"letters.yaml": text, "strange.yaml": text.replace("gtc", "nobody_knows")})

        bindings = loaded(tmp_path).program.bindings
        assert bindings[0].settings == {"facts": {"agreement.gtc_approved_both": "boolean"}}
        assert [binding.id for binding in bindings] == ["letters"]

    def test_names_that_no_setting_can_hold_are_bound_by_a_pattern(self, tmp_path: Path) -> None:
        """Two blanks, a hard blank, and what a terminal would obey."""
        init(tmp_path, {"a  b.xml": MSPDI, "c\u00a0d.xml": MSPDI, "e\x1b[0mf.xml": MSPDI, "g\nid: h.xml": MSPDI})

        paths = [entry.paths[0] for binding in loaded(tmp_path).program.bindings[:4] for entry in binding.inputs]
        assert sorted(paths) == [
            "evidence/a ?b.xml",
            "evidence/c?d.xml",
            "evidence/e?[[]0mf.xml",
            "evidence/g?id: h.xml",
        ]

    def test_what_was_not_recognized_is_listed_with_the_reason(self, tmp_path: Path) -> None:
        """In the file, where somebody will look a month later."""
        started = init(tmp_path, {"~$RAID.xlsx": b"x", "minutes.pdf": b"%PDF-1.7", "a\nb: c.bin": b"\x01"})

        text = (tmp_path / "gonogo.yaml").read_text()
        assert "# evidence/~$RAID.xlsx: lock file. An office program" in text
        assert "# evidence/minutes.pdf: unknown. It is a PDF" in text
        assert "# evidence/a\\x0ab: c.bin: unknown." in text
        assert any("minutes.pdf" in line for line in started.lines())
        loaded(tmp_path)

    def test_an_evidence_folder_may_be_the_programs_own(self, tmp_path: Path) -> None:
        """Everything in one folder, as people have it."""
        (tmp_path / "ims.xml").write_text(MSPDI)

        init(tmp_path, evidence=".")

        assert loaded(tmp_path).program.bindings[0].inputs[0].paths == ("ims.xml",)

    def test_a_ruleset_without_the_facts_leaves_the_binding_a_comment(self, tmp_path: Path, rules) -> None:  # type: ignore[no-untyped-def]
        """A binding that answers for what nobody asks would stop every run."""
        folder = tmp_path / "small"
        folder.mkdir()
        facts = (rules.folder / "facts.yaml").read_text().replace("ims.leads_count", "ims.other_count")
        (folder / "facts.yaml").write_text(facts)
        (folder / "ruleset.yaml").write_text((rules.folder / "ruleset.yaml").read_text())

        started = init(tmp_path / "p", {"ims.xml": MSPDI}, ruleset=str(folder))

        assert not started.proposals[0].active
        assert "does not ask for ims.leads_count" in started.proposals[0].missing[0]
        loaded(tmp_path / "p")


def test_the_build_is_asked_once_and_stands_with_the_release_and_the_test_results(tmp_path: Path) -> None:
    """Without it results end as being about something else; with it another build's are told apart."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "sit.xml").write_text("<testsuite><testcase name='1'/></testsuite>")

    init(tmp_path, build="REL-4.2.118")

    text = (tmp_path / "gonogo.yaml").read_text()
    assert '    subjects: {artifact: "REL-4.2.118"}' in text
    assert '    subject: {build: "REL-4.2.118"}   # check' in text
    assert loaded(tmp_path).program.releases[0].builds == {"REL-4.2.118"}


class TestNeverOverwriting:
    def test_a_program_that_is_there_is_refused(self, tmp_path: Path) -> None:
        """A second init must not cost anybody their work."""
        (tmp_path / "gonogo.yaml").write_text("mine\n")

        with pytest.raises(UsageError, match="never overwritten"):
            init(tmp_path)

        assert (tmp_path / "gonogo.yaml").read_text() == "mine\n"

    def test_an_empty_one_is_refused_with_how_it_came_to_be(self, tmp_path: Path) -> None:
        """`gonogo workbook DIR >> DIR/gonogo.yaml` makes it before the command says that there is no program."""
        (tmp_path / "gonogo.yaml").touch()

        with pytest.raises(UsageError, match="never overwritten") as caught:
            init(tmp_path)

        assert "it is empty" in caught.value.hint
        assert "remove it" in caught.value.hint

    def test_side_files_that_are_there_are_kept_and_named(self, tmp_path: Path) -> None:
        """A people register often comes first."""
        (tmp_path / "people.yaml").write_text("schema: 1\npeople: []\n# mine\n")

        started = init(tmp_path)

        assert started.kept == ("people.yaml",)
        assert (tmp_path / "people.yaml").read_text().endswith("# mine\n")

    def test_a_file_where_a_folder_should_be_is_refused(self, tmp_path: Path) -> None:
        """A slip of the command line."""
        (tmp_path / "x").write_text("")

        with pytest.raises(UsageError, match="is not a folder"):
            init(tmp_path / "x")

    def test_another_ruleset_in_the_way_is_refused(self, tmp_path: Path) -> None:
        """Criteria are never replaced by the way."""
        (tmp_path / "ruleset" / "m3-baseline").mkdir(parents=True)
        (tmp_path / "ruleset" / "m3-baseline" / "ruleset.yaml").write_text("other\n")

        with pytest.raises(UsageError, match="holds another ruleset"):
            init(tmp_path)

    def test_a_broken_run_can_be_repeated(self, tmp_path: Path) -> None:
        """Everything but the program file may be there already."""
        init(tmp_path)
        (tmp_path / "gonogo.yaml").unlink()

        assert init(tmp_path).kept == ("people.yaml",)
        loaded(tmp_path)

    def test_registers_that_are_there_are_read_and_others_come_with_the_workbook(self, tmp_path: Path) -> None:
        """A file that init writes and nobody reads is a trap; so is one that is there and not named."""
        (tmp_path / "plans.yaml").write_text("schema: 1\nplans: []\n")

        started = init(tmp_path)

        text = (tmp_path / "gonogo.yaml").read_text()
        assert started.kept == ("plans.yaml",)
        assert "\nplans: plans.yaml\n" in text
        assert "\nwaivers:" not in text
        assert not (tmp_path / "waivers.yaml").exists()


def test_the_examples_evidence_is_recognized_and_bound(tmp_path: Path) -> None:
    """The complete fictional migration, started from its files alone."""
    parents = (parent / "examples" / "harborline" for parent in Path(__file__).resolve().parents)
    example = next((folder / "go" for folder in parents if folder.is_dir()), None)
    if example is None or not (example / "evidence").is_dir():
        pytest.skip("the example is not here")
    evidence = tmp_path / "program" / "evidence"
    evidence.parent.mkdir()
    for path in sorted(p for p in (example / "evidence").rglob("*") if p.is_file()):
        target = evidence / path.relative_to(example / "evidence")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())

    started = init(tmp_path / "program")

    assert started.survey.unrecognized == ()
    active = {proposal.prefix or proposal.id for proposal in started.proposals if proposal.active}
    assert {"ims", "raid", "sit", "regression"} <= active
    loaded(tmp_path / "program")
    assert json.dumps([str(entry) for entry in started.left])
