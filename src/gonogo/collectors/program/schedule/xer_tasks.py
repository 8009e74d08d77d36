"""Activities of a Primavera project and the links between them."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from gonogo.collectors.program.schedule.activities import (
    Activity,
    ActivityKind,
    ActivityLink,
    LinkType,
)
from gonogo.collectors.program.schedule.promised_dates import Baseline, Limit
from gonogo.collectors.program.schedule.xer_tables import Row, read_date, read_hours, read_number
from gonogo.plugin.spec import CollectorRefusal

KINDS: Final = {
    "TT_Task": ActivityKind.TASK,
    "TT_Rsrc": ActivityKind.TASK,
    "TT_Mile": ActivityKind.MILESTONE,
    "TT_FinMile": ActivityKind.MILESTONE,
    "TT_LOE": ActivityKind.EFFORT,
    "TT_WBS": ActivityKind.SUMMARY,
}
LINK_TYPES: Final = {"PR_FS": LinkType.FS, "PR_SS": LinkType.SS, "PR_FF": LinkType.FF, "PR_SF": LinkType.SF}
SOFT: Final = frozenset({"", "CS_ALAP", "CS_MSOA", "CS_MEOA"})
"""As late as possible, start and finish on or after: logic still moves them. Everything else is hard."""
ON_START: Final = frozenset({"CS_MSO", "CS_MSOB", "CS_MANDSTART"})
NOT_BEFORE: Final = {
    "CS_MSO": True,
    "CS_MANDSTART": True,
    "CS_MSOA": True,
    "CS_MEO": False,
    "CS_MANDFIN": False,
    "CS_MEOA": False,
}
"""Constraints to a date before which an activity does not start (True) or finish."""
STATUSES: Final = ("TK_NotStart", "TK_Active", "TK_Complete")
_NONE: Final = Fraction(0)


def read_task(row: Row, *, element: str | None, wbs: str, baseline: Baseline | None, contract: str) -> Activity:
    """Return one activity.

    The forecast is the early date of the last scheduling run or the remaining one, whichever finishes later; planned
    dates are not a forecast.

    Raises:
        CollectorRefusal: A field is malformed, or of a kind that is not known.
    """
    if row["task_type"] not in KINDS:
        raise _wrong(row, "task_type")
    if row["status_code"] not in STATUSES:
        raise _wrong(row, "status_code")
    actual_start, actual_finish = read_date(row, "act_start_date"), read_date(row, "act_end_date")
    if row["task_type"] == "TT_Mile":
        actual_finish = actual_finish or actual_start
    if row["task_type"] == "TT_FinMile":
        actual_start = actual_start or actual_finish
    start = actual_start or read_date(row, "early_start_date") or read_date(row, "restart_date")
    ends = [moment for moment in (read_date(row, "early_end_date"), read_date(row, "reend_date")) if moment]
    finish = actual_finish
    if actual_finish is None or row["status_code"] != "TK_Complete":
        finish = max([*ends, actual_finish] if actual_finish else ends, default=None)
    kind = KINDS[row["task_type"]]
    if kind is ActivityKind.MILESTONE:
        start, finish = start or finish, finish or start
    (planned, unread), (remaining, more) = (
        read_length(row, "target_drtn_hr_cnt"),
        read_length(row, "remain_drtn_hr_cnt"),
    )
    limits, not_before = _limits(row)
    return Activity(
        key=row["task_id"],
        number="",
        code=row["task_code"],
        name=row["task_name"],
        wbs=wbs,
        element=element,
        parent=None,
        kind=kind,
        start=start,
        finish=finish,
        actual_start=actual_start,
        actual_finish=actual_finish,
        claims_done=_claims_done(row, planned, remaining),
        minutes=None if planned is None or remaining is None else max(planned, remaining),
        elapsed=False,
        slack=read_hours(row, "total_float_hr_cnt"),
        pinned=any(row.get(name, "") not in SOFT for name in ("cstr_type", "cstr_type2")),
        limits=limits,
        baseline=baseline,
        calendar=row["clndr_id"] or None,
        contract=contract,
        unread=unread or more,
        left=remaining,
        left_unread=more,
        remains=remaining is not None and remaining.numerator >= remaining.denominator,
        progress=(row.get("phys_complete_pct", ""), row.get("act_work_qty", ""), row.get("remain_work_qty", "")),
        resume=read_date(row, "resume_date") if actual_start is not None else None,
        not_before=not_before,
        by_people=row["task_type"] == "TT_Rsrc",
    )


def read_length(row: Row, name: str) -> tuple[Fraction | None, str]:
    """Return the minutes of a duration, or None and why it cannot be read; no reason where it is blank."""
    try:
        return read_hours(row, name), ""
    except CollectorRefusal as refusal:
        return None, str(refusal)


def _claims_done(row: Row, planned: Fraction | None, remaining: Fraction | None) -> bool:
    """Return whether the status, or started work by its own kind of percentage, says that it is done.

    Work that is active and has an actual finish contradicts itself: it is not done, and its dates are invalid.
    """
    if row["status_code"] != "TK_Active":
        return row["status_code"] == "TK_Complete"
    if row["act_end_date"]:
        return False
    if row.get("complete_pct_type") == "CP_Phys":
        return (read_number(row, "phys_complete_pct") or 0) >= 100
    if row.get("complete_pct_type") == "CP_Units":
        return read_number(row, "remain_work_qty") == 0 and (read_number(row, "act_work_qty") or 0) > 0
    return remaining == 0 and planned != 0


def _limits(row: Row) -> tuple[tuple[Limit, ...], tuple[Limit, ...]]:
    """Return the dates that an activity is held to, and those before which it does not start or finish."""
    limits, not_before = [], []
    for form, when in (("cstr_type", "cstr_date"), ("cstr_type2", "cstr_date2")):
        kind = row.get(form, "")
        if not kind:
            continue
        if kind not in SOFT:
            limits.append(Limit(read_date(row, when), on_start=kind in ON_START, hard=True))
        if kind in NOT_BEFORE:
            not_before.append(Limit(read_date(row, when), on_start=NOT_BEFORE[kind], hard=False))
    return tuple(limits), tuple(not_before)


def _wrong(row: Row, name: str) -> CollectorRefusal:
    return CollectorRefusal(f"activity {row['task_code'][:40]!r}: {name} is {row.get(name, '')[:40]!r}")


def read_links(
    rows: list[Row], activities: dict[str, Activity], everything: dict[str, Row], project: str
) -> tuple[tuple[ActivityLink, ...], dict[str, tuple[str, ...]]]:
    """Return the links among the project's activities, and by key what of another project drives one.

    Raises:
        CollectorRefusal: A link is doubled, is to itself, is of an unknown type, or names an activity of this project
            that the file does not hold.
    """
    links: dict[tuple[str, str, LinkType], ActivityLink] = {}
    unseen: dict[str, tuple[str, ...]] = {}
    for row in rows:
        pred, succ = row["pred_task_id"], row["task_id"]
        ours, theirs = succ in activities, pred in activities
        if not ours and not theirs:
            if project in (row["proj_id"], row["pred_proj_id"]):
                raise CollectorRefusal(f"a link from task {pred[:40]!r} to {succ[:40]!r} names neither")
            continue
        form = LINK_TYPES.get(row["pred_type"])
        if form is None or pred == succ or (pred, succ, form) in links:
            raise CollectorRefusal(f"the link from task {pred[:40]} to {succ[:40]} is doubled, unknown or to itself")
        if ours and theirs:
            links[pred, succ, form] = ActivityLink(pred, succ, form, read_hours(row, "lag_hr_cnt") or _NONE)
        elif pred not in everything and row["pred_proj_id"] == project:
            raise CollectorRefusal(f"task {pred[:40]!r} drives {succ[:40]!r} but is not in the file")
        elif succ not in everything and row["proj_id"] == project:
            raise CollectorRefusal(f"task {succ[:40]!r} follows {pred[:40]!r} but is not in the file")
        elif ours:
            driver = everything.get(pred, {})
            done = driver.get("status_code") == "TK_Complete"
            what = f"{driver.get('task_code') or 'task ' + pred:.60} of project {row['pred_proj_id'][:40]}"
            unseen[succ] = (*unseen.get(succ, ()), *(() if done else (what,)))
    return tuple(links.values()), unseen
