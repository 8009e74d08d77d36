"""A message goes to the server that it is meant for, encrypted and with its login; or to nobody, in a sentence."""

from __future__ import annotations

import datetime
import socket
import ssl
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_httpserver import HTTPServer

from gonogo.notify.news import News
from gonogo.notify.receivers import read_receivers
from gonogo.notify.sending import Messenger

NEWS = News("p", "R1", "r", "NO-GO", "Daily run.", "g", worse=True, lines=("It fails.",))


class Box:
    """Keeps what it is sent, and refuses who is called nobody."""

    def __init__(self) -> None:
        self.logins: list[tuple[bytes, bytes]] = []
        self.mails: list[bytes] = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 there is nobody"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope.content)
        return "250 OK"

    def login(self, server, session, envelope, mechanism, data):
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"open sesame", handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A certificate of this machine that nobody signed, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    day = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day - datetime.timedelta(days=1))
        .not_valid_after(day + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "loopback.pem"
    form = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, *form)
    )
    return path


@pytest.fixture
def served(certificate):
    """Start a mail server on loopback: with STARTTLS, with TLS from the first byte, or with neither."""
    started = []

    def start(box, security):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        starts = {"tls_context": context, "require_starttls": True} if security == "starttls" else {}
        made = lambda: SMTP(box, authenticator=box.login, auth_require_tls=security == "starttls", **starts)  # noqa: E731
        wrapped = {"ssl_context": context} if security == "tls" else {}
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        server = type("Server", (Controller,), {"factory": lambda self: made()})(
            box, hostname="127.0.0.1", port=port, **wrapped
        )
        server.start()
        started.append(server)
        return port

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def messenger(tmp_path):
    def made(port, security, *, password="open sesame", to="[a@x.example]"):
        login = ", user_from: USER, password_from: WORD" if security != "none" else ""
        file = tmp_path / "notify.yaml"
        file.write_text(
            f"schema: 1\nreceivers:\n  - {{id: m, kind: mail, server: '127.0.0.1:{port}', security: {security}, "
            f"sender: g@x.example, to: {to}{login}}}\n"
        )
        return Messenger(read_receivers(file, {"USER": "gate", "WORD": password}), seconds=5)

    return made


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_proves_who_it_is_gets_the_login_and_the_mail(
    served, messenger, certificate, monkeypatch, security
):
    """Once its certificate is trusted on this machine, nothing more is needed."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    box = Box()

    told = list(messenger(served(box, security), security).tell(NEWS))

    assert told == []
    assert box.logins == [(b"gate", b"open sesame")]
    assert b"Subject: p R1: NO-GO" in box.mails[0]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_does_not_prove_who_it_is_gets_neither(served, messenger, security):
    """Somebody in between would read the password and the findings."""
    box = Box()

    told = list(messenger(served(box, security), security).tell(NEWS))

    assert told == [
        "m was not told: the mail server did not prove who it is (SSLCertVerificationError). The run is recorded."
    ]
    assert (box.logins, box.mails) == ([], [])


def test_a_login_that_is_refused_is_a_sentence_without_the_password(served, messenger, certificate, monkeypatch):
    """A build log is read by many."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    box = Box()

    [told] = messenger(served(box, "starttls"), "starttls", password="closed sesame").tell(NEWS)

    assert told == "m was not told: the mail server refused it (SMTPAuthenticationError). The run is recorded."
    assert box.mails == []


@pytest.mark.parametrize(
    ("to", "told", "mails"),
    [
        ("[a@x.example, nobody@x.example]", ["m was not told: 1 of 2 addresses were refused. The run is recorded."], 1),
        (
            "[nobody@x.example]",
            ["m was not told: the mail server refused it (SMTPRecipientsRefused). The run is recorded."],
            0,
        ),
        ("[a@x.example, b@x.example]", [], 1),
    ],
)
def test_an_address_that_the_server_refuses_is_counted(served, messenger, to, told, mails):
    """The others were told; nobody must believe that all were."""
    box = Box()

    assert list(messenger(served(box, "none"), "none", to=to).tell(NEWS)) == told
    assert len(box.mails) == mails


@pytest.mark.parametrize("trusted", [True, False])
def test_a_webhook_is_posted_only_to_a_server_that_proves_who_it_is(certificate, tmp_path, monkeypatch, trusted):
    """The address holds the secret, and the message the findings."""
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    file = tmp_path / "notify.yaml"
    file.write_text("schema: 1\nreceivers: [{id: a, kind: webhook, url_from: URL}]\n")
    with HTTPServer(host="127.0.0.1", ssl_context=context) as server:
        server.expect_request("/x").respond_with_data("", status=200)
        told = list(Messenger(read_receivers(file, {"URL": server.url_for("/x")}), seconds=5).tell(NEWS))

        assert told == ([] if trusted else ["a was not told: no connection (ConnectError). The run is recorded."])
        assert len(server.log) == trusted
