"""Who ran gonogo, and where, as the environment declares it. Nobody is believed for it: no rule of two asks here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from gonogo.model.base import Frozen

Declared = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class RunBy(Frozen):
    """Who ran it and where; each is absent where the environment does not say it.

    Attributes:
        account: Name of the operating system's account.
        host: Name of the machine.
        ci: The pipeline service.
        job: Names of its pipeline and job.
        address: Where the job can be looked up, without credentials.
    """

    account: Declared | None = None
    host: Declared | None = None
    ci: Literal["GitHub Actions", "GitLab CI", "Azure Pipelines", "Jenkins"] | None = None
    job: Declared | None = None
    address: Declared | None = None
