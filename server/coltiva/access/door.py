"""The door of one running server: what opens it, and for whom."""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from coltiva.access.codes import PairingCodes
from coltiva.access.links import Links
from coltiva.access.page_sessions import PageKeys, PageSession, PageSessions
from coltiva.access.paired import PairedExtension, PairedExtensions
from coltiva.access.proofs import Transcript, client_key_from_proof, new_nonce, session_keys
from coltiva.access.sessions import ExtensionSession, ExtensionSessions
from coltiva.errors import RequestRefused

# Exchanges begun and not finished; more than so many at once is somebody who floods.
_MOST_BEGUN = 64


class Door:
    """Checks links, codes and proofs, and holds the sessions that they open.

    Args:
        port: the server's own port, which every proof covers.
        now: seconds since 1970.
        clock: seconds that only go forwards.
    """

    def __init__(
        self,
        data_folder: Path,
        port: int,
        now: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._server = f"http://127.0.0.1:{port}"
        self.links = Links(data_folder, port, now)
        self.codes = PairingCodes(data_folder, now)
        self.paired = PairedExtensions(data_folder)
        self.pages = PageSessions(data_folder, now)
        self._extensions = ExtensionSessions(clock)
        self._begun: OrderedDict[str, Transcript] = OrderedDict()
        self._lock = Lock()

    def open_link(self, secret: str) -> PageKeys | None:
        """Begin a session of the own pages; None where the link is used up, too old or none of ours."""
        return self.pages.begin() if self.links.redeem(secret) else None

    def page_session(self, cookie: str) -> PageSession | None:
        """Return the session of a cookie."""
        return self.pages.get(cookie)

    def extension_session(self, token: str) -> ExtensionSession | None:
        """Return the session of a bearer token whose pairing still stands."""
        session = self._extensions.get(token)
        if session is not None and self.paired.get(session.pairing) is None:
            self._extensions.drop(token)
            return None
        return session

    def begin_pairing(self, origin: str, client_nonce: str) -> dict[str, str]:
        """Prove the server to an extension that says it has the code.

        Raises:
            RequestRefused: there is no code now.
        """
        salt, key = self._code_key()
        transcript = self._begin(origin, "", client_nonce)
        proof = transcript.proof(key, "server").hex()
        return {"salt": salt, "nonce": transcript.server_nonce, "proof": proof}

    def finish_pairing(
        self, origin: str, server_nonce: str, proof: bytes, verifier: tuple[str, str], name: str, day: str
    ) -> tuple[PairedExtension, str]:
        """Pair an extension that proves that it has the code; returns the pairing and the server's proof of it.

        Raises:
            RequestRefused: the exchange was not begun, there is no code now, or the proof is wrong.
        """
        _, key = self._code_key()
        transcript = self._finish(origin, server_nonce)
        if not hmac.compare_digest(transcript.proof(key, "client", *verifier), proof):
            left = self.codes.count_attempt()
            message = f"expected the code that the server shows; {left} attempt(s) left"
            raise RequestRefused("wrong_code", message, 403, left=left)
        # Of two that finish at once only one takes the code.
        if not self.codes.take():
            raise RequestRefused("no_code", "the code has been used; coltiva pair makes another", 409)
        paired = self.paired.add(origin, name, day, verifier)
        return paired, transcript.proof(key, "paired", paired.id).hex()

    def begin_session(self, origin: str, pairing_id: str, client_nonce: str) -> dict[str, str]:
        """Prove the server to a paired extension.

        Raises:
            RequestRefused: there is no such pairing with this origin.
        """
        paired = self._pairing(origin, pairing_id)
        transcript = self._begin(origin, pairing_id, client_nonce)
        proof = transcript.proof(bytes.fromhex(paired.server_key), "server").hex()
        return {"nonce": transcript.server_nonce, "proof": proof}

    def finish_session(self, origin: str, server_nonce: str, proof: bytes) -> ExtensionSession:
        """Begin a session with an extension that proves itself.

        Raises:
            RequestRefused: the exchange was not begun, the pairing is gone, or the proof is wrong.
        """
        transcript = self._finish(origin, server_nonce)
        paired = self._pairing(origin, transcript.pairing)
        client_key = client_key_from_proof(proof, bytes.fromhex(paired.stored_key), transcript)
        if client_key is None:
            raise RequestRefused("wrong_proof", "expected a proof made with the paired token", 403)
        keys = session_keys(client_key, transcript)
        return self._extensions.add(ExtensionSession(keys.token, paired.id, origin, keys.answer_key))

    def close(self) -> None:
        """Void all links; sessions of extensions end with the server."""
        self.links.close()

    def _code_key(self) -> tuple[str, bytes]:
        found = self.codes.key()
        if found is None:
            raise RequestRefused("no_code", "there is no pairing code now; coltiva pair makes one", 409)
        return found

    def _pairing(self, origin: str, pairing_id: str) -> PairedExtension:
        paired = self.paired.get(pairing_id)
        if paired is None or paired.origin != origin:
            raise RequestRefused("not_paired", "this extension is not paired; coltiva pair shows a code for it", 403)
        return paired

    def _begin(self, origin: str, pairing: str, client_nonce: str) -> Transcript:
        transcript = Transcript(self._server, origin, pairing, client_nonce, new_nonce())
        with self._lock:
            self._begun[transcript.server_nonce] = transcript
            while len(self._begun) > _MOST_BEGUN:
                self._begun.popitem(last=False)
        return transcript

    def _finish(self, origin: str, server_nonce: str) -> Transcript:
        """Return an exchange that was begun with this origin; each is finished once."""
        with self._lock:
            transcript = self._begun.pop(server_nonce, None)
        if transcript is None or transcript.extension != origin:
            raise RequestRefused("unknown_exchange", "expected an exchange that was begun before, once", 409)
        return transcript
