"""Criteria and facts in words, for people who write and read them."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from gonogo.audit.history import open_history
from gonogo.core.register_facts import read_by
from gonogo.core.wording import listing, seat_words
from gonogo.errors import GonogoError, UsageError
from gonogo.model.canonical import decimal_text
from gonogo.model.fact import FactDeclaration
from gonogo.model.people import Sides
from gonogo.model.ruleset import Criterion, Parameter, literal_text
from gonogo.program.program_file import load_program
from gonogo.report.escape import visible
from gonogo.report.formats.text_columns import cells, wrap
from gonogo.report.page import Pairs
from gonogo.report.way import way_of
from gonogo.ruleset.effects import age_text
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset, ruleset_by_name
from gonogo.ruleset.vocabulary import facts_under
from gonogo.text import any_of, listed
from gonogo.workflow.previous_run import findings_of, holds_of
from gonogo.workflow.publishing import log_folder, view_of

WIDTH: Final = 80
"""Columns; text is wrapped, so that a sentence is read to its end on any terminal."""
_DIGEST: Final = 64
"""Columns of a digest, which is copied and compared, and therefore never broken."""
LABEL: Final = 16
"""Columns of what a line is about."""


def explain(criterion: str, *, program: Path | None = None, ruleset: str = "m3-baseline") -> str:
    """Return what a criterion asks, why and of whom, and with a program how it stood at the last recorded run.

    Raises:
        UsageError: There is no such criterion; the nearest is named.
    """
    if program is None:
        rules = ruleset_by_name(ruleset)
    else:
        loaded = load_program(program)
        rules = load_ruleset(loaded.program.ruleset, loaded.overlay_paths, root=loaded.root, where=loaded.ruleset_place)
    question = next((entry for entry in rules.ruleset.questions if entry.id == criterion), None)
    if question is None:
        ids = [entry.id for entry in rules.ruleset.questions]
        otherwise = f"the criteria are {listed(ids, most=len(ids))}"
        if criterion in rules.vocabulary:
            otherwise = f"it is a fact: `gonogo facts {criterion}`"
        raise UsageError(f"There is no criterion {criterion!r}.", hint=_nearest(criterion, ids, otherwise=otherwise))
    lines = _criterion(question, rules)
    return "\n".join(
        lines if program is None else [*lines, *_standing(question.id, program, loaded.program.identity.id)]
    )


def explain_run(criterion: str, program: Path, run: str) -> str:
    """Return the whole way of a criterion in a recorded run, from bytes to status, from the log alone.

    Args:
        criterion: Its id, or that of a standing hold.
        program: Folder of the program, or of the log.
        run: Id of the run, the beginning of it, or ``last``.

    Raises:
        UsageError: There is no such run, or it judged no such criterion; the nearest is named.
        IntegrityError: The log is broken.
    """
    history = open_history(log_folder(program))
    view = view_of(history, history.named(run), needed=False)
    finding = view.finding(criterion)
    if finding is None:
        ids = [each.criterion for each in (*view.findings, *(view.decision.holds or ()))]
        hint = _nearest(criterion, ids, otherwise=f"the run judged {listed(ids, most=len(ids))}")
        raise UsageError(f"The run {view.started.envelope.run} judged no criterion {criterion!r}.", hint=hint)
    lines = [_wrapped(finding.criterion, finding.title)]
    for step in way_of(view, finding):
        if isinstance(step, Pairs):
            lines += [_wrapped(f"  {label}", visible(text), _DIGEST + LABEL + 1) for label, text in step.rows]
        else:
            lines += ["", *wrap(visible(step.text), WIDTH)]
    return "\n".join(lines)


def explain_facts(name: str | None, *, ruleset: str = "m3-baseline") -> str:
    """List the facts of a ruleset, those under a name such as ``training``, or say everything about one.

    Raises:
        UsageError: There is no such fact; the nearest is named.
    """
    rules = ruleset_by_name(ruleset)
    if name is None:
        return _list(rules.vocabulary.facts)
    fact = rules.vocabulary.get(name)
    if fact is None and (under := facts_under(rules.vocabulary, name)):
        return _list(under)
    if fact is None:
        names = list(rules.vocabulary.names())
        parts = dict.fromkeys(part for each in names for part in each.split("."))
        otherwise = f"`gonogo facts` lists all {len(names)}"
        raise UsageError(f"There is no fact {name!r}.", hint=_nearest(name, [*names, *parts], otherwise=otherwise))
    users = [each.id for each in rules.ruleset.questions if name in each.facts]
    low, high = fact.lowest, fact.highest
    rows = [
        (fact.name, _kind(fact)),
        ("meaning", fact.meaning),
        ("question", fact.question),
        ("range", f"{'any' if low is None else decimal_text(low)} to {'any' if high is None else decimal_text(high)}")
        if fact.type.numeric
        else ("values", ", ".join(fact.allowed) or "any"),
        ("tolerance", decimal_text(fact.tolerance)) if fact.tolerance else ("", ""),
        ("counts for", "the build being released" if fact.bound else "the program"),
        ("used by", ", ".join(users) or "no criterion of this ruleset"),
    ]
    return "\n".join(_wrapped(key, text) for key, text in rows if key)


def _wrapped(key: str, text: str, width: int = WIDTH) -> str:
    """Return a label and its text; a label that is too wide has a line of its own."""
    lines = wrap(text, width - LABEL - 1)
    first = [f"{key:{LABEL}} {lines.pop(0)}"] if cells(key) <= LABEL else [key]
    return "\n".join([*first, *(f"{'':{LABEL}} {line}" for line in lines)])


def _list(facts: Sequence[FactDeclaration]) -> str:
    return "\n".join(f"{fact.name:44} {_kind(fact):28} {fact.meaning}" for fact in facts)


def _kind(fact: FactDeclaration) -> str:
    return f"{fact.type} ({fact.unit})" if fact.unit else str(fact.type)


def _criterion(criterion: Criterion, rules: LoadedRuleset) -> list[str]:
    hold = criterion.is_hold
    sources = [] if hold else [rules.ruleset.sources.get(key, key) for key in criterion.source]
    weight = f"{criterion.severity} (M3: {criterion.severity.m3_criticality})"
    rows = [
        (criterion.id, criterion.title),
        ("asks", criterion.statement),
        ("why", criterion.why),
        (
            "severity",
            "standing hold: what it asks must be met in every run, or each decision is void" if hold else weight,
        ),
        ("due from", criterion.due_from or "always"),
        *(_enforced(criterion)),
        ("requirement", criterion.require.text),
        *([("  held for", age_text(criterion.held_s))] if criterion.held_s else []),
        *([("  mandatory", f"once open for {age_text(criterion.open_for_s)}")] if criterion.open_for_s else []),
        *((f"  {parameter.name}", _ladder(parameter)) for parameter in criterion.parameters),
        ("not applicable", _exempt(criterion)),
        ("evidence", f"younger than {criterion.max_age_s / 86400:g} days{_carries(criterion)}"),
        *((f"  {name}", rules.vocabulary[name].meaning) for name in criterion.facts),
        ("owner", seat_words(criterion.owner)),
        ("may attest", any_of([seat_words(role) for role in criterion.attest])),
        ("may waive", _waivers(criterion)),
        *_accepting(criterion, rules),
        ("remedy", criterion.remedy),
        *(("source", source) for source in sources),
    ]
    return [_wrapped(key, text) for key, text in rows]


def _enforced(criterion: Criterion) -> list[tuple[str, str]]:
    if criterion.mode is not None:
        return [("enforced", "never: it is in shadow, judged and shown only")]
    if criterion.enforce_from is not None:
        return [("enforced", f"from {criterion.enforce_from}; before that it is judged and shown only")]
    return []


def _accepting(criterion: Criterion, rules: LoadedRuleset) -> list[tuple[str, str]]:
    """Say of each register that the criterion reads who may accept one of its open items."""
    return [
        ("may accept", f"{register.item}: {any_of([seat_words(role) for role in register.accept])}")
        for register in read_by(criterion, rules.vocabulary)
    ]


def _exempt(criterion: Criterion) -> str:
    exemption = criterion.not_applicable
    if exemption is not None:
        return f"at all: {exemption.reason} (approved by {exemption.approved_by})"
    return f"when {criterion.not_applicable_when.text}" if criterion.not_applicable_when else "never"


def _waivers(criterion: Criterion) -> str:
    if not criterion.waivable_by:
        return "nobody"
    named = listing([seat_words(role) for role in criterion.waivable_by], most=20)
    sides = "one side is enough here" if criterion.sides is Sides.ONE else "both sides"
    return f"{named}, together: every seat named signs; two people at least; {sides}"


def _carries(criterion: Criterion) -> str:
    return "; that of an earlier release of the program counts" if criterion.carries else ""


def _ladder(parameter: Parameter) -> str:
    if parameter.constant is not None:
        return literal_text(parameter.constant)
    return ", ".join(f"{literal_text(rung.value)} from {rung.milestone}" for rung in parameter.ladder)


def _standing(criterion: str, program: Path, identity: str) -> list[str]:
    try:
        history = open_history(log_folder(program))
        run = history.run()
        records = history.records(run)
    except UsageError:
        return [_wrapped("stands", "no run of this program is recorded yet")]
    except GonogoError as error:
        return [_wrapped("stands", f"unknown: {error.sentence}")]
    if run.program != identity:
        return [_wrapped("stands", f"unknown: the last run in the audit log is of the program {run.program}")]
    found = [finding for finding in (*findings_of(records), *holds_of(records)) if finding.criterion == criterion]
    standing = found[0].sentence if found else "not judged at the last recorded run"
    return [_wrapped("stands", f"{standing} (run {run.run})")]


def _nearest(name: str, known: list[str], *, otherwise: str) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}?" if close else otherwise
