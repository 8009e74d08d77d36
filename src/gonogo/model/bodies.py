"""Names that read like an office, a board, a shared mailbox or a service: nobody knows which person signed as them."""

from __future__ import annotations

from typing import Final

from gonogo.model.machine_name import only_machine, says_machine
from gonogo.model.placeholder import plain_words


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BODIES: Final = _listed("""
    pmo pmos epmo ccb cab helpdesk servicedesk mailbox inbox hotline committee department dept directorate secretariat
    taskforce office offices team teams desk group division bureau agency leadership administrators admins noreply
""")
"""Words that are nobody's surname."""
_ALSO_SURNAMES: Final = _listed("board council support panel commission branch unit staff")
_GENERIC: Final = _listed("""
    a an and for of the our all it hr cio cfo change control configuration program programme project projects
    management manager managers help service services review steering advisory executive governance risk release
    migration customer provider vendor vendors contractor contractors technical business operations security finance
    financial payroll
    shared user users end line first second level working system systems data quality test testing readiness
""")


def names_a_body(name: str) -> bool:
    """Whether a name reads like a body or a service: ``PMO``, ``Help desk``, ``pmo@agency.gov``, ``svc-ada``.

    *Sandra Board* is a person: a word that is a surname too tells a body only where no other word names anybody.
    """
    words = plain_words(name.partition("@")[0]).split()
    if any(word in _BODIES for word in words) or says_machine(words) or only_machine(words, named=False):
        return True
    named = all(word in _GENERIC or word in _ALSO_SURNAMES for word in words)
    return named and any(len(word) > 2 for word in words)
