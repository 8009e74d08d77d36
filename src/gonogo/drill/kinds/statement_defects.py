"""Defects of statements: who states, who prepared, when, and what stands where the value belongs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.kinds.file_defects import planted
from gonogo.drill.kinds.moved_dates import YEARS, moved
from gonogo.drill.site import BoundSource, TargetProgram, listed
from gonogo.drill.tree_text import Tree, TreeLeaf, words

_FILE = "a YAML file of statements"
_NUMBER = "a statement of a number in a YAML file"
_BOMB = "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 8)}]\n" for before, name in ("ab", "bc", "cd", "de", "ef")
)


def _files(site: TargetProgram) -> list[BoundSource]:
    found = [source for ending in (".yaml", ".yml") for source in site.sources("attestation", ending=ending)]
    if not found:
        raise NotPlanted("no YAML file of statements answers for a fact that counts here")
    return found


def _statement(
    site: TargetProgram,
    change: Callable[[dict[str, Tree]], None],
    fits: Callable[[dict[str, Tree]], bool] = lambda _: True,
) -> Planted:
    """Change the first statement that fits, in the file that most rests on."""
    for source in _files(site):
        tree = site.tree_of(source.path)
        for statement in listed(tree.get("attestations")):
            if isinstance(statement, dict) and fits(statement):
                change(statement)
                site.put_tree(source.path, tree)
                fact = statement.get("fact")
                return planted(source, f"{source.path}, {fact.text if isinstance(fact, TreeLeaf) else 'a statement'}")
    raise NotPlanted("no statement that counts here is of that kind")


def text_of(tree: Tree | None) -> str:
    """Return a scalar's text; empty for anything else."""
    return tree.text if isinstance(tree, TreeLeaf) else ""


def _wrong_seat(site: TargetProgram) -> Planted:
    """Somebody who holds a seat that the criteria do not ask, in that seat."""
    criteria = {criterion.id: criterion for criterion in site.loaded.ruleset.criteria}
    source = _files(site)[0]
    asked = {seat for name in source.criteria for seat in criteria[name].attest}
    asked |= {criteria[name].owner for name in source.criteria}
    for tenure in site.loaded.people.tenures:
        offices = {seat.partition(".")[2] for seat in asked}
        if tenure.covers(site.today) and tenure.role.partition(".")[2] not in offices:
            new: dict[str, Tree] = {"person": words(tenure.person), "role": words(tenure.role)}
            return _statement(site, partial(_update, new), partial(_not_prepared_by, tenure.person))
    raise NotPlanted("everybody in the register holds a seat that may state it")


def _not_prepared_by(person: str, statement: dict[str, Tree]) -> bool:
    """Whether somebody else prepared it, so that nothing but the seat is wrong."""
    return text_of(statement.get("prepared_by")) not in ("", person)


def _update(new: dict[str, Tree], statement: dict[str, Tree]) -> None:
    statement.update(new)


def _another_person(site: TargetProgram) -> Planted:
    """A person who is not in the seat that is written."""
    holders = [tenure.person for tenure in site.loaded.people.tenures]

    def change(statement: dict[str, Tree]) -> None:
        seat = text_of(statement.get("role"))
        others = [one for one in holders if one not in site.loaded.people.holders(seat, site.today)]
        others = [one for one in others if _not_prepared_by(one, statement)]
        if not others:
            raise NotPlanted("everybody in the register holds that seat, or prepared the evidence")
        statement["person"] = words(others[0])

    return _statement(site, change)


def _own_work(site: TargetProgram) -> Planted:
    return _statement(site, lambda statement: statement.update(prepared_by=statement["person"]))


def _without_preparer(statement: dict[str, Tree]) -> None:
    del statement["prepared_by"]


def _nobody_prepared(site: TargetProgram) -> Planted:
    known = site.loaded.people

    def fits(statement: dict[str, Tree]) -> bool:
        return "prepared_by" in statement

    source = _files(site)[0]
    if known.knows(source.binding.producer):
        raise NotPlanted("the binding names the person who prepared it")
    return _statement(site, _without_preparer, fits)


def _qualified(site: TargetProgram) -> Planted:
    caveat = words("once the open findings of the last review are closed")
    return _statement(site, lambda statement: statement.update(qualified=caveat))


def _dated(site: TargetProgram, years: int) -> Planted:
    def change(statement: dict[str, Tree]) -> None:
        for key in ("on", "held_on"):
            if key in statement:
                statement[key] = TreeLeaf(moved(text_of(statement[key]), years))

    return _statement(site, change)


def _tomorrow(site: TargetProgram) -> Planted:
    day = TreeLeaf((site.today + timedelta(days=1)).isoformat())

    def change(statement: dict[str, Tree]) -> None:
        statement["on"] = day
        statement.pop("held_on", None)

    return _statement(site, change)


def _value(site: TargetProgram, value: TreeLeaf, *, number: bool = True) -> Planted:
    def fits(statement: dict[str, Tree]) -> bool:
        return not number or text_of(statement.get("value")).strip("%")[:1].isdigit()

    return _statement(site, lambda statement: statement.update(value=value), fits)


def _bomb(site: TargetProgram) -> Planted:
    source = _files(site)[0]
    site.copy.put(source.path, f"schema: 1\n{_BOMB}attestations: *f\n")
    return planted(source)


def _torn(site: TargetProgram) -> Planted:
    source = _files(site)[0]
    content = site.copy.read(source.path)
    site.copy.put(source.path, content[: content.rindex(b":")])
    return planted(source)


def _key_twice(site: TargetProgram) -> Planted:
    """Two answers for one question, in one statement."""
    source = _files(site)[0]
    text = site.copy.read(source.path).decode()
    line = next((line for line in text.splitlines() if line.strip().startswith("value:")), "")
    if not line:
        raise NotPlanted("no value of the file has a line of its own")
    site.copy.put(source.path, text.replace(line, f"{line}\n{line}", 1))
    return planted(source)


DEFECTS = (
    Defect("wrong-seat", "A statement is made in a seat that may not make it", _FILE, _wrong_seat, Noticed.STOPPED),
    Defect(
        "not-in-seat",
        "A statement is made by somebody who does not hold the seat",
        _FILE,
        _another_person,
        Noticed.STOPPED,
    ),
    Defect("own-work", "The person who states a fact prepared its evidence", _FILE, _own_work, Noticed.STOPPED),
    Defect("nobody-prepared", "A statement hides who prepared the evidence", _FILE, _nobody_prepared, Noticed.STOPPED),
    Defect("qualified", "A statement has a caveat", _FILE, _qualified, Noticed.STOPPED),
    Defect("old-statement", "A statement is five years old", _FILE, lambda site: _dated(site, -YEARS), Noticed.STOPPED),
    Defect("future-statement", "A statement is dated tomorrow", _FILE, _tomorrow, Noticed.STOPPED),
    Defect(
        "statement-nan",
        "NaN is stated where a number belongs",
        _NUMBER,
        lambda s: _value(s, TreeLeaf(".nan")),
        Noticed.STOPPED,
    ),
    Defect(
        "statement-not-available",
        "N/A is stated where a number belongs",
        _NUMBER,
        lambda s: _value(s, TreeLeaf("N/A")),
        Noticed.STOPPED,
    ),
    Defect("alias-bomb", "A file of statements grows with every alias", _FILE, _bomb, Noticed.STOPPED),
    Defect("torn-statements", "A file of statements was cut off", _FILE, _torn, Noticed.STOPPED),
    Defect("two-answers", "A statement answers twice", _FILE, _key_twice, Noticed.STOPPED),
)
