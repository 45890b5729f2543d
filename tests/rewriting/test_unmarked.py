"""Messages typed without marks: closings and news stay, and what is added is typed as small and as bare."""

import re
from datetime import date
from typing import Any

import pytest

from coltiva.payloads import request_from_json
from coltiva.review import Reviewer
from tests.shipped import LIBRARY

REVIEWER = Reviewer(LIBRARY)
TODAY = date(2026, 5, 14)
MET = {"date": "2026-03-02", "kind": "meeting"}


def report(text: str, language: str, name: str, **others: Any) -> dict[str, Any]:
    """Return the report on a message."""
    body = {"text": text, "language": language, "contact": {"name": name}, "rewrites": True} | others
    return REVIEWER.review(request_from_json(body, today=TODAY)).to_dict()


def texts(text: str, language: str, name: str = "Maria Kern", **others: Any) -> list[str]:
    """Return the rewrites of a message; there are some."""
    found = [rewrite["text"] for rewrite in report(text, language, name, **others)["rewrites"]]
    assert found
    return found


BAGS = "hi maria we met at the fair in leeds and i make bags out of old sacks could you introduce me to the buyer at fenwick it would help me so much"
WILLS = "maria we've taken on a second solicitor i'd be obliged if you would mention us at your annual reviews the mcallister matter completed on friday no tears and one small argument over a barometer"
IGUANA = (
    "guten tag frau gutbrod wir sind die 6b der realschule und haben einen leguan geerbt der leguan heißt herr krüger und frisst wie sieben die "
    "klassenkasse hat deswegen seit gestern ein loch und zwar in leguanform unsere lehrerin meint wer sein leben lang mit tieren zu tun hat der hat "
    "dafür vielleicht auch ein herz und ein kleines sparschwein würden sie uns 50 euro für herrn krüger spenden ein foto liegt bei"
)
HOME = "hallo frau kern unser heim hat 60 plätze und zurzeit sind wir voll besetzt ich suche eine stelle könnten sie mich empfehlen"
LEAVES = "ma chère maria, le tunnel est réparé voici ma misère je pars à l'hôpital le 19 pour une hanche neuve et tu es la seule à qui j'oserais demander un service pourrais-tu arroser mes tomates"


@pytest.mark.parametrize(
    ("text", "language", "closing"),
    [
        (BAGS, "en", "thanks so much greg"),
        (BAGS, "en", "best regards, mirela"),
        (WILLS, "en", "regards rupert"),
        (HOME, "de", "lg sina"),
        (IGUANA, "de", "liebe grüße die klassensprecher jamal und tabea"),
        (HOME, "de", "mit freundlichen grüßen ingo thalmann"),
        (LEAVES, "fr", "gros becs, jacqueline"),
        (LEAVES, "fr", "veuillez recevoir mes salutations les plus cordiales"),
    ],
)
def test_a_closing_that_no_mark_parts_stays(text: str, language: str, closing: str) -> None:
    """The sender's name and formula stay at the end, though the ask runs into them."""
    assert all(rewrite.endswith(f" {closing}") for rewrite in texts(f"{text} {closing}", language))


@pytest.mark.parametrize("end", ["thanks so much maria", "thanks in advance greg", "we would love greg", "that was with greg"])
def test_what_only_looks_like_a_closing_goes(end: str) -> None:
    """The contact does not sign, thanks in advance go with the ask, and a word that leads on closes nothing."""
    assert not any(rewrite.endswith(end) for rewrite in texts(f"{BAGS} {end}", "en"))


def test_suggestions_leave_the_closing() -> None:
    """What is put in place of an ask that an emoji ends keeps the closing that was read into it."""
    text = "Bonjour Maria 🌱 Voici la liste ! J'aimerais savoir ce que vous pensez de nos prix 😊 Bonne journée ☀️ À bientôt !"
    findings = report(text, "fr", "Maria Kern")["findings"]
    asks = [finding for finding in findings if finding.get("suggestions")]
    assert asks
    reaching = [s for f in asks for s in f["suggestions"] if s["end"] > text.index("Bonne")]
    assert reaching
    assert all(s["text"].endswith("Bonne journée ☀️ À bientôt") for s in reaching)


def test_a_closing_before_a_bare_postscript_stays() -> None:
    """Where the postscript asks and goes, the closing ends the message."""
    text = (
        "bonjour maria j'espère que le pont de l'ascension se passe bien de votre côté ici il pleut depuis trois jours nous avons terminé la "
        "migration de plusieurs pme de la région ce mois-ci je serais ravi que vous laissiez quelques lignes sur notre fiche google bien à vous "
        "thomas p s j'aurais aussi aimé vous voir entrer au capital de notre petite société même avec un ticket modeste"
    )
    assert all(rewrite.endswith(" bien à vous thomas") for rewrite in texts(text, "fr"))


def test_news_before_an_unmarked_ask_stay() -> None:
    """Words stay that stand in one stretch with the ask; its connector and its condition do not."""
    flowers = (
        "you'll never guess who came in for sweet peas, the crematorium lad, him with the toupee, and he's getting wed, so there's hope for us "
        "all could you give me the number of that events woman at chatsworth you did the big top with"
    )
    assert all(re.search(r"so there's hope for us all(?:\. |\Z)", rewrite) for rewrite in texts(flowers, "en", history=[MET]))
    charts = "my sister says you're drowning in spreadsheets again would you try our chart tool for a month it's 90 quid and we'd kick off in june"
    assert all(re.search(r"drowning in spreadsheets again(?:\. |\Z)", rewrite) for rewrite in texts(charts, "en", history=[MET]))


def test_an_ask_in_its_own_line_goes_alone() -> None:
    """A line break parts sentences for who sets no marks."""
    text = "hey maria freut mich dass der neue kollege bei euch so gut angekommen ist\nwürdest du mir auf linkedin eine kurze empfehlung schreiben"
    assert all(re.search(r"gut angekommen ist(?:\n|\Z)", rewrite) for rewrite in texts(text, "de", history=[MET]))


def test_added_lines_are_as_small_and_bare() -> None:
    """German nouns and months are typed small by who types all small, and no semicolon is set by who sets no marks."""
    for language, text in (("de", HOME), ("en", BAGS), ("fr", LEAVES)):
        for rewrite in texts(text, language, history=[MET]):
            assert rewrite == rewrite.lower()
            assert ";" not in rewrite
            assert " ," not in rewrite
