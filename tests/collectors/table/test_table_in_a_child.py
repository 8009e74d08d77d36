"""The collector works where it will run: in a child with little memory, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

SETTINGS: dict[str, Any] = {
    "tables": {"t": {"columns": {"id": {"type": "id"}, "done": {"type": "boolean"}}}},
    "facts": {
        "done": {"share": {"where": "done"}},
        "by_sql": {"sql": "SELECT count(*) FROM t WHERE done", "type": "integer", "unit": "rows", "inputs": ["t"]},
    },
}
# A fresh process, because the one that runs the tests has used the database and may not be forked any more.
CHILD = """
import json, os, resource, sys
from datetime import datetime, timezone
from gonogo.collectors.table import TableCollector, TableSettings
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import Input, Job
path, scratch, mebibytes, settings = sys.argv[1:]
with open("/proc/self/statm") as stream:
    room = int(stream.read().split()[0]) * resource.getpagesize() + int(mebibytes) * 2**20
child = os.fork()
if child:
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
resource.setrlimit(resource.RLIMIT_AS, (room, room))
now = datetime(2027, 4, 19, tzinfo=timezone.utc)
source = Input("file", "t.csv", 0, "0" * 64, AsOf(rule=AsOfRule.SAID), os.open(path, os.O_RDONLY), now)
job = Job(now, now, "America/New_York", "p", "r", "b", scratch, (source,))
answers = TableCollector().collect(job, TableSettings.model_validate_json(settings))
print([answer.part or answer.value or answer.detail for answer in answers], flush=True)
os._exit(0)
"""


def data_of(rows: int) -> bytes:
    return ("id,done\n" + "".join(f"R{n},{'Yes' if n % 3 else 'No'}\n" for n in range(rows))).encode()


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="address space is bounded on Linux only")
class TestInAChild:
    @pytest.mark.parametrize(("rows", "mebibytes"), [(1_000, 256), (200_000, 1024)])
    def test_a_bounded_address_space_is_enough(self, tmp_path, rows, mebibytes):
        """A collector that dies of its own limit is a gap for every fact it owes."""
        path = tmp_path / "t.csv"
        path.write_bytes(data_of(rows))
        arguments = [str(path), str(tmp_path), str(mebibytes), json.dumps(SETTINGS)]

        done = subprocess.run(
            [sys.executable, "-c", CHILD, *arguments], check=False, capture_output=True, text=True, timeout=120
        )

        count = sum(n % 3 > 0 for n in range(rows))
        assert done.stdout.strip() == str([count, count]), done.stderr

    def test_ten_collections_leave_no_descriptor_open(self, collect):
        """The host opens the inputs once and closes them; everything else is the collector's to close."""
        collect({"t.csv": data_of(5)}, SETTINGS)
        before = len(os.listdir("/proc/self/fd"))

        for _ in range(10):
            collect({"t.csv": data_of(5)}, SETTINGS)

        assert len(os.listdir("/proc/self/fd")) == before
