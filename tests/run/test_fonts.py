"""Fetching fonts on machines where that cannot be done."""

from pathlib import Path

import pytest

from runner import fonts


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(fonts, "FONTS", tmp_path / "fonts")
    return tmp_path


def program(path: Path, does: str) -> None:
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)


def test_a_machine_without_apt_goes_without(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(folder))

    fonts.fetch_fonts()

    assert list((folder / "fonts").iterdir()) == []


def test_a_machine_without_network_is_told_how_to_try_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    program(folder / "apt-get", "exit 100")
    program(folder / "dpkg-deb", "exit 2")
    monkeypatch.setenv("PATH", str(folder))

    fonts.fetch_fonts()

    assert list((folder / "fonts").iterdir()) == []
    assert f"Remove {folder / 'fonts'} to try again" in capsys.readouterr().out
