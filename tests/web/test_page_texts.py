"""The pages speak six languages: the one chosen, else the first that the browser asks for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from coltiva.library import LANGUAGES
from coltiva.web import create_app
from coltiva.web.page_texts import LANGUAGE_COOKIE, page_texts
from tests.shipped import LIBRARY

TEXTS = Path(__file__).resolve().parents[2] / "server" / "coltiva" / "web" / "texts"


def words(language: str, name: str) -> dict[str, set[str]]:
    """Return every text of a file by group and name, as the set of its placeholders."""
    content = json.loads((TEXTS / language / name).read_text("utf-8"))
    return {f"{group}.{key}": set(re.findall(r"\{\w+\}", text)) for group, texts in content.items() for key, text in texts.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language: str) -> None:
    """Each language has the same files, texts and placeholders as English, in the same order, and no text is empty."""
    assert [p.name for p in sorted((TEXTS / language).iterdir())] == [p.name for p in sorted((TEXTS / "en").iterdir())]
    for file in sorted((TEXTS / "en").iterdir()):
        assert list(words(language, file.name).items()) == list(words("en", file.name).items()), file.name
        groups = json.loads((TEXTS / language / file.name).read_text("utf-8")).values()
        assert all(text.strip() for group in groups for text in group.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_are_named_as_they_are_typed(language: str) -> None:
    """Where a page names a command, its beginning is what has to be typed here."""
    bare = re.compile(r"(?<![{\w])coltiva [a-z]+\b")
    found = [(file.name, text) for file in (TEXTS / language).iterdir() for text in bare.findall(file.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    ("accepted", "chosen", "expected"),
    [
        ("", None, "en"),
        ("it-CH,it;q=0.9,en;q=0.8", None, "it"),
        ("nl,pt-BR;q=0.7", None, "pt"),
        ("nl", None, "en"),
        ("it", "de", "de"),
        ("it", "xx", "it"),
    ],
)
def test_the_language_of_a_page(accepted: str, chosen: str | None, expected: str) -> None:
    """A language chosen goes before the browser's; one that nobody speaks here counts as none."""
    client = create_app(LIBRARY, 7333).test_client()
    if chosen:
        client.set_cookie(LANGUAGE_COOKIE, chosen, domain="127.0.0.1")
    page = client.get("/", base_url="http://127.0.0.1:7333", headers={"Accept-Language": accepted})
    assert f'<html lang="{expected}">' in page.text
    assert page.headers["Content-Language"] == expected
    assert "Accept-Language" in page.headers["Vary"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/contacts", "/pair", "/welcome"])
def test_pages_hold_words_alone(path: str, language: str) -> None:
    """No page shows a part of the program where a word should stand, and each has its own title."""
    client = create_app(LIBRARY, 7333).test_client()
    page = client.get(path, base_url="http://127.0.0.1:7333", headers={"Accept-Language": language})
    assert page.status_code == 200
    assert "built-in method" not in page.text
    assert "<title>Coltiva" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_playground_says_what_credibility_needs(language: str) -> None:
    """It is something given or received, as the gates have it, in the words of the contacts page; promises count nothing there."""
    hint = page_texts("playground", language)["stages"]["credibility_hint"]
    words = page_texts("contacts", language)["detail"]
    assert [words[name] in hint for name in ("gave", "received")] == [True, True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_playground_names_every_language(language: str) -> None:
    """Whatever language a message is in, the verdict can say which."""
    assert set(page_texts("playground", language)["languages"]) == set(LANGUAGES)
