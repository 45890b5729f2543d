"""What the routes on contacts share: the store, the day, and answers that show a contact as it now stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Response, request

from coltiva.contact_report import ContactReporter
from coltiva.contact_store import Change, ContactStore
from coltiva.errors import PayloadError, UnknownContactError
from coltiva.library import LANGUAGES, Library
from coltiva.review import DEFAULT_EXPLANATION_LANGUAGE
from coltiva.web.lint_routes import as_json


@dataclass(frozen=True, slots=True)
class ContactAnswers:
    """Answers about the contacts of *store*, on the user's local day, in the language that the request names."""

    store: ContactStore
    library: Library
    today: Callable[[], date]

    def language(self) -> str:
        """Return the user's language, ``explain_in`` of the request's address; English without one."""
        language = request.args.get("explain_in", DEFAULT_EXPLANATION_LANGUAGE)
        if language not in LANGUAGES:
            raise PayloadError("explain_in", f"expected one of {', '.join(LANGUAGES)}")
        return language

    def check_language(self) -> None:
        """Refuse a language that nobody knows, before anything is changed."""
        self.language()

    def reporter(self) -> ContactReporter:
        """Return the reporter in the user's language."""
        return ContactReporter(self.library, self.language())

    def contact(self, contact_id: str, status: int = 200) -> Response:
        """Answer with a contact, the history and how the two stand."""
        return as_json(self.reporter().contact(self.store.get(contact_id), self.today()), status)

    def changed(self, change: Change, contact_id: str, status: int = 200) -> Response:
        """Answer with the change, which can be taken back, and the contact as it is now; null where it is gone."""
        reporter = self.reporter()
        try:
            shown = reporter.contact(self.store.get(contact_id), self.today())
        except UnknownContactError:
            shown = None
        touched = list(change.contacts)
        return as_json({"change": change.id, "what": change.what, "contacts": touched, "contact": shown}, status)


def number_argument(name: str, default: int, most: int) -> int:
    """Return a whole number from the request's address; PayloadError for anything else."""
    text = request.args.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= most):
        raise PayloadError(name, f"expected a whole number up to {most}")
    return int(text)
