"""A receiver that takes its time takes none of the gate's: the verdict comes, and a sentence says who was not told."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from gonogo.notify import sending
from gonogo.notify.news import News
from gonogo.notify.receivers import Receiver, read_receivers
from gonogo.notify.sending import Messenger

NEWS = News("p", "R1", "r", "NO-GO", "Daily run.", "g", worse=True, lines=("n",))
HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
def dripping() -> Iterator[list[str]]:
    """Addresses of servers that begin to answer and never end, each until the test is over."""
    over, listening, found = threading.Event(), [], []

    def drip(server: socket.socket, first: bytes, rest: bytes) -> None:
        try:
            taken = server.accept()[0]
        except OSError:  # closed while nobody had asked
            return
        with taken:
            taken.sendall(first)
            while not over.wait(0.02):
                try:
                    taken.sendall(rest)
                except OSError:
                    return

    for first, rest in ((HEAD, b"1\r\nx\r\n"), (b"HTTP/1.1 200", b"2"), (b"2", b"2")):
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)
        found.append(f"127.0.0.1:{server.getsockname()[1]}")
        threading.Thread(target=drip, args=(server, first, rest), daemon=True).start()
    yield found
    over.set()
    for server in listening:
        server.close()


def receivers(tmp_path: object, *entries: str, **environment: str) -> tuple[Receiver, ...]:
    path = tmp_path / "notify.yaml"  # type: ignore[operator]
    path.write_text("schema: 1\nreceivers:\n" + "".join(f"  - {each}\n" for each in entries))
    return read_receivers(path, environment)


def test_an_answer_without_an_end_is_not_read_to_its_end(tmp_path: object, dripping: list[str]) -> None:
    """The status line says that it took the message; nobody needs the rest."""
    found = receivers(tmp_path, "{id: a, kind: webhook, url_from: U}", U=f"http://{dripping[0]}/")

    assert list(Messenger(found).tell(NEWS)) == []


def test_a_receiver_that_never_finishes_does_not_hold_up_the_others_or_the_verdict(
    tmp_path: object, dripping: list[str]
) -> None:
    """A time limit of each read is none where a letter comes before each."""
    found = receivers(
        tmp_path,
        "{id: slow, kind: webhook, url_from: U}",
        f"{{id: mail, kind: mail, server: '{dripping[2]}', security: none, sender: a@b.c, to: [d@e.f]}}",
        "{id: quick, kind: slack, url_from: V}",
        U=f"http://{dripping[1]}/",
        V=f"http://{dripping[0]}/",
    )

    assert list(Messenger(found, limit=1).tell(NEWS)) == [
        "slow was not told: it did not take the message within 1 seconds. The run is recorded.",
        "mail was not told: it did not take the message within 1 seconds. The run is recorded.",
    ]


def test_whatever_goes_wrong_while_telling_is_a_sentence(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run is recorded: its verdict must be printed."""

    def broken(*_: object) -> None:
        raise RecursionError("https://x.example/token")

    monkeypatch.setattr(sending, "_posted", broken)
    found = receivers(tmp_path, "{id: a, kind: webhook, url_from: U}", U="https://x.example/token")

    assert list(Messenger(found).tell(NEWS)) == [
        "a was not told: the message could not be sent (RecursionError). The run is recorded."
    ]
