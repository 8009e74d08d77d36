"""The folder of the evidence: what is said where it is empty and the files are beside it."""

from __future__ import annotations

from pathlib import Path

from gonogo.first_week.evidence_folder import files_elsewhere, usual_folder
from gonogo.first_week.recognition import survey


def test_files_beside_an_empty_evidence_folder_are_counted_with_what_to_do(tmp_path: Path) -> None:
    """0 files recognized alone tells nobody that the files are one folder above."""
    (tmp_path / "evidence").mkdir()
    assert files_elsewhere(tmp_path, "evidence", survey(tmp_path, "evidence")) == []

    (tmp_path / "Ops").mkdir()
    (tmp_path / "Ops" / "runbook.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "gonogo.yaml").write_text("schema: 1\n", encoding="utf-8")
    assert files_elsewhere(tmp_path, "evidence", survey(tmp_path, "evidence")) == [
        f"No file is in evidence, and 1 file beside it: move them into evidence, then: gonogo add {tmp_path} "
        f"{tmp_path}/evidence"
    ]

    (tmp_path / "evidence" / "notes.txt").write_text("Dear all\n", encoding="utf-8")
    assert files_elsewhere(tmp_path, "evidence", survey(tmp_path, "evidence")) == []


def test_a_folder_that_is_not_there_is_no_folder_of_files(tmp_path: Path) -> None:
    """`gonogo init new` makes it."""
    assert usual_folder(tmp_path / "new") == "evidence"
