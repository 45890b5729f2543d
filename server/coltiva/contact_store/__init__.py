"""The contacts and their history, safe on disk; the only package that knows TinyDB."""

from coltiva.contact_store.absorbing import Absorbed
from coltiva.contact_store.folder import default_folder
from coltiva.contact_store.held import StoreProblem
from coltiva.contact_store.index import Summary
from coltiva.contact_store.looking import ContactView, new_id
from coltiva.contact_store.offers import OfferLog
from coltiva.contact_store.reading import ContactReader
from coltiva.contact_store.restoring import restore_backup
from coltiva.contact_store.store import ContactStore, backups_in_background
from coltiva.contact_store.undoing import Change

__all__ = [
    "Absorbed",
    "Change",
    "ContactReader",
    "ContactStore",
    "ContactView",
    "OfferLog",
    "StoreProblem",
    "Summary",
    "backups_in_background",
    "default_folder",
    "new_id",
    "restore_backup",
]
