"""The user's settings: a small file, environment variables over it, and the options of a command over both."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from coltiva.errors import InputFileError
from coltiva.library import LANGUAGES

DEFAULT_PORT = 7333
# Setting → the environment variable that counts instead of it.
VARIABLES = {"language": "COLTIVA_LANGUAGE", "port": "COLTIVA_PORT", "data_folder": "COLTIVA_DATA"}


def settings_file(environment: Mapping[str, str]) -> Path:
    """Return where the settings are, as the system wants it; ``COLTIVA_CONFIG`` names another file."""
    if named := environment.get("COLTIVA_CONFIG"):
        return Path(named).expanduser()
    if sys.platform == "win32":
        return Path(environment.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "Coltiva" / "config.toml"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Coltiva" / "config.toml"
    return Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "coltiva" / "config.toml"


def apply_settings(environment: MutableMapping[str, str] = os.environ) -> None:
    """Put what the file says into the variables that *environment* leaves open.

    Raises:
        InputFileError: the file cannot be read, or holds something else than settings.
    """
    path = settings_file(environment)
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        content = {}
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise InputFileError(message, "unreadable", file=path, reason=error.strerror) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path}: expected settings such as port = {DEFAULT_PORT}; {error}"
        raise InputFileError(message, "bad_settings", file=path, reason=error) from None
    for name, value in content.items():
        environment.setdefault(_variable(name, path), _checked(name, value, path))


def chosen_port(environment: Mapping[str, str]) -> int:
    """Return the server's port by the settings; InputFileError where it is none."""
    return port_from(environment.get("COLTIVA_PORT") or str(DEFAULT_PORT), "COLTIVA_PORT")


def port_from(text: str, where: str) -> int:
    """Return the port that *text* names; InputFileError with *where* it stands where it is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= 65_535):
        message = f"{where}: expected a port from 1 to 65535; got {text!r}"
        raise InputFileError(message, "bad_port", where=where, got=repr(text))
    return int(text)


def _variable(name: str, path: Path) -> str:
    if name not in VARIABLES:
        known = ", ".join(VARIABLES)
        message = f"{path}: expected {known}; got {name!r}"
        raise InputFileError(message, "unknown_setting", file=path, got=repr(name), expected=known)
    return VARIABLES[name]


def _checked(name: str, value: object, path: Path) -> str:
    """Return a setting as its variable holds it."""
    if name == "port":
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 65_535:
            message = f"{path}: port: expected a whole number from 1 to 65535; got {value!r}"
            raise InputFileError(message, "bad_port", where=path, got=repr(value))
    elif not isinstance(value, str) or not value:
        message = f"{path}: {name}: expected a text; got {value!r}"
        raise InputFileError(message, "setting_no_text", file=path, name=name, got=repr(value))
    elif name == "language" and value not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        message = f"{path}: language: expected one of {known}; got {value!r}"
        raise InputFileError(message, "unknown_language", got=repr(value), expected=known)
    return str(value)
