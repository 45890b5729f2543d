"""The shipped rules, read once for all tests of a process: packs and readers take seconds."""

from coltiva.library import Library

LIBRARY = Library()
