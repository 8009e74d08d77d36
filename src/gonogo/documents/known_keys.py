"""The keys that a form knows at a place, and a key that is misspelt: told once, by the key that was meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from inspect import isclass
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, Tag
from pydantic_core import ErrorDetails

from gonogo.text import nearest


def keys_at(annotation: Any, loc: Sequence[str | int]) -> list[str]:
    """Return the keys that a document knows at a place."""
    if isclass(annotation) and issubclass(annotation, BaseModel):
        fields = {field.alias or name: field.annotation for name, field in annotation.model_fields.items()}
        if not loc:
            return list(fields)
        return keys_at(fields[str(loc[0])], loc[1:]) if loc[0] in fields else []
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return keys_at(arguments[0], loc)
    if origin in (list, tuple, dict):
        return keys_at(next(one for one in reversed(arguments) if one is not Ellipsis), loc[1:]) if loc else []
    tagged = [one for one in arguments if loc and Tag(str(loc[0])) in getattr(one, "__metadata__", ())]
    if tagged:
        return keys_at(tagged[0], loc[1:])
    return next((keys for one in arguments if (keys := keys_at(one, loc))), [])


def without_misspelt(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Return the mistakes without each missing key that stands there misspelt, since the unknown key says it.

    A reader who is told first that `require` is missing looks for it in vain: it is there, as `requre`.
    """
    beside: dict[tuple[str | int, ...], list[str]] = {}
    for detail in details:
        if detail["type"] == "extra_forbidden":
            beside.setdefault(detail["loc"][:-1], []).append(str(detail["loc"][-1]))
    return [
        detail
        for detail in details
        if detail["type"] != "missing" or not misspelt(str(detail["loc"][-1]), beside.get(detail["loc"][:-1], ()))
    ]


def misspelt(missing: str, unknown: Iterable[str]) -> bool:
    """Return whether one of the unknown keys is the missing one, misspelt."""
    return any(nearest(other, [missing]) for other in unknown)
