"""Files that are not there, not whole, not files, or not the ones that they seem to be."""

import os
import random

import pytest

INTERFACES = "evidence/system/interfaces.csv"
ROSTER = "evidence/workforce/roster_2027-04-16.csv"
PROGRAM = "gonogo.yaml"


def many(folder):
    content = folder.bytes(INTERFACES)
    folder.put(INTERFACES, content + b"x" * (33 * 2**20))


def link(folder):
    folder.move(INTERFACES, "evidence/system/real.csv")
    folder.path(INTERFACES).symlink_to(folder.path("evidence/system/real.csv"))


def linked_folder(folder):
    folder.move("evidence/system", "evidence/moved")
    folder.path("evidence/system").symlink_to(folder.path("evidence/moved"))


def pipe(folder):
    folder.path(INTERFACES).unlink()
    os.mkfifo(folder.path(INTERFACES))


def outside(folder):
    folder.path("../outside.csv").write_bytes(folder.bytes(INTERFACES))
    folder.edit(PROGRAM, f"path: {INTERFACES}", "path: ../outside.csv")


def utf_16(folder):
    folder.put(INTERFACES, folder.bytes(INTERFACES).decode().encode("utf-16"))


def workbook_by_name(folder):
    folder.move(INTERFACES, "evidence/system/interfaces.xlsx")
    folder.edit(PROGRAM, f"path: {INTERFACES}", "path: evidence/system/interfaces.xlsx")


WAYS = {
    "missing": (lambda f: f.path(INTERFACES).unlink(), f"No file matches {INTERFACES}"),
    "missing, with a like name beside": (
        lambda f: f.move(INTERFACES, "evidence/system/interface.csv"),
        "the nearest name there is evidence/system/interface.csv",
    ),
    "empty": (lambda f: f.put(INTERFACES, b""), f"{INTERFACES} is empty (0 bytes)"),
    "a line break": (lambda f: f.put(INTERFACES, b"\n"), "interfaces.csv"),
    "header alone": (lambda f: f.put(INTERFACES, f.bytes(INTERFACES).splitlines(keepends=True)[0]), "0 rows"),
    "cut inside a cell": (lambda f: f.put(INTERFACES, f.bytes(INTERFACES)[:-4]), "cut off"),
    "cut between two rows": (
        lambda f: f.put(INTERFACES, b"".join(f.bytes(INTERFACES).splitlines(keepends=True)[:-1])),
        "23",
    ),
    "cut in the middle": (lambda f: f.cut(INTERFACES, 0.5), "interfaces.csv"),
    "noise": (lambda f: f.put(INTERFACES, random.Random(7).randbytes(4000)), "interfaces.csv"),
    "larger than it may be": (many, "max_bytes"),
    "UTF-16": (utf_16, "byte order mark of utf-16"),
    "a byte that is not UTF-8": (lambda f: f.put(INTERFACES, f.bytes(INTERFACES) + b"\xff\n"), "not utf-8"),
    "NUL": (lambda f: f.put(INTERFACES, f.bytes(INTERFACES).replace(b"IF-01", b"IF\x0001")), "NUL"),
    "a CSV that is called a workbook": (workbook_by_name, "interfaces.xlsx"),
    "a workbook that is called a CSV": (
        lambda f: f.put(INTERFACES, f.bytes("evidence/system/rtm.xlsx")),
        "interfaces.csv",
    ),
    "a folder": (lambda f: (f.path(INTERFACES).unlink(), f.path(INTERFACES).mkdir()), "not a regular file"),
    "a pipe": (pipe, "not a regular file"),
    "a link": (link, "is a link; links are not followed"),
    "a link to a device": (
        lambda f: (f.path(INTERFACES).unlink(), f.path(INTERFACES).symlink_to("/dev/zero")),
        "is a link",
    ),
    "a folder that is a link": (linked_folder, "links are not followed"),
    "a conflict copy that the pattern does not tell apart": (
        lambda f: (
            f.edit(PROGRAM, f"path: {INTERFACES}", "path: evidence/system/interfaces*.csv"),
            f.put("evidence/system/interfaces (1).csv", f.bytes(INTERFACES) + b"\n"),
        ),
        "conflicting copies",
    ),
    "two that match": (
        lambda f: f.put("evidence/workforce/roster_2027-04-15.csv", f.bytes(ROSTER)),
        "matches 2 files",
    ),
    "dated by its name in the future": (
        lambda f: f.move(ROSTER, "evidence/workforce/roster_2027-04-20.csv"),
        "after the assessment",
    ),
    "dated by its name on no day": (
        lambda f: f.move(ROSTER, "evidence/workforce/roster_2027-13-45.csv"),
        "roster_",
    ),
    "dated by its name long ago": (
        lambda f: f.move("evidence/workforce/sessions_2027-04-14.csv", "evidence/workforce/sessions_2026-01-14.csv"),
        "days old; only evidence younger",
    ),
    "another extract under the name": (
        lambda f: f.put(ROSTER, f.bytes("evidence/workforce/sessions_2027-04-14.csv")),
        "training-plan",
    ),
}

REFUSED = {
    "a path that leads out of the folder": (outside, "leaves the program's folder"),
    "an absolute path": (
        lambda f: f.edit(PROGRAM, f"path: {INTERFACES}", "path: /etc/passwd"),
        "is absolute",
    ),
    "a path of Windows": (
        lambda f: f.edit(PROGRAM, f"path: {INTERFACES}", r"path: evidence\system\interfaces.csv"),
        "backslash",
    ),
}


class TestFiles:
    @pytest.mark.parametrize(("way", "says"), WAYS.values(), ids=WAYS)
    def test_what_cannot_be_read_is_a_gap_that_names_it_and_blocks(self, way, says, decided):
        """Everything else is GO; the one broken file must be enough."""
        found = decided(way)

        assert found.code == 1, found.told[-3000:]
        assert says in found.told

    @pytest.mark.parametrize("name", ["missing", "a pipe"])
    def test_a_run_on_it_ends_with_1(self, name, spoiled):
        """The command itself comes to what the ways above come to."""
        way, says = WAYS[name]

        found = spoiled(way)

        assert found.code == 1, found.told[-3000:]
        assert "Traceback" not in found.told
        assert says in found.told

    @pytest.mark.parametrize(("way", "says"), REFUSED.values(), ids=REFUSED)
    def test_what_points_elsewhere_is_refused_with_its_place(self, way, says, decided):
        """Nothing is read."""
        found = decided(way)

        assert found.code == 2, found.told[-3000:]
        assert "gonogo.yaml:" in found.told
        assert says in found.told
