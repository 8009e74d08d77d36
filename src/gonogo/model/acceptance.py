"""Acceptances: one open item of a register, taken over by who bears the consequence, with a tried workaround."""

from __future__ import annotations

from datetime import date

from gonogo.model.base import DecimalText, Frozen, Identifier, Instant
from gonogo.model.open_items import OpenKey


class Acceptance(Frozen):
    """One person's acceptance of one open item. What is left out makes it incomplete, so that it does not count.

    Attributes:
        id: Identifier.
        register_id: The register that names the item; ``register`` in the file.
        item: Key of the item, as the register names it; a stand-in where the source holds personal data.
        person: Person id of who accepts.
        role: The seat in which they accept: one that the register names.
        on: Local date of the acceptance.
        until: Last local date; not before go-live.
        build: Build that it is for, where the register's fact is bound to a build.
        workaround: What is done instead.
        tried_on: Local date on which the workaround was carried out.
        tried_by: Who carried it out.
        users: Share of the program's users that the item touches; 0.04 for ``4%``.
        volume: Share of its volume.
        money: Share of its money.
        touches: A function or group that several items touch together: it counts once, at the largest.
        release: Release that it is for; needed where the program has several.
        unreadable: Which of its cells cannot be read; absent where all can. It never counts.
    """

    id: Identifier
    register_id: Identifier
    item: OpenKey
    person: str = ""
    role: str = ""
    on: date | None = None
    until: date | None = None
    build: str = ""
    workaround: str = ""
    tried_on: date | None = None
    tried_by: str = ""
    users: DecimalText | None = None
    volume: DecimalText | None = None
    money: DecimalText | None = None
    touches: str = ""
    release: Identifier | None = None
    unreadable: str | None = None


class AcceptanceReview(Frozen):
    """What became of one acceptance: an event of its own.

    Attributes:
        id: Identifier.
        register_id: The register.
        item: The item, as a report may show it.
        counted: Whether it answers its item.
        why: One sentence: until when it counts, or why it does not.
        ends: When it stops counting; None where it does not count.
    """

    id: Identifier
    register_id: Identifier
    item: OpenKey
    counted: bool
    why: str
    ends: Instant | None = None
