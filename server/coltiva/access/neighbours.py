"""Which user of this machine is at the other end of a connection, where the system tells (Linux)."""

from __future__ import annotations

import os
import socket
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

# Every connection over IPv4, and over IPv6, by which 127.0.0.1 can be reached as well.
TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_ROOT = 0  # who may read everything anyway; a connection passed on by the system is root's as well
Address = tuple[str, int]


def is_other_user(peer: Address, server: Address) -> bool:
    """Tell whether the connection from *peer* to *server* was made by another user of this machine.

    Where the system does not tell, nobody is taken for another; where it lists this server's end of the connection
    but not the other, whoever made it is.
    """
    owners = dict(_connections())
    if (peer, server) in owners:
        return owners[peer, server] not in (os.getuid(), _ROOT)
    return (server, peer) in owners


def is_own_user(peer: Address, server: Address) -> bool:
    """Tell whether this user made the connection from *peer* to *server*; False where the system does not tell."""
    owner = dict(_connections()).get((peer, server))
    return owner is not None and owner == os.getuid()


def can_tell_users() -> bool:
    """Return whether this system tells whose connection one is."""
    return any(table.exists() for table in TABLES)


def _connections() -> Iterator[tuple[tuple[Address, Address], int]]:
    """Yield both ends of every connection, its owner's first, and the owner's id."""
    for table in TABLES:
        try:
            lines = table.read_text("ascii").splitlines()[1:]
        except (OSError, UnicodeDecodeError):
            continue
        for line in lines:
            fields = line.split()
            try:
                yield (_address(fields[1]), _address(fields[2])), int(fields[7])
            except (IndexError, ValueError, struct.error, OSError):
                continue


def _address(text: str) -> Address:
    """Read ``0100007F:1CA5``: words of four bytes in the machine's order, and the port."""
    host, _, port = text.partition(":")
    words = [host[i : i + 8] for i in range(0, len(host), 8)]
    packed = b"".join(int(word, 16).to_bytes(4, sys.byteorder) for word in words)
    # An address of IPv4 in one of IPv6 is the same address.
    packed = packed.removeprefix(bytes(10) + b"\xff\xff")
    family = socket.AF_INET if len(packed) == 4 else socket.AF_INET6
    return socket.inet_ntop(family, packed), int(port, 16)
