"""The GO example, copied for every way of spoiling it, and a quick way of assessing a copy.

Reading all evidence takes a second or two; a sabotage touches one or two files. The host is therefore asked only for
the bindings that a sabotage touched: those whose words or files (name, kind, bytes, neighbours of the like name)
differ from the example's. What the others replied to the same question is known.

``judged`` and ``spoiled_evidence`` judge by the example's own ruleset, ``decided`` by what the copy's files say, and
nothing is recorded or rendered. ``spoiled`` is the command itself: each table of ways goes through it at least once.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import stat
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from tests.sabotage.in_process import QUICK, collect_here

from gonogo.cli import run
from gonogo.errors import GonogoError
from gonogo.model.assessment import Assessment, EngineMode
from gonogo.model.program import Binding, Marking
from gonogo.model.reply import Reply
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.discovery import PluginEntry, discover
from gonogo.plugin.host import collect
from gonogo.workflow import pipeline
from gonogo.workflow.exit_codes import exit_code
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "harborline" / "go"
AS_OF = "2027-04-19T12:00-04:00"
BUILT_IN = {"schedule", "raid", "junit", "table", "attestation"}


class Folder:
    """A copy of the example in the hands of somebody careless, or worse."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, name: str) -> Path:
        return self.root / name

    def put(self, name: str, content: bytes | str) -> None:
        """Write a file, whatever was there."""
        path = self.path(name)
        path.unlink(missing_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def bytes(self, name: str) -> bytes:
        return self.path(name).read_bytes()

    def second_release(self) -> None:
        """Add a release, and say of the schedules that they are about the first one."""
        self.edit("gonogo.yaml", "\nruleset:", "\n  - {id: R2, go_live: 2027-09-01T06:00}\nruleset:")
        for binding in ("master-schedule", "provider-schedule"):
            self.edit("gonogo.yaml", f"  - id: {binding}\n", f"  - id: {binding}\n    subject: {{release: R1}}\n")

    def edit(self, name: str, old: str, new: str, *, count: int = 1) -> None:
        """Replace text that is really there."""
        text = self.bytes(name).decode()
        assert old in text, f"{name} no longer holds {old!r}: the example has changed, and so must this way"
        self.put(name, text.replace(old, new, count))

    def line(self, name: str, number: int, new: str) -> None:
        """Replace a line, from 1."""
        lines = self.bytes(name).decode().splitlines(keepends=True)
        lines[number - 1] = new + "\n"
        self.put(name, "".join(lines))

    def cut(self, name: str, part: float) -> None:
        """Keep the first part of a file."""
        content = self.bytes(name)
        self.put(name, content[: int(len(content) * part)])

    def move(self, old: str, new: str) -> None:
        self.path(old).rename(self.path(new))

    def member(self, name: str, member: str, old: bytes, new: bytes) -> None:
        """Replace bytes in one member of a workbook, and leave the rest as it is."""
        stream = io.BytesIO()
        with zipfile.ZipFile(self.path(name)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.infolist():
                content = source.read(entry)
                if entry.filename == member:
                    assert old in content, f"{member} of {name} does not hold {old!r}"
                    content = content.replace(old, new, 1)
                target.writestr(entry.filename, content)
        self.put(name, stream.getvalue())

    def sheet(self, name: str, change: Callable[[Any], object]) -> None:
        """Change a workbook as a person would in an office program."""
        import openpyxl

        workbook = openpyxl.load_workbook(self.path(name))
        change(workbook)
        workbook.save(self.path(name))


@dataclass(frozen=True)
class Outcome:
    """How an assessment ended.

    Attributes:
        code: Exit code.
        told: Everything that it printed, each run of blanks as one.
    """

    code: int
    told: str


@dataclass
class Example:
    """The untouched example.

    Attributes:
        root: Its folder, with the log of one rehearsal.
        outcome: How that ended.
        replies: What each binding answered, and the fingerprint of what it was asked.
        asked: Bindings that a spoiled copy had asked again, the last time.
        installed: The plugins, by where they were looked for.
    """

    root: Path
    outcome: Outcome
    replies: dict[str, tuple[str, Reply]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    installed: dict[tuple[str, ...], dict[str, PluginEntry]] = field(default_factory=dict)

    @cached_property
    def loaded(self) -> LoadedProgram:
        """Program and ruleset."""
        return load(Order(program=self.root))

    def entries(self) -> dict[str, PluginEntry]:
        """Return the plugins that are installed; they are looked for once for each path."""
        path = tuple(sys.path)
        if path not in self.installed:
            self.installed[path] = discover()
        return self.installed[path]

    def ask_the_touched(self, request: CollectionRequest) -> list[Reply]:
        """Stand in for the host: ask it for what differs from the example, and know the rest."""
        bindings, told = request.program.bindings, told_to_all(request)
        known = {
            binding.id: self.replies[binding.id][1]
            for binding in bindings
            if binding.id in self.replies and self.replies[binding.id][0] == fingerprint(request, binding, told)
        }
        touched = [binding for binding in bindings if binding.id not in known]
        self.asked = [binding.id for binding in touched]
        request = replace(request, entries=self.entries())
        quick = {each.id for each in touched if each.plugin == QUICK and each.id in self.replies}
        for name in quick:
            (known[name],) = collect_here(replace(request, only=[name]), self.replies[name][1])
        slow = [binding.id for binding in touched if binding.id not in quick]
        known |= {reply.binding: reply for reply in collect(replace(request, only=slow))} if slow else {}
        return [known[binding.id] for binding in bindings]


def fingerprint(request: CollectionRequest, binding: Binding, told: list[str]) -> str:
    """Return a digest of everything that a binding's reply may depend on."""
    words = [binding.model_copy(update={"where": ""}).canonical(), *told]
    if binding.plugin not in BUILT_IN:
        words += [str(request.program.allow), str(sys.path)]
    if binding.handling.marking is Marking.PII:
        words.append(str(sorted(request.people)))
    if binding.plugin == "attestation":
        words.append(request.ruleset)
    for pattern in [path for entry in binding.inputs for path in entry.paths]:
        parts = PurePosixPath(pattern)
        for folder in [*reversed(parts.parents)]:
            words.append(kind(request.root / folder))
        like = re.split(r"[*?\[.]", parts.name)[0]
        folder = request.root / parts.parent
        names = sorted(path for path in folder.iterdir() if path.name.startswith(like)) if folder.is_dir() else []
        words += [f"{path.name} {kind(path)}" for path in names]
    return hashlib.sha256(repr(words).encode()).hexdigest()


def told_to_all(request: CollectionRequest) -> list[str]:
    """Return what a request tells every binding."""
    assert request.vocabulary is not None
    release = request.release
    words = [request.program.identity.canonical(), release.id, str(release.go_live), str(request.now.astimezone(UTC))]
    return [*map(str, words), str(sorted(request.holidays or ())), request.vocabulary.digest(), str(request.earlier)]


def kind(path: Path) -> str:
    """Return what is there; a file of the copy that nobody wrote to has the time of the example's."""
    try:
        found = path.lstat()
    except OSError as error:
        return str(error.errno)
    content = f"{found.st_size} {found.st_mtime_ns}" if stat.S_ISREG(found.st_mode) else ""
    return f"{stat.S_IFMT(found.st_mode)} {content}"


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The example as it is: assessed whole, once."""
    if not (EXAMPLE / "gonogo.yaml").is_file():
        pytest.skip("examples/harborline/go has not been generated")
    root = tmp_path_factory.mktemp("example") / "go"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("audit", "m3-hardened"))
    found = Example(root, Outcome(-1, ""))

    def remember(request: CollectionRequest) -> list[Reply]:
        replies, told = collect(request), told_to_all(request)
        for binding, reply in zip(request.program.bindings, replies, strict=True):
            found.replies[binding.id] = (fingerprint(request, binding, told), reply)
        return replies

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "collect", remember)
        found.outcome = Outcome(run(["assess", str(root), "--as-of", AS_OF]), "")
    return found


@pytest.fixture
def judged(example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Assessment]:
    """Spoil evidence of a copy and judge it by the reference alone, quicker than ``spoiled``: nothing is recorded."""
    monkeypatch.setattr(pipeline, "collect", example.ask_the_touched)
    now = datetime.fromisoformat(AS_OF)

    def judge(way: Callable[[Folder], object]) -> Assessment:
        root = Path(
            shutil.copytree(example.root, tmp_path / "go", ignore=shutil.ignore_patterns("audit", "m3-hardened"))
        )
        way(Folder(root))
        order = Order(program=root, as_of=now, engine=EngineMode.REFERENCE)
        loaded = replace(example.loaded, root=root)
        return pipeline.judge(order, loaded, pipeline.gather(order, loaded, now), now)

    return judge


def outcome_of(found: Assessment) -> Outcome:
    """Return how a run would end on it; what is told are its gaps and findings, and why it came to the verdict."""
    decision = found.decision
    sentences = [f"{gap.binding}: {gap.detail}" for gap in found.evidence.gaps]
    sentences += [f"{each.criterion}: {each.why}" for each in (*decision.blockers, *decision.conditions)]
    sentences += [f"{each.id}: {each.why}" for each in decision.waivers]
    sentences += [finding.sentence for finding in found.findings]
    return Outcome(exit_code(found.decision.verdict), " ".join(" ".join(sentences).split()))


@pytest.fixture
def spoiled_evidence(judged: Callable[..., Assessment]) -> Callable[..., Outcome]:
    """Spoil evidence of a copy and judge it as ``judged`` does; what is told are its gaps and findings."""
    return lambda way: outcome_of(judged(way))


@pytest.fixture
def decided(example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Spoil any file of a copy, load it and judge it by the reference alone; a refusal tells what the command tells."""
    monkeypatch.setattr(pipeline, "collect", example.ask_the_touched)
    now = datetime.fromisoformat(AS_OF)

    def decide(way: Callable[[Folder], object], *, release: str | None = None) -> Outcome:
        root = Path(shutil.copytree(example.root, tmp_path / "go", ignore=shutil.ignore_patterns("audit")))
        way(Folder(root))
        order = Order(program=root, release=release, as_of=now, engine=EngineMode.REFERENCE)
        try:
            loaded = load(order)
            return outcome_of(pipeline.judge(order, loaded, pipeline.gather(order, loaded, now), now))
        except GonogoError as error:
            return Outcome(error.exit_code, " ".join(str(error).split()))

    return decide


@pytest.fixture
def spoiled(example: Example, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Spoil a copy of the example and assess it: ``spoiled(way, "-o", "json")``."""

    def assess(way: Callable[[Folder], object], *options: str, whole: bool = False) -> Outcome:
        root = tmp_path / "go"
        shutil.copytree(example.root, root, ignore=shutil.ignore_patterns("audit", "m3-hardened"))
        way(Folder(root))
        if not whole:
            monkeypatch.setattr(pipeline, "collect", example.ask_the_touched)
        code = run(["assess", str(root), "--as-of", AS_OF, "--full", *options])
        told = " ".join("".join(capfd.readouterr()).split())
        return Outcome(code, told)

    return assess
