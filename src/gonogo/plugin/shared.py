"""Sources that several releases share although they speak of one of them."""

from __future__ import annotations

from typing import Final

from gonogo.errors import Problem
from gonogo.model.program import Program

ONE_GO_LIVE: Final = "G313"


def shared_problems(program: Program) -> list[Problem]:
    """Return the mistake of each binding that names one go-live activity and answers for several releases.

    The second release would be measured by the first one's go-live, which may be on time while its own is not planned.
    """
    names = [release.id for release in program.releases]
    return [
        Problem(
            ONE_GO_LIVE,
            binding.where,
            f"{binding.id}: the one go-live activity that it names (golive:) would be measured for {', '.join(names)}; "
            f"bind the schedule once for each release, with its own golive: and `subject: {{release: {names[0]}}}`.",
        )
        for binding in program.bindings
        if len(names) > 1 and binding.release is None and "golive" in binding.settings
    ]
