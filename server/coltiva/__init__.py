"""Coltiva reads a message while it is written and underlines asks that come too early."""

__version__ = "0.1.0"
