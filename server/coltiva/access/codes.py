"""The code that a person types once to pair an extension: one at a time, short-lived, with few attempts."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from coltiva.access.private_files import access_folder, read_private, take_away, write_private
from coltiva.access.proofs import key_from_code

CODE_MINUTES = 10
_LEAST_MINUTES = 2  # that a code which is shown again still lasts
MOST_ATTEMPTS = 5
# Without 0, 1, I and O, which look alike.
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH = 8


class _Code(msgspec.Struct):
    """The file: the code, the salt of its key, and the second since 1970 at which it was made."""

    code: str
    salt: str
    made: float


def shown_code(code: str) -> str:
    """Return a code as it is easy to read and type: ``ABCD-2345``."""
    return f"{code[:4]}-{code[4:]}"


class PairingCodes:
    """The pairing code of a data folder; commands make one, the running server takes it.

    Args:
        now: seconds since 1970.
    """

    def __init__(self, data_folder: Path, now: Callable[[], float]) -> None:
        self._path = access_folder(data_folder) / "code.json"
        self._now = now
        self._lock = threading.Lock()
        self._keys: tuple[_Code, bytes] | None = None
        self._attempts = 0

    def make(self) -> str:
        """Return a new code; the one before it is void."""
        code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        write_private(self._path, _Code(code, secrets.token_hex(16), self._now()))
        return code

    def show(self) -> tuple[str, int]:
        """Return the code that is valid now, and for how many minutes; a new one where none is for a while yet.

        Who sees it in the terminal and on the page sees one code: a second would make the first one void.
        """
        code = read_private(self._path, _Code)
        age = self._now() - code.made if code is not None else -1.0
        left = int((CODE_MINUTES * 60 - age) // 60)
        if code is None or age < 0 or left < _LEAST_MINUTES:
            return self.make(), CODE_MINUTES
        return code.code, left

    def key(self) -> tuple[str, bytes] | None:
        """Return the salt and the key of the code that is valid now; None where there is none."""
        code = read_private(self._path, _Code)
        # A clock that was put back makes a code void, never longer.
        if code is None or not code.made <= self._now() < code.made + CODE_MINUTES * 60:
            return None
        with self._lock:
            if self._keys is None or self._keys[0] != code:
                self._keys = code, key_from_code(code.code, bytes.fromhex(code.salt))
                self._attempts = 0
            return code.salt, self._keys[1]

    def count_attempt(self) -> int:
        """Count a wrong proof and return how many are left; after the last the code is void."""
        with self._lock:
            self._attempts += 1
            left = max(0, MOST_ATTEMPTS - self._attempts)
        if not left:
            self.take()
        return left

    def take(self) -> bool:
        """Make the code void; returns whether it was this call that did."""
        return take_away(self._path)
