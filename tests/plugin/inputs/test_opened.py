"""Inputs: exactly one plain file beneath the folder, or the reason why not; what is hashed is what is read."""

from __future__ import annotations

import hashlib
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule, Handling, InputPath, Marking
from gonogo.plugin.inputs import copying
from gonogo.plugin.inputs.match import conflict_copies
from gonogo.plugin.inputs.opened import InputFault, Opened, open_inputs
from gonogo.plugin.stream import stream_of
from gonogo.testing.programs import binding_of, program_of

IDENTITY = program_of().identity
FROM_NAME = AsOf(rule=AsOfRule.FILE_NAME, pattern=r"(\d{4}-\d{2}-\d{2})")


def opened(root: Path, *paths: str, newest: bool = False, as_of: AsOf | None = None, **more) -> list[Opened]:
    rule = as_of if as_of is not None else AsOf(rule=AsOfRule.DOCUMENT)
    entry = InputPath(name="file", paths=paths, pick_newest=newest, as_of=rule)
    return open_inputs(binding_of("table", inputs=(entry,), **more), root, IDENTITY)


def one(root: Path, *paths: str, **more) -> tuple[Opened, bytes]:
    [entry] = opened(root, *paths, **more)
    with stream_of(entry.descriptor) as stream:
        data = stream.read()
    os.close(entry.descriptor)
    return entry, data


def fault(root: Path, *paths: str, **more) -> tuple[GapReason, str]:
    before = len(os.listdir("/dev/fd"))
    with pytest.raises(InputFault) as caught:
        opened(root, *paths, **more)
    assert len(os.listdir("/dev/fd")) == before, "a descriptor was left open"
    return caught.value.reason, caught.value.sentence


def put(root: Path, *names: str, data: bytes = b"x") -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


class TestOpen:
    def test_a_named_file(self, tmp_path: Path):
        """The plain case: the record names the path beneath the program and the digest of the bytes."""
        put(tmp_path, "evidence/roster.csv", data=b"id\n1\n")

        entry, data = one(tmp_path, "evidence/roster.csv")

        assert data == b"id\n1\n"
        assert (entry.path, entry.size, entry.as_of) == ("evidence/roster.csv", 5, None)
        assert entry.sha256 == hashlib.sha256(b"id\n1\n").hexdigest()

    def test_several_paths_keep_their_order(self, tmp_path: Path):
        """Evidence is named in the order of the binding, so that two runs record alike."""
        put(tmp_path, "b.xml", "a.xml")

        entries = opened(tmp_path, "b.xml", "a.xml")
        for entry in entries:
            os.close(entry.descriptor)

        assert [entry.path for entry in entries] == ["b.xml", "a.xml"]

    def test_a_pattern_that_matches_one_file(self, tmp_path: Path):
        """Exports carry dates in their names; lock files and hidden files are not exports."""
        put(tmp_path, "e/plan-7.xlsx", "e/~$plan-7.xlsx", "e/.plan-8.xlsx", "e/other.xlsx")

        assert one(tmp_path, "*/plan-*.xlsx")[0].path == "e/plan-7.xlsx"

    def test_a_file_whose_name_looks_like_a_pattern(self, tmp_path: Path):
        """A file called `plan [final].csv` is meant when it is named."""
        put(tmp_path, "plan [final].csv", "plan f.csv")

        assert one(tmp_path, "plan [final].csv")[0].path == "plan [final].csv"

    def test_a_large_file_is_copied_to_a_scratch_file_that_is_gone(self, tmp_path, monkeypatch):
        """Above the memory cap the copy is on disk, unnamed and read-only."""
        monkeypatch.setattr(copying, "MEMORY_BYTES", 10)
        monkeypatch.setattr(copying.tempfile, "tempdir", str(tmp_path / "scratch"))
        (tmp_path / "scratch").mkdir()
        put(tmp_path, "big.csv", data=b"0123456789abcdef")

        [entry] = opened(tmp_path, "big.csv")
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.write(entry.descriptor, b"x")
        data = os.pread(entry.descriptor, 99, 0)
        os.close(entry.descriptor)

        assert data == b"0123456789abcdef"
        assert list((tmp_path / "scratch").iterdir()) == []

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux seals memory")
    def test_the_copy_in_memory_cannot_be_changed(self, tmp_path: Path):
        """A collector that could write to it would change what another one reads, or what was hashed."""
        put(tmp_path, "a.csv", data=b"hashed")

        [entry] = opened(tmp_path, "a.csv")
        with pytest.raises(PermissionError):
            os.pwrite(entry.descriptor, b"forged", 0)
        with pytest.raises(PermissionError):
            os.ftruncate(entry.descriptor, 0)
        os.close(entry.descriptor)

    def test_the_newest_of_several_by_the_date_in_the_name(self, tmp_path: Path):
        """Newest means the moment that the content held, never the modification time."""
        put(tmp_path, "t-2027-04-15.csv", "t-2027-04-02.csv")
        os.utime(tmp_path / "t-2027-04-15.csv", (0, 0))

        entry, _ = one(tmp_path, "t-*.csv", newest=True, as_of=FROM_NAME)

        assert entry.path == "t-2027-04-15.csv"
        assert entry.as_of == datetime(2027, 4, 15, 4, 0, tzinfo=UTC)

    def test_two_streams_over_one_input_do_not_disturb_each_other(self, tmp_path: Path):
        """A parser that looks at the start of a file twice must see the same bytes twice."""
        put(tmp_path, "a.csv", data=b"0123456789")
        [entry] = opened(tmp_path, "a.csv")

        with stream_of(entry.descriptor) as first, stream_of(entry.descriptor) as second:
            halves = (first.read(5), second.read(2), first.read(5), second.seek(-1, os.SEEK_END), second.read())
        os.close(entry.descriptor)

        assert halves == (b"01234", b"01", b"56789", 9, b"9")


class TestMissing:
    def test_names_the_nearest_file(self, tmp_path: Path):
        """Most missing files are misspelt ones."""
        put(tmp_path, "evidence/roster-2027.csv")

        assert fault(tmp_path, "evidence/rooster-2027.csv") == (
            GapReason.MISSING,
            "No file matches evidence/rooster-2027.csv; the nearest name there is evidence/roster-2027.csv.",
        )

    @pytest.mark.parametrize("marking", [Marking.INTERNAL, Marking.PII])
    def test_names_the_same_file_of_another_day(self, tmp_path: Path, marking: Marking):
        """Each weekly export has a new name; a date names nobody, so a source of personal data says it too."""
        put(tmp_path, "e/staff_20271204.csv", "e/staff_20271211.csv", "e/staff Rosa Diaz_20271218.csv")

        assert fault(tmp_path, "e/staff_20271127.csv", handling=Handling(marking=marking))[1] == (
            "No file matches e/staff_20271127.csv; e/staff_20271211.csv is there, for another day: bind that one, or "
            r"e/staff_*.csv with pick: newest as_of and as_of: {file_name: '(20\d{6})'}."
        )

    @pytest.mark.parametrize("name", ["staff_20271204.txt", "team_20271204.csv", "staff_2027.csv"])
    def test_another_name_is_no_other_day_of_this_one(self, tmp_path: Path, name: str):
        """A pattern that does not fit would be bound in vain."""
        put(tmp_path, f"e/{name}")

        assert "another day" not in fault(tmp_path, "e/staff_20271127.csv")[1]

    def test_names_the_nearest_folder(self, tmp_path: Path):
        """The same for a folder on the way."""
        put(tmp_path, "evidence/roster.csv")

        assert fault(tmp_path, "evidense/roster.csv")[1].endswith("the nearest name there is evidence.")

    @pytest.mark.parametrize("pattern", ["*.csv", "none/*.csv", "*/x.csv"])
    def test_a_pattern_without_a_match(self, tmp_path: Path, pattern: str):
        """No match is a gap, never an empty list of evidence."""
        put(tmp_path, "other.txt")

        assert fault(tmp_path, pattern)[0] is GapReason.MISSING


class TestAmbiguous:
    def test_several_matches_are_all_named(self, tmp_path: Path):
        """Which of two exports is meant is not for a program to guess."""
        put(tmp_path, "t-1.csv", "t-2.csv")

        assert fault(tmp_path, "t-*.csv") == (
            GapReason.CONFLICT,
            "t-*.csv matches 2 files, t-1.csv, t-2.csv; exactly one is expected.",
        )

    def test_equally_new_files_are_all_named(self, tmp_path: Path):
        """A tie is two answers."""
        put(tmp_path, "a-2027-04-15.csv", "b-2027-04-15.csv", "c-2027-04-01.csv")

        reason, sentence = fault(tmp_path, "*.csv", newest=True, as_of=FROM_NAME)

        assert reason is GapReason.CONFLICT
        assert sentence == (
            "a-2027-04-15.csv, b-2027-04-15.csv are of one day, so none is surely the newest: they may be parts of one "
            "list, or one a corrected export. If one holds the whole list, list the others under not_evidence; if they "
            "are parts, export the list again as one file."
        )

    def test_newest_without_a_date_in_the_name(self, tmp_path: Path):
        """Only the name can tell which is newest before anything is read."""
        put(tmp_path, "t-1.csv", "t-2.csv")

        assert "only where as_of is read from the file name" in fault(tmp_path, "t-*.csv", newest=True)[1]

    def test_one_of_several_names_without_a_date(self, tmp_path: Path):
        """A file that cannot be dated might be the newest."""
        put(tmp_path, "t-2027-04-15.csv", "t-final.csv")

        assert "t-final.csv" in fault(tmp_path, "t-*.csv", newest=True, as_of=FROM_NAME)[1]

    @pytest.mark.parametrize(
        "copy",
        [
            "plan (1).xlsx",
            "plan(2).xlsx",
            "plan - Copy.xlsx",
            "plan - Copy (2).xlsx",
            "plan-DESKTOP-4F2K1.xlsx",
            "plan-KIRSCH2.xlsx",
            "plan (Ada Kirsch's conflicted copy 2027-04-15).xlsx",
            "plan.sync-conflict-20270415-101500-ABCDEFG.xlsx",
        ],
    )
    def test_a_conflict_copy_beside_the_file(self, tmp_path: Path, copy: str):
        """A synchronizing program made two files of one; nobody can know which is the evidence."""
        put(tmp_path, "plan.xlsx")
        put(tmp_path, copy, data=b"other")

        reason, sentence = fault(tmp_path, "plan*.xlsx")

        assert reason is GapReason.CONFLICT
        assert "plan.xlsx" in sentence
        assert copy in sentence

    @pytest.mark.parametrize(
        "other", ["plan-2027-04-15.xlsx", "plan-sit.xlsx", "plans.xlsx", "plan.csv", "xplan (1).xlsx"]
    )
    def test_an_ordinary_neighbour_is_no_conflict_copy(self, other: str):
        """Evidence folders hold many files with like names."""
        assert conflict_copies("plan.xlsx", ["plan.xlsx", other]) == []


class TestRefused:
    @pytest.mark.parametrize(
        "path", ["../secret.csv", "e/../../secret.csv", "/etc/passwd", "~/x", "C:/x", "a\\b", "**/x"]
    )
    def test_a_path_that_leaves_the_folder(self, tmp_path: Path, path: str):
        """A program file from elsewhere must not make the gate read the machine."""
        assert fault(tmp_path, path)[0] is GapReason.MALFORMED

    def test_a_link(self, tmp_path: Path):
        """A link can lead anywhere, and somewhere else tomorrow."""
        put(tmp_path, "real.csv")
        (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")

        assert "is a link" in fault(tmp_path, "link.csv")[1]

    def test_a_linked_folder_on_the_way(self, tmp_path: Path):
        """The same for every folder between the program and the file."""
        put(tmp_path, "real/a.csv")
        (tmp_path / "linked").symlink_to(tmp_path / "real")

        assert "link" in fault(tmp_path, "linked/a.csv")[1]

    def test_a_pipe_does_not_hang(self, tmp_path: Path):
        """Opening a pipe that nobody writes waits for ever, unless it is opened with care."""
        os.mkfifo(tmp_path / "pipe.csv")

        assert fault(tmp_path, "pipe.csv")[1] == "pipe.csv is not a regular file."

    def test_a_folder(self, tmp_path: Path):
        """A folder is not evidence."""
        (tmp_path / "a.csv").mkdir()

        assert fault(tmp_path, "a.csv")[1] == "a.csv is not a regular file."

    def test_a_file_as_folder(self, tmp_path: Path):
        """Nor is a file a folder."""
        put(tmp_path, "a.csv")

        assert "not a folder" in fault(tmp_path, "a.csv/b.csv")[1]

    def test_an_empty_file(self, tmp_path: Path):
        """A torn upload must not read as `nothing is open`."""
        put(tmp_path, "a.csv", data=b"")

        assert fault(tmp_path, "a.csv") == (
            GapReason.MALFORMED,
            "a.csv is empty (0 bytes), as after an upload that was cut off; copy it here again.",
        )

    def test_a_file_above_the_cap(self, tmp_path: Path):
        """The cap is the binding's, and the sentence names it."""
        put(tmp_path, "a.csv", data=b"0123456789")

        assert fault(tmp_path, "a.csv", max_bytes=9)[1] == "a.csv has 10 bytes; the binding allows 9 (max_bytes)."

    def test_a_file_that_changes_while_it_is_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """Half of yesterday's export and half of today's prove nothing."""
        put(tmp_path, "a.csv", data=b"0123456789")
        real = os.read

        def read_while_it_grows(descriptor: int, size: int) -> bytes:
            with open(tmp_path / "a.csv", "ab") as stream:
                stream.write(b"more")
            return real(descriptor, size)

        monkeypatch.setattr(copying.os, "read", read_while_it_grows)

        assert "changed while it was read" in fault(tmp_path, "a.csv")[1]

    def test_an_unreadable_folder_is_a_sentence(self, tmp_path: Path):
        """Whatever the system says, the reader gets the path and the reason."""
        assert fault(tmp_path / "gone", "a.csv")[1] == "a.csv cannot be read: No such file or directory."


class TestMoment:
    @pytest.mark.parametrize(
        ("pattern", "name"),
        [
            (r"(\d{4}-\d{2}-\d{2})", "t-2027-04-15.csv"),
            (r"_(\d{8})\.", "t_20270415.csv"),
            (r"(?P<month>\d\d)(?P<day>\d\d)(?P<year>\d{4})", "t_04152027.csv"),
        ],
    )
    def test_reads_the_date_in_a_name(self, tmp_path: Path, pattern: str, name: str):
        """Agencies name their exports in many ways."""
        put(tmp_path, name)

        entry, _ = one(tmp_path, name, as_of=AsOf(rule=AsOfRule.FILE_NAME, pattern=pattern))

        assert entry.as_of == datetime(2027, 4, 15, 4, 0, tzinfo=UTC)

    def test_a_day_before_the_calendar_begins_is_a_gap(self, tmp_path: Path):
        """East of Greenwich the first day of year 1 begins in the year 0, which is no reason to fall over."""
        put(tmp_path, "t-0001-01-01.csv")
        identity = IDENTITY.model_copy(update={"time_zone": "Asia/Tokyo"})
        entry = InputPath(name="file", paths=("t-0001-01-01.csv",), as_of=FROM_NAME)

        with pytest.raises(InputFault, match="is not a date") as caught:
            open_inputs(binding_of("table", inputs=(entry,)), tmp_path, identity)

        assert caught.value.reason is GapReason.MISSING

    @pytest.mark.parametrize("name", ["t.csv", "t-2027-13-45.csv", "2027-04-15-to-2027-04-16.csv"])
    def test_a_name_without_one_date_is_a_gap(self, tmp_path: Path, name: str):
        """Two dates are as good as none."""
        put(tmp_path, name)

        assert fault(tmp_path, name, as_of=FROM_NAME)[0] is GapReason.MISSING

    def test_what_a_person_says(self, tmp_path: Path):
        """Where the source does not say, somebody may, under their name."""
        put(tmp_path, "a.csv")
        said = AsOf(rule=AsOfRule.SAID, at=datetime(2027, 4, 15, 21, 0, tzinfo=UTC), by="Ada Kirsch")

        assert one(tmp_path, "a.csv", as_of=said)[0].as_of == datetime(2027, 4, 15, 21, 0, tzinfo=UTC)


class TestParts:
    """A list in several files is not read in part: with headings alone in the first one, it seemed empty."""

    def test_another_part_beside_it_is_refused(self, tmp_path: Path):
        """The first file held headings alone, and the second one every open risk."""
        put(tmp_path, "e/risks part 1.csv", "e/risks part 2.csv")

        reason, why = fault(tmp_path, "e/risks part 1.csv")

        assert reason is GapReason.CONFLICT
        assert why == (
            "e/risks part 1.csv would be read without e/risks part 2.csv, by the name of its list. Export the list as "
            "one file, or list under not_evidence what is no evidence."
        )

    def test_names_that_may_name_somebody_are_not_repeated(self, tmp_path: Path):
        """The names of files of a personal source are nobody's business."""
        put(tmp_path, "e/Ada part 1.csv", "e/Ada part 2.csv")

        handling = Handling(marking=Marking.PII)
        _, why = fault(tmp_path, "e/* part 1.csv", handling=handling)

        assert "Ada" not in why
        assert "other parts of its list" in why

    def test_parts_that_the_binding_reads_are_read(self, tmp_path: Path):
        """Each of them is an input of its own."""
        put(tmp_path, "e/risks part 1.csv", "e/risks part 2.csv")

        entries = opened(tmp_path, "e/risks part 1.csv", "e/risks part 2.csv")
        for entry in entries:
            os.close(entry.descriptor)

        assert len(entries) == 2

    def test_a_folder_called_like_a_part_is_none(self, tmp_path: Path):
        """Only a file is read."""
        put(tmp_path, "e/risks part 1.csv", "e/risks part 2.csv/x")

        assert one(tmp_path, "e/risks part 1.csv")[0].path == "e/risks part 1.csv"
