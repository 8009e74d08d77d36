"""The file of receivers: who is told, and which variables of the environment hold addresses that are secrets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import Field

from gonogo.documents.files import read_file, shown
from gonogo.documents.scalars import Id, SchemaOne, VariableName, Words, choice
from gonogo.documents.shape import Document, read_sheet, sorted_problems
from gonogo.errors import ConfigurationError, UsageError

FAULT: Final = "G151"
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class ReceiverKind(StrEnum):
    """In which form a receiver is told."""

    WEBHOOK = "webhook"
    SLACK = "slack"
    TEAMS = "teams"
    MAIL = "mail"


class MailSecurity(StrEnum):
    """How the way to a mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class ReceiverDocument(Document):
    """One receiver.

    Attributes:
        id: Name of it, for messages.
        kind: ``webhook``, ``slack``, ``teams`` or ``mail``.
        url_from: Variable of the environment that holds the address; for all but mail.
        server: Host and port of a mail server, such as ``smtp.example.gov:587``.
        security: ``starttls`` (default), ``tls``, or ``none`` on this machine alone.
        user_from: Variable that holds the name at the mail server; none without a login.
        password_from: Variable that holds the password there.
        sender: Address that the mail is from.
        to: Addresses that it goes to.
    """

    id: Id
    kind: Annotated[ReceiverKind, choice(ReceiverKind)]
    url_from: VariableName | None = None
    server: Words | None = None
    security: Annotated[MailSecurity, choice(MailSecurity)] = MailSecurity.STARTTLS
    user_from: VariableName | None = None
    password_from: VariableName | None = None
    sender: Words | None = None
    to: Annotated[list[Words], Field(max_length=50)] = Field(default_factory=list)


class NotifyDocument(Document):
    """The file of receivers.

    Attributes:
        schema_: Always 1.
        receivers: Who is told.
    """

    schema_: SchemaOne = Field(alias="schema")
    receivers: Annotated[list[ReceiverDocument], Field(min_length=1, max_length=50)]


@dataclass(frozen=True, slots=True)
class Receiver:
    """A receiver whose addresses are known. ``repr`` shows none of them.

    Attributes:
        document: What the file says.
        url: Where to post; empty for mail.
        user: Name at the mail server; empty without a login.
        password: Password there.
    """

    document: ReceiverDocument
    url: str = ""
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"Receiver({self.document.id})"


def read_receivers(path: Path, environment: Mapping[str, str]) -> tuple[Receiver, ...]:
    """Return the receivers of a file, with what the environment holds for them.

    Args:
        path: The file.
        environment: Variables, in which addresses with secrets stand.

    Raises:
        ConfigurationError: With every mistake of the file.
        UsageError: A variable is not set, or what it holds is no address that may be used.
    """
    name = shown(path)
    sheet = read_sheet(read_file(path), name, NotifyDocument)
    if sheet.document is None or sheet.problems:
        raise ConfigurationError(sorted_problems(sheet.problems))
    problems = []
    for index, entry in enumerate(sheet.document.receivers):
        what = _mistake(entry)
        if what:
            problems.append(
                sheet.problem(("receivers", index, "id"), FAULT, f"receiver '{entry.id}' {what}", _HINT[entry.kind])
            )
    ids = [entry.id for entry in sheet.document.receivers]
    for index, each in enumerate(ids):
        if each in ids[:index]:
            problems.append(
                sheet.problem(("receivers", index, "id"), FAULT, f"'{each}' is there twice", "name each once")
            )
    if problems:
        raise ConfigurationError(sorted_problems(problems))
    return tuple(_found(entry, environment) for entry in sheet.document.receivers)


_HINT: Final = {
    ReceiverKind.WEBHOOK: "url_from names the variable of the environment that holds the address",
    ReceiverKind.SLACK: "url_from names the variable of the environment that holds the incoming webhook",
    ReceiverKind.TEAMS: "url_from names the variable of the environment that holds the address of the workflow",
    ReceiverKind.MAIL: "a mail needs server, sender and to; user_from and password_from belong together",
}


def _mistake(entry: ReceiverDocument) -> str:
    mail = entry.kind is ReceiverKind.MAIL
    if mail and not (entry.server and entry.sender and entry.to):
        return "has no server, no sender or nobody to write to"
    if mail and not _port_of(entry.server or "").isdecimal():
        return "has a server whose port is no number"
    if mail and bool(entry.user_from) != bool(entry.password_from):
        return "has a user without a password, or the other way round"
    if mail and entry.security is MailSecurity.NONE and (entry.user_from or _host(entry.server or "") not in _LOOPBACK):
        return "would send over the network without encryption"
    if not mail and not entry.url_from:
        return "has no url_from"
    if mail and any(not _is_address(each) for each in (entry.sender or "", *entry.to)):
        return "has an address that is none"
    return ""


def _is_address(text: str) -> bool:
    return text.count("@") == 1 and text.isascii() and text.isprintable() and not set(text) & set(' ,;<>"')


def _host(server: str) -> str:
    return server.rpartition(":")[0].strip("[]") or server


def _port_of(server: str) -> str:
    host, _, port = server.rpartition(":")
    return port if host else "0"


def _found(entry: ReceiverDocument, environment: Mapping[str, str]) -> Receiver:
    wanted = {
        name: key
        for name, key in (("url", entry.url_from), ("user", entry.user_from), ("password", entry.password_from))
        if key
    }
    for key in wanted.values():
        if not environment.get(key):
            raise UsageError(f"The receiver {entry.id} needs the variable {key}, which is not set.", hint=f"set {key}")
    found = {name: environment[key] for name, key in wanted.items()}
    if entry.url_from and not _may_be_posted_to(found["url"]):
        raise UsageError(
            f"What {entry.url_from} holds is no https address.", hint="plain http is for a server on this machine alone"
        )
    return Receiver(entry, **found)


def _may_be_posted_to(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK))
