"""Kinds of files that collectors declare: asked of the installed plugins, and compared with the head of a file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from gonogo.documents.patterns import compiled
from gonogo.errors import IsolationFault
from gonogo.first_week.prose import plain
from gonogo.plugin.discovery import PluginEntry, discover
from gonogo.plugin.offers import Offer, introduce
from gonogo.plugin.recognizes import Recognizes


@dataclass(frozen=True, slots=True)
class Use:
    """What can be done with a file of a kind.

    Attributes:
        collector: Plugin, or ``plugin:collector``, that reads it; empty where none does.
        binding: Id that a binding of it gets.
        prefix: ``as`` of the binding, where the kind says so.
        advice: What a person does with it, in one sentence.
    """

    collector: str = ""
    binding: str = ""
    prefix: str = ""
    advice: str = ""


@dataclass(frozen=True, eq=False)
class DeclaredKind:
    """A kind of file that a collector declares.

    Attributes:
        file: What it declares.
        entry: Its plugin.
        collector: Its name in the plugin.
        use: What can be done with a file of the kind.
        starts: Whether the collector can tell from a file how the settings start.
        told: Whether only a person says that a file is of it, so that nobody knows which of the collector's it is.
    """

    file: Recognizes
    entry: PluginEntry
    collector: str
    use: Use
    starts: bool = False
    told: bool = False

    def __str__(self) -> str:
        return "A file of a kind that is not known" if self.told else self.file.what

    @property
    def place(self) -> tuple[int, int]:
        """Where its bindings stand among those that are proposed."""
        return (self.file.place, 0)

    def detail(self, text: str) -> str:
        """Return what the head of a file says, by the names of the pattern's groups: ``version 19.12``."""
        found = self._detail.search(text) if self.file.detail else None
        named = found.groupdict() if found else {}
        return ", ".join(f"{name} {plain(value)}" for name, value in named.items() if value)

    def states(self, text: str) -> tuple[str, ...]:
        """Return the facts that the head of a file states."""
        return tuple(dict.fromkeys(self._states.findall(text))) if self.file.states else ()

    def has_line(self, text: str) -> bool:
        """Whether the text is of this kind by its line."""
        return bool(self.file.line and self._line.search(text))

    def check(self) -> None:
        """Compile every pattern.

        Raises:
            ValueError: RE2 does not read one, or the one for stated facts has not one group.
        """
        _ = (self._detail, self._line)
        if self.file.states and self._states.groups != 1:
            raise ValueError("the pattern of stated facts needs exactly one group")

    @cached_property
    def _detail(self) -> Any:
        return compiled(self.file.detail)

    @cached_property
    def _states(self) -> Any:
        return compiled(self.file.states)

    @cached_property
    def _line(self) -> Any:
        return compiled(self.file.line)


@dataclass(frozen=True, slots=True)
class Declared:
    """What the installed collectors declare.

    Attributes:
        kinds: Kinds of files, in the order in which they are tried.
        unasked: A sentence for each plugin of which nobody knows what it recognizes.
    """

    kinds: tuple[DeclaredKind, ...] = ()
    unasked: tuple[str, ...] = ()

    def by_start(self, data: bytes) -> DeclaredKind | None:
        """Return the kind of a text by its first bytes."""
        return self._first(lambda file: bool(file.starts) and data.startswith(file.starts.encode()))

    def by_root(self, space: str, tag: str) -> DeclaredKind | None:
        """Return the kind of an XML document by its root element."""
        return self._first(lambda file: tag in file.xml_root or f"{{{space}}}{tag}" in file.xml_root)

    def by_keys(self, keys: Collection[str]) -> DeclaredKind | None:
        """Return the kind of a JSON document by the keys of its outermost object."""
        return self._first(lambda file: bool(file.json_keys) and set(file.json_keys) <= set(keys))

    def by_line(self, text: str) -> DeclaredKind | None:
        """Return the kind of a text by a line of it."""
        return next((kind for kind in self.kinds if kind.has_line(text)), None)

    def by_headings(self, header: Sequence[str]) -> DeclaredKind | None:
        """Return the kind of a CSV table by its first row."""
        cells = {cell.strip() for cell in header}
        return self._first(lambda file: bool(file.headings) and set(file.headings) <= cells)

    def by_sheets(self, sheets: Collection[str]) -> DeclaredKind | None:
        """Return the kind of a workbook by its sheets."""
        return self._first(lambda file: bool(file.sheets) and set(file.sheets) <= set(sheets))

    def by_ole(self, name: str) -> DeclaredKind | None:
        """Return the kind of an old office file by the ending of its name."""
        return self._first(lambda file: name.lower().endswith(file.ole_endings) and bool(file.ole_endings))

    def by_table_row(self, cells: Collection[str]) -> DeclaredKind | None:
        """Return the kind of a presentation or a text by a row of one of its tables, in lower case."""
        return self._first(
            lambda file: (
                bool(file.table_row)
                and all(any(cell.startswith(start.casefold()) for cell in cells) for start in file.table_row)
            )
        )

    def _first(self, fits: Callable[[Recognizes], bool]) -> DeclaredKind | None:
        return next((kind for kind in self.kinds if fits(kind.file)), None)


_ASKED: Final[dict[tuple[PluginEntry, ...], Declared]] = {}
"""What plugins answered in this process. One that did not answer is asked again."""


def declared_kinds() -> Declared:
    """Ask every installed plugin what its collectors recognize, once a process: gonogo's own first, before others.

    No program has allowed anybody's code yet, so that a third party's is asked only behind every wall.

    Raises:
        PluginError: Two installed plugins share a name.
    """
    entries = tuple(discover().values())
    if entries not in _ASKED:
        found = _declared_by(entries)
        if found.unasked:
            return found
        _ASKED[entries] = found
    return _ASKED[entries]


def _declared_by(entries: Sequence[PluginEntry]) -> Declared:
    offers = introduce([entry for entry in entries if entry.builtin])
    others = [entry for entry in entries if not entry.builtin]
    try:
        offers += introduce(others, only_walled=True)
    except IsolationFault:
        offers += [Offer(entry, asked=False) for entry in others]
    found: list[DeclaredKind] = []
    unasked: list[str] = []
    for offer in offers:
        try:
            kinds = list(_kinds(offer))
            for kind in kinds:
                kind.check()
            found += kinds
        except ValueError as error:
            unasked.append(f"{offer.entry.name}: what it recognizes cannot be used: {error}")
        if offer.refused:
            unasked.append(f"{offer.entry.name}: {offer.refused}")
        elif not offer.asked:
            unasked.append(
                f"{offer.entry.name}: it is not asked what it recognizes, because it cannot be walled in here"
            )
    return Declared(tuple(found), tuple(unasked))


def _kinds(offer: Offer) -> list[DeclaredKind]:
    name = offer.entry.name
    return [
        DeclaredKind(
            file,
            offer.entry,
            each.name,
            Use(name if len(offer.collectors) == 1 else f"{name}:{each.name}", file.binding or each.name, file.prefix),
            each.starts,
        )
        for each in offer.collectors
        for file in each.recognizes
    ]
