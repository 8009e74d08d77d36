"""Which answers are success, which are worth another attempt and when; and what a file of receivers may say."""

from __future__ import annotations

import json
import smtplib
import ssl
import sys
from contextlib import nullcontext
from types import SimpleNamespace

import httpx2
import pytest
import stamina

from gonogo.errors import ConfigurationError, UsageError
from gonogo.notify import receivers as receivers_room
from gonogo.notify.news import News
from gonogo.notify.payloads import webhook
from gonogo.notify.receivers import read_receivers
from gonogo.notify.sending import Messenger, _mail_fault

NEWS = News("p", "R1", "r", "NO-GO", "Daily run.", "g", worse=True, lines=("é",))


@pytest.fixture
def named(tmp_path):
    def made(*entries, head="schema: 1\n", **environment):
        file = tmp_path / "notify.yaml"
        file.write_text(head + "receivers:\n" + "".join(f"  - {each}\n" for each in entries))
        return read_receivers(file, environment)

    return made


@pytest.fixture
def judged(named, monkeypatch):
    """Post once with an answer of this kind; return the sentences, and what decides on another attempt."""
    asked = {}

    def once(*, on, **settings):
        asked.update(settings, on=on)
        yield nullcontext()

    monkeypatch.setattr(stamina, "retry_context", once)

    def posted(status):
        messenger = Messenger(named("{id: a, kind: webhook, url_from: U}", U="https://x.example/y"))
        request = httpx2.Request("POST", "https://x.example/y")
        messenger._client.close()
        answer = httpx2.Response(status, request=request)
        messenger._client = SimpleNamespace(stream=lambda *_, **__: nullcontext(answer))
        return list(messenger.tell(NEWS)), asked

    return posted


@pytest.mark.parametrize(("status", "told"), [(199, False), (200, True), (204, True), (299, True), (300, False)])
def test_only_an_answer_between_200_and_299_is_success(judged, status, told):
    """A page that says *moved* took nothing."""
    said, _asked = judged(status)

    assert said == ([] if told else [f"a was not told: the server answered {status}. The run is recorded."])


@pytest.mark.parametrize(
    ("status", "header", "again"),
    [
        (429, None, True),
        (500, None, True),
        (502, None, True),
        (503, None, True),
        (504, None, True),
        (501, None, False),
        (505, None, False),
        (400, None, False),
        (404, "3", False),
        (503, "0", 0.0),
        (503, "30", 30.0),
        (503, "31", True),
        (503, "Mon, 19 Apr 2027 16:00:00 GMT", True),
        (503, "-1", True),
    ],
)
def test_a_busy_server_is_asked_again_when_it_says_and_no_other_one(judged, status, header, again):
    """A refusal is not hammered; a gate does not wait for an hour because a server says so."""
    _said, asked = judged(200)
    request = httpx2.Request("POST", "https://x.example/y")
    answer = httpx2.Response(status, headers={} if header is None else {"retry-after": header}, request=request)

    found = asked["on"](httpx2.HTTPStatusError("refused", request=request, response=answer))

    assert found == again
    assert type(found) is type(again)
    assert (asked["attempts"], asked["timeout"]) == (3, 60)


@pytest.mark.parametrize(("error", "again"), [(httpx2.ConnectError("x"), True), (ValueError("x"), False)])
def test_a_lost_connection_is_tried_again_and_a_mistake_of_ours_is_not(judged, error, again):
    """A defect does not go away by being repeated."""
    assert judged(200)[1]["on"](error) is again


def test_what_is_sent_is_ascii():
    """A proxy that guesses another encoding changes a name, not a message."""
    assert webhook(NEWS).isascii()
    assert json.loads(webhook(NEWS))["changes"] == ["é"]


MAIL = "{id: m, kind: mail, server: 'smtp.example.gov:587', sender: a@b.c, to: [x@y.z]}"
POST = "{id: a, kind: webhook, url_from: U}"


@pytest.mark.parametrize(("entries", "needed"), [((MAIL,), False), ((POST,), True), ((MAIL, POST), True)])
def test_the_extra_is_needed_for_webhooks_alone_and_named_before_the_run(named, monkeypatch, entries, needed):
    """Who only writes mails installs nothing; who posts too reads it before anything runs."""
    found = named(*entries, U="https://x.example/y")
    monkeypatch.setitem(sys.modules, "httpx2", None)

    if not needed:
        assert Messenger(found)._client is None
        return
    with pytest.raises(UsageError, match="httpx2 and stamina, which are not installed") as caught:
        Messenger(found)
    assert caught.value.hint == "pip install 'gonogo[notify]'"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("a@x.example", True),
        ("a.b-c@x.example", True),
        ("a", False),
        ("a@b@c", False),
        ("ä@x.example", False),
        ("a\x07@x.example", False),
        ("a b@x.example", False),
        ("a@x.example,b", False),
        ("a@x.example;b", False),
        ("<a@x.example>", False),
        ('"a"@x.example', False),
    ],
)
def test_an_address_is_one_and_nothing_beside_it(text, is_one):
    """A second address, or a name, in one place would be a header of its own."""
    assert receivers_room._is_address(text) is is_one


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://x.example/y", True),
        ("http://127.0.0.1:8/y", True),
        ("http://localhost/y", True),
        ("http://[::1]:8/y", True),
        ("http://127.0.0.2/y", False),
        ("http://x.example/y", False),
        ("ftp://127.0.0.1/y", False),
        ("https:///y", False),
        ("https://[::1/y", False),
    ],
)
def test_plain_http_is_for_this_machine_alone(address, may):
    """The message goes over the network encrypted, or not at all."""
    assert receivers_room._may_be_posted_to(address) is may


@pytest.mark.parametrize(
    ("server", "loopback"),
    [("127.0.0.1:25", True), ("localhost:25", True), ("[::1]:25", True), ("localhost", True), ("x.example:25", False)],
)
def test_a_mail_without_encryption_is_for_this_machine_alone(named, server, loopback):
    """With a port, in brackets, or bare."""
    entry = f"{{id: m, kind: mail, server: '{server}', security: none, sender: a@b.c, to: [x@y.z]}}"

    if loopback:
        assert named(entry)[0].document.server == server
        return
    with pytest.raises(ConfigurationError, match="would send over the network without encryption"):
        named(entry)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("{id: m, kind: mail, server: 'localhost', security: none, sender: a@b.c, to: [x@y.z], user_from: U, "
         "password_from: P}", "without encryption"),
        ("{id: m, kind: mail, server: s, sender: a@b.c, to: [x@y.z], password_from: P}", "a user without a password"),
        ("{id: m, kind: mail, sender: a@b.c, to: [x@y.z]}", "has no server"),
        ("{id: m, kind: mail, server: s, to: [x@y.z]}", "no sender"),
        ("{id: m, kind: mail, server: s, sender: a@b.c}", "nobody to write to"),
        ("{id: m, kind: mail, server: s, sender: a, to: [x@y.z]}", "an address that is none"),
        ("{id: m, kind: mail, server: 's:smtp', sender: a@b.c, to: [x@y.z]}", "a server whose port is no number"),
        ("{id: m, kind: mail, server: 's:', sender: a@b.c, to: [x@y.z]}", "a server whose port is no number"),
        ("{id: m, kind: fax, url_from: U}", "fax"),
        ("{id: m, kind: slack, url_from: U, url: 'https://x.example'}", "url"),
    ],
)  # fmt: skip
def test_each_half_of_a_receiver_that_is_missing_is_named(named, entry, sentence):
    """Before anything runs, with the line."""
    with pytest.raises(ConfigurationError) as caught:
        named(entry, U="https://x.example", P="p")
    assert sentence in str(caught.value)


def test_a_mistake_beside_a_whole_document_is_a_mistake(named):
    """A key that is there twice has two meanings, and only one of them would be told."""
    with pytest.raises(ConfigurationError):
        named(POST, head="schema: 1\nschema: 1\n", U="https://x.example")
    with pytest.raises(ConfigurationError):
        named(POST, head="schema: 2\n", U="https://x.example")


def test_the_same_name_twice_is_named_once_for_each_more(named):
    """A message about *a* would not say which."""
    with pytest.raises(ConfigurationError) as caught:
        named(POST, POST, POST, U="https://x.example")
    assert ["'a' is there twice" in str(each) for each in caught.value.problems] == [True, True]


@pytest.mark.parametrize(
    ("server", "security", "place"),
    [
        ("smtp.example.gov", "starttls", ("smtp.example.gov", 587)),
        ("smtp.example.gov", "tls", ("smtp.example.gov", 465)),
        ("smtp.example.gov:25", "starttls", ("smtp.example.gov", 25)),
        ("[2001:db8::1]:2525", "tls", ("2001:db8::1", 2525)),
    ],
)
def test_a_mail_server_without_a_port_is_asked_at_the_usual_one(named, monkeypatch, server, security, place):
    """The ports of submission, as every mail program takes them; an address in brackets loses them."""
    asked = []

    def refuse(host, port, **_):
        asked.append((host, port))
        raise ConnectionRefusedError

    monkeypatch.setattr(smtplib, "SMTP_SSL" if security == "tls" else "SMTP", refuse)
    entry = f"{{id: m, kind: mail, server: '{server}', security: {security}, sender: a@b.c, to: [x@y.z]}}"

    told = list(Messenger(named(entry)).tell(NEWS))

    assert asked == [place]
    said = "no connection to the mail server (ConnectionRefusedError)"
    assert told == [f"m was not told: {said}. The run is recorded."]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (smtplib.SMTPDataError(550, b"no"), "the mail server refused it"),
        (ssl.SSLCertVerificationError("x"), "the mail server did not prove who it is"),
        (TimeoutError(), "no connection to the mail server"),
        (ValueError("x"), "the mail cannot be written"),
    ],
)
def test_who_stopped_a_mail_is_said_truly(error, said):
    """*Refused* sends people to the operator of a server that never heard of it."""
    assert _mail_fault(error) == said
