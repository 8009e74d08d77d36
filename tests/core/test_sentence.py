"""The sentence of a finding: every word of it comes from the tree, and it is true of what was judged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gonogo.core.compile import compile_scope
from gonogo.core.find import Trial, find
from gonogo.core.observe import observe, outcome
from gonogo.core.scope import scope_of
from gonogo.core.sentence import unknown
from gonogo.engine import reference
from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactType, Vocabulary
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Criterion, DecisionPolicy, Ruleset, Severity

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
RELEASE = Release(id="R1", go_live=NOW + timedelta(days=14))
POLICY = DecisionPolicy(milestones=("T-0",))


def evidence(name: str, kind: FactType, value: object) -> Evidence:
    return Evidence(
        fact=f"a.{name}", type=kind, unit="items" if kind is FactType.INTEGER else "", value=value,
        as_of=NOW - timedelta(days=1), basis=Basis.MEASURED, source=Source(binding="b", locator=f"{name}.csv"),
    )  # fmt: skip


KNOWN = EvidenceSet(
    evidence=(
        evidence("count", FactType.INTEGER, 3),
        evidence("counted", FactType.INTEGER, 5),
        evidence("flag", FactType.BOOLEAN, True),
        evidence("word", FactType.TEXT, "draft"),
    )
)


def told(require: str, exempt: str = "") -> str:
    """The sentence without the age."""
    asked = Criterion(
        id="system.case", title="Case", statement="s", why="w", severity=Severity.MANDATORY,
        require=parse_requirement(require), not_applicable_when=parse_requirement(exempt) if exempt else None,
        max_age_s=7 * 86400, owner="customer.pmo_lead", attest=("customer.pmo_lead",), remedy="r", source=("x",),
    )  # fmt: skip
    ruleset = Ruleset(name="r", version="1", title="t", criteria=(asked,), policy=POLICY, material_sha256="0" * 64)
    scope = scope_of(ruleset, IDENTITY, release=RELEASE, now=NOW)
    compiled = compile_scope(scope)
    observations = observe(compiled, scope, KNOWN, Vocabulary(facts=()))
    found = reference.judge(scope, KNOWN)
    seen = zip(compiled.leaves, observations, strict=True)
    assert {leaf.id: outcome(leaf.operator, each) for leaf, each in seen} == found.leaves
    sentence = find(Trial(scope, compiled, observations, found, KNOWN))[0].sentence
    return sentence.replace(", 1 day old", "").replace("measured in ", "")


@pytest.mark.parametrize(
    ("require", "sentence"),
    [
        ("a.count>=3", "Met: a.count stands at 3 items (at least 3 needed, margin 0); count.csv."),
        ("a.count   <   3", "Not met: a.count stands at 3 items (less than 3 needed, margin 0); count.csv."),
        (
            "a.count*2>=a.counted",
            "Met: a.count*2 stands at 6 items (at least 5 needed, margin 1); count.csv and counted.csv.",
        ),
        # a.count is a part of the name a.counted, and is not what was read.
        (
            "a.counted > 4 or a.count > 9",
            "Met: a.counted stands at 5 items (more than 4 needed, margin 1); counted.csv.",
        ),
        ("not a.flag", "Not met: a.flag is true and must be false; flag.csv."),
        ("a.flag != true", "Not met: a.flag is true and must be false; flag.csv."),
        ("a.flag == true", "Met: a.flag is true; flag.csv."),
        ("not (a.count >= 4)", "Met: a.count stands at 3 items (less than 4 needed, margin 1); count.csv."),
        ("not (a.count >= 3)", "Not met: a.count stands at 3 items (less than 3 needed, margin 0); count.csv."),
        (
            "not (a.count >= 9) and not (a.counted < 9)",
            "Not met: a.counted stands at 5 items (at least 9 needed, margin -4); counted.csv.",
        ),
        # Of alternatives one would do: nobody is asked to make both true.
        (
            "a.flag and (a.count == 0 or a.counted >= 9)",
            "Not met: none of the alternatives holds, and one would be enough (a.count stands at 3 items "
            "(exactly 0 needed, margin 3); or a.counted stands at 5 items (at least 9 needed, margin -4)); "
            "count.csv and counted.csv.",
        ),
        (
            "not (a.flag and a.count == 3)",
            "Not met: none of the alternatives holds, and one would be enough (a.flag is true and must be false; "
            "or a.count stands at 3 items (other than 3 needed, margin 0)); flag.csv and count.csv.",
        ),
        # An alternative that is not known is told as that, and the one that failed is no reason of its own.
        (
            "a.counted > 9 and (a.count == 0 or a.lost)",
            "Not met: a.counted stands at 5 items (more than 9 needed, margin -4); counted.csv; also not known: "
            "a.lost is unasked (No binding of the program answers for this fact), and no alternative to it holds "
            "(a.count stands at 3 items (exactly 0 needed, margin 3)).",
        ),
        # What is not known either is told at once, and not when the failure is mended; what does not matter is not.
        (
            "a.counted > 9 and a.lost",
            "Not met: a.counted stands at 5 items (more than 9 needed, margin -4); counted.csv; also not known: "
            "a.lost is unasked (No binding of the program answers for this fact).",
        ),
        (
            "a.counted > 9 and (a.flag or a.lost)",
            "Not met: a.counted stands at 5 items (more than 9 needed, margin -4); counted.csv.",
        ),
        ('a.word == "signed"', 'Not met: a.word is "draft" (exactly "signed" needed); word.csv.'),
        ('a.word=="draft"', 'Met: a.word is "draft" (exactly "draft" needed); word.csv.'),
        ('a.word in ["signed"]', 'Not met: a.word is "draft" (exactly "signed" needed); word.csv.'),
        ('a.word in ["signed", "draft"]', 'Met: a.word is "draft" (one of "signed" and "draft" needed); word.csv.'),
        ('a.word not in ["draft"]', 'Not met: a.word is "draft" (other than "draft" needed); word.csv.'),
        ('a.word not in ["no", "not"]', 'Met: a.word is "draft" (other than "no" and "not" needed); word.csv.'),
    ],
)  # fmt: skip
def test_a_sentence_says_what_decided(require, sentence):
    """However the author spaces it, whatever stands under `not`: fact, value and what is needed, and its file only."""
    assert told(require) == sentence


def test_a_criterion_with_an_exemption_that_does_not_hold_is_told_by_its_requirement():
    """ "Does not apply" above a criterion that was judged is untrue, and nobody would look further."""
    without = told("a.count <= 9")

    assert told("a.count <= 9", "a.count > 99") == without


def test_an_exemption_names_what_it_was_read_in_and_nothing_else():
    """The file of a question that was never asked is no reason."""
    assert told("a.count > 9", exempt="a.flag") == "Not applicable, because a.flag: flag.csv."


@pytest.mark.parametrize(("number", "ends"), [(2, "why1)."), (3, "why2)."), (4, "why2); and 1 more.")])
def test_three_reasons_are_told_and_the_rest_is_counted(number, ends):
    """Of thirty gaps nobody reads the thirtieth; of three nobody wants to hear that there are 0 more."""
    gaps = [Gap(fact=f"a.g{n}", reason=GapReason.MISSING, detail=f"why{n}") for n in range(number)]

    assert unknown([], gaps).endswith(ends)
