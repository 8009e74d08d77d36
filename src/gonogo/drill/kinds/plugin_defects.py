"""Collectors of somebody else that exit, hang, are killed, or answer for what is not theirs.

A small distribution is written into the copy and installed for one run. Nothing is installed on the machine.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.site import PROGRAM_FILE, BoundSource, TargetProgram, listed
from gonogo.drill.tree_text import Tree, TreeLeaf, words
from gonogo.model.evidence import Evidence
from gonogo.model.fact import FactType

_NEEDS: Final = "a source with a prefix whose facts are counts, shares or yes and no"
_SITE: Final = "drill-site"
_DISTRIBUTION: Final = "gonogo-drill-hostile"
_KINDS: Final = {FactType.RATIO: "RATIO", FactType.INTEGER: "INTEGER", FactType.BOOLEAN: "BOOLEAN"}
_SOURCE: Final = """
import os, signal, sys, time
from gonogo.model.fact import FactType
from gonogo.plugin.spec import Answer, LocalFact, NoSettings, hookimpl

FACTS = tuple(LocalFact(name, FactType[kind], "A fact of the drill.", unit) for name, kind, unit in @FACTS@)


class Hostile:
    name = "drill_hostile"
    facts = FACTS
    settings = NoSettings
    network = ()

    def declare(self, settings):
        return self.facts

    def collect(self, job, settings):
        good = []
        for fact in FACTS:
            if fact.type is FactType.RATIO:
                good.append(fact.counted(part=1, whole=1, as_of=job.now))
            else:
                good.append(fact.value(True if fact.type is FactType.BOOLEAN else 0, as_of=job.now))
@BODY@


@hookimpl
def gonogo_register_collectors(register):
    register(Hostile())
"""


@dataclass(frozen=True, slots=True)
class _Replaceable:
    """What a binding answers for: its source, and its facts as the plugin declares them."""

    source: BoundSource
    facts: tuple[tuple[str, str, str], ...]


def _replaceable(site: TargetProgram) -> Iterator[_Replaceable]:
    for source in site.every_source:
        prefix = source.binding.prefix
        if prefix is None:
            continue
        wanted = [
            fact.name
            for fact in site.loaded.vocabulary.facts
            if isinstance(answer := site.known.answers.get(fact.name), Evidence)
            and answer.source.binding == source.binding.id
        ]
        declared = [fact for name in wanted if (fact := site.loaded.vocabulary.get(name)) is not None]
        if declared and all(fact.type in _KINDS for fact in declared):
            local = [(fact.name.removeprefix(f"{prefix}."), _KINDS[fact.type], fact.unit) for fact in declared]
            yield _Replaceable(source, tuple(local))


def _hostile(site: TargetProgram, body: str, *, allowed: bool = True, seconds: int = 20) -> Planted:
    place = next(_replaceable(site), None)
    if place is None:
        raise NotPlanted("no source with a prefix answers with counts, shares or yes and no alone")
    binding = place.source.binding
    source = _SOURCE.replace("@FACTS@", json.dumps(place.facts)).replace("@BODY@", textwrap.indent(body, " " * 8))
    info = f"{_SITE}/{_DISTRIBUTION.replace('-', '_')}-1.0.dist-info"
    site.copy.put(f"{_SITE}/gonogo_drill_hostile.py", source)
    site.copy.put(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {_DISTRIBUTION}\nVersion: 1.0\n")
    site.copy.put(f"{info}/entry_points.txt", "[gonogo.plugins]\ndrill_hostile = gonogo_drill_hostile\n")
    tree = site.program_tree()
    entry = site.binding_tree(tree, binding.id)
    new: dict[str, Tree] = {key: entry[key] for key in ("id", "as", "side", "producer", "subject") if key in entry}
    new |= {"collector": TreeLeaf("drill_hostile"), "deadline": TreeLeaf(f"{seconds}s")}
    tree["evidence"] = [new if each is entry else each for each in listed(tree.get("evidence"))]
    if allowed:
        tree["plugins"] = {"allow": [{"distribution": words(_DISTRIBUTION), "version": words("1.0")}]}
    site.put_tree(PROGRAM_FILE, tree)
    return Planted(f"a plugin in place of {binding.id}", place.source.criteria, search=site.copy.root / _SITE)


def _foreign(site: TargetProgram) -> Planted:
    """Answer for everything that was asked, and for a fact of another source."""
    own = next(_replaceable(site), None)
    others = [
        fact
        for fact, answer in sorted(site.known.answers.items())
        if isinstance(answer, Evidence) and own is not None and answer.source.binding != own.source.binding.id
    ]
    if not others:
        raise NotPlanted("one source answers for everything")
    answer = f"Answer({others[0]!r}, value=0, as_of=job.now)"
    return _hostile(site, f"yield from good\nyield {answer}")


DEFECTS = (
    Defect(
        "plugin-exits",
        "A collector ends with success before it has answered",
        _NEEDS,
        lambda site: _hostile(site, "yield good[0]\nos._exit(0)"),
        Noticed.STOPPED,
    ),
    Defect("plugin-answers-for-others", "A collector answers for another's facts", _NEEDS, _foreign, Noticed.STOPPED),
    Defect(
        "killed-collector",
        "A collector is killed, as by a limit of memory",
        _NEEDS,
        lambda site: _hostile(site, "yield good[0]\nos.kill(os.getpid(), signal.SIGKILL)"),
        Noticed.STOPPED,
    ),
    Defect(
        "hanging-collector",
        "A collector never ends",
        _NEEDS,
        lambda site: _hostile(site, "yield from good\nwhile True:\n    pass", seconds=2),
        Noticed.STOPPED,
    ),
    Defect(
        "unlisted-plugin",
        "A collector runs that the program does not allow",
        _NEEDS,
        lambda site: _hostile(site, "yield from good", allowed=False),
        Noticed.STOPPED,
    ),
)
