"""What a JSON document says beside its records: that a filter made them, or more records, which nobody reads.

One walk over everything outside of the records. What an interface sends along about its own fields is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from gonogo.collectors.table.filter_note import says_filter
from gonogo.collectors.table.filter_words import narrows, plain_key
from gonogo.collectors.table.headings_found import names_of, plain_heading
from gonogo.collectors.table.records_found import ABSENT, value_at
from gonogo.collectors.table.settings import Table
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

_FILTERS: Final = frozenset(
    {"filter", "filters", "filtered", "appliedfilter", "appliedfilters", "activefilter", "activefilters", "filteredby"}
    | {"filterby", "filtercriteria", "filterexpression", "filterquery", "queryfilter", "quickfilter", "quickfilters"}
    | {"savedfilter", "savedsearch", "filtername", "filterid", "filteredout", "odatafilter", "jql", "wiql", "cql"}
    | {"soql", "sql", "query", "querystring", "querytext", "searchquery", "search", "searchterm", "searchcriteria"}
    | {"criteria", "where", "whereclause", "condition", "conditions", "sysparmquery", "encodedquery", "q"}
    | {"excluded", "excludes", "exclude", "excluding", "omitted", "omit", "leftout", "withheld"}
)
"""Keys under which a tool says what it was asked for, or what it left out."""
_NARROWING: Final = _FILTERS | frozenset(
    {"status", "state", "severity", "priority", "label", "labels", "assignee", "since", "fixversion", "resolution"}
    | {"createdafter", "createdbefore", "updatedafter", "updatedbefore", "milestone"}
)
"""Parts of an address that leave records out."""
_NOTES: Final = frozenset(
    {"note", "notes", "remark", "remarks", "comment", "comments", "title", "name", "description", "disclaimer", "scope"}
    | {"view", "viewname", "report", "reportname", "warning", "info", "message", "subtitle", "coverage", "status"}
    | {"state", "completeness", "result"}
)
_PART: Final = re.compile(
    r"(?i)\b(?:partial|subset|excerpt|incomplete|truncated|cut off|exclud(?:ed|es|ing)|except|filtered|limited to"
    r"|limit (?:was |is )?(?:reached|exceeded|hit)|(?:first|top) [0-9][0-9,]*|(?<!use )(?<!read )(?<!read-)only)\b"
)
"""Words of a note that say that something is left out; *for official use only* does not."""
_ABOUT_FIELDS: Final = frozenset(
    {"names", "schema", "schemas", "columns", "fields", "definitions", "properties", "editmeta", "fieldtypes"}
)
_GENERIC: Final = frozenset({"name", "value", "id", "displayname", "displayvalue", "label", "text"})
"""Last keys of a path that say nothing of what it holds: ``fields.status.name`` is a status."""
_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class _Said:
    """A value beside the records.

    Attributes:
        place: Where: ``meta.filter``; members of a list have the place of the list.
        key: Under which it stands; members of a list have that of the list.
        value: The value.
        listed: Whether it is in a list: its names and notes are those of one thing among others.
        group: Place of the object that it is a member of, where all members are objects, as of records by their keys.
    """

    place: str
    key: str
    value: Any
    listed: bool = False
    group: str = ""


def refuse_beside(document: Any, path: str, table: Table, place: str) -> None:
    """Refuse a document that says beside its records that they are a part, or that has more of them.

    Args:
        document: The whole document, or one page of it.
        path: Of the records in it.
        table: Settings of the table.
        place: Where the document is, for messages.

    Raises:
        StructuralFault: It says so, and the settings give no reason why that leaves out nothing that counts.
    """
    known = _Records(table, path)
    for said in _beside(document, path):
        if table.filtered is None and _says_filter(said):
            raise StructuralFault(
                f"{place} says beside its records, at {said.place[:60]!r}, that a filter was applied or that they are "
                "not all, so items may be lacking; export all of them without a filter, or say why it leaves out "
                "nothing that counts: filtered",
                GapReason.NOT_PROVABLE,
            )
        if not {said.place, said.group} & table.other_records.keys() and known.are_at(said):
            raise StructuralFault(
                f"{place} has more records than those at {path!r}: at {(said.group or said.place)[:60]!r}, which would "
                "be left out; put all into one list, or say why they are none that count: other_records",
                GapReason.AMBIGUOUS_ROWS,
            )


class _Records:
    """What records of a table look like."""

    def __init__(self, table: Table, path: str) -> None:
        needed = [names_of(name, column) for name, column in table.columns.items() if not column.may_be_absent]
        self._paths = [[name for name in names if "[]" not in name] for names in needed]
        self._short = [{plain_heading(_telling(name)) for name in names} for names in needed]
        self._own = _last_word(path.rpartition(".")[2])

    def are_at(self, said: _Said) -> bool:
        """Return whether a value is a record, or a list that is called as the records are and has any."""
        value = said.value
        if isinstance(value, list):
            named = self._own and _last_word(said.key) == self._own
            return bool(named) and any(isinstance(each, Mapping) and each for each in value)
        if not isinstance(value, Mapping) or len(self._short) < 2 or len(value) < 2:
            return False
        keys = {plain_heading(key) for key in value}
        if all(names & keys for names in self._short):
            return True
        return all(any(value_at(value, name) is not ABSENT for name in names) for names in self._paths)


def _telling(path: str) -> str:
    """Return the key of a path that says what it holds."""
    keys = path.replace("[]", "").split(".")
    return next((key for key in reversed(keys) if plain_key(key) not in _GENERIC), keys[-1])


def _last_word(key: str) -> str:
    words = _WORDS.findall(key)
    return words[-1].lower().removesuffix("s") if words else ""


def _says_filter(said: _Said) -> bool:
    key = plain_key(said.key)
    if key in _FILTERS:
        return narrows(said.value)
    texts = said.value if isinstance(said.value, list) and key in _NOTES else [said.value]
    return any(isinstance(text, str) and _text_says_filter(text, key, said) for text in texts)


def _text_says_filter(text: str, key: str, said: _Said) -> bool:
    if "?" in text and ("://" in text or text.startswith("/")):
        parts = parse_qsl(text.partition("?")[2].partition("#")[0])
        return any(plain_key(name) in _NARROWING and narrows(value) for name, value in parts)
    return key in _NOTES and not said.listed and (_PART.search(text) is not None or says_filter([text]))


def _beside(document: Any, path: str) -> Iterator[_Said]:
    """Yield what stands beside the records and in it, the outermost first."""
    parts: list[_Said] = []
    around = document
    keys = path.split(".") if path else []
    for depth, key in enumerate(keys):
        if not isinstance(around, Mapping):
            break
        above = ".".join(keys[:depth])
        parts += [
            _Said(f"{above}.{other}" if above else other, other, around[other]) for other in around if other != key
        ]
        around = around.get(key)
    for said in parts:  # grows while it is walked
        key = plain_key(said.key)
        if key in _ABOUT_FIELDS and isinstance(said.value, Mapping) and not said.listed:
            continue  # field by field: what each is, and not what a record says
        yield said
        if isinstance(said.value, list):
            members = [each for each in said.value if isinstance(each, Mapping)]
            parts += [_Said(said.place, said.key, each, listed=True) for each in members]
        elif isinstance(said.value, Mapping) and key not in _ABOUT_FIELDS:
            group = said.place if all(isinstance(each, Mapping) for each in said.value.values()) else ""
            parts += [
                _Said(f"{said.place}.{name}", name, each, said.listed, group) for name, each in said.value.items()
            ]
