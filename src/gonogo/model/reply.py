"""What a collector answered, as it came over the wire and not yet believed."""

from __future__ import annotations

from functools import cached_property
from typing import Final, Literal

from pydantic import Field, model_validator

from gonogo.model.base import DecimalText, DottedName, Frozen, Identifier, Instant, OneLine, Sha256
from gonogo.model.deposited import Deposited
from gonogo.model.evidence import Attested, GapReason, Subject
from gonogo.model.open_items import LeftOut, OpenItems, OpenKey, RowsRead

NOTHING_COUNTED: Final = "There was nothing to count: 0 of 0 proves nothing."
"""Why counts without a whole are no share, in a run and before one."""


class Item(Frozen):
    """One answer of a collector, exactly as it came over the wire and not yet believed.

    An answer has a ``value`` or ``part`` and ``whole`` (with ``as_of``), or a ``gap`` with its ``detail``.

    Attributes:
        fact: Full dotted name, after the binding's prefix.
        value: Wire form of the value; see :func:`gonogo.model.fact.read_value`.
        part: Numerator of a ratio that comes from counts.
        whole: Denominator of it.
        as_of: When the value held.
        where: Locator inside the source: ``row 17``, ``sheet Risk Log, cell N4``.
        gap: Why there is no value.
        detail: One sentence on the gap.
        told: The same without anything that a cell holds, for a source that holds personal data; believed of gonogo's
            own collectors only.
        subject: What the document itself says that it is about.
        attested: Who states it, for a person's attestation.
        open_items: Keys of all rows, cases or items that count against the fact, in the order of the source; none
            where nothing does, and absent where the collector does not name them.
        open_left_out: How many more there are than a list may hold; absent where it is whole.
        rows_from: When the oldest row that the fact asks about held; absent where ``as_of`` is that of every row.
        rows_read: How many rows were read, where ``whole`` is another number; absent where nobody says.
    """

    fact: DottedName
    value: bool | int | str | None = None
    part: int | None = None
    whole: int | None = None
    as_of: Instant | None = None
    where: str = Field(default="", max_length=2000)
    gap: GapReason | None = None
    detail: str = Field(default="", max_length=4000)
    told: str = Field(default="", max_length=4000)
    subject: Subject | None = None
    attested: Attested | None = None
    open_items: OpenItems | None = None
    open_left_out: LeftOut | None = None
    rows_from: Instant | None = None
    rows_read: RowsRead | None = None

    @model_validator(mode="after")
    def _one_answer(self) -> Item:
        counted = self.part is not None or self.whole is not None
        if (self.value is not None) + counted + (self.gap is not None) != 1:
            raise ValueError("an answer is a value, or part and whole, or a gap: exactly one of them")
        if counted and (self.part is None or self.whole is None):
            raise ValueError("part and whole come together")
        if self.gap is None and self.as_of is None:
            raise ValueError("an answer needs as_of: when it held")
        if self.rows_from is not None and (self.as_of is None or self.rows_from >= self.as_of):
            raise ValueError("rows_from is earlier than as_of, which is that of the newest row")
        if self.open_items is None and self.open_left_out is not None:
            raise ValueError("what is left out is left out of a list of open items")
        if self.gap is not None and self.open_items is not None:
            raise ValueError("a gap names no open items")
        return self


class InputRead(Frozen):
    """One file that the host opened for a collector.

    Attributes:
        name: Name of the input in the binding: ``file``, ``plan``, ``reports``.
        path: Path relative to the program's folder.
        size: Bytes.
        sha256: Digest of the bytes that were read.
    """

    name: str
    path: str
    size: int = Field(ge=0)
    sha256: Sha256


class Beside(Frozen):
    """A file beside the one that is read that may be taken for it, and that nobody reads.

    Attributes:
        path: Its path; in words where it may hold somebody's name.
        than: The file that is read instead.
        by: What of the two names tells that it is newer; ``copy`` for one that holds the same bytes, ``conflict`` for
            one that is named like a copy and holds something else, ``name`` for any other of nearly the same name,
            ``headings`` for one of another name that has the headings which are read.
    """

    path: str
    than: str
    by: Literal["date", "version", "copy", "conflict", "name", "headings"]

    @property
    def words(self) -> str:
        """What it is beside the other one, as a verb."""
        if self.by == "copy":
            return "holds the same bytes"
        if self.by == "conflict":
            return "is named like a copy of it, holds something else"
        if self.by == "name":
            return "has nearly the same name"
        if self.by == "headings":
            return "has the same headings"
        return f"is newer by the {self.by} in its name"

    @property
    def what(self) -> str:
        """What it is, in two words at most."""
        if self.by in ("name", "headings"):
            return "Similar file"
        return "Newer file" if self.by in ("date", "version") else "Copy"


class LeftAside(Frozen):
    """A file that a binding would have met, or that stood against it, had the program not called it no evidence.

    Attributes:
        path: Its path; as ``not_evidence`` writes it where the source holds personal data.
        reason: Why it is not evidence, as the program says.
    """

    path: str
    reason: str


class Failure(Frozen):
    """Why a collector as a whole gave no answer."""

    reason: GapReason
    detail: OneLine


class Understated(Frozen):
    """An acceptance that grants a smaller share than the row of its item names; it counts with its own.

    Attributes:
        acceptance: Its id.
        item: The item.
        part: ``users``, ``volume`` or ``money``.
        share: What the row names.
        granted: What the acceptance says.
        file: The export.
    """

    acceptance: Identifier
    item: OpenKey
    part: OneLine
    share: DecimalText
    granted: DecimalText
    file: OneLine


class Reply(Frozen):
    """Everything that one binding's collector answered.

    Attributes:
        binding: Id of the binding.
        collector: ``plugin:collector``.
        distribution: ``name version`` of the package that provides it.
        level: Isolation level at which it ran: ``L0``, ``L1``, ``L2``.
        enforced: What of its isolation was enforced, by name (see ``gonogo.isolate.WALLS``); None where nobody said.
        unenforced: What of it was not.
        declared: Full names of the facts that it answers for; empty when it could not even be loaded.
        prefix: The binding's prefix: where nothing is declared, every fact below it is a gap.
        subject: What the binding says that the evidence is about.
        producer: Who makes the evidence, as the binding says.
        inputs: Files that were opened for it.
        items: Its answers; empty when it failed.
        failure: Why all its facts are gaps, when it failed.
        beside: Newer files and copies beside those that were read; absent where there are none.
        left_out: Files that ``not_evidence`` kept from it; absent where there are none.
        deposited: The bundle that it came in; absent where it was read here.
        understated: Acceptances for which its export names a larger share; absent where there are none.
    """

    binding: Identifier
    collector: str
    distribution: str = ""
    level: str
    enforced: tuple[str, ...] | None = None
    unenforced: tuple[str, ...] | None = None
    declared: tuple[DottedName, ...]
    prefix: str = ""
    subject: Subject = Subject()
    producer: str = ""
    inputs: tuple[InputRead, ...] = ()
    items: tuple[Item, ...] = ()
    failure: Failure | None = None
    beside: tuple[Beside, ...] | None = None
    left_out: tuple[LeftAside, ...] | None = None
    deposited: Deposited | None = None
    understated: tuple[Understated, ...] | None = None

    @cached_property
    def promised(self) -> frozenset[str]:
        """The facts that were declared, to look them up."""
        return frozenset(self.declared)

    @cached_property
    def answers(self) -> dict[str, list[Item]]:
        """The answers by fact."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.fact, []).append(item)
        return found
