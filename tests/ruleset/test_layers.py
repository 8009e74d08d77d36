"""Layers of rules: overlays that extend one another, floors, criteria that are not applicable, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError, Problem
from gonogo.ruleset.by_milestone import differences
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset
from gonogo.ruleset.locate import shipped_overlays
from gonogo.ruleset.provenance import merged_lines

Files = dict[str, str]
Site = Callable[[Files], Path]
FLOAT, TESTS = "program.schedule.float", "system.testing.executed"
SPONSORS = "customer.executive_sponsor, provider.executive_sponsor"


def layer(*changes: str, name: str = "agency", head: str = "") -> str:
    """Return the text of an overlay."""
    sets = "".join(f"  - {{{change}, reason: The board asked for it.}}\n" for change in changes)
    return f'schema: 1\noverlay: {name}\nversion: "1"\n{head}' + (f"set:\n{sets}" if sets else "")


def mistakes(*names: str) -> list[Problem]:
    """Return what is wrong with the tiny ruleset under overlays; nothing where it loads."""
    try:
        load_ruleset("tiny", [Path(name) for name in names])
    except ConfigurationError as error:
        return list(error.problems)
    return []


def floored(good: Files, what: str) -> Files:
    """Return the good files with a floor in the tiny ruleset: of the criterion on tests, or of its parameter."""
    text = good["tiny/ruleset.yaml"]
    if what == "criterion":
        return good | {"tiny/ruleset.yaml": text.replace("    max_age: 12h\n", "    max_age: 12h\n    floor: true\n")}
    return good | {"tiny/ruleset.yaml": text.replace("min_executed: 95%", "min_executed: {value: 95%, floor: true}")}


class TestFloor:
    @pytest.mark.parametrize("what", ["criterion", "parameter"])
    @pytest.mark.parametrize(("value", "crossed"), [("94%", True), ("95%", False), ("96%", False)])
    def test_a_parameter_is_never_looser_than_its_floor(self, site: Site, good: Files, what, value, crossed):
        """The public failures lowered a threshold late; an equal or tighter one is fine."""
        site(floored(good, what) | {"agency.yaml": layer(f"criterion: {TESTS}, parameters: {{min_executed: {value}}}")})

        found = mistakes("agency.yaml")

        assert [each.code for each in found] == ["G161"] * crossed
        if crossed:
            assert found[0].where == "agency.yaml:5:55"
            assert "was 95%" in found[0].what
            assert found[0].hint

    @pytest.mark.parametrize(
        "change",
        [
            "severity: conditional",
            "from: T-0",
            "max_age: 13h",
            "enforce_from: T-0",
            "require: sit.executed_ratio >= min_executed",
            "require: sit.executed_ratio >= min_executed and not sit.blocked or sit.planned < 3",
            "attest: [customer.technical_lead, customer.pmo_team]",
            "carries: true",
            "waivable_by: [customer.pmo_lead, provider.pmo_lead]",
            "sides: one",
            "not_applicable: {approved_by: Marguerite Osei}",
            "floor: false",
        ],
    )
    def test_every_way_of_loosening_a_criterion_with_a_floor_is_refused(self, site: Site, good: Files, change):
        """A floor that holds only the threshold is walked around by the age of evidence or by the severity."""
        overlay = layer(f"criterion: {TESTS}, {change}")
        site(floored(good, "criterion") | {"agency.yaml": overlay})
        assert {each.code for each in mistakes("agency.yaml")} == {"G161"}

        site(good | {"agency.yaml": overlay})
        assert "G161" not in {each.code for each in mistakes("agency.yaml")}

    @pytest.mark.parametrize(
        "change",
        [
            "from: T-60",
            "max_age: 11h",
            "held: 14d",
            "require: sit.executed_ratio >= min_executed and not sit.blocked and sit.planned >= min_planned, "
            "parameters: {min_planned: 3}",
            "attest: [customer.technical_lead]",
            f"waivable_by: [{SPONSORS}, customer.pmo_lead]",
            "waivable_by: []",
        ],
    )
    def test_what_tightens_is_fine_above_a_floor(self, site: Site, good: Files, change):
        """A floor is no ceiling."""
        site(floored(good, "criterion") | {"agency.yaml": layer(f"criterion: {TESTS}, {change}")})

        assert mistakes("agency.yaml") == []

    def test_another_requirement_does_not_walk_around_the_floor_of_its_parameter(self, site: Site, good: Files):
        """A requirement that no longer reads the parameter has no threshold at all."""
        change = f"criterion: {TESTS}, require: not sit.blocked"
        site(floored(good, "parameter") | {"agency.yaml": layer(change)})

        assert {each.code for each in mistakes("agency.yaml")} == {"G161"}

    @pytest.mark.parametrize(("value", "crossed"), [("96%", True), ("97%", False), ("98%", False)])
    def test_a_layer_declares_a_floor_for_the_layers_above_it(self, site: Site, good: Files, value, crossed):
        """The agency's floor binds the bureau, although the base has none."""
        agency = layer(f"criterion: {TESTS}, parameters: {{min_executed: {{value: 97%, floor: true}}}}")
        bureau = layer(f"criterion: {TESTS}, parameters: {{min_executed: {value}}}", name="bureau")
        site(good | {"agency.yaml": agency, "bureau.yaml": bureau})

        assert [each.code for each in mistakes("agency.yaml", "bureau.yaml")] == ["G161"] * crossed

    def test_a_layer_may_take_back_what_another_tightened_down_to_the_floor(self, site: Site, good: Files):
        """The floor is where it was declared; who wants a higher one declares a higher one."""
        agency = layer(f"criterion: {TESTS}, parameters: {{min_executed: 99%}}")
        bureau = layer(f"criterion: {TESTS}, parameters: {{min_executed: 95%}}", name="bureau")
        low = layer(f"criterion: {TESTS}, parameters: {{min_executed: 94%}}", name="bureau")
        site(floored(good, "parameter") | {"agency.yaml": agency, "bureau.yaml": bureau, "low.yaml": low})

        assert mistakes("agency.yaml", "bureau.yaml") == []
        assert {each.code for each in mistakes("agency.yaml", "low.yaml")} == {"G161"}

    def test_a_floor_is_not_taken_away_with_the_value_left_as_it_is(self, site: Site, good: Files):
        """The next layer would find no floor."""
        change = f"criterion: {TESTS}, parameters: {{min_executed: {{value: 95%, floor: false}}}}"
        site(floored(good, "parameter") | {"agency.yaml": layer(change)})

        assert [each.code for each in mistakes("agency.yaml")] == ["G161"]

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ("{value: 95%, florr: true}", "G110"),
            ("{value: 95%}", "G111"),
            ("{floor: true}", "G115"),
            ("{value: 95%, ladder: {T-60: 90%}, floor: true}", "G115"),
            ("{value: 95%, floor: 1}", "G112"),
            ("{ladder: {T-61: 90%}, floor: true}", "G126"),
        ],
    )
    def test_a_floor_that_is_written_wrong_is_named_with_its_place(self, site: Site, good: Files, wrong, code):
        """Misspelt, missing, contradictory and of the wrong type."""
        text = good["tiny/ruleset.yaml"].replace("min_executed: 95%", f"min_executed: {wrong}")
        site(good | {"tiny/ruleset.yaml": text})

        found = next(each for each in mistakes() if each.code == code)

        assert found.where.startswith("tiny/ruleset.yaml:33:")
        assert found.column


class TestAdded:
    def test_a_layer_that_adds_facts_alone_declares_a_prefix_too(self, site: Site, good: Files):
        """Without one its fact can pass for the ruleset's own."""
        fact = "facts:\n  - {name: niwa.done, type: ratio, meaning: Forms done., question: What share?}\n"
        site(good | {"agency.yaml": layer(head=fact), "prefixed.yaml": layer(head=f"prefix: niwa\n{fact}")})

        assert [each.code for each in mistakes("agency.yaml")] == ["G132"]
        assert mistakes("prefixed.yaml") == []

    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("plans.active", None),
            ("niwa.active", None),
            ("niwa.plans.active", "name it `plans.active`, without the prefix"),
            ("niwa.acceptances.criteria_resting", "name it `acceptances.criteria_resting`, without the prefix"),
            ("other.active", "name it `niwa.other.active`"),
        ],
    )
    def test_what_gonogo_computes_has_no_prefix_and_nothing_is_called_like_it(
        self, site: Site, good: Files, name: str, hint: str | None
    ):
        """The hint was to put the prefix before it; then a person was asked, and typed 0."""
        fact = f"{{name: {name}, type: integer, unit: plans, meaning: Active plans., question: How many?}}"
        site(good | {"agency.yaml": layer(head=f"prefix: niwa\nfacts:\n  - {fact}\n")})

        assert [each.hint for each in mistakes("agency.yaml") if each.code == "G132"] == [hint] * (hint is not None)

    @pytest.mark.parametrize(("name", "wrong"), [("niwa.forms", False), ("niwaforms", True), ("forms", True)])
    def test_an_added_criterion_is_under_the_prefix(self, site: Site, good: Files, name: str, wrong: bool):
        """Its id says whose it is."""
        site(good | {"agency.yaml": good["agency.yaml"].replace("workforce.niwa.forms", f"workforce.{name}")})

        assert [each.code for each in mistakes("agency.yaml")] == ["G132"] * wrong

    def test_a_changed_value_fits_the_requirement_that_reads_it(self, site: Site, good: Files):
        """A share that is compared with a duration would be met by nobody, or by everybody."""
        site(good | {"agency.yaml": layer(f"criterion: {TESTS}, parameters: {{min_executed: 12h}}")})

        (found,) = mistakes("agency.yaml")
        assert found.where.startswith("agency.yaml:5:")
        assert found.what.startswith(f"{TESTS}: ")

    def test_another_requirement_keeps_the_threshold_that_the_exemption_reads(self, site: Site, good: Files):
        """It is a threshold of the criterion, though its requirement does not name it."""
        text = good["tiny/ruleset.yaml"].replace("sit.planned == 0", "sit.planned <= few")
        text = text.replace("      min_executed: 95%\n", "      min_executed: 95%\n      few: 2\n")
        change = f"criterion: {TESTS}, require: sit.executed_ratio >= min_executed"
        site(good | {"tiny/ruleset.yaml": text, "agency.yaml": layer(change)})

        changed = load_ruleset("tiny", [Path("agency.yaml")]).ruleset.get(TESTS)
        assert changed is not None
        assert sorted(changed.parameter) == ["few", "min_executed"]

    def test_a_change_that_changes_nothing_is_a_mistake(self, site: Site, good: Files):
        """Its key may have been left out, and the rule is as it was."""
        site(good | {"agency.yaml": layer(f"criterion: {TESTS}")})

        (found,) = mistakes("agency.yaml")
        assert (found.code, "nothing is changed" in found.what) == ("G117", True)

    def test_one_criterion_is_changed_once_in_a_layer(self, site: Site, good: Files):
        """Of two values the second would win, and the first would stand beside it."""
        change = f"criterion: {TESTS}, parameters: {{min_executed: 96%}}"
        site(good | {"agency.yaml": layer(change, change.replace("96%", "97%"))})

        assert [each.code for each in mistakes("agency.yaml")] == ["G123"]


class TestExtends:
    def test_layers_are_laid_from_the_ruleset_upwards(self, site: Site, good: Files):
        """Agency, bureau, program: the last one that says something counts."""
        change = f"criterion: {FLOAT}, parameters: {{min_float: %s}}"
        site(
            good
            | {
                "agency.yaml": layer(change % 11, head="extends: tiny\n"),
                "bureau.yaml": layer(change % 12, name="bureau", head="extends: agency.yaml\n"),
                "program.yaml": layer(change % 13, name="program", head="extends: bureau.yaml\n"),
            }
        )

        stacked = load_ruleset("program.yaml").ruleset

        assert stacked.overlays == ("agency@1", "bureau@1", "program@1")
        assert stacked.criteria[0].parameter["min_float"].document()["constant"] == "13"
        assert [(each.by, each.old, each.new) for each in stacked.changes or ()][1:] == [
            ("bureau@1", "11", "12"),
            ("program@1", "12", "13"),
        ]
        same = load_ruleset("tiny", [Path("agency.yaml"), Path("program.yaml")]).ruleset
        assert same.material_sha256 == stacked.material_sha256

    def test_a_circle_is_refused_with_its_path(self, site: Site, good: Files):
        """Nobody could say which of them is laid first."""
        site(
            good
            | {
                "a.yaml": layer(name="a", head="extends: b.yaml\n"),
                "b.yaml": layer(name="b", head="extends: c.yaml\n"),
                "c.yaml": layer(name="c", head="extends: b.yaml\n"),
            }
        )

        (found,) = mistakes("a.yaml")

        assert (found.code, found.where) == ("G160", "c.yaml:4:10")
        assert "b.yaml -> c.yaml -> b.yaml" in found.what

    @pytest.mark.parametrize(
        ("extends", "code"), [("tiny@1.0.1", "G134"), ("gone.yaml", "G140"), ("3", "G113"), ("[x]", "G112")]
    )
    def test_what_it_extends_must_be_what_it_lies_on(self, site: Site, good: Files, extends, code):
        """An overlay that was written for other rules may change something else than its author meant."""
        site(good | {"agency.yaml": layer(head=f"extends: {extends}\n")})

        (found,) = mistakes("agency.yaml")

        assert (found.code, found.where) == (code, "agency.yaml:4:10")

    def test_an_overlay_that_extends_nothing_is_no_ruleset(self, site: Site, good: Files):
        """The hint says what to add."""
        site(good | {"agency.yaml": layer()})

        with pytest.raises(ConfigurationError) as caught:
            load_ruleset("agency.yaml")
        assert [(each.code, each.hint) for each in caught.value.problems] == [("G111", "add `extends: name@version`")]


class TestNotApplicable:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ("not_applicable: {}", "G111"),
            ("not_applicable: {approved_by: Ada Kirsch, why: no}", "G110"),
            ("not_applicable: yes", "G112"),
            ("not_applicable: {approved_by: n/a}", "G117"),
            ("not_applicable: {approved_by: PMO}", "G117"),
            ("not_applicable: {approved_by: Ada Kirsch, reason: tbd}", "G117"),
        ],
    )
    def test_it_takes_a_reason_and_a_person(self, site: Site, good: Files, change, code):
        """A criterion that nobody set aside is a criterion that was forgotten."""
        site(good | {"agency.yaml": layer(f"criterion: operations.cost.forecast, {change}")})

        assert [each.code for each in mistakes("agency.yaml")] == [code]

    def test_it_is_told_as_loosening_with_reason_and_approver(self, site: Site, good: Files):
        """Page one lists every change that loosens."""
        change = "criterion: operations.cost.forecast, not_applicable: {approved_by: Ada Kirsch}"
        site(good | {"agency.yaml": layer(change)})

        (told,) = load_ruleset("tiny", [Path("agency.yaml")]).ruleset.changes or ()

        assert (told.part, told.old, told.effect) == ("not applicable", "no", "loosens")
        assert told.new == "The board asked for it. (approved by Ada Kirsch)"

    def test_the_last_mandatory_criterion_of_a_domain_cannot_be_set_aside(self, site: Site, good: Files):
        """A domain in which nothing is judged would make every verdict NO-GO."""
        site(good | {"agency.yaml": layer(f"criterion: {FLOAT}, not_applicable: {{approved_by: Ada Kirsch}}")})

        assert [each.code for each in mistakes("agency.yaml")] == ["G130"]


class TestRequire:
    def test_a_requirement_of_an_overlay_is_checked_at_its_place(self, site: Site, good: Files):
        """Types, units, facts and parameters are checked as in the ruleset itself."""
        change = f"criterion: {TESTS}, require: sit.executed_ratio >= cost.budget"
        site(good | {"agency.yaml": layer(change)})

        (found,) = mistakes("agency.yaml")

        assert (found.code, found.where) == ("G103", "agency.yaml:5:70")

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ("require: not sit.blocked and", "G150"),
            ("require: not sit.blokked", "G120"),
            ("require: sit.executed_ratio >= min_share", "G121"),
            ("require: not sit.blocked, parameters: {min_share: 3}", "G133"),
        ],
    )
    def test_what_it_names_must_exist(self, site: Site, good: Files, change, code):
        """The same mistakes as in a criterion."""
        site(good | {"agency.yaml": layer(f"criterion: {TESTS}, {change}")})

        assert [each.code for each in mistakes("agency.yaml")] == [code]

    def test_a_requirement_that_cannot_be_read_comes_back_with_ten_to_copy(self, site: Site, good: Files):
        """Whether an overlay or the ruleset itself writes it."""
        site(good | {"agency.yaml": layer(f"criterion: {TESTS}, require: sit.executed_ratio = 3")})

        (found,) = mistakes("agency.yaml")

        assert found.code == "G150"
        assert found.hint.count("`sit.executed_ratio") == 9
        assert "`not (sit.executed_ratio < 95%)`" in found.hint


def rules(site: Site, good: Files, *changes: str) -> tuple[LoadedRuleset, LoadedRuleset]:
    """Return the tiny ruleset without and with an overlay of these changes."""
    site(good | {"agency.yaml": layer(*changes)})
    return load_ruleset("tiny"), load_ruleset("tiny", [Path("agency.yaml")])


def test_the_merged_rules_say_where_each_value_comes_from(site: Site, good: Files):
    """Who reads a threshold of three layers asks first who set it, and why."""
    _, after = rules(site, good, f"criterion: {FLOAT}, parameters: {{min_float: 11}}")

    lines = list(merged_lines(after))

    assert f"{FLOAT}: The schedule has room [tiny@1.0.0, tiny/ruleset.yaml:13:5]" in lines
    assert (
        "  parameter min_float: 11 [agency@1, agency.yaml:5:5; was 10 from T-60, 0.5 from T-0: The board asked for it.]"
        in lines
    )
    assert "  max_age: 7d [tiny@1.0.0]" in lines
    assert "layer 1: agency@1" in lines


def test_a_difference_is_told_at_each_milestone(site: Site, good: Files):
    """A ladder may be tighter early and looser at go-live, which one word for both hides."""
    before, after = rules(
        site,
        good,
        f"criterion: {FLOAT}, parameters: {{min_float: {{T-60: 12, T-0: 0.25}}}}",
        f"criterion: {TESTS}, from: T-60",
        "criterion: operations.cost.forecast, not_applicable: {approved_by: Ada Kirsch}",
    )

    found = {each.milestone: dict.fromkeys(each.differences) for each in differences(before.ruleset, after.ruleset)}

    assert ("stricter", f"{FLOAT}: parameter min_float was 10, becomes 12") in found["T-60"]
    assert ("looser", f"{FLOAT}: parameter min_float was 0.5, becomes 0.25") in found["T-0"]
    assert ("new", f"{TESTS} (mandatory): Tests were run") in found["T-60"]
    assert not [each for each in found["T-30"] if TESTS in each[1]]
    gone = (
        "operations.cost.forecast (conditional): it is not applicable: The board asked for it. (approved by Ada Kirsch)"
    )
    assert ("gone", gone) in found["T-0"]


class TestNames:
    """A page says *agency@1* changed a threshold: that must be one file."""

    @pytest.mark.parametrize(
        ("name", "version", "refused"), [("agency", "1", True), ("agency", "2", False), ("bureau", "1", False)]
    )
    def test_two_layers_are_not_called_alike(self, site: Site, good: Files, name, version, refused):
        """Both were laid, and every change of either was said to be by the same."""
        change = f"criterion: {FLOAT}, parameters: {{min_float: %s}}"
        other = layer(change % 12, name=name).replace('version: "1"', f'version: "{version}"')
        site(good | {"agency.yaml": layer(change % 11), "other.yaml": other})

        found = mistakes("agency.yaml", "other.yaml")

        assert [(each.code, each.where) for each in found] == [("G123", "other.yaml:2:10")] * refused
        assert not refused or found[0].what == (
            "'agency@1' is also the name and version of agency.yaml: nobody could tell which of them changed what"
        )

    def test_a_layer_that_another_extends_is_no_second_one(self, site: Site, good: Files):
        """It is read twice and laid once."""
        change = f"criterion: {FLOAT}, parameters: {{min_float: %s}}"
        upper = layer(change % 12, name="bureau", head="extends: agency.yaml\n")
        site(good | {"agency.yaml": layer(change % 11), "bureau.yaml": upper})

        assert mistakes("agency.yaml", "bureau.yaml") == []

    @pytest.mark.parametrize(("name", "refused"), [("tiny", True), ("tinier", False)])
    def test_a_layer_is_not_called_like_what_it_lies_on(self, site: Site, good: Files, name, refused):
        """The rules of both sides and one agency's change of them would have one name."""
        text = layer(f"criterion: {FLOAT}, parameters: {{min_float: 11}}", name=name)
        site(good | {"agency.yaml": text.replace('version: "1"', 'version: "1.0.0"')})

        assert [each.code for each in mistakes("agency.yaml")] == ["G123"] * refused

    @pytest.mark.parametrize(("added", "refused"), [("", False), ("# A comment\n", True)])
    def test_what_is_called_like_a_shipped_overlay_is_the_shipped_overlay(self, tmp_path, added, refused):
        """A file of one's own under the name of one that everybody has would pass for it on every page."""
        name, shipped = next(iter(shipped_overlays().items()))
        copy = tmp_path / "overlay.yaml"
        copy.write_text(shipped.read_text(encoding="utf-8") + added, encoding="utf-8")

        found = []
        try:
            load_ruleset(str(copy))
        except ConfigurationError as error:
            found = [each for each in error.problems if each.code == "G123"]

        assert len(found) == refused
        assert not refused or f"'{name}' ships with gonogo, and this file says something else" in found[0].what
