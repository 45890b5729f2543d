"""Contacts and history for other programs, and for Coltiva itself; each exporter yields text as it goes."""

from coltiva.exporters.own_json import export_json
from coltiva.exporters.table import export_csv
from coltiva.exporters.vcard import export_vcard

__all__ = ["export_csv", "export_json", "export_vcard"]
