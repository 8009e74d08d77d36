"""How the two sides are called reaches the collector of statements, whatever letters their names have."""

from gonogo.documents.xlsx.typed_ids import known_in
from gonogo.model.people import PeopleRegister
from gonogo.model.spoken import Spoken, spoken_of

NAMES = {"customer": "Ministère des Finances", "provider": "東京 Services"}


def test_a_name_of_any_letters_goes_to_a_collector() -> None:
    """A canonical document has keys in ASCII alone: an agency with an accent in its name could not be assessed."""
    spoken = spoken_of(PeopleRegister(tenures=()), **NAMES)

    assert Spoken.model_validate_json(spoken.canonical()).sides == NAMES
    assert known_in(spoken, []).sides == {name: side for side, name in NAMES.items()}
