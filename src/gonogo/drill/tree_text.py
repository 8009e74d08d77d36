"""YAML files of a program as trees that can be changed and written again, so that a defect can be put in one place.

Scalars keep their text and whether they were quoted; everything else about the layout is written again.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from gonogo.documents.yaml import MappingNode, Node, ScalarNode, SequenceNode, read_yaml

_PLAIN_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*", re.ASCII)
_WORDS_OF_YAML: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True, slots=True)
class TreeLeaf:
    """A scalar.

    Attributes:
        text: As the reader takes it.
        quoted: Whether it stands in quotes.
    """

    text: str
    quoted: bool = False


Tree: TypeAlias = "dict[str, Tree] | list[Tree] | TreeLeaf"


def words(text: str) -> TreeLeaf:
    """Return text as a quoted scalar, which is text whatever it looks like."""
    return TreeLeaf(text, quoted=True)


def read_tree(data: bytes, name: str) -> Tree:
    """Read a YAML file as a tree.

    Raises:
        ConfigurationError: It is not one.
    """
    return _tree(read_yaml(data, name))


def _tree(node: Node) -> Tree:
    if isinstance(node, MappingNode):
        return {key: _tree(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, SequenceNode):
        return [_tree(item) for item in node]
    assert isinstance(node, ScalarNode)
    return TreeLeaf(node.text, node.quoted)


def tree_text(tree: Tree) -> str:
    """Write a tree as YAML, one entry a line."""
    return "\n".join(_lines(tree)) + "\n"


def _lines(tree: Tree) -> list[str]:
    if isinstance(tree, TreeLeaf):
        return [_scalar(tree)]
    if not tree:
        return ["{}" if isinstance(tree, dict) else "[]"]
    found: list[str] = []
    entries = [(f"{_key(key)}:", value) for key, value in tree.items()] if isinstance(tree, dict) else []
    entries += [("-", value) for value in tree] if isinstance(tree, list) else []
    for head, value in entries:
        below = _lines(value)
        if isinstance(value, TreeLeaf) or not value:
            found.append(f"{head} {below[0]}")
        else:
            found += [head, *(f"  {line}" for line in below)]
    return found


def _key(key: str) -> str:
    plain = _PLAIN_KEY.fullmatch(key) and key.lower() not in _WORDS_OF_YAML
    return key if plain else json.dumps(key, ensure_ascii=False)


def _scalar(leaf: TreeLeaf) -> str:
    return json.dumps(leaf.text, ensure_ascii=False) if leaf.quoted else leaf.text
