"""Who may read and change what is stored: one-time links for the own pages, and extensions paired by a code."""

from coltiva.access.codes import CODE_MINUTES, MOST_ATTEMPTS, PairingCodes, shown_code
from coltiva.access.door import Door
from coltiva.access.links import LINK_MINUTES, Links, mint_link, serving_port
from coltiva.access.neighbours import is_other_user
from coltiva.access.paired import EXTENSION_ORIGIN, PairedExtension, PairedExtensions
from coltiva.access.proofs import answer_proof
from coltiva.access.sessions import ExtensionSession, PageSession

__all__ = [
    "CODE_MINUTES",
    "EXTENSION_ORIGIN",
    "LINK_MINUTES",
    "MOST_ATTEMPTS",
    "Door",
    "ExtensionSession",
    "Links",
    "PageSession",
    "PairedExtension",
    "PairedExtensions",
    "PairingCodes",
    "answer_proof",
    "is_other_user",
    "mint_link",
    "serving_port",
    "shown_code",
]
