"""What a search looks for: words, phrases in quotes, symbols."""

import pytest

from bot.language.questions.search_terms import Terms, read_terms


@pytest.mark.parametrize(
    ("said", "phrases", "begins"),
    [
        ("Báo cáo quý", "bao|cao|quy", True),
        ('"báo cáo quý" Trầm', "bao cao quy|tram", True),
        ("Trầm “báo cáo quý”", "tram|bao cao quy", False),
        ("Công văn 2618-CV/VPTU", "cong|van|2618 cv vptu", True),
        ('chưa đóng "báo cáo', "chua|dong|bao|cao", True),
        ('"" ??', "", True),
        ("", "", True),
    ],
)
def test_words_and_phrases(said: str, phrases: str, begins: bool) -> None:
    expected = tuple(tuple(phrase.split()) for phrase in phrases.split("|") if phrase)
    assert read_terms(said) == Terms(expected, begins)
