"""What a class of defects is shown: the program as it was loaded, what its unharmed run found, and the copy to harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from gonogo.comparison.snapshot import Snapshot
from gonogo.drill.defect import NotPlanted
from gonogo.drill.rehearsal import Rehearsed
from gonogo.drill.scratch_copy import ScratchCopy
from gonogo.drill.tree_text import Tree, TreeLeaf, read_tree, tree_text
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.evidence import Evidence
from gonogo.model.finding import Finding, Status
from gonogo.model.program import Binding, InputPath
from gonogo.model.ruleset import Severity
from gonogo.workflow.loaded import LoadedProgram

PROGRAM_FILE = "gonogo.yaml"


@dataclass(frozen=True, slots=True)
class BoundSource:
    """One file that a binding reads and whose facts count.

    Attributes:
        binding: The binding.
        entry: Which of its inputs it is.
        path: The file, relative to the program's folder.
        criteria: Criteria that read a fact of the binding.
    """

    binding: Binding
    entry: InputPath
    path: str
    criteria: frozenset[str]

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class TargetProgram:
    """A program before it is harmed.

    Attributes:
        copy: Its scratch copy; everything is planted through it.
        loaded: The program as it was loaded from the copy.
        before: Its unharmed run.
        now: The moment at which it is judged.
    """

    copy: ScratchCopy
    loaded: LoadedProgram
    before: Rehearsed
    now: datetime

    @property
    def known(self) -> Snapshot:
        """What the unharmed run recorded."""
        assert self.before.snapshot is not None
        return self.before.snapshot

    @property
    def today(self) -> date:
        """The program's local day."""
        return self.loaded.program.identity.local_date(self.now)

    @cached_property
    def every_source(self) -> tuple[BoundSource, ...]:
        """Every file whose facts count, those that most rests on first."""
        found = [source for binding in self.loaded.program.bindings for source in self._of(binding)]
        return tuple(sorted(found, key=lambda source: -self._weight(source)))

    def sources(self, *plugins: str, ending: str = "", name: str = "") -> list[BoundSource]:
        """Return the files of some collectors, by the ending of their names and the name of the input.

        ``schedule`` means each collector of that plugin, ``schedule:xer`` one of them; none means all.
        """
        return [
            source
            for source in self.every_source
            if (not plugins or source.binding.plugin in plugins or _whole(source.binding) in plugins)
            and source.path.lower().endswith(ending)
            and name in ("", source.entry.name)
        ]

    def source(self, what: str, *plugins: str, ending: str = "", name: str = "") -> BoundSource:
        """Return the file that most rests on.

        Raises:
            NotPlanted: No file of the kind answers for a fact that counts; ``what`` says which kind.
        """
        found = self.sources(*plugins, ending=ending, name=name)
        if not found:
            raise NotPlanted(f"no {what} answers for a fact that counts here")
        return found[0]

    def finding(self, criterion: str) -> Finding | None:
        """Return what the unharmed run found of a criterion."""
        return self.known.by_criterion.get(criterion)

    def is_open(self, source: BoundSource) -> bool:
        """Whether a criterion that rests on a file is open."""
        return any(finding is not None and finding.status.open for finding in map(self.finding, source.criteria))

    def program_tree(self) -> dict[str, Tree]:
        """Return the program file of the copy as a tree."""
        return self.tree_of(PROGRAM_FILE)

    def tree_of(self, path: str) -> dict[str, Tree]:
        """Return a YAML file of the copy as a tree.

        Raises:
            NotPlanted: It is not a YAML file with keys.
        """
        if not path.endswith((".yaml", ".yml")):
            raise NotPlanted(f"{path} is not a YAML file")
        tree = read_tree(self.copy.read(path), path)
        if not isinstance(tree, dict):
            raise NotPlanted(f"{path} has no keys")
        return tree

    def put_tree(self, path: str, tree: dict[str, Tree]) -> None:
        """Write a YAML file of the copy."""
        text = tree_text(tree)
        if read_tree(text.encode(), path) != tree:
            raise NotPlanted(f"{path} holds words that the drill cannot write back as they are")
        self.copy.put(path, text)

    def binding_tree(self, program: dict[str, Tree], binding: str) -> dict[str, Tree]:
        """Return one binding in the tree of the program file."""
        for entry in listed(program.get("evidence")):
            if isinstance(entry, dict) and entry.get("id") in (TreeLeaf(binding), TreeLeaf(binding, quoted=True)):
                return entry
        raise NotPlanted(f"{PROGRAM_FILE} does not list the binding {binding} by itself")

    def _of(self, binding: Binding) -> Iterator[BoundSource]:
        criteria = self._resting_on(binding)
        reply = self.known.sources.get(binding.id)
        if not criteria or reply is None:
            return
        read = {entry.sha256 for entry in reply.inputs}
        for entry in binding.inputs:
            for pattern in entry.paths:
                for path in sorted(self.copy.root.glob(pattern)):
                    if path.is_file() and not path.is_symlink() and digest_of_bytes(path.read_bytes()) in read:
                        yield BoundSource(binding, entry, path.relative_to(self.copy.root).as_posix(), criteria)

    def _resting_on(self, binding: Binding) -> frozenset[str]:
        """Return the criteria that read a fact for which a binding's own value counts."""
        answered = {
            fact
            for fact, answer in self.known.answers.items()
            if isinstance(answer, Evidence) and any(value.source.binding == binding.id for value in answer.values)
        }
        return frozenset(
            finding.criterion
            for finding in self.known.findings
            if any(reading.fact in answered and reading.gap is None for reading in finding.facts)
        )

    def _weight(self, source: BoundSource) -> int:
        """Return how much rests on a file: most on one that mandatory criteria are met by."""
        found = [finding for finding in map(self.finding, source.criteria) if finding is not None]
        met = [finding for finding in found if finding.status is Status.MET]
        if any(finding.severity is Severity.MANDATORY for finding in met):
            return 3
        return 2 if met else int(any(finding.status.judged for finding in found))


def _whole(binding: Binding) -> str:
    return f"{binding.plugin}:{binding.collector}"


def listed(tree: Tree | None) -> list[Tree]:
    """Return a tree's items where it is a list; else none."""
    return tree if isinstance(tree, list) else []


def mapped(value: Any) -> dict[str, Any]:
    """Return a value where it is a mapping; else an empty one."""
    return value if isinstance(value, dict) else {}
