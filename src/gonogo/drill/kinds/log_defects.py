"""Defects of the audit log: edited, cut, rewritten, gone."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.rehearsal import Rehearsed
from gonogo.drill.site import PROGRAM_FILE, TargetProgram
from gonogo.drill.tree_text import words
from gonogo.model.event import GENESIS

_LOG: Final = "an audit log; the drill's own rehearsals make one"
_VERDICT: Final = b'"verdict":"'
_MOVED: Final = "drill-audit"


def _broken(site: TargetProgram, change: Callable[[Path], str]) -> Planted:
    segments = site.copy.break_log()
    if not segments:
        raise NotPlanted("there is no audit log")
    return Planted(f"the audit log, {change(segments[0])}")


def _bit(segment: Path) -> str:
    content = segment.read_bytes()
    lines = content.splitlines(keepends=True)
    number = len(lines) // 2
    place = sum(map(len, lines[:number])) + len(lines[number]) // 2
    segment.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    return f"one bit of record {number}"


def _verdict(segment: Path) -> str:
    """Write another verdict into a record that holds one."""
    content = segment.read_bytes()
    place = content.rindex(_VERDICT) + len(_VERDICT)
    end = content.index(b'"', place)
    new = b"NO-GO" if content[place:end] == b"GO" else b"GO"
    segment.write_bytes(content[:place] + new + content[end:])
    return "the last verdict"


def _truncated(segment: Path) -> str:
    lines = segment.read_bytes().splitlines(keepends=True)
    segment.write_bytes(b"".join(lines[: -max(1, len(lines) // 4)]))
    return "its last records"


def _dropped(segment: Path) -> str:
    lines = segment.read_bytes().splitlines(keepends=True)
    number = len(lines) // 2
    segment.write_bytes(b"".join(line for place, line in enumerate(lines) if place != number))
    return f"record {number}"


def _swapped(segment: Path) -> str:
    lines = segment.read_bytes().splitlines(keepends=True)
    number = len(lines) // 2
    lines[number - 1 : number + 1] = [lines[number], lines[number - 1]]
    segment.write_bytes(b"".join(lines))
    return f"records {number - 1} and {number}"


def _rechained(segment: Path) -> str:
    """Rewrite the log from a changed finding on: each hash, and each mention of one, as it has to be."""
    lines = segment.read_bytes().splitlines()
    number = len(lines) // 2
    prev, found, renamed, changed = GENESIS, [], dict[str, str](), False
    for place, line in enumerate(lines):
        record = json.loads(line)
        if not changed and place >= number and isinstance(record["data"].get("title"), str):
            record["data"]["title"], changed = record["data"]["title"][:-1] + "*", True
        earlier = record["data"].get("earlier")
        if isinstance(earlier, dict):
            earlier["hash"] = renamed.get(earlier["hash"], earlier["hash"])
        old = record.pop("~h")
        record["prev"] = prev
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        prev = renamed[old] = hashlib.sha256(b"\0" + text).hexdigest()
        found.append(text[:-1] + b',"~h":"' + prev.encode() + b'"}\n')
    segment.write_bytes(b"".join(found))
    return f"from record {number} on"


def _emptied(segment: Path) -> str:
    segment.write_bytes(b"")
    return "every record"


def _deleted(site: TargetProgram) -> Planted:
    site.copy.break_log()
    site.copy.remove(site.copy.log.relative_to(site.copy.root).as_posix())
    return Planted("the audit log", shows=_no_history, by="told: history")


def _elsewhere(site: TargetProgram) -> Planted:
    site.copy.awaits(_MOVED)
    tree = site.program_tree()
    tree["log"] = words(f"./{_MOVED}")
    site.put_tree(PROGRAM_FILE, tree)
    return Planted(f"{PROGRAM_FILE}, log", shows=_no_history, by="told: history")


def _no_history(after: Rehearsed) -> str:
    """Return what the report says of a log that holds no earlier run."""
    alone = after.result is not None and after.result.changes is None
    return "No history: this is the first recorded run of this release." if alone else ""


_HASHED: Final = re.compile(rb'"~h":"[0-9a-f]{64}"\}\n')


def _half_line(segment: Path) -> str:
    """Cut the log inside of its last record, as a crash does; what was acknowledged must still be there."""
    content = segment.read_bytes()
    last = [found.end() for found in _HASHED.finditer(content)][-2]
    segment.write_bytes(content[: (last + len(content)) // 2])
    return "inside of its last record"


def _of(id_: str, title: str, change: Callable[[Path], str]) -> Defect:
    return Defect(id_, title, _LOG, lambda site: _broken(site, change), Noticed.STOPPED)


DEFECTS = (
    _of("edited-log", "One bit of an old record was changed", _bit),
    _of("edited-verdict", "A verdict on record was written over", _verdict),
    _of("truncated-log", "The last records of the log were cut off", _truncated),
    _of("torn-log", "The log was cut inside of an acknowledged record", _half_line),
    _of("dropped-record", "A record was taken out of the log", _dropped),
    _of("swapped-records", "Two records of the log were exchanged", _swapped),
    _of("rechained-log", "The log was rewritten from a changed record on", _rechained),
    _of("emptied-log", "The log holds no record any more", _emptied),
    Defect("deleted-log", "The log was deleted", _LOG, _deleted, Noticed.TOLD),
    Defect("log-elsewhere", "The program file names another folder for the log", _LOG, _elsewhere, Noticed.TOLD),
)
