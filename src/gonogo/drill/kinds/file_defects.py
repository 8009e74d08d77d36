"""Defects of the file itself, whatever it holds: gone, empty, linked, doubled, too large, another one's."""

from __future__ import annotations

from pathlib import PurePosixPath

from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.site import BoundSource, TargetProgram

_ANY = "a file that a binding reads"
_LARGEST = 64 * 2**20
"""Bytes that a drill writes at most for a file that is too large."""


def planted(source: BoundSource, where: str = "") -> Planted:
    """Return a defect in a source's file."""
    return Planted(where or source.path, source.criteria)


def _lost(site: TargetProgram) -> Planted:
    source = site.source("file")
    site.copy.remove(source.path)
    return planted(source)


def _empty(site: TargetProgram) -> Planted:
    source = site.source("file")
    site.copy.put(source.path, b"")
    return planted(source)


def _zeros(site: TargetProgram) -> Planted:
    source = site.source("file")
    site.copy.put(source.path, b"\0" * max(len(site.copy.read(source.path)), 4096))
    return planted(source)


def _link(site: TargetProgram) -> Planted:
    source = site.source("file")
    site.copy.link(source.path)
    return planted(source)


def _pipe(site: TargetProgram) -> Planted:
    source = site.source("file")
    site.copy.pipe(source.path)
    return planted(source)


def _too_large(site: TargetProgram) -> Planted:
    small = [source for source in site.sources() if source.binding.max_bytes < _LARGEST]
    if not small:
        raise NotPlanted(f"every binding lets more be read than the {_LARGEST // 2**20} MiB that a drill writes")
    source = min(small, key=lambda one: one.binding.max_bytes)
    site.copy.put_large(source.path, site.copy.read(source.path), source.binding.max_bytes + 1)
    return planted(source)


def _another_source(site: TargetProgram) -> Planted:
    """The bytes of another source of the same ending, under this one's name."""
    for source in site.sources():
        ending = PurePosixPath(source.path).suffix
        others = [one for one in site.sources(ending=ending) if one.path != source.path and ending]
        others = [one for one in others if one.binding.id != source.binding.id]
        if others:
            site.copy.put(source.path, site.copy.read(others[0].path))
            return planted(source, f"{source.path}, with the bytes of {others[0].path}")
    raise NotPlanted("no two sources have files of one kind")


def _second_candidate(site: TargetProgram) -> Planted:
    """Another file that the pattern means as well, with other bytes."""
    for source in site.sources():
        for pattern in source.entry.paths:
            name = PurePosixPath(pattern).name
            if "*" in name and not source.entry.pick_newest:
                twin = str(PurePosixPath(source.path).with_name(name.replace("*", "drill_2", 1)))
                if not (site.copy.root / twin).exists() and not set("?[") & set(name):
                    site.copy.put(twin, site.copy.read(source.path) + b"\n")
                    return planted(source, twin)
    raise NotPlanted("no binding finds its file by a pattern")


def _conflict_copy(site: TargetProgram) -> Planted:
    """A copy that a synchronizer made of two people's work, beside the file that is read."""
    source = site.source("file")
    path = PurePosixPath(source.path)
    twin = str(path.with_name(f"{path.stem} (1){path.suffix}"))
    site.copy.put(twin, site.copy.read(source.path) + b"\n")
    return planted(source, twin)


def _inside(site: TargetProgram) -> Planted:
    """Half of the file, cut in the middle of whatever stands there."""
    source = site.source("file")
    content = site.copy.read(source.path)
    half = len(content) // 2
    while 0 < half < len(content) - 1 and content[half - 1 : half] in (b"\n", b"\r", b">"):
        half += 1
    site.copy.put(source.path, content[:half])
    return planted(source)


DEFECTS = (
    Defect("lost-source", "A source was deleted", _ANY, _lost, Noticed.STOPPED),
    Defect("empty-source", "A source is empty", _ANY, _empty, Noticed.STOPPED),
    Defect("zeros", "A source holds as many zeros as it had bytes", _ANY, _zeros, Noticed.STOPPED),
    Defect("torn-source", "A source was cut in the middle", _ANY, _inside, Noticed.STOPPED),
    Defect("symlink", "A link to another place takes the place of a source", _ANY, _link, Noticed.STOPPED),
    Defect("pipe", "A named pipe takes the place of a source", _ANY, _pipe, Noticed.STOPPED),
    Defect("too-large", "A source is larger than its binding allows", _ANY, _too_large, Noticed.STOPPED),
    Defect(
        "another-file",
        "The file of another source has the name of this one",
        "two sources of one format",
        _another_source,
        Noticed.STOPPED,
    ),
    Defect(
        "second-candidate",
        "A second file fits the pattern of a source",
        "a binding that finds its file by a pattern",
        _second_candidate,
        Noticed.STOPPED,
    ),
    Defect("conflict-copy", "A changed copy is next to a source", _ANY, _conflict_copy, Noticed.TOLD),
)
