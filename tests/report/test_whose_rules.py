"""Whose rules a verdict is given by, and when M3's own words may stand beside it."""

from dataclasses import replace

import pytest

from gonogo.model.change import Effect, RuleChange
from gonogo.model.origin import OriginKind, RuleOrigin
from gonogo.model.ruleset import ApprovalRule
from gonogo.report.detail import page_of
from gonogo.report.formats.json_format import document
from gonogo.report.page import Words
from gonogo.report.view import RunView

M3 = "m3-baseline@1.0.0"
SHIPPED = RuleOrigin(kind=OriginKind.SHIPPED)


def change(effect: Effect) -> RuleChange:
    loosens = effect in (Effect.LOOSENS, Effect.MAY_LOOSEN)
    return RuleChange(by="x@1", part="severity", old="a", new="b", effect=effect, loosens=loosens)


@pytest.fixture
def view(no_go, seal_log):
    """A run of some ruleset, from somewhere, with one change."""

    def make(origin=SHIPPED, *, ruleset=M3, rule=ApprovalRule.M3, effect=None):
        plain = RunView.of(seal_log(no_go.events()))
        started = plain.started.model_copy(update={"origin": origin, "ruleset": ruleset})
        return replace(plain, started=started, rule=rule, changes=(change(effect),) if effect else ())

    return make


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, True),
        ({"origin": None}, True),
        ({"origin": None, "ruleset": "niwa@1.0.0"}, False),
        ({"ruleset": "niwa@1.0.0"}, False),
        ({"origin": RuleOrigin(kind=OriginKind.COPY, of=M3), "ruleset": "niwa@1.0.0"}, True),
        ({"origin": RuleOrigin(kind=OriginKind.COPY, of="other@1.0.0")}, False),
        ({"origin": RuleOrigin(kind=OriginKind.OWN)}, False),
        ({"origin": RuleOrigin(kind=OriginKind.CARRIED)}, False),
        ({"rule": ApprovalRule.CAPS}, False),
        ({"effect": Effect.TIGHTENS}, True),
        ({"effect": Effect.NEITHER}, True),
        ({"effect": Effect.LOOSENS}, False),
        ({"effect": Effect.MAY_LOOSEN}, False),
    ],
)
def test_m3_says_approval_only_by_its_own_rules(view, more, said):
    """A GO by rules with eight unmet criteria read: M3: Approval."""
    page = page_of(view(**more))

    assert any(line.startswith("M3: ") for line in page.meaning) is said
    words = [block.text for section in page.sections for block in section.blocks if isinstance(block, Words)]
    assert any("are Approval" in text for text in words) is said
    assert any("mandatory is High" in text for text in words)


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        (SHIPPED, f"Rules: {M3}, shipped with gonogo."),
        (
            RuleOrigin(kind=OriginKind.OWN),
            f"Rules: {M3}, the program's own rules, which are not a copy of shipped ones.",
        ),
        (
            RuleOrigin(kind=OriginKind.COPY, of="m3-baseline@0.9.0"),
            f"Rules: {M3}, the program's own copy, which asks the same as m3-baseline@0.9.0.",
        ),
        (
            RuleOrigin(kind=OriginKind.EDITED, of="m3-baseline@0.9.0"),
            f"Rules: {M3}, the program's own, an edited copy of m3-baseline@0.9.0.",
        ),
        (RuleOrigin(kind=OriginKind.CARRIED), f"Rules: {M3}, of another installed distribution."),
        (
            RuleOrigin(kind=OriginKind.SHIPPED, program="hard"),
            f"Rules: {M3}, shipped with gonogo, on the evidence and papers of hard.",
        ),
        (None, f"Rules: {M3}."),
    ],
)
def test_page_one_always_names_the_rules(view, origin, told):
    """A reader who stops after the verdict has read which rules gave it."""
    assert f"{told[:-1]}; not locked." in page_of(view(origin)).meaning


def test_the_json_says_whose_rules_they_are(view):
    """A pipeline can refuse a GO by rules of one's own; a record of earlier versions does not say it."""
    assert document(view())["ruleset_origin"] == {"kind": "shipped", "of": ""}
    assert "ruleset_origin" not in document(view(None))
