"""Who may read and change what is stored: one-time links for the own pages, and extensions paired by a code."""

from coltiva.access.codes import CODE_MINUTES, MOST_ATTEMPTS, PairingCodes, shown_code
from coltiva.access.door import Door
from coltiva.access.links import LINK_MINUTES, Links, is_servers_proof, mint_link, serving_port
from coltiva.access.neighbours import can_tell_users, is_other_user, is_own_user
from coltiva.access.page_sessions import CSRF_HEADER, PAGE_IDLE_DAYS, PageSession, PageSessions
from coltiva.access.paired import EXTENSION_ORIGIN, PairedExtension, PairedExtensions
from coltiva.access.proofs import NONCE_HEADER, PROOF_HEADER, answer_proof, new_nonce
from coltiva.access.sessions import ExtensionSession

__all__ = [
    "CODE_MINUTES",
    "CSRF_HEADER",
    "EXTENSION_ORIGIN",
    "LINK_MINUTES",
    "MOST_ATTEMPTS",
    "NONCE_HEADER",
    "PAGE_IDLE_DAYS",
    "PROOF_HEADER",
    "Door",
    "ExtensionSession",
    "Links",
    "PageSession",
    "PageSessions",
    "PairedExtension",
    "PairedExtensions",
    "PairingCodes",
    "answer_proof",
    "can_tell_users",
    "is_other_user",
    "is_own_user",
    "is_servers_proof",
    "mint_link",
    "new_nonce",
    "serving_port",
    "shown_code",
]
