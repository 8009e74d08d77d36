"""Zip archives of a stated form: limits below, at and above, and what is refused before anything is unpacked."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from gonogo.documents.zip_archive import RATIO_MATTERS_FROM, ZipForm, read_zip
from gonogo.model.refusal import SourceRefusal

FORM = ZipForm("box", max_members=3, max_directory=500, max_total=4_000_000, again="; pack it plainly")


def packed(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A plain archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name) if isinstance(name, str) else name, content, method)
    return data.getvalue()


def read(data: bytes, form: ZipForm = FORM) -> dict[str, bytes]:
    """Read every member."""
    return read_zip(data, "a.zip", form, lambda _: True)


def test_what_is_wanted_is_unpacked():
    """The others are checked and left alone."""
    data = packed(("a", b"1"), ("b", b"2"))

    assert read(data) == {"a": b"1", "b": b"2"}
    assert read_zip(data, "a.zip", FORM, lambda name: name == "b") == {"b": b"2"}


@pytest.mark.parametrize(("count", "fits"), [(2, True), (3, True), (4, False)])
def test_the_number_of_members_has_a_limit(count, fits):
    """Known before the directory is read."""
    data = packed(*((f"m{number}", b"x") for number in range(count)))

    if fits:
        assert len(read(data)) == count
    else:
        with pytest.raises(SourceRefusal, match="has 4 members in its zip directory; the limit is 3"):
            read(data)


@pytest.mark.parametrize(("room", "fits"), [(-1, False), (0, True), (1, True)])
def test_all_members_together_have_a_limit(room, fits):
    """Two halves are as large as one whole."""
    data = packed(("a", b"x" * 600_000), ("b", b"y" * 600_000), method=zipfile.ZIP_STORED)
    form = ZipForm("box", 3, 500, 1_200_000 + room)

    if fits:
        assert len(read(data, form)) == 2
    else:
        with pytest.raises(SourceRefusal, match="would unpack to 1200000 bytes"):
            read(data, form)


@pytest.mark.parametrize(("size", "fits"), [(RATIO_MATTERS_FROM, True), (RATIO_MATTERS_FROM + 1, False)])
def test_a_bomb_is_refused(size, fits):
    """A little that becomes much."""
    data = packed(("a", bytes(size)))

    if fits:
        assert len(read(data)["a"]) == size
    else:
        with pytest.raises(SourceRefusal, match="as a zip bomb does"):
            read(data)


def test_a_way_of_packing_that_the_form_does_not_know_is_refused():
    """With what to do."""
    form = ZipForm("box", 3, 500, 1000, methods=(zipfile.ZIP_STORED,), again="; pack it plainly")

    assert read(packed(("a", b"1"), method=zipfile.ZIP_STORED), form) == {"a": b"1"}
    with pytest.raises(SourceRefusal, match="in a way that no box is; pack it plainly"):
        read(packed(("a", b"1")), form)


def test_a_symbolic_link_is_refused():
    """It would lead out of the archive."""
    link = zipfile.ZipInfo("a")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    with pytest.raises(SourceRefusal, match="symbolic link"):
        read(packed((link, b"/etc/passwd")))


@pytest.mark.parametrize("name", ["/a", "a\\b", "c:a", "../a", "a/../b"])
def test_a_name_that_leads_elsewhere_is_refused(name):
    """A reader that unpacks it all."""
    with pytest.raises(SourceRefusal, match="points outside"):
        read(packed((name, b"1")))


@pytest.mark.parametrize("data", [b"", b"x", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_archive_is_refused(data):
    """By the word of its form."""
    with pytest.raises(SourceRefusal, match="is not a box"):
        read(data)


@pytest.mark.parametrize("cut", [1, 10, 22, 40, 70])
def test_a_cut_archive_is_refused(cut):
    """Wherever it was cut."""
    with pytest.raises(SourceRefusal):
        read(packed(("a", b"1"), ("b", b"2"))[:-cut])


@pytest.mark.parametrize("more", ["before", "after"])
def test_bytes_that_belong_to_no_member_are_refused(more):
    """One reader starts at the front, another at the end."""
    data = packed(("a", b"1"))

    with pytest.raises(SourceRefusal):
        read(b"PK\x03\x04" + data if more == "before" else data + b"x")
