"""Which rows of a RAID log belong to the release that is assessed.

Two ways of saying it. ``other_releases`` lists names whose rows are left out, whichever release is assessed, and every
other row counts. ``release_names`` says for each release of the program by which names its rows go; then the filter
follows the release, and a name that nobody gave is a problem of its row: an item of an unknown release never vanishes.
A blank cell means the whole program in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.collectors.program.raid.scales import words
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal

_SEVERAL: Final = re.compile(r"[,;\n]")


@dataclass(frozen=True, slots=True)
class ReleaseFilter:
    """Names in the column *Program or Release*, in lower case.

    Attributes:
        others: Whose rows are left out.
        known: Whose rows count; None where every name counts that is not left out.
    """

    others: frozenset[str] = frozenset()
    known: frozenset[str] | None = None

    def counts(self, cell: object) -> bool | None:
        """Whether a row counts; None where its cell holds a name that nobody gave. Of several names one is enough."""
        name = words(cell)
        if not name or self.known is None:
            return name not in self.others
        parts = [name] if name in self.known | self.others else [words(part) for part in _SEVERAL.split(str(cell))]
        named = [part for part in parts if part]
        if not named or not self.known | self.others >= set(named):
            return None
        return any(part in self.known for part in named)


def filter_of(
    release: str, *, names: Mapping[str, Sequence[str]], program: Iterable[str], others: Iterable[str]
) -> ReleaseFilter:
    """Return the filter of the release that is assessed.

    Args:
        release: Its id.
        names: Release id to the names of its rows; empty for none given.
        program: Names that mean the whole program.
        others: Names whose rows are always left out.

    Raises:
        CollectorRefusal: Names are given, but none for this release.
    """
    left_out = _words(others)
    if not names:
        return ReleaseFilter(left_out)
    if release not in names:
        raise CollectorRefusal(
            f"release_names does not say by which names the rows of the release {release} go", GapReason.WRONG_SUBJECT
        )
    strangers = (_words(given) for other, given in names.items() if other != release)
    return ReleaseFilter(left_out.union(*strangers), _words(names[release]) | _words(program))


def name_mistakes(
    names: Mapping[str, Sequence[str]], program: Sequence[str], others: Sequence[str]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield what contradicts itself: a blank name, or one that is given twice. Pairs of place and sentence."""
    if program and not names:
        yield ("program_names",), "program_names has a meaning only together with release_names"
    seen: dict[str, str] = {}
    groups: list[tuple[tuple[str | int, ...], Sequence[str]]] = [
        (("release_names", release), given) for release, given in names.items()
    ]
    for place, given in [*groups, (("program_names",), program), (("other_releases",), others)]:
        if place[0] == "release_names" and not given:
            yield place, "name at least one value of the column Program or Release"
        for index, text in enumerate(given):
            name = words(text)
            if not name:
                yield (*place, index), "a blank name is not a name: rows without one count for every release"
            elif name in seen:
                yield (*place, index), f"{text[:60]!r} is given already, at {seen[name]}"
            seen.setdefault(name, ".".join(map(str, place)))


def names_in(cell: str) -> Iterator[str]:
    """Yield the names in a cell, which may hold several, in lower case."""
    yield from filter(None, map(words, _SEVERAL.split(cell)))


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(words(name) for name in names)
