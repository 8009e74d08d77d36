"""One record of the log as one line for people: number, time, type, run, and what it says in short."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from gonogo.model.canonical import instant_text
from gonogo.model.event import EventType, SealedRecord
from gonogo.report.escape import escape

_LONGEST: Final = 160


def record_line(record: SealedRecord, words: str = "") -> str:
    """Return a record on one line; what others wrote is escaped and cut to a readable length.

    Args:
        record: The record.
        words: What to say instead of what the record says, if it stands for several.
    """
    short = escape(words or _gist(record.type, record.data))
    if len(short) > _LONGEST:
        short = f"{short[: _LONGEST - 1]}…"
    second = f"{instant_text(record.ts)[:19]}Z"
    return f"{record.seq:>7}  {second}  {record.type.value:<19}  {record.run or '-':<25}  {short}".rstrip()


def _gist(kind: EventType, data: Mapping[str, Any]) -> str:
    make = _GISTS.get(kind)
    return make(data) if make is not None else ", ".join(f"{key} {_plain(value)}" for key, value in data.items())


def _started(data: Mapping[str, Any]) -> str:
    program, release = data["program"]["id"], data["release"]["id"]
    return f"{data['kind']['purpose']} on {program}, release {release}, by {data['ruleset']}, as of {data['now'][:16]}Z"


def _collected(data: Mapping[str, Any]) -> str:
    answered = f"{data['answered']} of {data['declared']} facts answered"
    return f"{data['binding']} ({data['collector']}): {answered}" + (", failed" if "failure" in data else "")


def _evidence(data: Mapping[str, Any]) -> str:
    counted = f" ({data['part']} of {data['whole']})" if "part" in data else ""
    unit = f" {data['unit']}" if data.get("unit") else ""
    where = f"{data['source']['binding']}, {data['source']['locator']}"
    return (
        f"{data['fact']} = {data['value']}{unit}{counted}, {data['basis']}, as of {data['as_of'][:16]}Z, from {where}"
    )


def _lock(data: Mapping[str, Any]) -> str:
    lock = data["lock"]
    return f"lock {lock['number']} of {lock['program']}, {lock['ruleset']}, content {lock['content'][:16]}"


def _repaired(data: Mapping[str, Any]) -> str:
    return f"{data['bytes']} bytes after the last whole record moved to quarantine/{data['quarantine']}"


_GISTS: Final[Mapping[EventType, Callable[[Mapping[str, Any]], str]]] = {
    EventType.LOG_OPENED: lambda data: f"log {data['log']}, by gonogo {data['version']}",
    EventType.RUN_STARTED: _started,
    EventType.MATERIAL_RECORDED: lambda data: f"{data['kind']} {data['name']}, sha256 {data['sha256'][:16]}",
    EventType.COLLECTOR_FINISHED: _collected,
    EventType.EVIDENCE_ADMITTED: _evidence,
    EventType.GAP_RECORDED: lambda data: f"{data['fact']}: no usable evidence ({data['reason']}): {data['detail']}",
    EventType.CRITERION_JUDGED: lambda data: f"{data['criterion']}: {data['status']}. {data['sentence']}",
    EventType.DECISION_MADE: lambda data: f"{data['decision']['verdict']}, assessment {data['digest'][:16]}",
    EventType.RUN_FINISHED: lambda data: f"{data['verdict']}, exit code {data['exit_code']}",
    EventType.RUN_ABORTED: lambda data: str(data["why"]),
    EventType.LOG_REPAIRED: _repaired,
    EventType.CLOCK_REGRESSED: lambda data: f"the host said {data['host']}, the last record {data['last']}",
    EventType.LOCK_RECORDED: _lock,
    EventType.BLOB_REMOVED: lambda data: f"source {data['sha256'][:16]}, {data['bytes']} bytes, no longer kept",
    EventType.REPORT_RENDERED: lambda data: f"{data['format']}, sha256 {data['sha256'][:16]}, by {data['version']}",
}
"""Types without an entry show their fields as they are."""


def _plain(value: object) -> str:
    return f"({len(value)} entries)" if isinstance(value, (list, dict)) else str(value)
