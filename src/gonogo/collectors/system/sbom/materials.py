"""What a bill of materials lists, whichever format it is in."""

from __future__ import annotations

from dataclasses import dataclass

from gonogo.collectors.known_exploited import NamedCves


@dataclass(frozen=True, slots=True)
class Weakness:
    """One vulnerability of the product.

    Attributes:
        cves: Its CVE numbers.
        name: What people call it.
        severity: ``none``, ``info``, ``low``, ``medium``, ``high`` or ``critical``; empty where nobody says.
        components: References of what it affects, each with its name; empty where the bill does not say.
        affects: Whether it affects the product, by the bill's own analysis; it does where nobody analyzed it.
    """

    cves: NamedCves
    name: str
    severity: str
    components: tuple[tuple[str, str], ...]
    affects: bool

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """What is counted: each component by its reference, or the weakness itself where the bill names none."""
        return self.components or ((f"weakness {self.name}", self.name),)


@dataclass(frozen=True, slots=True)
class Materials:
    """A bill of materials.

    Attributes:
        components: How many the product contains at run time.
        unversioned: How many have no version, so that no scanner can match them.
        weaknesses: Those that a scanner found; None where the document lists none at all, which is no clean scan.
        made: When it was made, as written; empty where it does not say.
        builds: What it calls the build that it is about.
        open_parts: Why its list of components is not whole, by its own words; empty where it does not say so.
        open_weaknesses: The same of its list of weaknesses.
        vague: How many of its components it says about that it does not list all that is in them.
    """

    components: int
    unversioned: int
    weaknesses: tuple[Weakness, ...] | None
    made: str
    builds: tuple[str, ...]
    open_parts: str = ""
    open_weaknesses: str = ""
    vague: int = 0
