"""The stores' own check of the packages finds nothing that they refuse."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from coltiva.extension_packages import extension_folder, write_packages

from ..extension.node import CHECKS, install_packages, run_node

# Asked for only where the browser has it; and no phone is served.
EXPECTED = {"UNSUPPORTED_API", "KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION"}
# In the folder that serves both browsers, what is the other one's.
EXPECTED_UNPACKED = EXPECTED | {"MANIFEST_PERMISSIONS", "BACKGROUND_SERVICE_WORKER_IGNORED"}


@pytest.mark.parametrize("what", ["folder", "package"])
def test_web_ext_lint_finds_no_error(tmp_path: Path, what: str) -> None:
    """Neither the folder nor the package for Firefox has an error, and every warning is one that we know."""
    install_packages(CHECKS)
    source = extension_folder()
    if what == "package":
        source = tmp_path / "unpacked"
        with zipfile.ZipFile(write_packages(extension_folder(), tmp_path)[1]) as package:
            package.extractall(source)
    program = CHECKS / "node_modules" / "web-ext" / "bin" / "web-ext.js"
    done = run_node(["node", str(program), "lint", "--source-dir", str(source), "--no-config-discovery", "--output", "json"], CHECKS)
    found = json.loads(done.stdout)
    assert found["errors"] == []
    assert {warning["code"] for warning in found["warnings"]} <= (EXPECTED if what == "package" else EXPECTED_UNPACKED)
