"""Jobs and inputs built from bytes, so that a collector's tests need no files, no child and no program."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from gonogo.model.program import AsOf, AsOfRule
from gonogo.model.spoken import Spoken
from gonogo.plugin.spec import Answer, Collector, Input, Job

SAMPLE_NOW: Final = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)
"""The moment of the assessment unless a test says otherwise: noon in Washington."""


class _HeldInput(Input):
    """An input whose descriptor is closed once nobody holds it."""


class _HeldJob(Job):
    """A job whose scratch folder is removed once nobody holds it."""


NamedBytes = tuple[str, bytes]
"""A file's base name and its bytes."""


def input_of(
    data: bytes,
    file_name: str = "file.dat",
    *,
    name: str = "file",
    as_of: datetime | None = None,
    rule: AsOf | AsOfRule = AsOfRule.DOCUMENT,
) -> Input:
    """Return an input that holds ``data``, as the host would hand it to a collector.

    Args:
        data: Its bytes.
        file_name: Base name.
        name: Name of the input in the binding.
        as_of: What the host knows about when the content held; None when that is the collector's job.
        rule: How the binding says that the moment is known; a rule of the enum stands for one without details.
    """
    with tempfile.TemporaryFile() as stream:
        stream.write(data)
        stream.flush()
        descriptor = os.dup(stream.fileno())
    entry = _HeldInput(
        name=name,
        file_name=file_name,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        rule=rule if isinstance(rule, AsOf) else AsOf(rule=rule),
        descriptor=descriptor,
        as_of=as_of,
    )
    weakref.finalize(entry, os.close, descriptor)
    return entry


def job_of(
    files: Mapping[str, NamedBytes | Sequence[NamedBytes] | Input | Sequence[Input]] | bytes = b"",
    *,
    now: datetime = SAMPLE_NOW,
    go_live: datetime | None = None,
    as_of: datetime | Mapping[str, datetime | None] | None = None,
    rule: AsOf | AsOfRule | Mapping[str, AsOf | AsOfRule] = AsOfRule.DOCUMENT,
    time_zone: str = "America/New_York",
    program: str = "harborline",
    release: str = "payroll-1",
    binding: str = "sample",
    scratch: str | None = None,
    holidays: Iterable[str] = (),
    spoken: Spoken | None = None,
    known: Iterable[str] | None = None,
) -> Job:
    """Return a job with inputs built from bytes: ``job_of(files={"plan": ("plan.csv", b"id\\n1\\n")})``.

    Args:
        files: Input name to (file name, bytes), to several of those, or to what :func:`input_of` returns; plain bytes
            stand for the one input ``file``.
        now: Moment of the assessment.
        go_live: Moment of going live; 14 days after ``now`` unless given.
        as_of: When the inputs held, as the host knows it: one for all, or by input name.
        rule: How the binding says that this is known: one for all, or by input name.
        time_zone: IANA name.
        program: Program id.
        release: Release id.
        binding: Binding id.
        scratch: Folder for scratch files; a temporary one, removed when the job is forgotten, unless given.
        holidays: ISO dates that are not working days.
        spoken: How the register's people are called; nobody unless given.
        known: Local names that the vocabulary has; nobody says unless given.
    """
    if isinstance(files, bytes):
        files = {"file": ("file.dat", files)} if files else {}
    inputs: list[Input] = []
    for name, given in files.items():
        held = as_of.get(name) if isinstance(as_of, Mapping) else as_of
        how = rule.get(name, AsOfRule.DOCUMENT) if isinstance(rule, Mapping) else rule
        for each in _several(given):
            if isinstance(each, Input):
                inputs.append(each)
            else:
                inputs.append(input_of(each[1], each[0], name=name, as_of=held, rule=how))
    folder = tempfile.mkdtemp(prefix="gonogo-test-") if scratch is None else scratch
    job = _HeldJob(
        now=now,
        go_live=go_live if go_live is not None else now + timedelta(days=14),
        time_zone=time_zone,
        program=program,
        release=release,
        binding=binding,
        scratch=folder,
        files=tuple(inputs),
        holidays=frozenset(holidays),
        spoken=spoken or Spoken(),
        known=None if known is None else frozenset(known),
    )
    if scratch is None:
        weakref.finalize(job, shutil.rmtree, folder, ignore_errors=True)
    return job


def answers_of(collector: Collector, job: Job, settings: Any = None) -> dict[str, Answer]:
    """Return the collector's answers by local fact name, failing if it answers twice for one.

    Args:
        collector: The collector under test.
        job: What it is handed.
        settings: Its settings object, or a mapping read as the binding's settings would be; None for the defaults.
    """
    if settings is None or isinstance(settings, Mapping):
        settings = collector.settings.model_validate_json(json.dumps(settings or {}))
    found: dict[str, Answer] = {}
    for answer in collector.collect(job, settings):
        assert answer.fact not in found, f"{answer.fact} is answered twice"
        found[answer.fact] = answer
    return found


def _several(given: Any) -> Sequence[Any]:
    if isinstance(given, Input) or (isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], str)):
        return (given,)
    return tuple(given)
