"""Bundles as files: the same bytes for the same content, and nothing in them that they do not name."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from gonogo.bundle.manifest import PREDICATE_TYPE, Deposit, Manifest, binding_digest
from gonogo.bundle.packing import pack_bundle, statement_of
from gonogo.bundle.unpacking import is_bundle
from gonogo.errors import ConfigurationError
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.people import Side
from gonogo.signing.envelope import verified_by
from gonogo.signing.statement import read_statement

from .conftest import BINDING, SHA, SOURCE, manifest, reply


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """A plain archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return packed.getvalue()


def files_of(data: bytes) -> dict[str, bytes]:
    """The members of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def signed(depositor) -> dict[str, bytes]:
    """The members of a signed bundle."""
    return files_of(pack_bundle(manifest(), {SHA: SOURCE}, depositor))


def refused(read, files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> str:
    """What is said of an archive that is refused; always G213, with the file and what to do."""
    with pytest.raises(ConfigurationError) as caught:
        read(zipped(files, method))
    said = str(caught.value)
    assert said.startswith("error[G213] ")
    assert "gonogo collect" in said
    return said


def test_equal_content_is_equal_bytes():
    """A bundle is compared by its digest."""
    assert pack_bundle(manifest(), {SHA: SOURCE}) == pack_bundle(manifest(), {SHA: SOURCE})


def test_what_is_packed_is_read(read, depositor):
    """Manifest, sources and signature."""
    data = pack_bundle(manifest(), {SHA: SOURCE}, depositor)
    found = read(data)

    assert found.manifest == manifest()
    assert found.sources == {SHA: SOURCE}
    assert found.sha256 == digest_of_bytes(data)
    assert found.envelope is not None
    assert verified_by(found.envelope, [depositor.public]) == (depositor.public,)


def test_a_bundle_without_a_key_is_read_unsigned(read):
    """It counts as supplied; that is said elsewhere."""
    assert read(pack_bundle(manifest(), {SHA: SOURCE})).envelope is None


def test_the_signature_is_about_the_manifest_and_readable_by_others(read, depositor):
    """Another tool sees which bundle it is, of which release, from when."""
    found = read(pack_bundle(manifest(), {SHA: SOURCE}, depositor))
    said = read_statement(found.envelope.payload, predicate_type=PREDICATE_TYPE)

    assert said == statement_of(manifest())
    assert said.subjects[0].digests == {"sha256": digest_of_bytes(manifest().canonical())}
    assert said.predicate["bindings"] == ["sit"]
    assert said.predicate["subjects"] == {"commit": "build-7"}


def test_where_a_binding_stands_does_not_change_what_it_asks():
    """Lines above it come and go."""
    assert binding_digest(BINDING.model_copy(update={"where": "gonogo.yaml:7:5"})) == binding_digest(BINDING)
    assert binding_digest(BINDING.model_copy(update={"settings": {"where": "x"}})) != binding_digest(BINDING)


def test_every_change_after_signing_is_found(read, signed):
    """Each member: its bytes, its name, its loss."""
    other = manifest(release="R2").canonical()
    assert "was changed after it was signed" in refused(read, signed | {"bundle.json": other})
    assert "is not what it is called" in refused(read, signed | {f"sources/{SHA}": b"other"})
    lost = {name: data for name, data in signed.items() if not name.startswith("sources/")}
    assert "is missing from the bundle" in refused(read, lost)


def test_every_flipped_bit_of_a_bundle_is_found_or_changes_nothing(read, depositor, tmp_path):
    """In transfer or on purpose: it is refused, or the same bundle is read."""
    data = pack_bundle(manifest(), {SHA: SOURCE}, depositor)
    for place in range(0, len(data), 7):
        changed = bytearray(data)
        changed[place] ^= 0x10
        try:
            found = read(bytes(changed))
        except ConfigurationError:
            continue
        signed = found.envelope is not None and verified_by(found.envelope, [depositor.public])
        assert (found.manifest, found.sources) == (manifest(), {SHA: SOURCE})
        assert signed or place > data.index(b"bundle.dsse.json")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("readme.txt", "holds `readme.txt`, which does not belong in a bundle"),
        ("sources/readme", "holds `sources/readme`, which does not belong in a bundle"),
        (f"sources/{SHA.upper()}", "twice"),
        ("../evil", "points outside"),
        ("/etc/passwd", "points outside"),
        ("C:evil", "points outside"),
        ("sources\\x", "points outside"),
        ("Bundle.json", "twice"),
        ("sources//x", "programs read differently"),
        (f"sources/{digest_of_bytes(b'x')}", "none of its bindings read"),
    ],
)
def test_what_belongs_in_no_bundle_is_refused(read, signed, name, said):
    """Odd names are how archives do harm, and an extra file is how two readers come apart."""
    assert said in refused(read, signed | {name: b"x"})


def test_a_source_that_the_manifest_names_and_no_answer_read_is_refused(read):
    """It would be kept beside the log as what the evidence was made of."""
    one = manifest().deposits[0]
    unread = one.model_copy(update={"reply": reply(inputs=())})
    files = {"bundle.json": manifest(unread).canonical(), f"sources/{SHA}": SOURCE}

    assert "none of its bindings read" in refused(read, files)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not an evidence bundle"),
        (b"PK\x03\x04", "truncated"),
        (b"{}", "not an evidence bundle"),
    ],
)
def test_what_is_no_archive_is_refused(read, data, said):
    """Cut in transfer, or another file."""
    with pytest.raises(ConfigurationError, match=said):
        read(data)


def test_a_compressed_archive_is_refused(read, signed):
    """gonogo writes none, so nothing in a bundle can grow when it is unpacked."""
    assert "packed again" in refused(read, signed, zipfile.ZIP_DEFLATED)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"{", "is not JSON"),
        (b"[]", "not have the form of a bundle"),
        (b'{"a":1,"a":2}', "twice"),
        (b'{"version":2}', "a newer form"),
        (b'{"version":1}', "not have the form of a bundle"),
    ],
)
def test_a_manifest_of_another_form_is_refused(read, text, said):
    """With the member and its file."""
    assert said in refused(read, {"bundle.json": text})


def test_a_manifest_in_another_spelling_is_refused(read):
    """One content has one spelling, so its digest means something."""
    text = json.dumps(json.loads(manifest().canonical()), indent=1).encode()

    assert "not written by gonogo" in refused(read, {"bundle.json": text, f"sources/{SHA}": SOURCE})


def test_an_archive_without_a_manifest_is_no_bundle(read):
    """Any zip archive may be given by mistake."""
    assert "has no bundle.json" in refused(read, {"a.txt": b"x"})


def test_one_binding_stands_once_in_a_bundle(read):
    """Two answers of one source: which of them counts?"""
    one = Deposit(reply=reply(), binding_sha256=binding_digest(BINDING), side=Side.PROVIDER)
    text = manifest(one, one).canonical()

    assert "one binding twice" in refused(read, {"bundle.json": text})


def test_a_bundle_that_is_not_there_is_named(tmp_path):
    """With the file."""
    from gonogo.bundle.unpacking import read_bundle

    with pytest.raises(ConfigurationError, match=r"none\.zip: the bundle cannot be read"):
        read_bundle(tmp_path / "none.zip")
    assert not is_bundle(tmp_path / "none.zip")


def test_missing_bytes_are_those_that_no_source_holds():
    """Digest alone: what the source says is somebody's word."""
    whole, bare = manifest().deposits[0], Deposit(reply=reply(), binding_sha256=SHA, side=Side.PROVIDER)

    assert whole.missing == ()
    assert bare.missing == ("evidence/sit.csv",)
    assert Manifest.from_document(manifest().document()) == manifest()
