"""Streams XML into records of known shape: memory stays flat, and what is not asked for is stepped over.

Document type declarations are refused, nesting is capped, and a field that is written twice in one record
makes the file malformed: nobody should have to guess which of two floats counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Final

from gonogo.collectors.xml_head import check_head
from gonogo.documents.strict_xml import ParseError, stream_parser
from gonogo.plugin.spec import CollectorRefusal

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
    """Turns the events of expat into records. Names come as ``namespace}name``.

    The two handlers run for every element of the file: they are closures over local names, and text is only asked for
    inside a field.
    """

    def __init__(self, prefix: str, root: str, shape: RecordShape, sink: Callable[[str, Record], None]) -> None:
        self.top: Record | None = None
        # its own handlers stay in place for declarations and entities
        self.parser, self.declares_type = stream_parser()
        self.expat: Any = self.parser.parser
        self.expat.buffer_text = True
        self.expat.DefaultHandlerExpand = None
        self.expat.CharacterDataHandler = None
        self.expat.StartElementHandler, self.expat.EndElementHandler = self._handlers(prefix, root, shape, sink)

    def _handlers(
        self, prefix: str, root: str, shape: RecordShape, sink: Callable[[str, Record], None]
    ) -> tuple[Callable[[str, object], None], Callable[[str], None]]:
        expat = self.expat
        actions: dict[str, Any] = {prefix + root: (root, _actions(prefix, shape), False)}
        record: Record = {}
        stack: list[tuple[str, dict[str, Any], bool, Record]] = []
        skipped, leaf = 0, ""
        text: list[str] = []
        take_text = text.append

        def start(tag: str, _attributes: object) -> None:
            nonlocal actions, record, skipped, leaf
            if leaf:
                raise CollectorRefusal(f"the element {leaf} holds another element")
            if skipped:
                skipped += 1
                if skipped + len(stack) > MAX_DEPTH:
                    raise CollectorRefusal(f"elements are nested deeper than {MAX_DEPTH}")
                return
            action = actions.get(tag)
            if action is None:
                if not stack:
                    other = _OTHERS.get(tag.rpartition("}")[2], "")
                    raise CollectorRefusal(f"the root element is {tag[:100]}, not {prefix}{root}{other}")
                if "XInclude" in tag:
                    raise CollectorRefusal("it includes another file (XInclude); save it with its whole content")
                skipped = 1
            elif action.__class__ is str:
                if action in record:
                    raise CollectorRefusal(f"the element {action} is written twice in one record")
                leaf = action
                text.clear()
                expat.CharacterDataHandler = take_text
            else:
                name, inner, streamed = action
                stack.append((name, actions, streamed, record))
                actions, record = inner, {}

        def end(_tag: str) -> None:
            nonlocal actions, record, skipped, leaf
            if leaf:
                expat.CharacterDataHandler = None
                value = "".join(text).strip()
                if len(value) > MAX_FIELD:
                    raise CollectorRefusal(f"the element {leaf} holds {len(value)} characters")
                record[leaf] = value
                leaf = ""
            elif skipped:
                skipped -= 1
            else:
                done = record
                name, actions, streamed, record = stack.pop()
                if not stack:
                    self.top = done
                elif streamed:
                    sink(name, done)
                else:
                    record.setdefault(name, []).append(done)

        return start, end


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


def read_records(
    stream: IO[bytes], *, namespace: str, root: str, shape: RecordShape, sink: Callable[[str, Record], None]
) -> Record:
    """Read one XML document and return the record of its root; streamed records go to ``sink`` in document order.

    Raises:
        CollectorRefusal: Not well-formed, cut off, of another root or namespace, with a document type declaration,
            nested too deeply, or with a field twice.
    """
    check_head(stream, "the document")
    reader = _RecordReader(f"{namespace}}}", root, shape, sink)
    first = True
    try:
        while chunk := stream.read(CHUNK):
            if first:
                _refuse_text(chunk)
            first = False
            reader.parser.feed(chunk)
        reader.parser.close()
    except reader.declares_type as error:
        raise CollectorRefusal("a document type declaration or entity is not accepted here") from error
    except (ParseError, LookupError, ValueError) as error:
        raise CollectorRefusal(f"not well-formed XML: {error}") from error
    if reader.top is None:
        raise CollectorRefusal("the document ends before its root element does")
    return reader.top
