"""Files that are damaged or made to do harm get a clear error."""

from __future__ import annotations

import contextlib
import json
import random
import struct
import zipfile
from pathlib import Path

import pytest

from coltiva.errors import InputFileError
from coltiva.exporters import export_json

from ..exporters.test_exporters import FULL
from . import archives
from .conftest import read_files
from .test_mbox import mail
from .test_monica import EXPORT as MONICA
from .test_vcard import APPLE


def refuse(path: Path) -> str:
    """Return the error that reading *path* ends with."""
    with pytest.raises(InputFileError) as caught:
        read_files(path)
    return str(caught.value)


def test_zip_bomb(tmp_path: Path) -> None:
    """A member that unpacks to hundreds of times its size is not read."""
    path = archives.archive(tmp_path / "a.zip", {"messages.csv": b"FROM,TO,DATE,CONTENT\n" + b"a,b,,\n" * (12 << 20)})
    assert path.stat().st_size < 200_000
    assert "messages.csv: expected text packed at most 200 times smaller" in refuse(path)


def test_two_gigabytes(tmp_path: Path) -> None:
    """A member beyond the cap is refused by the size that it declares; a false size by the checksum."""
    path = archives.archive(tmp_path / "a.zip", {"messages.csv": "FROM,TO,DATE,CONTENT\n"})
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 2 << 30)
    path.write_bytes(data)
    assert refuse(path) == "messages.csv: expected at most 1024 MiB; got 2048 MiB"


def test_declared_smaller_than_it_is(tmp_path: Path) -> None:
    """A member that declares less than it holds does not pass its checksum."""
    path = archives.archive(tmp_path / "a.zip", archives.of_2023())
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 20)
    path.write_bytes(data)
    assert "damaged or cut off" in refuse(path)


@pytest.mark.parametrize("name", ["../messages.csv", "a/../../messages.csv", "/etc/messages.csv", "C:/messages.csv", "..\\messages.csv"])
def test_names_that_leave_the_archive(tmp_path: Path, name: str) -> None:
    """One such name refuses the whole archive, though nothing is ever unpacked to disk."""
    path = archives.archive(tmp_path / "a.zip", archives.of_2023() | {name: "x"})
    assert f"a.zip: expected plain file names in the archive; got {name!r}" in refuse(path)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.97])
def test_truncated_zip(tmp_path: Path, kept: float) -> None:
    """An archive that was cut off says so."""
    whole = archives.archive(tmp_path / "a.zip", archives.of_2023()).read_bytes()
    path = tmp_path / "b.zip"
    path.write_bytes(whole[: int(len(whole) * kept)])
    assert "b.zip: expected a whole zip archive; it is damaged or cut off" in refuse(path)


def test_damaged_member(tmp_path: Path) -> None:
    """A flipped byte within a member is noticed."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as out:
        out.writestr("Connections.csv", archives.of_2023()["Connections.csv"])
    data = path.read_bytes().replace(b"Northwind", b"Southwind", 1)
    path.write_bytes(data)
    assert "Connections.csv: expected a whole zip archive" in refuse(path)


def test_password(tmp_path: Path) -> None:
    """An encrypted archive is named as such."""
    path = archives.archive(tmp_path / "a.zip", archives.of_2023())
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            data[start + offset] |= 1
            start += 4
    path.write_bytes(data)
    assert "without a password" in refuse(path)


def test_wrong_encoding(tmp_path: Path) -> None:
    """A file in an old code page is refused with line and advice, not filled with wrong letters."""
    path = tmp_path / "Connections.csv"
    path.write_bytes(archives.of_2023()["Connections.csv"].encode("cp1252"))
    assert refuse(path).startswith("Connections.csv:6: expected UTF-8 text; byte 4 of the line is none.")


def test_file_cut_off_within_a_field(tmp_path: Path) -> None:
    """A CSV file that ends in the middle of a message is refused, since more is missing than shows."""
    path = tmp_path / "messages.csv"
    path.write_text(archives.of_2026()["messages.csv"][:-40], encoding="utf-8")
    assert "messages.csv:" in refuse(path)
    assert "cut off" in refuse(path)


def test_binary(tmp_path: Path) -> None:
    """A picture is no table."""
    path = tmp_path / "Connections.csv"
    path.write_bytes(archives.of_2023()["Connections.csv"].encode() + b"\0\x01")
    assert refuse(path) == "Connections.csv: expected text; this is a binary file"


@pytest.mark.parametrize("content", [b"", b"hello\n", b"a,b\n1,2\n", b"\x89PNG\r\n"])
def test_unknown_files(tmp_path: Path, content: bytes) -> None:
    """What no importer knows is named, with what would be known."""
    path = tmp_path / "thing.csv"
    path.write_bytes(content)
    assert refuse(path).endswith("got thing.csv")


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is named."""
    assert "nothing.zip: cannot be read: No such file" in refuse(tmp_path / "nothing.zip")


def test_folder_and_wrapped_archive(tmp_path: Path) -> None:
    """An unpacked archive is read like the packed one; signs of other systems are passed over."""
    folder = tmp_path / "Basic_LinkedInDataExport"
    folder.mkdir()
    for name, content in archives.of_2023().items():
        (folder / name).write_text(content, encoding="utf-8")
    packed = archives.archive(tmp_path / "a.zip", archives.of_2023() | {"__MACOSX/._messages.csv": b"\0\x05"}, "wrapper/")
    assert read_files(tmp_path / "Basic_LinkedInDataExport").records == read_files(packed).records


def test_a_large_file_beside(tmp_path: Path) -> None:
    """A large member that no importer reads stands in nobody's way."""
    path = archives.archive(tmp_path / "a.zip", {"video.mp4": b"\0" * (64 << 20), "contacts.vcf": "BEGIN:VCARD\nFN:Ada\nEND:VCARD\n"})
    assert read_files(path).names == ["Ada"]


VALID = {
    "a.zip": lambda folder: archives.archive(folder / "valid.zip", archives.of_2023()).read_bytes(),
    "messages.csv": lambda _: archives.of_2026()["messages.csv"].encode(),
    "c.vcf": lambda _: APPLE.encode(),
    "m.mbox": lambda _: mail("me@example.org", "you@example.org", "Hi", 3, labels="Sent").encode(),
    "m.json": lambda _: json.dumps(MONICA).encode(),
    "own.json": lambda _: "".join(export_json([FULL])).encode(),
}


@pytest.mark.parametrize("name", VALID)
def test_damage_never_surprises(tmp_path: Path, name: str) -> None:
    """Whatever bytes are changed, cut or doubled, reading ends well or with an InputFileError."""
    valid = VALID[name](tmp_path)
    chance = random.Random(name)
    path = tmp_path / name
    for _ in range(150):
        data = bytearray(valid)
        for _ in range(chance.randrange(1, 6)):
            start = chance.randrange(len(data))
            piece = data[start : start + chance.randrange(1, 40)]
            data[start : start + len(piece)] = chance.choice((b"", piece * 2, bytes(chance.randrange(256) for _ in piece), b'"', b"\r\n\r\n", b",null,"))
        path.write_bytes(data)
        with contextlib.suppress(InputFileError):
            read_files(path, owner="Jordan Pike")
