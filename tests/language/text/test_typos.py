"""Typing slips stand for the words meant, and never change a word of the language."""

import pytest

from bot.language.text.syllables import is_syllable
from bot.language.text.typos import mend
from tests.language.corpus import STYLES, rows


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("viêc", "việc"),
        ("nagy", "ngay"),
        ("chiueef", "chiều"),
        ("truwowcs", "trước"),
        ("thuws", "thứ"),
        ("nưã", "nữa"),
        ("chiêù", "chiều"),
        ("vòngg", "vòng"),
        ("nămm", "năm"),
    ],
)
def test_a_slip_stands_for_the_word_meant(slip: str, meant: str) -> None:
    assert mend(slip) == meant


@pytest.mark.parametrize(
    "word",
    ["tuân", "thư", "tháng", "việc", "trong", "nữa", "nửa", "camera", "deadline", "sau", "quý"],
)
def test_a_word_of_its_own_is_left_alone(word: str) -> None:
    assert mend(word) == word


def test_what_is_written_with_marks_in_the_corpus_is_made_of_syllables() -> None:
    row = next(row for row in rows(STYLES[0]) if "hoàn thành" in row.text)
    assert all(is_syllable(word) for word in row.text.lower().split() if word.isalpha())


@pytest.mark.parametrize("slip", ["viêc", "hêt", "trcươ", "thnág", "nagy"])
def test_a_slip_made_by_rule_is_no_syllable(slip: str) -> None:
    assert not is_syllable(slip)
