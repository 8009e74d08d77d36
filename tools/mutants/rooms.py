"""The rooms whose tests are tried, and the survivors that nobody needs to notice, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """Modules that decide, and the tests that are there to notice a change of them.

    Attributes:
        name: As on the command line.
        files: Patterns below ``src/gonogo``.
        tests: Folders or files below ``tests``.
        without: Files of them whose tests take longer than a mutant may, and would slow the measurement alone.
    """

    name: str
    files: tuple[str, ...]
    tests: tuple[str, ...]
    without: tuple[str, ...] = ()


ROOMS = (
    Room("core", ("core/*.py",), ("core", "workflow")),
    Room("comparison", ("comparison/*.py",), ("comparison", "workflow")),
    Room(
        "requests",
        ("requests/outstanding.py", "requests/outstanding_papers.py", "requests/closing.py"),
        ("requests", "workflow"),
    ),
    Room("engine", ("engine/*.py",), ("engine",), without=("engine/test_agreement.py",)),
    Room("audit", ("audit/*.py",), ("audit", "cli/test_report_and_log.py")),
    Room(
        "replies",
        ("plugin/replies.py", "plugin/protocol.py", "plugin/inputs/search.py", "plugin/declarations.py"),
        ("plugin",),
    ),
    Room("settled", ("plugin/settled.py",), ("cli/test_settled.py",)),
    Room("junit", ("collectors/system/junit/*.py", "collectors/listed_rows.py"), ("collectors/system",)),
    Room("git", ("collectors/system/git/*.py",), ("collectors/system/git",)),
    Room("table", ("collectors/table/*.py", "collectors/columns/*.py", "collectors/rows/*.py"), ("collectors/table",)),
    Room("schedule", ("collectors/program/schedule/*.py",), ("collectors/program/schedule",)),
    Room("m3", ("collectors/program/m3/*.py",), ("collectors/program/m3",)),
    Room("raid", ("collectors/program/raid/*.py",), ("collectors/program/raid",)),
    Room("decks", ("collectors/program/decks/*.py",), ("collectors/program/decks",)),
    Room("office", ("documents/office/*.py",), ("documents/office", "collectors/program/decks")),
    Room("exercises", ("collectors/operations/exercises/*.py",), ("collectors/operations/exercises",)),
    Room("profiles", ("profiles/*.py",), ("profiles",)),
    Room("adding", ("first_week/adding/*.py",), ("first_week/adding", "first_week/test_week_two.py")),
    Room("web", ("web/*.py",), ("web",), without=("web/test_in_chromium.py",)),
    Room(
        "statements",
        ("collectors/attestation/*.py",),
        ("collectors/attestation", "workbook"),
    ),
    Room("signing", ("signing/*.py",), ("signing", "cli/test_key_and_trust.py")),
    Room("statement", ("statement/*.py", "workflow/deploying.py", "workflow/stating.py"), ("statement",)),
    Room("archive", ("archive/*.py",), ("archive",)),
    Room("bundle", ("bundle/*.py",), ("bundle",)),
    Room("drill", ("drill/*.py",), ("drill",), without=("drill/test_harborline.py",)),
    Room("path", ("path/*.py",), ("path", "workflow/test_flipping.py", "cli/test_path_command.py")),
    Room(
        "hypothesis",
        (
            "workflow/hypothesis.py",
            "workflow/flipping.py",
            "workflow/supposed_*.py",
            "workflow/what_if.py",
            "workflow/runs_before.py",
        ),
        (
            "workflow/test_hypothesis.py",
            "workflow/test_suppositions.py",
            "workflow/test_what_if.py",
            "workflow/test_flipping.py",
            "workflow/test_runs_before.py",
            "cli/test_path_command.py",
            "cli/test_whatif_command.py",
        ),
    ),
    Room(
        "forecast",
        ("forecast/*.py", "workflow/trend_outlook.py", "workflow/trending.py", "report/earlier_runs.py"),
        ("forecast", "workflow/test_trending.py", "workflow/test_forecasting.py"),
    ),
    Room("notify", ("notify/*.py",), ("notify",)),
    Room(
        "machine",
        (
            "report/machine/*.py",
            "report/formats/azure_format.py",
            "report/formats/csv_format.py",
            "report/formats/git*_format.py",
            "report/formats/junit_format.py",
            "report/formats/o*_format.py",
            "report/formats/parquet_format.py",
            "report/formats/sarif_format.py",
        ),
        ("report/machine",),
    ),
    Room(
        "copies",
        ("report/redaction.py", "report/part_of.py"),
        ("report/test_redaction.py", "report/test_part_of.py", "report/test_copies.py"),
    ),
    Room("charts", ("report/charts/*.py",), ("report/charts",)),
    Room("deck", ("report/deck/*.py",), ("report/deck",)),
    Room("pdf", ("report/pdf/*.py",), ("report/pdf",)),
)
