"""A key that is misspelt is told once: by what stands there, with what was meant."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gonogo.documents.known_keys import keys_at, misspelt, without_misspelt


class Inner(BaseModel):
    """A part of the form."""

    model_config = ConfigDict(extra="forbid")
    require: str
    severity: str = "advisory"


class Outer(BaseModel):
    """A form with parts in each way that forms have them."""

    model_config = ConfigDict(extra="forbid")
    one: Inner | None = None
    listed: Annotated[list[Inner], Field(default_factory=list)]
    fixed: tuple[Inner, ...] = ()
    named: dict[str, Inner] = {}


def told(value: object) -> list[tuple[str, str]]:
    """Return the mistakes that are told, as kind and last step."""
    try:
        Outer.model_validate(value)
    except ValidationError as error:
        details = without_misspelt(error.errors())
        return [(detail["type"], str(detail["loc"][-1])) for detail in details]
    return []


def test_the_keys_of_each_part_are_known():
    """A hint that names keys of another level sends people to a place where the key is unknown too."""
    for loc in (("one",), ("listed", 0), ("fixed", 3), ("named", "x")):
        assert keys_at(Outer, loc) == ["require", "severity"]
    assert keys_at(Outer, ()) == ["one", "listed", "fixed", "named"]


def test_a_misspelt_key_is_not_also_missing():
    """It stands there: who is told that `require` is missing looks for it in vain."""
    assert told({"one": {"requre": "x"}}) == [("extra_forbidden", "requre")]


def test_a_key_that_is_missing_beside_an_unlike_one_is_told():
    """Two mistakes are two lines."""
    assert told({"one": {"colour": "x"}}) == [("missing", "require"), ("extra_forbidden", "colour")]


def test_a_misspelt_key_of_another_part_hides_nothing():
    """The second entry has none, however the first one spells it."""
    assert told({"listed": [{"requre": "x"}, {}]}) == [("extra_forbidden", "requre"), ("missing", "require")]


def test_only_a_near_key_is_the_missing_one():
    """`on` and `seen` are two keys."""
    assert misspelt("person", ["persn"])
    assert not misspelt("on", ["seen"])
    assert not misspelt("on", [])
