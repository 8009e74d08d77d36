"""What facts and criteria came to in each recorded run of a release, and what changed from one run to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run
from gonogo.comparison.recorded_comparisons import written_at, written_in
from gonogo.comparison.snapshot import Snapshot
from gonogo.core.wording import shown
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.event import EventType
from gonogo.model.evidence import Evidence, Gap
from gonogo.model.finding import ComparisonReading, Finding
from gonogo.model.record import RunStarted
from gonogo.report.view import RunView
from gonogo.text import did_you_mean
from gonogo.workflow.previous_run import snapshot_of
from gonogo.workflow.publishing import asked_run, log_folder
from gonogo.workflow.recorded_rungs import rungs_ahead_of

MOST: Final = 365
"""So many runs are read, the last ones; a program that looks every day sees a year."""
_KINDS: Final = (
    EventType.RUN_STARTED,
    EventType.EVIDENCE_ADMITTED,
    EventType.GAP_RECORDED,
    EventType.CRITERION_JUDGED,
)

_Value = TypeVar("_Value")
_Reader = Callable[[dict[str, Any]], _Value]


@dataclass(frozen=True)
class RunForTrend:
    """What a trend needs of one run."""

    started: RunStarted
    answers: Mapping[str, Evidence | Gap]
    findings: Mapping[str, Finding]


@dataclass(frozen=True)
class HistoryLine:
    """One line of a history.

    Attributes:
        fact: The fact that is shown; empty where none is.
        criterion: The criterion; empty likewise.
        run: The run.
        answer: What it had of the fact; None where no fact is shown, or the run did not ask for it.
        finding: What it judged of the criterion; None where it did not.
        reading: How the comparison came out; None where there is none.
        marks: What changed since the line before, in words.
        breaks: Whether rules, source or denominator changed, so that no pace leads across.
    """

    fact: str
    criterion: str
    run: RunForTrend
    answer: Evidence | Gap | None
    finding: Finding | None
    reading: ComparisonReading | None
    marks: tuple[str, ...]
    breaks: bool


@dataclass(frozen=True)
class FactHistory:
    """A fact, a criterion, or a comparison that one makes with the other, run after run.

    Attributes:
        fact: The fact; empty for a criterion alone.
        criterion: The criterion; empty for a fact alone.
        text: The comparison as the rules write it; empty where there is none with a threshold.
        rises: Whether more of the fact is nearer to the good side; None where that is not known.
        moments: One for each run, oldest first.
        at_the_end: The last rung of the limit's ladder and the limit from then on, as the rules write it; None where
            the limit does not change with the milestones.
    """

    fact: str
    criterion: str
    text: str
    rises: bool | None
    moments: tuple[HistoryLine, ...]
    at_the_end: tuple[str, str] | None = None


@dataclass(frozen=True)
class ReleaseTrend:
    """The histories that were asked for.

    Attributes:
        runs: The runs, oldest first.
        last: The last one.
        histories: In the order of the rules.
        left_out: How many older runs were not read.
        rungs: The milestones ahead of the last run at which a criterion falls due or asks for more, with the last
            moment of each, the next first.
    """

    runs: tuple[RunForTrend, ...]
    last: Snapshot
    histories: tuple[FactHistory, ...]
    left_out: int
    rungs: tuple[tuple[str, datetime], ...] = ()

    @cached_property
    def now(self) -> datetime:
        """The moment of the last run."""
        return self.last.started.now


def release_trend(place: Path, names: Sequence[str]) -> ReleaseTrend:
    """Read the history of facts and criteria over the recorded runs of the release that was judged last.

    Args:
        place: Folder of a program, or of a log.
        names: Facts and criteria; every comparison of a number with a threshold by default.

    Raises:
        UsageError: There is no such log, no run but rehearsals, or no such fact or criterion.
        IntegrityError: The log is broken.
    """
    history = open_history(log_folder(place))
    runs = _runs(history, place)
    past = tuple(_past(history, run) for run in runs[-MOST:])
    records = history.report_records(runs[-1])
    last, about = snapshot_of(records), RunView.of(records).about
    rungs = rungs_ahead_of(last.started, about.values())
    found = [each for name in names for each in _named(name, last, past)] if names else _all(last, past)
    once = {(each.criterion, each.fact, each.text): _with_end(each, about.get(each.criterion, {})) for each in found}
    return ReleaseTrend(past, last, tuple(once.values()), max(len(runs) - MOST, 0), rungs)


def _with_end(history: FactHistory, about: Mapping[str, Any]) -> FactHistory:
    """Add the last rung of the limit, where the limit is a parameter with a ladder."""
    named = {each["name"]: each.get("ladder") or () for each in about.get("parameters", ()) if isinstance(each, dict)}
    words = history.text.split()
    ladder = named.get(words[2], ()) if len(words) == 3 else ()
    if not ladder or not isinstance(ladder[-1], dict):
        return history
    return replace(history, at_the_end=(str(ladder[-1]["milestone"]), str(ladder[-1]["value"])))


def _runs(history: History, place: Path) -> tuple[Run, ...]:
    program = asked_run(history, place, None).program
    made = [run for run in history.decided if run.program == program]
    if not made:
        what = f"The audit log has only rehearsals of {program}, and a rehearsal is no history."
        raise UsageError(what, hint="`gonogo progress` or `gonogo assess` without --as-of records a run")
    return history.finished(program, made[-1].release)


def _past(history: History, run: Run) -> RunForTrend:
    found: dict[EventType, list[dict[str, Any]]] = {kind: [] for kind in _KINDS}
    for kind, document in history.documents(run, _KINDS):
        found[kind].append(document)
    try:
        started = RunStarted.from_document(found[EventType.RUN_STARTED][0])
        answers: dict[str, tuple[_Reader[Evidence | Gap], dict[str, Any]]] = {
            each["fact"]: (Evidence.from_document, each) for each in found[EventType.EVIDENCE_ADMITTED]
        }
        answers |= {each["fact"]: (Gap.from_document, each) for each in found[EventType.GAP_RECORDED]}
        findings: dict[str, tuple[_Reader[Finding], dict[str, Any]]] = {
            each["criterion"]: (Finding.from_document, each) for each in found[EventType.CRITERION_JUDGED]
        }
    except (ValidationError, LookupError) as error:
        raise _shapeless(run.run) from error
    return RunForTrend(started, _ReadWhenAsked(answers, run.run), _ReadWhenAsked(findings, run.run))


class _ReadWhenAsked(Mapping[str, _Value]):
    """Values of a run by name, each read when it is first asked for: of a year of runs a few facts are shown."""

    def __init__(self, documents: Mapping[str, tuple[_Reader[_Value], dict[str, Any]]], run: str) -> None:
        self._documents, self._run, self._read = documents, run, dict[str, _Value]()

    def __getitem__(self, name: str) -> _Value:
        if name not in self._read:
            read, document = self._documents[name]
            try:
                self._read[name] = read(document)
            except ValidationError as error:
                raise _shapeless(self._run) from error
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def _shapeless(run: str) -> IntegrityError:
    return IntegrityError(f"the records of the run {run} do not have their shape")


def _all(last: Snapshot, past: Sequence[RunForTrend]) -> list[FactHistory]:
    return [each for finding in last.findings for each in _of_criterion(finding, last, past)]


def _named(name: str, last: Snapshot, past: Sequence[RunForTrend]) -> list[FactHistory]:
    finding = last.by_criterion.get(name)
    if finding is not None:
        return _of_criterion(finding, last, past) or [_history("", name, "", None, past)]
    known = {fact for run in past for fact in run.answers}
    if name not in known:
        hint = did_you_mean(name, sorted(known | set(last.by_criterion)), otherwise="a report names them")
        raise UsageError(f"The recorded runs know no fact or criterion '{name[:60]}'.", hint=hint)
    reads = [each for each in _all(last, past) if each.fact == name]
    return reads or [_history(name, "", "", None, past)]


def _of_criterion(finding: Finding, last: Snapshot, past: Sequence[RunForTrend]) -> list[FactHistory]:
    """Return a history for each comparison of one number with a threshold."""
    stands = written_in(last.requirements.get(finding.criterion, ""))
    found = []
    for reading in finding.comparisons:
        written = written_at(reading.text, stands)
        if written is None or written.rises is None or written.negated or len(written.facts) != 1:
            continue
        (fact,) = written.facts
        answer = last.answers.get(fact)
        if not isinstance(answer, Evidence) or answer.type.numeric:
            found.append(_history(fact, finding.criterion, reading.text, written.rises, past))
    return found


def _history(fact: str, criterion: str, text: str, rises: bool | None, past: Sequence[RunForTrend]) -> FactHistory:
    moments: list[HistoryLine] = []
    before: RunForTrend | None = None
    limit, known = "", None  # the last that were known, so that a run without a value hides no change
    for run in past:
        answer, finding = run.answers.get(fact), run.findings.get(criterion)
        comparisons = finding.comparisons if finding is not None else ()
        reading = next((each for each in comparisons if each.text == text), None) if text else None
        marks = _rules_changed(before, run)
        breaks = bool(marks)
        if reading is not None and reading.right and limit not in ("", reading.right):
            marks.append(f"the limit was {limit}")
        if isinstance(answer, Evidence) and known is not None and known.whole != answer.whole:
            marks.append(
                "no denominator was recorded" if known.whole is None else f"the denominator was {known.whole:,}"
            )
            breaks = True
        if isinstance(answer, Evidence) and known is not None and (other := _other_source(known, answer)):
            marks.append(other)
            breaks = True
        moments.append(HistoryLine(fact, criterion, run, answer, finding, reading, tuple(marks), breaks))
        before = run
        limit = reading.right if reading is not None and reading.right else limit
        known = answer if isinstance(answer, Evidence) else known
    return FactHistory(fact, criterion, text, rises, tuple(moments))


def _other_source(known: Evidence, answer: Evidence) -> str:
    """Return what the source was, where no source of one value is one of the other; empty where one goes on."""
    before, now = ({(each.source.binding, each.basis) for each in values} for values in (known.values, answer.values))
    if before & now:
        return ""
    bindings = sorted({binding for binding, _ in before})
    return f"the source was {' and '.join(bindings)}, {known.basis.value}"


def _rules_changed(before: RunForTrend | None, run: RunForTrend) -> list[str]:
    if before is None:
        return []
    old, new = before.started, run.started
    if old.ruleset_sha256 != new.ruleset_sha256:
        digests = f"digest {old.ruleset_sha256[:12]} then {new.ruleset_sha256[:12]}"
        named = f"{old.ruleset} then {new.ruleset}" if old.ruleset != new.ruleset else new.ruleset
        return [f"the rules changed: {named}, {digests}"]
    if old.vocabulary_sha256 != new.vocabulary_sha256:
        return ["what the facts mean changed"]
    return []


def value_words(moment: HistoryLine) -> str:
    """Return the value of a line as people read it, or why there is none."""
    if isinstance(moment.answer, Evidence):
        return shown(moment.answer)
    return f"no value ({moment.answer.reason.value})" if isinstance(moment.answer, Gap) else "not asked for"


def purpose_words(moment: HistoryLine) -> str:
    """Return what the run was for."""
    return "decision" if moment.run.started.kind.purpose is Purpose.DECISION else "progress"
