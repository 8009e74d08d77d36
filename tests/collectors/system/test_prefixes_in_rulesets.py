"""The page on engineering evidence names the prefix under which a collector answers m3-hardened: the names meet."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from gonogo.ruleset.loader import load_ruleset

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/how-to/engineering-evidence.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([a-z:]+)`[^|]*\| `([a-z]+)` \| (.*) \|$", PAGE, re.MULTILINE)
VOCABULARY = load_ruleset(ROOT / "rulesets/m3-hardened").vocabulary


def declared(name: str):
    """Return the facts of a collector by their local names."""
    plugin, _, collector = name.partition(":")
    found: list = []
    importlib.import_module(f"gonogo.collectors.system.{plugin}").gonogo_register_collectors(found.append)
    return {fact.name: fact for each in found if each.name == (collector or plugin) for fact in each.facts}


@pytest.mark.parametrize(("collector", "prefix", "names"), ROWS)
def test_a_binding_answers_what_the_ruleset_asks(collector, prefix, names):
    """A fact that was renamed on one side is asked for and answered by nobody; one that the page leaves out too."""
    facts = declared(collector)
    met = {f"{prefix}.{name}": fact for name, fact in facts.items() if VOCABULARY.get(f"{prefix}.{name}") is not None}

    assert sorted(met) == sorted(re.findall(r"`([^`]+)`", names))
    for name, fact in met.items():
        assert (VOCABULARY.get(name).type, VOCABULARY.get(name).unit) == (fact.type, fact.unit)


def test_the_page_has_the_rows():
    """Else nothing is compared."""
    assert len(ROWS) == 7
