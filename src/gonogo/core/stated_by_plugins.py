"""Whom a plugin names as the one who states something: no file of statements shows that they did. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gonogo.core.wording import listing
from gonogo.model.decision import Reliance, Trusted
from gonogo.model.evidence import Evidence
from gonogo.model.people import PeopleRegister
from gonogo.model.program import STATEMENTS, Binding


def stated_by_plugins(sources: Iterable[tuple[Evidence, Binding]], people: PeopleRegister) -> Iterator[Trusted]:
    """Yield a sentence for each person and binding where a plugin alone says that this person stated a fact.

    Args:
        sources: What asked criteria read, with the binding that it is from.
        people: The register.
    """
    found: dict[tuple[str, str, str], list[str]] = {}
    for value, binding in sources:
        for statement in value.attested if binding.plugin != STATEMENTS else ():
            facts = found.setdefault((binding.id, binding.plugin, statement.person), [])
            if value.fact not in facts:
                facts.append(value.fact)
    for (binding_id, plugin, person), facts in found.items():
        name = people.names.get(person, person)
        sentence = (
            f"{binding_id}: that {name} states {listing(facts, most=3)} is what the plugin {plugin} says; gonogo has "
            "seen no statement of that person (plugins)."
        )
        yield Trusted(by=Reliance.PLUGINS, subject=facts[0], sentence=sentence)
