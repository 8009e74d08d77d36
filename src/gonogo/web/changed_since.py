"""What of a program's folder is no longer what its last run read: an older report beside newer files says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gonogo.documents.files import inside
from gonogo.errors import ConfigurationError, UsageError
from gonogo.model.collected import CollectorFinished
from gonogo.model.record import RunStarted
from gonogo.model.reply import InputRead
from gonogo.plugin.inputs.match import is_wild
from gonogo.plugin.inputs.read_today import read_today
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import ProgramFiles
from gonogo.report.view import RunView
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset
from gonogo.workflow.named_trust import named_trust

_MOST: Final = 64_000_000
"""Bytes up to which a file of equal size is read again."""


def changed_since(view: RunView, loaded: ProgramFiles) -> tuple[str, ...]:
    """Return a sentence for each thing that the run knew otherwise; nothing where all is as it was.

    Args:
        view: The run.
        loaded: The program as it is now.
    """
    return (*_papers(view, loaded), *(each for reply in view.collectors for each in _files(reply, loaded)))


def _papers(view: RunView, loaded: ProgramFiles) -> Iterator[str]:
    run, known = view.started, view.assessment
    rules = _rules(loaded)
    if run.program_sha256 is not None and run.program_sha256 not in _digests(loaded, rules):
        profiles = any(each.profile is not None for each in loaded.program.bindings)
        what = "gonogo.yaml, or an export profile that it names," if profiles else "gonogo.yaml"
        yield f"{what} says something else than it did in that run."
    if rules is None:
        yield "The ruleset cannot be read now, so nobody can say whether it has changed; `gonogo lint` says why."
    elif (run.ruleset_sha256, run.vocabulary_sha256) != (rules.ruleset.material_sha256, rules.vocabulary.digest()):
        yield "The ruleset, its facts or an overlay says something else than it did in that run."
    yield from _trust(run, loaded)
    if run.lock_sha256 is not None:
        yield "The program is locked, and changes of its people register are not shown here; the next run names them."
    elif run.people_sha256 is not None and run.people_sha256 != loaded.people.digest():
        yield "The people register says something else than it did in that run."
    for name, was, now in (
        ("Waivers", known.waivers, loaded.waivers),
        ("Action plans", known.plans, loaded.plans),
        ("Acceptances", known.acceptances or (), loaded.acceptances),
    ):
        if tuple(was) != tuple(now):
            yield f"{name} are not those of that run."


def _rules(loaded: ProgramFiles) -> LoadedRuleset | None:
    try:
        return load_ruleset(loaded.program.ruleset, loaded.overlay_paths, root=loaded.root)
    except (ConfigurationError, UsageError, OSError):
        return None


def _digests(loaded: ProgramFiles, rules: LoadedRuleset | None) -> Iterator[str]:
    """Yield the digest of the program as it is written, then as a run records it: without what the ruleset lacks."""
    yield loaded.program.digest()
    try:
        if rules is not None:
            yield check_program(loaded, rules).program.digest()
    except (ConfigurationError, UsageError, OSError):
        return


def _trust(run: RunStarted, loaded: ProgramFiles) -> Iterator[str]:
    """Yield that the trust file is another one; that the program names none, or another path, its own file says."""
    if run.trust_sha256 is None or loaded.program.trust is None:
        return
    try:
        trust = named_trust(loaded.root).trust
    except ConfigurationError:
        yield "The trust file cannot be read now, so nobody can say whether it is that of that run."
        return
    if trust is not None and trust.digest() != run.trust_sha256:
        yield "The trust file says something else than it did in that run."


def _files(reply: CollectorFinished, loaded: ProgramFiles) -> Iterator[str]:
    if reply.deposited is not None:
        yield f"{reply.binding} came from another job in a bundle; its files are not compared here."
        return
    for each in reply.inputs:
        if how := _how(each, loaded.root):
            yield f"{each.path}, read by {reply.binding}, {how}"
    bound = {binding.id: binding for binding in loaded.program.bindings}
    binding = bound.get(reply.binding)
    if binding is None or binding.confirmed is not None:
        return  # no run reads what nobody has confirmed, so that a new one would know no more
    read = {each.path for each in reply.inputs}
    for today in read_today(binding, loaded.root, loaded.program):
        if today.path and today.path not in read:
            yield f"{today.path} is there for {reply.binding}, and that run did not read it."
        elif today.why and is_wild(today.words) and reply.failure is None:
            yield f"{reply.binding} would read nothing now: {today.why}"


def _how(known: InputRead, root: Path) -> str:
    """Return how a file differs from what was read of it; nothing where it does not."""
    path = inside(root, known.path)
    try:
        if path is None or not path.is_file():
            return "is not there any more."
        size = path.stat().st_size
        if size != known.size:
            return "has changed."
        if size > _MOST:
            return f"has {size:,} bytes as then, and is too large to be compared on this page."
        with path.open("rb") as stream:
            return "has changed." if hashlib.file_digest(stream, "sha256").hexdigest() != known.sha256 else ""
    except OSError as error:
        return f"cannot be read now: {error.strerror or error}."
