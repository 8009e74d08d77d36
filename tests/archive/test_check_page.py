"""The page in an archive, followed by somebody who has a shell, sha256sum and openssl, and no gonogo."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from gonogo.signing.keys import Algorithm
from gonogo.signing.private_key import new_private_key

from .conftest import extend

LINES = (
    "files: as they were exported",
    "chain: 7 records",
    "key: the one that is named",
    "signature: good",
    "signed: ",
)


def unpacked(archive: Path, into: Path) -> Path:
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(into)
    return into


def followed(place: Path) -> str:
    """Return what the blocks of the page print, run one after the other, each whatever became of the one before."""
    blocks = re.findall(r"```sh\n(.*?)```", (place / "CHECK.md").read_text(), re.DOTALL)
    script = "\n".join(blocks)
    found = subprocess.run(["sh", "-c", script], cwd=place, capture_output=True, text=True, timeout=60, check=False)
    return found.stdout


@pytest.fixture
def place(export, tmp_path):
    return unpacked(export(), tmp_path / "unpacked")


def test_a_sound_archive_answers_every_check(place):
    """Years later, on a machine without gonogo and without a network."""
    shown = followed(place)

    assert [line for line in LINES if line not in shown] == []


def test_the_head_hash_of_a_report_is_found_though_more_records_follow(place):
    """A report is older than the archive: its head is that of a record further up, and nobody has tampered."""
    page = (place / "CHECK.md").read_text()
    lines = (place / "log/000001.jsonl").read_text().splitlines()
    head = lines[2].rpartition('"~h":"')[2][:16]
    (place / "CHECK.md").write_text(re.sub("noted=[0-9a-f]{16}", f"noted={head}", page))

    assert "noted: log/000001.jsonl, line 3\n" in followed(place)
    (place / "CHECK.md").write_text(re.sub("noted=[0-9a-f]{16}", f"noted={'0' * 16}", page))
    assert "noted:" not in followed(place)


def test_an_ed25519_key_is_checked_too(folder, trust, export, tmp_path):
    """openssl asks for it in another way."""
    other = new_private_key(Algorithm.ED25519)
    extend(folder, range(5, 6), other)
    key = trust.keys[0].model_copy(update={"public": other.public})

    shown = followed(unpacked(export(trusted=trust.model_copy(update={"keys": (key,)})), tmp_path / "unpacked"))

    assert "signature: good" in shown
    assert "signed: record 8" in shown


def changed_file(place: Path) -> None:
    (place / "tool.json").write_text("{}")


def changed_record(place: Path) -> None:
    file = place / "log/000001.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"bytes":2,', b'"bytes":9,'))


def dropped_record(place: Path) -> None:
    file = place / "log/000001.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:3] + lines[4:]))


def cut_record(place: Path) -> None:
    file = place / "log/000001.jsonl"
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))


def other_key(place: Path) -> None:
    (place / "check/key.pub.pem").write_bytes(new_private_key().public.pem)


def other_signature(place: Path) -> None:
    file = place / "check/checkpoint.sig"
    file.write_bytes(file.read_bytes()[:-1] + bytes([file.read_bytes()[-1] ^ 1]))


def other_statement(place: Path) -> None:
    file = place / "check/checkpoint.pae"
    file.write_bytes(file.read_bytes().replace(b'"size":7', b'"size":6'))


@pytest.mark.parametrize(
    ("harm", "missing"),
    [
        (changed_file, {0}),
        (changed_record, {0, 1}),
        (dropped_record, {0, 1, 4}),
        (cut_record, {0, 1, 4}),
        (other_key, {0, 2, 3}),
        (other_signature, {0, 3}),
        (other_statement, {0, 3}),
    ],
)
def test_harm_takes_away_the_line_of_its_check(place, harm, missing):
    """A check that says its line all the same checks nothing."""
    harm(place)

    shown = followed(place)

    assert {number for number, line in enumerate(LINES) if line not in shown} == missing


def test_a_log_written_anew_is_found_by_the_signature(place, tmp_path, gate):
    """Its own chain and digests are in order; the key of the log did not sign it."""
    forged = tmp_path / "forged"
    extend(forged, range(20, 26))
    shutil.copy(forged / "000001.jsonl", place / "log/000001.jsonl")

    shown = followed(place)

    assert "signed: " not in shown


def test_an_unsigned_record_says_so(tmp_path, export, folder):
    """Nobody may take the two checks for proof that it was not written anew."""
    shutil.rmtree(folder)
    extend(folder, range(1, 7))

    page = (unpacked(export(trusted=None), tmp_path / "unpacked") / "CHECK.md").read_text()

    assert "There is no signature" in page
    assert "openssl dgst" not in page
