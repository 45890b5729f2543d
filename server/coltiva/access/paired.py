"""The extensions that are paired: one private file each, so that revoking one is removing a file."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

import msgspec

from coltiva.access.private_files import access_folder, read_private, take_away, write_private

# Extension ids as browsers make them: 32 letters a–p in Chromium, a UUID in Firefox.
EXTENSION_ORIGIN = re.compile(
    r"chrome-extension://[a-p]{32}|moz-extension://[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
_ID = re.compile(r"[0-9a-f]{12}")


class PairedExtension(msgspec.Struct, frozen=True):
    """One extension in one browser profile.

    Attributes:
        origin: the exact origin to which its token is bound.
        name: what it said that it is, such as "Chromium on Linux".
        paired_on: the day, such as 2026-05-14.
        stored_key: checks its proofs, in hexadecimal; the token cannot be found from it.
        server_key: proves the server to it, in hexadecimal.
    """

    id: str
    origin: str
    name: str
    paired_on: str
    stored_key: str
    server_key: str


class PairedExtensions:
    """The pairings of a data folder; commands and the running server see each other's changes at once."""

    def __init__(self, data_folder: Path) -> None:
        self._folder = access_folder(data_folder)
        self._known: dict[str, PairedExtension] = {}

    def all(self) -> list[PairedExtension]:
        """Return all pairings, in the order of their ids."""
        found = (self.get(path.stem.removeprefix("paired-")) for path in sorted(self._folder.glob("paired-*.json")))
        return [one for one in found if one is not None]

    def get(self, pairing_id: str) -> PairedExtension | None:
        """Return a pairing; None where there is none, or it was revoked."""
        if not _ID.fullmatch(pairing_id):
            return None
        path = self._path(pairing_id)
        if not path.exists():
            self._known.pop(pairing_id, None)
            return None
        if pairing_id not in self._known:
            read = read_private(path, PairedExtension)
            if read is None or read.id != pairing_id or not EXTENSION_ORIGIN.fullmatch(read.origin):
                return None
            self._known[pairing_id] = read
        return self._known[pairing_id]

    def is_paired(self, origin: str) -> bool:
        """Return whether an extension with exactly this origin is paired."""
        return any(one.origin == origin for one in self.all())

    def add(self, origin: str, name: str, day: str, verifier: tuple[str, str]) -> PairedExtension:
        """Store a new pairing.

        Args:
            verifier: *stored_key* and *server_key*, in hexadecimal.
        """
        stored_key, server_key = verifier
        paired = PairedExtension(secrets.token_hex(6), origin, name, day, stored_key, server_key)
        write_private(self._path(paired.id), paired)
        return paired

    def revoke(self, pairing_id: str) -> bool:
        """Remove a pairing; returns whether there was one."""
        return _ID.fullmatch(pairing_id) is not None and take_away(self._path(pairing_id))

    def _path(self, pairing_id: str) -> Path:
        return self._folder / f"paired-{pairing_id}.json"
