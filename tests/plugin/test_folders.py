"""Folders as they are: synchronized, locked, half downloaded, renamed; each with a sentence on which one can act."""

from __future__ import annotations

import contextlib
import errno
import os
import unicodedata
from pathlib import Path

import pytest

from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule, InputPath
from gonogo.plugin.inputs import copying
from gonogo.plugin.inputs.leftovers import LeftoverKind, leftover
from gonogo.plugin.inputs.match import conflict_copies, matching
from gonogo.plugin.inputs.opened import InputFault, Opened, open_inputs
from gonogo.plugin.inputs.search import Search, find
from gonogo.testing.programs import binding_of, program_of

IDENTITY = program_of().identity
COMPOSED = unicodedata.normalize("NFC", "Prüfung été.csv")
DECOMPOSED = unicodedata.normalize("NFD", "Prüfung été.csv")


def opened(root: Path, pattern: str) -> Opened:
    entry = InputPath(name="file", paths=(pattern,), as_of=AsOf(rule=AsOfRule.DOCUMENT))
    [found] = open_inputs(binding_of("table", inputs=(entry,)), root, IDENTITY)
    os.close(found.descriptor)
    return found


def fault(root: Path, pattern: str) -> tuple[GapReason, str]:
    before = len(os.listdir("/dev/fd"))
    with pytest.raises(InputFault) as caught:
        opened(root, pattern)
    assert len(os.listdir("/dev/fd")) == before, "a descriptor was left open"
    return caught.value.reason, caught.value.sentence


def put(root: Path, *names: str, data: bytes = b"x") -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


class TestLeftovers:
    @pytest.mark.parametrize(
        ("name", "kind", "of"),
        [
            ("~$RAID.xlsx", LeftoverKind.LOCK, "RAID.xlsx"),
            (".~lock.RAID.xlsx#", LeftoverKind.LOCK, "RAID.xlsx"),
            ("RAID.xlsx.url", LeftoverKind.SHORTCUT, "RAID.xlsx"),
            ("RAID.url", LeftoverKind.SHORTCUT, "RAID"),
            ("RAID.xlsx - Shortcut.lnk", LeftoverKind.SHORTCUT, "RAID.xlsx"),
            ("RAID.webloc", LeftoverKind.SHORTCUT, "RAID"),
            ("RAID.gsheet", LeftoverKind.SHORTCUT, "RAID"),
            (".RAID.xlsx.icloud", LeftoverKind.CLOUD, "RAID.xlsx"),
            ("RAID.xlsx.nextcloud", LeftoverKind.CLOUD, "RAID.xlsx"),
            ("RAID.xlsx.crdownload", LeftoverKind.UNFINISHED, "RAID.xlsx"),
            ("RAID.xlsx.PART", LeftoverKind.UNFINISHED, "RAID.xlsx"),
            ("~WRL0005.tmp", LeftoverKind.UNFINISHED, "~WRL0005"),
            ("Thumbs.db", LeftoverKind.SYSTEM, ""),
            ("desktop.ini", LeftoverKind.SYSTEM, ""),
            (".DS_Store", LeftoverKind.SYSTEM, ""),
            ("._RAID.xlsx", LeftoverKind.SYSTEM, ""),
        ],
    )
    def test_are_known_by_their_names(self, name: str, kind: LeftoverKind, of: str):
        """Each of them was taken for evidence by somebody's script once."""
        found = leftover(name)

        assert found is not None
        assert (found.kind, found.of) == (kind, of)

    @pytest.mark.parametrize("name", ["RAID v12 FINAL.xlsx", "cloud.csv", "lock.csv", "template.xlsx", "a.tmp.csv"])
    def test_evidence_is_none(self, name: str):
        """What is not read is missing, so the list must not be too long."""
        assert leftover(name) is None

    def test_a_pattern_passes_them_over(self, tmp_path: Path):
        """`RAID*` must mean the workbook, whatever is next to it."""
        put(tmp_path, "RAID.xlsx", "RAID.url", "RAID.xlsx.tmp", "RAID.xlsx.lnk", "Thumbs.db", "~$RAID.xlsx")

        assert opened(tmp_path, "RAID*").path == "RAID.xlsx"
        assert opened(tmp_path, "*").path == "RAID.xlsx"

    def test_a_lock_beside_the_file_is_passed_over(self, tmp_path: Path):
        """What was saved last is what counts; that somebody is editing is no defect of it."""
        put(tmp_path, "RAID.xlsx", "~$RAID.xlsx")

        assert opened(tmp_path, "RAID.xlsx").path == "RAID.xlsx"

    @pytest.mark.parametrize(
        ("pattern", "there", "words"),
        [
            ("RAID.xlsx", "~$RAID.xlsx", "has the file open: ask them to save it here and close it"),
            ("RAID.xlsx", ".~lock.RAID.xlsx#", "has the file open"),
            ("RAID*.xlsx", "~$RAID v12.xlsx", "has the file open"),
            ("RAID.xlsx", "RAID.xlsx.url", "is a shortcut, which points to a file and holds nothing of it"),
            ("RAID.xlsx", "RAID.url", "is a shortcut"),
            ("RAID*.xlsx", "RAID v12 - Shortcut.lnk", "put the file itself here"),
            ("RAID.url", "RAID.url", "is a shortcut"),
            ("RAID.xlsx", ".RAID.xlsx.icloud", "is online only: let it be downloaded (Always keep on this device)"),
            ("RAID.xlsx", "RAID.xlsx.crdownload", "has not finished: wait for it, or copy the file again"),
            ("raid.xlsx", "RAID.xlsx.partial", "has not finished"),
            ("Thumbs.db", "Thumbs.db", "belongs to the operating system and is not evidence"),
            ("RAID.xlsx", "raid.XLSX", "differs only in capital letters, blanks or signs that look alike"),
            ("RAID log.xlsx", "RAID\u00a0log.xlsx", "signs that look alike: write it as it is"),
            ("RAID log.xlsx", "RAID  log.xlsx", "blanks"),
            ("RAID_*.csv", "Raid_2027.csv", "differs only in capital letters"),
            ("RAID.xlsx", "RAID v12 FINAL.xlsx", "the nearest name there is e/RAID v12 FINAL.xlsx"),
        ],
    )
    def test_where_the_file_is_missing_they_say_why(self, tmp_path: Path, pattern: str, there: str, words: str):
        """`No file matches` helps nobody who sees the file in the explorer."""
        put(tmp_path, f"e/{there}")

        reason, sentence = fault(tmp_path, f"e/{pattern}")

        assert reason is GapReason.MISSING
        assert sentence.startswith(f"No file matches e/{pattern}; ")
        assert words in sentence
        assert there in sentence

    def test_the_first_folder_that_holds_a_near_name_is_told_of(self, tmp_path: Path):
        """Of several folders under one pattern, one hint is enough; one without any hides no other."""
        put(tmp_path, "e1/other.txt", "e2/RAID.xlsx.partial", "e3/raid.XLSX")

        _, sentence = fault(tmp_path, "e*/RAID.xlsx")

        assert "RAID.xlsx.partial" in sentence
        assert "raid.XLSX" not in sentence

    def test_names_beside_a_missing_file_of_people_are_not_told(self, tmp_path: Path):
        """`Jane_Doe.csv` is next to `roster.csv`, and is a person."""
        put(tmp_path, "e/ROSTER.csv")
        entry = InputPath(name="file", paths=("e/roster.csv",), as_of=AsOf(rule=AsOfRule.DOCUMENT))

        with contextlib.ExitStack() as stack, pytest.raises(InputFault) as caught:
            find(Search(entry, "e/roster.csv", program_of().identity, personal=True), tmp_path, stack)

        assert caught.value.sentence == "No file matches e/roster.csv."


class TestConflictCopies:
    @pytest.mark.parametrize(
        "copy",
        [
            "RAID (1).xlsx",
            "RAID 2.xlsx",
            "RAID copy.xlsx",
            "RAID copy 2.xlsx",
            "RAID - Copy.xlsx",
            "Copy of RAID.xlsx",
            "raid (2).XLSX",
            "RAID-LAPTOP-7Q1.xlsx",
            "RAID-Adas-MacBook-Air.xlsx",
            "RAID (conflicted copy 2027-04-15 101500).xlsx",
            "RAID (Case Conflict).xlsx",
        ],
    )
    def test_are_a_gap_that_names_both(self, tmp_path: Path, copy: str):
        """Two people changed one file; nobody but them knows whose is right."""
        put(tmp_path, "RAID.xlsx")
        (tmp_path / copy).write_bytes(b"other")

        reason, sentence = fault(tmp_path, "RAI*.xlsx")

        assert reason is GapReason.CONFLICT
        way = "keep one, bind the one that counts by its exact path, or list the other under not_evidence"
        assert all(name in sentence for name in ("RAID.xlsx", copy, way))

    @pytest.mark.parametrize("other", ["RAID v12 FINAL.xlsx", "RAID 2027.xlsx", "RAID-2027.xlsx", "RAID-log.xlsx"])
    def test_versions_and_dates_in_a_name_are_no_conflict(self, other: str):
        """Old versions lie beside every file that people take care of."""
        assert conflict_copies("RAID.xlsx", ["RAID.xlsx", other]) == []

    def test_versions_under_one_pattern_are_all_named(self, tmp_path: Path):
        """FINAL is a wish; which version counts is for a person to say."""
        put(tmp_path, "RAID v12 FINAL.xlsx", "RAID v12 FINAL (really).xlsx", "RAID v11.xlsx")

        reason, sentence = fault(tmp_path, "RAID*.xlsx")

        assert reason is GapReason.CONFLICT
        assert all(
            name in sentence for name in ("RAID v11.xlsx", "RAID v12 FINAL.xlsx", "RAID v12 FINAL (really).xlsx")
        )


class TestNames:
    @pytest.mark.parametrize("there", [COMPOSED, DECOMPOSED], ids=["composed", "decomposed"])
    @pytest.mark.parametrize("named", [COMPOSED, DECOMPOSED, "Pr*f*.csv"], ids=["composed", "decomposed", "pattern"])
    def test_accents_match_however_they_are_written(self, tmp_path: Path, there: str, named: str):
        """A folder that came from a Mac looks the same and is not; the record is the same either way."""
        put(tmp_path, there)

        assert opened(tmp_path, named).path == COMPOSED

    @pytest.mark.parametrize("named", [COMPOSED, "Pr*.csv"])
    def test_one_name_in_two_writings_is_a_gap(self, tmp_path: Path, named: str):
        """Linux holds both; which of them the owner sees is chance."""
        put(tmp_path, COMPOSED, DECOMPOSED)

        reason, sentence = fault(tmp_path, named)

        assert reason is GapReason.CONFLICT
        assert "with its accents written as macOS and as Windows write them; keep one" in sentence

    def test_names_that_differ_in_capitals_are_a_gap(self, tmp_path: Path):
        """Copied to Windows, one of them would silently replace the other."""
        put(tmp_path, "RAID.xlsx", "Raid.xlsx")
        if len(os.listdir(tmp_path)) == 1:
            pytest.skip("this file system does not tell capitals apart")

        reason, sentence = fault(tmp_path, "RAID.xlsx")

        assert reason is GapReason.CONFLICT
        assert "RAID.xlsx, Raid.xlsx differ only in capital letters" in sentence

    @pytest.mark.parametrize(
        "name", ["with blanks and (brackets) & more.csv", "a" * 200 + ".csv", "ü" * 100 + ".csv", "x" * 251 + ".csv"]
    )
    def test_blanks_brackets_and_long_names_are_ordinary(self, tmp_path: Path, name: str):
        """SharePoint lets people write sentences into names."""
        put(tmp_path, f"Phase 4 – Évidence/{name}")

        assert opened(tmp_path, f"Phase 4 – Évidence/{name}").path == f"Phase 4 – Évidence/{name}"

    def test_a_path_of_many_folders_is_found(self, tmp_path: Path):
        """Windows cuts at 260 characters, the folders that people make do not."""
        path = "/".join(["Workstream folder with a rather long name"] * 20 + ["roster.csv"])
        put(tmp_path, path)

        assert opened(tmp_path, path).path == path

    def test_long_names_are_shown_without_their_middle(self, tmp_path: Path):
        """A sentence of two thousand letters is not read."""
        put(tmp_path, *(f"{number}{'n' * 230}.csv" for number in range(9)))

        _, sentence = fault(tmp_path, "*.csv")

        assert "matches 9 files" in sentence
        assert " and 3 more; " in sentence
        assert len(sentence) < 1000

    @pytest.mark.parametrize("name", [b"caf\xe9.csv", b"two\nlines.csv", b"bell\x07.csv"])
    def test_a_name_that_is_no_text_is_a_gap(self, tmp_path: Path, name: bytes):
        """It cannot be recorded, and a line break in it would forge a line of the report."""
        try:
            Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
        except OSError:
            pytest.skip("this file system has no such names")

        reason, sentence = fault(tmp_path, "*.csv")

        assert reason is GapReason.MALFORMED
        assert sentence.isprintable()
        assert "rename it" in sentence

    def test_a_folder_may_be_called_like_a_leftover(self):
        """`drop.part/` is where somebody's tool puts things; only files are told by their endings."""
        assert matching("drop.part", ["drop.part"], folder=True) == ["drop.part"]
        assert matching("drop.part", ["drop.part"]) == []


class TestPlaceholders:
    def test_bytes_that_are_not_on_this_machine(self, tmp_path: Path):
        """A large file without a single block is online only; reading it would fetch it, or hang."""
        with open(tmp_path / "RAID.xlsx", "wb") as stream:
            stream.truncate(200_000)
        if (tmp_path / "RAID.xlsx").stat().st_blocks:
            pytest.skip("this file system keeps holes on disk")

        reason, sentence = fault(tmp_path, "RAID.xlsx")

        assert reason is GapReason.MALFORMED
        assert "RAID.xlsx has 200,000 bytes, but none of them is on this machine: it is online only" in sentence
        assert "Always keep on this device" in sentence

    def test_a_small_file_of_nothing(self, tmp_path: Path):
        """A small file may have no block of its own and yet a content: it is read, and must not be all NUL."""
        with open(tmp_path / "RAID.csv", "wb") as stream:
            stream.truncate(900)

        _, sentence = fault(tmp_path, "RAID.csv")

        assert "RAID.csv holds 900 bytes of nothing (NUL)" in sentence

    def test_blocks_of_nothing_were_torn(self, tmp_path: Path):
        """A crash while copying leaves the size and no content."""
        put(tmp_path, "RAID.csv", data=b"\0" * 100_000)

        _, sentence = fault(tmp_path, "RAID.csv")

        assert "bytes of nothing (NUL); copy it again from where it comes from" in sentence

    def test_a_few_nul_bytes_are_content(self, tmp_path: Path):
        """Whether they belong there is the format's affair."""
        put(tmp_path, "RAID.bin", data=b"\0\0\0x\0")

        assert opened(tmp_path, "RAID.bin").size == 5

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (errno.EIO, "it may be online only: choose `Always keep on this device`"),
            (errno.EINVAL, "it may be online only"),
            (errno.ETIMEDOUT, "it may be online only"),
            (errno.EACCES, "the account that runs this needs the right to read it"),
            (errno.EBUSY, "close it where it is open, then run again"),
        ],
    )
    def test_what_the_system_refuses_is_said_with_what_to_do(
        self, tmp_path: Path, monkeypatch, number: int, words: str
    ):
        """On WSL a placeholder is a reparse point that nobody can read."""
        put(tmp_path, "RAID.xlsx", "~$RAID.xlsx")

        def refuse(*_args: object) -> bytes:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(copying.os, "read", refuse)

        _, sentence = fault(tmp_path, "RAID.xlsx")

        assert sentence.startswith("RAID.xlsx cannot be read: ")
        assert words in sentence
        assert sentence.endswith("A lock file beside it says that somebody has it open.")
