"""Defects of the program file and the people register: what is released, when, by whose word, and who there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.site import PROGRAM_FILE, TargetProgram, listed
from gonogo.drill.tree_text import Tree, TreeLeaf, words

_PROGRAM = "a program file"
_PEOPLE = "a people register in YAML"
_LATER = timedelta(days=60)


def _program(site: TargetProgram, change: Callable[[dict[str, Tree]], None], what: str) -> Planted:
    tree = site.program_tree()
    change(tree)
    site.put_tree(PROGRAM_FILE, tree)
    return Planted(f"{PROGRAM_FILE}, {what}")


def _release(site: TargetProgram, tree: dict[str, Tree]) -> dict[str, Tree]:
    wanted = site.loaded.release.id
    for entry in listed(tree.get("releases")):
        if isinstance(entry, dict) and entry.get("id") in (TreeLeaf(wanted), words(wanted)):
            return entry
    raise NotPlanted("the program file does not list the release by itself")


def _go_live(site: TargetProgram) -> Planted:
    moment = site.loaded.release.go_live + _LATER

    def change(tree: dict[str, Tree]) -> None:
        _release(site, tree)["go_live"] = TreeLeaf(f"{moment:%Y-%m-%dT%H:%M}+00:00")

    return _program(site, change, f"go_live of {site.loaded.release.id}")


def _build(site: TargetProgram) -> Planted:
    if not site.loaded.release.subjects:
        raise NotPlanted("the release names no build, commit or configuration")

    def change(tree: dict[str, Tree]) -> None:
        subjects = _release(site, tree)["subjects"]
        assert isinstance(subjects, dict)
        for key, name in site.loaded.release.subjects.items():
            subjects[key] = words(name[:-1] + ("1" if name[-1] == "0" else "0"))

    return _program(site, change, f"subjects of {site.loaded.release.id}")


def _identity(site: TargetProgram) -> Planted:
    """Another program under the same log."""

    def change(tree: dict[str, Tree]) -> None:
        identity = tree["program"]
        assert isinstance(identity, dict)
        identity["id"] = words("drill-other")

    return _program(site, change, "program: id")


def _source_unbound(site: TargetProgram) -> Planted:
    """Whatever binding most rests on is taken out of the program file."""
    source = site.source("file")

    def change(tree: dict[str, Tree]) -> None:
        gone = site.binding_tree(tree, source.binding.id)
        tree["evidence"] = [entry for entry in listed(tree.get("evidence")) if entry is not gone]
        authority = tree.get("authority")
        if isinstance(authority, dict):
            kept = {fact: name for fact, name in authority.items() if name != TreeLeaf(source.binding.id)}
            tree["authority"] = kept

    found = _program(site, change, f"without {source.binding.id}")
    return Planted(found.where, source.criteria)


def _not_evidence(site: TargetProgram) -> Planted:
    """A source that speaks against somebody is declared to be none."""
    source = site.source("file")

    def change(tree: dict[str, Tree]) -> None:
        kept = tree.get("not_evidence")
        tree["not_evidence"] = {**(kept if isinstance(kept, dict) else {}), source.path: words("An old draft")}

    found = _program(site, change, f"not_evidence: {source.path}")
    return Planted(found.where, source.criteria)


def _key_twice(site: TargetProgram) -> Planted:
    site.copy.put(PROGRAM_FILE, site.copy.read(PROGRAM_FILE) + b"\nruleset: ./drill-rules\n")
    return Planted(f"{PROGRAM_FILE}, ruleset")


def _bomb(site: TargetProgram) -> Planted:
    grow = "".join(f"{name}: &{name} [{', '.join([f'*{one}'] * 9)}]\n" for one, name in ("ab", "bc", "cd", "de"))
    site.copy.put(PROGRAM_FILE, b"a: &a [x, x, x]\n" + grow.encode() + site.copy.read(PROGRAM_FILE))
    return Planted(PROGRAM_FILE)


def _torn(site: TargetProgram) -> Planted:
    content = site.copy.read(PROGRAM_FILE)
    half = content.index(b"\n", len(content) // 2)
    site.copy.put(PROGRAM_FILE, content[:half])
    return Planted(PROGRAM_FILE)


def _register(site: TargetProgram) -> str:
    people = site.program_tree().get("people")
    if not isinstance(people, TreeLeaf):
        raise NotPlanted("the people register is a matrix, or there is none")
    site.tree_of(people.text)
    return people.text


def _register_emptied(site: TargetProgram) -> Planted:
    path = _register(site)
    site.put_tree(path, {"schema": TreeLeaf("1"), "people": []})
    return Planted(path)


def _register_torn(site: TargetProgram) -> Planted:
    path = _register(site)
    content = site.copy.read(path)
    site.copy.put(path, content[: len(content) // 2])
    return Planted(path)


def _seats_ended(site: TargetProgram) -> Planted:
    """Everybody left their seats a year ago."""
    path = _register(site)
    tree = site.tree_of(path)
    day = TreeLeaf((site.today - timedelta(days=365)).isoformat())
    for row in listed(tree.get("people")):
        if isinstance(row, dict):
            row.pop("from", None)
            row["to"] = day
    tree.pop("delegations", None)
    site.put_tree(path, tree)
    return Planted(path)


DEFECTS = (
    Defect("moved-golive", "Go-live was moved by sixty days", _PROGRAM, _go_live, Noticed.TOLD),
    Defect(
        "released-another-build",
        "The build to be released is not the one that was tested",
        "a release that names a build",
        _build,
    ),
    Defect("another-program", "The program has another id", _PROGRAM, _identity, Noticed.TOLD),
    Defect("unbound-source", "A source was taken out of the program file", _PROGRAM, _source_unbound, Noticed.STOPPED),
    Defect("not-evidence", "A source is declared to be no evidence", _PROGRAM, _not_evidence, Noticed.STOPPED),
    Defect("program-key-twice", "The program file names its ruleset twice", _PROGRAM, _key_twice, Noticed.STOPPED),
    Defect("program-bomb", "The program file grows with every alias", _PROGRAM, _bomb, Noticed.STOPPED),
    Defect("torn-program", "The program file was cut in the middle", _PROGRAM, _torn),
    Defect("people-emptied", "Nobody is in the people register", _PEOPLE, _register_emptied),
    Defect("people-torn", "The people register was cut off", _PEOPLE, _register_torn),
    Defect("people-left", "Everybody has left their seats", _PEOPLE, _seats_ended),
)
