"""The trust file: what it says, and one sentence for everything that it may not say."""

import re
from datetime import UTC, date, datetime

import pytest

from gonogo.errors import ConfigurationError
from gonogo.model.people import Side
from gonogo.signing.base64_text import base64_of
from gonogo.signing.keys import Algorithm
from gonogo.signing.private_key import new_private_key
from gonogo.signing.trust_file import read_trust
from gonogo.signing.trust_values import KeyKind, Trust

HEAD = "schema: 1\nprogram: harborline-fm-2027\n"
ROOT = bytes(range(32))


@pytest.fixture
def trust(tmp_path, gate, witness, stranger):
    """Write a trust file beside three public keys, and return its path."""
    for name, key in (("gate", gate), ("witness", witness), ("ada", stranger)):
        (tmp_path / f"{name}.pub.pem").write_bytes(key.public.pem)

    def write(text: str, head: str = HEAD):
        path = tmp_path / "trust.yaml"
        path.write_text(head + text, encoding="utf-8")
        return path

    return write


def entry(**parts) -> str:
    """One key of the list: a log key of the gate with parts changed; None leaves one out."""
    said = {"id": "gate-2027", "kind": "log", "public": "gate.pub.pem", "from": "2027-01-01", "until": "2027-12-31"}
    said |= {key.rstrip("_"): value for key, value in parts.items()}
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in said.items() if value is not None) + "}\n"


def keys(*entries: str) -> str:
    """The list of keys."""
    return "keys:\n" + "".join(entries)


def problems(path, **asked) -> str:
    """Return what is wrong with a trust file."""
    with pytest.raises(ConfigurationError) as caught:
        read_trust(path, **asked)
    return str(caught.value)


PERSON = {"id": "ada-2027", "kind": "person", "public": "ada.pub.pem", "person": "ada.kirsch"}
OFFICE = {"office": "customer.program_manager"}
WITNESS = {"id": "witness-2027", "kind": "witness", "public": "witness.pub.pem", "side": "provider"}


def test_everything_that_it_may_say_is_read(trust, gate, witness, stranger):
    """One of each kind, the log that must be continued, and the word about locks."""
    path = trust(
        "lock: none\n"
        f"log: {{id: log-1, size: 40, root: {base64_of(ROOT)}}}\n"
        + keys(entry(bundles="[defects, sit]", side="provider"), entry(**WITNESS), entry(**PERSON, **OFFICE))
    )
    read = read_trust(path, program="harborline-fm-2027")

    assert read.accepts_unlocked
    assert read.log is not None
    assert (read.log.id, read.log.size, read.log.root) == ("log-1", 40, ROOT.hex())
    assert [key.public for key in read.keys] == [gate.public, witness.public, stranger.public]
    assert [key.kind for key in read.keys] == [KeyKind.LOG, KeyKind.WITNESS, KeyKind.PERSON]
    assert [key.side for key in read.keys] == [Side.PROVIDER, Side.PROVIDER, Side.CUSTOMER]
    assert read.keys[0].bundles == ("defects", "sit")
    assert (read.keys[2].person, read.keys[2].office) == ("ada.kirsch", "customer.program_manager")
    assert (read.keys[0].start, read.keys[0].until) == (date(2027, 1, 1), date(2027, 12, 31))
    assert Trust.from_document(read.document()) == read


def test_what_is_not_said_is_not_granted(trust):
    """No word about locks is no acceptance of unlocked decisions."""
    read = read_trust(trust(keys(entry())))

    assert not read.accepts_unlocked
    assert read.log is None
    assert (read.keys[0].bundles, read.keys[0].side) == ((), None)


def test_a_key_may_stand_in_the_file_itself(trust, gate):
    """One file to hand over."""
    pem = "".join(f"      {line}\n" for line in gate.public.pem.decode().splitlines())
    text = f"keys:\n  - id: gate\n    kind: log\n    from: 2027-01-01\n    until: 2027-12-31\n    public: |\n{pem}"

    assert read_trust(trust(text)).keys[0].public == gate.public


def test_the_digest_covers_the_keys_themselves(trust, tmp_path, stranger):
    """A key file that is exchanged beside an unchanged trust file is another trust."""
    path = trust(keys(entry()))
    before = read_trust(path).digest()
    (tmp_path / "gate.pub.pem").write_bytes(stranger.public.pem)

    assert read_trust(path).digest() != before


def test_a_root_may_be_written_in_hexadecimal(trust):
    """As `log verify` may show it."""
    read = read_trust(trust(f"log: {{id: log-1, size: 1, root: {ROOT.hex()}}}\n" + keys(entry())))

    assert read.log is not None
    assert read.log.root == ROOT.hex()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "`keys` is missing"),
        ("keys: []\n", "it is empty"),
        ("lock: some\n" + keys(entry()), "`some` says nothing about a lock"),
        ("log: {id: a, size: 0, root: " + ROOT.hex() + "}\n" + keys(entry()), "0 is not from 1"),
        ("log: {id: a, size: 1, root: abc}\n" + keys(entry()), "`abc` is not the root of a log"),
        ("log: {id: a, size: 1}\n" + keys(entry()), "`root` is missing"),
        (keys(entry(kind="logs")), "did you mean `log`?"),
        (keys(entry(kinds="log")), "did you mean `kind`?"),
        (keys(entry(from_=None)), "`from` is missing"),
        (keys(entry(until=None)), "`until` is missing"),
        (keys(entry(until="2027-02-30")), "`2027-02-30` is not a date"),
        (keys(entry(until="2026-12-31")), "ends on 2026-12-31, before it begins on 2027-01-01"),
        (keys(entry(public="other.pub.pem")), "there is no such file"),
        (keys(entry(public="/etc/gate.pub.pem")), "is absolute"),
        (keys(entry(public="../gate.pub.pem")), "leaves the program's folder"),
        (keys(entry(public="trust.yaml")), "this is not a public key"),
        (keys(entry(), entry()), "two keys have the id 'gate-2027'"),
        (keys(entry(office="customer.pm")), "a log key has no office"),
        (keys(entry(person="ada.kirsch")), "a log key has no person"),
        (keys(entry(bundles="[defects]")), "`bundles` and `side` belong together"),
        (keys(entry(side="provider")), "`bundles` and `side` belong together"),
        (keys(entry(bundles="[]", side="provider")), "it is empty"),
        (keys(entry(**WITNESS | {"side": None})), "a witness needs a side"),
        (keys(entry(**WITNESS, bundles="[defects]")), "a witness key deposits no evidence"),
        (keys(entry(**WITNESS, **OFFICE)), "a witness key has no office"),
        (keys(entry(**PERSON)), "a person's key needs an office"),
        (keys(entry(**PERSON | {"person": None}, **OFFICE)), "a person's key needs the id of the person"),
        (
            keys(entry(**PERSON, **OFFICE, side="provider")),
            "the office customer.program_manager does not belong to the side",
        ),
        (keys(entry(**PERSON, office="sponsor")), "`sponsor` is not a seat"),
    ],
)
def test_every_mistake_has_its_place_and_sentence(trust, text, said):
    """File, line and column, what is wrong, and where it helps what to do."""
    told = problems(trust(text))

    assert said in told
    assert re.search(r"error\[G1\d\d\] .*trust\.yaml:[0-9]+:[0-9]+: ", told)


def test_all_mistakes_are_reported_together(trust):
    """Nobody runs the check ten times."""
    told = problems(trust(keys(entry(public="a.pem"), entry(**PERSON), entry(**WITNESS | {"side": None}))))

    assert told.count("error[") == 3


def test_a_file_that_is_not_there_says_how_one_looks(tmp_path):
    """The first time there is none."""
    told = problems(tmp_path / "trust.yaml")

    assert "there is no such file" in told
    assert "gonogo schema trust" in told


def test_a_trust_file_of_another_program_is_refused(trust):
    """Its keys may be good, and vouch for something else."""
    told = problems(trust(keys(entry())), program="harborline-hr-2027")

    assert "for the program 'harborline-fm-2027', not for 'harborline-hr-2027'" in told


class TestSecrets:
    def test_a_private_key_in_the_file_is_refused_before_anything_is_quoted(self, trust, gate):
        """Messages show the line that is wrong; this line must never be shown, however the file is broken."""
        secret = gate.pem().decode()
        quoted = secret.strip().replace("\n", "\\n")
        block = "".join(f"   {line}\n" for line in secret.splitlines())
        for text in (f'keys: [{{id: a, public: "{quoted}"}}]\n', f"keys:\n  - public: |\n{block}", secret):
            told = problems(trust(text))
            assert "the trust file holds a private key" in told
            assert re.search(r"trust\.yaml:[3-5]:1: ", told)
            assert secret.splitlines()[1][:20] not in told

    def test_the_file_of_a_private_key_is_refused(self, trust, tmp_path, gate):
        """The two files lie side by side, and the shorter name is typed."""
        (tmp_path / "gate.pem").write_bytes(gate.pem())
        told = problems(trust(keys(entry(public="gate.pem"))))

        assert "gate-2027: this is a private key, and a public key belongs here" in told


class TestTwoKeys:
    def test_one_person_has_one_key_for_an_office_on_a_day(self, trust):
        """Two keys of one person would be two votes."""
        first = entry(**PERSON, **OFFICE)
        for again in ("ada.kirsch", "Ada.Kirsch", "ada-kirsch"):
            second = entry(**PERSON | {"id": "b", "public": "witness.pub.pem", "person": again}, **OFFICE)
            assert f"{again} has another key for customer.program_manager" in problems(trust(keys(first, second)))

    @pytest.mark.parametrize(("begins", "fits"), [("2027-06-29", False), ("2027-06-30", False), ("2027-07-01", True)])
    def test_a_key_may_follow_another(self, trust, begins, fits):
        """A new key begins on the day after the old one's last."""
        first = entry(**PERSON, **OFFICE, until="2027-06-30")
        second = entry(**PERSON | {"id": "b", "public": "witness.pub.pem", "from": begins}, **OFFICE)

        if fits:
            assert len(read_trust(trust(keys(first, second))).keys) == 2
        else:
            assert "has another key" in problems(trust(keys(second, first)))

    def test_a_person_may_hold_two_offices(self, trust):
        """With one key or with two; they still count as one person."""
        first = entry(**PERSON, **OFFICE)
        for public in ("ada.pub.pem", "witness.pub.pem"):
            second = entry(**PERSON | {"id": "b", "public": public}, office="customer.risk_manager")
            assert len(read_trust(trust(keys(first, second))).keys) == 2

    def test_a_log_cannot_witness_itself(self, trust):
        """The key of the gate says nothing new about the gate."""
        told = problems(trust(keys(entry(), entry(**WITNESS | {"public": "gate.pub.pem"}))))

        assert "the witness key is the log key 'gate-2027'; it would vouch for itself" in told

    def test_two_people_cannot_share_a_key(self, trust):
        """Nobody could say who signed."""
        second = entry(**PERSON | {"id": "b", "person": "bo.lind"}, office="customer.risk_manager")

        assert "the key 'ada-2027' again, for two people" in problems(trust(keys(entry(**PERSON, **OFFICE), second)))

    def test_two_sides_cannot_share_a_key(self, trust):
        """Customer and provider watch each other."""
        second = entry(**WITNESS | {"id": "b", "side": "customer"})

        assert "the key 'witness-2027' again, for two sides" in problems(trust(keys(entry(**WITNESS), second)))


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), False),
        (datetime(2027, 1, 1, tzinfo=UTC), True),
        (datetime(2027, 1, 1, 0, 0, 0, 1, tzinfo=UTC), True),
        (datetime(2027, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), True),
        (datetime(2028, 1, 1, tzinfo=UTC), False),
        (datetime.fromisoformat("2026-12-31T19:00:00-05:00"), True),
        (datetime.fromisoformat("2027-12-31T19:00:00-05:00"), False),
    ],
)
def test_the_days_of_a_key_are_days_in_utc(trust, at, counts):
    """Both sides of the country, and the runner, must come to one answer."""
    read = read_trust(trust(keys(entry())))

    assert read.keys[0].covers(at) is counts
    assert read.expired(at) is not counts


def test_an_ed25519_key_counts_as_a_key(trust, tmp_path):
    """The algorithm is the key's own affair."""
    key = new_private_key(Algorithm.ED25519)
    (tmp_path / "gate.pub.pem").write_bytes(key.public.pem)

    assert read_trust(trust(keys(entry()))).keys[0].public.algorithm is Algorithm.ED25519
