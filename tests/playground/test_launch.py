"""The playground never runs beside a real token."""

import socket

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


def test_a_taken_port_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert play(taken.getsockname()[1], False) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "--port" in said
