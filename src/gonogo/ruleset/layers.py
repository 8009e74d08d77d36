"""Layers: overlay files that extend one another, down to the ruleset that all of them lie on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gonogo.documents.files import read_file, real, refusal, shown
from gonogo.documents.shape import CheckedDocument
from gonogo.errors import ConfigurationError
from gonogo.ruleset.gathering import Gathering
from gonogo.ruleset.locate import REFERENCE, find_ruleset, overlay_path, shipped_overlay, shipped_overlays
from gonogo.ruleset.ruleset_documents import OverlayDocument
from gonogo.text import listed

Sheet = CheckedDocument[OverlayDocument]
_RENAME = "give this one another name or version"


@dataclass(slots=True)
class Layers:
    """Overlays in the order in which they are laid: what is extended comes before what extends it.

    Attributes:
        desk: Where mistakes are noted.
        sheets: Every layer that could be read.
        bases: The ruleset that a layer extends, with the layer: ``name@version``, or a path.
    """

    desk: Gathering
    sheets: list[Sheet] = field(default_factory=list)
    bases: list[tuple[Sheet, str]] = field(default_factory=list)
    _done: set[Path] = field(default_factory=set)
    _named: dict[str, Sheet] = field(default_factory=dict)

    def add(self, path: Path, below: Sequence[tuple[Path, Sheet]] = ()) -> None:
        """Read a layer, and first whatever it extends. A file that is there already is not laid twice."""
        if real(path) in self._done:
            return
        shipped = f"shipped with gonogo: {listed(list(shipped_overlays()))}; a path names a file"
        sheet = self.desk.open(path, OverlayDocument, hint=shipped if REFERENCE.fullmatch(path.name) else "")
        if sheet is None or sheet.document is None:
            return
        extends = sheet.document.extends
        chain = (*below, (path, sheet))
        if extends is not None and _is_layer(path, extends):
            self._extended(overlay_path(path.parent, extends), chain)
        elif extends is not None:
            self.bases.append((sheet, extends))
        self._check_name(path, sheet, sheet.document)
        self._done.add(real(path))
        self.sheets.append(sheet)

    def _check_name(self, path: Path, sheet: Sheet, document: OverlayDocument) -> None:
        """Note a layer whose name and version are those of another: reports and locks call a layer by these."""
        name = f"{document.overlay}@{document.version}"
        other = self._named.setdefault(name, sheet)
        if other is not sheet:
            what = (
                f"'{name}' is also the name and version of {other.name}: nobody could tell which of them changed what"
            )
            self.desk.problems.append(sheet.problem(("overlay",), "G123", what, _RENAME))
        shipped = shipped_overlay(name)
        if shipped is not None and real(shipped) != real(path) and read_file(shipped) != read_file(path):
            what = f"'{name}' ships with gonogo, and this file says something else under its name"
            hint = f"name the shipped one as `{name}`, or {_RENAME}"
            self.desk.problems.append(sheet.problem(("overlay",), "G123", what, hint))

    def _extended(self, path: Path, chain: Sequence[tuple[Path, Sheet]]) -> None:
        sheet = chain[-1][1]
        way = [real(each) for each, _ in chain]
        if real(path) in way:
            circle = [shown(each) for each, _ in chain[way.index(real(path)) :]]
            what = f"these overlays extend each other in a circle: {' -> '.join([*circle, circle[0]])}"
            hint = "an overlay extends a ruleset, or an overlay that does not lie on it"
            self.desk.problems.append(sheet.problem(("extends",), "G160", what, hint))
        elif not path.is_file():
            what = f"there is no overlay '{path.name}' to extend"
            hint = "name a ruleset as name@version, or a file beside this one"
            self.desk.problems.append(sheet.problem(("extends",), "G140", what, hint))
        else:
            self.add(path, chain)

    def check_base(self, folder: Path, says: str) -> None:
        """Note each layer that extends another ruleset than the one that it is laid on, or is called like it."""
        if says in self._named:
            what = f"'{says}' is the name and version of the ruleset that it is laid on"
            self.desk.problems.append(self._named[says].problem(("overlay",), "G123", what, _RENAME))
        for sheet, base in self.bases:
            if base == says:
                continue
            if not REFERENCE.fullmatch(base) and real(Path(sheet.name).parent / base) == real(folder):
                continue
            what = f"it extends '{base}', but is laid on '{says}'"
            hint = f"write `extends: {says}` after comparing the two: `gonogo ruleset diff` shows what differs"
            self.desk.problems.append(sheet.problem(("extends",), "G134", what, hint))


def _is_layer(path: Path, extends: str) -> bool:
    if REFERENCE.fullmatch(extends):
        return shipped_overlay(extends) is not None
    return not (path.parent / extends / "ruleset.yaml").is_file() and Path(extends).name != "ruleset.yaml"


def is_overlay(reference: str | Path, root: Path | None = None) -> Path | None:
    """Return the path of an overlay that is named where a ruleset may be named; None for anything else.

    It is named as one that ships, by its file, or by the folder that holds it as ``overlay.yaml``.
    """
    if isinstance(reference, str) and (found := shipped_overlay(reference)) is not None:
        return found
    if isinstance(reference, str) and REFERENCE.fullmatch(reference):
        return None
    path = (root or Path()) / reference
    try:
        if path.is_dir() and not (path / "ruleset.yaml").exists():
            path /= "overlay.yaml"  # as overlays that ship with gonogo are kept
        return path if path.suffix in (".yaml", ".yml") and path.name != "ruleset.yaml" and path.is_file() else None
    except (OSError, ValueError):
        return None


def base_of(path: Path, *, where: str = "") -> Path:
    """Return the folder of the ruleset that an overlay file lies on, by the layers that it extends.

    Raises:
        ConfigurationError: It extends nothing, or there is no such ruleset; mistakes of the layers are named.
    """
    desk = Gathering()
    layers = Layers(desk)
    layers.add(path)
    if desk.problems:
        raise ConfigurationError(desk.problems)
    if not layers.bases:
        what = f"'{shown(path)}' names no ruleset to lie on"
        raise refusal("G111", where or shown(path), what, "add `extends: name@version`")
    sheet, base = layers.bases[0]
    return find_ruleset(base, root=path.parent, where=str(sheet.at(("extends",)).position))
