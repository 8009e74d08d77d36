"""The result channel: frames that cannot be mistaken for anything else, and a reader that believes nothing less.

A frame is ``GNGO``, its kind, the nonce of the task (16 bytes), the length (8 bytes), the payload, and an end marker of
the frame's own SHA-256 and ``DONE``. A whole answer is the account of the child's walls, where it has any, at most one
early frame and exactly one closing frame, and then nothing. The account is sent before foreign code runs, so it is the
first thing on the channel or nothing. A nonce is no secret from the child; it keeps stray bytes and answers to another
task from counting.
"""

from __future__ import annotations

import hashlib
import os
import struct
from dataclasses import dataclass
from typing import Final

NONCE_BYTES: Final = 16
OVERHEAD: Final = 4096
"""Bytes that frames may take beside their payloads, error sentences included."""

EARLY: Final = b"E"
RESULT: Final = b"R"
EXCEPTION: Final = b"X"
SPAWN: Final = b"S"
WALLS: Final = b"W"

HEAD: Final = struct.Struct(">16sH")
"""What precedes the request on an executed child's standard input: the nonce and the number of inputs."""

_HEADER: Final = struct.Struct(">4sc16sQ")
_MAGIC: Final = b"GNGO"
_END: Final = b"DONE"
_TRAILER: Final = 32 + len(_END)


@dataclass(frozen=True, slots=True)
class ChildAnswer:
    """What was on a result channel.

    Attributes:
        kind: RESULT, EXCEPTION or SPAWN; empty when no closing frame is whole.
        payload: Payload of the closing frame.
        early: Payload of the early frame.
        fault: One sentence on what is wrong with the bytes; empty when they are exactly one answer.
        walls: Payload of the account of the child's walls.
    """

    kind: bytes
    payload: bytes
    early: bytes
    fault: str
    walls: bytes = b""


def frame(kind: bytes, nonce: bytes, payload: bytes) -> bytes:
    """Return the bytes of one frame."""
    head = _HEADER.pack(_MAGIC, kind, nonce, len(payload))
    return head + payload + hashlib.sha256(head + payload).digest() + _END


def parse(data: bytes, nonce: bytes) -> ChildAnswer:
    """Read everything that was on a channel. Never raises: whatever is not exactly one answer is a fault."""
    early, closing, offset, walls = b"", None, 0, b""
    seen_early = False

    def faulty(fault: str) -> ChildAnswer:
        return ChildAnswer(b"", b"", early, fault, walls)

    while offset < len(data):
        if len(data) - offset < _HEADER.size:
            return faulty("its answer breaks off inside a header")
        magic, kind, theirs, length = _HEADER.unpack_from(data, offset)
        if magic != _MAGIC or kind not in (EARLY, RESULT, EXCEPTION, SPAWN, WALLS):
            return faulty("there are bytes on its result channel that are not an answer")
        if theirs != nonce:
            return faulty("its answer carries the nonce of another task")
        body_end = offset + _HEADER.size + length
        if body_end + _TRAILER > len(data):
            return faulty("its answer breaks off before the end marker")
        body = data[offset + _HEADER.size : body_end]
        sealed = hashlib.sha256(data[offset:body_end]).digest() + _END
        if data[body_end : body_end + _TRAILER] != sealed:
            return faulty("its answer does not match its own end marker")
        if closing is not None:
            return faulty("it answered twice")
        if kind == WALLS:
            if offset:
                return faulty("it reported its walls too late")
            walls = body
        elif kind == EARLY:
            if seen_early:
                return faulty("it sent its declaration twice")
            early, seen_early = body, True
        else:
            closing = (kind, body)
        offset = body_end + _TRAILER
    if closing is None:
        return faulty("it ended without an answer")
    return ChildAnswer(closing[0], closing[1], early, "", walls)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte; a pipe takes what fits and blocks for the rest."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


_channel: tuple[int, bytes] | None = None
"""Descriptor and nonce of this child's channel; None in the host."""


def open_channel(descriptor: int, nonce: bytes) -> None:
    """Make ``descriptor`` the result channel of this process. Called once, in the child."""
    global _channel
    _channel = (descriptor, nonce)


def send(kind: bytes, payload: bytes) -> None:
    """Send one frame to the host."""
    if _channel is None:
        return
    descriptor, nonce = _channel
    write_all(descriptor, frame(kind, nonce, payload))


def early(payload: bytes) -> None:
    """Send ``payload`` ahead of the answer, at most once; it reaches ``Outcome.early`` even if the child then fails.

    Does nothing in the host process, so that code which calls it can be tested without a child.
    """
    send(EARLY, payload)
