"""Whether a gap is settled in the program file or in the source: the two are different people's work. Pure.

A source that is as its maker meant it and that the settings describe otherwise is for the program office, which keeps
gonogo.yaml. Messages of collectors name the settings where file and settings disagree; what they say is recognized
here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from gonogo.model.evidence import Gap, GapReason
from gonogo.model.program import STATEMENTS, Binding

KEEPERS: Final = ("customer.pmo_lead", "customer.program_manager")
"""Seats that keep gonogo.yaml, the first of them that anybody holds."""
FILL_IN_ACT: Final = "fill in what gonogo.yaml leaves open about {what}"
"""What a keeper is asked to do about a source whose settings nobody filled in."""
CONFIRM: Final = "check and confirm what gonogo.yaml says about {what}"
"""What a keeper is asked to do about a binding that nobody has confirmed."""
NO_BUILD_RELEASED: Final = "The program file does not say which build is released (releases: subjects)."
NO_BUILD_NAMED: Final = (
    "Neither the document nor the binding says which build it is about. Name the column or property that says it "
    "(subject, build_property), or say it in the binding: subject: {build: ...}."
)
"""Details of gaps whose evidence may be good: only gonogo.yaml does not say what is released, or what it is about."""
SAY_RELEASED: Final = "say in gonogo.yaml which build is released (releases: subjects); {what} must be about that build"
SAY_ABOUT: Final = "say in gonogo.yaml which build {what} is about (subject: {{build: …}} of the binding)"
BIND_INSTEAD: Final = "bind a source that says which build it is about, instead of {what}"
"""What a keeper is asked to do about either; the last about what people state, which names no build."""
_FILL_IN: Final = "FILL IN"
_SETTINGS: Final = re.compile(
    r"\b(?:the|these|binding's) settings?\b|\bin gonogo\.yaml\b|\bFILL IN\b|\ballowed texts\b|\bthe header lacks\b"
)
_READ: Final = frozenset(
    {GapReason.MISSING, GapReason.MALFORMED, GapReason.WRONG_TYPE, GapReason.NOT_PROVABLE, GapReason.OUT_OF_RANGE}
)


def in_program_file(gap: Gap, binding: Binding | None) -> bool:
    """Whether what is wrong is between a source and what the program file says about it.

    What people state is theirs. A file that is not there is nobody's setting, unless the setting was never filled in.
    What is released, what a source or a statement is about, and that a binding is confirmed, is said in the program
    file alone.
    """
    if subject_act(gap) or gap.reason is GapReason.UNCONFIRMED:
        return True
    if gap.reason is GapReason.COUNTED_DIFFERENTLY:
        return binding is not None and binding.plugin != STATEMENTS
    if binding is None or binding.plugin == STATEMENTS or gap.reason not in _READ:
        return False
    if unfilled(binding):
        return True
    return bool(gap.sources) and _SETTINGS.search(gap.detail) is not None


def subject_act(gap: Gap, binding: Binding | None = None) -> str:
    """Return what to do about evidence whose build only the program file does not say; empty for others."""
    if gap.reason is not GapReason.WRONG_SUBJECT:
        return ""
    if NO_BUILD_RELEASED in gap.detail:
        return SAY_RELEASED
    stated = binding is not None and binding.plugin == STATEMENTS
    return "" if NO_BUILD_NAMED not in gap.detail else BIND_INSTEAD if stated else SAY_ABOUT


def unfilled(binding: Binding) -> bool:
    """Whether the binding of a source still has a setting that nobody filled in."""
    return any(says_fill_in(value) for value in (binding.settings, *(entry.paths for entry in binding.inputs)))


def unfilled_of(bindings: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """Return the ids of recorded bindings that still have a setting that nobody filled in."""
    return frozenset(
        name for name, each in bindings.items() if says_fill_in((each.get("settings"), each.get("inputs")))
    )


def says_fill_in(value: Any) -> bool:
    """Whether a setting, or anything in it, still holds the words that ``init`` and ``map`` leave to be replaced."""
    if isinstance(value, Mapping):
        return any(says_fill_in(each) for pair in value.items() for each in pair)
    if isinstance(value, (list, tuple)):
        return any(map(says_fill_in, value))
    return isinstance(value, str) and _FILL_IN in value
