"""An array of pages, as an interface answers and a person saves them: one list of records under one key of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

_AROUND: Final = frozenset(
    {
        "startat",
        "maxresults",
        "total",
        "islast",
        "nextpagetoken",
        "expand",
        "count",
        "next",
        "names",
        "schema",
        "self",
        "offset",
        "limit",
        "size",
        "page",
        "page_size",
        "pagesize",
        "_links",
        "links",
        "odata.metadata",
        "odata.nextlink",
        "@odata.context",
        "@odata.nextlink",
    }
)
"""Keys that stand beside the records of a page. A record that holds lists, such as labels, has others."""


def pages_of(document: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the key under which every object of an array holds a list of records, with all of these records."""
    if not isinstance(document, list) or not document or not all(isinstance(page, dict) for page in document):
        return
    for key in document[0]:
        if "." not in key and all(_is_page(page, key) for page in document):
            yield key, [record for page in document for record in page[key]]


def _is_page(page: dict[str, Any], key: str) -> bool:
    records = page.get(key)
    return (
        isinstance(records, list)
        and all(isinstance(record, dict) for record in records)
        and all(other == key or other.casefold() in _AROUND for other in page)
    )
