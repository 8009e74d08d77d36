"""Forms of keys that are not read here: what each is, and the command that writes the form that is.

Every command here was run with OpenSSL and OpenSSH. `ssh-keygen` does not convert Ed25519, in either direction.
"""

from __future__ import annotations

import binascii
import re
from typing import Final

_BLOCK: Final = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----")
_SSH_LINE: Final = re.compile(r"\s*((?:sk-)?(?:ssh|ecdsa)-[a-z0-9.-]{1,40}(?:@openssh\.com)?)[ \t]+AAAA", re.ASCII)
_ED25519: Final = "ssh-ed25519"
_P256: Final = "ecdsa-sha2-nistp256"
_SSH_KINDS: Final = (_ED25519, _P256, "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa", "ssh-dss")
_DER_KINDS: Final = (b"\x06\x03\x2b\x65\x70", b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01")
"""Identifiers of Ed25519 and of keys on elliptic curves."""
NEW: Final = "make a key with `gonogo key new`"
_WRITES_ED25519: Final = (
    r"`{ printf '\060\052\060\005\006\003\053\145\160\003\041\000'; cut -d' ' -f2 FILE | base64 -d | tail -c 32; } | "
    "openssl pkey -pubin -inform DER` writes it as PEM"
)


def blocks(text: str) -> list[str]:
    """Return the names of the blocks of PEM in a text."""
    return _BLOCK.findall(text)


def is_key_text(text: str) -> bool:
    """Return whether a text is meant as a key and not as the name of a file: PEM, or a line of OpenSSH."""
    return text.lstrip().startswith("-----BEGIN") or _SSH_LINE.match(text) is not None


def other_public_form(data: bytes) -> tuple[str, str] | None:
    """Return what a public key in another form is and how to write it in PEM; None for what is no such form."""
    text = data.decode("ascii", "replace")
    if "RSA PUBLIC KEY" in blocks(text):
        return "this is an RSA key (PKCS #1); gonogo uses ECDSA on P-256 and Ed25519", NEW
    if data[:1] == data[2:3] == b"\x30" and any(kind in data for kind in _DER_KINDS):
        return "this is a public key in DER, not PEM", "`openssl pkey -pubin -inform DER -in FILE` writes it as PEM"
    line = _SSH_LINE.match(text)
    if line is None:
        return None
    kind = line[1]
    what = f"this is a public key of OpenSSH (`{kind}`), not PEM"
    if kind == _ED25519:
        return what, _WRITES_ED25519
    if kind == _P256:
        return what, "`ssh-keygen -e -m PKCS8 -f FILE` writes it as PEM"
    return f"this is a public key of OpenSSH of the kind `{kind}`; gonogo uses ECDSA on P-256 and Ed25519", NEW


def other_private_form(data: bytes) -> tuple[str, str] | None:
    """Return what a private key in another form is and what to do; None for what is no such form."""
    text = data.decode("ascii", "replace")
    found = blocks(text)
    if "RSA PRIVATE KEY" in found:
        return "this is an RSA key (PKCS #1); gonogo uses ECDSA on P-256 and Ed25519", NEW
    if "OPENSSH PRIVATE KEY" not in found:
        return None
    kind = _ssh_kind(text)
    if kind == _P256:
        hint = "`ssh-keygen -p -m PKCS8 -f COPY` turns a copy of it into PEM, or `gonogo key new` makes one"
        return f"this is a private key of OpenSSH (`{kind}`), not PEM", hint
    if kind == _ED25519:
        hint = "neither ssh-keygen nor openssl converts it: `gonogo key new FILE --algorithm ed25519` makes a key"
        return f"this is a private key of OpenSSH (`{kind}`), not PEM", hint
    if kind:
        return f"this is a private key of OpenSSH of the kind `{kind}`; gonogo uses ECDSA on P-256 and Ed25519", NEW
    return "this is a private key of OpenSSH, not PEM", NEW


def _ssh_kind(text: str) -> str:
    """Return the kind of a private key of OpenSSH, which stands before its secret, encrypted or not."""
    inner = text.partition("-----BEGIN OPENSSH PRIVATE KEY-----")[2].partition("-----END")[0]
    try:
        data = binascii.a2b_base64(inner)
    except binascii.Error:
        return ""
    return next((kind for kind in _SSH_KINDS if len(kind).to_bytes(4, "big") + kind.encode() in data), "")
