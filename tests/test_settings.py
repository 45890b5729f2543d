"""Settings: a file, variables over it, and errors that name the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from coltiva.errors import InputFileError
from coltiva.settings import apply_settings, chosen_port, settings_file


def test_variables_go_before_the_file(tmp_path: Path) -> None:
    """What the file says fills only what no variable says."""
    path = tmp_path / "config.toml"
    path.write_text('language = "it"\nport = 7400\ndata_folder = "/srv/coltiva"\n')
    environment = {"COLTIVA_CONFIG": str(path), "COLTIVA_PORT": "7500"}
    apply_settings(environment)
    assert (environment["COLTIVA_LANGUAGE"], environment["COLTIVA_DATA"], chosen_port(environment)) == ("it", "/srv/coltiva", 7500)


def test_without_a_file_the_defaults_count(tmp_path: Path) -> None:
    """No file is no error."""
    environment = {"XDG_CONFIG_HOME": str(tmp_path), "APPDATA": str(tmp_path)}
    apply_settings(environment)
    assert chosen_port(environment) == 7333
    assert settings_file({"COLTIVA_CONFIG": str(tmp_path / "x.toml")}) == tmp_path / "x.toml"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("port = 70000", "port: expected a whole number from 1 to 65535; got 70000"),
        ("port = true", "port: expected a whole number"),
        ('language = "nl"', "language: expected one of en, it"),
        ('colour = "red"', "expected language, port, data_folder; got 'colour'"),
        ("port =", "expected settings such as port = 7333"),
        ("data_folder = 3", "data_folder: expected a text; got 3"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, content: str, message: str) -> None:
    """The error says which file, what was expected and what came."""
    path = tmp_path / "config.toml"
    path.write_text(content)
    with pytest.raises(InputFileError, match=f"config.toml.*{message}"):
        apply_settings({"COLTIVA_CONFIG": str(path)})


@pytest.mark.parametrize("port", ["x", "0", "70000", "٣"])
def test_a_wrong_port_is_named(port: str) -> None:
    """A variable that holds no port is told."""
    with pytest.raises(InputFileError, match="expected a port"):
        chosen_port({"COLTIVA_PORT": port})
