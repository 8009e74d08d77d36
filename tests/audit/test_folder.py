"""The folder of a log may be anything that somebody left there; it is refused in words, and nobody waits for it."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from gonogo.audit.io import PosixIo
from gonogo.audit.log import AuditLog
from gonogo.errors import RecordFault


class TestFolder:
    def test_a_refusal_says_where_and_what_to_do(self, tmp_path: Path, clock: object) -> None:
        """`audit: Not a directory` sends nobody to the right folder."""
        real, link, file = tmp_path / "real", tmp_path / "link", tmp_path / "file"
        real.mkdir()
        link.symlink_to(real)
        file.write_bytes(b"")

        for folder, step in ((link, "link"), (file, "folder"), (tmp_path / "absent" / "audit", "make the folder")):
            with pytest.raises(RecordFault) as caught:
                AuditLog.open(folder, clock=clock)
            assert str(folder) in caught.value.sentence
            assert step in caught.value.hint

    @pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EMFILE])
    def test_where_there_is_no_room_nobody_is_sent_to_ask_for_a_right(
        self, tmp_path: Path, clock: object, code: int
    ) -> None:
        """A disk without a free inode: the folder may be written to by this user, and was yesterday."""
        io = PosixIo()

        def refuse(*_: object) -> int:
            raise OSError(code, os.strerror(code))

        io.open = refuse  # type: ignore[method-assign]

        with pytest.raises(RecordFault) as caught:
            AuditLog.open(tmp_path / "audit", clock=clock, io=io)

        assert "make room" in caught.value.hint
        assert "let this user" not in caught.value.hint

    @pytest.mark.parametrize("name", ["000001.jsonl", "quarantine/000001-0-ab.torn"])
    def test_a_pipe_in_the_folder_is_refused_and_nobody_waits_for_it(
        self, written: Path, clock: object, name: str
    ) -> None:
        """Opening a pipe into which nobody writes would never end, and a run would hang before its record."""
        (written / "000002.jsonl").write_bytes(b"")
        (written / "quarantine").mkdir()
        (written / name).unlink(missing_ok=True)
        os.mkfifo(written / name)

        with pytest.raises(RecordFault, match="not an ordinary file"):
            AuditLog.open(written, clock=clock)


def test_root_may_continue_a_log_of_somebody_else(folder: Path, clock: object, gap: Any) -> None:
    """A run in a container is root's, and the volume that holds the log is the operator's."""
    AuditLog.open(folder, clock=clock).close()
    if os.geteuid() == 0:
        for path in (folder, *folder.iterdir()):
            os.chown(path, 65534, -1)

    with AuditLog.open(folder, clock=clock) as log:
        assert log.append([gap("a")]) == (1,)
