"""Defects of the trust file, and of a log that it knows: keys that lapsed, another program's keys, a shorter log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from gonogo.audit.checkpoint import FOLDER, NAME
from gonogo.audit.history import open_history
from gonogo.audit.index import NAME as INDEX
from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.kinds.moved_dates import YEARS, moved
from gonogo.drill.rehearsal import Rehearsed
from gonogo.drill.site import TargetProgram, listed
from gonogo.drill.tree_text import Tree, TreeLeaf, words
from gonogo.errors import GonogoError
from gonogo.model.assessment import Purpose
from gonogo.signing.private_key import PrivateKey, new_private_key
from gonogo.signing.trust_file import read_trust
from gonogo.signing.trust_values import KeyKind, Trust
from gonogo.workflow.log_keys import LogKeys

_DAYS = timedelta(days=30)
GATE = "drill-gate"
DEPOSITOR = "drill-depositor"


def trust_path(site: TargetProgram) -> str:
    """Return the path of the trust file, in the copy's folder.

    Raises:
        NotPlanted: The program names none.
    """
    path = site.loaded.program.trust
    if path is None:
        raise NotPlanted("the program names no trust file")
    return path


def trust_of(site: TargetProgram) -> Trust:
    """Return what the trust file of the copy says."""
    return read_trust(site.copy.root / trust_path(site), program=site.loaded.program.identity.id)


def added_key(site: TargetProgram, name: str, **more: Tree) -> PrivateKey:
    """Return a new key that the trust file of the copy names from now on, as a key of the kind log."""
    path, key = trust_path(site), new_private_key()
    day = site.now.date()
    tree = site.tree_of(path)
    entry: dict[str, Tree] = {
        "id": words(name),
        "kind": TreeLeaf("log"),
        "public": words(key.public.pem.decode()),
        "from": TreeLeaf(f"{day - _DAYS}"),
        "until": TreeLeaf(f"{day + _DAYS}"),
    }
    tree["keys"] = [*listed(tree.get("keys")), entry | more]
    site.put_tree(path, tree)
    return key


_TRUST = "a trust file"
_KEY = "a trust file with a key for the log that is in force"
_PERSON = "a trust file with the key of a person"


def _file(site: TargetProgram) -> str:
    path = site.loaded.program.trust
    if path is None:
        raise NotPlanted("the program names no trust file")
    return path


def _changed(site: TargetProgram, change: Callable[[dict[str, Tree]], None]) -> str:
    path = _file(site)
    tree = site.tree_of(path)
    change(tree)
    site.put_tree(path, tree)
    return path


def _keys(tree: dict[str, Tree]) -> list[dict[str, Tree]]:
    return [key for key in listed(tree.get("keys")) if isinstance(key, dict)]


def _another_program(site: TargetProgram) -> Planted:
    path = _changed(site, lambda tree: tree.update(program=words("drill-other")))
    return Planted(f"{path}, program")


def _expired(site: TargetProgram) -> Planted:
    """Every key lapsed five years ago; whether a decision could be signed is asked as a decision asks it."""
    path = _file(site)
    program = site.loaded.program.identity.id
    if not read_trust(site.copy.root / path, program=program).trusted(KeyKind.LOG, site.now):
        raise NotPlanted("no key of the trust file may sign the log at this moment")

    def change(tree: dict[str, Tree]) -> None:
        for key in _keys(tree):
            for name in ("from", "until"):
                day = key.get(name)
                assert isinstance(day, TreeLeaf)
                key[name] = TreeLeaf(moved(day.text, -YEARS), day.quoted)

    _changed(site, change)

    def refused(_after: Rehearsed) -> str:
        keys = LogKeys(trust=read_trust(site.copy.root / path, program=program), who=f"the trust file {path}")
        try:
            keys.check_signer(Purpose.DECISION, site.now)
        except GonogoError as error:
            return error.sentence
        return ""

    return Planted(f"{path}, from and until of every key", shows=refused, by="signature of a decision")


def _no_office(site: TargetProgram) -> Planted:
    def change(tree: dict[str, Tree]) -> None:
        found = [key for key in _keys(tree) if key.get("kind") == TreeLeaf("person")]
        if not found:
            raise NotPlanted("the trust file has no key of a person")
        found[0].pop("office", None)

    return Planted(f"{_changed(site, change)}, office")


def _another_log(site: TargetProgram) -> Planted:
    """The trust file knows of a log, and the one that lies there has another past."""
    log = open_history(site.copy.log).ledger.log
    known: dict[str, Tree] = {"id": words(log), "size": TreeLeaf("1"), "root": words("5" * 64)}
    return Planted(f"{_changed(site, lambda tree: tree.update(log=known))}, log")


def _cut_with_its_marks(site: TargetProgram) -> Planted:
    """The log is cut, with everything beside it that would tell; only the trust file knows how long it was."""
    ledger = open_history(site.copy.log).ledger
    known: dict[str, Tree] = {
        "id": words(ledger.log),
        "size": TreeLeaf(str(ledger.head.records)),
        "root": words(ledger.tree.root().hex()),
    }
    _changed(site, lambda tree: tree.update(log=known))
    (*_, last) = site.copy.break_log()
    lines = last.read_bytes().splitlines(keepends=True)
    last.chmod(0o600)
    last.write_bytes(b"".join(lines[: len(lines) // 2]))
    for name in (NAME, INDEX, FOLDER):
        if (site.copy.log / name).exists():
            site.copy.remove((site.copy.log / name).relative_to(site.copy.root).as_posix())
    return Planted(f"the audit log, its {NAME} and its {INDEX}")


DEFECTS = (
    Defect("expired-keys", "Every key of the trust file has lapsed", _KEY, _expired, Noticed.STOPPED),
    Defect("keys-of-another-program", "The trust file is another program's", _TRUST, _another_program, Noticed.STOPPED),
    Defect("key-without-office", "The key of a person is for no office", _PERSON, _no_office, Noticed.STOPPED),
    Defect("another-log", "Another log is where the known one was", _TRUST, _another_log, Noticed.STOPPED),
    Defect(
        "log-cut-with-its-marks",
        "The log was cut, and what would show it was removed",
        _TRUST,
        _cut_with_its_marks,
        Noticed.STOPPED,
    ),
)
