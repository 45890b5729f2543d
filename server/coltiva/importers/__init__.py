"""Contacts and history from files of other programs; which format a file has is told by its content alone.

An importer yields ``ContactRecord`` drafts and writes nothing; joining them to what is known is ``importing``'s work.
"""

from coltiva.importers.choosing import choose_importers
from coltiva.importers.formats import Part
from coltiva.importers.reading import Example, LeftOut, Reading, Tally
from coltiva.importers.sources import open_sources

__all__ = ["Example", "LeftOut", "Part", "Reading", "Tally", "choose_importers", "open_sources"]
