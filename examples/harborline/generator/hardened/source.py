"""A source: the rows that people keep, and the binding that reads them. One declaration makes both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

DATED = "exported_on"
"""The column that says when the rows of a table held; each export has it."""
DAY = r"\d{4}-\d{2}-\d{2}"
MOST_TABLES = 20
Row = Sequence[object]
Settings = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """One table of a source.

    Attributes:
        path: File below ``evidence/``; a source without rows of its own leaves the writing to others. ``@`` in it is
            the day that ``on`` says.
        columns: Name to kind: ``id``, ``text:A|B``, ``date?done``, ``percent:ratio`` …; a dash before it is not read.
        rows: Its rows, in the order of the columns.
        key: The columns that tell rows apart.
        more: Further settings of the table, such as ``records`` of a JSON document.
        held: How it is known when the rows held, where no column says it.
        document: What a JSON file holds, in place of rows.
        content: What any other file holds, in place of rows.
        on: The day in the file's name.
        adds: Columns that a binding reads beside those of its profile, as settings.
    """

    path: str
    columns: Mapping[str, str]
    rows: Sequence[Row] = ()
    key: Sequence[str] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    held: object = None
    document: object = None
    content: str | bytes | None = None
    on: str = ""
    adds: Mapping[str, Settings] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """Path of the file that is written."""
        return self.path.replace("@", self.on)

    @property
    def bound(self) -> str:
        """Path as the binding writes it, whatever the day."""
        return f"evidence/{self.path.replace('@', '*')}"

    @property
    def rule(self) -> object:
        """How the binding knows when the content held."""
        if self.on and self.held is None:
            before, after = self.path.rpartition("/")[2].split("@")
            return {"file_name": f"{re.escape(before)}({DAY}){re.escape(after)}"}
        return self.held or {"column": DATED}

    def with_document(self, document: object) -> Table:
        """Return the table with what its JSON file holds."""
        return replace(self, document=document)

    @property
    def read(self) -> dict[str, Settings]:
        """The columns that are read, as settings."""
        return {name: column(kind) for name, kind in self.columns.items() if not kind.startswith("-")}

    @property
    def settings(self) -> Settings:
        """What the collector is told of the table."""
        left = [kind[1:] or name for name, kind in self.columns.items() if kind.startswith("-")]
        columns = self.read
        if self.held is None and not self.on:
            columns[DATED] = {"type": "date"}
        found: Settings = {"columns": columns}
        if left:
            found["ignore"] = left
        if self.key:
            found["unique"] = list(self.key)
        if self.rows:
            found["control"] = {"rows": len(self.rows)}
        return found | dict(self.more)


def column(kind: str) -> Settings:
    """Return a column's settings from its short form: ``date?done`` is optional and gives the boolean ``done``."""
    kind, _, header = kind.partition("@")
    kind, _, given = kind.partition("?")
    kind, _, words = kind.partition(":")
    found: Settings = {"header": header} if header else {}
    found["type"] = kind
    if kind == "percent":
        found["written"] = words
    elif kind == "text" and words:
        found["allowed"] = words.split("|")
    elif kind == "text":
        found["allowed"] = "any"
    elif kind in ("decimal", "date", "instant") and words:
        found |= (
            {"planned": True} if words == "planned" else {"zone": words} if kind == "instant" else {"scale": int(words)}
        )
    if given:
        found |= {"optional": True} | ({} if given == "blank" else {"given": given})
    return found


@dataclass(frozen=True)
class Source:
    """One or more tables and the facts made of them.

    Attributes:
        id: Of the binding.
        side: Whose evidence it is.
        producer: Who makes it.
        tables: By name.
        facts: Full name of a fact to its measure.
        subject: What it is about, if it does not say so itself.
        personal: Whether it is about people.
        also: Further keys of the binding.
        collector: What reads it; a table unless said.
        settings: Of another collector, which knows the facts itself.
        prefix: What the facts of another collector are called.
        profile: Export profile that knows them, with its prefix: ``oversight-register@1 as oversight``.
    """

    id: str
    side: str
    producer: str
    tables: Mapping[str, Table]
    facts: Mapping[str, Settings]
    subject: Mapping[str, str] | None = None
    personal: bool = False
    also: Mapping[str, Any] = field(default_factory=dict)
    collector: str = "table"
    settings: Mapping[str, Any] = field(default_factory=dict)
    prefix: str = ""
    profile: str = ""

    @property
    def named(self) -> dict[str, Settings]:
        """Its facts, each with the table that it is made of."""
        only = next(iter(self.tables))
        return {
            name: said if "table" in said or "inputs" in said else {"table": only} | said
            for name, said in self.facts.items()
        }


def grouped(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """Yield what one binding reads: the sources of one office, of one subject, and at most so many tables."""
    offices: dict[tuple[object, ...], list[Source]] = {}
    for source in sources:
        office = (source.side, source.producer, source.personal, *(source.subject or {}).items(), *source.also)
        own = source.id if source.profile or source.collector != "table" else ""
        office = (source.collector, own, *office)
        offices.setdefault(office, []).append(source)
    for mine in offices.values():
        group: list[Source] = []
        for source in mine:
            if sum(len(each.tables) for each in (*group, source)) > MOST_TABLES:
                yield group
                group = []
            group.append(source)
        yield group


def bindings(sources: Iterable[Source]) -> list[Settings]:
    """Return a binding for each group, named after its office, or after its first source if the office has several."""
    found: dict[str, Settings] = {}
    for group in grouped(sources):
        first = group[0]
        office = first.producer.lower().replace(" ", "-")
        name = office if office not in found and not first.profile and first.collector == "table" else first.id
        found[name] = {"id": name} | _binding(group)
    return list(found.values())


def _binding(group: list[Source]) -> Settings:
    first = group[0]
    if first.collector != "table" or first.profile:
        return _other(first)
    tables = {name: table for source in group for name, table in source.tables.items()}
    assert len(tables) == sum(len(source.tables) for source in group), f"two tables of one name: {first.id}"
    paths = {name: table.bound for name, table in tables.items()}
    rules = {name: table.rule for name, table in tables.items()}
    found: Settings = {"collector": "table", "path": paths, "as_of": rules}
    found |= {"side": first.side, "producer": first.producer}
    if first.subject:
        found["subject"] = dict(first.subject)
    if first.personal:
        found["handling"] = "PII"
    found |= first.also
    settings = {name: {"input": name} | table.settings for name, table in tables.items()}
    facts = {name: said for source in group for name, said in source.named.items()}
    found["settings"] = {"tables": settings, "facts": facts}
    return found


def _other(source: Source) -> Settings:
    """Return the binding of a source that a collector of its own reads, or a profile."""
    profile, _, prefix = source.profile.partition(" as ")
    prefix = prefix or source.prefix
    found: Settings = {"collector": source.collector} | ({"profile": profile} if profile else {})
    found |= {"as": prefix} if prefix else {}
    paths = {name: table.bound for name, table in source.tables.items()}
    rules = {name: table.rule for name, table in source.tables.items()}
    only = next(iter(paths)) if len(paths) == 1 else ""
    found |= {"path": paths[only] if only else paths}
    same = all(rule == next(iter(rules.values())) for rule in rules.values())
    found |= {"as_of": next(iter(rules.values())) if same else rules}
    found |= {"side": source.side, "producer": source.producer}
    if source.subject:
        found["subject"] = dict(source.subject)
    if source.personal:
        found["handling"] = "PII"
    found |= source.also
    if not profile:
        return found | ({"settings": dict(source.settings)} if source.settings else {})
    first, *more = source.tables
    several = {"input": first} if more else {}
    tables = {first: several | _beside_profile(source.tables[first])}
    tables |= {name: {"input": name} | source.tables[name].settings for name in more}
    own: Settings = {"tables": {name: said for name, said in tables.items() if said}}
    if source.facts:
        own["facts"] = {name.removeprefix(f"{prefix}."): said for name, said in source.named.items()}
    return found | {"settings": own | dict(source.settings)}


def _beside_profile(table: Table) -> Settings:
    """Return what a binding adds to a profile's own settings of a table."""
    columns: Settings = dict(table.adds)
    if table.held is None and not table.on:
        columns[DATED] = {"type": "date"}
    found: Settings = {"columns": columns} if columns else {}
    if table.rows:
        found["control"] = {"rows": len(table.rows)}
    return found | dict(table.more)


def register(
    office: tuple[str, str],
    path: str,
    table: str,
    headings: str,
    rows: Sequence[Row],
    profile: str,
    *,
    owned: bool = False,
    personal: bool = False,
    answers: Mapping[str, Sequence[str]] | None = None,
) -> Source:
    """Return a register that an export profile reads.

    Args:
        office: Side and producer.
        path: File below ``evidence/``.
        table: What the profile calls its table.
        headings: Between commas.
        rows: Its rows, each with the day of the export at its end.
        profile: The profile and the prefix.
        owned: Whether it names owners, which are offices here.
        personal: Whether it is about people.
        answers: What the profile asks a person.
    """
    columns = exported(headings.split(","))
    marked = {"handling": {"marking": "internal", "reason": "the owners are offices"}} if owned else {}
    name = profile.partition("@")[0]
    also = marked | ({"answers": dict(answers)} if answers else {})
    return Source(name, *office, {table: Table(path, columns, rows)}, {}, personal=personal, also=also, profile=profile)


def exported(headings: Sequence[str]) -> dict[str, str]:
    """Return the columns of a file whose headings a profile or a collector knows."""
    return {heading: f"text@{heading}" for heading in headings}


def yes(when: bool) -> str:
    """Return the word of a column of yes and no."""
    return "Yes" if when else "No"


def share(where: str, among: str | None = None, *, table: str | None = None, **more: Any) -> Settings:
    """Return the measure of a share."""
    said = {"where": where} | ({"among": among} if among else {}) | more
    return _of(table) | {"share": said}


def count(where: str | None = None, *, unit: str, table: str | None = None, **more: Any) -> Settings:
    """Return the measure of a count."""
    return _of(table) | {"count": ({"where": where} if where else {}) | more, "unit": unit}


def whether(where: str, among: str | None = None, *, how: str = "any", table: str | None = None) -> Settings:
    """Return the measure of a yes or no."""
    return _of(table) | {how: {"where": where} | ({"among": among} if among else {})}


def value(
    of: str, where: str | None = None, *, how: str = "only", unit: str = "", table: str | None = None
) -> Settings:
    """Return the measure of a value that rows hold."""
    found = _of(table) | {how: {"of": of} | ({"where": where} if where else {})}
    return found | ({"unit": unit} if unit else {})


def query(sql: str, *inputs: str, type: str, unit: str = "") -> Settings:  # noqa: A002 - as the setting is called
    """Return a measure by one SELECT."""
    return {"type": type} | ({"unit": unit} if unit else {}) | {"inputs": list(inputs), "sql": sql}


def _of(table: str | None) -> Settings:
    return {"table": table} if table else {}
