"""Files beside the bound ones that were not read and may be taken for them: what page one says, and what settles it."""

from __future__ import annotations

from typing import Final

from gonogo.core.wording import listing
from gonogo.report.view import RunView
from gonogo.report.words import count

_NAMED: Final = 4
_KINDS: Final = {(True, False): "Newer files", (False, True): "Copies", (True, True): "Newer files and copies"}


def unread_beside(view: RunView) -> tuple[str, ...]:
    """Return a sentence for each bound file on the files beside it that were not read, for each way they are alike."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for reply in view.collectors:
        for each in reply.beside or ():
            groups.setdefault((reply.binding, each.than, each.words), []).append(each.path)
    return tuple(_sentence(*group, paths) for group, paths in groups.items())


def _sentence(binding: str, than: str, words: str, paths: list[str]) -> str:
    if len(paths) == 1:
        return f"{binding}: {paths[0]} is next to {than}, {words} and was not read."
    many = words.replace("is ", "are ", 1).replace("holds ", "hold ").replace("has ", "have ", 1)
    many = many.replace("its name", "their names").replace("a copy of it", "copies of it")
    return f"{binding}: {listing(paths, most=_NAMED)} are next to {than}, {many} and were not read."


def beside_title(view: RunView) -> str:
    """Return what the sentences of :func:`unread_beside` are about."""
    kinds = {each.by for reply in view.collectors for each in reply.beside or ()}
    if "name" in kinds:
        return "Files like a bound one that were not read"
    newer, copied = bool(kinds & {"date", "version"}), bool(kinds & {"copy", "conflict"})
    return f"{_KINDS.get((newer, copied), 'Newer files and copies')} that were not read"


def beside_number(view: RunView) -> int:
    """Return how many files the sentences are about."""
    return sum(len(reply.beside or ()) for reply in view.collectors)


def beside_step(view: RunView) -> tuple[str, ...]:
    """Return what settles which file counts; nothing where all of them hold the bytes that were read."""
    unlike = sum(each.by != "copy" for reply in view.collectors for each in reply.beside or ())
    if not unlike:
        return ()
    which = "a file that was not read" if unlike == 1 else f"{count(unlike, 'file')} that were not read"
    return (
        f"Check {which} next to bound ones: bind the one that counts, or list it under not_evidence with the reason.",
    )
