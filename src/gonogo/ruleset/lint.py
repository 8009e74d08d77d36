"""What must hold for a ruleset as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from gonogo.documents.shape import CheckedDocument, Document
from gonogo.errors import Problem
from gonogo.model.fact import Vocabulary
from gonogo.model.people import M3_ROLES
from gonogo.model.ruleset import ApprovalRule, Criterion, DecisionPolicy, Domain, MinIsolation, Severity, days_before
from gonogo.ruleset.lock_policy import lock_policy_of
from gonogo.ruleset.ruleset_documents import PolicyDocument
from gonogo.text import listed

UNREAD = "G190"
"""A fact that no criterion reads."""


def policy_problems(sheet: CheckedDocument[Document], document: PolicyDocument) -> list[Problem]:
    """Return the mistakes of a policy: milestones out of order, doubled, or not ending at T-0; caps without use."""
    problems = []
    days = [days_before(name) for name in document.milestones]
    for index, name in enumerate(document.milestones):
        if index and days[index] >= days[index - 1]:
            what = f"{name} comes after {document.milestones[index - 1]}"
            place = ("policy", "milestones", index)
            problems.append(sheet.problem(place, "G126", what, "the earliest milestone comes first, each once"))
    for index, name in enumerate(document.hold_points):
        if name in document.hold_points[:index] or name.startswith("T-"):
            what = f"'{name}' " + ("is there twice" if not name.startswith("T-") else "reads like a milestone")
            problems.append(sheet.problem(("policy", "hold_points", index), "G123", what, "give each its own id"))
    if days[-1] != 0:
        place = ("policy", "milestones", len(days) - 1)
        problems.append(sheet.problem(place, "G126", "the last milestone is not T-0", "end the list with T-0"))
    if document.caps is not None and document.rule is ApprovalRule.M3:
        what = "caps have no meaning under M3's rule, which allows any number of open criteria with a plan"
        problems.append(sheet.key_problem(("policy", "caps"), "G115", what, "remove `caps`, or write `rule: caps`"))
    return problems


def policy_of(document: PolicyDocument, holds: Sequence[Criterion] = ()) -> DecisionPolicy:
    """Return the policy of a document, with the holds that were read from it and from overlays."""
    caps = document.caps
    limits = {"cap_domain": caps.domain, "cap_total": caps.total} if caps else {}
    asked = document.min_isolation
    levels = tuple(
        MinIsolation(severity=severity, level=level)
        for severity in Severity
        if asked is not None and (level := getattr(asked, severity.value)) is not None
    )
    return DecisionPolicy(
        milestones=tuple(document.milestones),
        rule=document.rule,
        min_isolation=levels or None,
        max_waiver_days=document.max_waiver_days,
        holds=tuple(holds) or None,
        votes=document.votes,
        mode=document.mode,
        gate=document.gate.rstrip(".") if document.gate else None,
        hold_points=tuple(document.hold_points) or None,
        lock=lock_policy_of(document.lock),
        **limits,
    )


def office_problems(sheet: CheckedDocument[Document], offices: Sequence[str], known: Collection[str]) -> list[Problem]:
    """Return the offices that are declared though they exist already."""
    problems = []
    for index, office in enumerate(offices):
        if office in known or office in offices[:index]:
            whose = "one of the 18 seats of M3" if office in M3_ROLES else "declared already"
            problems.append(sheet.problem(("offices", index), "G123", f"'{office}' is {whose}", "remove it"))
    return problems


def domain_problems(sheet: CheckedDocument[Document], criteria: Iterable[Criterion]) -> list[Problem]:
    """Return the domains in which nothing mandatory could ever be judged."""
    asked = [each for each in criteria if each.not_applicable is None]
    judged = {criterion.domain for criterion in asked if criterion.severity is Severity.MANDATORY}
    missing = [domain.value for domain in Domain if domain not in judged]
    if not missing:
        return []
    what = f"nothing mandatory could ever be judged in {' and '.join(missing)}; every verdict would be NO-GO"
    hint = f"add a criterion of severity mandatory whose id begins with `{missing[0]}.`"
    return [sheet.key_problem(("criteria",), "G130", what, hint)]


def unused(vocabulary: Vocabulary, criteria: Iterable[Criterion], *, file: str) -> list[Problem]:
    """Return one warning that names the declared facts which no criterion reads."""
    read = {name for criterion in criteria for name in criterion.facts}
    read |= {fact.trend.of for fact in vocabulary.facts if fact.trend is not None}
    idle = [name for name in vocabulary.names() if name not in read]
    if not idle:
        return []
    what = f"{len(idle)} declared fact{'s are' if len(idle) > 1 else ' is'} read by no criterion: {listed(idle)}"
    return [Problem(UNREAD, file, what, hint="it is allowed; collectors may answer for them", level="warning")]


def unnamed_sources(sources: Iterable[str], criteria: Iterable[Criterion], *, file: str) -> list[Problem]:
    """Return one warning that names the declared sources which no criterion cites."""
    cited = {key for criterion in criteria for key in criterion.source}
    idle = [key for key in sources if key not in cited]
    if not idle:
        return []
    what = f"{len(idle)} declared source{'s are' if len(idle) > 1 else ' is'} cited by no criterion: {listed(idle)}"
    return [Problem("G192", file, what, hint="remove them, or cite them", level="warning")]
