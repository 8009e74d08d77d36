"""A checkpoint says how far the log was promised to somebody: below it nothing is repaired, above it no crash harms."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.figures import figure

from gonogo.audit.checkpoint import Checkpoint, load_checkpoint, read_checkpoint, read_plain
from gonogo.audit.history import open_history
from gonogo.audit.log import AuditLog
from gonogo.audit.merkle import root_of
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.audit.watermark import KnownRoot
from gonogo.errors import GonogoError, IntegrityError, RecordFault
from gonogo.model.event import AuditEvent

from .test_faults import FaultyIo
from .test_io_contract import Diary

Make = Callable[..., AuditEvent]
SEGMENT = "000001.jsonl"
BITS = figure("bits turned in each byte", small=1, large=8)
STEP = figure("bytes between two truncations", small=97, large=1)


def root(folder: Path, size: int | None = None) -> str:
    """The head of the tree over the first records, from the hashes at the ends of the lines."""
    return root_of(bytes.fromhex(record.hash) for record in read_log(folder)[:size]).hex()


def cut(folder: Path, records: int) -> None:
    """Leave so many records, as somebody who may write to the folder can; the index goes too."""
    found = (folder / SEGMENT).read_bytes().splitlines(keepends=True)
    (folder / SEGMENT).write_bytes(b"".join(found[:records]))
    (folder / "index.json").unlink(missing_ok=True)


@pytest.fixture
def marked(written: Path, clock: object, gap: Make) -> Path:
    """A log of nine records with a checkpoint over eight."""
    with AuditLog.open(written, clock=clock) as log:
        log.append([gap("promised")], checkpoint=True)
        log.append([gap("beyond")])
    return written


class TestNote:
    def test_it_is_three_lines_that_anybody_can_read(self) -> None:
        """The form is that of C2SP: other organizations have code for it, and see nothing of what is in the log."""
        made = Checkpoint("log-1", 20, "ab" * 32)

        assert made.note == b"gonogo/log-1\n20\n" + base64.b64encode(b"\xab" * 32) + b"\n\n"
        assert read_checkpoint(made.note, "here") == made
        signed = made.note + "— key AAAAAGFiYw==\n".encode()
        assert read_checkpoint(signed, "here") == made

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "gonogo/x\n1\n",
            "other/x\n1\n{root}\n\n",
            "gonogo/\n1\n{root}\n\n",
            "gonogo/x\n0\n{root}\n\n",
            "gonogo/x\n01\n{root}\n\n",
            "gonogo/x\n-1\n{root}\n\n",
            "gonogo/x\n1\n{root}\n",
            "gonogo/x\n1\n{root}\nmore\n\n",
            "gonogo/x\n1\nQUJD\n\n",
            "gonogo/x\n1\n" + "A" * 42 + "B=\n\n",
            "gonogo/x\r\n1\r\n{root}\r\n\r\n",
            "gonogo/é\n1\n{root}\n\n",
            " gonogo/x\n1\n{root}\n\n",
        ],
    )
    def test_anything_else_is_none(self, text: str) -> None:
        """Half a checkpoint, or one that could be read in two ways, promises nothing."""
        data = text.format(root=base64.b64encode(b"\x01" * 32).decode()).encode()

        with pytest.raises(IntegrityError, match="a checkpoint was expected"):
            read_checkpoint(data, "here")


class TestWriting:
    def test_it_is_over_all_that_is_in_the_log(self, marked: Path) -> None:
        found = load_checkpoint(marked)

        assert found is not None
        assert (found.log, found.size, found.root) == ("log-1", 8, root(marked, 8))

    def test_it_is_on_disk_before_anybody_is_told(self, written: Path, clock: object, gap: Make) -> None:
        """First the records, then the checkpoint over them, then its name."""
        io = Diary()

        with AuditLog.open(written, clock=clock, io=io) as log:
            log.append([gap("a")], checkpoint=True)
            assert io.told() == [
                f"write {SEGMENT}",
                f"sync {SEGMENT}",
                "write checkpoint.partial",
                "sync checkpoint.partial",
                "rename .partial ",
                "sync folder audit",
            ]
            made = log.checkpoint()

        assert io.open_ones == set()
        assert (made.size, made.head, made.root) == (8, read_log(written)[-1].hash, root(written))

    @pytest.mark.parametrize("name", ["open", "write", "sync", "sync_directory", "rename"])
    def test_one_that_cannot_be_written_is_no_verdict(
        self, tmp_path: Path, clock: object, gap: Make, name: str
    ) -> None:
        """The record is there; nobody was told of it, and the next run goes on."""

        def session(folder: Path, io: Any) -> int:
            acknowledged = 0
            with AuditLog.open(folder, clock=clock, io=io) as log:
                for _ in range(2):
                    log.append([gap()], checkpoint=True)
                    acknowledged += 1
            return acknowledged

        counting = FaultyIo()
        session(tmp_path / "count", counting)
        faults = 0
        for at in range(counting.calls[name]):
            folder, io = tmp_path / f"{at}", FaultyIo(name, at)
            try:
                assert session(folder, io) == 2
                assert io.cost_only_time
            except RecordFault:
                faults += 1
            with AuditLog.open(folder, clock=clock) as log:
                log.append([gap("after")], checkpoint=True)
            assert verify_log(folder).ok

        assert faults >= 2

    def test_what_a_crash_left_of_one_is_replaced(self, marked: Path, clock: object) -> None:
        (marked / "checkpoint.partial").write_bytes(b"half")

        with AuditLog.open(marked, clock=clock) as log:
            assert log.checkpoint().size == 9

        assert not (marked / "checkpoint.partial").exists()

    def test_a_new_log_has_one_at_once(self, folder: Path, clock: object) -> None:
        """Whatever a crash leaves of the first run is then known to be above it."""
        AuditLog.open(folder, clock=clock).close()

        found = load_checkpoint(folder)
        assert found is not None
        assert (found.size, found.root) == (1, root(folder))

    @pytest.mark.parametrize("left", [b"x\n", b"\0" * 300 + b"\n", b'{"data":{"half"}}\n'])
    def test_a_log_that_never_began_begins(self, folder: Path, clock: object, left: bytes) -> None:
        """The machine lost power as the first record of all was written: nobody was told of a log."""
        folder.mkdir()
        (folder / SEGMENT).write_bytes(left)

        AuditLog.open(folder, clock=clock).close()

        assert [record.type.value for record in read_log(folder)] == ["log.opened", "log.repaired"]
        assert [path.read_bytes() for path in (folder / "quarantine").iterdir()] == [left]

    def test_two_broken_records_are_no_log_that_never_began(self, folder: Path, clock: object) -> None:
        """Its first write is one record."""
        folder.mkdir()
        (folder / SEGMENT).write_bytes(b"x\ny\n")

        with pytest.raises(IntegrityError):
            AuditLog.open(folder, clock=clock)

    def test_a_log_without_one_goes_on_and_gets_one(self, written: Path, clock: object, gap: Make) -> None:
        """It was written by a release that had none."""
        (written / "checkpoint").unlink()

        with AuditLog.open(written, clock=clock) as log:
            log.append([gap()], checkpoint=True)

        found = load_checkpoint(written)
        assert found is not None
        assert found.size == 8

    def test_two_writers_move_it_on_in_turn(self, folder: Path, clock: object, gap: Make) -> None:
        with AuditLog.open(folder, clock=clock) as one, AuditLog.open(folder, clock=clock) as two:
            for log in (one, two, two, one):
                log.append([gap()], checkpoint=True)

        found = load_checkpoint(folder)
        assert found is not None
        assert (found.size, found.root) == (5, root(folder))


class TestBelow:
    @pytest.mark.parametrize(("records", "sound"), [(6, False), (7, False), (8, True), (9, True)])
    def test_a_log_shorter_than_its_checkpoint_is_broken(
        self, marked: Path, clock: object, records: int, sound: bool
    ) -> None:
        """Whole records that are cut from the end leave no trace in a chain. Below, on and above what was promised."""
        cut(marked, records)
        before = (marked / SEGMENT).read_bytes()

        if sound:
            open_history(marked)
            AuditLog.open(marked, clock=clock).close()
            return
        for read in (open_history, lambda folder: AuditLog.open(folder, clock=clock)):
            with pytest.raises(IntegrityError, match=f"ends after {records} records, but the file `checkpoint`"):
                read(marked)
        assert (marked / SEGMENT).read_bytes() == before

    @pytest.mark.torture
    def test_an_end_that_was_cut_off_below_it_is_never_set_aside(
        self, marked: Path, clock: object, shown: Callable[[str], None]
    ) -> None:
        """It looks like what a crash leaves, and what a crash leaves was never promised. The last byte counts too."""
        whole = (marked / SEGMENT).read_bytes()
        promised = len(b"".join(whole.splitlines(keepends=True)[:8]))
        (marked / "index.json").unlink()

        places = [*range(0, promised, STEP), promised - 1]
        for at in places:
            (marked / SEGMENT).write_bytes(whole[:at])
            with pytest.raises(IntegrityError):
                AuditLog.open(marked, clock=clock)
            assert (marked / SEGMENT).read_bytes() == whole[:at]

        assert not (marked / "quarantine").exists()
        shown(f"truncations below a checkpoint: {len(places):,} of {promised:,}, all found, nothing repaired")

    @pytest.mark.torture
    def test_every_byte_below_it_counts(
        self, folder: Path, clock: object, gap: Make, shown: Callable[[str], None]
    ) -> None:
        """One bit of each byte; `make torture` takes all eight."""
        with AuditLog.open(folder, clock=clock) as log:
            log.append([gap("a")], checkpoint=True)
        size = (folder / SEGMENT).stat().st_size

        assert flipped(folder, bits=BITS) == size
        shown(f"single-bit flips below a checkpoint: {size * BITS:,} of {size * 8:,}, all found")

    def test_a_log_that_was_written_anew_is_broken(
        self, marked: Path, tmp_path: Path, clock: object, gap: Make
    ) -> None:
        """As long as it was, with a whole chain: only its tree is another."""
        with AuditLog.open(tmp_path / "other", clock=clock, new_id=lambda: "log-1") as log:
            log.append([gap()] * 9)
        (marked / SEGMENT).write_bytes((tmp_path / "other" / SEGMENT).read_bytes())
        (marked / "index.json").unlink()

        for read in (open_history, lambda folder: AuditLog.open(folder, clock=clock)):
            with pytest.raises(IntegrityError, match="records 0 to 7 of the audit log are not those that"):
                read(marked)

    def test_a_checkpoint_of_another_log_is_told_as_that(self, marked: Path, clock: object) -> None:
        text = (marked / "checkpoint").read_text().replace("log-1", "log-2")
        (marked / "checkpoint").write_text(text)

        with pytest.raises(IntegrityError, match=r"is the log log-1, and the file `checkpoint` .* is about log-2"):
            AuditLog.open(marked, clock=clock)

    @pytest.mark.parametrize("with_index", [True, False])
    def test_a_log_whose_segments_are_gone_is_no_fresh_start(
        self, marked: Path, clock: object, with_index: bool
    ) -> None:
        (marked / SEGMENT).unlink()
        if not with_index:
            (marked / "index.json").unlink()

        with pytest.raises(IntegrityError, match="segments of the audit log are gone"):
            AuditLog.open(marked, clock=clock)

        assert not (marked / SEGMENT).exists()

    def test_one_that_is_replaced_under_an_open_handle_is_noticed(self, marked: Path, clock: object, gap: Make) -> None:
        """An older one would let records be cut that this process has promised."""
        older = (marked / "checkpoint").read_bytes()
        with AuditLog.open(marked, clock=clock) as log:
            log.append([gap()], checkpoint=True)
            for there in (older, None):
                (marked / "checkpoint").unlink()
                if there is not None:
                    (marked / "checkpoint").write_bytes(there)
                with pytest.raises(IntegrityError, match="checkpoint of the audit log over 10 records is gone"):
                    log.append([gap()])


class TestAbove:
    @pytest.mark.parametrize("lost", ["end", "middle", "zeros", "all"])
    def test_what_was_never_promised_is_set_aside_from_its_first_bad_byte(
        self, marked: Path, clock: object, gap: Make, lost: str
    ) -> None:
        """A power cut may lose any sector of what was not yet synced, not only the last."""
        with AuditLog.open(marked, clock=clock) as log:
            log.append([gap("beyond")] * 3)
        (marked / "index.json").unlink()
        data = bytearray((marked / SEGMENT).read_bytes())
        start = len(b"".join(bytes(data).splitlines(keepends=True)[:9]))
        if lost == "end":
            del data[-20:]
        elif lost == "middle":
            data[start + 40 : start + 60] = b"?" * 20
        else:
            data[start + (40 if lost == "zeros" else 0) :] = bytes(len(data) - start - (40 if lost == "zeros" else 0))
        (marked / SEGMENT).write_bytes(data)
        open_history(marked)

        AuditLog.open(marked, clock=clock).close()

        kept = 11 if lost == "end" else 9
        assert [record.type.value for record in read_log(marked)[kept:]] == ["log.repaired"]
        [aside] = (marked / "quarantine").iterdir()
        assert bytes(data).endswith(aside.read_bytes())

    def test_the_very_first_batch_may_lose_any_sector(self, folder: Path, clock: object, gap: Make) -> None:
        """A new log has a checkpoint before its first run is recorded, so that this is no damage either."""
        with AuditLog.open(folder, clock=clock) as log:
            log.append([gap("x" * 300)] * 4)
        (folder / "index.json").unlink()
        data = bytearray((folder / SEGMENT).read_bytes())
        data[512:1024] = bytes(512)
        (folder / SEGMENT).write_bytes(data)

        AuditLog.open(folder, clock=clock).close()

        assert [record.type.value for record in read_log(folder)] == ["log.opened", "log.repaired"]

    def test_without_a_checkpoint_only_the_last_line_may_be_what_a_crash_left(
        self, written: Path, clock: object, gap: Make
    ) -> None:
        """Nobody knows what was promised."""
        (written / "checkpoint").unlink()
        data = bytearray((written / SEGMENT).read_bytes())
        data[-300] ^= 1
        (written / SEGMENT).write_bytes(data)
        (written / "index.json").unlink()

        with pytest.raises(IntegrityError):
            AuditLog.open(written, clock=clock)

    @pytest.mark.parametrize("how", ["swapped", "doubled", "dropped"])
    def test_sound_records_in_a_wrong_place_are_no_crash(
        self, marked: Path, clock: object, gap: Make, how: str
    ) -> None:
        with AuditLog.open(marked, clock=clock) as log:
            log.append([gap("x"), gap("y")])
        (marked / "index.json").unlink()
        found = (marked / SEGMENT).read_bytes().splitlines(keepends=True)
        found[9:] = {"swapped": found[:8:-1][:2], "doubled": [found[8], *found[9:]], "dropped": found[10:]}[how]
        (marked / SEGMENT).write_bytes(b"".join(found))

        with pytest.raises(IntegrityError):
            AuditLog.open(marked, clock=clock)


class TestKnown:
    @pytest.mark.parametrize(("size", "fits"), [(6, True), (9, True), (10, False), (200, False)])
    def test_a_log_has_all_that_somebody_knows_of_it(self, marked: Path, clock: object, size: int, fits: bool) -> None:
        """Below the checkpoint, above it, and beyond the end of the log."""
        kept = KnownRoot(size, root(marked, min(size, 9)), "the trust file trust.yaml", "log-1")

        if fits:
            AuditLog.open(marked, clock=clock, known=[kept]).close()
            return
        with pytest.raises(IntegrityError, match=f"ends after 9 records, but the trust file trust.yaml knows {size}"):
            AuditLog.open(marked, clock=clock, known=[kept])

    @pytest.mark.parametrize("size", [1, 6, 8, 9])
    def test_a_log_with_another_past_than_somebody_knows_is_broken(
        self, marked: Path, clock: object, size: int
    ) -> None:
        """Whatever its own checkpoint says, and however well its index fits."""
        with pytest.raises(IntegrityError, match="are not those that the trust file knows"):
            AuditLog.open(marked, clock=clock, known=[KnownRoot(size, "0" * 64, "the trust file")])

    def test_a_log_that_is_gone_is_not_begun_again(self, folder: Path, clock: object) -> None:
        """Else the history that somebody relies on could be lost by naming another folder."""
        kept = KnownRoot(9, "0" * 64, "the trust file trust.yaml")
        for make in (lambda: None, folder.mkdir):
            make()
            with pytest.raises(IntegrityError, match=r"ends after 0 records, but the trust file trust\.yaml knows 9"):
                AuditLog.open(folder, clock=clock, known=[kept])

        assert list(folder.iterdir()) == []


class TestGuards:
    def test_the_file_follows_no_link_and_is_of_its_own(self, marked: Path, tmp_path: Path, clock: object) -> None:
        """Otherwise somebody else's file would say what was promised, or a pipe would make the run wait for ever."""
        note = tmp_path / "note"
        note.write_bytes((marked / "checkpoint").read_bytes())
        for plant in (os.symlink, os.link, lambda _, there: os.mkfifo(there), lambda _, there: os.mkdir(there)):
            if (marked / "checkpoint").is_dir():
                os.rmdir(marked / "checkpoint")
            else:
                (marked / "checkpoint").unlink()
            plant(note, marked / "checkpoint")
            for read in (open_history, lambda folder: AuditLog.open(folder, clock=clock)):
                with pytest.raises(GonogoError) as caught:
                    read(marked)
                assert caught.value.exit_code in (4, 5)

    def test_one_that_others_may_write_to_is_refused(self, marked: Path, clock: object) -> None:
        (marked / "checkpoint").chmod(0o660)

        with pytest.raises(RecordFault, match="checkpoint of the audit log can be written by other users"):
            AuditLog.open(marked, clock=clock)

    @pytest.mark.parametrize(("more", "read"), [(-1, True), (0, True), (1, False)])
    def test_it_has_a_largest_size(self, marked: Path, more: int, read: bool) -> None:
        """Somebody may have put anything there: below, on and above the limit."""
        data = (marked / "checkpoint").read_bytes()
        (marked / "checkpoint").write_bytes(data + b"x" * (2**16 - len(data) + more))

        if read:
            assert len(read_plain("checkpoint", marked) or b"") == 2**16 + more
            return
        with pytest.raises(IntegrityError, match="not an ordinary file"):
            read_plain("checkpoint", marked)


def flipped(folder: Path, *, bits: int) -> int:
    """Turn so many bits of each byte of a small log below its checkpoint; return how many bytes were all found."""
    segment, found = folder / SEGMENT, 0
    whole = segment.read_bytes()
    (folder / "index.json").unlink(missing_ok=True)
    for at in range(len(whole)):
        for bit in range(bits):
            data = bytearray(whole)
            data[at] ^= 1 << ((at + bit) % 8)
            segment.write_bytes(data)
            with pytest.raises(GonogoError):
                open_history(folder)
        found += 1
    segment.write_bytes(whole)
    return found
