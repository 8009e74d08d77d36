"""Personal data goes in and numbers come out: no name, number or token of a source is ever seen again."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

AS_OF = "2027-04-19T12:00-04:00"
pytestmark = pytest.mark.heavy


def cut(path: Path, supply: Iterator[str]) -> None:
    """An upload that broke off."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])


def headless(path: Path, supply: Iterator[str]) -> None:
    """An export without its header, or with people where the header should be."""
    if path.suffix == ".xlsx":
        edit_workbook(path, lambda cell: next(supply) if cell.row <= 3 and isinstance(cell.value, str) else cell.value)
        return
    head, _, rest = path.read_bytes().partition(b"\n")
    name = next(supply).encode()
    replaced = {".csv": b"", ".xer": name + b"\n", ".xml": b"<" + name + b"&>\n", ".json": b'{"' + name + b'":\n'}
    path.write_bytes(replaced.get(path.suffix, name + b": " + head + b"\n") + rest)


def mistyped(path: Path, supply: Iterator[str]) -> None:
    """Somebody's name where a number, a date or a word from a list belongs."""
    if path.suffix == ".xlsx":
        edit_workbook(path, lambda cell: next(supply) if cell.row in (5, 8) else cell.value)
        return
    text = path.read_text(encoding="cp1252" if path.suffix == ".xer" else "utf-8")
    if path.suffix == ".csv":
        lines = text.splitlines(keepends=True)
        lines[-1] = ",".join(next(supply) for _ in lines[0].split(",")) + "\n"
        text = "".join(lines)
    elif path.suffix == ".json":
        text = re.sub(r'(?<="severity": ")[^"]*|(?<="created": ")[^"]*', lambda _: next(supply), text, count=4)
    elif path.suffix == ".yaml":
        text = re.sub(r"(?<=value: ).*|(?<=person: ).*", lambda _: next(supply), text)
    elif path.suffix == ".xer":
        text = re.sub(r"(?<=\t)TK_\w+(?=\t)", lambda _: next(supply), text, count=3)
    else:
        text = re.sub(
            r'(?<=timestamp=")[^"]*|(?<=<Start>)[^<]*|(?<=<Duration>)[^<]*|(?<=<StatusDate>)[^<]*',
            lambda _: next(supply),
            text,
        )
    path.write_bytes(text.encode("cp1252" if path.suffix == ".xer" else "utf-8"))


def swollen(path: Path, supply: Iterator[str]) -> None:
    """One column, key, entity or quotation mark too many."""
    if path.suffix == ".xlsx":
        path.write_text(f"PK{next(supply)}\n" * 9)
        return
    text = path.read_text(encoding="cp1252" if path.suffix == ".xer" else "utf-8")
    one, two = next(supply), next(supply)
    if path.suffix == ".csv":
        lines = text.splitlines()
        text = "\n".join([f"{lines[0]},{one}", *(f'{line},"{two}' for line in lines[1:])]) + "\n"
    elif path.suffix == ".json":
        text = text.replace('"severity"', f'"{one}": "{two}", "severity"', 3)
    elif path.suffix == ".yaml":
        text += f"  - fact: {one}\n    {two}: {one}\n    qualified: {two}\n    qualified: {one}\n"
    elif path.suffix == ".xer":
        text = text.replace("%F\t", f"%F\t{one}\t", 2)
    else:
        text = re.sub(r"^(<\?xml[^>]*>\s*)?", rf'\1<!DOCTYPE x [<!ENTITY a "{one}">]>', text) + f"<{two}/>"
    path.write_bytes(text.encode("cp1252" if path.suffix == ".xer" else "utf-8"))


def doubled(path: Path, supply: Iterator[str]) -> None:
    """Each row twice, and a copy of each file whose name holds somebody's name and number."""
    if path.suffix == ".csv":
        head, _, rest = path.read_text(encoding="utf-8").partition("\n")
        path.write_text(f"{head}\n{rest}{rest}", encoding="utf-8")
    if "_2027" in path.stem:
        path.with_stem(f"{path.stem} {next(supply)}").write_bytes(path.read_bytes())
    elif path.suffix in (".xml", ".xlsx"):
        path.with_stem(f"{path.stem} (conflicted copy of {next(supply)})").write_bytes(path.read_bytes())


def edit_workbook(path, change):
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell, MergedCell):
                    cell.value = change(cell)
    book.save(path)


class TestGood:
    def test_nothing_planted_leaves_the_sources_and_the_verdict_stands(self, planted):
        """Numbers about people decide; the people are nobody's business."""
        place = planted()
        assert len(place.leaks_of(place.root / "evidence")) >= 300, "the search finds nothing where everything is"

        judged = place.run("assess", str(place.root), "--as-of", AS_OF, *place.outputs)
        place.run("progress", str(place.root), "--as-of", AS_OF)
        place.run("collect", str(place.root), "--as-of", AS_OF, "--debug")
        place.run("lint", str(place.root))
        place.run("report", str(place.root), "-o", "json")
        place.run("log", "verify", str(place.root))

        assert judged.stdout.splitlines()[-1] == "verdict=GO", judged.stdout[-3000:]
        assert place.leaks() == []
        assert list((place.work / "tmp").iterdir()) == []

    def test_the_key_for_stand_ins_is_made_outside_of_the_program_and_for_nobody_else(self, planted):
        """A holder of the key can try names; a person who receives the folder must not have it."""
        place = planted()
        labor = place.root / "evidence/workforce/labor.yaml"
        labor.write_text(labor.read_text("utf-8").replace("prepared_by: hal.dwyer", "prepared_by: a.stranger"), "utf-8")

        place.run("collect", str(place.root), "--as-of", AS_OF, "--only", "labor-relations")

        [key] = place.work.rglob("pii.key")
        assert key == place.work / "home/.config/gonogo/pii.key"
        assert key.stat().st_mode & 0o777 == 0o600


class TestBroken:
    @pytest.mark.parametrize("breaking", [cut, headless, mistyped, swollen, doubled], ids=lambda entry: entry.__name__)
    def test_no_complaint_repeats_what_it_complains_about(self, planted, breaking):
        """It is the error path that quotes: the bad cell, the unknown key, the second file of that name."""
        place = planted(breaking)

        judged = place.run("assess", str(place.root), "--as-of", AS_OF, *place.outputs)

        assert judged.returncode == 1
        assert place.leaks() == []
        assert list((place.work / "tmp").iterdir()) == []

    def test_what_is_said_of_each_collector_repeats_nothing_either(self, planted):
        """`--debug` is what somebody copies into a ticket; the files are broken in turn, each in another way."""
        ways = itertools.cycle([mistyped, headless, cut, swollen, doubled])
        place = planted(lambda path, supply: next(ways)(path, supply))

        said = place.run("collect", str(place.root), "--as-of", AS_OF, "--debug")

        assert "raid-log" in said.stderr
        assert place.leaks() == []

    def test_a_complaint_still_says_where_to_look(self, planted):
        """Silence would leave the owner of a roster of 1,462 people without a clue."""
        place = planted(mistyped)

        said = place.run("collect", str(place.root), "--as-of", AS_OF, "--only", "training-plan").stdout

        details = {json.loads(line)["gap"]["detail"] for line in said.splitlines() if '"gap"' in line}
        assert details
        assert all(re.search(r"\blines? \d+", detail) for detail in details), details


class TestUnmarked:
    @pytest.mark.parametrize("breaking", [cut, headless, mistyped], ids=lambda entry: entry.__name__)
    def test_a_table_is_not_quoted_even_where_nobody_marked_it(self, planted, breaking):
        """Most rosters will be bound by somebody who has never read about handling."""
        place = planted(lambda path, supply: breaking(path, supply) if path.suffix == ".csv" else None, handling="")

        for binding in ("training-plan", "pulse-survey"):
            place.run("collect", str(place.root), "--as-of", AS_OF, "--debug", "--only", binding)

        assert place.leaks() == []
