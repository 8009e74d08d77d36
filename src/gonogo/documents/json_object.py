"""One object of a JSON document: each value is of the type that the format says, or the document is refused.

A value of another type is never taken for an absent one: a reader that skips what it does not understand counts less
than the document holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from gonogo.documents.evidence_json import read_evidence
from gonogo.model.refusal import StructuralFault

_MAX_DIGITS: Final = 40


@dataclass(frozen=True, slots=True)
class JsonObject:
    """An object and where it is.

    Attributes:
        values: Its values by key. JSON's null is as absent.
        place: The file and the way to it: ``scan.sarif: runs[0].results[3]``.
    """

    values: Mapping[str, Any]
    place: str

    def has(self, key: str) -> bool:
        """Return whether the key is there and not null."""
        return self.values.get(key) is not None

    def only(self, keys: Set[str]) -> JsonObject:
        """Return this object, if it has no other keys than these."""
        unknown = self.values.keys() - keys
        if unknown:
            raise StructuralFault(f"{self.place} has the key {min(unknown)[:60]!r}, which the format does not know")
        return self

    def text(self, key: str, absent: str = "") -> str:
        """Return a text; ``absent`` where there is none."""
        value: str = self._typed(key, str, "text", absent)
        return value

    def truth(self, key: str, *, absent: bool) -> bool:
        """Return true or false."""
        value: bool = self._typed(key, bool, "true or false", absent)
        return value

    def whole(self, key: str, absent: int | None = None) -> int | None:
        """Return a whole number; ``absent`` where there is none."""
        number = self.decimal(key)
        if number is None:
            return absent
        if number != int(number):
            raise StructuralFault(f"{self.place}.{key} is not a whole number")
        return int(number)

    def decimal(self, key: str) -> Decimal | None:
        """Return a number without loss; None where there is none."""
        value: Decimal | None = self._typed(key, Decimal, "a number", None)
        return value

    def object(self, key: str) -> JsonObject | None:
        """Return an object; None where there is none."""
        value = self._typed(key, dict, "an object", None)
        return None if value is None else JsonObject(value, f"{self.place}.{key}")

    def items(self, key: str) -> list[Any] | None:
        """Return a list; None where there is none, which is not an empty one."""
        value: list[Any] | None = self._typed(key, list, "a list", None)
        return value

    def objects(self, key: str) -> Iterator[JsonObject]:
        """Yield the objects of a list; nothing where there is none."""
        for number, item in enumerate(self.items(key) or ()):
            place = f"{self.place}.{key}[{number}]"
            if not isinstance(item, dict):
                raise StructuralFault(f"{place} is not an object")
            yield JsonObject(item, place)

    def texts(self, key: str) -> list[str]:
        """Return the texts of a list; empty where there is none."""
        found = self.items(key) or []
        for number, item in enumerate(found):
            if not isinstance(item, str):
                raise StructuralFault(f"{self.place}.{key}[{number}] is not text")
        return found

    def _typed(self, key: str, kind: type, called: str, absent: Any) -> Any:
        value = self.values.get(key)
        if value is None:
            return absent
        if not isinstance(value, kind):
            raise StructuralFault(f"{self.place}.{key} is not {called}")
        return value


def read_object(data: bytes, place: str) -> JsonObject:
    """Return the object that a JSON document is; its numbers are decimals.

    Raises:
        StructuralFault: Not one strict JSON document, or no object.
    """

    def number(text: str) -> Decimal:
        try:
            found = Decimal(text)
        except InvalidOperation:  # an exponent beyond what a decimal holds
            found = Decimal("NaN")
        if not found.is_finite() or len(text) > _MAX_DIGITS or abs(found.adjusted()) > _MAX_DIGITS:
            raise StructuralFault(f"{place} contains the number {text[:20]}…, which has too many digits")
        return found

    document = read_evidence(data, place, number=number)
    if not isinstance(document, dict):
        raise StructuralFault(f"{place} is not a JSON object")
    return JsonObject(document, place)
