"""A link as a picture."""

from bot.renderers import qr


def test_a_picture_that_a_phone_can_read_from_a_screen() -> None:
    picture = qr.png("https://t.me/dondoc_bot?start=" + "x" * 32)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    assert width == height
    assert width >= 300
    assert len(picture) < 20_000
