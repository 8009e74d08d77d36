"""The commands that look things up: they decide nothing and record nothing."""

import json
import re
from pathlib import Path

import pytest

from gonogo.cli import run
from gonogo.model.evidence import GapReason
from gonogo.ruleset.loader import ruleset_by_name
from gonogo.workflow.explaining import explain, explain_facts

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())


def told(capfd, *arguments):
    code = run(list(arguments))
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    return code, out, err


class TestFacts:
    def test_every_fact_is_listed_with_its_type(self, small, capfd):
        """A collector's author starts here."""
        code, out, _ = told(capfd, "facts", "--ruleset", str(small.rules))
        assert code == 0
        assert "desk.open_posts" in out
        assert "integer (posts)" in out

    def test_one_fact_is_explained(self, capfd):
        """From the shipped ruleset by default."""
        code, out, _ = told(capfd, "facts", "ims.golive_total_float_days")
        assert code == 0
        assert "question" in out

    def test_a_part_of_a_name_lists_what_has_it(self, small, capfd):
        """People remember the subject, not the dots."""
        code, out, _ = told(capfd, "facts", "desk", "--ruleset", str(small.rules))
        assert code == 0
        assert [line.split()[0] for line in out.splitlines()] == ["desk.open_posts"]

    def test_a_misspelt_fact_names_the_nearest(self, small, capfd):
        code, _, err = told(capfd, "facts", "desk.open_post", "--ruleset", str(small.rules))
        assert code == 2
        assert "did you mean desk.open_posts" in err


class TestExplain:
    def test_a_criterion_says_what_it_asks_and_of_whom(self, small, capfd):
        """The sentence that a lead forwards."""
        code, out, _ = told(capfd, "explain", "workforce.training.completion", "--ruleset", str(small.rules))
        assert code == 0
        assert "training.completed_ratio >= min_completion" in out
        assert "60% from T-30, 98% from T-0" in out

    def test_with_a_program_it_says_how_it_stands(self, assessed, capfd):
        code, out, _ = told(capfd, "explain", "operations.desk.staffed", "--program", str(assessed.root))
        assert code == 0
        assert "Met: desk.open_posts stands at 0 posts" in out

    def test_before_the_first_run_nothing_stands(self, small, capfd):
        code, out, _ = told(capfd, "explain", "operations.desk.staffed", "--program", str(small.root))
        assert code == 0
        assert "no run of this program is recorded yet" in out

    def test_a_broken_log_is_said_and_not_quoted(self, assessed, capfd):
        """What a forged log says of a criterion is not repeated."""
        segment = assessed.log / "000001.jsonl"
        segment.write_bytes(segment.read_bytes().replace(b"Met: desk", b"Met: DESK"))
        code, out, _ = told(capfd, "explain", "operations.desk.staffed", "--program", str(assessed.root))
        assert code == 0
        assert "broken" in out
        assert "DESK" not in out

    def test_the_log_of_another_program_is_no_answer(self, assessed, capfd):
        """A folder that was copied with its log must not say *met* of what nobody has judged here."""
        assessed.edit("gonogo.yaml", "{id: small,", "{id: second,")

        code, out, _ = told(capfd, "explain", "operations.desk.staffed", "--program", str(assessed.root))

        assert code == 0
        assert "is of the program small" in out
        assert "Met:" not in out

    def test_a_misspelt_criterion_names_the_nearest(self, capfd):
        code, _, err = told(capfd, "explain", "program.schedule.golive_task")
        assert code == 2
        assert "did you mean program.schedule.golive_tasks" in err

    def test_where_nothing_is_near_every_criterion_is_named(self, capfd):
        """There is no other command that lists them."""
        code, _, err = told(capfd, "explain", "xyz")
        assert code == 2
        assert err.count("operations.") == 10

    def test_a_fact_in_the_place_of_a_criterion_is_recognized(self, capfd):
        assert "`gonogo facts ims.bei`" in told(capfd, "explain", "ims.bei")[2]


class TestLint:
    def test_a_sound_program(self, small, capfd):
        code, out, _ = told(capfd, "lint", str(small.root))
        assert code == 0
        assert "5 bindings are sound" in out

    def test_what_only_the_keeper_of_the_ruleset_could_change_is_not_told_to_an_office(self, capfd):
        """Half of the vocabulary waits for criteria of later versions."""
        assert "G190" not in told(capfd, "lint", str(ROOT / "examples" / "harborline" / "go"))[1]
        assert "G190" in told(capfd, "lint", str(ROOT / "rulesets" / "m3-baseline"))[1]

    def test_a_sound_ruleset_with_its_cases(self, small, capfd):
        code, out, _ = told(capfd, "lint", str(small.rules))
        assert code == 0
        assert "15 cases; no mistakes" in out

    def test_a_criterion_without_a_case_is_a_warning(self, small, capfd):
        """Nobody knows yet whether it can be met."""
        small.edit(
            "rules/cases/all.yaml", "expect: unknown}\n  - criterion: system", "expect: unknown}\n  - criterion: system"
        )
        text = (small.rules / "cases" / "all.yaml").read_text()
        (small.rules / "cases" / "all.yaml").write_text("\n".join(text.splitlines()[:-1]) + "\n")
        code, out, _ = told(capfd, "lint", str(small.rules))
        assert code == 0
        assert "warning: operations.desk.staffed has no case that expects unknown" in out

    def test_settings_that_a_collector_refuses_are_told_with_their_place(self, small, capfd):
        """Nothing is read for it."""
        small.edit("gonogo.yaml", "{where: answered}", "{were: answered}")
        code, _, err = told(capfd, "lint", str(small.root))
        assert code == 2
        assert "gonogo.yaml:" in err
        assert "were" in err

    def test_an_overlay_is_laid_on_a_ruleset(self, small, tmp_path, capfd):
        overlay = tmp_path / "overlay.yaml"
        overlay.write_text(
            'schema: 1\noverlay: agency\nversion: "1"\n'
            "set: [{criterion: workforce.survey.response, severity: mandatory, reason: We care.}]\n"
        )
        assert told(capfd, "lint", str(small.rules), "--overlay", str(overlay))[0] == 0
        assert told(capfd, "lint", str(small.root), "--overlay", str(overlay))[0] == 2

    def test_neither_program_nor_ruleset(self, tmp_path, capfd):
        assert told(capfd, "lint", str(tmp_path))[0] == 2
        assert told(capfd, "lint", str(tmp_path / "nowhere"))[0] == 2


class TestCases:
    def test_all_as_expected_ends_with_0(self, small, capfd):
        code, out, _ = told(capfd, "test", str(small.rules))
        assert (code, out.splitlines()[-1]) == (0, "15 of 15 cases as expected")

    def test_verbose_shows_each(self, small, capfd):
        _, out, _ = told(capfd, "test", str(small.rules), "-v")
        assert out.count("ok   ") == 15

    def test_a_case_that_comes_out_otherwise_ends_with_1(self, small, capfd):
        """The check answered no."""
        small.edit(
            "rules/cases/all.yaml",
            "name: Half, at: T-0, facts: {survey.response_ratio: 50%}",
            "name: Half, at: T-0, facts: {survey.response_ratio: 40%}",
        )
        code, out, _ = told(capfd, "test", str(small.rules))
        assert code == 1
        assert "FAIL workforce.survey.response: Half" in out

    @pytest.mark.parametrize(("least", "code", "word"), [("92", 0, "open"), ("93", 0, "open"), ("94", 1, "FAIL")])
    def test_less_coverage_than_asked_ends_with_1(self, small, capfd, least, code, word):
        """14 of 15 statuses are 93.3%; what no case proves is named either way."""
        cases = small.rules / "cases" / "all.yaml"
        lines = cases.read_text(encoding="utf-8").splitlines(keepends=True)
        first = next(line for line in lines if "expect: unknown" in line and "- {" in line)
        cases.write_text("".join(line for line in lines if line != first), encoding="utf-8")

        found, out, _ = told(capfd, "test", str(small.rules), "--min-coverage", least)

        assert found == code
        assert any(line.startswith(word) and line.endswith("no case proves unknown") for line in out.splitlines())
        assert "coverage 93%: 14 of 15 statuses of 5 criteria and holds" in out

    def test_full_coverage_excuses_no_case_that_fails(self, small, capfd):
        """Coverage says what is tried, not that it is right."""
        small.edit(
            "rules/cases/all.yaml",
            "name: Half, at: T-0, facts: {survey.response_ratio: 50%}",
            "name: Half, at: T-0, facts: {survey.response_ratio: 40%}",
        )
        assert told(capfd, "test", str(small.rules), "--min-coverage", "0")[0] == 1

    def test_a_ruleset_without_cases_is_not_tested(self, small, capfd):
        """No case passed is not: every case passed."""
        (small.rules / "cases" / "all.yaml").unlink()
        code, out, _ = told(capfd, "test", str(small.rules))
        assert code == 1
        assert "0 of 0" in out


class TestCollect:
    def test_a_line_for_each_fact_that_is_owed(self, small, capfd):
        code, out, err = told(capfd, "collect", str(small.root), "--as-of", small.as_of)
        lines = [json.loads(line) for line in out.splitlines()]
        assert code == 0
        assert err == ""
        assert [next(iter(line.values()))["fact"] for line in lines] == sorted(
            next(iter(line.values()))["fact"] for line in lines
        )
        assert len(lines) == 12
        assert not small.log.exists()

    def test_one_binding_and_what_it_read(self, small, capfd):
        code, out, err = told(capfd, "collect", str(small.root), "--as-of", small.as_of, "--only", "desk", "--debug")
        assert code == 0
        assert [json.loads(line)["evidence"]["fact"] for line in out.splitlines()] == ["desk.open_posts"]
        assert re.search("desk: table:table at L[12]: read evidence/desk.csv", err)

    def test_what_cannot_be_read_is_a_gap_with_its_reason(self, small, capfd):
        (small.root / "evidence" / "desk.csv").unlink()
        code, out, _ = told(capfd, "collect", str(small.root), "--as-of", small.as_of, "--only", "desk")
        assert code == 0
        assert json.loads(out)["gap"]["reason"] == GapReason.MISSING.value

    def test_an_unknown_binding_names_the_nearest(self, small, capfd):
        code, out, err = told(capfd, "collect", str(small.root), "--only", "desks")
        assert (code, out) == (2, "")
        assert "did you mean 'desk'" in err


class TestSchema:
    def test_documents_are_listed_and_printed(self, capfd):
        _, names, _ = told(capfd, "schema")
        for name in names.split():
            code, out, _ = told(capfd, "schema", name)
            assert code == 0
            assert json.loads(out)["$schema"].startswith("https://json-schema.org/")

    def test_all_go_into_a_folder(self, tmp_path, capfd):
        assert told(capfd, "schema", "--all", str(tmp_path / "schemas"))[0] == 0
        assert (tmp_path / "schemas" / "gonogo.yaml.schema.json").is_file()

    def test_a_folder_that_cannot_be_made_is_a_usage_error(self, tmp_path, capfd):
        (tmp_path / "x").write_text("")
        assert told(capfd, "schema", "--all", str(tmp_path / "x" / "y"))[0] == 2

    def test_an_unknown_document_lists_the_known(self, capfd):
        code, _, err = told(capfd, "schema", "programm")
        assert code == 2
        assert "program" in err


class TestPlugins:
    def test_built_in_ones_are_listed(self, capfd):
        code, out, _ = told(capfd, "plugins", "list")
        assert code == 0
        assert {"junit", "table", "attestation", "schedule", "raid"} <= {line.split()[0] for line in out.splitlines()}

    def test_a_program_says_which_are_allowed(self, small, capfd):
        code, out, _ = told(capfd, "plugins", "list", "--program", str(small.root))
        assert code == 0
        assert "built-in" in out


class TestDoctor:
    def test_everything_is_examined(self, small, capfd):
        code, out, _ = told(capfd, "doctor", str(small.root))
        overlooked_sentences = {line[5:].partition(":")[0] for line in out.splitlines()}
        assert {"Python", "Rule engine", "Isolation", "File system", "Clock", "Time zones"} <= overlooked_sentences
        assert code in (0, 1)

    def test_a_broken_log_is_found_before_the_meeting(self, assessed, capfd):
        """Where no run can be recorded, no decision can be made."""
        segment = assessed.log / "000001.jsonl"
        segment.write_bytes(segment.read_bytes().replace(b'"verdict":"GO"', b'"verdict":"NO"', 1))

        code, out, _ = told(capfd, "doctor", str(assessed.root))

        assert code == 1
        assert "MISS Audit log: record" in out

    def test_a_log_that_has_no_place_is_found_before_the_meeting(self, small_program, capfd):
        """`log: a/b/audit` where nobody made a/b."""
        small = small_program(more="log: a/b/audit")

        code, out, _ = told(capfd, "doctor", str(small.root))

        assert code == 1
        assert "MISS Audit log:" in out

    @pytest.mark.parametrize("cut", [0, 9])
    def test_a_log_that_was_cut_is_found_before_the_meeting(self, assessed, capfd, cut):
        """At the end of a record, or inside of one as a crash would: the next run refuses it either way."""
        segment = assessed.log / "000001.jsonl"
        lines = segment.read_bytes().splitlines(keepends=True)
        whole = b"".join(lines[:-3])
        segment.write_bytes(whole[: len(whole) - cut])

        code, out, _ = told(capfd, "doctor", str(assessed.root))

        assert code == 1
        assert "MISS Audit log: the audit log ends after" in out

    @pytest.mark.parametrize("end", [b"", b'{"data":'])
    def test_a_log_that_the_next_run_can_use_is_sound(self, assessed, capfd, end):
        """An unfinished last record, as after a crash, is no reason to send anybody home."""
        with (assessed.log / "000001.jsonl").open("ab") as stream:
            stream.write(end)

        lines = told(capfd, "doctor", str(assessed.root))[1].splitlines()

        assert any(line.startswith("ok   Audit log:") and "sound" in line for line in lines)

    def test_no_log_yet_is_sound(self, small, capfd):
        """Every program begins without one."""
        assert "ok   Audit log: none yet" in told(capfd, "doctor", str(small.root))[1]

    @pytest.mark.parametrize("missing", ["nowhere", "empty"])
    def test_a_program_that_is_not_there(self, missing, tmp_path, capfd):
        (tmp_path / "empty").mkdir()
        assert told(capfd, "doctor", str(tmp_path / missing))[0] == 2


def test_what_is_explained_fits_a_terminal():
    """A sentence that runs out of the window is read to its middle, and a mail breaks it where it likes."""
    rules = ruleset_by_name("m3-baseline")
    texts = [explain(criterion.id) for criterion in rules.ruleset.criteria]
    texts += [explain_facts(name) for name in rules.vocabulary.names()]

    assert max(len(line) for text in texts for line in text.splitlines()) <= 80


def test_a_wrapped_sentence_loses_nothing():
    (criterion,) = (
        each for each in ruleset_by_name("m3-baseline").ruleset.criteria if each.id == "program.schedule.golive_tasks"
    )
    text = " ".join(explain(criterion.id).split())

    assert all(said in text for said in (criterion.statement, criterion.why, criterion.remedy))
