"""A process that logs events as fast as it can, and says each one once it is safe; the test kills it."""

import sys
from pathlib import Path

from coltiva.contact_store import ContactStore, new_id
from coltiva.library import Library

from .conftest import adding

with ContactStore(Path(sys.argv[1]), Library().tending, "coltiva serve") as store:
    print("ready", flush=True)
    ids = [summary.id for summary in store.summaries()]
    while True:
        for contact_id in ids:
            event_id = new_id()
            store.update(contact_id, "event_added", adding(event_id))
            print(contact_id, event_id, flush=True)
