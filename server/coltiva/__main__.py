"""``python -m coltiva`` is the ``coltiva`` command."""

from __future__ import annotations

import sys

from coltiva.cli import main

sys.exit(main())
