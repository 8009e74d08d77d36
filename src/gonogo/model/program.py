"""The program: what may go live, and where its evidence comes from."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints

from gonogo.model.base import DottedName, Frozen, Identifier, Instant, OneLine, Sha256
from gonogo.model.people import Side
from gonogo.model.source_handling import Handling as Handling
from gonogo.model.source_handling import Marking as Marking
from gonogo.model.waiting import Waiting

PREFIX = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"
STATEMENTS = "attestation"
"""The plugin that reads what people state: what `attestations:` of the program file binds."""
DEFAULT_MAX_BYTES = 32 * 2**20
LARGEST_MAX_BYTES = 4 * 2**30


class Keep(StrEnum):
    """What is kept of a source after the run: its digest in the log, or also its bytes beside the log."""

    DIGEST = "digest"
    BYTES = "bytes"


class HoldPoint(Frozen):
    """A point of the cutover at which it is asked whether to go on or to go back.

    Attributes:
        id: Identifier.
        at: From this moment on it is asked.
    """

    id: Identifier
    at: Instant


class Release(Frozen):
    """One release of the program.

    Attributes:
        id: Identifier.
        go_live: The moment that the system is switched on.
        window: How long the cutover may take, in words.
        scope: What it turns on, in words.
        subjects: What exactly is released: commit, artifact, configuration to identifier or digest.
        environment: Where it goes live, such as ``production``; None where nobody says.
        follows: File of the signed decision whose conditions are carried, such as that of T-30; None where it follows
            none.
        hold_points: Points of the cutover, in their order; absent where there are none.
        waiting: The price of waiting and the next window; absent where nobody states them.
    """

    id: Identifier
    go_live: Instant
    window: str = ""
    scope: str = ""
    subjects: dict[str, str] = Field(default_factory=dict)
    environment: OneLine | None = None
    follows: OneLine | None = None
    hold_points: tuple[HoldPoint, ...] | None = Field(default=None, min_length=1, max_length=9)
    waiting: Waiting | None = None

    def hold_point(self, name: str) -> HoldPoint | None:
        """Return the hold point of that id, or None."""
        return next((each for each in self.hold_points or () if each.id == name), None)

    @property
    def builds(self) -> frozenset[str]:
        """Every identifier by which the released build may be named."""
        return frozenset(self.subjects.values())


class ProgramIdentity(Frozen):
    """Who migrates what, with whom, on whose calendar.

    Attributes:
        id: Identifier.
        title: What readers call it.
        customer: Customer agency.
        provider: Shared service provider.
        offerings: Provider offerings whose provider-wide evidence counts here.
        time_zone: IANA name; local dates of the program are read in it.
        calendar: Working-day calendar: ``us-federal``.
        closures: Local closures beside the calendar's holidays, local dates.
        marking: Handling marking of the program's own reports; empty for none.
    """

    id: Identifier
    title: str = ""
    customer: OneLine
    provider: OneLine
    offerings: tuple[OneLine, ...] = ()
    time_zone: str
    calendar: str = "us-federal"
    closures: tuple[date, ...] = ()
    marking: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.time_zone)

    def local_date(self, moment: datetime) -> date:
        """Return the local date of an instant."""
        return moment.astimezone(self.zone).date()

    def day_start(self, day: date) -> datetime:
        """Return the first moment of a local day: what a date-only ``as_of`` means."""
        return datetime.combine(day, time.min, tzinfo=self.zone)

    def day_end(self, day: date) -> datetime:
        """Return the first moment after a local day: what a date-only expiry means."""
        if day == date.max:  # written for "never": the calendar has no day after it
            return datetime.max.replace(tzinfo=UTC)
        return self.day_start(day + timedelta(days=1))


class AsOfRule(StrEnum):
    """How the moment at which an input's content held is known. Never its modification time."""

    DOCUMENT = "document"
    DOCUMENT_SAVED = "document_saved"
    FILE_NAME = "file_name"
    CELL = "cell"
    COLUMN = "column"
    SAID = "said"


class AsOf(Frozen):
    """How to know when an input's content held.

    Attributes:
        rule: document (the collector reads it), document_saved (the document says when it was saved), file_name, cell,
            column, or said by a person.
        pattern: For file_name: a regular expression with one group, or the groups year, month, day.
        cell: For cell: ``Sheet!B5``.
        column: For column: its name; every row must agree unless ``latest``.
        latest: For column: the latest value counts.
        at: For said: the instant.
        by: For said: who says so.
        sha256: For said: digests of the contents that were dated; absent where any content counts, as written by hand.
    """

    rule: AsOfRule
    pattern: str = ""
    cell: str = ""
    column: str = ""
    latest: bool = False
    at: Instant | None = None
    by: str = ""
    sha256: tuple[Sha256, ...] | None = Field(default=None, min_length=1)

    def dates(self, sha256: str) -> bool:
        """Whether the rule is about this content: a day that a person said of another one is not its day."""
        return self.sha256 is None or sha256 in self.sha256


class InputPath(Frozen):
    """One named input of a binding.

    Attributes:
        name: ``file`` when the binding has one input; else the collector's name for it.
        paths: Relative paths or patterns; each must match exactly one file.
        pick_newest: Of several matches take the one with the newest ``as_of``.
        as_of: How to know when the content held.
    """

    name: str
    paths: tuple[OneLine, ...]
    pick_newest: bool = False
    as_of: AsOf


class ProfileUsed(Frozen):
    """The export profile that made the settings of a binding.

    Attributes:
        name: Its name.
        version: Its version.
        sha256: Digest of its file.
    """

    name: Identifier
    version: OneLine
    sha256: Sha256


class Binding(Frozen):
    """One source of evidence and the collector that reads it.

    Attributes:
        id: Identifier, unique in the program.
        plugin: Name of the plugin.
        collector: Name of the collector in it; empty when the plugin has one.
        prefix: ``as``: put before the collector's local names, ``sit`` makes ``sit.executed_ratio``.
        inputs: Files to read.
        side: Whose evidence it is.
        producer: Who makes it: a person id, or an organization in words.
        offering: Set when the evidence is provider-wide.
        release: Set when the evidence is of one release only.
        build: Build, commit or configuration id that it is about, when the document does not say.
        environment: Environment that it is about.
        handling: How it must be handled.
        keep: Its digest in the log, or also its bytes in ``blobs/`` beside the log.
        max_bytes: Cap for one input.
        env: Names of environment variables that the collector may see.
        deadline_s: Seconds that the collector has.
        settings: The collector's own settings; where the binding names a profile, what it became.
        profile: The export profile that made them; absent where none did.
        leaves_out: Facts of that profile which this file cannot show, by their local names, with who gives them instead
            and who says so: the binding answers nothing of them. Absent where there are none.
        where: ``file:line:column`` of the binding, for messages.
        confirmed: False while no person has confirmed it: it is not read, and its facts are gaps. Absent otherwise.
        waits_for: The newer file because of which one that was confirmed is not read, until somebody says what becomes
            of that file. Absent otherwise.
    """

    id: Identifier
    plugin: str
    collector: str = ""
    prefix: Annotated[str, StringConstraints(pattern=PREFIX)] | None = None
    inputs: tuple[InputPath, ...] = ()
    side: Side
    producer: OneLine
    offering: str | None = None
    release: Identifier | None = None
    build: str | None = None
    environment: str | None = None
    handling: Handling = Handling()
    keep: Keep = Keep.DIGEST
    max_bytes: int = Field(default=DEFAULT_MAX_BYTES, ge=1, le=LARGEST_MAX_BYTES)
    env: tuple[str, ...] = ()
    deadline_s: int = Field(default=60, ge=1, le=3600)
    settings: dict[str, Any] = Field(default_factory=dict)
    profile: ProfileUsed | None = None
    leaves_out: dict[str, OneLine] | None = None
    where: str = ""
    confirmed: Literal[False] | None = None
    waits_for: str | None = None


class AllowedPlugin(Frozen):
    """A third-party distribution that the program allows to run.

    Attributes:
        distribution: Name on the package index.
        version: The exact version.
        network: Its collectors may use the network; never False, so that a program without the word keeps its form.
    """

    distribution: OneLine
    version: OneLine
    network: bool | None = None


class Program(Frozen):
    """Everything that ``gonogo.yaml`` says.

    Attributes:
        identity: Who migrates what.
        releases: At least one.
        ruleset: ``name@version``, or a path relative to the program's folder.
        overlays: Paths of overlays, in order.
        adopt: Criteria that the program has adopted; None for all.
        bindings: Sources of evidence.
        not_evidence: Files that are not evidence, with the reason: no binding reads them, and nobody is warned. None
            where there are none, so that a program without the word keeps its form.
        authority: Fact to binding, where several bindings could answer.
        allow: Third-party plugins that may run.
        log: Folder of the audit log, relative to the program's folder.
        accept_conditional: Whether ``--accept conditional`` may be used.
        trust: Path of the trust file, relative to the program's folder; None where the program names none.
        effort: Fact or criterion to the working days that a change of it takes: what `gonogo path` counts by, and
            nothing else. None where nobody states any.
    """

    identity: ProgramIdentity
    releases: tuple[Release, ...]
    ruleset: OneLine
    overlays: tuple[str, ...] = ()
    adopt: tuple[DottedName, ...] | None = None
    bindings: tuple[Binding, ...] = ()
    authority: dict[DottedName, Identifier] = Field(default_factory=dict)
    allow: tuple[AllowedPlugin, ...] = ()
    log: str = "./audit"
    accept_conditional: bool = False
    not_evidence: dict[str, str] | None = None
    trust: str | None = None
    effort: dict[DottedName, int] | None = None

    def release(self, release_id: str) -> Release | None:
        """Return the release of that id, or None."""
        return next((release for release in self.releases if release.id == release_id), None)
