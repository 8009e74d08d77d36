"""A deposit of one binding, as a manifest and as the bytes of a bundle."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gonogo.bundle.manifest import Deposit, Manifest, binding_digest
from gonogo.bundle.packing import pack_bundle
from gonogo.bundle.standing import DepositTerms
from gonogo.bundle.unpacking import Bundle, read_bundle
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.people import Side
from gonogo.model.program import Binding, Release
from gonogo.model.reply import InputRead, Item, Reply
from gonogo.signing.private_key import PrivateKey, new_private_key
from gonogo.signing.trust_values import KeyKind, Trust, TrustKey

NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)
SOURCE = b"case,state\nT1,passed\n"
SHA = digest_of_bytes(SOURCE)
BINDING = Binding(id="sit", plugin="table", prefix="sit", side=Side.PROVIDER, producer="Test team")
RELEASE = Release(id="R1", go_live=NOON, subjects={"commit": "build-7"})


def reply(**parts: object) -> Reply:
    """What the collector of the binding answered."""
    said = {
        "binding": "sit",
        "collector": "table:table",
        "level": "L2",
        "declared": ("sit.failed",),
        "prefix": "sit",
        "inputs": (InputRead(name="file", path="evidence/sit.csv", size=len(SOURCE), sha256=SHA),),
        "items": (Item(fact="sit.failed", value=0, as_of=NOON),),
    }
    return Reply(**(said | parts))  # type: ignore[arg-type]


def manifest(*deposits: Deposit, **parts: object) -> Manifest:
    """What a bundle says."""
    one = Deposit(reply=reply(), binding_sha256=binding_digest(BINDING), side=Side.PROVIDER, sources=(SHA,))
    said = {
        "made_by": "gonogo 0.1.0",
        "program": "harborline",
        "release": "R1",
        "subjects": {"commit": "build-7"},
        "made": NOON,
        "deposits": deposits or (one,),
    }
    return Manifest(**(said | parts))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def depositor() -> PrivateKey:
    """The key of the job that deposits."""
    return new_private_key()


@pytest.fixture
def read(tmp_path: Path):
    """Write the bytes of a bundle to a file and read it."""
    made: list[Path] = []

    def write(data: bytes) -> Bundle:
        made.append(tmp_path / f"bundle{len(made)}.zip")
        made[-1].write_bytes(data)
        return read_bundle(made[-1])

    return write


@pytest.fixture
def bundle(read, depositor):
    """A bundle that the depositor signed, with parts changed."""

    def make(*deposits: Deposit, signers: tuple[PrivateKey, ...] = (depositor,), **parts: object) -> Bundle:
        said = manifest(*deposits, **parts)
        held = any(each.sources for each in said.deposits)
        return read(pack_bundle(said, {SHA: SOURCE} if held else {}, *signers))

    return make


@pytest.fixture
def gate(depositor):
    """A gate that trusts the depositor for the binding, with parts changed."""

    def make(*, bindings: tuple[str, ...] = ("sit",), side: Side = Side.PROVIDER, **parts: object) -> DepositTerms:
        dates = {name: parts.pop(name) for name in ("start", "until") if name in parts}
        said = {"start": date(2027, 1, 1), "until": date(2027, 12, 31)} | dates
        key = TrustKey(id="k", kind=KeyKind.LOG, public=depositor.public, bundles=bindings, side=side, **said)  # type: ignore[arg-type]
        defaults = {
            "program": "harborline",
            "release": RELEASE,
            "bindings": {"sit": BINDING},
            "declared": {"sit": frozenset({"sit.failed"})},
            "trust": Trust(program="harborline", keys=(key,)),
            "now": NOON,
        }
        return DepositTerms(**(defaults | parts))  # type: ignore[arg-type]

    return make
