"""The strict reader: the only importer of PyYAML."""

from __future__ import annotations

from typing import Any, Final

import yaml

from gonogo.documents.yaml.decoding import decoded, lines_of, reader_problem, refusal, syntax_problem
from gonogo.documents.yaml.node import MappingNode, Node, ScalarNode, SequenceNode, YamlSource
from gonogo.errors import ConfigurationError, Problem

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 64
MAX_NODES: Final = 100_000
MAX_PROBLEMS: Final = 50
_PARSER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(data: bytes, name: str, *, max_bytes: int = MAX_BYTES) -> Node:
    """Read the one document of a YAML file.

    Args:
        data: The file's bytes: UTF-8 without a byte order mark.
        name: The file's name as the person gave it, for messages.
        max_bytes: Largest size.

    Returns:
        The root: a :class:`MappingNode`, :class:`SequenceNode` or :class:`ScalarNode`.

    Raises:
        ConfigurationError: With every mistake found; reading stops at the first that hides the rest.
    """
    source = YamlSource(name, ())
    if len(data) > max_bytes:
        raise refusal(source, f"the file has {len(data)} bytes; the limit is {max_bytes}", "split it")
    text = decoded(data, source)
    source = YamlSource(name, lines_of(text))
    return _TreeReader(source).read(text)


class _TreeReader:
    """Builds the tree from the parser's events with a stack of its own: no recursion, no construction, no resolving."""

    def __init__(self, source: YamlSource) -> None:
        self._source = source
        self._problems: list[Problem] = []
        self._open: list[_Container] = []
        self._root: Node | None = None
        self._nodes = 0
        self._documents = 0

    def read(self, text: str) -> Node:
        try:
            parser = _PARSER(text)
            try:
                while not isinstance(event := parser.get_event(), yaml.StreamEndEvent):
                    if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None:
                        self._count(event)  # nearly every event is one
                        self._place(self._scalar(event, event.value, quoted=bool(event.style)))
                    else:
                        self._event(event)
            finally:
                parser.dispose()
        except yaml.MarkedYAMLError as error:
            self._problems.append(syntax_problem(self._source, error))
        except yaml.YAMLError as error:
            self._problems.append(reader_problem(self._source, error))
        if not self._problems and self._root is None:
            raise refusal(self._source, "the file holds no document", "every file begins with `schema: 1`")
        if self._problems or self._root is None:
            raise ConfigurationError(self._problems)
        return self._root

    def _event(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._document(event)
        elif isinstance(event, yaml.AliasEvent):
            self._add("G105", event, f"`*{event.anchor}` repeats something from elsewhere", "write it out")
            self._place(self._scalar(event, ""))
        elif isinstance(event, yaml.NodeEvent):
            self._node(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._place(self._open.pop().closed())

    def _document(self, event: Any) -> None:
        self._documents += 1
        if event.version or event.tags:
            self._add("G106", event, "directives such as %YAML are not used here", "remove the line")
        if self._documents > 1:
            self._add("G106", event, "a second document begins here", "one file holds one document")
            raise ConfigurationError(self._problems)

    def _count(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._add("G107", event, f"the file has more than {MAX_NODES} values", "split it")
            raise ConfigurationError(self._problems)

    def _node(self, event: Any) -> None:
        self._count(event)
        if event.anchor is not None:
            self._add(
                "G105", event, f"the anchor `&{event.anchor}` is not used here", "write it out where it is needed"
            )
        if event.tag is not None:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._add("G106", event, f"the tag `{shown}` is not used here", "remove it; quote what is text")
        if isinstance(event, yaml.ScalarEvent):
            self._place(self._scalar(event, event.value, quoted=bool(event.style)))
            return
        if len(self._open) >= MAX_DEPTH:
            self._add("G107", event, f"the file is nested deeper than {MAX_DEPTH} levels", "")
            raise ConfigurationError(self._problems)
        mapping = isinstance(event, yaml.MappingStartEvent)
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        self._open.append(_Container(self._source, line, column, mapping=mapping))

    def _scalar(self, event: Any, text: str, *, quoted: bool = False) -> ScalarNode:
        mark = event.start_mark
        return ScalarNode(self._source, mark.line + 1, mark.column + 1, text, quoted)

    def _place(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        problem = self._open[-1].add(node)
        if problem:
            self._report(problem)

    def _add(self, code: str, event: Any, what: str, hint: str) -> None:
        mark = event.start_mark
        self._report(self._source.problem(code, what, line=mark.line + 1, column=mark.column + 1, hint=hint))

    def _report(self, problem: Problem) -> None:
        self._problems.append(problem)
        if len(self._problems) >= MAX_PROBLEMS:
            raise ConfigurationError(self._problems)


class _Container:
    """A mapping or sequence that is still open."""

    def __init__(self, source: YamlSource, line: int, column: int, *, mapping: bool) -> None:
        self._at = (source, line, column)
        self._mapping = mapping
        self._items: list[Node] = []
        self._entries: dict[str, tuple[ScalarNode, Node]] = {}
        self._key: Node | None = None

    def add(self, node: Node) -> Problem | None:
        """Take the next node, and return what is wrong with it."""
        if not self._mapping:
            self._items.append(node)
            return None
        if self._key is None:
            self._key = node
            return self._key_problem(node)
        key, self._key = self._key, None
        if isinstance(key, ScalarNode):
            self._entries.setdefault(key.text, (key, node))
        return None

    def _key_problem(self, key: Node) -> Problem | None:
        if not isinstance(key, ScalarNode):
            return key.problem("G102", "a list or mapping cannot be a key", "quote the key if it is text")
        if key.text == "<<" and not key.quoted:
            return key.problem("G105", "the merge key `<<` is not used here", "write the keys out")
        if key.is_null:
            return key.problem("G102", "a key is empty", "write a name before the colon")
        if key.text in self._entries:
            first = self._entries[key.text][0]
            return key.problem(
                "G104", f"`{key.text[:80]}` appears twice; the first is in line {first.line}", "keep one"
            )
        return None

    def closed(self) -> Node:
        """Return the finished node."""
        return MappingNode(*self._at, self._entries) if self._mapping else SequenceNode(*self._at, tuple(self._items))
