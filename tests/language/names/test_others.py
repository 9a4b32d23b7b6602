"""Who supports and who follows a task that has its lead: the answer to "Sửa phối hợp"."""

import pytest

from bot.language.names.people import read_others
from bot.language.readings import Part
from tests.language.office import demo_office

ROSTER = demo_office()
SIGNS = {Part.LEAD: "!", Part.SUPPORT: "+", Part.FOLLOW: "~"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Trầm, anh Mẫn", "Trầm+ Mẫn+"),
        ("phối hợp đồng chí Trầm, đồng chí Không Có; Lộc Ninh theo dõi", "Trầm+ Có+ Ninh~"),
        ("Trầm theo dõi; Lộc Ninh phối hợp", "Trầm~ Ninh+"),
        ("phối hợp phòng Quản trị, theo dõi anh Lộc Ninh", "Ninh~ trị+"),
        ("Phối hợp: Trầm. Theo dõi: Lộc Ninh", "Trầm+ Ninh~"),
        ("phoi hop phong Quan tri, chi Tram theo doi", "Trầm~ trị+"),
        ("phối hợp Trầm, Mẫn; theo dõi Lộc Ninh, Vy", "Trầm+ Mẫn+ Ninh~ Vy~"),
        ("Lộc Ninh theo dõi", "Ninh~"),
    ],
)
def test_the_words_beside_a_name_say_its_part(said: str, expected: str) -> None:
    found = read_others(said, ROSTER)
    named = [f"{one.name.split()[-1]}{SIGNS[one.part]}" for one in found.people]
    named += [f"{one.name.split()[-1]}{SIGNS[one.part]}" for one in found.units]
    assert named == expected.split()
