"""The tests that every collector has to pass, built in or not.

Subclass in a test module, name the plugin module and one good source, and let pytest collect it::

    class TestTickets(CollectorConformance):
        module = "gonogo_sample_agency.tickets"
        files = {"file": ("tickets.csv", b"id,opened,closed\\n...")}
        as_of = AsOf(rule=AsOfRule.SAID, at=SAMPLE_NOW, by="Ada Kirsch")
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import sys
import zoneinfo
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from gonogo.isolate import Limits, Task, run
from gonogo.model.fact import FactDeclaration, FactType
from gonogo.model.people import Side
from gonogo.model.program import AsOf, AsOfRule, Binding, InputPath
from gonogo.model.reply import Reply
from gonogo.plugin import registry
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.discovery import PluginEntry
from gonogo.plugin.host import collect
from gonogo.plugin.spec import Collector
from gonogo.testing.jobs import SAMPLE_NOW, NamedBytes, input_of, job_of
from gonogo.testing.programs import SAMPLE_RELEASE, program_of

_CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "localtime", "gmtime", "getmtime"}
_EVENTS = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")


class CollectorConformance:
    """What the host, the admission and the reader rely on. Everything runs through the real host, in real children.

    Attributes:
        module: Module of the plugin, as the entry point names it.
        name: Name of the collector; empty for the only one.
        settings: The binding's settings.
        files: Input name to (file name, bytes), or to several of those: a good source.
        as_of: How the binding says when the content held.
        now: Moment of the assessment.
        deadline_s: Seconds that the collector has for the good source.
    """

    module: ClassVar[str]
    name: ClassVar[str] = ""
    settings: ClassVar[Mapping[str, Any]] = {}
    files: ClassVar[Mapping[str, NamedBytes | Sequence[NamedBytes]]] = {}
    as_of: ClassVar[AsOf] = AsOf(rule=AsOfRule.DOCUMENT)
    now: ClassVar[datetime] = SAMPLE_NOW
    deadline_s: ClassVar[int] = 30

    def test_registers_and_declares_well_formed_facts(self) -> None:
        """A fact without a meaning is counted differently by two people; one without a unit cannot be compared."""
        collector = self._collector()
        facts = collector.declare(self._settings(collector))

        assert facts, "it declares no fact under these settings"
        assert len({fact.name for fact in facts}) == len(facts), "it declares a fact twice"
        for fact in facts:
            kind = FactType(fact.type)
            FactDeclaration(name=f"x.{fact.name}", type=kind, unit=fact.unit, meaning=fact.meaning, question="?")

    def test_answers_every_declared_fact_of_a_good_source(self, tmp_path: Path) -> None:
        """Absence is a value: each declared fact is answered once, with a value or with a reason."""
        [reply] = self._replies(tmp_path, [dict(self.files)])

        assert reply.failure is None, reply.failure
        assert sorted(item.fact for item in reply.items) == sorted(reply.declared), reply.items
        assert any(item.gap is None for item in reply.items), f"no fact has a value: {reply.items}"
        unanswered = [item.fact for item in reply.items if "did not answer" in item.detail]
        assert not unanswered, f"never answered: {unanswered}"

    def test_answers_the_same_twice(self, tmp_path: Path) -> None:
        """Same evidence, same digest: the order of a set or an address in a text would break it."""
        first, second = self._replies(tmp_path, [dict(self.files), dict(self.files)])

        for one, other in zip(first.items, second.items, strict=True):
            assert one == other, f"{one} became {other}"

    def test_a_damaged_source_ends_as_gaps(self, tmp_path: Path) -> None:
        """Truncated, empty, binary, wrongly encoded: every fact still ends as an answer or a gap, and nothing hangs."""
        variants = [dict(self.files) | {name: damaged} for name in self.files for damaged in self._damaged(name)]

        replies = self._replies(tmp_path, variants)

        for reply in replies:
            assert reply.failure is None, reply.failure
            assert sorted(item.fact for item in reply.items) == sorted(reply.declared), reply.items

    def test_no_fact_of_a_binary_source_has_a_value(self, tmp_path: Path) -> None:
        """Bytes that are no document prove nothing; a 0 made of them would be a false answer."""
        junk = bytes(range(256)) * 16
        files = {name: [(file_name, junk) for file_name, _ in _several(given)] for name, given in self.files.items()}

        replies = self._replies(tmp_path, [files]) if files else []

        answered = [item.fact for reply in replies for item in reply.items if item.gap is None]
        assert not answered, f"bytes that are no document gave values: {answered}"

    def test_stays_within_its_inputs(self) -> None:
        """What a collector reads beside its inputs is neither hashed nor recorded, and cannot be replayed."""
        collector = self._collector()
        settings = self._settings(collector)
        held = job_of(files=self._handed_over(), now=self.now)
        descriptors = tuple(entry.descriptor for entry in held.files)
        renumbered = tuple(replace(entry, descriptor=4 + number) for number, entry in enumerate(held.files))
        job = replace(held, files=renumbered)

        def work(_: bytes, __: tuple[int, ...]) -> bytes:
            list(_quietly(collector, job, settings))  # imports whatever it imports lazily
            met: list[str] = []
            sys.addaudithook(lambda event, args: met.extend(_trespass(event, args, job.scratch)))
            list(_quietly(collector, job, settings))
            return json.dumps(sorted(set(met))).encode()

        [outcome] = run([Task("trespass", b"", Limits(wall_s=self.deadline_s), work, descriptors=descriptors)])

        assert outcome.ok, outcome.detail
        assert outcome.payload == b"[]", f"it touched more than its inputs: {outcome.payload.decode()}"

    def test_reads_no_clock_and_no_environment(self) -> None:
        """``job.now`` is the only clock; only a collector that declares ``network`` may read a token."""
        apart = not self._collector().network
        met = [
            f"{path.name}: {ast.unparse(node)}"
            for path in _sources(self.module)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if _reads_clock(node) or (apart and _reads_environment(node))
        ]

        assert not met, f"it reads a clock or the environment: {met}"

    def _collector(self) -> Collector:
        return registry.pick(self.module, registry.load(self.module, self.module).collectors, self.name)

    def _settings(self, collector: Collector) -> Any:
        return collector.settings.model_validate_json(json.dumps(dict(self.settings)))

    def _handed_over(self) -> dict[str, Sequence[Any]]:
        known = self.as_of.at if self.as_of.rule is AsOfRule.SAID else None
        if self.as_of.rule is AsOfRule.FILE_NAME:
            known = self.now
        return {
            name: [
                input_of(data, file_name, name=name, as_of=known, rule=self.as_of)
                for file_name, data in _several(given)
            ]
            for name, given in self.files.items()
        }

    def _damaged(self, name: str) -> Iterator[Sequence[NamedBytes]]:
        good = _several(self.files[name])
        longest = max(len(data) for _, data in good)
        for cut in sorted({1, 2, 7, longest // 3, longest // 2, longest - 2, longest - 1} - {0, longest}):
            yield [(file_name, data[:cut] or b"\n") for file_name, data in good]
        for damage in (
            lambda data: b"\n",
            lambda data: b"\0" * 64,
            lambda data: b"PK\x03\x04" + data,
            lambda data: b"\xff\xfe" + data.decode("latin-1").encode("utf-16-le"),
            lambda data: data.replace(b"\n", b"\xff\n", 1) + b"\xfe",
            lambda data: data + data,
            lambda data: data[: len(data) // 2] + b'"<[{' + data[len(data) // 2 :],
        ):
            yield [(file_name, damage(data)) for file_name, data in good]

    def _replies(self, folder: Path, variants: Sequence[Mapping[str, Any]]) -> list[Reply]:
        entry = PluginEntry("conformance", self.module, "gonogo", "0", builtin=True)
        bindings = []
        for number, files in enumerate(variants):
            inputs = []
            for name, given in files.items():
                paths = []
                for index, (file_name, data) in enumerate(_several(given)):
                    path = folder / str(number) / name / str(index) / file_name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)
                    paths.append(path.relative_to(folder).as_posix())
                inputs.append(InputPath(name=name, paths=tuple(paths), as_of=self.as_of))
            bindings.append(
                Binding(
                    id=f"variant-{number}",
                    plugin="conformance",
                    collector=self.name,
                    prefix="sample",
                    inputs=tuple(inputs),
                    side=Side.CUSTOMER,
                    producer="Conformance",
                    deadline_s=self.deadline_s,
                    settings=dict(self.settings),
                )
            )
        request = CollectionRequest(
            program_of(*bindings),
            root=folder,
            release=SAMPLE_RELEASE,
            now=self.now,
            entries={"conformance": entry},
        )
        return collect(request)


def _several(given: NamedBytes | Sequence[NamedBytes]) -> Sequence[NamedBytes]:
    if isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], str):
        return ((str(given[0]), bytes(given[1])),)
    return [(str(file_name), data) for file_name, data in given]


def _quietly(collector: Collector, job: Any, settings: Any) -> Iterator[Any]:
    try:
        yield from collector.collect(job, settings)
    except Exception:  # noqa: BLE001  # a collector may raise; here only what it touches is looked at
        return


def _trespass(event: str, args: tuple[Any, ...], scratch: str) -> list[str]:
    if event in _EVENTS:
        return [event]
    if event != "open" or not args or not isinstance(args[0], (str, bytes)):
        return []
    path = os.path.abspath(os.fsdecode(args[0]))
    allowed = (scratch, sys.prefix, sys.base_prefix, "/dev/", "/proc/self/", *zoneinfo.TZPATH)
    if path.startswith(tuple(allowed)) or path.endswith((".py", ".pyc", ".so")) or os.path.isdir(path):
        return []
    return [f"open {path}"]


def _sources(module: str) -> list[Path]:
    origin = importlib.import_module(module).__file__
    assert origin is not None
    path = Path(origin)
    return sorted(path.parent.rglob("*.py")) if path.name == "__init__.py" else [path]


def _reads_clock(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in _CLOCKS:
        return False
    owner = ast.unparse(node.func.value)
    return owner in ("datetime", "date", "datetime.datetime", "datetime.date", "dt.datetime", "time", "os.path")


def _reads_environment(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv", "os.environb")
