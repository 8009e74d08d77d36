"""What is released, as digests that others read: a digest is one of bytes only where it is one."""

import pytest

from gonogo.model.canonical import digest_of_bytes
from gonogo.statement.released import is_released, subjects_of


@pytest.mark.parametrize(
    ("kind", "text", "digests"),
    [
        ("commit", "a" * 40, {"gitCommit": "a" * 40}),
        ("commit", "a" * 64, {"gitCommit": "a" * 64}),
        ("commit", "A" * 40, {"gitCommit": "a" * 40}),
        ("commit", "a" * 96, {"sha384": "a" * 96}),
        ("commit", f"sha1:{'a' * 40}", {"sha1": "a" * 40}),
        ("artifact", "a" * 40, {"sha1": "a" * 40}),
        ("artifact", f"sha256:{'a' * 64}", {"sha256": "a" * 64}),
        ("artifact", "a" * 128, {"sha512": "a" * 128}),
    ],
)
def test_a_digest_is_named_by_what_it_is_of(kind, text, digests):
    """A verifier of others looks for `gitCommit` or `sha256`, and for nothing that gonogo made up."""
    (subject,) = subjects_of({kind: text})

    assert (subject.name, dict(subject.digests)) == (f"{kind}:{text}", digests)


@pytest.mark.parametrize("text", ["build-7", "a" * 39, "a" * 41, f"sha256:{'a' * 40}", f"md5:{'a' * 40}"])
def test_any_other_text_is_a_name(text):
    """Beside the lengths of digests, and with the name of another algorithm: nobody takes it for a digest of bytes."""
    (subject,) = subjects_of({"commit": text})

    assert dict(subject.digests) == {"gonogoNameSha256": digest_of_bytes(text.encode())}


@pytest.mark.parametrize(
    ("subject", "commit", "fits"),
    [
        ("a" * 64, None, True),
        (f"sha256:{'A' * 64}", None, True),
        (f"sha384:{'a' * 64}", None, False),
        (None, "c" * 40, True),
        ("a" * 64, "c" * 40, True),
        ("a" * 64, "c" * 39, False),
        ("c" * 40, None, False),
        (None, "a" * 64, False),
        (None, None, False),
    ],
)
def test_everything_that_is_asked_about_is_released(subject, commit, fits):
    """Whole, and each as what it is."""
    released = {"artifact": f"sha256:{'a' * 64}", "commit": "c" * 40}

    assert is_released(released, subject=subject, commit=commit) is fits
