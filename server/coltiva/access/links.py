"""Links that open the own pages once: made by whoever may read the private folder, checked by the running server."""

from __future__ import annotations

import hmac
import re
import secrets
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from coltiva.access.private_files import access_folder, read_private, take_away, write_private

LINK_MINUTES = 10
_SECRET = re.compile(r"(\d{10})\.([0-9a-f]{32})\.([0-9a-f]{64})")


class _Serving(msgspec.Struct):
    """What a running server leaves for the commands of the same user."""

    port: int
    key: str


class Links:
    """The links of one running server.

    Args:
        now: seconds since 1970.
    """

    def __init__(self, data_folder: Path, port: int, now: Callable[[], float]) -> None:
        self._path = access_folder(data_folder) / "serving.json"
        self._port, self._now = port, now
        self._key = secrets.token_hex(32)
        self._used: dict[str, int] = {}
        self._lock = threading.Lock()
        write_private(self._path, _Serving(port, self._key))

    def mint(self) -> str:
        """Return the secret of a new link."""
        return _mint(self._key, self._now())

    def redeem(self, secret: str) -> bool:
        """Return whether *secret* opens the pages; it does so once, for ten minutes, and for this server alone."""
        found = _SECRET.fullmatch(secret)
        if found is None or not hmac.compare_digest(_mac(self._key, found[1], found[2]), found[3]):
            return False
        made, now = int(found[1]), self._now()
        # A clock that was put back makes a link void, never longer.
        if not made <= now < made + LINK_MINUTES * 60:
            return False
        with self._lock:
            self._used = {nonce: at for nonce, at in self._used.items() if at > now - 2 * LINK_MINUTES * 60}
            if found[2] in self._used:
                return False
            self._used[found[2]] = made
        return True

    def prove(self, nonce: str) -> str:
        """Return what tells a command of the same user that this is the server whose file it has read."""
        return _proof(self._key, self._port, nonce)

    def close(self) -> None:
        """Void all links."""
        self._key = secrets.token_hex(32)
        take_away(self._path)


def serving_port(data_folder: Path) -> int | None:
    """Return the port of the server that works on *data_folder*; None where none runs."""
    serving = read_private(access_folder(data_folder) / "serving.json", _Serving)
    return serving.port if serving else None


def mint_link(data_folder: Path, now: float) -> str | None:
    """Return the secret of a link for the server that works on *data_folder*; None where none runs."""
    serving = read_private(access_folder(data_folder) / "serving.json", _Serving)
    return _mint(serving.key, now) if serving else None


def is_servers_proof(data_folder: Path, nonce: str, proof: str) -> bool:
    """Return whether *proof* of *nonce* is of the server that works on *data_folder*; nobody else can make it."""
    serving = read_private(access_folder(data_folder) / "serving.json", _Serving)
    return serving is not None and hmac.compare_digest(_proof(serving.key, serving.port, nonce), _plain(proof))


def _mint(key: str, now: float) -> str:
    made, nonce = f"{int(now):010d}", secrets.token_hex(16)
    return f"{made}.{nonce}.{_mac(key, made, nonce)}"


def _mac(key: str, made: str, nonce: str) -> str:
    return hmac.digest(bytes.fromhex(key), f"link\n{made}\n{nonce}".encode(), "sha256").hex()


def _proof(key: str, port: int, nonce: str) -> str:
    return hmac.digest(bytes.fromhex(key), f"server\n{port}\n{nonce}".encode(), "sha256").hex()


def _plain(proof: str) -> str:
    """Return *proof* where it can be compared in constant time; what is no ASCII is none."""
    return proof if proof.isascii() else ""
