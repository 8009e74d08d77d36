"""Scans as SARIF: what is open, what is set aside, and when a scan is no whole scan."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import jsonschema
import pytest

from gonogo.collectors.system.sarif import SarifCollector
from gonogo.model.evidence import GapReason, Subject
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing import CollectorConformance
from gonogo.testing.jobs import SAMPLE_NOW, answers_of, job_of

SHARED = Path(__file__).parents[5] / "shared/data"
ENDED = "2027-04-18T07:30:00Z"
REVISION = "4f1c2ab9d0e8"


def result(rule: str = "R1", /, **more) -> dict:
    return {"ruleId": rule, "message": {"text": "found"}, **more}


def run(*results: dict, **more) -> dict:
    rules = [
        {"id": "R1", "defaultConfiguration": {"level": "error"}},
        {"id": "R2", "defaultConfiguration": {"level": "note"}},
        {"id": "R3"},
    ]
    return {
        "tool": {"driver": {"name": "Scanner", "rules": rules}},
        "invocations": [{"executionSuccessful": True, "endTimeUtc": ENDED}],
        "versionControlProvenance": [{"repositoryUri": "https://code.example/keelfin", "revisionId": REVISION}],
        "results": list(results),
        **more,
    }


def log(*runs: dict, version: str = "2.1.0") -> bytes:
    return json.dumps({"version": version, "runs": list(runs)}).encode()


def read(*logs: bytes, as_of=None, build: str = "", **settings):
    files = [(f"scan{number}.sarif", data) for number, data in enumerate(logs, 1)]
    job = job_of({"file": files}, as_of=as_of)
    return answers_of(SarifCollector(), replace(job, subject=Subject(build=build or None)), settings)


def opened(*results: dict, **more) -> int:
    return read(log(run(*results, **more)))["sarif_error_open"].value


class TestConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.system.sarif"
    files: ClassVar = {"file": ("scan.sarif", log(run(result(), result("R2"))))}


class TestWhatIsOpen:
    def test_the_level_of_a_result_is_its_own_else_its_rules_else_warning(self):
        """A reader that takes a result without a level for a warning misses each error of CodeQL."""
        answers = read(log(run(result(), result("R2"), result("R3"), result("R9", level="error"))))

        assert answers["sarif_error_open"].value == 2
        assert answers["sarif_warning_open"].value == 1

    @pytest.mark.parametrize(
        ("reference", "errors"),
        [
            ({"ruleIndex": 0}, 1),
            ({"ruleIndex": 1}, 0),
            ({"rule": {"index": 0}}, 1),
            ({"rule": {"id": "R1"}}, 1),
            ({"rule": {"index": 0, "toolComponent": {"index": 0}}}, 0),
            ({"rule": {"index": 1, "toolComponent": {"index": 0}}}, 1),
            ({"ruleId": "R1/sub/one"}, 1),
        ],
    )
    def test_a_rule_is_found_by_index_by_id_and_in_extensions(self, reference, errors):
        """Tools with plug-ins keep their rules beside the driver's."""
        extension = {"name": "pack", "rules": [{"id": "X1"}, {"id": "X2", "defaultConfiguration": {"level": "error"}}]}
        tool = {**run()["tool"], "extensions": [extension]}

        assert opened({"message": {"text": "found"}, **reference}, tool=tool) == errors

    @pytest.mark.parametrize(
        "name", [{"ruleIndex": 3}, {"ruleId": "R9"}, {"rule": {"index": 3, "toolComponent": {"name": "Scanner"}}}]
    )
    def test_a_rule_that_the_run_does_not_have_is_no_warning(self, name):
        """A name that leads nowhere hides what the result is."""
        with pytest.raises(CollectorRefusal, match=r"runs\[0\].results\[0\] names a rule that the run does not have"):
            opened({"message": {"text": "found"}, **name})

    def test_without_any_rules_a_result_without_a_level_is_a_warning(self):
        """So SARIF says; small tools describe no rules."""
        bare = read(log(run(result("R1"), tool={"driver": {"name": "Scanner"}})))

        assert [bare["sarif_error_open"].value, bare["sarif_warning_open"].value] == [0, 1]

    def test_a_rule_without_a_level_makes_a_warning_by_index_too(self):
        """So SARIF says of every rule; as a note nobody would see it."""
        answers = read(log(run({"ruleIndex": 2, "message": {"text": "found"}})))

        assert [answers["sarif_error_open"].value, answers["sarif_warning_open"].value] == [0, 1]

    def test_an_id_that_an_extension_has_too_is_the_drivers(self):
        """A plug-in with a milder rule of that id does not make an error less."""
        milder = {"name": "pack", "rules": [{"id": "R1", "defaultConfiguration": {"level": "note"}}]}

        assert opened(result("R1"), tool={**run()["tool"], "extensions": [milder]}) == 1

    @pytest.mark.parametrize(
        ("reference", "errors"),
        [
            ({"id": "X2", "toolComponent": {"name": "pack"}}, 1),
            ({"id": "R1", "toolComponent": {"name": "pack"}}, 0),
            ({"id": "R1", "toolComponent": {"index": 0}}, 0),
            ({"id": "R1", "toolComponent": {"guid": "AAAAAAAA-0000-4000-8000-000000000001"}}, 0),
            ({"id": "R1", "toolComponent": {"name": "Scanner"}}, 1),
            ({"id": "R1", "toolComponent": {}}, 1),
            ({"index": 1, "toolComponent": {"name": "pack"}}, 1),
            ({"index": 0, "toolComponent": {"name": "pack", "index": 0}}, 0),
            ({"guid": "BBBBBBBB-0000-4000-8000-000000000002"}, 1),
            ({"guid": "cccccccc-0000-4000-8000-000000000003"}, 1),
            ({"id": "X0"}, 1),
            ({"id": "X2"}, 1),
        ],
    )
    def test_a_rule_is_read_in_the_component_that_is_named_however_it_is_named(self, reference, errors):
        """An error of a plug-in that is read by the driver's rules is a warning, or a note."""
        milder = {"id": "R1", "defaultConfiguration": {"level": "note"}}
        grave = {
            "id": "X2",
            "guid": "bbbbbbbb-0000-4000-8000-000000000002",
            "deprecatedGuids": ["cccccccc-0000-4000-8000-000000000003"],
            "deprecatedIds": ["X0"],
            "defaultConfiguration": {"level": "error"},
        }
        pack = {"name": "pack", "guid": "aaaaaaaa-0000-4000-8000-000000000001", "rules": [milder, grave]}

        found = opened({"message": {"text": "found"}, "rule": reference}, tool={**run()["tool"], "extensions": [pack]})
        assert found == errors

    @pytest.mark.parametrize(
        "reference",
        [
            {"id": "R1", "toolComponent": {"name": "other"}},
            {"id": "R1", "toolComponent": {"index": 2}},
            {"id": "R1", "toolComponent": {"index": 0, "name": "Scanner"}},
            {"id": "R1", "toolComponent": {"name": "twin"}},
            {"id": "R2", "toolComponent": {"index": 0}},
            {"guid": "dddddddd-0000-4000-8000-000000000004"},
            {"index": 5, "toolComponent": {"index": 0}},
        ],
    )
    @pytest.mark.parametrize("override", [False, True])
    def test_a_reference_that_leads_nowhere_is_refused(self, reference, override):
        """Which level is meant nobody knows; an override by a name alone is about a rule that nobody broke."""
        packs = [{"name": name, "rules": [{"id": "R1"}]} for name in ("twin", "twin")]
        more: dict = {"tool": {**run()["tool"], "extensions": packs}}
        called = {"executionSuccessful": True, "endTimeUtc": ENDED}
        if override:
            said = {"descriptor": reference, "configuration": {"level": "error"}}
            more["invocations"] = [{**called, "ruleConfigurationOverrides": [said]}]
        found = {"message": {"text": "found"}, "rule": {"index": 0} if override else reference}

        if override and reference == {"id": "R2", "toolComponent": {"index": 0}}:
            assert opened(found, **more) == 1
        else:
            with pytest.raises(CollectorRefusal, match="does not have"):
                opened(found, **more)

    @pytest.mark.parametrize(
        ("descriptor", "expected"),
        [
            ({"guid": "bbbbbbbb-0000-4000-8000-000000000002"}, 2),
            ({"id": "R1"}, 1),
            ({"index": 0}, 1),
            ({"id": "R1", "toolComponent": {"name": "pack"}}, 2),
            ({"index": 0, "toolComponent": {"index": 0}}, 2),
        ],
    )
    def test_an_override_is_about_one_rule_of_one_component(self, descriptor, expected):
        """Three results: two of the driver's R1, of which one by index, and one of the plug-in's R1."""
        pack = {"name": "pack", "rules": [{"id": "R1", "guid": "bbbbbbbb-0000-4000-8000-000000000002"}]}
        milder = {"descriptor": descriptor, "configuration": {"level": "note"}}
        called = {"executionSuccessful": True, "endTimeUtc": ENDED, "ruleConfigurationOverrides": [milder]}
        pack["rules"][0]["defaultConfiguration"] = {"level": "error"}
        found = [result(), {"ruleIndex": 0, "message": {"text": "found"}}]
        found += [{"message": {"text": "found"}, "rule": {"id": "R1", "toolComponent": {"index": 0}}}]

        assert opened(*found, tool={**run()["tool"], "extensions": [pack]}, invocations=[called]) == expected

    @pytest.mark.parametrize(("index", "known"), [(0, True), (1, False), (2, False)])
    def test_an_id_and_an_index_are_one_rule(self, index, known):
        """By which of the two its level is meant nobody knows."""
        found = {**result("R1/sub"), "ruleIndex": index}

        if known:
            assert opened(found) == 1
        else:
            with pytest.raises(CollectorRefusal, match=r"results\[0\] names two rules"):
                opened(found)

    def test_an_override_of_a_tool_that_describes_no_rules_is_by_id(self):
        """What is below the id belongs to it."""
        harder = {"descriptor": {"id": "R1"}, "configuration": {"level": "error"}}
        called = {"executionSuccessful": True, "endTimeUtc": ENDED, "ruleConfigurationOverrides": [harder]}
        bare = {"driver": {"name": "Scanner"}}

        assert opened(result("R1/sub"), result("R1"), result("R2"), tool=bare, invocations=[called]) == 2

    def test_an_override_of_the_run_wins_over_the_rule_and_the_worst_of_two_counts(self):
        """A tool may be told on its command line that a rule is an error."""
        override = {"descriptor": {"id": "R2"}, "configuration": {"level": "error"}}
        milder = {"descriptor": {"id": "R2"}, "configuration": {"level": "note"}}
        called = {"executionSuccessful": True, "endTimeUtc": ENDED, "ruleConfigurationOverrides": [override, milder]}

        assert opened(result("R2"), invocations=[called]) == 1

    def test_a_result_of_another_kind_than_fail_has_no_level_unless_it_says_one(self):
        """Tools list what passed, too."""
        assert opened(result(kind="pass"), result(kind="fail"), result(kind="open", level="error")) == 2

    @pytest.mark.parametrize(
        ("statuses", "errors"),
        [
            ([], 1),
            ([None], 0),
            (["accepted"], 0),
            (["underReview"], 1),
            (["rejected"], 1),
            (["accepted", "rejected"], 1),
        ],
    )
    def test_only_an_accepted_suppression_sets_a_result_aside(self, statuses, errors):
        """A suppression that was refused, or that nobody has answered yet, hides nothing."""
        given = [{"kind": "external", **({"status": status} if status else {})} for status in statuses]
        answers = read(log(run(result(suppressions=given))))

        assert answers["sarif_error_open"].value == errors
        assert answers["sarif_error_suppressed"].value == 1 - errors

    @pytest.mark.parametrize(("state", "errors"), [("new", 1), ("unchanged", 1), ("updated", 1), ("absent", 0)])
    def test_what_was_there_before_is_still_open(self, state, errors):
        """A baseline says what is new, not what matters; only *absent* is gone."""
        assert opened(result(baselineState=state)) == errors

    def test_open_results_are_named_by_rule_and_place(self):
        """A remedy begins at a line of code."""
        there = {"physicalLocation": {"artifactLocation": {"uri": "src/pay.js"}, "region": {"startLine": 12}}}
        answer = read(log(run(result(locations=[there]), result())))["sarif_error_open"]

        assert list(answer.open_items) == ["R1 at src/pay.js:12", "R1"]


class TestNoWholeScan:
    @pytest.mark.parametrize(
        ("more", "sentence"),
        [
            ({"results": None}, "has no results, so it did not scan"),
            ({"invocations": [{"executionSuccessful": False, "endTimeUtc": ENDED}]}, "did not finish successfully"),
            ({"invocations": [{"endTimeUtc": ENDED}]}, "did not finish successfully"),
            (
                {"invocations": [{"executionSuccessful": True, "endTimeUtc": ENDED, "exitSignalName": "SIGKILL"}]},
                "did not finish successfully",
            ),
            (
                {"invocations": [{"executionSuccessful": True, "processStartFailureMessage": "not found"}]},
                "did not finish successfully",
            ),
            ({"externalPropertyFileReferences": {"results": [{"location": {"uri": "r"}}]}}, "in other files"),
        ],
    )
    def test_a_run_that_failed_or_has_no_results_found_nothing_out(self, more, sentence):
        """It looks like a clean scan."""
        with pytest.raises(CollectorRefusal, match=sentence):
            opened(**more)

    @pytest.mark.parametrize("more", [{"level": "error"}, {"exception": {"kind": "OutOfMemory"}}])
    @pytest.mark.parametrize("key", ["toolExecutionNotifications", "toolConfigurationNotifications"])
    def test_an_error_of_the_tool_itself_counts_unless_a_person_said_why_not(self, key, more):
        """A file that could not be parsed was not scanned, and an exception is one whatever level the tool gives it."""
        said = {"message": {"text": "cannot parse"}, "descriptor": {"id": "SyntaxError"}, **more}
        called = [{"executionSuccessful": True, "endTimeUtc": ENDED, key: [said]}]

        with pytest.raises(CollectorRefusal, match="an error of the tool itself"):
            opened(invocations=called)
        reason = {"SyntaxError": "generated code that is not deployed"}
        accepted = read(log(run(result(), invocations=called)), accepted_notifications=reason)
        assert accepted["sarif_error_open"].value == 1

    @pytest.mark.parametrize("rules", [{}, {"rules": []}])
    @pytest.mark.parametrize("more", [{}, {"artifacts": []}, {"invocations": []}])
    def test_an_empty_list_without_any_trace_of_a_scan_is_none_unless_a_person_says_why(self, rules, more):
        """A pipeline writes such a file where its scanner did not start, to please the next step."""
        silent = log({"tool": {"driver": {"name": "Probe", **rules}}, "results": [], **more})

        with pytest.raises(CollectorRefusal, match="shows that Probe scanned; have it write invocations") as refused:
            read(silent, as_of=SAMPLE_NOW)
        assert refused.value.reason is GapReason.NOT_PROVABLE
        with pytest.raises(CollectorRefusal, match="accepted_empty"):
            read(silent, as_of=SAMPLE_NOW, accepted_empty={"Another": "its log of the job says so"})
        accepted = read(silent, as_of=SAMPLE_NOW, accepted_empty={"Probe": "its log of the job says so"})
        assert accepted["sarif_error_open"].value == 0

    @pytest.mark.parametrize(
        "trace",
        [
            {"tool": {"driver": {"name": "Probe", "rules": [{"id": "R1"}]}}},
            {"tool": {"driver": {"name": "Probe"}, "extensions": [{"name": "pack", "rules": [{"id": "R1"}]}]}},
            {"artifacts": [{"location": {"uri": "src/pay.js"}}]},
            {"invocations": [{"executionSuccessful": True, "endTimeUtc": ENDED}]},
        ],
    )
    def test_one_trace_of_a_scan_is_enough(self, trace):
        """Semgrep lists its rules, CodeQL those of its packs, ESLint the files and Bandit its invocation."""
        clean = {"tool": {"driver": {"name": "Probe"}}, "results": [], **trace}

        assert read(log(clean), as_of=SAMPLE_NOW)["sarif_error_open"].value == 0

    def test_a_clean_run_does_not_stand_for_the_silent_one_beside_it(self):
        """Two tools in one log, and one of them did not start."""
        silent = {"tool": {"driver": {"name": "Probe"}}, "results": []}

        with pytest.raises(CollectorRefusal, match=r"runs\[1\] lists no results"):
            read(log(run(), silent), as_of=SAMPLE_NOW)

    def test_a_log_without_runs_and_a_tool_that_is_not_among_them_are_missing(self):
        """An empty list of runs has no findings either."""
        with pytest.raises(CollectorRefusal, match="holds no run") as empty:
            read(log())
        with pytest.raises(CollectorRefusal, match="no run of Trivy") as absent:
            read(log(run()), tools=["Scanner", "Trivy"])

        assert {empty.value.reason, absent.value.reason} == {GapReason.MISSING}

    def test_results_beside_the_runs_are_not_passed_over(self):
        """SARIF 2.1.0, 3.13.6: a log may keep the results of a run in ``inlineExternalProperties``."""
        document = json.loads(log(run())) | {"inlineExternalProperties": [{"results": [result()]}]}

        with pytest.raises(CollectorRefusal, match="inlineExternalProperties"):
            read(json.dumps(document).encode())

    @pytest.mark.parametrize("version", ["2.0.0", "2.1.0-rtm.5", "2.1.1", "2.1"])
    def test_another_version_is_not_read(self, version):
        """Levels were called otherwise before 2.1.0."""
        with pytest.raises(CollectorRefusal, match="is not SARIF"):
            read(log(run(), version=version))

    @pytest.mark.parametrize(
        "change",
        [
            {"level": "critical"},
            {"level": ""},
            {"level": None},
            {"Level": "note"},
            {"supressions": []},
            {"level": 1},
            {"message": None},
            {"suppressions": [{"kind": "external", "status": None}]},
            {"suppressions": [{}]},
        ],
    )
    def test_what_sarif_does_not_know_is_refused(self, change):
        """A misspelt key reads as one that is absent."""
        with pytest.raises(CollectorRefusal):
            opened({**result(), **change})


class TestWhenAndWhich:
    def test_the_oldest_end_of_a_run_counts(self):
        """A fresh scan beside an old one does not make the old one fresh."""
        older = run(invocations=[{"executionSuccessful": True, "endTimeUtc": "2027-04-01T00:00:00.000Z"}])

        assert read(log(run(), older))["sarif_error_open"].as_of == datetime(2027, 4, 1, tzinfo=UTC)

    def test_the_oldest_of_several_logs_counts(self):
        """A fresh log beside an old one does not make the old one fresh."""
        older = log(run(invocations=[{"executionSuccessful": True, "endTimeUtc": "2027-04-01T00:00:00Z"}]))

        assert read(log(run()), older)["sarif_error_open"].as_of == datetime(2027, 4, 1, tzinfo=UTC)
        assert read(older, log(run()))["sarif_error_open"].as_of == datetime(2027, 4, 1, tzinfo=UTC)

    def test_a_run_ended_when_the_last_of_its_invocations_did(self):
        """Before that it was not done; and where one of them says nothing, nobody knows when that was."""
        early, late = ({"executionSuccessful": True, "endTimeUtc": f"2027-04-{day}T00:00:00Z"} for day in ("01", "18"))

        found = read(log(run(invocations=[late, early])))["sarif_error_open"]
        assert found.as_of == datetime(2027, 4, 18, tzinfo=UTC)
        with pytest.raises(CollectorRefusal, match="does not say when its content held"):
            opened(invocations=[late, {"executionSuccessful": True}])

    def test_a_time_without_an_offset_is_in_utc(self):
        """The key is called endTimeUtc; taken for the program's zone, it would be four hours fresher."""
        silent = run(invocations=[{"executionSuccessful": True, "endTimeUtc": "2027-04-18T07:30:00"}])

        assert read(log(silent))["sarif_error_open"].as_of == datetime(2027, 4, 18, 7, 30, tzinfo=UTC)

    @pytest.mark.parametrize("text", ["2027-04-18T07:30:00-04:00", "2027-04-18T13:30:00+02:00", "2027-04-18T11:30:00Z"])
    def test_a_time_with_an_offset_is_that_moment(self, text):
        """Some tools write their own zone in spite of the name of the key."""
        told = run(invocations=[{"executionSuccessful": True, "endTimeUtc": text}])

        assert read(log(told))["sarif_error_open"].as_of == datetime(2027, 4, 18, 11, 30, tzinfo=UTC)

    def test_a_run_without_a_time_leaves_the_log_without_one(self):
        """Nothing is known of when the other run held."""
        with pytest.raises(CollectorRefusal, match="does not say when its content held"):
            read(log(run(), run(invocations=[])))

    def test_a_scan_from_the_future_is_refused(self):
        """A wrong clock would keep it fresh for ever."""
        with pytest.raises(CollectorRefusal, match="after the assessment"):
            opened(invocations=[{"executionSuccessful": True, "endTimeUtc": "2027-04-20T00:00:00Z"}])

    def test_the_build_is_the_revision_of_every_run(self):
        """Results of two revisions are about none of them."""
        other = run(versionControlProvenance=[{"repositoryUri": "r", "revisionId": "aa77"}])

        assert read(log(run()))["sarif_error_open"].subject == Subject(build=REVISION)
        with pytest.raises(CollectorRefusal, match="is about build") as mixed:
            read(log(run(), other))
        assert mixed.value.reason is GapReason.MIXED_SUBJECTS

    def test_a_run_that_names_no_revision_is_of_the_named_one_only_if_the_binding_says_so(self):
        """An old scan without provenance would borrow the build of the fresh one beside it."""
        silent = run(versionControlProvenance=[])

        assert read(log(run(), silent))["sarif_error_open"].subject == Subject()
        assert read(log(run(), silent), build=REVISION)["sarif_error_open"].subject == Subject(build=REVISION)


class TestRealLogs:
    def test_a_log_of_prefast_is_read_whole(self):
        """Four warnings, counted by hand."""
        path = SHARED / "sarif/prefast-expected-050.sarif"
        if not path.exists():
            pytest.skip(f"{path} is not here")
        answers = read(path.read_bytes(), as_of=SAMPLE_NOW)

        assert [answers[name].value for name in sorted(answers)] == [0, 0, 4]

    def test_the_logs_here_are_sarif(self):
        """What the tests read is what tools may write."""
        path = SHARED / "schemas/sarif-2.1.0.json"
        if not path.exists():
            pytest.skip(f"{path} is not here")
        schema = json.loads(path.read_text(encoding="utf-8"))
        suppressed = result(suppressions=[{"kind": "inSource", "status": "rejected"}], baselineState="new")

        jsonschema.validate(json.loads(log(run(result(), suppressed))), schema)
