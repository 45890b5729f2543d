"""Check the types of the extension and of the server's pages; run by ``make test``."""

from __future__ import annotations

import sys

from node import HERE, install_packages, run_node

if __name__ == "__main__":
    install_packages()
    status = 0
    for config in ("tsconfig.content.json", "tsconfig.modules.json", "tsconfig.pages.json"):
        done = run_node(["node", str(HERE / "node_modules" / "typescript" / "bin" / "tsc"), "--project", config])
        print(done.stdout, end="")
        print(done.stderr, end="", file=sys.stderr)
        status = status or done.returncode
    sys.exit(status)
