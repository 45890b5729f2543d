"""Coltiva reads a message while it is written and underlines asks that come too early."""

import os

__version__ = "0.1.0"

# The reader's matrices are small: numpy's threads would wait for each other longer than they work, most of all on a
# busy machine (measured there: 6.4 s of processor for 330 messages with two threads, 1.0 s with one). Must be set
# before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
