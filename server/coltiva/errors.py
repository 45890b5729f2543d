"""Every exception that Coltiva raises on purpose, one class per decision a caller makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


class ColtivaError(Exception):
    """The parent of all errors below; its text is fit for a person to read."""


class SpokenError(ColtivaError):
    """An error told in the user's language: *code* names its text, *values* what stands in it; without it, English."""

    def __init__(self, message: str, code: str = "", **values: object) -> None:
        super().__init__(message)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file of the user's: *code* and *values* are those of a ``SpokenError``.

    Attributes:
        message: the same in English, for logs.
        phrase: the phrase that is wrong; empty where the fault is none of a phrase.
    """

    message: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    phrase: str = ""


@dataclass(frozen=True)
class RuleProblem:
    """One fault in a rule file, and where it is."""

    path: str
    line: int
    column: int
    fault: Fault

    @property
    def place(self) -> str:
        """Return file, line and column as editors know them."""
        return f"{self.path}:{self.line}:{self.column}"

    def __str__(self) -> str:
        return f"{self.place}: {self.fault.message}"


class PhraseError(SpokenError):
    """A phrase that cannot be read; *offset* counts code points from its start."""

    def __init__(self, message: str, offset: int = 0, code: str = "", **values: object) -> None:
        super().__init__(message, code, **values)
        self.offset = offset

    def fault_in(self, phrase: str) -> Fault:
        """Return what is wrong, with the *phrase* where it has to be named; empty where its reader sees it."""
        return Fault(f"{self}, in “{phrase}”" if phrase else str(self), self.code, self.values, phrase)

    @classmethod
    def unknown_list(cls, name: str) -> PhraseError:
        """Return the error of a phrase that names a list which is not there."""
        named = f"@{name}"
        return cls(f"expected a list named in words.yml or in the rule; got {named}", 0, "phrase_list", got=named)

    @classmethod
    def unknown_forms(cls, lemma: str) -> PhraseError:
        """Return the error of a phrase that wants the forms of a word that has none."""
        wanted = f"{lemma}~"
        return cls(f"expected a word listed under forms: in words.yml; got {wanted}", 0, "phrase_forms", got=wanted)

    @classmethod
    def loop(cls, names: Iterable[str]) -> PhraseError:
        """Return the error of a list that leads back to itself by these lists."""
        way = f"@{' → @'.join(names)}"
        return cls(f"expected a list that does not refer to itself; got {way}", 0, "phrase_loop", got=way)


class RulePackError(ColtivaError):
    """A rule file, or a part of it, that cannot be used."""

    def __init__(self, problem: RuleProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class PayloadError(SpokenError):
    """Input from outside that breaks the contract; *field* is its path, such as ``history[2].date``."""

    def __init__(self, field: str, message: str, code: str = "", **values: object) -> None:
        super().__init__(f"{field}: {message}" if field else message, code, **values)
        self.field = field
        self.message = message


class AmbiguousDayError(ColtivaError):
    """A day written as *said*, which may be either of *days*."""

    def __init__(self, said: str, days: tuple[date, date]) -> None:
        super().__init__(f"“{said}” may be {days[0]} or {days[1]}; write the one that you mean")
        self.said = said
        self.days = days


class NoSuchDayError(ColtivaError):
    """A day written as *said*, which no calendar has."""

    def __init__(self, said: str) -> None:
        super().__init__(f"“{said}” is a day that no calendar has; write the one that you mean")
        self.said = said


class InputFileError(SpokenError):
    """A file named on the command line that cannot be read or decoded."""


class UnknownOwnerError(InputFileError):
    """Messages that do not tell which side is the user; the user can say it."""


class RecordError(InputFileError):
    """What a command was given to lint breaks the contract: *place* says where, *cause* what."""

    def __init__(self, place: str, cause: PayloadError) -> None:
        super().__init__(f"{place}: {cause}")
        self.place = f"{place}: {cause.field}" if cause.field and cause.code else place
        self.cause = cause


class InternalError(ColtivaError):
    """A fault of Coltiva's own, whose text could quote what somebody wrote; *kind* names its type alone."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"this is a fault of Coltiva's ({kind}); nothing was changed")


class ExtensionFilesError(SpokenError):
    """The extension's files cannot be read, or its packages not written."""


class ServerStartError(SpokenError):
    """The server cannot listen on its port, or does not run."""


class AnsweredError(ColtivaError):
    """What the running server answers that it will not do, told in the user's language; *code* and *field* as there."""

    def __init__(self, message: str, code: str, field: str) -> None:
        super().__init__(message)
        self.code = code
        self.field = field


class ServiceError(SpokenError):
    """The system does not start the server at login; what was written for it is there."""


class RequestRefused(SpokenError):
    """A request that is turned away: *code* names why, to programs too, *values* what stands in its text."""

    def __init__(self, code: str, message: str, status: int, **values: object) -> None:
        super().__init__(message, code, **values)
        self.status = status


@dataclass(frozen=True)
class Holder:
    """Which process works on the contacts: the command as it is typed, its number, and local day and time."""

    purpose: str
    process: int
    since: str

    def __str__(self) -> str:
        return f"{self.purpose} (process {self.process}, since {self.since})"


class StoreLockedError(ColtivaError):
    """Another process works on the contacts; *holder* says which, and is None where it has not said so."""

    def __init__(self, folder: str, holder: Holder | None) -> None:
        named = holder or "another process"
        super().__init__(f"{folder} is in use by {named}; one process at a time may work on the contacts")
        self.holder = holder


class StoreVersionError(SpokenError):
    """The contacts were written by a newer Coltiva, or their version cannot be read."""


class StoreNotEmptyError(ColtivaError):
    """A backup is to go where *contacts* contacts are already."""

    def __init__(self, folder: str, contacts: int) -> None:
        super().__init__(
            f"{folder} holds {contacts} contact(s) already; a backup goes into an empty folder: "
            "move these away, or name another folder with COLTIVA_DATA"
        )
        self.contacts = contacts


class StoreWriteError(SpokenError):
    """A change that could not be written; what was acknowledged before is safe."""


class StoreCorruptError(SpokenError):
    """A file of the user's that cannot be read; it stays as it is."""


class ContactFileError(ColtivaError):
    """A contact's file that holds no contact, or another one than its name says."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class UnknownChangeError(SpokenError):
    """No change of the rules or dismissal with this id, or none that can be taken back."""


class UnknownContactError(SpokenError):
    """No contact, event, note, promise or change with this id; *code* names which, *values* what was asked for."""

    def __init__(self, code: str, message: str, **values: object) -> None:
        super().__init__(message, code, **values)


class DuplicateContactError(ColtivaError):
    """A profile that already belongs to the contact with the id *contact*."""

    def __init__(self, profile: str, contact: str) -> None:
        super().__init__(f"{profile} already belongs to contact {contact}; merge the two instead")
        self.contact = contact
