"""What runs inside the child: load one plugin, ask it, and put its answers on the wire."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from pydantic import ValidationError

from gonogo.documents.known_keys import keys_at, without_misspelt
from gonogo.documents.plain_mistakes import told_mistakes
from gonogo.isolate import early
from gonogo.model.canonical import MAX_INTEGER, canonical_bytes, instant_text
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType, read_value, write_value
from gonogo.model.open_items import bounded
from gonogo.plugin import registry
from gonogo.plugin.describing import described, fact_form, introduced
from gonogo.plugin.network_serving import network_body
from gonogo.plugin.protocol import WireJob, WireRequest, read_document
from gonogo.plugin.recognizes import Start
from gonogo.plugin.spec import (
    PROTOCOL,
    Answer,
    Collector,
    CollectorRefusal,
    Input,
    Job,
    LocalFact,
    ReportFormat,
    Settings,
    SettingsRefusal,
)
from gonogo.text import did_you_mean, listed

MAX_KEY_BYTES: Final = 3 * 2**20
"""Bytes that the keys of open items may take in one reply, so that they never crowd out an answer."""


def serve(request_bytes: bytes, descriptors: tuple[int, ...], ahead: Callable[[bytes], None] = early) -> bytes:
    """Answer one request, in a forked child or in ``python -I -m gonogo.isolate gonogo.plugin.serving:serve``.

    Descriptors are named by number in the job; the tuple is what the host really passed. ``ahead`` sends what a
    collector declares.
    """
    request = read_document(request_bytes, WireRequest)
    body: dict[str, Any]
    try:
        body = _answer(request, descriptors, ahead)
    except registry.PluginRefused as refusal:
        body = {"refused": str(refusal)}
    return canonical_bytes({"protocol": PROTOCOL, "nonce": request.nonce, "complete": True, **body})


def _answer(request: WireRequest, descriptors: tuple[int, ...], ahead: Callable[[bytes], None]) -> dict[str, Any]:
    if request.search and request.search not in sys.path:
        sys.path.append(request.search)
    registered = registry.load(request.plugin, request.module)
    if request.verb == "describe":
        return described(registered)
    if request.verb == "introduce":
        return introduced(registered)
    if request.verb == "render":
        return _rendered(registry.pick_format(request.plugin, registered.formats, request.format), descriptors)
    collector = registry.pick(request.plugin, registered.collectors, request.collector)
    if request.verb == "start":
        return _started(collector, request.format, descriptors)
    try:
        settings = collector.settings.model_validate_json(request.settings)
        facts = tuple(collector.declare(settings))
    except ValidationError as error:
        return {"mistakes": _mistakes(error, collector.settings, json.loads(request.settings))}
    except SettingsRefusal as refusal:
        return {"mistakes": [{"loc": list(loc), "msg": sentence} for loc, sentence in refusal.errors]}
    except (Exception, SystemExit) as error:  # foreign code: declare may raise anything
        raise registry.PluginRefused(
            f"The collector {collector.name} could not say which facts it answers for: {registry.first_line(error)}"
        ) from error
    declaration = {
        "protocol": PROTOCOL,
        "nonce": request.nonce,
        "collector": collector.name,
        "facts": [fact_form(collector, fact) for fact in facts],
        "network": [str(url) for url in collector.network],
        "one_release": {str(key): _text(words, 300) for key, words in getattr(collector, "one_release", {}).items()},
    }
    ahead(canonical_bytes(declaration))
    if request.verb == "network" and request.job is not None:
        return network_body(collector, _job(request.job, descriptors), settings)
    if request.verb in ("check", "network") or request.job is None:
        return {"expected": len(facts), "obtained": 0, **_advice(collector, settings)}
    return _collect(collector, _job(request.job, descriptors), settings, facts)


def _advice(collector: Collector, settings: Any) -> dict[str, Any]:
    """Return what a collector advises about its settings, where it has a method ``advise`` at all."""
    advise = getattr(collector, "advise", None)
    if advise is None:
        return {}
    try:
        return {"advice": [_text(sentence, 2000) for sentence in advise(settings) if sentence][:100]}
    except (Exception, SystemExit) as error:  # noqa: BLE001  # foreign code, and advice stops nothing
        return {"advice": [f"The collector {collector.name} could not advise: {registry.first_line(error)}"]}


def _mistakes(error: ValidationError, settings: type[Settings], given: Any) -> list[dict[str, Any]]:
    found = []
    details = without_misspelt(error.errors(include_url=False, include_input=False))
    unknown = {each["loc"] for each in details if each["type"] == "extra_forbidden"}
    for each in details:
        if each["loc"] in unknown:
            known = keys_at(settings, each["loc"][:-1])
            meant = did_you_mean(str(each["loc"][-1]), known, otherwise=f"known here: {listed(known, most=20)}")
            each["type"] = "value_error"
            each["msg"] = f"There is no such setting; {meant}" if known else "There is no such setting"
    for loc, sentence in told_mistakes(details, given):
        found.append({"loc": list(loc), "msg": sentence})
    return found


def _collect(collector: Collector, job: Job, settings: Any, facts: Sequence[LocalFact]) -> dict[str, Any]:
    declared = {fact.name: fact for fact in facts}
    items: list[dict[str, Any]] = []
    room = MAX_KEY_BYTES
    stopped: dict[str, str] | None = None
    try:
        for answer in collector.collect(job, settings):
            items.append(_item(answer, declared, room))
            room -= sum(len(key.encode()) for key in items[-1].get("open_items", ()))
            if len(items) > 2 * len(declared) + 10:
                stopped = {"reason": GapReason.MALFORMED.value, "detail": "It does not stop answering."}
                break
    except CollectorRefusal as refusal:
        stopped = {"reason": refusal.reason.value, "detail": str(refusal).strip() or "It gave no reason."}
    except (Exception, SystemExit) as error:  # noqa: BLE001  # foreign code: a malformed source may raise anything
        stopped = {"reason": GapReason.MALFORMED.value, "detail": registry.first_line(error)}
    body: dict[str, Any] = {"expected": len(declared), "obtained": len(items), "items": items}
    if stopped is not None:
        body["stopped"] = {**stopped, "detail": _text(stopped["detail"], 1500)}
    return body


def _rendered(form: ReportFormat, descriptors: tuple[int, ...]) -> dict[str, Any]:
    with open(descriptors[0], "rb") as stream:
        report = json.load(stream)
    try:
        content = form.render(report)
    except (Exception, SystemExit) as error:  # foreign code: it may raise anything
        raise registry.PluginRefused(f"It could not render: {registry.first_line(error)}") from error
    if not isinstance(content, bytes):
        raise registry.PluginRefused(f"It rendered {type(content).__name__}, not bytes.")
    return {"content": base64.b64encode(content).decode("ascii")}


def _started(collector: Collector, file_name: str, descriptors: tuple[int, ...]) -> dict[str, Any]:
    """Return how a binding's settings start for a file, where the collector has a method ``start`` that can tell."""
    start = getattr(collector, "start", None)
    if start is None:
        return {}
    with open(descriptors[0], "rb", closefd=False) as stream:
        stream.seek(0)  # a child that was asked before and died has moved the place, which forks share
        data = stream.read()
    try:
        found = start(data, file_name)
    except (Exception, SystemExit) as error:  # foreign code: a file may be of any kind
        raise registry.PluginRefused(f"It could not look into the file: {registry.first_line(error)}") from error
    if found is not None and not isinstance(found, Start):
        raise registry.PluginRefused(f"It answered {type(found).__name__}, not a Start.")
    return {} if found is None else {"start": found.document()}


def _job(wire: WireJob, descriptors: tuple[int, ...]) -> Job:
    if [entry.fd for entry in wire.inputs] != list(descriptors):
        raise ValueError("the inputs of the job are not the descriptors that were passed")
    return Job(
        now=wire.now,
        go_live=wire.go_live,
        time_zone=wire.time_zone,
        program=wire.program,
        customer=wire.customer,
        provider=wire.provider,
        release=wire.release,
        binding=wire.binding,
        scratch=wire.scratch,
        files=tuple(
            Input(
                name=entry.name,
                file_name=entry.file_name,
                size=entry.size,
                sha256=entry.sha256,
                rule=entry.rule,
                descriptor=entry.fd,
                as_of=entry.as_of,
            )
            for entry in wire.inputs
        ),
        holidays=frozenset(wire.holidays),
        ruleset=wire.ruleset,
        subject=wire.subject,
        builds=frozenset(wire.builds),
        spoken=wire.spoken,
        known=None if wire.known is None else frozenset(wire.known),
    )


def _item(answer: Any, declared: Mapping[str, LocalFact], room: int = MAX_KEY_BYTES) -> dict[str, Any]:
    """Return the wire form of one answer. What cannot travel, or is of another type, becomes a gap that says so."""
    if not isinstance(answer, Answer):
        raise TypeError(f"an answer was expected, not {type(answer).__name__}")
    about: dict[str, Any] = {"fact": str(answer.fact)[:200]}
    if answer.where:
        about["where"] = _text(answer.where, 2000)
    if answer.gap is not None:
        more = {"told": _text(answer.told, 4000)} if answer.told else {}
        return {**about, "gap": GapReason(answer.gap).value, "detail": _text(answer.detail, 4000), **more}
    try:
        return {**about, **_answer_form(answer, declared.get(answer.fact)), **_open_items(answer, room)}
    except Exception as error:  # noqa: BLE001  # foreign code: a value may be an object of any kind
        sentence = _text(getattr(error, "sentence", error), 500).rstrip(".")
        return {**about, "gap": GapReason.WRONG_TYPE.value, "detail": f"The answer is not usable: {sentence}."}


def _answer_form(answer: Answer, fact: LocalFact | None) -> dict[str, Any]:
    item: dict[str, Any] = {}
    if answer.value is not None:
        item["value"] = _value(answer.value, fact)
    for key, count in (("part", answer.part), ("whole", answer.whole)):
        if count is not None:
            item[key] = _count(count)
    if answer.as_of is not None:
        item["as_of"] = instant_text(answer.as_of)
    if answer.rows_from is not None:
        item["rows_from"] = instant_text(answer.rows_from)
    if answer.rows_read is not None:
        item["rows_read"] = _count(answer.rows_read)
    if answer.subject is not None:
        item["subject"] = answer.subject.document()
    if answer.attested is not None:
        item["attested"] = answer.attested.document()
    return item


def _open_items(answer: Answer, room: int) -> dict[str, Any]:
    if answer.open_items is None:
        return {}
    if isinstance(answer.open_items, str):
        raise TypeError("open items are a sequence of keys, not one text")
    keys, left_out = bounded((_text(key, 2000) for key in answer.open_items), room)
    left_out += max(0, _count(answer.open_more))
    return {"open_items": list(keys), **({"open_left_out": left_out} if left_out else {})}


def _value(value: Any, fact: LocalFact | None) -> bool | int | str:
    """Check a value against its declared type while it still has one: on the wire a decimal is text like any text."""
    if fact is None:
        return str(value)  # undeclared: the host voids the whole reply
    kind = FactType(fact.type)
    textual = kind not in (FactType.BOOLEAN, FactType.INTEGER, FactType.TEXT)
    if textual and not isinstance(value, datetime if kind is FactType.INSTANT else Decimal):
        named = {"float": "a floating-point number", "int": "a whole number", "str": "text", "bool": "true or false"}
        given = named.get(type(value).__name__, type(value).__name__)
        raise TypeError(
            f"{'an instant' if kind is FactType.INSTANT else f'a {kind}, as a Decimal,'} is expected, not {given}"
        )
    return write_value(read_value(kind, value))


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > MAX_INTEGER:
        raise TypeError("part and whole are counts, as integers below 2**53")
    return value


def _text(text: Any, limit: int) -> str:
    """Return text that can travel: valid Unicode, of bounded length."""
    return str(text).encode("utf-8", "backslashreplace").decode("utf-8")[:limit]
