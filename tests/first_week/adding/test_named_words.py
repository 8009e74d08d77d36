"""Words that look like a person's name leave the machine as digests only, and come back as what they stand for."""

from __future__ import annotations

from pathlib import Path

from gonogo.first_week.adding.named_words import concealed, revealed
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.mapping import map_file


def test_an_answer_about_a_digest_is_about_the_word_of_its_column(tmp_path: Path) -> None:
    """The same digest under another heading is none of the file's words, and is left as it stands."""
    (tmp_path / "t.csv").write_text("Key,Status\nA-1,Done\nA-2,Ada Kirsch\n", encoding="utf-8")
    asked = [SheetLine("word", word, "Status", note="1 row") for word in ("Done", "Ada Kirsch")]

    sent = concealed([*asked, SheetLine("fact", "Ada Kirsch")])

    assert [row.about for row in sent[::2]] == ["Done", "Ada Kirsch"]  # only words of columns are words of a file
    assert sent[1].about.startswith("#")
    assert sent[1].note.startswith("It looks like a person's name")
    answers = [AnsweredRow("word", sent[1].about, of, "done", "", "") for of in ("Status", "Key")]
    mapping = map_file(tmp_path / "t.csv")
    assert [row.about for row in revealed(answers, mapping)] == ["Ada Kirsch", sent[1].about]
    assert revealed(answers, None) == answers
