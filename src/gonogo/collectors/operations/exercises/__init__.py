"""Facts about backup and disaster recovery, from a register of exercises: one row an exercise of one system.

- A plan is no exercise. A row counts as held if it has a day that is past and an outcome other than planned, cancelled
  or postponed. A day that is past without an outcome answers nothing; neither does one with such an outcome and a
  figure beyond its limit, because nobody plans that.
- Of each system the last exercise that was held counts, the failed one too; of several on one day the worst. A system
  without any is a gap.
- A *restore* counts at production size only, and succeeded if it passed and its data were checked. A later one that
  does not say its size is a gap, and a later one of another size that did not pass is named. Hours and limit are those
  of the system that is nearest to its limit, or furthest beyond it.
- A *failover* was done if it passed and the customer's users took part; a tabletop exercise is none. The longest
  recovery and the largest loss count. Where systems have different limits, the limit is a gap: bind them apart by
  ``systems``.
- The answers are as old as the oldest of those exercises, however new the register is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from typing import Final

from gonogo.collectors.document_moment import check_past, day_start, local_day
from gonogo.collectors.listed_rows import listed_moment
from gonogo.collectors.operations.exercises.exercise_register import Exercise, ExerciseKind, read_register
from gonogo.collectors.operations.exercises.register_settings import ExercisesSettings
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, Collector, CollectorRefusal, Job, LocalFact, Settings, hookimpl


def _fact(name: str, kind: FactType, meaning: str, unit: str = "") -> LocalFact:
    return LocalFact(name=name, type=kind, meaning=meaning, unit=unit, if_known=True)


RESTORED: Final = _fact(
    "backup.restore_success",
    FactType.BOOLEAN,
    "Each system's last restore at production size passed, and its data were checked.",
)
RESTORE_HOURS: Final = _fact(
    "backup.restore_hours", FactType.DECIMAL, "Hours of that restore which is nearest to its limit.", "hours"
)
RESTORE_LIMIT: Final = _fact("backup.rto_hours", FactType.DECIMAL, "The limit of that restore.", "hours")
DONE: Final = _fact(
    "dr.exercise_done",
    FactType.BOOLEAN,
    "Each system's last failover passed, and the customer's users took part.",
)
RECOVERY: Final = _fact("dr.rto_actual_hours", FactType.DECIMAL, "The longest recovery of those failovers.", "hours")
RECOVERY_LIMIT: Final = _fact("dr.rto_hours", FactType.DECIMAL, "The one limit of recovery of all systems.", "hours")
LOSS: Final = _fact("dr.rpo_actual_minutes", FactType.DECIMAL, "The largest loss of those failovers.", "minutes")
LOSS_LIMIT: Final = _fact("dr.rpo_minutes", FactType.DECIMAL, "The one limit of loss of all systems.", "minutes")
_RESTORE: Final = (RESTORED, RESTORE_HOURS, RESTORE_LIMIT)
_FAILOVER: Final = (DONE, RECOVERY, RECOVERY_LIMIT, LOSS, LOSS_LIMIT)


class ExercisesCollector:
    """Reads a register of exercises, as CSV or a worksheet (input ``file``). Calls nothing.

    Its facts have full names, so the binding has no ``as``. The exercises date the answers; none of them is later than
    the day on which the register held, where the binding says that.
    """

    name = "exercises"
    facts: Sequence[LocalFact] = (*_RESTORE, *_FAILOVER)
    settings: type[Settings] = ExercisesSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="register of backup and recovery exercises",
            headings=("Exercise ID", "System", "Exercise type", "Date held", "Outcome"),
            binding="exercises",
            full_names=True,
            remarks=("name in `systems` what needs an exercise; otherwise nobody misses a system whose rows are lost",),
            place=36,
        ),
    )

    def declare(self, settings: ExercisesSettings) -> Sequence[LocalFact]:
        """Return all facts."""
        return self.facts

    def collect(self, job: Job, settings: ExercisesSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: The register cannot be read, or a row of it can be read in two ways.
        """
        source = job.input()
        known = listed_moment(source, job.time_zone)
        if known is not None:
            check_past(known, job.now, source.file_name)
        today = local_day(known or job.now, job.time_zone)
        register = read_register(source, settings, today)
        for kind, facts, answers in (
            (ExerciseKind.RESTORE, _RESTORE, _of_restores),
            (ExerciseKind.FAILOVER, _FAILOVER, _of_failovers),
        ):
            try:
                every = register.of(kind)
                last = list(_last(every, kind, settings.systems))
            except CollectorRefusal as refusal:
                for fact in facts:
                    yield fact.missing(str(refusal), refusal.reason)
                continue
            as_of = min(day_start(each.held_on, job.time_zone) for each in last if each.held_on)
            yield from answers(last, as_of, _where(source.file_name, last, settings) + _smaller(every, last))


def _last(exercises: Sequence[Exercise], kind: ExerciseKind, systems: Sequence[str]) -> Iterator[Exercise]:
    """Yield the exercises of each system's last day.

    Raises:
        CollectorRefusal: There is no exercise of the kind, or a system has none that was held.
    """
    wanted = dict.fromkeys(systems or (each.system for each in exercises))
    if not wanted:
        raise CollectorRefusal(f"the register has no {kind.words}", GapReason.MISSING)
    by_system: dict[str, list[Exercise]] = {}
    for each in exercises:
        by_system.setdefault(each.system, []).append(each)
    for system in wanted:
        own = by_system.get(system, [])
        held = [each for each in own if each.counts]
        if not held:
            why = "; a plan is no exercise" if own else ""
            raise CollectorRefusal(f"{system[:80]} has no {kind.words} that was held{why}", GapReason.MISSING)
        day = max(each.held_on for each in held if each.held_on)
        unsized = next(
            (e for e in own if e.held and not e.counts and e.full_size is None and e.held_on and e.held_on >= day), None
        )
        if unsized is not None and kind is ExerciseKind.RESTORE:
            raise CollectorRefusal(
                f"{unsized.place}: nothing says whether the restore was at production size", GapReason.MISSING
            )
        for each in held:
            if each.held_on == day:
                if each.passed is None:
                    raise CollectorRefusal(f"{each.place}: the exercise has a day and no outcome", GapReason.MISSING)
                yield each


def _of_restores(last: Sequence[Exercise], as_of: datetime, where: str) -> Iterator[Answer]:
    yield _truth(RESTORED, last, lambda each: each.checked, "the data were checked", as_of, where)
    times, limits = _figures(last, "hours", "a recovery time"), _figures(last, "limit_hours", "a limit (RTO)")
    if isinstance(times, str) or isinstance(limits, str):
        lacking = next(found for found in (times, limits) if isinstance(found, str))
        for fact in (RESTORE_HOURS, RESTORE_LIMIT):
            yield fact.missing(lacking, GapReason.MISSING)
        return
    taken, limit = max(zip(times, limits, strict=True), key=lambda pair: (pair[0] - pair[1], pair[0]))
    yield RESTORE_HOURS.value(_up(taken), as_of=as_of, where=where)
    yield RESTORE_LIMIT.value(_down(limit), as_of=as_of, where=where)


def _of_failovers(last: Sequence[Exercise], as_of: datetime, where: str) -> Iterator[Answer]:
    yield _truth(DONE, last, lambda each: each.users, "the customer took part", as_of, where)
    for fact, attribute, what in ((RECOVERY, "hours", "a recovery time"), (LOSS, "lost_minutes", "a loss of data")):
        found = _figures(last, attribute, what)
        if isinstance(found, str):
            yield fact.missing(found, GapReason.MISSING)
        else:
            yield fact.value(_up(max(found)), as_of=as_of, where=where)
    for fact, attribute, what in (
        (RECOVERY_LIMIT, "limit_hours", "a limit (RTO)"),
        (LOSS_LIMIT, "limit_minutes", "a limit (RPO)"),
    ):
        found = _figures(last, attribute, what)
        if isinstance(found, str):
            yield fact.missing(found, GapReason.MISSING)
        elif len(set(found)) > 1:
            yield fact.missing(
                f"the systems have different limits, {min(found):f} to {max(found):f} {fact.unit}; bind them by "
                "`systems`",
                GapReason.NOT_PROVABLE,
            )
        else:
            yield fact.value(_down(found[0]), as_of=as_of, where=where)


def _truth(
    fact: LocalFact,
    last: Sequence[Exercise],
    also: Callable[[Exercise], bool | None],
    column: str,
    as_of: datetime,
    where: str,
) -> Answer:
    if any(also(each) is None for each in last):
        return fact.missing(f"the register has no column that says whether {column}", GapReason.MISSING)
    failed = [each.key for each in last if not (each.passed and also(each))]
    return fact.value(not failed, as_of=as_of, where=where).naming(failed)


def _figures(last: Sequence[Exercise], attribute: str, what: str) -> list[Decimal] | str:
    """Return a figure of each exercise, or the sentence that one has none."""
    found: list[Decimal] = []
    for each in last:
        value = getattr(each, attribute)
        if value is None:
            return f"{each.place}: the exercise has no cell with {what}"
        found.append(value)
    return found


def _up(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_UP).normalize() + 0


def _down(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_DOWN).normalize() + 0


def _where(name: str, last: Sequence[Exercise], settings: ExercisesSettings) -> str:
    rows = ", ".join(each.key[:40] for each in last[:5]) + (", …" if len(last) > 5 else "")
    unchecked = [
        what for given, what in ((settings.systems, "which systems"), (settings.rows, "how many rows")) if not given
    ]
    return f"{name}: {rows}" + (f"; nothing checks {' and '.join(unchecked)} there should be" if unchecked else "")


def _smaller(every: Sequence[Exercise], last: Sequence[Exercise]) -> str:
    """Return, for the end of a sentence, which later restores of another size did not pass; empty for none."""
    days = {each.system: each.held_on for each in last}
    found = [
        each.key[:40]
        for each in every
        if each.held and not each.counts and not each.passed and each.held_on and each.system in days
        if (day := days[each.system]) is None or each.held_on >= day
    ]
    more = ", …" if len(found) > 5 else ""
    return f"; not at production size, later, and not passed: {', '.join(found[:5])}{more}" if found else ""


@hookimpl
def gonogo_register_collectors(register: Callable[[Collector], None]) -> None:
    """Register the collector."""
    register(ExercisesCollector())
