"""From what came of a child to the reply of its binding. Whatever is not exactly what was asked for is a gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from gonogo.errors import GonogoError
from gonogo.isolate import L1, ChildOutcome, StandingWalls
from gonogo.model.base import DottedName
from gonogo.model.evidence import GapReason, Subject
from gonogo.model.fact import Vocabulary, read_value
from gonogo.model.program import Binding
from gonogo.model.reply import Failure, InputRead, Item, Reply
from gonogo.plugin.discovery import PluginEntry
from gonogo.plugin.inputs.beside import BesideFiles
from gonogo.plugin.inputs.search import InputFault
from gonogo.plugin.privacy.personal import PERSONAL, TEXT
from gonogo.plugin.privacy.redact import Redaction
from gonogo.plugin.protocol import ProtocolFault, SettingsMistake, WireDeclaration, WireFact, WireResult, read_document
from gonogo.plugin.why_no_answer import why_no_answer
from gonogo.text import listed

_DOTTED: Final[TypeAdapter[str]] = TypeAdapter(DottedName)


class UnusableDeclaration(Exception):
    """The collector's declaration cannot stand; the sentence says why."""


@dataclass(frozen=True, slots=True)
class AskedBinding:
    """One binding, ready to be asked.

    Attributes:
        binding: The binding.
        entry: Its plugin.
        nonce: The request's nonce.
        inputs: What the host opened.
        fault: Why the inputs could not be opened; then only the declaration was asked for.
        redaction: How the child's words are cleaned.
        around: What was met beside the inputs.
    """

    binding: Binding
    entry: PluginEntry
    nonce: str
    inputs: tuple[InputRead, ...]
    fault: InputFault | None
    redaction: Redaction
    around: BesideFiles = field(default_factory=BesideFiles)


@dataclass(frozen=True, slots=True)
class AcceptedReply:
    """What is believed of one child.

    Attributes:
        reply: The reply, always.
        declared: Full fact name to its declaration, where the collector declared.
        mistakes: What is wrong with the settings; the reply is then a failure too.
        refused: Why the plugin could not be used at all; the reply is then a failure too.
        advice: What it advises about the settings.
        network: URLs that it says it needs.
        one_release: Settings that are about one release alone, to what each names.
    """

    reply: Reply
    declared: Mapping[str, WireFact]
    mistakes: tuple[SettingsMistake, ...] = ()
    refused: str = ""
    advice: tuple[str, ...] = ()
    network: tuple[str, ...] = ()
    one_release: Mapping[str, str] = field(default_factory=dict)

    def asked_by(self, vocabulary: Vocabulary) -> AcceptedReply:
        """Return it without the facts that are owed only where the vocabulary has them, and that it has not.

        Where nothing would be left it stays as it is, so that a misspelt prefix is found. Where the vocabulary has
        other facts of the prefix, the ruleset asks for nothing of what the collector answers: that is advice.
        """
        kept = {name: fact for name, fact in self.declared.items() if not fact.if_known or vocabulary.get(name)}
        if len(kept) == len(self.declared):
            return self
        advice = self.advice
        if not kept:
            if not _has_prefix_of(self.declared, vocabulary):
                return self
            few = listed(list(self.declared), most=3)
            advice = (
                *advice,
                f"its collector answers for {few}, and the ruleset has none of them, so it answers for nothing; add "
                "what you need by an overlay, or take the binding out.",
            )
        items = tuple(item for item in self.reply.items if item.fact in kept)
        reply = self.reply.model_copy(update={"declared": tuple(kept), "items": items})
        return replace(self, declared=kept, reply=reply, advice=advice)


def _has_prefix_of(names: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Return whether the vocabulary has facts that begin as one of these names does."""
    prefixes = {name.rpartition(".")[0] for name in names} - {""}
    return any(name.rpartition(".")[0] in prefixes for name in vocabulary.names())


def accept_reply(asked: AskedBinding, outcome: ChildOutcome) -> AcceptedReply:
    """Return the reply of one binding. Never raises for anything that a child did."""
    found = _accepted(asked, outcome)
    stood: StandingWalls = outcome.standing
    isolation = {"level": stood.level, "enforced": stood.enforced, "unenforced": stood.unenforced}
    return replace(found, reply=found.reply.model_copy(update=isolation))


def _accepted(asked: AskedBinding, outcome: ChildOutcome) -> AcceptedReply:
    collector = asked.binding.collector
    declared: dict[str, WireFact] = {}
    try:
        if outcome.early:
            if asked.redaction.leaks(outcome.early.decode("utf-8", "replace")):
                raise UnusableDeclaration("What it declares holds a secret that it was given.")
            declaration = read_document(outcome.early, WireDeclaration, nonce=asked.nonce)
            collector, declared = declaration.collector, full_names(declaration.facts, asked.binding.prefix)
            if asked.binding.collector not in ("", collector):
                raise UnusableDeclaration("It declared facts for a collector other than the one that was asked.")
        if not outcome.ok:
            return _failed(
                asked, declared, collector, *why_no_answer(outcome, asked.redaction, asked.binding.deadline_s)
            )
        result = read_document(outcome.payload, WireResult, nonce=asked.nonce)
        if result.mistakes:
            sentence = "The settings of the binding were refused."
            mistakes = tuple(_clean(asked, mistake) for mistake in result.mistakes)
            return _failed(asked, {}, collector, GapReason.COLLECTOR_FAILED, sentence, mistakes=mistakes)
        if result.refused is not None:
            refused = asked.redaction.line(result.refused)
            return _failed(asked, {}, collector, GapReason.COLLECTOR_FAILED, refused, refused=refused)
        if not outcome.early:
            raise ProtocolFault("it answered without declaring what it answers for")
        advice = tuple(asked.redaction.line(sentence) for sentence in result.advice)
        network = tuple(asked.redaction.line(url, limit=200) for url in declaration.network)
        one_release = {key: asked.redaction.line(words) for key, words in declaration.one_release.items()}
        found = _answered(asked, declared, collector, result)
        return replace(found, advice=advice, network=network, one_release=one_release)
    except ProtocolFault as fault:
        why = PERSONAL if asked.redaction.personal else asked.redaction.line(str(fault))
        sentence = f"The collector's answer cannot be used: {why}."
        return _failed(asked, declared, collector, GapReason.COLLECTOR_FAILED, sentence)
    except UnusableDeclaration as fault:
        sentence = asked.redaction.line(str(fault))
        return _failed(asked, {}, collector, GapReason.COLLECTOR_FAILED, sentence, refused=sentence)


def full_names(facts: Sequence[WireFact], prefix: str | None) -> dict[str, WireFact]:
    """Return the declared facts by full name: the prefix, a dot, the local name.

    Raises:
        UnusableDeclaration: A fact is declared twice, or has no dotted name under this binding.
    """
    found: dict[str, WireFact] = {}
    for fact in facts:
        name = f"{prefix}.{fact.name}" if prefix else fact.name
        try:
            _DOTTED.validate_python(name)
        except ValidationError as error:
            raise UnusableDeclaration(
                f"The fact {name!r} has no dotted name; give the binding a prefix (as:)."
            ) from error
        if name in found:
            raise UnusableDeclaration(f"The collector declares {name} twice.")
        found[name] = fact
    return found


def subject_of(binding: Binding) -> Subject:
    """Return what the binding says that its evidence is about."""
    return Subject(
        offering=binding.offering, release=binding.release, build=binding.build, environment=binding.environment
    )


def _answered(asked: AskedBinding, declared: dict[str, WireFact], collector: str, result: WireResult) -> AcceptedReply:
    if asked.fault is not None:
        items = [_gap(name, asked.fault.reason, asked.redaction.line(asked.fault.sentence)) for name in declared]
        return AcceptedReply(_reply(asked, declared, collector, items), declared)
    if result.expected != len(declared) or result.obtained != len(result.items):
        raise ProtocolFault("the counts in it are not those of its own items")
    answers: dict[str, list[Item]] = {name: [] for name in declared}
    for document in result.items:
        local = document.get("fact")
        name = f"{asked.binding.prefix}.{local}" if asked.binding.prefix else str(local)
        if name not in answers:
            shown = "something" if asked.redaction.personal else asked.redaction.line(name, limit=130)
            sentence = f"The collector answered for {shown}, which it never declared; none of its answers counts."
            return _failed(asked, declared, collector, GapReason.UNDECLARED, sentence)
        answers[name].append(_item(asked, declared[name], name, document))
    items = []
    for name, given in answers.items():
        if len(given) == 1:
            items.append(given[0])
        elif given:
            items.append(_gap(name, GapReason.MALFORMED, f"The collector answered {len(given)} times for {name}."))
        elif result.stopped is not None:
            items.append(_gap(name, result.stopped.reason, asked.redaction.detail(result.stopped.detail)))
        else:
            items.append(_gap(name, GapReason.COLLECTOR_FAILED, f"The collector did not answer for {name}."))
    return AcceptedReply(_reply(asked, declared, collector, items), declared)


def _clean(asked: AskedBinding, mistake: SettingsMistake) -> SettingsMistake:
    return mistake.model_copy(update={"msg": asked.redaction.line(mistake.msg) or "It is refused."})


def _with_keys(item: Item, redaction: Redaction) -> Item:
    """Return an item with its keys as they may be recorded; those that cannot be named are counted."""
    given = item.open_items or ()
    keys = redaction.keys(given)
    left_out = (item.open_left_out or 0) + len(given) - len(keys)
    return item.model_copy(update={"open_items": keys, "open_left_out": left_out or None})


def _item(asked: AskedBinding, fact: WireFact, name: str, document: dict[str, Any]) -> Item:
    """Read one item under its full name, with its words cleaned; one that cannot be read is a gap."""
    redaction = asked.redaction
    try:
        item = Item.from_document({**document, "fact": name})
    except (GonogoError, ValidationError, ValueError):
        return _gap(name, GapReason.MALFORMED, f"The collector's answer for {name} is not of the protocol.")
    if redaction.personal is not None and item.open_items is not None:
        item = _with_keys(item, redaction)
    if redaction.leaks(item.model_dump_json(exclude={"where", "detail"})):
        return _gap(name, GapReason.MALFORMED, f"The answer for {name} holds a secret that the collector was given.")
    if redaction.personal is None and item.open_items is not None:
        item = _with_keys(item, redaction)
    where = redaction.where(item.where)
    detail = redaction.detail(item.detail, told=item.told) if item.gap is not None else ""
    if redaction.personal is None:
        return item.model_copy(update={"where": where, "detail": detail, "told": ""})
    if item.gap is not None:
        return Item(fact=name, gap=item.gap, where=where, detail=detail)
    try:
        value = None if item.value is None else read_value(fact.type, item.value)
    except ValueError:
        return _gap(name, GapReason.WRONG_TYPE, redaction.detail(""))
    if isinstance(value, str) and not redaction.personal.may_say(name, value):
        return _gap(name, GapReason.NOT_PROVABLE, f"{TEXT}.")
    return item.model_copy(
        update={
            "where": where,
            "detail": "",
            "subject": redaction.personal.subject(item.subject),
            "attested": redaction.personal.attested(item.attested),
        }
    )


def _gap(fact: str, reason: GapReason, detail: str) -> Item:
    return Item(fact=fact, gap=reason, detail=detail)


def _failed(
    asked: AskedBinding,
    declared: Mapping[str, WireFact],
    collector: str,
    reason: GapReason,
    sentence: str,
    *,
    mistakes: tuple[SettingsMistake, ...] = (),
    refused: str = "",
) -> AcceptedReply:
    failure = Failure(reason=reason, detail=sentence)
    return AcceptedReply(_reply(asked, declared, collector, [], failure=failure), declared, mistakes, refused)


def _reply(
    asked: AskedBinding,
    declared: Mapping[str, WireFact],
    collector: str,
    items: Sequence[Item],
    *,
    failure: Failure | None = None,
) -> Reply:
    return Reply(
        binding=asked.binding.id,
        collector=f"{asked.entry.name}:{collector}" if collector else asked.entry.name,
        distribution=f"{asked.entry.distribution} {asked.entry.version}".strip(),
        level=L1,
        declared=tuple(declared),
        prefix=asked.binding.prefix or "",
        subject=subject_of(asked.binding),
        producer=asked.binding.producer,
        inputs=asked.inputs,
        items=tuple(items),
        failure=failure,
        beside=tuple(asked.around.beside) or None,
        left_out=tuple(asked.around.left_out) or None,
    )
