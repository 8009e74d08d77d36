"""YAML with positions, read strictly: the only importer of PyYAML.

Bytes in, a tree of mappings, sequences and scalars out, each knowing its file, line and column. Scalars follow the
YAML 1.2 core rules, so ``NO``, ``on``, ``012``, ``1:30`` and ``1_000`` are text, and a number keeps its text, so that
``1.10`` stays ``1.10``. What two readers could understand differently, or what a bomb is made of, is refused:
duplicate keys, anchors and aliases, merge keys, tags, directives, a second document, deep nesting, large files.
"""

from gonogo.documents.yaml.node import MappingNode, Node, ScalarKind, ScalarNode, SequenceNode, YamlSource, to_plain
from gonogo.documents.yaml.reader import read_yaml

__all__ = ["MappingNode", "Node", "ScalarKind", "ScalarNode", "SequenceNode", "YamlSource", "read_yaml", "to_plain"]
