"""Loading rulesets and overlays: what comes out when everything is right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.documents.document_codes import CODES
from gonogo.errors import ConfigurationError
from gonogo.model.finding import Status
from gonogo.model.position import Position
from gonogo.model.ruleset import ApprovalRule, Severity
from gonogo.ruleset.case_files import load_cases, untested
from gonogo.ruleset.loader import load_ruleset
from gonogo.ruleset.locate import find_ruleset, shipped_rulesets
from gonogo.ruleset.vocabulary import facts_under

Site = Callable[[dict[str, str]], Path]
Files = dict[str, str]


def problems_of(action: Callable[[], object]) -> list[tuple[str, str]]:
    """Run an action that must be refused, and return code and place of each mistake."""
    with pytest.raises(ConfigurationError) as caught:
        action()
    return [(problem.code, problem.where) for problem in caught.value.problems]


class TestRuleset:
    def test_a_criterion_carries_everything_that_its_author_wrote(self, good: Files, site: Site):
        """The model is what the engines and the reports see; nothing may be lost on the way."""
        site(good)

        criterion = load_ruleset("tiny").ruleset.get("system.testing.executed")

        assert criterion is not None
        assert criterion.document() == {
            "id": "system.testing.executed",
            "title": "Tests were run",
            "statement": "The planned cases were run.",
            "why": "What was not run was not tested.",
            "severity": "mandatory",
            "require": "sit.executed_ratio >= min_executed and not sit.blocked",
            "parameters": [{"name": "min_executed", "constant": "95%", "ladder": []}],
            "due_from": "T-30",
            "not_applicable_when": "sit.planned == 0",
            "max_age_s": 43200,
            "owner": "provider.technical_lead",
            "attest": ["customer.technical_lead", "provider.technical_lead"],
            "evidence_producer": "",
            "waivable_by": ["customer.executive_sponsor", "provider.executive_sponsor"],
            "remedy": "Run the rest.",
            "source": ["S1"],
            "m3_ref": "",
        }

    def test_a_policy_may_ask_for_isolation(self, good: Files, site: Site):
        """By severity; a ruleset that asks for nothing keeps the form, and so the digest, that it had."""
        site(good)
        assert "min_isolation" not in load_ruleset("tiny").ruleset.policy.document()

        site(
            {
                **good,
                "tiny/ruleset.yaml": good["tiny/ruleset.yaml"].replace(
                    "  rule: caps\n", "  rule: caps\n  min_isolation: {mandatory: L2, advisory: L1}\n"
                ),
            }
        )

        assert load_ruleset("tiny").ruleset.policy.document()["min_isolation"] == [
            {"severity": "mandatory", "level": "L2"},
            {"severity": "advisory", "level": "L1"},
        ]

    def test_an_isolation_level_that_nobody_knows_is_refused(self, good: Files, site: Site):
        """A misspelt level would be no level."""
        site(
            {
                **good,
                "tiny/ruleset.yaml": good["tiny/ruleset.yaml"].replace(
                    "  rule: caps\n", "  rule: caps\n  min_isolation: {mandatory: L3}\n"
                ),
            }
        )

        assert [where for _, where in problems_of(lambda: load_ruleset("tiny"))] == ["tiny/ruleset.yaml:8:30"]

    def test_attesters_default_to_the_owners_office_on_each_side(self, good: Files, site: Site):
        """Both parties answer unless the ruleset says otherwise; an office of one side has no other side."""
        site(good)

        ruleset = load_ruleset("tiny").ruleset

        assert {criterion.id: criterion.attest for criterion in ruleset.criteria[2:4]} == {
            "workforce.training.completion": ("customer.functional_lead", "provider.functional_lead"),
            "operations.security.ato": ("customer.authorizing_official",),
        }

    def test_a_ladder_is_read_by_milestone(self, good: Files, site: Site):
        """A ladder read before its first rung uses its first rung."""
        site(good)
        ladder = load_ruleset("tiny").ruleset.criteria[0].parameter["min_float"]

        values = [getattr(ladder.at(days), "value", None) for days in (99, 60, 1, 0, -5)]

        assert [str(value) for value in values] == ["10", "10", "10", "1/2", "1/2"]

    def test_the_digest_is_of_the_meaning_and_not_of_the_bytes(self, good: Files, site: Site):
        """A comment or another order of keys is the same ruleset; another threshold is not."""
        site(good)
        digest = load_ruleset("tiny").ruleset.material_sha256
        site({"tiny/ruleset.yaml": "# a comment\n" + good["tiny/ruleset.yaml"].replace("require: ", "require:    ")})
        commented = load_ruleset("tiny").ruleset.material_sha256
        site({"tiny/ruleset.yaml": good["tiny/ruleset.yaml"].replace("T-0: 0.5", "T-0: 0.500000001")})
        changed = load_ruleset("tiny").ruleset.material_sha256

        assert digest == commented
        assert digest != changed

    def test_the_digest_covers_the_vocabulary(self, good: Files, site: Site):
        """Another meaning of a fact is another ruleset."""
        site(good)
        digest = load_ruleset("tiny").ruleset.material_sha256
        site({"tiny/facts.yaml": good["tiny/facts.yaml"].replace("Testing is blocked.", "Testing was blocked.")})

        assert load_ruleset("tiny").ruleset.material_sha256 != digest

    def test_the_policy_is_read(self, good: Files, site: Site):
        """Caps decide how much a CONDITIONAL GO bears."""
        site(good | {"tiny/ruleset.yaml": good["tiny/ruleset.yaml"].replace("total: 8", "total: 5")})

        policy = load_ruleset("tiny").ruleset.policy

        assert (policy.rule, policy.cap_domain, policy.cap_total) == (ApprovalRule.CAPS, 3, 5)

    def test_places_and_warnings_are_kept(self, good: Files, site: Site):
        """Later complaints can still point into the file; unread facts are told once."""
        facts = good["tiny/facts.yaml"] + "  - {name: x.idle, type: boolean, meaning: Idle., question: Is it?}\n"
        site(good | {"tiny/facts.yaml": facts})

        loaded = load_ruleset("tiny")

        assert loaded.places["program.schedule.float"] == Position("tiny/ruleset.yaml", 13, 5)
        assert loaded.places["x.idle"] == Position("tiny/facts.yaml", 14, 5)
        assert [(warning.level, warning.code) for warning in loaded.warnings] == [("warning", "G190")]
        assert "x.idle" in str(loaded.warnings[0])

    def test_a_criterion_with_a_mistake_is_never_silently_left_out(self, good: Files, site: Site):
        """A ruleset that lost its hardest criterion would say GO."""
        for fact in ("flot.days", "ims.float_dayz", "nothing.like_it"):
            site(good | {"tiny/ruleset.yaml": good["tiny/ruleset.yaml"].replace("ims.float_days", fact)})

            assert problems_of(lambda: load_ruleset("tiny")) == [("G120", "tiny/ruleset.yaml:18:14")]

    @pytest.mark.parametrize("name", ["zz.yaml", ".hidden", "ruleset.yaml~", "cases.yaml", "notes.txt"])
    def test_a_file_that_nothing_reads_is_refused(self, good: Files, site: Site, name: str):
        """A person who put a rule beside the rules believes that it counts."""
        site(good | {f"tiny/{name}": "schema: 1\n"})

        assert problems_of(lambda: load_ruleset("tiny")) == [("G135", f"tiny/{name}")]

    def test_the_files_that_may_stand_there_are_left_alone(self, good: Files, site: Site):
        """README and lock files are part of a ruleset."""
        site(good | {"tiny/README.md": "x", "tiny/ruleset.lock": "x"})

        assert load_ruleset("tiny").ruleset.name == "tiny"

    @pytest.mark.parametrize("name", ["deep/x.yaml", "x.txt", ".x.yaml"])
    def test_a_file_that_is_no_case_is_refused(self, good: Files, site: Site, name: str):
        """A case that is never run proves nothing."""
        site(good | {f"tiny/cases/{name}": "schema: 1\n"})

        assert [code for code, _ in problems_of(lambda: load_ruleset("tiny"))] == ["G135"]

    @pytest.mark.parametrize("missing", ["ruleset.yaml", "facts.yaml"])
    def test_a_missing_file_is_named(self, good: Files, site: Site, missing: str):
        """A folder without vocabulary is no ruleset."""
        root = site(good)
        (root / "tiny" / missing).unlink()

        assert problems_of(lambda: load_ruleset(Path("tiny"))) == [("G140", f"tiny/{missing}")]

    def test_a_folder_in_place_of_a_file_is_named(self, good: Files, site: Site):
        """Nothing is read that is not a regular file."""
        root = site(good)
        (root / "tiny/facts.yaml").unlink()
        (root / "tiny/facts.yaml").mkdir()

        assert ("G101", "tiny/facts.yaml") in problems_of(lambda: load_ruleset("tiny"))


class TestOverlay:
    def test_an_overlay_adds_and_changes(self, good: Files, site: Site):
        """M3 leaves criticality to the agency: an overlay sets it, with a reason."""
        site(good)

        ruleset = load_ruleset("tiny", [Path("agency.yaml")]).ruleset

        cost = ruleset.get("operations.cost.forecast")
        schedule = ruleset.get("program.schedule.float")
        assert cost is not None
        assert schedule is not None
        assert ruleset.overlays == ("agency@1",)
        assert ruleset.offices == ("customer.authorizing_official", "customer.unit_head")
        assert ruleset.criteria[-1].id == "workforce.niwa.forms"
        assert (cost.severity, cost.owner, cost.attest) == (
            Severity.MANDATORY,
            "provider.business_owner",
            ("customer.business_owner", "provider.business_owner"),
        )
        assert schedule.parameter["min_float"].document() == {"name": "min_float", "constant": "5", "ladder": []}

    def test_an_overlay_changes_the_digest_and_so_does_its_reason(self, good: Files, site: Site):
        """Why criteria were changed is part of what was agreed."""
        site(good)
        bare = load_ruleset("tiny").ruleset.material_sha256
        laid = load_ruleset("tiny", [Path("agency.yaml")]).ruleset.material_sha256
        site({"agency.yaml": good["agency.yaml"].replace("Money first.", "Because.")})
        other = load_ruleset("tiny", [Path("agency.yaml")]).ruleset.material_sha256

        assert len({bare, laid, other}) == 3

    def test_an_overlay_cannot_take_the_last_mandatory_criterion_of_a_domain(self, good: Files, site: Site):
        """A ruleset that could never judge a domain is refused, no matter who emptied it."""
        site(good | {"agency.yaml": good["agency.yaml"].replace("parameters: {min_float: 5}", "severity: advisory")})

        found = problems_of(lambda: load_ruleset("tiny", [Path("agency.yaml")]))

        assert found == [("G130", "tiny/ruleset.yaml:12:1")]

    def test_a_later_overlay_may_change_what_an_earlier_one_added(self, good: Files, site: Site):
        """Overlays are laid in order."""
        second = (
            "schema: 1\noverlay: unit\nversion: '2'\n"
            "set: [{criterion: workforce.niwa.forms, severity: mandatory, reason: Here it matters.}]\n"
        )
        site(good | {"unit.yaml": second})

        ruleset = load_ruleset("tiny", [Path("agency.yaml"), Path("unit.yaml")]).ruleset

        assert ruleset.overlays == ("agency@1", "unit@2")
        assert ruleset.criteria[-1].severity is Severity.MANDATORY
        assert problems_of(lambda: load_ruleset("tiny", [Path("unit.yaml")])) == [("G133", "unit.yaml:4:19")]


class TestFinding:
    def test_a_shipped_ruleset_is_found_by_name_and_version(
        self, good: Files, site: Site, monkeypatch: pytest.MonkeyPatch
    ):
        """Programs name rulesets, not places."""
        root = site(good)
        monkeypatch.setattr("gonogo.ruleset.locate.shipped_folder", lambda: root)

        assert shipped_rulesets() == ["tiny"]
        assert load_ruleset("tiny@1.0.0").ruleset.name == "tiny"
        assert problems_of(lambda: load_ruleset("tiny@1.0.1")) == [("G134", "tiny/ruleset.yaml:3:10")]
        assert problems_of(lambda: find_ruleset("tinny@1.0.0", where="x:1:1")) == [("G134", "x:1:1")]

    def test_the_nearest_name_is_told(self, good: Files, site: Site, monkeypatch: pytest.MonkeyPatch):
        """A slip in a name costs one line, not a search."""
        root = site(good)
        monkeypatch.setattr("gonogo.ruleset.locate.shipped_folder", lambda: root)

        with pytest.raises(ConfigurationError, match="did you mean `tiny`"):
            find_ruleset("tinny@1.0.0")
        with pytest.raises(ConfigurationError, match="shipped with gonogo: tiny"):
            find_ruleset("else@1.0.0")

    def test_a_path_is_relative_to_the_root(self, good: Files, site: Site):
        """A program's folder can be moved as a whole."""
        root = site(good)

        assert find_ruleset("../tiny", root=root / "program") == root / "program" / "../tiny"


class TestCases:
    def test_cases_carry_typed_values(self, good: Files, site: Site):
        """A case is judged like evidence, so it has the vocabulary's types."""
        site(good)

        cases = load_cases(load_ruleset("tiny"))

        assert [(case.criterion, case.at, case.expect) for case in cases] == [
            ("operations.security.ato", "T-30", Status.MET),
            ("program.schedule.float", "T-0", Status.UNKNOWN),
        ]
        assert cases[0].facts["ato.signed"] is True
        assert f"{cases[0].facts['ato.expires']}" == "2028-01-01 00:00:00+00:00"

    def test_what_no_case_covers_is_listed(self, good: Files, site: Site):
        """A criterion without a not-met case may never say no."""
        site(good)
        loaded = load_ruleset("tiny")

        missing = untested(loaded, load_cases(loaded))

        assert missing["operations.security.ato"] == (Status.NOT_MET, Status.UNKNOWN)
        assert missing["operations.cost.forecast"] == (Status.MET, Status.NOT_MET, Status.UNKNOWN)


class TestFacts:
    @pytest.mark.parametrize(
        ("part", "found"),
        [
            ("training", ["training.completed", "training.required", "training.status"]),
            ("float_days", ["ims.float_days"]),
            ("train", []),
            ("", []),
        ],
    )
    def test_facts_are_found_by_a_part_of_their_name(self, good: Files, site: Site, part: str, found: list[str]):
        """People remember the subject, not the dots."""
        site(good)

        assert [fact.name for fact in facts_under(load_ruleset("tiny").vocabulary, part)] == found


class TestCodes:
    def test_codes_are_in_order_and_say_something(self):
        """The page of error codes is generated from this registry."""
        assert list(CODES) == sorted(CODES)
        assert all(meaning.endswith(".") for meaning in CODES.values())

    def test_every_code_in_the_source_is_registered_and_every_registered_one_is_used(self):
        """A code that nobody explains helps nobody."""
        import re

        import gonogo.documents.document_codes as registry
        from gonogo.documents import yaml
        from gonogo.language import tokens

        folders = [Path(str(registry.__file__)).parent, Path(str(yaml.__file__)).parent]
        files = [file for folder in folders for file in folder.glob("*.py") if file.name != "codes.py"]
        text = "".join(file.read_text() for file in [*files, Path(str(tokens.__file__))])

        assert set(re.findall(r'"(G1\d\d)"', text)) | {"G100"} == set(CODES)
