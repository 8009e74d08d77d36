"""What this machine can do: engine, isolation, file system, clock, audit log, and how to get what is missing."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gonogo.audit.chain import Break
from gonogo.audit.filesystem import file_system, refusal
from gonogo.audit.verification import verify_log
from gonogo.engine.durable import DurableRules
from gonogo.errors import GonogoError, UsageError
from gonogo.isolate import ChildOutcome, Limits, Task, Walls, installation, run
from gonogo.model.judgement import Compiled
from gonogo.model.ruleset import DecisionPolicy
from gonogo.version import VERSION
from gonogo.workflow.lock_checks import lock_state
from gonogo.workflow.namesakes import namesakes
from gonogo.workflow.overlooking import overlooked_sentences
from gonogo.workflow.publishing import log_folder
from gonogo.workflow.register_warnings import register_sentences


@dataclass(frozen=True, slots=True)
class DoctorCheck:
    """One thing that was examined.

    Attributes:
        what: Its name.
        ok: Whether it is as a decision needs it.
        result: What was found.
        remedy: How to get what is missing.
        needed: Whether a decision is impossible without it.
    """

    what: str
    ok: bool
    result: str
    remedy: str = ""
    needed: bool = True


def examine(program: Path | None = None) -> list[DoctorCheck]:
    """Examine the machine, and the place of the audit log of ``program`` (the current folder without one).

    Raises:
        UsageError: There is no such program.
    """
    folder = Path.cwd() if program is None else program if program.is_dir() else program.parent
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", hint="give the folder of a program, or nothing")
    log = folder if program is None else log_folder(program)
    machine = [
        _python(),
        _installed(),
        _compiler(),
        _engine(),
        *_isolation(),
        _file_system(log),
        _clock(folder),
        _time_zones(),
    ]
    return machine if program is None else [*machine, _audit_log(log), *_lock(program), *_overlooked(program)]


def _python() -> DoctorCheck:
    version = ".".join(map(str, sys.version_info[:3]))
    ok = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return DoctorCheck("Python", ok, version, "gonogo runs on Python 3.11, 3.12 and 3.13.")


def _installed() -> DoctorCheck:
    """Which of two distributions of one name runs depends on the order in which Python looks."""
    others = namesakes()
    remedy = "Uninstall the other one, or install gonogo in an environment of its own; then run `gonogo doctor` again."
    return DoctorCheck(
        "Distribution", not others, "; ".join(others) or f"gonogo {VERSION}, the only one", remedy, needed=False
    )


def _compiler() -> DoctorCheck:
    compiler = next((name for name in ("cc", "gcc", "clang") if shutil.which(name)), "")
    remedy = "Needed only to install durable-rules. On Debian and Ubuntu: apt-get install gcc libc6-dev"
    return DoctorCheck("C compiler", bool(compiler), compiler or "none found", remedy, needed=False)


def _engine() -> DoctorCheck:
    """The engine must really judge: that it is installed does not mean that it can be imported."""
    engine = DurableRules()
    try:
        engine.judge(Compiled((), (), (), DecisionPolicy(milestones=("T-0",))), ())
    except GonogoError as error:
        return DoctorCheck("Rule engine", False, error.sentence, error.hint)
    return DoctorCheck("Rule engine", True, engine.name)


def _isolation() -> list[DoctorCheck]:
    """Start one child of each kind as a collector is started, and say which of its walls it had."""
    kinds = {"Isolation": True, "Isolation of plugins": False}
    base = Walls(reads=installation.libraries(), lists=installation.folders(), executes=installation.programs())
    tasks = [
        Task(
            id="doctor",
            request=b"ping",
            limits=Limits(wall_s=10),
            work=_echo,
            scratch=os.path.join(tempfile.gettempdir(), f"gonogo-doctor-{secrets.token_hex(8)}"),
            walls=replace(base, alone=alone),
        )
        for alone in kinds.values()
    ]
    try:
        outcomes = run(tasks)
    except GonogoError as error:
        return [DoctorCheck("Isolation", False, error.sentence, "Run gonogo on Linux, macOS or WSL 2.")]
    return [_walled(what, outcome) for what, outcome in zip(kinds, outcomes, strict=True)]


def _walled(what: str, outcome: ChildOutcome) -> DoctorCheck:
    if not outcome.ok:
        return DoctorCheck(what, False, outcome.detail, "Child processes cannot be started here.")
    missing = ", ".join(outcome.standing.missing)
    if not missing:
        return DoctorCheck(what, True, f"level {outcome.level}: {', '.join(outcome.standing.enforced)}")
    enforced = ", ".join(outcome.standing.enforced) or "limits only"
    return DoctorCheck(
        what,
        True,
        f"level {outcome.level}: {enforced}; not enforced: {missing}",
        "The page on isolation says what each level holds, and what a kernel needs for level L2.",
        needed=False,
    )


def _echo(request: bytes, _descriptors: tuple[int, ...]) -> bytes:
    return request


def _file_system(folder: Path) -> DoctorCheck:
    kind = file_system(folder)
    why = refusal(kind)
    return DoctorCheck(
        "File system",
        not why,
        kind if not why else f"{kind}: {why}",
        "Name a folder on a local disk in gonogo.yaml (log:).",
    )


def _audit_log(folder: Path) -> DoctorCheck:
    """A run ends without a verdict where its record cannot be written, or the record before it is broken."""
    what, place = "Audit log", folder if folder.exists() else folder.parent
    if not place.is_dir():
        return DoctorCheck(what, False, f"{place} is not a folder", "Make the folder, or name another one (log:).")
    if not os.access(place, os.W_OK | os.X_OK):
        return DoctorCheck(what, False, f"this user may not write to {place}", "Let this user write there.")
    try:
        verified = verify_log(folder)
    except UsageError:
        return DoctorCheck(what, True, "none yet: the first `gonogo assess` starts one")
    except GonogoError as error:
        return DoctorCheck(what, False, error.sentence, error.hint)
    if verified.problem is not None and verified.problem.kind is not Break.TORN:
        return DoctorCheck(
            what, False, verified.problem.sentence, "`gonogo log verify` says more; keep the folder as it is."
        )
    wrong = [fault for fault in verified.faults if "has no end" not in fault]
    if wrong:
        return DoctorCheck(what, False, wrong[0], "`gonogo log verify` says more; keep the folder as it is.")
    torn = "" if verified.ok else "; the last one is unfinished, and the next run repairs it"
    return DoctorCheck(what, True, f"{verified.records} records, sound{torn}")


def _lock(program: Path) -> list[DoctorCheck]:
    """A run whose files are not what was locked ends with 5; of a program that is not locked nothing is said."""
    state = lock_state(program)
    remedy = "`gonogo lock PROGRAM` says what differs; put it back, or change the lock with `gonogo lock amend`."
    return [] if state is None else [DoctorCheck("Lock", state[0], state[1], remedy)]


def _overlooked(program: Path) -> list[DoctorCheck]:
    """What lies in the folder and counts for nothing stops no decision; but somebody may think that it is read."""
    remedy = "`gonogo lint` names the places in gonogo.yaml."
    found = [("Evidence", sentence) for sentence in overlooked_sentences(program)]
    found += [("Registers", sentence) for sentence in register_sentences(program)]
    return [DoctorCheck(what, False, sentence, remedy, needed=False) for what, sentence in found]


def _clock(folder: Path, wall: Callable[[], float] = time.time) -> DoctorCheck:
    """The clock must not be behind files that were just written here."""
    newest = max((entry.stat().st_mtime for entry in _entries(folder)), default=0.0)
    now = wall()
    if newest > now + 60:
        moment = datetime.fromtimestamp(newest, UTC)
        return DoctorCheck(
            "Clock", False, f"files here are dated {moment:%Y-%m-%d %H:%M} UTC, ahead of it", "Set the clock."
        )
    return DoctorCheck("Clock", True, f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d %H:%M:%S} UTC")


def _entries(folder: Path) -> list[Path]:
    return [entry for entry in folder.iterdir() if entry.is_file()] if folder.is_dir() else []


def _time_zones() -> DoctorCheck:
    try:
        ZoneInfo("America/New_York")
    except ZoneInfoNotFoundError:
        return DoctorCheck("Time zones", False, "no time zone database", "pip install tzdata")
    return DoctorCheck("Time zones", True, "found")
