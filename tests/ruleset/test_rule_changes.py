"""What an overlay, or an edited copy, changed in the rules: old value, new value, reason, and which way it goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError
from gonogo.model.change import Effect, RuleChange
from gonogo.model.fact import Vocabulary
from gonogo.model.origin import OriginKind
from gonogo.model.register import Register
from gonogo.model.ruleset import DecisionPolicy, Ruleset
from gonogo.ruleset import locate
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset
from gonogo.ruleset.rule_changes import Editor, ruleset_changes

Files = dict[str, str]
Site = Callable[[Files], Path]


def laid(site: Site, good: Files, change: str) -> tuple[RuleChange, ...]:
    """Return what one overlay with one change is recorded as."""
    head = 'schema: 1\noverlay: agency\nversion: "1"\nset:\n'
    site(good | {"agency.yaml": f"{head}  - {{{change}, reason: The board asked for it.}}\n"})
    return load_ruleset("tiny", [Path("agency.yaml")]).ruleset.changes or ()


COST, TESTS = "criterion: operations.cost.forecast", "criterion: system.testing.executed"
SCHEDULE, TRAINING = "criterion: program.schedule.float", "criterion: workforce.training.completion"
LADDER = "10 from T-60, 0.5 from T-0"
LEAD, OWNER = "customer.functional_lead", "customer.business_owner"
BOTH = "customer.executive_sponsor, provider.executive_sponsor"


@pytest.mark.parametrize(
    ("change", "part", "old", "new", "effect"),
    [
        (f"{COST}, severity: advisory", "severity", "conditional", "advisory", "loosens"),
        (f"{COST}, severity: mandatory", "severity", "conditional", "mandatory", "tightens"),
        (f"{TESTS}, from: T-0", "from", "T-30", "T-0", "loosens"),
        (f"{TESTS}, from: T-60", "from", "T-30", "T-60", "tightens"),
        (f"{COST}, from: T-60", "from", "always", "T-60", "loosens"),
        (f"{TESTS}, parameters: {{min_executed: 94%}}", "parameter min_executed", "95%", "94%", "loosens"),
        (f"{TESTS}, parameters: {{min_executed: 96%}}", "parameter min_executed", "95%", "96%", "tightens"),
        (f"{COST}, parameters: {{tolerance: 1.1}}", "parameter tolerance", "1.05", "1.1", "may loosen"),
        (f"{SCHEDULE}, parameters: {{min_float: 5}}", "parameter min_float", LADDER, "5", "loosens"),
        (f"{SCHEDULE}, parameters: {{min_float: 10}}", "parameter min_float", LADDER, "10", "tightens"),
        (f"{COST}, max_age: 31d", "max_age", "30d", "31d", "loosens"),
        (f"{TESTS}, max_age: 11h", "max_age", "12h", "11h", "tightens"),
        (f"{TESTS}, carries: true", "carries", "no", "yes", "loosens"),
        (f"{TESTS}, attest: [customer.technical_lead]", "attest",
         "customer.technical_lead, provider.technical_lead", "customer.technical_lead", "tightens"),
        (f"{TESTS}, attest: [customer.technical_lead, customer.pmo_team]", "attest",
         "customer.technical_lead, provider.technical_lead", "customer.technical_lead, customer.pmo_team", "loosens"),
        (f"{COST}, waivable_by: [{BOTH}]", "waivable_by", "nobody", BOTH, "loosens"),
        (f"{TESTS}, waivable_by: []", "waivable_by", BOTH, "nobody", "tightens"),
        (f"{TESTS}, waivable_by: [{BOTH}, customer.pmo_lead]", "waivable_by", BOTH, f"{BOTH}, customer.pmo_lead",
         "tightens"),
        (f"{TESTS}, waivable_by: [customer.pmo_lead, provider.pmo_lead]", "waivable_by", BOTH,
         "customer.pmo_lead, provider.pmo_lead", "may loosen"),
    ],
)  # fmt: skip
def test_each_change_says_what_it_was_and_which_way_it_goes(site, good, change, part, old, new, effect):
    """An overlay moved a mandatory criterion to T-0, the verdict was GO, and no report said *overlay*."""
    (told,) = laid(site, good, change)

    assert (told.part, told.old, told.new, told.effect) == (part, old, new, effect)
    assert told.by == "agency@1"
    assert told.reason == "The board asked for it."
    assert told.loosens == (effect in ("loosens", "may loosen"))


def test_an_owner_loosens_nothing_but_who_may_attest_with_it_does(site, good):
    """The default of who may attest follows the owner's office."""
    told = laid(site, good, f"{COST}, owner: provider.executive_sponsor")

    assert {(change.part, change.effect) for change in told} == {("owner", "neither"), ("attest", "loosens")}


def test_an_added_criterion_is_told_and_loosens_nothing(site, good):
    """It asks for more, or for nothing."""
    site(good)
    told = load_ruleset("tiny", [Path("agency.yaml")]).ruleset.changes or ()

    assert ("workforce.niwa.forms", "not asked", Effect.NEITHER) in [(c.criterion, c.old, c.effect) for c in told]


def test_a_ruleset_without_changes_does_not_speak_of_them(site, good):
    """Rulesets that were recorded before keep their digest."""
    site(good)

    assert "changes" not in load_ruleset("tiny").ruleset.document()


def test_a_change_that_gives_no_reason_is_refused(site, good):
    """`reason: TBD` is not a reason that a board could have heard."""
    site(good | {"agency.yaml": good["agency.yaml"].replace("Money first.", "T.B.D.")})

    with pytest.raises(ConfigurationError) as caught:
        load_ruleset("tiny", [Path("agency.yaml")])

    assert [(one.code, "says nothing" in one.what) for one in caught.value.problems] == [("G117", True)]


@pytest.mark.parametrize(
    ("was", "now", "effect"),
    [(None, 30, "tightens"), (30, None, "loosens"), (30, 31, "loosens"), (30, 29, "tightens"), (30, 30, ""),
     (None, None, "")],
)  # fmt: skip
def test_how_long_a_waiver_may_run_is_told_where_it_changes(site, good, was, now, effect):
    """A longer waiver eases the gate like a higher cap."""

    def rules(limit):
        policy = "  rule: caps\n" + (f"  max_waiver_days: {limit}\n" if limit is not None else "")
        site(good | {"tiny/ruleset.yaml": good["tiny/ruleset.yaml"].replace("  rule: caps\n", policy)})
        return load_ruleset("tiny")

    old, new = rules(was), rules(now)
    found = list(ruleset_changes(old.ruleset, new.ruleset, (old.vocabulary, new.vocabulary), Editor("agency@1")))

    words = tuple("no limit" if each is None else f"{each}" for each in (was, now))
    assert [(one.effect, one.old, one.new) for one in found] == ([(effect, *words)] if effect else [])
    assert all(one.part == "days after go-live that a waiver may run" for one in found)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ({}, {"closed": ("passed",)}, ("register interfaces: closed", "none", "passed")),
        ({"closed": ("passed",)}, {}, ("register interfaces: closed", "passed", "none")),
        ({}, {"same_items": ("ifs.open",)}, ("register interfaces: same_items", "none", "ifs.open")),
        ({}, {"accept": (LEAD, OWNER)}, ("register interfaces: accept", LEAD, f"{LEAD}, {OWNER}")),
        ({}, {"id": "other"}, None),
        ({}, {}, None),
    ],
)
def test_each_part_of_a_register_that_is_new_gone_or_another_may_loosen(was, now, told):
    """Who may accept an open item, and which word closes one, decide as much as a threshold."""

    def read(**more):
        given = {
            "id": "interfaces",
            "item": "one",
            "fact": "ifs.ratio",
            "accept": (LEAD,),
            "open_unaccepted": "ifs.left",
        }
        return Vocabulary(facts=(), registers=(Register(**(given | more)),))

    policy = DecisionPolicy(milestones=("T-0",))
    rules = Ruleset(name="r", version="1", title="t", criteria=(), policy=policy, material_sha256="0" * 64)
    found = [*ruleset_changes(rules, rules, (read(**was), read(**now)), Editor("a copy"))]

    assert [(each.part, each.old, each.new) for each in found] == ([told] if told else [])
    assert all(each.effect is Effect.MAY_LOOSEN for each in found)


class TestOwnCopy:
    """`gonogo init` gives a program its own copy; edited, it would pass for the ruleset that it is named after."""

    @pytest.fixture
    def told(self, site, good, monkeypatch):
        def edit(*pairs: tuple[str, str], name: str = "ruleset.yaml") -> tuple[RuleChange, ...]:
            files = {path.removeprefix("tiny/"): text for path, text in good.items() if path.startswith("tiny/")}
            copy = dict(files)
            for old, new in pairs:
                assert old in copy[name]
                copy[name] = copy[name].replace(old, new)
            root = site({f"shipped/tiny/{path}": text for path, text in files.items()})
            site({f"mine/{path}": text for path, text in copy.items()})
            monkeypatch.setattr(locate, "shipped_folder", lambda: root / "shipped")
            return load_ruleset("mine").ruleset.changes or ()

        return edit

    def test_a_copy_that_says_the_same_is_no_change(self, told):
        """Not even where the words of a comment differ."""
        assert told() == ()
        assert told(("title: The money lasts", "title: The money lasts  # it must")) == ()

    @pytest.mark.parametrize(
        ("old", "new", "part", "effect"),
        [
            (" and ato.signed", "", "requirement", "loosens"),
            ("sit.executed_ratio >= min_executed and", "sit.planned > 3 and sit.executed_ratio >= min_executed and",
             "requirement", "tightens"),
            ("require: cost.forecast <= cost.budget * tolerance",
             "require: cost.forecast <= cost.budget * tolerance or ato.signed", "requirement", "loosens"),
            ("cost.budget * tolerance", "cost.budget + cost.budget * tolerance", "requirement", "may loosen"),
            ("sit.planned == 0", "sit.planned <= 9", "not applicable when", "may loosen"),
            ("    not_applicable_when: sit.planned == 0\n", "", "not applicable when", "tightens"),
            ("caps: {domain: 3, total: 8}", "caps: {domain: 4, total: 8}",
             "open conditional criteria allowed in a domain", "loosens"),
            ("caps: {domain: 3, total: 8}", "caps: {domain: 3, total: 7}",
             "open conditional criteria allowed in all", "tightens"),
            ("milestones: [T-60, T-30, T-0]", "milestones: [T-60, T-30, T-10, T-0]", "milestones", "may loosen"),
            ("  rule: caps\n  caps: {domain: 3, total: 8}\n", "  rule: m3\n", "approval rule", "may loosen"),
        ],
    )  # fmt: skip
    def test_an_edit_is_told_as_an_overlay_would_be(self, told, old, new, part, effect):
        """Nobody gave a reason, and the report says that too."""
        (change,) = [one for one in told((old, new)) if one.part == part]

        assert (change.effect, change.reason) == (effect, "")
        assert change.by == "the program's own copy of tiny@1.0.0"

    @pytest.mark.parametrize("before", ["", "L1", "L2"])
    @pytest.mark.parametrize("after", ["", "L1", "L2"])
    def test_less_isolation_than_was_asked_for_loosens(self, site, good, before, after):
        """Evidence that was read beside everything else counts where it did not: from L2 to L1 as from L2 to none."""

        def read(name: str, level: str) -> LoadedRuleset:
            files = {path.replace("tiny/", f"{name}/"): text for path, text in good.items() if path.startswith("tiny/")}
            said = f"  min_isolation: {{mandatory: {level}}}\n" if level else ""
            rules = f"{name}/ruleset.yaml"
            assert "  rule: caps\n" in files[rules]
            site(files | {rules: files[rules].replace("  rule: caps\n", f"  rule: caps\n{said}")})
            return load_ruleset(f"./{name}")

        old, new = read("old", before), read("new", after)
        found = list(ruleset_changes(old.ruleset, new.ruleset, (old.vocabulary, new.vocabulary), Editor("x")))

        told = [(one.part, one.old, one.new, one.loosens) for one in found]
        part = ("isolation of mandatory evidence", before or "none", after or "none", after < before)
        assert told == ([] if before == after else [part])

    @pytest.mark.parametrize(
        ("before", "after", "effect"), [("1", "", "loosens"), ("", "1", "tightens"), ("1", "2", "loosens")]
    )
    def test_a_hold_that_is_gone_or_asks_for_less_loosens(self, site, good, before, after, effect):
        """What voided a decision yesterday and does not today was taken out by somebody."""

        def held(days: str) -> LoadedRuleset:
            hold = (
                "policy:\n  holds:\n    - {id: operations.cost.hold, title: Held, why: Why.,"
                f" require: cost.forecast <= cost.budget, max_age: {days}d, owner: customer.program_manager,"
                " remedy: Fix it.}\n"
            )
            text = good["tiny/ruleset.yaml"]
            site(good | {"tiny/ruleset.yaml": text.replace("policy:\n", hold, 1) if days else text})
            return load_ruleset("tiny")

        old, new = held(before), held(after)
        changes = list(ruleset_changes(old.ruleset, new.ruleset, (old.vocabulary, new.vocabulary), Editor("a copy")))

        assert [(change.criterion, change.effect) for change in changes] == [("operations.cost.hold", effect)]

    def test_a_criterion_that_was_taken_out_loosens(self, told, good):
        """The plainest way to lose a blocker."""
        text = good["tiny/ruleset.yaml"]
        last = text[text.index("  - id: operations.cost.forecast") :]
        (change,) = told((last, ""))

        assert (change.criterion, change.new, change.effect) == ("operations.cost.forecast", "not asked", "loosens")

    def test_a_fact_that_bears_more_may_loosen(self, told):
        """A tolerance lets two sources that disagree agree."""
        (change,) = told(("unit: cases, min: 0,", "unit: cases, min: 0, tolerance: 9,"), name="facts.yaml")

        assert (change.part, change.new, change.effect) == ("fact sit.planned: tolerance", "9", "may loosen")

    @pytest.mark.parametrize(
        ("old", "new", "mine"),
        [
            ('version: "1.0.0"', 'version: "1.0.1"', "tiny@1.0.1"),
            ('version: "1.0.0"', 'version: "0.0.1"', "tiny@0.0.1"),
            ("name: tiny", "name: tlny", "tlny@1.0.0"),
        ],
    )
    def test_another_version_or_name_hides_nothing(self, told, old, new, mine):
        """One digit more was enough to keep fourteen loosened rules off page one."""
        assert told((old, new)) == ()
        (change,) = told((old, new), (" and ato.signed", ""))

        assert (change.part, change.effect) == ("requirement", Effect.LOOSENS)
        assert change.by == f"the program's {mine}, compared with the shipped tiny@1.0.0"

    @pytest.mark.parametrize("kept", [0, 2, 3, 5])
    def test_other_ids_hide_nothing(self, told, good, kept):
        """A copy under other ids is a copy: twenty-two criteria made advisory stood nowhere on page one."""
        ids = re.findall(r"- id: (\S+)", good["tiny/ruleset.yaml"])
        assert len(ids) == 5
        renamed = [(f"id: {name}\n", f"id: {name}_of_ours\n") for name in ids[kept:]]

        assert told(("name: tiny", "name: agency_rules"), *renamed) == ()
        (change,) = told(("name: tiny", "name: agency_rules"), *renamed, (" and ato.signed", ""))
        assert (change.part, change.effect) == ("requirement", Effect.LOOSENS)

    @pytest.mark.parametrize(("kept", "own"), [(0, True), (2, True), (3, False), (5, False)])
    def test_rules_of_another_kind_are_nobody_s_copy(self, told, own_rules, kept, own):
        """An agency that writes its own rules has loosened none of ours: fewer than half are the same."""
        found = told(("name: tiny", "name: agency_rules"), *own_rules(kept))

        assert (found == ()) == (own or kept == 5)

    @pytest.fixture
    def own_rules(self, good):
        """Edits after which all but the first criteria share neither id, title, requirement nor facts with ours."""

        def edits(kept: int) -> list[tuple[str, str]]:
            blocks = re.split(r"(?=  - id: )", good["tiny/ruleset.yaml"])[1:]
            found = []
            for number, block in enumerate(blocks[kept:]):
                other = re.sub(r"- id: (\S+)", r"- id: \1_of_ours", block)
                other = re.sub(r"title: .*", f"title: Something else, {number}", other)
                other = re.sub(r"require: .*", f"require: ato.signed or sit.planned > {number}", other)
                other = re.sub(r" +parameters:(?: \{.*|\n +min_executed.*)\n| +not_applicable_when.*\n", "", other)
                found.append((block, other))
            return found

        return edits

    def test_a_shipped_ruleset_that_changed_meanwhile_is_compared_as_it_is_now(self, told, site, good):
        """What was loaded before is used again only as long as its files hold the same bytes."""
        assert told() == ()

        site({"shipped/tiny/ruleset.yaml": good["tiny/ruleset.yaml"].replace(" and ato.signed", "")})
        (change,) = load_ruleset("mine").ruleset.changes or ()

        assert (change.part, change.effect) == ("requirement", Effect.TIGHTENS)

    def test_a_copy_says_whose_rules_it_is_held_against(self, told, origin):
        """Page one names the rules and whose they are."""
        told()
        assert origin() == (OriginKind.COPY, "tiny@1.0.0")
        told((" and ato.signed", ""))
        assert origin() == (OriginKind.EDITED, "tiny@1.0.0")
        assert load_ruleset(locate.shipped_folder() / "tiny").origin.kind is OriginKind.SHIPPED

    @pytest.fixture
    def origin(self):
        def read() -> tuple[OriginKind, str]:
            found = load_ruleset("mine").origin
            return found.kind, found.of

        return read
