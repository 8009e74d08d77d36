"""``gonogo log export``, ``import`` and ``witness``: the record leaves the machine that wrote it."""

import os
from pathlib import Path

import pytest

from gonogo.cli import run
from gonogo.signing.keys import Algorithm
from gonogo.signing.private_key import new_private_key

TRUST = """\
schema: 1
program: small
keys:
  - {id: gate, kind: log, public: gate.pub.pem, from: 2020-01-01, until: 2099-12-31}
  - {id: customer, kind: witness, side: customer, public: customer.pub.pem, from: 2020-01-01, until: 2099-12-31}
"""


@pytest.fixture
def keys(tmp_path):
    """A folder with a key of the customer's witness, one of the gate, and the trust file that names both."""
    place = tmp_path / "keys"
    place.mkdir()
    for name, algorithm in (("gate", Algorithm.ECDSA_P256), ("customer", Algorithm.ED25519)):
        key = new_private_key(algorithm)
        (place / f"{name}.pem").write_bytes(key.pem())
        os.chmod(place / f"{name}.pem", 0o600)
        (place / f"{name}.pub.pem").write_bytes(key.public.pem)
    (place / "trust.yaml").write_text(TRUST)
    return place


def told(capfd, *arguments: object, code: int = 0) -> str:
    assert run(list(map(str, arguments))) == code
    found = capfd.readouterr()
    return found.out + found.err


def test_a_record_goes_to_another_machine_and_back(assessed, tmp_path, capfd):
    """The log there is the log here, byte for byte."""
    told(capfd, "log", "export", assessed.root, "-o", tmp_path / "r.zip")

    shown = told(capfd, "log", "import", tmp_path / "r.zip", tmp_path / "there")

    assert "records added" in shown
    assert (tmp_path / "there/000001.jsonl").read_bytes() == (assessed.log / "000001.jsonl").read_bytes()
    assert told(capfd, "report", tmp_path / "there").startswith("Rehearsal")
    assert "nothing to add" in told(capfd, "log", "import", tmp_path / "r.zip", assessed.root)


def test_a_broken_log_is_not_exported(assessed, tmp_path, capfd):
    """An archive would carry the break on under a page that says how sound it is."""
    file = assessed.log / "000001.jsonl"
    file.write_bytes(file.read_bytes().replace(b"collector.finished", b"collector.finishes", 1))

    assert "nothing was exported" in told(capfd, "log", "export", assessed.root, "-o", tmp_path / "r.zip", code=5)
    assert not (tmp_path / "r.zip").exists()


def test_an_archive_does_not_go_into_the_log(assessed, capfd):
    """The next run would refuse the folder."""
    shown = told(capfd, "log", "export", assessed.root, "-o", assessed.log / "r.zip", code=2)

    assert "in the folder of the audit log" in shown


def test_an_import_that_fails_leaves_nothing_behind(assessed, tmp_path, capfd):
    """Neither half a log nor a folder that nobody asked for."""
    (tmp_path / "r.zip").write_bytes(b"no archive")
    place = tmp_path / "place"
    place.mkdir()

    assert run(["log", "import", str(tmp_path / "r.zip"), str(place / "log")]) == 5
    assert list(place.iterdir()) == []


def test_a_witness_confirms_and_notices(assessed, keys, tmp_path, capfd):
    """The customer sees each week that the provider's log only grew; a log that was cut is signed by nobody."""
    kept, asked = tmp_path / "kept.note", tmp_path / "request.txt"
    cosign = ("log", "witness", "cosign", asked, "--kept", kept, "--name", "customer")
    signing = ("--signing-key", keys / "customer.pem")
    told(capfd, "log", "witness", "request", assessed.root, "-o", asked)
    assert "first seen now; nobody checked who wrote it" in told(capfd, *cosign, *signing)
    size = int(kept.read_text().splitlines()[1])
    old = asked.read_bytes()
    run(list(assessed.arguments))
    capfd.readouterr()
    told(capfd, "log", "witness", "request", assessed.root, "--since", size, "-o", asked)
    assert "more than when it was last seen" in told(capfd, *cosign, *signing)
    confirmed = told(capfd, "log", "witness", "check", assessed.root, kept, "--trust", keys / "trust.yaml")
    assert "customer (customer) saw these" in confirmed

    asked.write_bytes(old)
    before = kept.read_bytes()
    assert "it was cut" in told(capfd, *cosign, *signing, code=5)
    assert kept.read_bytes() == before


def test_a_witness_asks_for_the_key_of_the_log_where_it_knows_it(assessed, keys, tmp_path, capfd):
    """An unsigned checkpoint could be anybody's."""
    asked = tmp_path / "request.txt"
    told(capfd, "log", "witness", "request", assessed.root, "-o", asked)

    shown = told(
        capfd, "log", "witness", "cosign", asked, "--kept", tmp_path / "kept.note", "--name", "customer",
        "--signing-key", keys / "customer.pem", "--trust", keys / "trust.yaml", code=5,
    )  # fmt: skip

    assert "not signed by a key that the trust file has for the log today" in shown
    assert not (tmp_path / "kept.note").exists()


def test_a_kept_file_of_another_key_is_not_continued(assessed, keys, tmp_path, capfd):
    """Somebody who can write there could otherwise choose what was seen."""
    asked, kept = tmp_path / "request.txt", tmp_path / "kept.note"
    told(capfd, "log", "witness", "request", assessed.root, "-o", asked)
    cosign = ("log", "witness", "cosign", asked, "--kept", kept, "--name", "customer", "--signing-key")
    other = tmp_path / "other.pem"
    other.write_bytes(new_private_key(Algorithm.ED25519).pem())
    os.chmod(other, 0o600)
    told(capfd, *cosign, other)

    assert "not signed as customer with this key" in told(capfd, *cosign, keys / "customer.pem", code=5)


def test_who_is_no_witness_confirms_nothing(assessed, keys, tmp_path, capfd):
    """Only the keys that the trust file names as witnesses count, on their days."""
    asked, kept = tmp_path / "request.txt", tmp_path / "kept.note"
    told(capfd, "log", "witness", "request", assessed.root, "-o", asked)
    told(capfd, "log", "witness", "cosign", asked, "--kept", kept, "--name", "customer", "--signing-key",
         keys / "customer.pem")  # fmt: skip
    trust = keys / "trust.yaml"
    gate, _, witness = TRUST.rpartition("\n  - ")
    trust.write_text(gate + "\n  - " + witness.replace("2099-12-31", "2021-12-31"))

    shown = told(capfd, "log", "witness", "check", assessed.root, kept, "--trust", trust, code=5)

    assert "has no signature of a witness in the trust file on the days on which it counts" in shown


@pytest.mark.parametrize("since", [0, 1])
def test_a_witness_cannot_have_seen_more_than_there_is(assessed, tmp_path, since, capfd):
    """The whole log is the most that anybody can have seen."""
    size = int((assessed.log / "checkpoint").read_text().splitlines()[1])
    code = 2 if since else 0
    target = tmp_path / "request.txt"

    told(capfd, "log", "witness", "request", assessed.root, "--since", size + since, "-o", target, code=code)

    assert Path(target).exists() != bool(since)
