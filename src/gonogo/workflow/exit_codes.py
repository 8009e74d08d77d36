"""The exit codes: one enum, one pure mapping, never renumbered by a flag."""

from __future__ import annotations

from enum import IntEnum

from gonogo.model.verdict import Verdict


class ExitCode(IntEnum):
    """What the process ends with. Everything that is not a recorded GO is not 0."""

    GO = 0
    NO_GO = 1
    USAGE = 2
    CONDITIONAL_GO = 3
    UNDECIDED = 4
    INTEGRITY = 5


MEANING = {
    ExitCode.GO: "GO, recorded; for other commands: done.",
    ExitCode.NO_GO: "NO-GO, recorded; for other commands: the check answered no.",
    ExitCode.USAGE: "Usage, configuration or ruleset wrong; nothing was judged.",
    ExitCode.CONDITIONAL_GO: "CONDITIONAL GO, recorded.",
    ExitCode.UNDECIDED: "Undecided: the engine, the collector host or the log could not do their work; and `gonogo "
    "whatif` whatever its answer, because a supposition decides nothing.",
    ExitCode.INTEGRITY: "Integrity: the log is broken or too short, or a file is not what the record or the lock says.",
}
"""What each code means, for help texts and the generated reference."""


def exit_code(verdict: Verdict, *, accept_conditional: bool = False, lock_broken: bool = False) -> ExitCode:
    """Map a recorded verdict to the exit code; ``accept_conditional`` is the one argument of people.

    Files that are not what was locked end with 5, whatever was judged.
    """
    if lock_broken:
        return ExitCode.INTEGRITY
    if verdict is Verdict.GO:
        return ExitCode.GO
    if verdict is Verdict.CONDITIONAL_GO:
        return ExitCode.GO if accept_conditional else ExitCode.CONDITIONAL_GO
    return ExitCode.NO_GO
