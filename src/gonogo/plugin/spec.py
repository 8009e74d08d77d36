"""The contract of a plugin: what a collector declares, what it is handed, what it owes.

A collector **collects**. It never judges, sees no other collector's answers and no path: it is handed open inputs and
answers for the facts that it declared. It runs in its own child process; a missing input is a gap; a malformed one may
simply raise, and the host makes a gap of it. Built in or not, it is registered through one hook and one entry point::

    [project.entry-points."gonogo.plugins"]
    junit = "gonogo.collectors.system.junit"

    @hookimpl
    def gonogo_register_collectors(register):
        register(JUnitCollector())
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import IO, Any, Final, Protocol, runtime_checkable

import pluggy
from pydantic import BaseModel, ConfigDict

from gonogo.model.evidence import Attested, GapReason, Subject
from gonogo.model.fact import FactType, Value
from gonogo.model.program import AsOf, AsOfRule
from gonogo.model.refusal import SourceRefusal
from gonogo.model.spoken import Spoken
from gonogo.plugin.stream import stream_of

PROTOCOL: Final = 1
PROJECT: Final = "gonogo"
ENTRY_POINT_GROUP: Final = "gonogo.plugins"

hookspec, hookimpl = pluggy.HookspecMarker(PROJECT), pluggy.HookimplMarker(PROJECT)


class Settings(BaseModel):
    """Base of a collector's settings: closed and frozen. Read from the binding's ``settings`` in JSON mode."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)


class NoSettings(Settings):
    """For collectors that need none."""


CollectorRefusal = SourceRefusal
"""Raise it for a source that cannot be used; the sentence becomes the gap's detail, ``reason`` its reason."""


class SettingsRefusal(Exception):
    """Raise it from ``declare`` for settings that contradict themselves.

    Attributes:
        errors: Pairs of a location inside the settings (keys and indexes) and a sentence.
    """

    def __init__(self, errors: Sequence[tuple[tuple[str | int, ...], str]]) -> None:
        super().__init__("; ".join(sentence for _, sentence in errors))
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a collector.

    Attributes:
        fact: Local name as declared, before the binding's prefix.
        value: The value, for an answer that is not counted.
        part: Numerator of a ratio that comes from counts.
        whole: Denominator; 0 is allowed and becomes a gap, because nothing was there to count.
        as_of: When it held, timezone-aware.
        where: Locator inside the input: ``row 17``, ``sheet Risk Log``.
        gap: Reason, for an answer that there is no value.
        detail, told: One sentence on the gap; the same without anything that a cell holds.
        subject: What the document itself says that it is about.
        attested: Who states it.
        open_items: Keys of all rows, cases or items that count against the fact, in the order of the source; none where
            nothing does, None where nobody names them. The host bounds the list, and may put stand-ins for keys.
        open_more: How many more there are than ``open_items`` names.
        rows_from: When the oldest row that it asks about held, where ``as_of`` is that of the newest row.
        rows_read: How many rows were read, where ``whole`` is another number.
    """

    fact: str
    value: Value | None = None
    part: int | None = None
    whole: int | None = None
    as_of: datetime | None = None
    where: str = ""
    gap: GapReason | None = None
    detail: str = ""
    told: str = ""
    subject: Subject | None = None
    attested: Attested | None = None
    open_items: Sequence[str] | None = None
    open_more: int = 0
    rows_from: datetime | None = None
    rows_read: int | None = None

    def naming(self, keys: Iterable[str], more: int = 0) -> Answer:
        """Return this answer with the keys of what counts against the fact, and how many more there are."""
        return replace(self, open_items=tuple(keys), open_more=more)


@dataclass(frozen=True, slots=True)
class LocalFact:
    """A fact that a collector declares.

    Attributes:
        name: Local name, ``executed_ratio``; a binding ``as: sit`` makes ``sit.executed_ratio`` of it.
        type: Must be the vocabulary's type of the full name.
        unit: Must be the vocabulary's unit of the full name.
        meaning: What is counted, exactly.
        if_known: Owed only where the vocabulary has the full name; if it has none of a binding's, its prefix is wrong.
    """

    name: str
    type: FactType
    meaning: str
    unit: str = ""
    if_known: bool = False

    def value(self, value: Value, *, as_of: datetime, where: str = "", subject: Subject | None = None) -> Answer:
        """Answer with a value."""
        return Answer(self.name, value=value, as_of=as_of, where=where, subject=subject)

    def counted(
        self, *, part: int, whole: int, as_of: datetime, where: str = "", subject: Subject | None = None
    ) -> Answer:
        """Answer with a ratio that comes from counts; the host divides, and 0 of 0 becomes a gap."""
        return Answer(self.name, part=part, whole=whole, as_of=as_of, where=where, subject=subject)

    def missing(self, detail: str, reason: GapReason = GapReason.MISSING, where: str = "") -> Answer:
        """Answer that there is no value, and why."""
        return Answer(self.name, gap=reason, detail=detail, where=where)


@dataclass(frozen=True, slots=True)
class Input:
    """One file that the host opened: a name and bytes, never a path.

    Attributes:
        name: Name of the input in the binding.
        file_name: Base name of the file, for messages.
        size: Bytes.
        sha256: Digest of the bytes, computed by the host.
        as_of: When the content held, where the host knows it (file name, or said by a person); else None.
        rule: How the binding says that the moment is known.
        descriptor: Open, read-only file descriptor.
    """

    name: str
    file_name: str
    size: int
    sha256: str
    rule: AsOf
    descriptor: int = field(repr=False)
    as_of: datetime | None = None

    def open(self) -> IO[bytes]:
        """Return a fresh binary stream from the first byte, with a position of its own."""
        return stream_of(self.descriptor)

    def read(self) -> bytes:
        """Return all bytes."""
        with self.open() as stream:
            return stream.read()

    def text(self, encoding: str = "utf-8-sig") -> io.TextIOWrapper:
        """Return a fresh strict text stream; a byte that does not decode raises."""
        return io.TextIOWrapper(self.open(), encoding=encoding, errors="strict", newline="")

    def held(self, document: datetime | None) -> datetime:
        """Return when the content held: the host's knowledge, or what the document says under the rule ``document``.

        Raises:
            CollectorRefusal: Nobody knows; the gap says so.
        """
        moment = self.as_of or (None if self.rule.rule is AsOfRule.DOCUMENT_SAVED else document)
        if moment is None:
            raise CollectorRefusal(
                f"{self.file_name} does not say when its content held; state as_of in the binding", GapReason.MISSING
            )
        return moment


@dataclass(frozen=True, slots=True)
class Job:
    """What a collector is handed.

    Attributes:
        now: The moment of the assessment, timezone-aware; never read a clock.
        go_live: When the release is switched on.
        time_zone: IANA name of the program's zone, for local dates in documents.
        program, release, binding: Their ids.
        scratch: Folder of its own that is removed afterwards.
        files: The inputs, in the order of the binding.
        holidays: Local dates that are not working days, beside weekends.
        ruleset: SHA-256 of the ruleset with its overlays; empty where nothing is judged.
        subject: What its evidence is about.
        builds: Every name of the build that counts: the binding's, else those of the release.
        spoken: How the register's people are called; handed to gonogo's own collector of statements alone.
        customer, provider: What the program calls its two sides.
        known: Local names of the facts that the vocabulary has, for gonogo's own; None where nobody says.
    """

    now: datetime
    go_live: datetime
    time_zone: str
    program: str
    release: str
    binding: str
    scratch: str
    files: tuple[Input, ...] = ()
    holidays: frozenset[str] = frozenset()
    ruleset: str = ""
    subject: Subject = field(default_factory=Subject)
    builds: frozenset[str] = frozenset()
    spoken: Spoken = field(default_factory=Spoken)
    customer: str = ""
    provider: str = ""
    known: frozenset[str] | None = None

    def inputs(self, name: str) -> tuple[Input, ...]:
        """Return every input of that name; possibly none."""
        return tuple(entry for entry in self.files if entry.name == name)

    def input(self, name: str = "file") -> Input:
        """Return the one input of that name; :class:`CollectorRefusal` where there is none, or more than one."""
        found = self.inputs(name)
        if len(found) != 1:
            given = f"gives {len(found)}" if found else "names no file for it"
            raise CollectorRefusal(f"exactly one input named {name!r} is read here; the binding {given}")
        return found[0]


@runtime_checkable
class Collector(Protocol):
    """What a plugin registers.

    Attributes:
        name: Unique in the plugin.
        facts: Facts that it can answer for under any settings; may be empty if ``declare`` computes them.
        settings: Pydantic model of its settings.
        network: URLs that it needs, as declared; empty for none.
    """

    name: str
    facts: Sequence[LocalFact]
    settings: type[Settings]
    network: Sequence[str]

    def declare(self, settings: Any) -> Sequence[LocalFact]:
        """Return the facts that it owes under these settings; it must answer for each, or say why not.

        Raises:
            SettingsRefusal: The settings contradict themselves.
        """

    def collect(self, job: Job, settings: Any) -> Iterable[Answer]:
        """Yield one answer for each declared fact. May raise anything: all facts not yet answered become gaps."""


@runtime_checkable
class ReportFormat(Protocol):
    """What a plugin registers to render recorded runs in a form of its own; ``-o plugin/name:PATH`` asks for it.

    It runs in a child process too. A text must hold ``kind.sentence``, unless the run was a decision, and the program's
    ``marking`` at head and foot, or it is refused. All UTF-8 is text, whatever its media type; the rest is not read.

    Attributes:
        name: Unique among the formats of the plugin.
        media_type: What the bytes are: ``text/csv``, ``application/pdf``.
    """

    name: str
    media_type: str

    def render(self, report: Mapping[str, Any]) -> bytes:
        """Return one run as at most 6,000,000 bytes. May raise anything: there is then no report.

        Args:
            report: The document that ``-o json`` writes: the run as recorded, decimals as text, instants in UTC.
        """


class Hooks:
    """The registrars. There is no hook that judges, edits findings or votes."""

    @hookspec
    def gonogo_register_collectors(self, register: Callable[[Collector], None]) -> None:
        """Call ``register`` once for each collector. Called once, in the child process that will run it."""

    @hookspec
    def gonogo_register_formats(self, register: Callable[[ReportFormat], None]) -> None:
        """Call ``register`` once for each report format. Called once, in the child process that will render."""
