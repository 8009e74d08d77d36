"""Mistakes in bindings: what a program names, sets and expects of collectors, against what they declare."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from gonogo.errors import Problem
from gonogo.model.fact import Vocabulary
from gonogo.model.program import AsOfRule, Binding, Program
from gonogo.plugin.discovery import PluginEntry, find_entry
from gonogo.plugin.inputs import file_name_moment, match
from gonogo.plugin.protocol import WireFact
from gonogo.plugin.replies import AcceptedReply

UNUSABLE: Final = "G303"
SETTINGS: Final = "G304"
UNKNOWN_FACT: Final = "G305"
OTHER_TYPE: Final = "G306"
TWO_ANSWERS: Final = "G307"
INPUTS: Final = "G308"
AUTHORITY: Final = "G309"
ONE_RELEASE: Final = "G313"
ADVICE: Final = "G322"
NO_NETWORK: Final = "G323"
COMPUTED: Final = "G316"
WARNINGS: Final = frozenset({TWO_ANSWERS, ADVICE, NO_NETWORK})
"""Codes of what is reported and stops nothing."""
_NAMED: Final = 3

Answers = Sequence[tuple[Binding, AcceptedReply]]


def named_problems(program: Program, entries: Mapping[str, PluginEntry]) -> list[Problem]:
    """Return the mistakes that show without starting anything: plugins, paths and patterns."""
    found: list[Problem] = []
    for binding in program.bindings:
        entry = find_entry(binding, dict(entries), program.allow)
        if isinstance(entry, Problem):
            found.append(entry)
        found += _input_problems(binding)
    return found


def _input_problems(binding: Binding) -> Iterator[Problem]:
    def problem(what: str) -> Problem:
        return Problem(INPUTS, binding.where, f"{binding.id}: {what}.")

    for entry in binding.inputs:
        for pattern in entry.paths:
            try:
                match.components(pattern)
            except match.BadPattern as error:
                yield problem(str(error))
        if entry.as_of.rule is AsOfRule.FILE_NAME:
            try:
                file_name_moment.compiled(entry.as_of.pattern)
            except ValueError as error:
                yield problem(str(error))
        elif entry.pick_newest:
            yield problem(f"the newest {entry.name} can be picked only where as_of is read from the file name")


def settings_problems(answers: Answers, *, failures: bool = False) -> list[Problem]:
    """Return what collectors say against their settings and, with ``failures``, what kept them from declaring."""
    found: list[Problem] = []
    for binding, answer in answers:
        for mistake in answer.mistakes:
            at = ".".join(str(part) for part in ("settings", *mistake.loc))
            end = "" if mistake.msg.endswith((".", "?")) else "."
            found.append(Problem(SETTINGS, binding.where, f"{binding.id}: {at}: {mistake.msg}{end}"))
        if failures and not answer.mistakes and answer.reply.failure is not None:
            sentence = answer.refused or answer.reply.failure.detail
            found.append(Problem(UNUSABLE, binding.where, f"{binding.id}: {sentence}"))
    return found


def one_release_problems(program: Program, answers: Answers) -> list[Problem]:
    """Return the mistake of each binding that names something of one release and answers for several.

    The second release would be measured by the first one's go-live, which may be on time while its own is not planned.
    """
    names = [release.id for release in program.releases]
    return [
        Problem(
            ONE_RELEASE,
            binding.where,
            f"{binding.id}: {what} ({key}:) would be measured for {', '.join(names)}; bind this source once for each "
            f"release, with its own {key}: and `subject: {{release: {names[0]}}}`.",
        )
        for binding, answer in answers
        for key, what in answer.one_release.items()
        if len(names) > 1 and binding.release is None and key in binding.settings
    ]


def advised(answers: Answers) -> list[Problem]:
    """Return what collectors advise about their settings: allowed, and probably not meant."""
    return [
        Problem(ADVICE, binding.where, f"{binding.id}: {sentence}")
        for binding, answer in answers
        for sentence in answer.advice
    ]


def ungranted(program: Program, answers: Answers, entries: Mapping[str, PluginEntry]) -> Iterator[Problem]:
    """Yield where a collector says that it needs the network, which the program does not grant to its distribution."""
    for binding, answer in answers:
        entry = find_entry(binding, dict(entries), program.allow)
        if not answer.network or not isinstance(entry, PluginEntry) or entry.networked_by(program.allow):
            continue
        more = f" and {len(answer.network) - _NAMED} more" if len(answer.network) > _NAMED else ""
        what = (
            f"{binding.id}: its collector says that it needs the network ({', '.join(answer.network[:_NAMED])}{more})"
        )
        yield Problem(
            NO_NETWORK,
            binding.where,
            f"{what}, and the program does not grant it; where the walls hold, it will be kept from it. Write "
            f"`network: true` under plugins: allow: beside {entry.distribution} if it may.",
        )


def declared_problems(program: Program, answers: Answers, vocabulary: Vocabulary) -> list[Problem]:
    """Return where declared facts differ from the vocabulary, and where ``authority`` names what does not answer."""
    found: list[Problem] = []
    for binding, answer in answers:
        if answer.declared and all(fact.if_known and name not in vocabulary for name, fact in answer.declared.items()):
            found.append(_knows_none(binding, tuple(answer.declared)))
            continue
        for name, fact in answer.declared.items():
            found += _fact_problems(binding, name, fact, vocabulary)
    return found + list(_authority(program, answers))


def _knows_none(binding: Binding, names: Sequence[str]) -> Problem:
    """Return the one problem of a binding that answers for what a ruleset may know, and this one knows none of it."""
    few = f"{len(names)} facts, such as {names[0]!r}" if len(names) > 1 else repr(names[0])
    none = "none of them" if len(names) > 1 else "no such fact"
    return Problem(
        UNKNOWN_FACT,
        binding.where,
        f"{binding.id}: its collector answers for {few}, and the vocabulary has {none}.",
        hint="is the prefix after `as:` right? `gonogo facts` lists those of the ruleset. Where it asks for nothing "
        "of the kind, take the binding out, or add what you need by an overlay.",
    )


def _fact_problems(binding: Binding, name: str, fact: WireFact, vocabulary: Vocabulary) -> Iterator[Problem]:
    known = vocabulary.get(name)
    if known is None:
        close = difflib.get_close_matches(name, vocabulary.names(), n=1)
        hint = f"did you mean {close[0]!r}? " if close else ""
        yield Problem(
            UNKNOWN_FACT,
            binding.where,
            f"{binding.id}: its collector answers for {name!r}, which the vocabulary does not have.",
            hint=f"{hint}`gonogo facts` lists those of the ruleset; put one of them in its place, or take it out. An "
            "overlay can add facts under a prefix of its own.",
        )
        return
    if vocabulary.computed(name):
        yield Problem(
            COMPUTED,
            binding.where,
            f"{binding.id}: its collector answers for {name!r}, which gonogo computes itself.",
            hint="take it out of the settings: it follows from open items, acceptances, waivers, plans, the "
            "history of the lock, or the record of earlier runs",
        )
    if (known.type, known.unit) != (fact.type, fact.unit):
        yield Problem(
            OTHER_TYPE,
            binding.where,
            f"{binding.id}: its collector answers for {name!r} with {_kind(fact.type, fact.unit)}, "
            f"but the vocabulary says {_kind(known.type, known.unit)}.",
            hint=f"`gonogo facts {name}` shows its type, unit and meaning",
        )


def _kind(kind: str, unit: str) -> str:
    return f"a value of type {kind} in {unit}" if unit else f"a value of type {kind}"


def doubled_problems(program: Program, answers: Answers) -> Iterator[Problem]:
    """Yield where two bindings answer for one fact and ``authority`` does not say which counts.

    For people who set up a program. A run does not refuse it: admission takes the fact only if the two agree.
    """
    for number, (binding, answer) in enumerate(answers):
        groups: dict[tuple[str, ...], list[str]] = {}
        for name in sorted(answer.declared.keys() - program.authority.keys()):
            same = tuple(
                first.id
                for first, other in answers[:number]
                if name in other.declared
                and (first.release == binding.release or None in (first.release, binding.release))
            )
            if same:
                groups.setdefault(same, []).append(name)
        for same, names in groups.items():
            which = f"{', '.join(same)} {'does' if len(same) == 1 else 'do'}"
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            yield Problem(
                TWO_ANSWERS,
                binding.where,
                f"{binding.id}: answers for {', '.join(names[:_NAMED])}{more}, as {which}.",
                hint=f"keep one, say which one counts (authority: {{{names[0]}: {same[0]}}}), or change a prefix",
            )


def _authority(program: Program, answers: Answers) -> Iterator[Problem]:
    bindings = {binding.id for binding in program.bindings}
    asked = {binding.id: answer for binding, answer in answers}
    for name, chosen in program.authority.items():
        if chosen not in bindings:
            close = difflib.get_close_matches(chosen, bindings, n=1)
            hint = f"did you mean {close[0]!r}?" if close else ""
            yield Problem(AUTHORITY, "", f"authority: {name}: there is no binding {chosen!r}.", hint=hint)
        elif chosen in asked and asked[chosen].reply.failure is None and name not in asked[chosen].declared:
            where = next(binding.where for binding in program.bindings if binding.id == chosen)
            yield Problem(AUTHORITY, where, f"authority: {name}: the binding {chosen!r} does not answer for it.")
