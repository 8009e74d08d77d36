"""Prints what the MPXJ collector answers behind every wall: ``python walled_reading.py PLAN collect|network``.

It is a process of its own, as `gonogo` is: a child of one in which Java runs has no Java that works.
"""

import hashlib
import json
import os
import sys
from datetime import datetime
from pathlib import Path

from gonogo.isolate import run
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.discovery import discover
from gonogo.plugin.preparing import limits_of, task_of
from gonogo.plugin.protocol import WireInput, WireJob, WireRequest


def walled(planned: Path, verb: str) -> str:
    """Ask the collector about a plan in a child with every wall; JSON of how it ended, behind which, what it said."""
    data = planned.read_bytes()
    size = len(data)
    scratch = planned.with_name("scratch")
    entry = discover()["schedule"]
    digest = hashlib.sha256(data).hexdigest()
    rule = AsOf(rule=AsOfRule.DOCUMENT)
    job = WireJob(
        now=datetime.fromisoformat("2027-04-19T16:00:00+00:00"),
        go_live=datetime.fromisoformat("2027-05-03T10:00:00+00:00"),
        time_zone="America/New_York",
        program="p",
        release="r",
        binding="b",
        scratch=str(scratch),
        inputs=(WireInput(name="file", file_name="plan.xml", fd=4, size=size, sha256=digest, rule=rule),),
        holidays=(),
        deadline_s=60,
    )
    request = WireRequest(
        nonce="a" * 32,
        verb=verb,
        plugin=entry.name,
        module=entry.module,
        search=entry.search,
        collector="mpxj",
        settings=json.dumps({"golive": "GL1000"}),
        job=job,
    )
    descriptor = os.open(planned, os.O_RDONLY)
    try:
        limits = limits_of(240, inputs=size)
        task = task_of(request, entry, id="plan", limits=limits, descriptors=(descriptor,), scratch=str(scratch))
        [outcome] = run([task])
    finally:
        os.close(descriptor)

    said = json.loads(outcome.payload) if outcome.ok else str(outcome)
    return json.dumps({"ok": outcome.ok, "level": str(outcome.level), "said": said})


if __name__ == "__main__":
    print(walled(Path(sys.argv[1]), sys.argv[2]))
