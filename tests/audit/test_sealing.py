"""Sealing: what is imported for it, and that lines are those that were promised."""

import hashlib
import subprocess
import sys
from datetime import UTC, datetime

from gonogo.audit.canonical_lines import CanonicalLines, was_sealed
from gonogo.audit.chain import Break, ChainFault, ChainHead, next_link, read_link, seal, sealed_line
from gonogo.audit.reading import read_log
from gonogo.audit.sealing import Batch
from gonogo.model.canonical import canonical_bytes, instant_text
from gonogo.model.event import GENESIS

MOMENT = datetime(2027, 4, 19, 16, tzinfo=UTC)


def test_a_line_is_the_canonical_form_of_its_whole_record(gap):
    """Its data is put in as it was checked; anybody who writes the record anew must get the same bytes."""
    line, digest = sealed_line(gap('\u00e9"'), seq=7, prev=GENESIS, ts=MOMENT)
    entry = gap('\u00e9"')
    document = {"data": entry.data, "prev": GENESIS, "run": "r1", "seq": 7, "ts": instant_text(MOMENT)}
    document |= {"type": "gap.recorded", "v": 1, "~h": digest}
    assert line == canonical_bytes(document) + b"\n"
    assert read_link(line) is not None
    assert seal(gap('\u00e9"'), seq=7, prev=GENESIS, ts=MOMENT)[1] == line


def test_a_record_that_is_read_has_the_bytes_of_its_line(written):
    """Whether it keeps those bytes or writes them again."""
    for record in read_log(written):
        assert record.written == canonical_bytes(record.data)


def test_what_colours_tracebacks_stays_out_of_the_process_that_decides():
    """structlog imports it where it is installed; nothing that decides needs it, and nobody has looked at it."""
    code = (
        "import sys, importlib.util\nfrom gonogo.audit.sealing import Batch, recorder\nrecorder(Batch())\n"
        "assert 'structlog' in sys.modules\nprint('rich' in sys.modules, importlib.util.find_spec('rich') is not None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "False True\n", done.stderr


def test_only_the_very_line_that_was_sealed_needs_no_second_look(gap):
    """A line that is written in another form has another hash, and is looked at."""
    batch = Batch()
    batch.start(ChainHead(), MOMENT)
    line, digest = sealed_line(gap("only here"), seq=0, prev=GENESIS, ts=MOMENT)
    assert not was_sealed(digest)
    batch.record(line)
    assert was_sealed(digest)
    body = line[: line.index(b',"~h":')].replace(b'"detail":"only here"', b'"detail": "only here"')
    forged = hashlib.sha256(b"\x00" + body + b"}").hexdigest()
    other = b'%b,"~h":"%b"}\n' % (body, forged.encode())
    assert read_link(other) is not None
    assert not was_sealed(forged)
    fault = next_link(other, ChainHead(), iter(()), CanonicalLines())
    assert isinstance(fault, ChainFault)
    assert fault.kind is Break.NOT_CANONICAL
