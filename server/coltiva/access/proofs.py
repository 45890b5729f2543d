"""The arithmetic by which extension and server prove themselves to each other.

The extension makes a token and never sends it. The server keeps two values derived from it: *stored_key*, with which it
checks the extension's proof and which proves nothing by itself, and *server_key*, with which it proves itself. Each
proof covers a transcript with both origins and both nonces, so that nobody in between can pass one on. The scheme is
that of SCRAM-SHA-256 (RFC 5802, RFC 7677) for tokens that need no stretching.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

KEY_BYTES = 32
# What the asker wants proved, and the answer's proof.
NONCE_HEADER = "X-Coltiva-Nonce"
PROOF_HEADER = "X-Coltiva-Proof"
# Slows down whoever tries all codes of 40 bits; about a tenth of a second for the one who knows it.
CODE_ITERATIONS = 200_000


@dataclass(frozen=True, slots=True)
class Transcript:
    """What both sides of one exchange have said, in the order in which proofs cover it.

    Attributes:
        server: the origin at which the extension reaches the server.
        extension: the extension's own origin.
        pairing: the id of the pairing; empty while one is being made.
    """

    server: str
    extension: str
    pairing: str
    client_nonce: str
    server_nonce: str

    def proof(self, key: bytes, purpose: str, *more: str) -> bytes:
        """Return what only a holder of *key* can say about this exchange, for one purpose."""
        parts = (purpose, self.server, self.extension, self.pairing, self.client_nonce, self.server_nonce, *more)
        return hmac.digest(key, "\n".join(parts).encode(), "sha256")


@dataclass(frozen=True, slots=True)
class SessionKeys:
    """What both sides of a proved exchange derive, and neither sends before it is used."""

    token: str
    answer_key: bytes


def new_nonce() -> str:
    """Return a number used once, in hexadecimal."""
    return secrets.token_hex(16)


def key_from_code(code: str, salt: bytes) -> bytes:
    """Return the key that a pairing code stands for; slow on purpose."""
    return hashlib.pbkdf2_hmac("sha256", code.encode(), salt, CODE_ITERATIONS)


def verifier_of(token: bytes) -> tuple[bytes, bytes]:
    """Return *stored_key* and *server_key* of a token."""
    client_key = hmac.digest(token, b"coltiva client key", "sha256")
    return hashlib.sha256(client_key).digest(), hmac.digest(token, b"coltiva server key", "sha256")


def client_key_from_proof(proof: bytes, stored_key: bytes, transcript: Transcript) -> bytes | None:
    """Return the key that the extension proved to have; None where the proof is none."""
    if len(proof) != KEY_BYTES:
        return None
    mask = transcript.proof(stored_key, "client")
    client_key = bytes(a ^ b for a, b in zip(proof, mask, strict=True))
    return client_key if hmac.compare_digest(hashlib.sha256(client_key).digest(), stored_key) else None


def session_keys(client_key: bytes, transcript: Transcript) -> SessionKeys:
    """Return the keys of the session that a proof has opened."""
    token = transcript.proof(client_key, "session").hex()
    return SessionKeys(token, transcript.proof(client_key, "answers"))


def answer_proof(answer_key: bytes, nonce: str, status: int) -> str:
    """Return what the server says with each answer, so that an answer of somebody else is known at once."""
    return hmac.digest(answer_key, f"answer\n{nonce}\n{status}".encode(), "sha256").hex()
