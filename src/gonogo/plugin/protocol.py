"""Protocol 1: the JSON documents between the host and the child in which a plugin runs.

Six verbs: ``describe``, ``start`` (how settings start for a file), ``check`` (which facts under these settings),
``collect``, ``network`` (what is ahead of go-live, for a simulation), and ``render`` (a report). Facts travel under
their local names; the host puts the binding's prefix before them, so that no answer can land outside it.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import Field, StringConstraints, ValidationError

from gonogo.documents.plain_mistakes import plain_mistake
from gonogo.errors import GonogoError
from gonogo.model.activity_network import ActivityNetwork
from gonogo.model.base import Frozen, Instant, OneLine, Sha256
from gonogo.model.canonical import decimal_text, read_json
from gonogo.model.evidence import GapReason, Subject
from gonogo.model.fact import FactType
from gonogo.model.program import AsOf
from gonogo.model.spoken import Spoken
from gonogo.plugin.recognizes import Recognizes, Start
from gonogo.plugin.spec import PROTOCOL

MAX_RESULT_BYTES: Final = 8 * 2**20
MAX_FACTS: Final = 5000

LocalName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=120)]
Version = Literal[1]
Verb = Literal["describe", "introduce", "start", "check", "collect", "network", "render"]
Document = TypeVar("Document", bound=Frozen)

assert PROTOCOL == 1


class WireInput(Frozen):
    """One input of a job: a descriptor, never a path."""

    name: str
    file_name: str
    fd: int
    size: int
    sha256: Sha256
    rule: AsOf
    as_of: Instant | None = None


class WireJob(Frozen):
    """What ``collect`` and ``network`` are handed."""

    now: Instant
    go_live: Instant
    time_zone: str
    program: str
    release: str
    binding: str
    scratch: str
    inputs: tuple[WireInput, ...]
    holidays: tuple[str, ...]
    deadline_s: int
    ruleset: str = ""
    subject: Subject = Subject()
    builds: tuple[str, ...] = ()
    spoken: Spoken = Spoken()
    customer: str = ""
    provider: str = ""
    known: tuple[str, ...] | None = None


class WireRequest(Frozen):
    """What a child is asked.

    Attributes:
        protocol: 1.
        nonce: Repeated in every answer.
        verb: describe, start, check, collect, network or render.
        plugin: Name of the plugin.
        module: Module to load.
        search: Folder to import it from; empty for gonogo's own.
        collector: Name of the collector; empty for the only one.
        settings: The binding's settings as JSON text.
        job: For ``collect`` and ``network``.
        format: For ``render``: name of the report format, the report itself is the one descriptor; for ``start``: name
            of the file that is the one descriptor.
    """

    protocol: Version = 1
    nonce: str
    verb: Verb
    plugin: str
    module: str
    search: str = ""
    collector: str = ""
    settings: str = "{}"
    job: WireJob | None = None
    format: str = ""


class WireFact(Frozen):
    """One declared fact, under its local name."""

    name: LocalName
    type: FactType
    unit: str = Field(default="", max_length=200)
    meaning: str = Field(default="", max_length=2000)
    if_known: bool = False


class WireDeclaration(Frozen):
    """What a collector owes under its settings. Sent ahead of its answers, so that a failure knows its facts."""

    protocol: Version
    nonce: str
    collector: str
    facts: tuple[WireFact, ...] = Field(max_length=MAX_FACTS)
    network: tuple[str, ...] = ()
    one_release: dict[str, OneLine] = Field(default_factory=dict, max_length=20)


class SettingsMistake(Frozen):
    """One mistake in the settings: keys and indexes, and a sentence."""

    loc: tuple[str | int, ...]
    msg: OneLine


class Described(Frozen):
    """One collector as ``describe`` tells it; the schema is JSON text.

    ``introduce`` tells only its name, what it recognizes and what it is able to do.
    """

    name: str
    facts: tuple[WireFact, ...] = ()
    network: tuple[str, ...] = ()
    settings_schema: str = "{}"
    recognizes: tuple[Recognizes, ...] = Field(default=(), max_length=50)
    starts: bool = False
    networks: bool = False


class DescribedFormat(Frozen):
    """One report format as ``describe`` tells it."""

    name: OneLine
    media_type: OneLine


class Stopped(Frozen):
    """Why a collector stopped before it had answered for everything."""

    reason: GapReason
    detail: OneLine


class WireResult(Frozen):
    """The one closing document of a child.

    Attributes:
        protocol: 1.
        nonce: The request's.
        complete: Always true; a document without it is not whole.
        refused: Why the plugin cannot be used at all.
        mistakes: What is wrong with the settings.
        advice: What is allowed and probably not meant, in sentences: beside the answer to ``check``.
        collectors: Answer to ``describe`` and ``introduce``.
        formats: Answer to ``describe``.
        start: Answer to ``start``: how the settings start; absent where the file does not show it.
        network: Answer to ``network``: what is ahead of go-live.
        content: Answer to ``render``: the bytes of the report in base 64.
        expected: Facts that the reply must answer.
        obtained: Items given.
        items: Answers, each an Item document under a local fact name.
        stopped: Why it stopped early; what it answered before still counts.
    """

    protocol: Version
    nonce: str
    complete: Literal[True]
    refused: OneLine | None = None
    mistakes: tuple[SettingsMistake, ...] = ()
    advice: tuple[OneLine, ...] = Field(default=(), max_length=100)
    collectors: tuple[Described, ...] = ()
    formats: tuple[DescribedFormat, ...] = ()
    start: Start | None = None
    network: ActivityNetwork | None = None
    content: str | None = None
    expected: int = 0
    obtained: int = 0
    items: tuple[dict[str, Any], ...] = ()
    stopped: Stopped | None = None


class ProtocolFault(Exception):
    """The bytes are not the document of this protocol that answers this request; the sentence says how."""


def read_document(data: bytes, shape: type[Document], *, nonce: str | None = None) -> Document:
    """Read one document strictly: one JSON document, no duplicate keys, no floats, nothing missing or extra.

    Raises:
        ProtocolFault: It is anything else, or answers another request.
    """
    if len(data) > MAX_RESULT_BYTES:
        raise ProtocolFault("its answer is larger than 8 MiB")
    try:
        document = shape.from_document(read_json(data, what="its answer"))
    except GonogoError as error:
        raise ProtocolFault(error.sentence) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        at = ".".join(str(part) for part in first["loc"])[:200]
        what = plain_mistake(first)[0][:200]
        raise ProtocolFault(f"its answer is not of protocol {PROTOCOL}: {at}: {what}") from error
    if nonce is not None and getattr(document, "nonce", None) != nonce:
        raise ProtocolFault("its answer repeats the nonce of another request")
    return document


def settings_text(settings: dict[str, Any]) -> str:
    """Return the JSON text of a binding's settings.

    Raises:
        ValueError: They hold something that has no JSON form, such as NaN.
    """
    try:
        return json.dumps(settings, ensure_ascii=False, allow_nan=False, default=_plain)
    except TypeError as error:
        raise ValueError(str(error)) from error


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return decimal_text(value)
    raise TypeError(f"a {type(value).__name__} cannot be a setting")
