"""Words of headings that name keys, what a parent may be named by, and the depths of a tree. Data, nothing else."""

from __future__ import annotations

from typing import Final

KEYS: Final = frozenset(
    [
        "id",
        "ids",
        "identifier",
        "key",
        "no",
        "nr",
        "num",
        "code",
        "ticket",
        "ref",
        "reference",
        "uid",
        "guid",
        "uuid",
        "#",
    ]
)
"""Last words of headings of what tells items apart; ``number`` too, after another word."""
NO_KEYS: Final = frozenset(
    ["phone", "mobile", "fax", "telephone", "zip", "postal", "country", "version", "build", "release", "parent", "epic"]
)
"""Words of headings whose number or code tells no item apart."""
FIRST_KEYS: Final = (
    "issue key",
    "key",
    "issue id",
    "id",
    "work item id",
    "task id",
    "test case id",
    "case id",
    "number",
)
"""Headings of keys that are taken before any other."""
NAMES_ROWS: Final = frozenset(
    """
name|title|summary|subject|task|task name|task title|item|item name|issue|key|id|uid|number|no|wbs|row|ticket
issue title|issue summary|work item|card name|epic name|feature|story
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Headings of what a row's parent may be named by: not only its key, its title too."""
TREE_TITLES: Final = frozenset(
    ["title", "name", "task", "task name", "summary", "level", "work item", "item", "tier", "heading"]
)
"""Words of headings that come once for each depth of a tree: ``Title 1``, ``Title 2``."""
STANDINGS: Final = frozenset(
    """
status|state|result|outcome|verdict|priority|severity|rating|disposition|resolution|phase|stage|progress
""".strip().split("|")
)
"""Last words of headings of how an item stands, or how grave it is."""
