"""`gonogo key` and `gonogo trust`: what people see of keys, and never a key itself."""

import pytest

from gonogo.cli import run

TRUST = """\
schema: 1
program: harborline
keys:
  - {id: gate, kind: log, public: gate.pub.pem, from: 2027-01-01, until: 2027-12-31}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a key and a trust file, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    assert run(["key", "new", "gate.pem"]) == 0
    (tmp_path / "trust.yaml").write_text(TRUST, encoding="utf-8")
    return tmp_path


def test_a_key_is_made_and_shown_by_its_id_alone(folder, capfd):
    """What is printed lands in the log of a pipeline."""
    assert run(["key", "new", "other.pem"]) == 0
    made = capfd.readouterr().out
    assert run(["key", "show", "other.pem"]) == 0
    shown = capfd.readouterr().out
    secret = (folder / "other.pem").read_text(encoding="utf-8").splitlines()[1]

    assert shown.startswith("other.pem: private key, ecdsa-p256, key id ")
    assert shown.split()[-1] in made
    assert secret[:16] not in made + shown


def test_a_key_is_not_made_twice(folder, capfd):
    """Exit 2, and the old key is still there."""
    before = (folder / "gate.pem").read_bytes()

    assert run(["key", "new", "gate.pem"]) == 2
    assert "already exists" in capfd.readouterr().err
    assert (folder / "gate.pem").read_bytes() == before


@pytest.mark.parametrize(
    ("moment", "code", "said"),
    [
        ("2026-12-31T23:59:59Z", 1, "no key that signs the log counts"),
        ("2027-01-01T00:00:00Z", 0, ""),
        ("2027-12-31T23:59:59Z", 0, "lapses today"),
        ("2028-01-01T00:00:00Z", 1, "no key that signs the log counts"),
    ],
)
def test_a_trust_file_is_checked_for_a_day(folder, capfd, moment, code, said):
    """What trusts nothing ends with 1, so that a nightly job finds it."""
    assert run(["trust", "check", "trust.yaml", "--as-of", moment]) == code

    told = capfd.readouterr()
    assert "gate: signs the log and decisions, from 2027-01-01 to 2027-12-31 (UTC)." in told.out
    assert said in told.err
    assert bool(told.err) is bool(said)


def test_a_trust_file_of_another_program_is_a_mistake(folder, capfd):
    """Exit 2, with its place."""
    assert run(["trust", "check", "trust.yaml", "--program", "other"]) == 2
    assert "trust.yaml:2:10: this trust file is for the program 'harborline', not for 'other'" in capfd.readouterr().err
