"""Facts that a binding would answer which nobody has confirmed: the evidence workbook names them, and asks no twice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.invented_office import invented_office

from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.workbook.making import make_workbook

REPORTS = "Report ID,Critical,Validated,Checked on\nR-1,Yes,Yes,2027-04-15\nR-2,No,No,2027-04-16\n"
CRITICAL = "reports.critical_validated_ratio"


def remarks(root: Path, *, confirmed: bool) -> list[str]:
    """What is told beside the workbook of a program with one binding."""
    (root / "evidence").mkdir()
    (root / "evidence" / "Report validation.csv").write_text(REPORTS, encoding="utf-8")
    start(root, conduct(root, invented_office()))
    if confirmed:
        text = (root / "gonogo.yaml").read_text(encoding="utf-8")
        assert text.count("    confirmed: no") == 1
        lines = [line for line in text.splitlines() if not line.startswith("    confirmed: no")]
        (root / "gonogo.yaml").write_text("\n".join([*lines, ""]), encoding="utf-8")
    now = datetime(2027, 4, 19, 16, tzinfo=UTC)
    return list(make_workbook(root, output=root / "evidence.xlsx", as_of=now).remarks)


def test_what_a_waiting_binding_would_answer_is_named(tmp_path: Path) -> None:
    """It was neither asked nor named, so nobody knew that the criterion stays unknown."""
    (told,) = [each for each in remarks(tmp_path, confirmed=False) if "nobody has confirmed" in each]

    assert told.startswith("Not asked, because a binding that nobody has confirmed would answer it: ")
    assert CRITICAL in told
    assert "(report-validation)" in told
    assert "--keep-answers" in told


def test_what_a_confirmed_binding_answers_waits_for_nobody(tmp_path: Path) -> None:
    """Its figure is in the file."""
    assert not [each for each in remarks(tmp_path, confirmed=True) if "nobody has confirmed" in each]
