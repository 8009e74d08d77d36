"""The criterion and the parameter that a row of thresholds names, by whatever an office calls them."""

from __future__ import annotations

from collections.abc import Mapping

from gonogo.model.parameter import Parameter
from gonogo.model.ruleset import Criterion
from gonogo.text import did_you_mean, nearest


def criterion_named(text: str, questions: Mapping[str, Criterion]) -> Criterion | None:
    """Return the criterion that a cell names: by its id, in whatever case, or by a title that one criterion has."""
    if text in questions:
        return questions[text]
    plain = _plain(text)
    found = [each for each in questions.values() if plain in (_plain(each.id), _plain(each.title))]
    return found[0] if text and len(found) == 1 else None


def near_criterion(text: str, questions: Mapping[str, Criterion]) -> str:
    """Return what a cell may have meant that names no criterion, for a hint."""
    titles = {each.title: each.id for each in questions.values()}
    near = nearest(text, titles, most=1)
    otherwise = (
        f"`{titles[near[0]]}` has a title like that" if near else "write its id, as `gonogo ruleset show` lists it"
    )
    return did_you_mean(text, questions, otherwise=otherwise)


def parameter_named(text: str, parameters: Mapping[str, Parameter]) -> Parameter | None:
    """Return the parameter whose name a cell writes with blanks or capitals: ``Max variance``."""
    if text in parameters:
        return parameters[text]
    found = [each for name, each in parameters.items() if _plain(name) == _plain(text)]
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())
