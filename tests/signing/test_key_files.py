"""Making keys: whole, for nobody else's eyes, and never over an old one."""

import os

import pytest

from gonogo.errors import UnusableKey, UsageError
from gonogo.signing.key_files import key_in, make_key, public_path
from gonogo.signing.keys import Algorithm
from gonogo.signing.private_key import file_signer


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_both_halves_are_written(tmp_path, algorithm):
    """And both say the same key."""
    public, beside = make_key(tmp_path / "gate.pem", algorithm)

    assert beside == tmp_path / "gate.pub.pem"
    assert public.algorithm is algorithm
    assert key_in(tmp_path / "gate.pem") == (public, True)
    assert key_in(beside) == (public, False)
    assert file_signer(tmp_path / "gate.pem", {}).public == public


@pytest.mark.parametrize(
    ("name", "beside"), [("gate.pem", "gate.pub.pem"), ("gate", "gate.pub.pem"), ("a.key", "a.key.pub.pem")]
)
def test_the_public_half_lies_beside(tmp_path, name, beside):
    """Whatever the private one is called."""
    assert public_path(tmp_path / name).name == beside


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_nobody_else_may_read_the_private_half(tmp_path, umask):
    """Whatever the account's habits are."""
    before = os.umask(umask)
    try:
        make_key(tmp_path / "gate.pem", Algorithm.ECDSA_P256)
    finally:
        os.umask(before)

    assert (tmp_path / "gate.pem").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("there", ["gate.pem", "gate.pub.pem"])
def test_no_key_is_replaced(tmp_path, there):
    """What the old key signed could never be signed again; and no half is left alone."""
    (tmp_path / there).write_text("old", encoding="utf-8")

    with pytest.raises(UsageError, match="already exists"):
        make_key(tmp_path / "gate.pem", Algorithm.ECDSA_P256)
    assert [path.name for path in tmp_path.iterdir()] == [there]
    assert (tmp_path / there).read_text(encoding="utf-8") == "old"


def test_a_link_to_nowhere_is_not_followed(tmp_path):
    """The key would lie where somebody else chose."""
    (tmp_path / "gate.pem").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(UsageError, match="already exists"):
        make_key(tmp_path / "gate.pem", Algorithm.ECDSA_P256)
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_is_not_there_is_named(tmp_path):
    """It is not made: the key would lie where nobody looks."""
    with pytest.raises(UsageError, match=r"keys/gate\.pem cannot be written"):
        make_key(tmp_path / "keys/gate.pem", Algorithm.ECDSA_P256)


def test_a_name_of_a_public_key_is_refused(tmp_path):
    """The private half would be handed out as the public one."""
    with pytest.raises(UsageError, match="name for a public key") as caught:
        make_key(tmp_path / "gate.pub.pem", Algorithm.ECDSA_P256)

    assert "gate.pem" in caught.value.hint


def test_what_is_no_key_is_said_so(tmp_path):
    """By its file."""
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")

    with pytest.raises(UnusableKey, match=r"a\.txt: this is not a public key"):
        key_in(tmp_path / "a.txt")
    with pytest.raises(UnusableKey, match=r"b\.txt: the key cannot be read"):
        key_in(tmp_path / "b.txt")
