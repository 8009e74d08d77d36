"""A schedule that is spoilt at random says the same by patterns and without them, or is refused alike."""

from __future__ import annotations

import random
import re
from io import BytesIO
from typing import Any

import pytest
from tests.spoiled import MUTANTS, SEED

from gonogo.collectors.program.schedule import plain_records, xml_records
from gonogo.collectors.program.schedule.mspdi import _PROJECT, NAMESPACE
from gonogo.plugin.spec import CollectorRefusal

pytestmark = pytest.mark.fuzz
TASKS = 60
INSERTED = (
    *("<!-- </Task> -->", "<!--", "-->", "<![CDATA[x]]>", "<![CDATA[</Task>]]>", "]]>", "<?p i?>"),
    *("&amp;", "&#65;", "&#x0;", "&bad;", "<", ">", '"', "\x00", "\xff", "\ufeff", "\ufffe", "\r", "\n", "\u00a0"),
    *("<Task>", "</Task>", "<Tasks>", "</Tasks>", "</Project>", "<Task/>", "<Task >", '<Task a="1">', ' xmlns="v"'),
    *("<UID>1</UID>", "<Active>0</Active>", "<Name>a<b>c</b></Name>", "<Name/>", "<Baseline/>"),
    "<Task><UID>9999</UID></Task>",
)


def _task(uid: int) -> str:
    """Return a task of one of four forms; every seventh has a sign in its name."""
    name = f"Load &amp; prove {uid}" if uid % 7 == 0 else f"Load {uid}"
    parts = [
        f"<Task>\n<UID>{uid}</UID><ID>{uid}</ID><Name>{name}</Name><Active>1</Active><OutlineLevel>1</OutlineLevel>\r\n",
        "<Finish>2027-04-30T17:00:00</Finish>",
        f"<PredecessorLink><PredecessorUID>{uid - 1}</PredecessorUID></PredecessorLink>" if uid % 2 else "",
        "<Baseline><Number>0</Number><Finish>2027-04-26T17:00:00</Finish></Baseline>" if uid % 3 else "",
        "</Task>",
    ]
    return "".join(parts)


def _schedule() -> bytes:
    tasks = "\n".join(map(_task, range(1, TASKS + 1)))
    head = f'<Project xmlns="{NAMESPACE}"><StatusDate>2027-04-15T17:00:00</StatusDate>'
    return f"{head}<Tasks>{tasks}</Tasks></Project>".encode()


def _spoilt(seed: int) -> bytes:
    dice = random.Random(seed)
    data = bytearray(_schedule())
    for _ in range(dice.choice((1, 1, 2, 3))):
        at = dice.randrange(len(data))
        tags = [found.start() for found in re.finditer(b"<", bytes(data[at : at + 2000]))]
        match dice.randrange(5):
            case 0:
                data[at:at] = dice.choice(INSERTED).encode()
            case 1:
                del data[at : at + dice.randrange(1, 80)]
            case 2:
                data[at] = dice.randrange(256)
            case 3 if tags:
                at += dice.choice(tags)
                data[at:at] = dice.choice(INSERTED).encode()
            case _:
                piece, other = data[at : at + dice.randrange(1, 300)], dice.randrange(len(data))
                data[other:other] = piece
    return bytes(data)


def _read(data: bytes) -> Any:
    tasks: list[tuple[str, xml_records.Record]] = []
    try:
        project = xml_records.read_records(
            BytesIO(data),
            namespace=NAMESPACE,
            root="Project",
            shape=_PROJECT,
            sink=lambda name, record: tasks.append((name, dict(record))),
        )
    except CollectorRefusal as refusal:
        return f"{refusal}"
    return project, tasks


@pytest.mark.parametrize("piece", [300, plain_records.PIECE])
def test_patterns_say_what_the_parser_says(monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    """A task that one of the two did not see would be late for the other alone."""
    monkeypatch.setattr(plain_records, "WORTH", 4)
    monkeypatch.setattr(plain_records, "PIECE", piece)
    read = 0
    for number in range(MUTANTS):
        data = _spoilt(1_000_000 * SEED + number)
        by_pattern = _read(data)
        with pytest.MonkeyPatch.context() as without:
            without.setattr(xml_records, "_streamed", lambda _: [])
            assert by_pattern == _read(data), (SEED, number)
        read += not isinstance(by_pattern, str)
    assert 0 < read < MUTANTS  # some are read, and some are refused


def test_most_tasks_of_the_schedule_fit_a_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the comparison compares the parser with itself."""
    monkeypatch.setattr(plain_records, "WORTH", 4)
    taken: list[int] = []
    before = plain_records.PlainRecords._plain

    def plain(self: Any, *where: Any) -> Any:
        found = before(self, *where)
        taken.append(found is not None)
        return found

    monkeypatch.setattr(plain_records.PlainRecords, "_plain", plain)
    _read(_schedule())

    assert sum(taken) > TASKS // 2
