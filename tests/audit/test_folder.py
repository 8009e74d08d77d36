"""The folder of a log may be anything that somebody left there; it is refused in words, and nobody waits for it."""

import os
from pathlib import Path

import pytest

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

    @pytest.mark.parametrize("name", ["000001.jsonl", "quarantine/000001-0-ab.torn"])
    def test_a_pipe_in_the_folder_is_refused_and_nobody_waits_for_it(
        self, written: Path, clock: object, name: str
    ) -> None:
        """Opening a pipe into which nobody writes would never end, and a run would hang before its record."""
        (written / "000002.jsonl").write_bytes(b"")
        (written / "quarantine").mkdir()
        (written / name).unlink(missing_ok=True)
        os.mkfifo(written / name)

        with pytest.raises(RecordFault, match="not a plain file"):
            AuditLog.open(written, clock=clock)
