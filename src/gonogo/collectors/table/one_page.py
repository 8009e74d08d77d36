"""One page of several: what an interface answers in parts, saved once, lacks the rows of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

PAGES: Final = "[]."
"""Begins the path of records in each page of a document that is an array of pages."""
_NEXT: Final = frozenset(
    {"next", "nextpage", "nextlink", "odatanextlink", "nextpagetoken", "nextcursor", "nexturl", "nextpageurl"}
    | {"nextpagenumber", "nextstart", "nextoffset", "nextrecordsurl", "remaining", "truncatedat", "cutat", "limitedto"}
)
_PREVIOUS: Final = frozenset({"prev", "previous", "prevpage", "previouspage", "prevlink", "previouslink", "prevurl"})
_MORE: Final = frozenset(
    {"hasmore", "hasnext", "hasnextpage", "hasmoreresults", "hasmoreitems", "morerecords", "moreresults"}
    | {"truncated", "istruncated", "partial", "ispartial", "limited", "limitreached", "hasmorepages", "moreavailable"}
    | {"more"}
)
_LAST: Final = frozenset({"islast", "islastpage", "lastpage"})
_WHOLE: Final = frozenset({"last", "complete", "iscomplete", "done"})
"""Keys of a word on it; a number under them counts something."""
_COUNTS: Final = frozenset(
    {"total", "totalcount", "totalresults", "totalrecords", "totalsize", "totalelements", "totalitems", "totalhits"}
    | {"odatacount", "recordcount", "numfound", "totalfound"}
)
"""Keys of how many records there are in all, wherever they stand beside the records."""
_COUNTS_OUTSIDE: Final = frozenset({"found", "matched", "available", "hits"})
"""Such keys of the document itself; in an object beside the records they may count other things."""
_PAGES: Final = frozenset({"totalpages", "pagecount", "pagestotal", "numpages", "numberofpages", "lastpage", "pages"})
"""Keys of how many pages there are."""
_OF_PAGES: Final = re.compile(r"(?i)(?:page )?[0-9]{1,9} ?(?:of|/|von|de|di) ?([0-9]{1,9})")
"""``Page 1 of 2``."""
_OF_RECORDS: Final = re.compile(r"(?i)(?:[a-z]+[ =])?[0-9]{1,15}-[0-9]{1,15}/([0-9]{1,15})")
"""``items 0-49/200``."""
_RANGES: Final = frozenset({"range", "contentrange"})
_SIZES: Final = frozenset({"maxresults", "limit", "pagesize", "perpage", "pagelimit", "maxrecords", "top"})
"""Keys of how many records a page has at most."""
_BESIDE: Final = frozenset(
    {"paging", "pagination", "pageinfo", "page", "pages", "pager", "meta", "metadata", "cursor", "cursors", "info"}
    | {
        "responsemetadata",
        "resultset",
        "resultinfo",
        "summary",
        "export",
        "header",
        "request",
        "response",
        "query",
        "hits",
    }
)
"""Objects beside the records in which an interface says which page it is."""
_BEGINS: Final = {"startat": 0, "offset": 0, "skip": 0, "page": 1, "pagenumber": 1, "currentpage": 1}
"""Keys that say where a page begins, with the most that the first one says."""
_TROUBLE: Final = frozenset(
    {"warningmessages", "errormessages", "warnings", "errors", "incompleteresults", "partialresults", "timedout"}
    | {"preview"}
)
"""Keys under which an interface says that it could not answer all of what was asked."""
_NUMBER: Final = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.0{1,9})?", re.ASCII)
_SCROLLS: Final = frozenset({"scrollid", "cursormark"})
"""Keys of a mark by which the next page is asked for, whether there is one or not."""
_YES: Final = frozenset({"true", "yes", "1", "1.0"})
_NO: Final = frozenset({"false", "no", "0", "0.0"})
_SAYS_THE_END: Final = _COUNTS | _PAGES | _NEXT | _MORE | _LAST | _WHOLE
"""Keys of which each says whether there are more; where one is there, the others need not guess."""


def refuse_page(
    document: Any, path: str, count: int, place: str, *, first: bool = True, last: bool = True, pages: int = 1
) -> None:
    """Refuse a document that says that it is a page of several.

    Args:
        document: The whole document.
        path: Of the records in it.
        count: How many records are there.
        place: Where the document is, for messages.
        first: Whether it is the first of the pages that are there; those after it may name one before and begin later.
        last: Whether it is the last of the pages that are there; those before it may name a next one.
        pages: How many pages are there.

    Raises:
        StructuralFault: There is a page before or after it, there are more records in all than are there, or the
            interface says that it could not answer all of what was asked.
    """
    for around in [*_around(document, path), *_links(document)]:
        keys = {re.sub(r"[^a-z]", "", key.lower()): key for key in around}
        for plain, key in keys.items():
            value = around[key]
            total = plain in _COUNTS or plain == "count" or (plain in _COUNTS_OUTSIDE and around is document)
            number = _number(value)
            if (
                (first and plain in _PREVIOUS and _leads(value))
                or (first and number > _BEGINS.get(plain, number))
                or (last and plain in _NEXT and _leads(value))
                or (last and plain in _MORE and str(value).lower() in _YES)
                or (last and plain in _LAST and str(value).lower() in _NO)
                or (last and plain in _WHOLE and str(value).lower() in ("false", "no"))
                or (total and number > count)
                or (plain in _PAGES and number > pages)
                or (plain in {"page", *_PAGES} and _most(_OF_PAGES, value) > pages)
                or (plain in _RANGES and _most(_OF_RECORDS, value) > count)
            ):
                raise StructuralFault(
                    f"{place} is one page of several: {key[:40]!r} beside the records says so, and {count} are there; "
                    "fetch the other pages too, and save all records in one file",
                    GapReason.AMBIGUOUS_ROWS,
                )
            if plain in _TROUBLE and (value is True or (isinstance(value, list | Mapping) and value)):
                raise StructuralFault(
                    f"{place} is an answer with trouble: {key[:40]!r} beside the records is not empty, so rows may be "
                    "missing; correct the query or its rights, and save the answer again",
                    GapReason.AMBIGUOUS_ROWS,
                )
    if last:
        _refuse_full(document, path, place)


def _refuse_full(document: Any, path: str, place: str) -> None:
    """Refuse a page with as many records as one page holds, where nothing says that it is the last one."""
    around = [*_around(document, path), *_links(document)]
    keys = {re.sub(r"[^a-z]", "", key.lower()): (key, each[key]) for each in around for key in each}
    records = document
    for key in path.split(".") if path else ():
        records = records.get(key) if isinstance(records, Mapping) else None
    if not keys.keys().isdisjoint(_SAYS_THE_END) or not isinstance(records, list) or not records:
        return
    for each, (key, value) in keys.items():
        if (each in _SIZES and _number(value) == len(records)) or (each in _SCROLLS and _leads(value)):
            raise StructuralFault(
                f"{place} may be one page of several: {key[:40]!r} beside the records tells of pages, {len(records)} "
                "records fill one, and nothing says that there are no more; ask for larger pages, or save beside them "
                "how many there are in all",
                GapReason.AMBIGUOUS_ROWS,
            )


def _number(value: object) -> int:
    """Return a count as interfaces write it: ``900``, ``900.0``, ``"1,200"``, ``{"value": 900}``; 0 for the rest."""
    if isinstance(value, Mapping):
        value = value.get("value")
    found = _NUMBER.fullmatch(str(value))
    return int(found[1].replace(",", "")) if found else 0


def _most(pattern: re.Pattern[str], value: object) -> int:
    """Return the last number of a text such as ``1 of 2``; 0 for anything else."""
    found = pattern.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(found[1]) if found else 0


def _links(document: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the links beside the records, where an interface keeps that to the next page among them.

    A link is an address, an object, or a list of objects; each says that there is something.
    """
    for links in (document.get(key) for key in ("_links", "links")) if isinstance(document, Mapping) else ():
        if isinstance(links, Mapping):
            yield {name: "link" if link else "" for name, link in links.items()}


def _leads(value: object) -> bool:
    """Return whether a link, a number or a mark of another page is one."""
    if _NUMBER.fullmatch(str(value)):
        return _number(value) > 0
    return isinstance(value, str | Mapping | list) and bool(value)


def _around(document: Any, path: str) -> Iterator[Mapping[str, Any]]:
    """Yield the objects around the records, the outermost first, and what stands in them on pages."""
    found = document
    for key in path.split(".") if path else ():
        if not isinstance(found, Mapping):
            return
        yield found
        yield from _beside(found, key)
        found = found.get(key)


def _beside(around: Mapping[str, Any], path: str) -> Iterator[Mapping[str, Any]]:
    for key, value in around.items():
        if key != path and isinstance(value, Mapping) and re.sub(r"[^a-z]", "", key.lower()) in _BESIDE:
            yield value
            yield from _beside(value, "")
