"""What pydantic finds wrong with a value, in plain words, with what to write instead.

Its own sentences (*Input should be a valid integer, unable to parse string as an integer*) are for programmers. Each
kind of error has its words here; one of a later pydantic that has none is told as a value that is not allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from pydantic_core import ErrorDetails

_WHOLE: Final = ("a whole number is expected here", "write digits alone, such as `5`")
_NUMBER: Final = ("a number is expected here", "write digits, such as `5` or `0.25`")
_TEXT: Final = ("a text is expected here", "write words; a text that looks like a number or a day stands in quotes")
_YES_NO: Final = ("yes or no is expected here", "write `true` or `false`")
_LIST: Final = ("a list is expected here", "write `[x]`, or one `- x` on each line")
_MAPPING: Final = ("a mapping is expected here", "write `key: value` lines, or `{key: value}`")
_DAY: Final = ("a day is expected here", "write it as 2027-04-15")
_MOMENT: Final = ("a day with a time is expected here", "write it as 2027-04-15T16:00-04:00")
_LENGTH: Final = ("a length of time is expected here", "write it as `P7D` for seven days, or `PT4H` for four hours")
_NOT_ALLOWED: Final = ("this value is not allowed here", "")

_EXPECTED: Final = " is expected here"

_BEGINNINGS: Final = {
    "int": _WHOLE,
    "float": _NUMBER,
    "decimal": _NUMBER,
    "finite": _NUMBER,
    "bool": _YES_NO,
    "string": _TEXT,
    "bytes": _TEXT,
    "list": _LIST,
    "tuple": _LIST,
    "set": _LIST,
    "frozen": _LIST,
    "iterable": _LIST,
    "dict": _MAPPING,
    "mapping": _MAPPING,
    "model": _MAPPING,
    "dataclass": _MAPPING,
    "date": _DAY,
    "datetime": _MOMENT,
    "time": _MOMENT,
    "timezone": _MOMENT,
    "timedelta": _LENGTH,
}
"""Beginning of the name of an error to its words: ``int_parsing`` and ``int_type`` are one mistake for a person."""


def plain_mistake(error: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong with a value, and what to write; the latter is empty where the first says it.

    Args:
        error: Of pydantic, with its context; what a validator of gonogo says is kept as it is.
    """
    kind, context = error["type"], error.get("ctx", {})
    if kind in ("value_error", "assertion_error"):
        return error["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, "), ""
    if kind in _SPECIAL:
        return _SPECIAL[kind](context)
    return _BEGINNINGS.get(kind.partition("_")[0], _NOT_ALLOWED)


def told_mistakes(details: Sequence[ErrorDetails], given: Any) -> list[tuple[tuple[str | int, ...], str]]:
    """Return what is wrong with a document, each with its place in the document and with what to write.

    Where a value may have one of several forms, pydantic tells of each form why it is not that one, at places that are
    in no document. Here the value is told once: by the form that it comes nearest to, or by all of them.

    Args:
        details: Mistakes of pydantic.
        given: The document, of mappings and lists.
    """
    found: dict[tuple[str | int, ...], list[tuple[tuple[str | int, ...], ErrorDetails]]] = {}
    for detail in details:
        loc, forked = _real(detail, given)
        found.setdefault(loc[:forked], []).append((loc, detail))
    told = []
    for place, mistakes in found.items():
        deeper = [(loc, [detail]) for loc, detail in mistakes if len(loc) > len(place)]
        told += deeper or [(place, [detail for _, detail in mistakes])]
    return [(loc, _together(each)) for loc, each in told]


def _real(detail: ErrorDetails, given: Any) -> tuple[tuple[str | int, ...], int]:
    """Return the steps that are in the document, and after how many of them a value has one of several forms."""
    steps, forked, at = list[str | int](), len(detail["loc"]), given
    for number, step in enumerate(detail["loc"], 1):
        if step in at if isinstance(at, Mapping) else isinstance(at, list) and step in range(len(at)):
            at = at[step]
        elif detail["type"] != "missing" or number < len(detail["loc"]):
            forked = min(forked, len(steps))
            continue
        steps.append(step)
    return tuple(steps), min(forked, len(steps))


def _together(details: Sequence[ErrorDetails]) -> str:
    """Return one sentence on a value: what is expected, by every form that it may have, and what to write."""
    mistakes = list(dict.fromkeys(map(plain_mistake, details)))
    expected = [what.removesuffix(_EXPECTED) for what, _ in mistakes if what.endswith(_EXPECTED)]
    other = [what for what, _ in mistakes if not what.endswith(_EXPECTED)]
    if len(mistakes) > 1 and expected:
        return "; or ".join([f"{' or '.join(expected)}{_EXPECTED}", *other])
    return "; or ".join("; ".join(filter(None, each)) for each in mistakes)


def _items(context: Mapping[str, Any], key: str) -> str:
    number = context.get(key, 1)
    return f"{number} {'entry' if number == 1 else 'entries'}"


def _too_short(context: Mapping[str, Any]) -> tuple[str, str]:
    if not context.get("actual_length"):
        return "it is empty", ""
    return f"it has {_items(context, 'actual_length')}", f"write at least {_items(context, 'min_length')}"


def _too_long(context: Mapping[str, Any]) -> tuple[str, str]:
    actual = f" and has {context['actual_length']}" if context.get("actual_length") else ""
    return f"it may have {_items(context, 'max_length')} at most{actual}", ""


def _choice(context: Mapping[str, Any]) -> tuple[str, str]:
    offered = str(context.get("expected", "")).replace("'", "`")
    return f"{offered}{_EXPECTED}", ""


def _form(context: Mapping[str, Any]) -> str:
    """Return how to write a name, where the form is one of names."""
    pattern = str(context.get("pattern", ""))
    if pattern.endswith(r"(\.[a-z][a-z0-9_]*)+$"):
        return "write names with points between them, such as `training.completed_ratio`"
    names = pattern.startswith("^[a-z][a-z0-9_")
    return "begin with a small letter; then small letters, digits and `_`" if names else ""


_SPECIAL: Final[Mapping[str, Callable[[Mapping[str, Any]], tuple[str, str]]]] = {
    "missing": lambda _: ("it is missing", ""),
    "extra_forbidden": lambda _: ("it is not known here", ""),
    "too_short": _too_short,
    "too_long": _too_long,
    "set_item_not_hashable": lambda _: ("an entry of the list is no word or number", ""),
    "literal_error": _choice,
    "enum": _choice,
    "union_tag_invalid": lambda found: _choice({"expected": found.get("expected_tags", "")}),
    "union_tag_not_found": lambda _: ("nothing says of which kind it is", ""),
    "greater_than": lambda found: (f"the number is too small: it must be more than {found.get('gt')}", ""),
    "greater_than_equal": lambda found: (f"the number is too small: it must be at least {found.get('ge')}", ""),
    "less_than": lambda found: (f"the number is too large: it must be less than {found.get('lt')}", ""),
    "less_than_equal": lambda found: (f"the number is too large: it must be at most {found.get('le')}", ""),
    "multiple_of": lambda found: (f"the number must be a multiple of {found.get('multiple_of')}", ""),
    "string_too_short": lambda found: (
        ("the text is empty", "")
        if found.get("min_length") == 1
        else (f"the text is too short: it has at least {found.get('min_length')} characters", "")
    ),
    "string_too_long": lambda found: (f"the text is too long: it has at most {found.get('max_length')} characters", ""),
    "string_pattern_mismatch": lambda found: ("the text has another form than it must have here", _form(found)),
    "decimal_max_digits": lambda found: (f"the number has more than {found.get('max_digits')} digits", ""),
    "decimal_max_places": lambda found: (f"the number has more than {found.get('decimal_places')} decimals", ""),
    "int_parsing_size": lambda _: ("the number is too large", ""),
    "date_past": lambda _: ("the day must be in the past", ""),
    "date_future": lambda _: ("the day must be in the future", ""),
    "datetime_past": lambda _: ("the moment must be in the past", ""),
    "datetime_future": lambda _: ("the moment must be in the future", ""),
    "is_instance_of": lambda found: _NUMBER if found.get("class") == "Decimal" else _NOT_ALLOWED,
    "timezone_aware": lambda _: ("the moment has no time zone", "write it as 2027-04-15T16:00-04:00"),
    "none_required": lambda _: ("nothing may stand here", "delete it"),
}
"""Errors whose words need more than their kind."""
