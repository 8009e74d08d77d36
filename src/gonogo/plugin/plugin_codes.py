"""The registry of error codes of plugins and bindings. Numbers are never given twice."""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    "G301": "A binding or `-o` names a plugin that is not installed.",
    "G302": "A binding or `-o` names a plugin that the program does not allow to run.",
    "G303": "A collector cannot be used as the binding names it: it does not load, or does not say what it owes.",
    "G304": "A collector refuses the binding's settings.",
    "G305": "A collector answers for a fact that the vocabulary does not have.",
    "G306": "A collector answers for a fact with a type or unit other than the vocabulary's.",
    "G307": "Warning: two bindings answer for one fact, and nothing says which one counts.",
    "G308": "A binding's path or pattern cannot be used.",
    "G309": "`authority` names a binding that is not there or does not answer for the fact.",
    "G310": "The key that hides identifiers from personal data is missing, readable by others, or in the wrong place.",
    "G311": "Warning: sources are marked CUI or PII, and the program has no marking for its reports.",
    "G312": "Warning: a copy of a source of personal data would be kept.",
    "G315": "Warning: headings of a table are about people, and the source is neither marked nor explained.",
    "G316": "A collector answers for a fact that gonogo computes, from registers, acceptances, waivers, plans or lock.",
    "G320": "Warning: a newer or different version of a bound file, or a copy of it, is next to it.",
    "G321": "Warning: no binding reads a file in a folder of evidence.",
    "G322": "Warning: a collector advises to say more in the binding's settings.",
    "G323": "Warning: a plugin says that it needs the network, and the program does not grant it.",
    "G324": "Warning: a binding names a file that the program calls no evidence.",
    "G325": "Warning: a binding means files of which none is read.",
    "G313": "One go-live activity would be measured for several releases.",
}
"""Code to meaning, in the order of the reference page."""
