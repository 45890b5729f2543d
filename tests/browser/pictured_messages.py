"""Messages with underlines and the card, each state once."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Frame, Page

from .conftest import SITE, free_port
from .extension_pages import EDITOR, open_card, wait_for_closed_card, write_to
from .pictured import Studio, seen

ASK = "Could you introduce me to Richard Branson, so that I can offer him our services?"
EARLY = f"Hi Ivan, lovely to have found you here! I run a niche marketing agency. {ASK} Thanks, Greg"
PRESSED = "Hi Ivan, I was impressed by your profile. This is your last chance to join us!"
IVAN = ("Ivan Misner", "ivanmisner")
HEIGHT = 890
_MOST_TURNS = 6


def _page(studio: Studio) -> Page:
    page = studio.context.new_page()
    page.set_viewport_size({"width": 1100, "height": HEIGHT})
    return page


def _card(studio: Studio, name: str, slug: str, text: str) -> tuple[Page, Frame]:
    page = _page(studio)
    tab = write_to(page, name, slug, text)
    for _ in range(_MOST_TURNS):
        # On a machine that is busy the card may have come and gone, or the suggestions may have come too late for it.
        with suppress(AssertionError):
            card = open_card(page, tab)
            if card.locator("#suggestions button").first.is_visible() or "last chance" in text:
                return page, card
            page.keyboard.press("Escape")
            wait_for_closed_card(page)
    raise AssertionError(f"no card for {text!r}")


def show_underlines(studio: Studio) -> None:
    """Take every look of an underline in an editor and in a text field."""
    page = _page(studio)
    write_to(page, "", "", f"{EARLY}\n{PRESSED}")
    page.wait_for_function("() => [...CSS.highlights.values()].flatMap((one) => [...one]).length > 2")
    studio.gallery.take(page, "underline-editor")
    page.goto(f"{SITE}/in/ivanmisner/#Invite Ivan Misner to connect")
    page.locator("textarea").click()
    page.keyboard.type(f"{EARLY} {PRESSED}")
    page.wait_for_function("() => document.documentElement.lastElementChild !== document.body")
    studio.gallery.take(page, "underline-field")
    page.close()


def show_cards(studio: Studio) -> None:
    """Take the card in each of its states."""
    _show_card_of_known(studio)
    _show_card_of_others(studio)
    page, card = _card(studio, "Lena Long", "lena-long", EARLY.replace("Ivan", "Lena"))
    studio.gallery.take(page, "card-long-history")
    page.close()
    page = _page(studio)
    tab = write_to(page, *IVAN, "Hello Ivan!")
    with studio.origin(f"http://127.0.0.1:{free_port()}"):
        page.keyboard.type(" Bye.")
        card = open_card(page, tab)
        studio.gallery.take(page, "card-away")
        card.locator("#acts button").first.click()
        card.locator("#acts .hint").wait_for()
        studio.gallery.take(page, "card-still-away")
    page.close()


def _show_card_of_known(studio: Studio) -> None:
    page, card = _card(studio, *IVAN, EARLY)
    studio.gallery.take(page, "card-early")
    page.set_viewport_size({"width": 1100, "height": 1400})
    studio.gallery.take(page, "card-early-whole", height=HEIGHT)
    page.set_viewport_size({"width": 1100, "height": HEIGHT})
    page.keyboard.press("2")
    card.locator("#more[open]").wait_for()
    studio.gallery.take(page, "card-more-ways")
    card.locator("#more-list button").last.scroll_into_view_if_needed()
    studio.gallery.take(page, "card-more-ways-below")
    page.keyboard.press("k")
    card.locator("#know-reason:focus").wait_for()
    studio.gallery.take(page, "card-know")
    page.close()
    page, card = _card(studio, *IVAN, "Hi Ivan! Could you introduce me to your publisher?")
    with studio.origin(f"http://127.0.0.1:{free_port()}"):
        page.keyboard.press("i")
        card.locator("#acts .hint").wait_for()
        studio.gallery.take(page, "card-kept-for-later")
    page.close()
    page, _ = _card(studio, *IVAN, PRESSED)
    studio.gallery.take(page, "card-signal")
    page.close()
    page, _ = _card(studio, *IVAN, EARLY)
    page.set_viewport_size({"width": 390, "height": 700})
    studio.gallery.take(page, "card-narrow")
    page.close()


def _show_card_of_others(studio: Studio) -> None:
    page, card = _card(studio, "", "", EARLY)
    studio.gallery.take(page, "card-unknown")
    page.keyboard.press("w")
    card.locator("input[type=search]:focus").wait_for()
    page.keyboard.type("m")
    card.locator("#who-choice .people button").first.wait_for()
    studio.gallery.take(page, "card-who")
    page.keyboard.type("zzzz")
    card.locator("#who-choice .hint:not(:empty)").wait_for()
    studio.gallery.take(page, "card-who-nobody")
    page.close()
    for name, state in (("Nora New", "card-not-stored"), ("Sam Same", "card-same-name")):
        page, _ = _card(studio, name, "somebody-else", EARLY.replace("Ivan", name.split()[0]))
        studio.gallery.take(page, state)
        page.close()
    page = _page(studio)
    page.goto(f"{SITE}/messaging/drifted")
    page.locator("#editor").click()
    page.keyboard.type("Hi")
    seen(page, EDITOR)
    studio.gallery.take(page, "message-drifted")
    page.close()
