"""Every exception that gonogo raises on purpose.

Each class carries a stable ``code`` (``G…``), the exit code of the process that meets it, and a sentence that says
where, what, and what to do next. Anything else that escapes is a defect of gonogo and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in something that a person wrote.

    Attributes:
        code: Stable code, e.g. ``G103``; ``docs/reference/errors.md`` lists them.
        where: ``file:line:column`` or ``file.xlsx, sheet Name, cell F12``; empty when there is no such place.
        what: One sentence naming what is wrong.
        snippet: The offending source line, when there is one.
        column: 1-based column of the mistake inside ``snippet``; 0 when there is no snippet.
        hint: What to do next; empty when the sentence already says it.
        level: ``error``, or ``warning`` for what is allowed and probably not meant.
    """

    code: str
    where: str
    what: str
    snippet: str = ""
    column: int = 0
    hint: str = ""
    level: str = "error"

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        lines = [f"{self.level}[{self.code}] {place}{self.what}"]
        if self.snippet:
            lines.append(f"  {self.snippet}")
            if self.column:
                lines.append(" " * (self.column + 1) + "^")
        if self.hint:
            lines.append(f"hint: {self.hint}")
        return "\n".join(lines)


class GonogoError(Exception):
    """Anything that gonogo refuses on purpose.

    Attributes:
        code: Stable code of this class.
        exit_code: What the process ends with when nobody handles it.
        hint: What the reader can do next.
    """

    code: ClassVar[str] = "G001"
    exit_code: ClassVar[int] = 4

    def __init__(self, sentence: str, *, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint

    def __str__(self) -> str:
        text = f"error[{self.code}] {self.sentence}"
        return f"{text}\nhint: {self.hint}" if self.hint else text


class UsageError(GonogoError):
    """The command line asks for something that cannot be done."""

    code = "G010"
    exit_code = 2


class ConfigurationError(GonogoError):
    """One or more mistakes in a program file, ruleset, overlay or side file; all are reported together.

    Attributes:
        problems: Every mistake found, in the order in which a reader meets them.
    """

    code = "G100"
    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(f"{count} mistake{'s' if count != 1 else ''} found")

    def __str__(self) -> str:
        return "\n\n".join(str(problem) for problem in self.problems)


class PluginError(GonogoError):
    """A plugin cannot be used as the program names it: unknown, doubled, or of another protocol."""

    code = "G300"
    exit_code = 2


class ReportFault(GonogoError):
    """The report format of a plugin made no report that may be shown. The verdict stays recorded."""

    code = "G320"
    exit_code = 4

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, hint="the run is recorded; `gonogo report` renders it in gonogo's own formats")


class PrintFault(GonogoError):
    """A report could not be printed as a PDF. The verdict stays recorded."""

    code = "G330"
    exit_code = 4

    def __init__(self, sentence: str, *, hint: str = "") -> None:
        also = f"{hint}; " if hint else ""
        super().__init__(f"no PDF was made: {sentence}", hint=f"{also}the run is recorded, and other formats render it")


class EngineFault(GonogoError):
    """The rule engine crashed, hung, contradicted itself, or is not installed. There is no decision."""

    code = "G400"
    exit_code = 4


class EngineMissing(EngineFault):
    """durable-rules cannot be imported on this machine."""

    code = "G401"


class EngineDisagreement(EngineFault):
    """The rule engine and the independent evaluator judged differently. There is no decision."""

    code = "G402"


class IsolationFault(GonogoError):
    """The host could not start, bound or read its child processes."""

    code = "G410"
    exit_code = 4


class RecordFault(GonogoError):
    """The audit log could not be written durably; without a record there is no verdict."""

    code = "G500"
    exit_code = 4


class IntegrityError(GonogoError):
    """The audit log is broken: a record was changed, dropped, swapped or inserted, or records are missing."""

    code = "G510"
    exit_code = 5


class CanonicalError(GonogoError):
    """A value has no canonical bytes, or bytes are not the one document that they claim to be."""

    code = "G520"
    exit_code = 4


class DocumentError(GonogoError):
    """A JSON document from outside is malformed: duplicate keys, not UTF-8, too deep, not JSON."""

    code = "G530"
    exit_code = 2


class SigningFault(GonogoError):
    """Something cannot be signed or checked here: the command fails, or the host refuses the algorithm."""

    code = "G540"
    exit_code = 4


class UnusableKey(UsageError):
    """A key that cannot be used: not a key, of another kind, encrypted without its passphrase, readable by others."""

    code = "G541"
