"""Whatever is taken away from what people wrote, no criterion and no verdict gets better.

The other pages of this folder break the GO example. Here programs that are not ready lose each key and each entry of
their registers and statements in turn: a signature, a date, who prepared the evidence, a person, a plan.
"""

from __future__ import annotations

import copy
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
import yaml
from tests.figures import figure
from tests.sabotage.conftest import Example
from tests.sabotage.in_process import collect_here

from gonogo.errors import ConfigurationError
from gonogo.model.assessment import EngineMode
from gonogo.model.reply import Reply
from gonogo.model.verdict import Verdict
from gonogo.plugin.discovery import discover
from gonogo.workflow import pipeline
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "harborline"
PLUGINS = discover()
NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
Step = str | int
EACH = figure("keys and entries taken away: one in", small=4, large=1)
LEAST = 8
"""So many are taken from a short file, one after the other."""
EMPTY = 2
"""Places of a register without entries: its schema and its list."""


class Loader(yaml.CSafeLoader):
    """Reads ``on:`` as the key that it is."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, form) for tag, form in forms if not tag.endswith(":bool")]
        for first, forms in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


def read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader)


def write(file: Path, document: Any) -> None:
    text = yaml.dump(document, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
    file.write_text(text, encoding="utf-8")


class Told:
    """A program, what its sources answered, and how it stands."""

    def __init__(self, root: Path, example: Example) -> None:
        self.order = Order(program=root, as_of=NOW, engine=EngineMode.REFERENCE)
        self.root = root
        self.loaded = load(self.order)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pipeline, "collect", example.ask_the_touched)
            self.replies: list[Reply] = pipeline.gather(self.order, self.loaded, NOW)
        self.verdict, self.met, self.blockers = self.outcome(None)

    def again(self, binding: str) -> Reply:
        """Return what a source of statements answers now, which needs no child."""
        like = next(reply for reply in self.replies if reply.binding == binding)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pipeline, "collect", lambda request: collect_here(replace(request, entries=PLUGINS), like))
            [reply] = pipeline.gather(self.order, self.loaded, NOW, only=[binding])
        return reply

    def outcome(self, binding: str | None) -> tuple[Verdict, set[str], set[str]]:
        """Return the verdict, the criteria that are met, and those that block; ``binding`` alone is asked again."""
        loaded = load(self.order) if binding is None else self.loaded  # statements are read by a collector alone
        replies = self.replies
        if binding is not None:
            replies = [self.again(binding) if reply.binding == binding else reply for reply in self.replies]
        found = pipeline.judge(self.order, loaded, replies, NOW)
        met = {finding.criterion for finding in found.findings if finding.status.value == "met"}
        return found.decision.verdict, met, {blocker.criterion for blocker in found.decision.blockers}


def written(root: Path) -> Iterator[tuple[Path, str | None]]:
    """Yield the files that people wrote, each with the binding that reads it."""
    program = read(root / "gonogo.yaml")
    for name in ("people", "waivers", "plans"):
        if name in program:
            yield root / program[name], None
    for entry in program["evidence"]:
        if entry["collector"] == "attestation" and (root / entry["path"]).exists():
            yield root / entry["path"], entry["id"]


def places(document: Any) -> Iterator[tuple[Step, ...]]:
    """Yield the way to each key and each entry."""
    steps: list[Step] = list(document) if isinstance(document, dict) else list(range(len(document)))
    for step in steps:
        yield (step,)
        if isinstance(document[step], (dict, list)):
            yield from ((step, *rest) for rest in places(document[step]))


def less(document: Any, place: tuple[Step, ...]) -> Any:
    """Return the document without the value at that place."""
    left = copy.deepcopy(document)
    holder = left
    for step in place[:-1]:
        holder = holder[step]
    del holder[place[-1]]
    return left


def as_it_is(_root: Path) -> None:
    """Leave the example alone."""


def own_work(root: Path) -> None:
    """Have everybody state what they prepared themselves."""
    for file in sorted(root.glob("evidence/*/*.yaml")):
        document = read(file)
        for statement in document["attestations"]:
            statement["prepared_by"] = statement["person"]
        write(file, document)


SCENARIOS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "nogo": ("nogo", as_it_is),
    "conditional": ("conditional", as_it_is),
    "own work": ("go", own_work),
}
FILES = [
    (name, file.relative_to(EXAMPLE / folder).as_posix(), binding)
    for name, (folder, _) in SCENARIOS.items()
    for file, binding in written(EXAMPLE / folder)
    if len(list(places(read(file)))) > EMPTY
]


def date_like(example: Path, root: Path) -> None:
    """Give each file with the content of the example's its time too: what is known of that need not be asked again."""
    for path in root.rglob("*"):
        other = example / path.relative_to(root)
        if path.is_file() and other.is_file() and path.read_bytes() == other.read_bytes():
            found = other.stat()
            os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


@pytest.fixture(scope="module")
def told_of(tmp_path_factory: pytest.TempPathFactory, example: Example) -> Callable[[str], Told]:
    """Return each scenario as it stands, gathered once; a test leaves its files as they were."""

    @cache
    def made(name: str) -> Told:
        folder, change = SCENARIOS[name]
        root = Path(shutil.copytree(EXAMPLE / folder, tmp_path_factory.mktemp("less") / folder))
        change(root)
        date_like(example.root, root)
        return Told(root, example)

    return made


def test_each_kind_of_file_is_there():
    """A file that is no longer found would be left whole, and nobody would notice."""
    for name in SCENARIOS:
        files = [file for scenario, file, _ in FILES if scenario == name]
        assert {"people.yaml", "waivers.yaml"} <= set(files)
        assert len(files) >= 8


@pytest.mark.torture
@pytest.mark.parametrize(
    ("scenario", "name", "binding"), FILES, ids=[f"{scenario}: {Path(name).name}" for scenario, name, _ in FILES]
)
def test_nothing_gets_better(scenario: str, name: str, binding: str | None, told_of: Callable[[str], Told]):
    """Who leaves out what speaks against them would be better off than who writes it down."""
    told = told_of(scenario)
    assert told.verdict is not Verdict.GO
    file = told.root / name
    text = file.read_text(encoding="utf-8")
    document = read(file)
    better: list[str] = []
    judged = 0

    ways = list(places(document))
    stride = max(1, min(EACH, len(ways) // LEAST))
    for place in ways[crc32(name.encode()) % stride :: stride]:
        write(file, less(document, place))
        try:
            verdict, met, blockers = told.outcome(binding)
        except ConfigurationError:
            continue
        finally:
            file.write_text(text, encoding="utf-8")
        judged += 1
        if verdict.rank > told.verdict.rank or met - told.met or told.blockers - blockers:
            better.append(f"{file.name} without {'.'.join(map(str, place))}: {verdict}, {met - told.met}")

    assert better == []
    assert judged > 1
