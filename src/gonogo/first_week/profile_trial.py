"""The examples of a profile, read by the table collector in its child process, against the answers that are right."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from gonogo.model.people import Side
from gonogo.model.program import AsOf, AsOfRule, Binding, InputPath, Program, ProgramIdentity, Release
from gonogo.model.reply import Item, Reply
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.host import collect
from gonogo.profiles.example_files import example_file
from gonogo.profiles.expanding import expanded
from gonogo.profiles.profile import Example, Profile

NOW: Final = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)
"""Examples hold on the day before."""
_HELD: Final = datetime(2027, 4, 18, 20, 0, tzinfo=UTC)


def tried_profiles(profiles: Sequence[Profile]) -> Iterator[tuple[Profile, Example, list[str]]]:
    """Yield each example with what is wrong about it; nothing where every answer is right."""
    cases = [(profile, example) for profile in profiles for example in profile.examples]
    with tempfile.TemporaryDirectory(prefix="gonogo-profile-") as folder:
        replies = _replies(cases, Path(folder))
    for (profile, example), reply in zip(cases, replies, strict=True):
        yield profile, example, list(_wrong(example, reply))


def _replies(cases: Sequence[tuple[Profile, Example]], root: Path) -> list[Reply]:
    bindings = [_binding(number, profile, example, root) for number, (profile, example) in enumerate(cases)]
    release = Release(id="wave-1", go_live=datetime(2027, 5, 3, 16, 0, tzinfo=UTC))
    program = Program(
        identity=ProgramIdentity(id="profiles", customer="Customer", provider="Provider", time_zone="America/New_York"),
        releases=(release,),
        ruleset="m3-baseline@1.0.0",
        bindings=tuple(bindings),
    )
    found = {reply.binding: reply for reply in collect(CollectionRequest(program, root, release, NOW))}
    return [found[binding.id] for binding in bindings]


def _binding(number: int, profile: Profile, example: Example, root: Path) -> Binding:
    name, data = example_file(profile, example)
    path = root / str(number) / name
    path.parent.mkdir()
    path.write_bytes(data)
    said = AsOf(rule=AsOfRule.SAID, at=_HELD, by="Ada Kirsch")
    made = expanded(profile, prefix=example.prefix, answers=example.answers, own=example.settings)
    return Binding(
        id=f"example-{number}",
        plugin="table",
        prefix=example.prefix,
        inputs=(InputPath(name="file", paths=(f"{number}/{name}",), as_of=said),),
        side=Side.PROVIDER,
        producer="Example",
        settings=made.settings,
    )


def _wrong(example: Example, reply: Reply) -> Iterator[str]:
    if reply.failure is not None:
        yield reply.failure.detail
        return
    start = f"{example.prefix}." if example.prefix else ""
    found = {item.fact.removeprefix(start): item for item in reply.items}
    for fact in sorted(found.keys() | example.right.keys()):
        item, right = found.get(fact), example.right.get(fact)
        if item is None:
            yield f"{fact}: the example has an answer for it, and the profile none"
        elif right is None:
            yield f"{fact}: the example does not say what is right; it comes to {_said(item)}"
        elif _said(item) != right:
            why = f" ({item.detail})" if item.gap is not None else ""
            yield f"{fact}: comes to {_said(item)}, and {right} is right{why}"


def _said(item: Item) -> str:
    if item.gap is not None:
        return "gap"
    return f"{item.part} of {item.whole}" if item.whole is not None else str(item.value)
