"""Words by which a name is that of a service, or of nobody in particular: of authors, reviewers and who signs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ALWAYS: Final = _listed("""
    bot bots robot svc cicd automation automated pipeline pipelines serviceaccount dependabot
    renovatebot mergebot buildbot
""")
"""Words by which a name is that of a machine, whatever stands beside them."""
_TOGETHER: Final = _listed("""
    ci cd build builder server runner agent service services account system deploy deployer deployment release merge
    queue train job jobs tool tools auto automatic continuous integration delivery web flow action actions git github
    gitlab bitbucket gitea azure devops circle circleci teamcity buildkite mergify bors renovate greenkeeper snyk sonar
    sonarqube sonarcloud codecov copilot admin administrator root daemon user travis jenkins bamboo
""")
"""Words by which a name is that of a machine or of nobody in particular if it has no others."""
_NAMES_TOO: Final = _listed("travis jenkins")
"""Those that people are called by; before an ``@`` they show nothing."""


def says_machine(words: Collection[str]) -> bool:
    """Whether one of some plain words is that of a machine, whatever stands beside it."""
    return not _ALWAYS.isdisjoint(words)


def only_machine(words: Collection[str], *, named: bool = True) -> bool:
    """Whether some plain words are those of a machine together.

    Args:
        words: The words.
        named: Whether they are a name; else what stands before an ``@``, where a person's own name shows nothing.
    """
    return bool(words) and _TOGETHER - (frozenset() if named else _NAMES_TOO) >= {*words}
