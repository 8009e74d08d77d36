"""Streams XML into records of known shape: memory stays flat, and what is not asked for is stepped over.

Document type declarations are refused, nesting is capped, and a field that is written twice in one record
makes the file malformed: nobody should have to guess which of two floats counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final

from gonogo.collectors.program.schedule.plain_records import PlainRecords
from gonogo.collectors.xml_head import check_head
from gonogo.documents.strict_xml import DocumentType, ParseError, growing_root
from gonogo.plugin.spec import CollectorRefusal

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_DEPTH: Final = 64
CHUNK: Final = 1 << 18
MAX_FIELD: Final = 100_000

_OTHERS: Final = {
    "APIBusinessObjects": "; it is XML of Primavera P6: export the project as XER (File, Export, Primavera PM (XER)) "
    "and bind it to the XER collector, or bind this file to `schedule:mpxj`",
    "project": "; it is a file of another planning tool, such as GanttProject or GNOME Planner: export the plan as "
    "Microsoft Project XML, or bind this file to `schedule:mpxj`",
}
"""Roots of other tools' plans, and what to export instead."""

Record = dict[str, Any]
"""Text of each field by name, and a list of records for each kind of child record."""


@dataclass(frozen=True)
class RecordShape:
    """What is read of one element.

    Attributes:
        fields: Children whose text is read.
        records: Children that are records themselves.
        streamed: The record goes to the sink when it ends and is then forgotten.
    """

    fields: frozenset[str] = frozenset()
    records: Mapping[str, RecordShape] = field(default_factory=dict)
    streamed: bool = False


def _actions(prefix: str, shape: RecordShape) -> dict[str, Any]:
    """Return what each tag means inside an element: a field's name, or a record's name, actions and streaming."""
    actions: dict[str, Any] = {prefix + name: name for name in shape.fields}
    for name, inner in shape.records.items():
        actions[prefix + name] = (name, _actions(prefix, inner), inner.streamed)
    return actions


class _RecordReader:
    """Takes records out of a document that is still being read. Names come as ``{namespace}name``.

    What is complete is taken and removed, at every level; of the last element at each level, which may not be, the
    record stays open until the next piece.
    """

    def __init__(self, prefix: str, root: str, shape: RecordShape, sink: Callable[[str, Record], None]) -> None:
        self._root = prefix + root
        self._actions = _actions(prefix, shape)
        self._sink = sink
        self._open: dict[Element, Record] = {}

    def read(self, root: Element, *, complete: bool) -> Record:
        """Take what there is of the root; return its record, which is whole only if the document is complete."""
        if root.tag != self._root:
            tag = root.tag.removeprefix("{")
            other = _OTHERS.get(tag.rpartition("}")[2], "")
            raise CollectorRefusal(f"the root element is {tag[:100]}, not {self._root[1:]}{other}")
        return self._record(root, self._actions, 1, complete=complete)

    def _record(self, element: Element, actions: dict[str, Any], level: int, *, complete: bool) -> Record:
        record = self._open.pop(element, {}) if self._open else {}
        for child in element if complete else element[:-1]:
            action = actions.get(child.tag)
            if action.__class__ is str:
                text = child.text or ""
                if action in record or len(child) or len(text) > MAX_FIELD:
                    _refuse(action, child, record)
                record[action] = text.strip()
            elif action is None:
                if len(child) or "XInclude" in child.tag:
                    _step_over(child, level + 1, complete=True)
            else:
                self._take(child, action, record, level)
        if not complete:
            if len(element):
                self._last(element[-1], actions, record, level)
            del element[:-1]
            self._open[element] = record
        return record

    def _take(self, element: Element, action: tuple[str, dict[str, Any], bool], into: Record, level: int) -> None:
        name, inner, streamed = action
        record = self._record(element, inner, level + 1, complete=True)
        if streamed:
            self._sink(name, record)
        else:
            into.setdefault(name, []).append(record)

    def _last(self, element: Element, actions: dict[str, Any], record: Record, level: int) -> None:
        """Take what is complete in an element that may not be."""
        action = actions.get(element.tag)
        if action is None:
            _step_over(element, level + 1, complete=False)
        elif action.__class__ is str:
            _refuse(action, element, record)
        else:
            self._record(element, action[1], level + 1, complete=False)


def _refuse(name: str, element: Element, record: Record) -> None:
    """Refuse a field that is not one text, and written once."""
    if name in record:
        raise CollectorRefusal(f"the element {name} is written twice in one record")
    if len(element):
        raise CollectorRefusal(f"the element {name} holds another element")
    length = len((element.text or "").strip())
    if length > MAX_FIELD:
        raise CollectorRefusal(f"the element {name} holds {length} characters")


def _step_over(element: Element, level: int, *, complete: bool) -> None:
    """Check what nobody reads, and remove of it what is complete."""
    if "XInclude" in element.tag:
        raise CollectorRefusal("it includes another file (XInclude); save it with its whole content")
    row = list(element)
    while row:
        level += 1
        if level > MAX_DEPTH:
            raise CollectorRefusal(f"elements are nested deeper than {MAX_DEPTH}")
        row = [inner for each in row for inner in each]
    while not complete and len(element):
        del element[:-1]
        element = element[-1]


_BEGINNINGS: Final = {
    b"ERMHDR": "it is a Primavera XER file, not Microsoft Project XML: bind it to the XER collector",
    b"MPX": "it is an MPX file: open it in Microsoft Project and save it as XML, or bind it to `schedule:mpxj`",
    b"\xd0\xcf\x11\xe0": "it is a plan of Microsoft Project as such (.mpp), or another old Office file: open it "
    "in Microsoft Project and save it as XML, or bind it to `schedule:mpxj`",
    b"\xac\xed": "it is a plan of ProjectLibre as such (.pod): save it there as Microsoft Project XML, or bind it to "
    "`schedule:mpxj`",
    b"PK\x03\x04": "it is a ZIP file, such as a workbook (what Microsoft Planner exports is one): a schedule "
    "is read from Microsoft Project XML alone",
}
"""How plans begin that are no XML, and what to do."""


def _refuse_text(head: bytes) -> None:
    """Refuse plans that are no XML, by what their first bytes say."""
    for begin, sentence in _BEGINNINGS.items():
        if head.startswith(begin):
            raise CollectorRefusal(sentence)


def _streamed(shape: RecordShape) -> list[str]:
    """Return the one kind of records that an element holds, if that goes to the sink."""
    return [name for name, inner in shape.records.items() if inner.streamed and len(shape.records) == 1]


def read_records(
    stream: IO[bytes], *, namespace: str, root: str, shape: RecordShape, sink: Callable[[str, Record], None]
) -> Record:
    """Read one XML document and return the record of its root; streamed records go to ``sink`` in document order.

    Raises:
        CollectorRefusal: Not well-formed, cut off, of another root or namespace, with a document type declaration,
            nested too deeply, or with a field twice.
    """
    check_head(stream, "the document")
    _refuse_text(stream.read(CHUNK))
    stream.seek(0)
    prefix = f"{{{namespace}}}"
    reader = _RecordReader(prefix, root, shape, sink)
    record: Record = {}

    def alone(element: Element) -> list[Record]:
        found: list[Record] = []
        _RecordReader(prefix, root, shape, lambda _, each: found.append(each)).read(element, complete=True)
        return found

    containers = {name: kind for name, inner in shape.records.items() for kind in _streamed(inner)}
    plain = PlainRecords(namespace, root, containers, alone, sink) if containers else None
    try:
        for element, complete in growing_root(stream, CHUNK, None if plain is None else plain.pieces):
            record = reader.read(element, complete=complete)
            if plain is not None:
                plain.root = element
    except DocumentType as error:
        raise CollectorRefusal("a document type declaration or entity is not accepted here") from error
    except (ParseError, LookupError, ValueError) as error:
        raise CollectorRefusal(f"not well-formed XML: {error}") from error
    return record
