"""Whether a filter, as a tool writes it, narrows a list: a query, a set of conditions, a number of what was left out.

A query that names a project and an order alone says which list it is. Any other condition leaves something out, and
nobody knows what. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

_NONE: Final = re.compile(
    r"(?i)(?:none|no filters?(?: applied)?|nothing|all|any|keine?|alle|aucune?|tous|ninguno|todos|nenhum|nessuno|geen"
    r"|n/?a|false|null|0+|[-*%])?\.?"
)
_NAME: Final = r"""(?:"[^"]*"|'[^']*'|@?[\w.-]+)"""
_PROJECT: Final = (
    r"(?:project ?(?:key|name|id)?|team ?project|\[?system\.teamproject\]?|workspace|repo(?:sitory)?|space)"
    rf"\s*(?:=|:|==|\bis\b|\beq\b|\bin\b)\s*(?:{_NAME}|[(\[]\s*{_NAME}(?:\s*,\s*{_NAME})*\s*[)\]])"
)
_ORDER: Final = r"order\s*by\b[\w\s\[\].,\"'-]*"
_SCOPE: Final = re.compile(
    rf"(?i)\s*(?:select\b[\w\s\[\].,\"'*-]*?\bfrom\s+{_NAME}\s*)?(?:where\s+)?(?:{_PROJECT})?\s*(?:{_ORDER})?\s*;?\s*"
)
_NO_CONDITION: Final = frozenset(
    {"project", "projects", "projectkey", "projectid", "projectname", "teamproject", "repository", "repo", "workspace"}
    | {"orderby", "order", "sort", "sortby", "direction", "fields", "field", "select", "expand", "columns", "include"}
    | {"limit", "maxresults", "pagesize", "perpage", "page", "pages", "startat", "offset", "skip", "top", "size"}
    | {"name", "id", "format", "timezone", "locale", "language", "version"}
)
"""Keys of a query that say which list, in which order and how much of a page; a name says nothing beside conditions."""


def plain_key(key: str) -> str:
    """Return a key by its letters alone, in lower case: ``appliedFilters`` and ``applied_filters`` are one."""
    return re.sub(r"[^a-z]", "", key.lower())


def says_none(text: str) -> bool:
    """Return whether the text of a filter says that there is none."""
    return _NONE.fullmatch(" ".join(text.split())) is not None


def narrows(value: Any) -> bool:
    """Return whether what stands under the name of a filter leaves anything out.

    Args:
        value: A text, a mark, a number, or conditions as an object or a list.
    """
    if isinstance(value, bool) or value is None:
        return value is True
    if isinstance(value, Mapping):
        inner = {plain_key(key): each for key, each in value.items()}
        asked = [each for key, each in inner.items() if key not in _NO_CONDITION]
        return any(map(narrows, asked)) or (not asked and bool({"id", "name"} & inner.keys()) and _is_named(inner))
    if isinstance(value, list):
        return any(map(narrows, value))
    text = str(value)
    return not says_none(text) and _SCOPE.fullmatch(text) is None


def _is_named(inner: Mapping[str, Any]) -> bool:
    """Return whether a filter is told by its id and its name alone, and the name is not that of all there is."""
    name = inner.get("name", inner.get("id"))
    return not isinstance(name, str) or not says_none(name)
