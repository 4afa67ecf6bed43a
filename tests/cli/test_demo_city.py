"""The demo's care for folders, ports and its password."""

import socket

import pytest
import typer

from sihao.cli import demo_city


def test_a_folder_that_is_no_demo_is_never_thrown_away(tmp_path):
    precious = tmp_path / "report.docx"
    precious.write_text("年度报告", encoding="utf-8")
    with pytest.raises(typer.Exit):
        demo_city.throw_away(tmp_path)
    assert precious.exists()


def test_a_demo_folder_is_thrown_away_whole(tmp_path):
    home = tmp_path / "demo"
    home.mkdir()
    (home / demo_city.MARK).write_text("begun", encoding="utf-8")
    demo_city.throw_away(home)
    assert not home.exists()


def test_a_taken_port_is_said_before_anything_starts(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(typer.Exit):
            demo_city.refuse_taken(port)
    assert f"port {port} is taken" in capsys.readouterr().err


def test_the_password_is_drawn_once_and_kept_for_its_owner(tmp_path, monkeypatch):
    monkeypatch.delenv("SIHAO_DEMO_PASSWORD", raising=False)
    drawn = demo_city.demo_password(tmp_path)
    assert demo_city.demo_password(tmp_path) == drawn
    assert (tmp_path / "demo-password").stat().st_mode & 0o077 == 0

    monkeypatch.setenv("SIHAO_DEMO_PASSWORD", "own-2026")
    assert demo_city.demo_password(tmp_path) == "own-2026"
