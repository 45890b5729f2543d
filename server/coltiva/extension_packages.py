"""The browser extension's folder, and the packages that the stores take: the same bytes from the same files."""

from __future__ import annotations

import argparse
import json
import zipfile
from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from coltiva.commands import begin
from coltiva.errors import ExtensionFilesError
from coltiva.speech import Speech

Manifest = Mapping[str, Any]
# For those who write the extension, not for those who use it.
_UNPACKED_FILES = ("*.d.ts",)
_FIREFOX_KEYS = ("sidebar_action", "browser_specific_settings")
_CHROME_KEYS = ("side_panel", "minimum_chrome_version", "key")
_EARLIEST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def extension_folder() -> Path:
    """Return the folder of the extension, in a checkout or in an installed wheel."""
    packaged = Path(str(resources.files("coltiva"))) / "extension"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "extension"


def chrome_manifest(manifest: Manifest) -> dict[str, Any]:
    """Return the manifest for the Chrome Web Store, which gives the extension its own key."""
    kept = {name: value for name, value in manifest.items() if name not in _FIREFOX_KEYS and name != "key"}
    background = manifest["background"]
    return kept | {"background": {"service_worker": background["service_worker"], "type": background["type"]}}


def firefox_manifest(manifest: Manifest) -> dict[str, Any]:
    """Return the manifest for addons.mozilla.org."""
    kept = {name: value for name, value in manifest.items() if name not in _CHROME_KEYS}
    background = manifest["background"]
    # Firefox gives every installation another address anyway.
    resources_ = [
        {name: value for name, value in entry.items() if name != "use_dynamic_url"}
        for entry in manifest.get("web_accessible_resources", ())
    ]
    return kept | {
        "permissions": [name for name in manifest["permissions"] if name != "sidePanel"],
        "background": {"scripts": background["scripts"], "type": background["type"]},
        "web_accessible_resources": resources_,
    }


PACKAGES: Mapping[str, Callable[[Manifest], dict[str, Any]]] = {"chrome": chrome_manifest, "firefox": firefox_manifest}


def write_packages(folder: Path, target: Path) -> list[Path]:
    """Write one zip for each store into *target*, which is made where it is missing.

    Raises:
        ExtensionFilesError: *folder* holds no extension, or *target* cannot be written.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        target.mkdir(parents=True, exist_ok=True)
        written = []
        for store, adapt in PACKAGES.items():
            path = target / f"coltiva-{manifest['version']}-{store}.zip"
            _write_package(path, folder, json.dumps(adapt(manifest), ensure_ascii=False, indent=2) + "\n")
            written.append(path)
    except OSError as error:
        file = error.filename or target
        message = f"{file}: {error.strerror}"
        raise ExtensionFilesError(message, "unusable_file", file=file, reason=error.strerror) from error
    return written


def _write_package(path: Path, folder: Path, manifest: str) -> None:
    """Write the files in order of their names, without times, owners or modes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for file in sorted(p for p in folder.rglob("*") if p.is_file() and not any(map(p.match, _UNPACKED_FILES))):
            name = file.relative_to(folder).as_posix()
            content = manifest.encode() if name == "manifest.json" else file.read_bytes()
            package.writestr(zipfile.ZipInfo(name, _EARLIEST_ZIP_TIME), content, zipfile.ZIP_DEFLATED, 9)


def add_extension_command(commands: Any, say: Speech) -> None:
    """Add ``coltiva extension``: where the folder is, and with ``--zip`` the packages."""
    parser = begin(commands, "extension", say("help", "extension"))
    parser.add_argument("--zip", metavar=say("metavars", "folder"), type=Path, help=say("help", "extension_zip"))

    def run(options: argparse.Namespace) -> int:
        folder = extension_folder()
        for path in write_packages(folder, options.zip) if options.zip else [folder]:
            print(path)
        return 0

    parser.set_defaults(run=run)
