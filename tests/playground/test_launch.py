"""The playground never runs beside a real token."""

import pytest

from bot.playground.launch import play, tell_story


def test_a_real_token_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM__TOKEN", "123:secret")
    assert (play(0, False), tell_story()) == (2, 2)
    said = capsys.readouterr().err
    assert said.count("\n") == 2
    assert "DONDOC_TELEGRAM__TOKEN" in said
    assert "secret" not in said
