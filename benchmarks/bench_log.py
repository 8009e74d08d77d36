"""How long ``gonogo log verify`` takes for a log of many runs, by all cores and line by line.

Run: ``python benchmarks/bench_log.py [RECORDS]``. The log holds one run of the GO example again and again, under other
ids and later times, in segments as gonogo writes them. Each figure is one reading; line by line a tenth is read.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from gonogo.audit.ledger import Place
from gonogo.audit.log import SEGMENT_BYTES
from gonogo.audit.quick_reader import Quickly
from gonogo.audit.reading import read_log
from gonogo.audit.verification import Verification, verify_log
from gonogo.model.canonical import instant_text
from gonogo.model.event import GENESIS, SealedRecord
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "harborline" / "go"
AS_OF = datetime(2027, 4, 19, 16, tzinfo=UTC)
RECORDS = 1_000_000


def written(folder: Path, once: list[SealedRecord], count: int) -> int:
    """Write a log of at least ``count`` records; return how many it has."""
    folder.mkdir()
    seq, prev, place, tip, digest = 0, GENESIS, Place(1, 0), None, hashlib.sha256()
    stream = (folder / "000001.jsonl").open("wb")
    for number, record in repeated(once):
        document: dict[str, Any] = {**record.model_dump(mode="json", by_alias=True), "prev": prev, "seq": seq}
        document["ts"] = instant_text(record.ts + timedelta(minutes=number))
        if number and record.run:
            document["run"] = f"run-{number}"
        if record.type == "run.started":
            if place.offset >= SEGMENT_BYTES:
                stream.close()
                place = Place(place.segment + 1, 0)
                stream = (folder / f"{place.segment:06d}.jsonl").open("wb")
                opened = {"head": prev, "records": seq, "sha256": digest.hexdigest()}
                said = {**document, "type": "segment.opened", "run": "", "data": opened}
                line, prev, digest = *chained(said), hashlib.sha256()
                stream.write(line)
                digest.update(line)
                seq, place = seq + 1, Place(place.segment, len(line))
                document |= {"prev": prev, "seq": seq}
            first = seq
        if record.type == "run.finished":
            document["data"] = {**record.data, "first": first} | ({"earlier": tip} if tip else {})
        line, prev = chained(document)
        if record.type == "run.finished":
            tip = {"hash": prev, "offset": place.offset, "segment": place.segment, "seq": seq}
        stream.write(line)
        digest.update(line)
        seq, place = seq + 1, Place(place.segment, place.offset + len(line))
        if record.type == "run.finished" and seq >= count:
            break
    stream.close()
    return seq


def repeated(once: list[SealedRecord]) -> Iterator[tuple[int, SealedRecord]]:
    """Iterate the records of a log of one run, and then those of its run for ever, with the number of the run."""
    yield from ((0, record) for record in once)
    again = [record for record in once if record.run and record.type != "material.recorded"]
    number = 0
    while True:
        number += 1
        yield from ((number, record) for record in again)


def chained(document: dict[str, Any]) -> tuple[bytes, str]:
    """Return the line of a record, and its hash."""
    del document["~h"]
    body = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    digest = hashlib.sha256(b"\x00" + body).hexdigest()
    document["~h"] = digest
    return body[:-1] + b',"~h":"' + digest.encode() + b'"}\n', digest


def timed(folder: Path, how: Quickly) -> tuple[Verification, float, float]:
    """Return what is found, how long it takes, and how much of a processor it takes."""
    elapsed, used = time.perf_counter(), sum(os.times()[:4])
    found = verify_log(folder, quickly=how)
    assert found.sound, found.faults
    return found, time.perf_counter() - elapsed, sum(os.times()[:4]) - used


def main() -> int:
    """Measure, and print a line for each figure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        shutil.copytree(EXAMPLE, place / "go", ignore=shutil.ignore_patterns("audit"))
        once = read_log(assess(Order(program=place / "go", as_of=AS_OF)).log)
        once = [record for record in once if record.type != "report.rendered"]
        for records, how, words in ((count, Quickly(), "by all cores"), (count // 10, Quickly(2**60), "line by line")):
            made = written(place / str(records), once, records)
            size = sum(path.stat().st_size for path in (place / str(records)).iterdir()) / 1e6
            found, elapsed, used = timed(place / str(records), how)
            assert found.records == made
            print(f"{made:,} records ({size:,.0f} MB) {words}: {elapsed:.1f} s, {used:.1f} s of processor")
            shutil.rmtree(place / str(records))
    return 0


if __name__ == "__main__":
    sys.exit(main())
