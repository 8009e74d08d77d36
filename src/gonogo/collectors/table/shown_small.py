"""A small table as it is looked at, without the database: the same answers to the same questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.collectors.table.shown import MOST_VALUES, SAMPLE, ColumnToCheck, Shown
from gonogo.collectors.table.small_table import SmallTable

_JOINTS: Final = re.compile(r"[\t _/:-]+")
_MARKED: Final = re.compile(r"[<&=({\[]|_x")
"""What markup, entities, formulas and remarks in brackets begin with."""
_ZEROS: Final = re.compile(r"(^|[^0-9.,])0+([0-9])", re.MULTILINE)
_REST: Final = re.compile(r"[^a-z0-9\x1f\n]")
_DIGITS: Final = str.maketrans("oil", "011")
_ASIDE: Final = ("#", "//", "--", "~~")


@dataclass(frozen=True, slots=True)
class ShownSmall(Shown):
    """A table that the database has not read."""

    small: SmallTable

    def values(self, seen: ColumnToCheck) -> list[tuple[str, int]]:
        """See above."""
        return sorted(Counter(text for text in self._texts(seen) if text is not None).items())[:MOST_VALUES]

    def first_difference(self, own: int, other: int) -> int | None:
        """See above."""
        mine, theirs = ([(text or "").strip(" ").lower() for text in self.small.watched[at]] for at in (own, other))
        return next((at for at, text in enumerate(theirs) if text not in ("", mine[at])), None)

    def column(self, seen: ColumnToCheck) -> list[str]:
        """See above."""
        texts = self.small.watched[seen.number] if seen.raw else self._texts(seen)
        return [text or "" for text in texts]

    def sample(self, columns: Sequence[ColumnToCheck]) -> list[set[str]]:
        """See above."""
        return [{text for text in self._texts(each)[:SAMPLE] if text is not None} for each in columns]

    def holding(self, columns: Sequence[ColumnToCheck], texts: Sequence[str]) -> list[bool]:
        """See above."""
        return [not set(texts).isdisjoint(self._texts(each)) for each in columns]

    def distinct(self, columns: Sequence[ColumnToCheck]) -> list[int]:
        """See above."""
        return [len(set(self._texts(each)) - {None}) for each in columns]

    def some(self, column: str, most: int) -> list[str]:
        """See above."""
        return [text for text in dict.fromkeys(self.small.columns[column]) if text is not None][:most]

    def may_be_aside(self, column: str) -> bool:
        """See above."""
        return any(text is not None and text.startswith(_ASIDE) for text in self.small.columns[column])

    def may_have_doubles(self, columns: Sequence[str]) -> bool:
        """See above."""
        keys = {"\x1f".join(parts) for parts in self.keys(columns)}
        if any(map(_MARKED.search, keys)):
            return True
        folded = _ZEROS.sub(r"\1\2", _JOINTS.sub("-", "\n".join(keys).lower()))
        folded = _REST.sub("", _ZEROS.sub(r"\1\2", folded.translate(_DIGITS)))
        return len(set(folded.split("\n"))) < len(keys)

    def keys(self, columns: Sequence[str]) -> list[tuple[str, ...]]:
        """See above."""
        return list(zip(*([text or "" for text in self.small.texts(name)] for name in columns), strict=True))

    def _texts(self, seen: ColumnToCheck) -> Sequence[str | None]:
        """Return the cells of a column without blanks around them."""
        if seen.name:
            return self.small.texts(seen.name)
        return [(text and text.strip(" ")) or None for text in self.small.watched[seen.number]]
