"""The card's acts, by keyboard alone: apply, ignore, no ask, I know them, and who it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Frame, Page

from .conftest import free_port, worker_of
from .drawing import wait_for_drawn
from .extension_pages import (
    ASK,
    EDITOR,
    MEETING,
    NEXT_FRAME,
    USED,
    ask,
    contact_report,
    open_card,
    open_page,
    store_contact,
    undo_dismissals,
    wait_for_closed_card,
    write_to,
)
from .hearing import wait_until_heard

WITHOUT = """(shown, other) => { const copy = shown.cloneNode(true);
  copy.querySelectorAll(`${other}, .visually-hidden`).forEach((part) => part.remove()); return copy.textContent; }"""


def person(context: BrowserContext, name: str) -> tuple[str, str]:
    """Store a contact met once, and return the id and the profile's slug."""
    slug = name.lower().replace(" ", "-")
    return store_contact(context, name, profiles=[f"https://www.linkedin.com/in/{slug}"], history=MEETING), slug


def wait_until_seen(card: Frame, selector: str) -> None:
    """Wait until something lies within what is seen of the card."""
    card.wait_for_function("(selector) => { const { top, bottom } = document.querySelector(selector).getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }", arg=selector, timeout=10_000)


def test_a_suggestion_is_applied_by_its_number(page: Page, extension_context: BrowserContext) -> None:
    """The card shows what goes, what comes, what that does and what it uses; 1 writes it, and one undo takes it back."""
    _, slug = person(extension_context, "Anna Apply")
    tab = write_to(page, "Anna Apply", slug, f"Hi Anna! {ASK}")
    card = open_card(page, tab)
    assert "Boat fair in Genoa" in card.locator("#events").inner_text()
    goes, comes = (card.locator("#suggestion-list p").first.evaluate(WITHOUT, other) for other in ("ins", "del"))
    assert goes == ASK
    assert card.locator("#suggestion-list .uses").first.inner_text() == f"Wait with the ask · u{USED}"
    assert card.locator("#suggestion-list ins").count() >= 1
    page.keyboard.press("1")
    wait_for_closed_card(page)
    wait_until_heard(page, card, "Done. Undo in the message takes it back.")
    reads = "([editor, text]) => document.querySelector(editor).innerText.trim() === text"
    page.wait_for_function(reads, arg=[EDITOR, f"Hi Anna! {comes}"])
    page.keyboard.press("Control+z")
    page.wait_for_function(reads, arg=[EDITOR, f"Hi Anna! {ASK}"])


@pytest.mark.parametrize(("key", "reason", "heard"), [("i", "ignored", "Ignored here."), ("n", "no_ask", "Noted: this is no ask.")])
def test_a_finding_is_dismissed_and_brought_back(page: Page, extension_context: BrowserContext, key: str, reason: str, heard: str) -> None:
    """I and N take the underline away, for the next words too, and ears hear it; the options list it, and undo brings it back."""
    name = f"Ivo {reason.title()}"
    _, slug = person(extension_context, name)
    sentence = f"{ASK[:-1]} for {reason}?"
    tab = write_to(page, name, slug, f"Hi! {sentence}")
    card = open_card(page, tab)
    page.keyboard.press(key)
    wait_for_closed_card(page)
    wait_until_heard(page, card, heard)
    wait_for_drawn(page, [])
    page.keyboard.type(" Bye.")
    options = open_page(extension_context, "options/options.html")
    row = options.locator("#ignored li", has_text=f"for {reason}")
    row.get_by_role("button").click()
    row.wait_for(state="detached")
    options.close()
    page.bring_to_front()
    page.keyboard.type(" Ivo.")
    wait_for_drawn(page, [sentence.rstrip("?")])


def test_the_user_knows_them(page: Page, extension_context: BrowserContext) -> None:
    """K and Enter let the user's word count: the verdict follows, and the contact keeps the stage with the reason."""
    contact_id, slug = person(extension_context, "Kit Known")
    tab = write_to(page, "Kit Known", slug, f"Hi Kit! {ASK}")
    card = open_card(page, tab)
    page.keyboard.press("k")
    card.locator("#know-reason:focus").wait_for()
    page.keyboard.press("Enter")
    wait_for_closed_card(page)
    wait_until_heard(page, card, "Stage set by you: Credibility.")
    report = ask(extension_context, {"type": "panel-view", "tab": tab, "pinned": None})["draft"]["report"]
    assert (report["verdict"], report["relationship"]["stage"]) == ("send", "credibility")
    override = contact_report(extension_context, contact_id)["contact"]["stage_override"]
    assert (override["stage"], override["reason"]) == ("credibility", "We know each other from before")


def test_escape_leaves_the_form_first_and_then_the_card(page: Page, extension_context: BrowserContext) -> None:
    """Escape closes one thing at a time, Tab stays in the card, and letters typed into a field do nothing else."""
    contact_id, slug = person(extension_context, "Esc Escape")
    tab = write_to(page, "Esc Escape", slug, f"Hi Esc! {ASK}")
    card = open_card(page, tab)
    page.keyboard.press("k")
    card.locator("#know-reason:focus").wait_for()
    page.keyboard.type("kin")
    page.keyboard.press("Escape")
    card.locator("#card:focus").wait_for()
    assert card.locator("#know").is_hidden()
    stops = card.locator("button:visible, summary:visible").count()
    for _ in range(stops + 2):
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement !== document.body")
        assert card.evaluate("() => document.activeElement.matches('button, summary')")
    page.keyboard.press("Escape")
    wait_for_closed_card(page)
    assert contact_report(extension_context, contact_id)["contact"]["stage_override"] is None


def test_an_unknown_recipient_is_chosen(page: Page, extension_context: BrowserContext) -> None:
    """Nobody is guessed; W, a few letters and Enter say who it is, and the verdict follows the history."""
    store_contact(extension_context, "Wanda Who", history=MEETING)
    tab = write_to(page, "", "", f"Hi there! {ASK}")
    card = open_card(page, tab)
    assert "unknown" in card.locator("#recipient").inner_text()
    assert card.locator("#reached").inner_text() == "Stranger"
    page.keyboard.press("w")
    card.locator("input[type=search]:focus").wait_for()
    page.keyboard.type("wanda")
    card.get_by_role("button", name="Wanda Who").wait_for()
    wait_until_seen(card, "#who-choice .people button")
    page.keyboard.press("Enter")
    wait_for_closed_card(page)
    wait_until_heard(page, card, "For Wanda Who")
    card = open_card(page, tab)
    assert card.locator("#recipient").inner_text() == "For Wanda Who"
    assert card.locator("#reached").inner_text() == "Visibility"
    page.keyboard.press("Escape")


def test_what_waits_for_the_server_is_said_where_it_is_seen(page: Page, extension_context: BrowserContext, server_origin: str) -> None:
    """In a card that is longer than what is seen of it, the line that answers a key is brought into sight."""
    _, slug = person(extension_context, "Lia Later")
    tab = write_to(page, "Lia Later", slug, "Hi Lia! Could you introduce me to your harbour master?")
    card = open_card(page, tab)
    assert card.evaluate("() => document.querySelector('#card').scrollHeight > innerHeight + 40")
    set_origin = "origin => chrome.storage.local.set({ serverOrigin: origin })"
    worker_of(extension_context).evaluate(set_origin, f"http://127.0.0.1:{free_port()}")
    page.keyboard.press("i")
    card.locator("#acts .hint", has_text="kept").wait_for()
    worker_of(extension_context).evaluate(set_origin, server_origin)
    wait_until_seen(card, "#acts .hint")
    # The next test finds nothing that waits.
    while ask(extension_context, {"type": "panel-view", "tab": tab, "pinned": None})["waiting"]:
        pass
    undo_dismissals(extension_context)


def test_a_name_alone_decides_nothing(page: Page, extension_context: BrowserContext) -> None:
    """Somebody of the same name with another profile is offered, not taken."""
    store_contact(extension_context, "Sam Same", profiles=["https://www.linkedin.com/in/sam-same"], history=MEETING)
    tab = write_to(page, "Sam Same", "sam-same-2", f"Hi Sam! {ASK}")
    card = open_card(page, tab)
    assert card.locator("#reached").inner_text() == "Stranger"
    assert "A name alone decides nothing" in card.locator("#recipient").inner_text()
    assert card.locator("#who-choice").get_by_role("button", name="Sam Same").count() == 2, "the stored one, and adding a new one"
    is_first = "() => Boolean(document.querySelector('#who').compareDocumentPosition(document.querySelector('#suggestions')) & Node.DOCUMENT_POSITION_FOLLOWING)"
    assert card.evaluate(is_first), "who it is decides what there is to say"
    page.keyboard.press("Escape")
    wait_for_closed_card(page)
    assert ask(extension_context, {"type": "search-contacts", "query": "sam same"})[0]["stage"] == "visibility"


def test_a_likely_person_is_chosen_by_a_digit(page: Page, extension_context: BrowserContext) -> None:
    """After W the digits choose among those who are likely, which a screen reader is told; before it they apply suggestions."""
    ids = {place: store_contact(extension_context, "Dora Digit", company=place, history=MEETING) for place in ("Genoa Ropes", "Pisa Sails")}
    tab = write_to(page, "Dora Digit", "dora-digit", f"Hi Dora! {ASK}")
    card = open_card(page, tab)
    likely = card.locator("#who-choice .people button")
    assert likely.locator("kbd").first.is_hidden()
    page.keyboard.press("w")
    card.locator("#who-choice .people button:focus").wait_for()
    assert likely.evaluate_all("(all) => all.map((one) => [one.getAttribute('aria-keyshortcuts'), one.querySelector('kbd').checkVisibility()])") == [["1", True], ["2", True]]
    second = next(place for place in ids if place in likely.nth(1).inner_text())
    page.keyboard.press("2")
    wait_for_closed_card(page)
    assert page.locator(EDITOR).inner_text().strip() == f"Hi Dora! {ASK}"
    draft = ask(extension_context, {"type": "panel-view", "tab": tab, "pinned": None})["draft"]
    assert [one["id"] for one in draft["contacts"]] == [ids[second]]


MANY = [
    {"date": f"2026-0{1 + day // 8}-{10 + day % 8}", "kind": "message", "direction": "received", "summary": f"Letter {day} on boats, sails and harbours"}
    for day in range(24)
]
# The boxes of what is underlined, and of the window without its scrollbars.
UNDERLINED = "() => [...CSS.highlights.values()].flatMap((one) => [...one].flatMap((range) => [...range.getClientRects()].map((box) => box.toJSON())))"
WINDOW = "() => [visualViewport.width, visualViewport.height]"


def settled_box(page: Page, card: Frame) -> dict[str, float]:
    """Return where the card lies once it lies still."""
    before: object = None
    for _ in range(400):
        box = card.frame_element().bounding_box()
        if box and box == before and box["height"] > 100:
            return dict(box)
        before = box
        page.evaluate(NEXT_FRAME)
    raise AssertionError("the card does not come to rest")


def assert_words_seen(page: Page, card: Frame) -> dict[str, float]:
    """Check that the card hides nothing of the underlined words nor lies outside of the window, and return its box."""
    box = settled_box(page, card)
    width, height = page.evaluate(WINDOW)
    assert min(box["x"], box["y"], width - box["x"] - box["width"], height - box["y"] - box["height"]) >= 0, box
    for words in page.evaluate(UNDERLINED):
        is_apart = (
            box["y"] >= words["bottom"] or box["y"] + box["height"] <= words["top"]
            or box["x"] >= words["right"] or box["x"] + box["width"] <= words["left"]
        )
        assert is_apart, (box, words)
    return box


@pytest.mark.parametrize(
    ("size", "down"), [((1280, 813), 0), ((1280, 813), 300), ((1280, 813), 600), ((1280, 420), 40), ((390, 844), 100)],
    ids=["top", "middle", "bottom", "low window", "narrow window"],
)
def test_the_words_stay_seen_beside_a_long_history(page: Page, extension_context: BrowserContext, size: tuple[int, int], down: int) -> None:
    """The card takes a part of the window, with the first suggestion in what is seen of it, and follows when the page scrolls."""
    slug = f"lena-long-{size[0]}-{size[1]}-{down}"
    store_contact(extension_context, "Lena Long", profiles=[f"https://www.linkedin.com/in/{slug}"], history=MANY)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    tab = write_to(page, "Lena Long", slug, f"Hi Lena! {ASK}")
    page.evaluate("(px) => { document.body.style.padding = `${px}px 0 2000px`; }", down)
    card = open_card(page, tab)
    box = assert_words_seen(page, card)
    assert box["height"] <= max(0.6 * size[1], 360)
    apply = card.locator("#suggestion-list").get_by_role("button", name="Apply")
    seen = card.evaluate("() => innerHeight")
    top, bottom = card.locator("#acts").evaluate("(acts) => { const { top, bottom } = acts.getBoundingClientRect(); return [top, bottom]; }")
    assert (bottom <= seen) == (seen >= 400), "the acts stay seen where there is room"
    assert min(seen, top) >= apply.evaluate("(button) => button.getBoundingClientRect().bottom")
    assert "Last time: “Letter 23 on boats, sails and harbours”. No help has been" in card.locator("#why").inner_text()
    assert card.locator("#events li").first.is_hidden()
    page.evaluate("() => scrollTo(0, 40)")
    assert_words_seen(page, card)
    card.locator("#rests summary").click()
    newest = card.locator("#events li").first
    newest.scroll_into_view_if_needed()
    assert "Letter 23" in newest.inner_text()
    assert_words_seen(page, card)
