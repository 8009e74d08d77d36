"""From criteria to domains and the whole, as rules: caps are counts, each verdict is derived positively. Pure."""

from __future__ import annotations

from typing import Final

from gonogo.engine.rule_form import YES, Fact, Place, RuleProgram
from gonogo.model.finding import Outcome
from gonogo.model.judgement import Compiled
from gonogo.model.ruleset import ApprovalRule, Domain, Severity
from gonogo.model.verdict import Verdict

OUTCOMES: Final = (Outcome.MET.value, Outcome.NOT_MET.value, Outcome.UNKNOWN.value)
NOT_APPLICABLE: Final = "not_applicable"
GO, CONDITIONAL, NO_GO = Verdict.GO.value, Verdict.CONDITIONAL_GO.value, Verdict.NO_GO.value
VERDICTS: Final = (GO, CONDITIONAL, NO_GO)
OVERALL: Final = "overall verdict"
RESTS, STANDS = "rests on acceptance", "stands by itself"

_SHEET: Final = "top"
_HARD, _SOFT = [{"s": 1}], [{"s": 2}]
_OPEN, _CLOSED = [{"open": 1}], [{"open": 0}]
_TABLE_OF: Final = {Severity.MANDATORY: "mandatory criterion", Severity.CONDITIONAL: "conditional criterion"}

TABLES: Final[dict[str, dict[str, Fact]]] = {
    "mandatory criterion": {
        Outcome.MET.value: {"s": 1, "open": 0, "asked": 1},
        Outcome.NOT_MET.value: {"s": 1, "open": 1, "asked": 1},
        Outcome.UNKNOWN.value: {"s": 1, "open": 1, "asked": 1},
        NOT_APPLICABLE: {"s": 1, "open": 0, "asked": 0},
    },
    # weak says that a GO has something that it depends on: an open conditional criterion, or an acceptance.
    "conditional criterion": {
        Outcome.MET.value: {"s": 2, "open": 0, "weak": 0},
        Outcome.NOT_MET.value: {"s": 2, "open": 1, "weak": 1},
        Outcome.UNKNOWN.value: {"s": 2, "open": 1, "weak": 1},
        NOT_APPLICABLE: {"s": 2, "open": 0, "weak": 0},
    },
    "rest": {RESTS: {"weak": 1}, STANDS: {"weak": 0}},
    "verdict": {GO: {"q": 0, "bad": 0}, CONDITIONAL: {"q": 1, "bad": 0}, NO_GO: {"q": 2, "bad": 1}},
    "go": {YES: {"go": 1}},
    "conditional": {YES: {"cond": 1}},
    "go or conditional": {YES: {"go": 1, "cond": 1}},
}


def add_domain(program: RuleProgram, compiled: Compiled, domain: Domain, number: int) -> None:
    """Add the rules of one domain, the ``number``-th."""
    key = f"domain {domain.value}"
    program.expect(key, VERDICTS)
    place, aside = (_SHEET, {"d": number}), (_SHEET, {"dd": number})
    mine = [criterion for criterion in compiled.criteria if criterion.domain is domain]
    for criterion in mine:
        if criterion.severity in _TABLE_OF:
            program.then(f"criterion {criterion.id}", place, _TABLE_OF[criterion.severity])
        if criterion.bare is not None:
            program.then(f"rest of {criterion.id}", place, "rest")
    twice = sum(criterion.bare is not None for criterion in mine)
    hard = sum(criterion.severity is Severity.MANDATORY for criterion in mine)
    soft = sum(criterion.severity is Severity.CONDITIONAL for criterion in mine)
    cap = compiled.policy.cap_domain if compiled.policy.rule is ApprovalRule.CAPS else soft
    if hard:
        program.rule(place, [*_HARD, *_OPEN], (key, NO_GO))
        program.rule(place, [*_HARD, {"asked": 0}], (key, NO_GO), count=hard)
        program.holds(f"{key}: nothing mandatory is open", place, [*_HARD, *_CLOSED], hard, aside, "go or conditional")
        program.holds(
            f"{key}: something mandatory is asked", place, [*_HARD, {"asked": 1}], 1, aside, "go or conditional"
        )
    else:
        program.rule(aside, [{"nothing": 1}], (key, NO_GO))
        program.start(aside, nothing=1)
    if soft > cap:
        program.rule(place, [*_SOFT, *_OPEN], (key, NO_GO), count=cap + 1)
    if soft + twice:
        program.holds(f"{key}: a condition is there", place, [{"weak": 1}], 1, aside, "conditional")
    program.holds(f"{key}: no condition is there", place, [{"weak": 0}], soft + twice, aside, "go")
    program.holds(f"{key}: within the cap", place, [*_SOFT, *_CLOSED], max(0, soft - cap), aside, "conditional")
    program.rule(aside, [{"go": 1}], (key, GO), count=3)
    program.rule(aside, [{"cond": 1}], (key, CONDITIONAL), count=4)


def add_overall(program: RuleProgram, compiled: Compiled) -> None:
    """Add the rules of the whole, over the four domains and the cap on all conditional criteria."""
    program.expect(OVERALL, VERDICTS)
    place: Place = (_SHEET, {"o": 1})
    aside: Place = (_SHEET, {"oo": 1})
    tally: Place = (_SHEET, {"t": 1})
    for domain in Domain:
        program.then(f"domain {domain.value}", place, "verdict")
    program.rule(place, [{"bad": 1}], (OVERALL, NO_GO))
    program.rule(place, [{"q": VERDICTS.index(GO)}], (OVERALL, GO), count=len(Domain))
    program.holds("all: no domain is bad", place, [{"bad": 0}], len(Domain), aside, "conditional")
    program.holds("all: a domain is conditional", place, [{"q": VERDICTS.index(CONDITIONAL)}], 1, aside, "conditional")
    soft = [criterion.id for criterion in compiled.criteria if criterion.severity is Severity.CONDITIONAL]
    cap = compiled.policy.cap_total if compiled.policy.rule is ApprovalRule.CAPS else len(soft)
    if len(soft) > cap:
        program.rule(tally, _OPEN, (OVERALL, NO_GO), count=cap + 1)
        for criterion in soft:
            program.then(f"criterion {criterion}", tally, "conditional criterion")
    program.holds("all: within the cap", tally, _CLOSED, max(0, len(soft) - cap), aside, "conditional")
    program.rule(aside, [{"cond": 1}], (OVERALL, CONDITIONAL), count=3)
