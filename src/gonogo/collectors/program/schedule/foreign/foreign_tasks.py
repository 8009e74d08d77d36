"""Rows and links of a plan that MPXJ has read, as activities.

Tools of Oracle keep planned dates beside the forecast; there, actual and remaining dates alone are the forecast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, Final

from gonogo.collectors.program.schedule.activities import (
    MAX_NAMED,
    Activity,
    ActivityKind,
    ActivityLink,
    LinkType,
    unprovable,
)
from gonogo.collectors.program.schedule.foreign.foreign_values import ForeignValues, number_of, text_of
from gonogo.collectors.program.schedule.promised_dates import Baseline, Limit, soonest
from gonogo.collectors.program.schedule.work_ahead import most_left
from gonogo.plugin.spec import CollectorRefusal

KINDS: Final = {
    "TASK_DEPENDENT": ActivityKind.TASK,
    "RESOURCE_DEPENDENT": ActivityKind.TASK,
    "LEVEL_OF_EFFORT": ActivityKind.EFFORT,
    "HAMMOCK": ActivityKind.EFFORT,
    "WBS_SUMMARY": ActivityKind.SUMMARY,
    "START_MILESTONE": ActivityKind.MILESTONE,
    "FINISH_MILESTONE": ActivityKind.MILESTONE,
    "START_FLAG": ActivityKind.MILESTONE,
    "FINISH_FLAG": ActivityKind.MILESTONE,
}
NUMBERED: Final = 11
"""How many baselines Microsoft Project keeps, numbered from 0."""
SOFT: Final = frozenset(
    {"", "AS_SOON_AS_POSSIBLE", "AS_LATE_AS_POSSIBLE", "START_NO_EARLIER_THAN", "FINISH_NO_EARLIER_THAN"}
)
ON_START: Final = frozenset({"MUST_START_ON", "START_ON", "START_NO_LATER_THAN"})
PROGRESS: Final = ("PERCENT_COMPLETE", "PERCENT_WORK_COMPLETE", "PHYSICAL_PERCENT_COMPLETE", "ACTUAL_WORK")
NOT_BEFORE: Final = {
    "MUST_START_ON": True,
    "START_ON": True,
    "START_NO_EARLIER_THAN": True,
    "MUST_FINISH_ON": False,
    "FINISH_ON": False,
    "FINISH_NO_EARLIER_THAN": False,
}
"""Constraints to a date before which a row does not start (True) or finish."""
LINK_TYPES: Final = {
    "FINISH_START": LinkType.FS,
    "START_START": LinkType.SS,
    "FINISH_FINISH": LinkType.FF,
    "START_FINISH": LinkType.SF,
}


def _name(value: Any) -> str:
    """Return the name of an enumeration's member; empty for none."""
    return "" if value is None else str(value.name())


def key_of(row: Any) -> str:
    """Return the unique id of a row."""
    return str(row.getUniqueID())


def read_rows(
    rows: Iterable[Any],
    values: ForeignValues,
    *,
    oracle: bool,
    baseline: int | None,
    contract: Callable[[Any], str],
) -> tuple[dict[str, Activity], dict[str, Activity], set[str]]:
    """Return the live rows by key in the order of the plan, the inactive ones, and the keys of null ones.

    Args:
        rows: Rows of the project.
        values: Reads their values.
        oracle: The plan is Primavera's: planned dates are no forecast, and its kinds of activities count.
        baseline: Number of the baseline that counts, 0 for the current one; None where the plan holds none.
        contract: What a row says in the contract field.

    Raises:
        CollectorRefusal: A unique id is missing or doubled, a value is malformed, or a project is inserted.
    """
    found: dict[str, Activity] = {}
    idle: dict[str, Activity] = {}
    null: set[str] = set()
    inserted: list[str] = []
    for row in rows:
        key = key_of(row)
        if key in ("", "None") or key in found or key in idle or key in null:
            raise CollectorRefusal(f"the unique id {key[:40]!r} is missing or written twice")
        if row.getNull():
            null.add(key)
            continue
        activity = _activity(row, key, values, oracle=oracle, baseline=baseline, contract=contract(row))
        if str(values.raw(row, "ACTIVE")) == "False":
            idle[key] = activity
            continue
        found[key] = activity
        if row.getExternalProject() or text_of(values.raw(row, "SUBPROJECT_FILE")):
            inserted.append(activity.label)
    if inserted:
        more = f" and {len(inserted) - MAX_NAMED} more" if len(inserted) > MAX_NAMED else ""
        raise unprovable(
            f"projects are inserted here, and their tasks are not counted: {', '.join(inserted[:MAX_NAMED])}{more}; "
            "make their tasks tasks of this project, save it and bind that"
        )
    return found, idle, null


def _activity(
    row: Any, key: str, values: ForeignValues, *, oracle: bool, baseline: int | None, contract: str
) -> Activity:
    actual_start, actual_finish = values.date(row, "ACTUAL_START"), values.date(row, "ACTUAL_FINISH")
    if oracle:
        ends = [values.date(row, name) for name in ("EARLY_FINISH", "REMAINING_EARLY_FINISH")]
        start = actual_start or values.date(row, "EARLY_START") or values.date(row, "REMAINING_EARLY_START")
        done = actual_finish is not None and _name(values.raw(row, "ACTIVITY_STATUS")) == "COMPLETED"
        finish = actual_finish if done else max((each for each in (actual_finish, *ends) if each), default=None)
        lengths = [values.length(row, name)[0] for name in ("PLANNED_DURATION", "REMAINING_DURATION")]
        minutes = None if None in lengths else max(length for length in lengths if length is not None)
        elapsed = False
    else:
        start, finish = values.date(row, "START"), values.date(row, "FINISH")
        minutes, elapsed = values.length(row, "DURATION")
        lengths = []
    remaining = values.length(row, "REMAINING_DURATION")[0]
    kind = _kind(row, key, values, minutes)
    if oracle and kind is ActivityKind.MILESTONE:
        start, finish = start or finish, finish or start
    limits, not_before, pinned = _limits(row, values)
    parent = row.getParentTask()
    above = None if parent is None else key_of(parent)
    wbs = text_of(values.raw(row, "WBS"))
    calendar = values.raw(row, "CALENDAR_UNIQUE_ID")
    return Activity(
        key=key,
        number=text_of(row.getID()),
        code=text_of(values.raw(row, "ACTIVITY_ID")) if oracle else "",
        name=text_of(values.raw(row, "NAME")),
        wbs=wbs,
        element=above if above not in (None, "0") and wbs else None,
        parent=above,
        kind=kind,
        start=start,
        finish=finish,
        actual_start=actual_start,
        actual_finish=actual_finish,
        claims_done=_claims_done(row, values, oracle=oracle),
        minutes=minutes,
        elapsed=elapsed,
        slack=None if oracle and actual_finish else _slack(row, values),
        pinned=pinned or _name(values.raw(row, "TASK_MODE")) == "MANUALLY_SCHEDULED",
        limits=limits,
        baseline=None if baseline is None else _baseline(row, values, baseline, numbered=not oracle),
        calendar=None if calendar is None else str(calendar),
        contract=contract,
        left=remaining if oracle else _left(row, values, minutes, remaining, begun=actual_start is not None),
        remains=remaining is not None and remaining >= 1,
        progress=tuple(text_of(values.raw(row, name)) for name in PROGRESS),
        resume=values.date(row, "RESUME") if actual_start is not None else None,
        not_before=not_before,
        by_people=_name(values.raw(row, "ACTIVITY_TYPE")) == "RESOURCE_DEPENDENT" if oracle else calendar is None,
    )


def _left(
    row: Any, values: ForeignValues, minutes: Fraction | None, remaining: Fraction | None, *, begun: bool
) -> Fraction | None:
    """Return what remains of begun work; of what has not begun, only where more remains than its duration."""
    if begun:
        return most_left(remaining, number_of(values.raw(row, "PERCENT_COMPLETE")), minutes)
    return remaining if remaining is not None and minutes is not None and remaining > minutes else None


def _kind(row: Any, key: str, values: ForeignValues, minutes: Fraction | None) -> ActivityKind:
    if row.getExternalTask():
        return ActivityKind.EXTERNAL
    if key == "0" or row.getSummary() or row.hasChildTasks():
        return ActivityKind.SUMMARY
    kind = KINDS.get(_name(values.raw(row, "ACTIVITY_TYPE")), ActivityKind.TASK)
    point = str(values.raw(row, "MILESTONE")) == "True" or (minutes is not None and not minutes)
    return ActivityKind.MILESTONE if kind is ActivityKind.TASK and point else kind


def _slack(row: Any, values: ForeignValues) -> Fraction | None:
    """Return the total float of the tool: as it is in the plan, or from the late and early dates that are in it."""
    known = values.raw(row, "TOTAL_SLACK")
    if known is not None:
        return values.minutes(known)
    slack = all(values.raw(row, name) is not None for name in ("START_SLACK", "FINISH_SLACK"))
    names = ("EARLY_START", "EARLY_FINISH", "LATE_START", "LATE_FINISH")
    if not slack and any(values.raw(row, name) is None for name in names):
        return None
    return values.minutes(row.getTotalSlack())


def _limits(row: Any, values: ForeignValues) -> tuple[tuple[Limit, ...], tuple[Limit, ...], bool]:
    """Return the dates that a row is held to, those that it is not before, and whether one holds it against logic."""
    found, not_before = [], []
    for form, when in (
        ("CONSTRAINT_TYPE", "CONSTRAINT_DATE"),
        ("SECONDARY_CONSTRAINT_TYPE", "SECONDARY_CONSTRAINT_DATE"),
    ):
        kind = _name(values.raw(row, form))
        if kind not in SOFT:
            found.append(Limit(values.date(row, when), on_start=kind in ON_START, hard=True))
        if kind in NOT_BEFORE:
            not_before.append(Limit(values.date(row, when), on_start=NOT_BEFORE[kind], hard=False))
    pinned = bool(found)
    deadline = values.date(row, "DEADLINE")
    if deadline is not None:
        found.append(Limit(deadline, on_start=False, hard=False))
    return tuple(found), tuple(not_before), pinned


def _baseline(row: Any, values: ForeignValues, number: int, *, numbered: bool) -> Baseline | None:
    """Return the baseline of a number, and the soonest promise of the others where a plan numbers several."""
    named = f"BASELINE{number or ''}"
    start, finish = values.date(row, f"{named}_START"), values.date(row, f"{named}_FINISH")
    minutes, elapsed = values.length(row, f"{named}_DURATION")
    held = finish or start
    if held is None:
        return None
    others = range(NUMBERED if numbered else 0)
    ends = {each: values.date(row, f"BASELINE{each or ''}_FINISH") for each in others if each != number}
    return soonest(
        Baseline(start, held, minutes, elapsed), {each: end for each, end in ends.items() if end is not None}
    )


def _claims_done(row: Any, values: ForeignValues, *, oracle: bool) -> bool:
    """Return whether the plan says that a row is done, whatever its dates say."""
    if oracle:
        status = _name(values.raw(row, "ACTIVITY_STATUS"))
        if status != "IN_PROGRESS":
            return status == "COMPLETED"
        if values.raw(row, "ACTUAL_FINISH") is not None:
            return False
        percent = number_of(row.getActivityPercentComplete())
    else:
        percent = number_of(values.raw(row, "PERCENT_COMPLETE"))
    return percent is not None and percent >= 100


def read_relations(
    rows: Iterable[Any], live: dict[str, Activity], idle: dict[str, Activity], null: set[str], values: ForeignValues
) -> tuple[tuple[ActivityLink, ...], tuple[ActivityLink, ...], dict[str, tuple[str, ...]]]:
    """Return the links among live rows, those from or to inactive ones, and what drives a row from outside the plan.

    Raises:
        CollectorRefusal: A link is doubled, is to itself, or of a kind that is not known.
    """
    links: dict[tuple[str, str, LinkType], ActivityLink] = {}
    idle_links: dict[tuple[str, str, LinkType], ActivityLink] = {}
    unseen: dict[str, tuple[str, ...]] = {}
    for row in rows:
        succ = key_of(row)
        if succ in null:
            continue
        for relation in row.getPredecessors():
            driver = relation.getPredecessorTask()
            pred = "" if driver is None else key_of(driver)
            known = links if pred in live and succ in live else idle_links
            form = LINK_TYPES.get(_name(relation.getType()))
            if form is None or pred == succ or (pred, succ, form) in known:
                raise CollectorRefusal(f"the link from {pred[:40]!r} to {succ[:40]!r} is doubled, unknown or to itself")
            if pred in live or pred in idle:
                lag, kind = values.lag(relation.getLag())
                known[pred, succ, form] = ActivityLink(pred, succ, form, lag, kind)
            elif pred not in null:
                what = "" if driver is None else text_of(values.raw(driver, "NAME"))[:60]
                unseen[succ] = (*unseen.get(succ, ()), what or "an activity of another project")
    return tuple(links.values()), tuple(idle_links.values()), unseen
