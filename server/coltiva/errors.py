"""Every exception that Coltiva raises on purpose, one class per decision a caller makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class ColtivaError(Exception):
    """The parent of all errors below; its text is fit for a person to read."""


@dataclass(frozen=True)
class RuleProblem:
    """One fault in a rule file: where it is, what was expected, what came."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class PhraseError(ColtivaError):
    """A phrase that cannot be read; *offset* counts code points from its start."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


class RulePackError(ColtivaError):
    """A rule file, or a part of it, that cannot be used."""

    def __init__(self, problem: RuleProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class PayloadError(ColtivaError):
    """Input from outside that breaks the contract; *field* is its path, such as ``history[2].date``."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}" if field else message)
        self.field = field
        self.message = message


class AmbiguousDayError(ColtivaError):
    """A day written as *said*, which may be either of *days*."""

    def __init__(self, said: str, days: tuple[date, date]) -> None:
        super().__init__(f"“{said}” may be {days[0]} or {days[1]}; write the one that you mean")
        self.said = said
        self.days = days


class InputFileError(ColtivaError):
    """A file named on the command line that cannot be read or decoded."""


class UnknownOwnerError(InputFileError):
    """Messages that do not tell which side is the user; the user can say it."""


class ExtensionFilesError(ColtivaError):
    """The extension's files cannot be read, or its packages not written."""


class ServerStartError(ColtivaError):
    """The server cannot listen on its port; *taken_port* is the port where another program has it, else 0."""

    def __init__(self, message: str, taken_port: int = 0) -> None:
        super().__init__(message)
        self.taken_port = taken_port


class RequestRefused(ColtivaError):
    """A request that the guard turns away; *code* names why."""

    def __init__(self, code: str, message: str, status: int) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


class StoreLockedError(ColtivaError):
    """Another process works on the contacts; *holder* says which."""

    def __init__(self, folder: str, holder: str) -> None:
        super().__init__(f"{folder} is in use by {holder}; one process at a time may work on the contacts")
        self.holder = holder


class StoreVersionError(ColtivaError):
    """The contacts were written by a newer Coltiva, or their version cannot be read."""


class StoreNotEmptyError(ColtivaError):
    """A backup is to go where *contacts* contacts are already."""

    def __init__(self, folder: str, contacts: int) -> None:
        super().__init__(
            f"{folder} holds {contacts} contact(s) already; a backup goes into an empty folder: "
            "move these away, or name another folder with COLTIVA_DATA"
        )
        self.contacts = contacts


class StoreWriteError(ColtivaError):
    """A change that could not be written; what was acknowledged before is safe."""


class StoreCorruptError(ColtivaError):
    """A file of the user's that cannot be read; it stays as it is."""


class UnknownChangeError(ColtivaError):
    """No change of the rules with this id, or none that can be taken back."""


class UnknownContactError(ColtivaError):
    """No contact, event, note, promise or change with this id; *code* names which, *values* what was asked for."""

    def __init__(self, code: str, message: str, **values: object) -> None:
        super().__init__(message)
        self.code = code
        self.values = values


class DuplicateContactError(ColtivaError):
    """A profile that already belongs to the contact with the id *contact*."""

    def __init__(self, profile: str, contact: str) -> None:
        super().__init__(f"{profile} already belongs to contact {contact}; merge the two instead")
        self.contact = contact
