"""The packages for the stores: the extension's own files, the same bytes each time, without the other browser's keys."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from coltiva.cli import main
from coltiva.errors import ExtensionFilesError
from coltiva.extension_packages import extension_folder, write_packages


def test_two_packages_with_the_same_bytes_each_time(tmp_path: Path) -> None:
    """A copy of the files with other times gives the same packages, byte for byte."""
    copy = tmp_path / "copy"
    shutil.copytree(extension_folder(), copy)
    for path in copy.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(0o700)
    first, second = write_packages(extension_folder(), tmp_path / "a"), write_packages(copy, tmp_path / "b")
    assert [path.name.rsplit("-", 1)[1] for path in first] == ["chrome.zip", "firefox.zip"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_each_store_gets_its_own_manifest(tmp_path: Path) -> None:
    """What a manifest names is in the package, and nothing in it is for the other browser."""
    manifests = {}
    for path in write_packages(extension_folder(), tmp_path):
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            manifest = manifests[path.stem.rsplit("-", 1)[1]] = json.loads(package.read("manifest.json"))
        assert {*(script for entry in manifest["content_scripts"] for script in entry["js"]), *manifest["icons"].values()} <= set(names)
        assert names == sorted(names)
        assert not [name for name in names if name.endswith(".d.ts")]
    assert manifests["chrome"]["background"]["service_worker"]
    assert "scripts" not in manifests["chrome"]["background"]
    assert not {"key", "sidebar_action", "browser_specific_settings"} & manifests["chrome"].keys()
    assert manifests["firefox"]["background"]["scripts"]
    assert "sidePanel" not in manifests["firefox"]["permissions"]
    assert not {"key", "side_panel"} & manifests["firefox"].keys()


def test_the_command_names_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Alone it names the folder; with --zip it names the packages; where it cannot write it says so."""
    assert main(["extension"]) == 0
    assert Path(capsys.readouterr().out.strip(), "manifest.json").is_file()
    assert main(["extension", "--zip", str(tmp_path / "new")]) == 0
    assert [Path(line).is_file() for line in capsys.readouterr().out.split()] == [True, True]
    (tmp_path / "file").write_text("x")
    assert main(["extension", "--zip", str(tmp_path / "file")]) == 2
    assert "file" in capsys.readouterr().err
    with pytest.raises(ExtensionFilesError):
        write_packages(tmp_path / "nowhere", tmp_path)
