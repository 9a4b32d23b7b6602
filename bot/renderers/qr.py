"""A link as a QR picture that a phone can read."""

from io import BytesIO

import segno


def png(text: str) -> bytes:
    """Return a QR code of a text as a PNG of about 400 by 400 pixels."""
    picture = BytesIO()
    segno.make_qr(text, error="m").save(picture, kind="png", scale=9, border=4)
    return picture.getvalue()
