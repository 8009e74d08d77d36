"""One criterion on paper: what it asks, its thresholds by milestone, evidence, people, and how it stood in a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gonogo.core.wording import listing, seat_words
from gonogo.model.fact import Vocabulary
from gonogo.model.finding import Finding
from gonogo.model.people import Sides
from gonogo.model.ruleset import Criterion, DecisionPolicy, days_before, literal_text
from gonogo.paper.paper_page import PaperBlock, PaperTable, Title
from gonogo.paper.program_part import NOT_ADOPTED
from gonogo.report.words import STATUS, weight
from gonogo.text import any_of


def criterion_blocks(
    criterion: Criterion,
    policy: DecisionPolicy,
    vocabulary: Vocabulary,
    names: Mapping[str, str],
    finding: Finding | None,
    *,
    asked: bool = True,
    stale: Sequence[str] = (),
) -> Iterator[PaperBlock]:
    """Yield what the paper says of a criterion.

    Args:
        criterion: The criterion.
        policy: Its milestones are the columns of thresholds.
        vocabulary: What its facts mean.
        names: Seat to who holds it; a seat that nobody holds is not in it.
        finding: How it stood in the run that was named; None where none was.
        asked: Whether the program has adopted it.
        stale: Which of its sentences names what a change took out of its condition.
    """
    yield Title(3, f"{criterion.title} ({criterion.id})")
    rows = [
        ("Statement", criterion.statement),
        *(("Limit and words differ", f"{each[0].upper()}{each[1:]}. The limit decides.") for each in stale),
        ("Why", criterion.why),
        ("Weight", "standing hold" if criterion.is_hold else weight(criterion.severity)),
        ("Requirement", criterion.require.text),
        ("Due from", due(criterion, asked)),
        ("Enforced from", enforced(criterion)),
        ("Not applicable", exempt(criterion)),
        ("Evidence may be", f"younger than {_age(criterion.max_age_s)}"),
        ("Evidence comes from", criterion.evidence_producer),
        ("Owner", seat_and_name(criterion.owner, names)),
        ("May be stated by", any_of([seat_and_name(seat, names) for seat in criterion.attest])),
        ("Waiver", waiver_rule(criterion, names)),
        ("If it is not met", criterion.remedy),
        ("Source", "" if criterion.is_hold else ", ".join(criterion.source)),
        ("M3", f"Phase 4 Progress Review {criterion.m3_ref}" if criterion.m3_ref else ""),
        *(_standing(finding) if finding is not None else ()),
    ]
    kept = tuple((label, text) for label, text in rows if text)
    yield PaperTable(f"What {criterion.id} asks", ("Part", "Agreed"), kept)
    if criterion.parameters:
        yield PaperTable(
            f"Thresholds of {criterion.id} by milestone",
            ("Threshold", *policy.milestones),
            thresholds(criterion, policy),
        )
    yield PaperTable(
        f"Evidence of {criterion.id}",
        ("Fact", "Meaning", "Question"),
        tuple((name, vocabulary[name].meaning, vocabulary[name].question) for name in criterion.facts),
    )


def thresholds(criterion: Criterion, policy: DecisionPolicy) -> tuple[tuple[str, ...], ...]:
    """Return each threshold of a criterion with its value in force at each milestone of the policy."""
    return tuple(
        (each.name, *(literal_text(each.at(days_before(milestone))) for milestone in policy.milestones))
        for each in criterion.parameters
    )


def seat_and_name(seat: str, names: Mapping[str, str]) -> str:
    """Return a seat with who holds it: ``the customer's risk manager (Joan Pruett)``."""
    return f"{seat_words(seat)} ({names[seat]})" if seat in names else f"{seat_words(seat)} (vacant)"


def waiver_rule(criterion: Criterion, names: Mapping[str, str]) -> str:
    """Return who together may waive a criterion."""
    if criterion.is_hold or not criterion.waivable_by:
        return "nobody may waive it"
    seats = listing([seat_and_name(seat, names) for seat in criterion.waivable_by], most=18)
    sides = "one side is enough" if criterion.sides is Sides.ONE else "both sides sign"
    return f"{seats} together, two people at least; {sides}"


def enforced(criterion: Criterion) -> str:
    """Return from when a criterion is enforced, or that it never is; empty where it is from the first."""
    if criterion.mode is not None:
        return "never: it is tried out, and decides nothing"
    return str(criterion.enforce_from) if criterion.enforce_from is not None else ""


def due(criterion: Criterion, asked: bool) -> str:
    """Return from when a criterion is due, and that it is not asked as long as the program has not adopted it."""
    first = criterion.due_from or "the first assessment"
    return first if asked else f"{NOT_ADOPTED}; once adopted, {first}"


def exempt(criterion: Criterion) -> str:
    """Return why or when a criterion does not apply; empty where it always does."""
    if criterion.not_applicable is not None:
        return f"{criterion.not_applicable.reason} (approved by {criterion.not_applicable.approved_by})"
    return f"when {criterion.not_applicable_when.text}" if criterion.not_applicable_when is not None else ""


def _age(seconds: int) -> str:
    days, rest = divmod(seconds, 86400)
    if rest:
        return f"{seconds // 3600} hours"
    return "1 day" if days == 1 else f"{days} days"


def _standing(finding: Finding) -> tuple[tuple[str, str], ...]:
    return (("Status in the run", stood(finding)), ("Finding", finding.sentence))


def stood(finding: Finding) -> str:
    """Return how a criterion stood in a run: what is met on acceptance alone is not plainly met."""
    return f"{STATUS[finding.status]} on acceptance" if finding.rests_on is not None else STATUS[finding.status]
