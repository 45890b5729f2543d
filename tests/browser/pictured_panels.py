"""The panel, the popup and the options, each state once."""

from __future__ import annotations

from playwright.sync_api import Page

from .conftest import GMAIL, SITE, free_port, worker_of
from .extension_pages import NOW_SHOWN, open_page, write_to
from .pictured import Studio, another_program, seen
from .pictured_messages import ASK, EARLY, IVAN

POPUP = {"width": 390, "height": 600}
MARKED = "() => [...CSS.highlights.values()].some((highlight) => highlight.size)"


def _written(studio: Studio, name: str, slug: str, text: str) -> tuple[Page, int]:
    page = studio.context.new_page()
    return page, write_to(page, name, slug, text)


def _take_panel(studio: Studio, tab: int, state: str, wanted: str, *, opened: bool = False) -> None:
    panel = studio.panel(tab)
    seen(panel, wanted)
    if opened:
        panel.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    studio.gallery.take(panel, state, whole=True)
    panel.close()


def show_panels(studio: Studio) -> None:
    """Take the panel beside messages and without one."""
    page, tab = _written(studio, *IVAN, EARLY)
    page.wait_for_function(MARKED)
    _take_panel(studio, tab, "panel-known", "#rewrites .change")
    _take_panel(studio, tab, "panel-known-open", "#rewrites .change", opened=True)
    page.close()
    for name, slug, state, wanted in (
        ("Nora New", "nora-new", "panel-stranger", "#who-add button"), ("Sam Same", "sam-other", "panel-same-name", "#who-likely button"),
        ("", "", "panel-drifted", "#who-search input"), ("Lena Long", "lena-long", "panel-long-history", "#all-events"),
        ("Rita Ripe", "rita-ripe", "panel-ripe", "#findings details"),
    ):
        page, tab = _written(studio, name, slug, f"Hi there! {ASK}")
        _take_panel(studio, tab, state, wanted)
        page.close()
    _show_record(studio)


def _show_record(studio: Studio) -> None:
    panel = studio.panel(999_999)
    seen(panel, "#tending-list button")
    studio.gallery.take(panel, "panel-tending", whole=True)
    panel.locator("#find input").fill("zzzz")
    panel.locator("#find .hint:not(:empty)").wait_for()
    studio.gallery.take(panel, "panel-nobody", whole=True)
    panel.locator("#find input").fill("ivan")
    panel.locator("#find .people button").click()
    panel.locator("#notes button").first.click()
    panel.locator("#notes form").wait_for()
    studio.gallery.take(panel, "panel-note-editing", whole=True)
    panel.keyboard.press("Escape")
    with studio.origin(f"http://127.0.0.1:{free_port()}"):
        for line in ("called about ropes", "met at the fair, promised the drawings of the harbour by Friday"):
            panel.fill("#line", line)
            panel.press("#line", "Enter")
            panel.locator("#done:not(:empty)").wait_for()
        panel.locator("#waiting summary").click()
        seen(panel, "#notice")
        panel.locator("#waiting-list li").nth(1).wait_for()
        studio.gallery.take(panel, "panel-waiting", whole=True)
    panel.locator("#waiting").wait_for(state="hidden")
    refused = {"type": "write", "method": "POST", "path": "/contacts/nobody/lines", "body": {"line": "called about ropes"}, "what": "line", "words": "called about ropes", "who": "Olga Once"}
    panel.evaluate("message => chrome.runtime.sendMessage(message)", refused)
    panel.locator("#waiting-text:not(:empty)").wait_for()
    panel.locator("#waiting-list button").wait_for()
    studio.gallery.take(panel, "panel-refused-write", whole=True)
    panel.locator("#waiting-list button").click()
    panel.close()


def _take_popup(studio: Studio, tab: int, state: str, wanted: str) -> None:
    popup = open_page(studio.context, f"panel/panel.html?in=popup&tab={tab}")
    popup.set_viewport_size(POPUP)  # type: ignore[arg-type]
    seen(popup, wanted)
    studio.gallery.take(popup, f"popup-{state}", whole=True)
    popup.close()


def show_popups(studio: Studio) -> None:
    """Take the popup with each verdict, and with each state that is never silent."""
    for state, name, text in (
        ("wait", ("Nora New", "nora-new"), f"Hi Nora! {ASK}"), ("revise", IVAN, EARLY), ("send", IVAN, "Hi Ivan, thank you for the lovely breakfast in Turin."),
        ("language", ("", ""), "Bedankt voor het fijne gesprek van dinsdag, ik denk er nog vaak aan."),
    ):
        page, tab = _written(studio, *name, text)
        _take_popup(studio, tab, state, "#verdict-line:not(:empty)")
        page.close()
    page, tab = _written(studio, "", "", ASK)
    page.wait_for_function(MARKED)
    page.keyboard.insert_text("far too long " * 1600)
    _take_popup(studio, tab, "too-long", "#notice")
    page.goto(f"{SITE}/messaging/drifted")
    for editor in ("#recipient", "#editor"):
        page.bring_to_front()
        page.locator(editor).click()
        page.keyboard.type(f"Hello! {ASK}")
        # The first letters bring a verdict of their own.
        _take_popup(studio, tab, *(("drifted", "#notice") if editor == "#editor" else ("drifted-recipient", "#findings details")))
    page.goto(f"{GMAIL}/gmail.html#rita@example.org")
    tab = worker_of(studio.context).evaluate(NOW_SHOWN)
    page.locator("#compose [g_editable]").click()
    page.keyboard.type(f"Hello both! {ASK}")
    page.wait_for_function(MARKED)
    _take_popup(studio, tab, "several", "#who-line")
    page.close()
    popup = open_page(studio.context, "panel/panel.html?in=popup&tab=999999")
    popup.set_viewport_size(POPUP)  # type: ignore[arg-type]
    # Only a press of the button in the toolbar lets the extension see where it is.
    popup.evaluate("""async () => { chrome.tabs.get = async () => ({ url: 'https://forum.example/forum.html' });
      await (await import('/panel/notices.js')).showSite(1); }""")
    seen(popup, "#tending-list button")
    studio.gallery.take(popup, "popup-site-off", whole=True)
    popup.close()
    _show_silence(studio)


def _show_silence(studio: Studio) -> None:
    page, tab = _written(studio, *IVAN, EARLY)
    page.wait_for_function(MARKED)
    with another_program() as stranger:
        for state, origin in (("away", f"http://127.0.0.1:{free_port()}"), ("another-program", stranger)):
            with studio.origin(origin):
                page.bring_to_front()
                page.keyboard.type("!")
                _take_popup(studio, tab, state, "#notice")
    worker = worker_of(studio.context)
    pairing = worker.evaluate("async () => { const all = await chrome.storage.local.get(null); await chrome.storage.local.remove(Object.keys(all)); return all; }")
    page.keyboard.type("!")
    _take_popup(studio, tab, "not-paired", "#notice")
    worker.evaluate("all => chrome.storage.local.set(all)", pairing)
    page.close()


def show_options(studio: Studio) -> None:
    """Take the options as they are, with a complaint, with something ignored, without the server, and before pairing."""
    page, tab = _written(studio, *IVAN, EARLY)
    page.wait_for_function(MARKED)
    panel = studio.panel(tab)
    panel.locator("#findings summary").first.click()
    panel.locator("#findings .dismissing button").last.click()
    panel.locator("#done button").first.wait_for()
    studio.gallery.take(panel, "panel-undo")
    panel.close()
    page.close()
    options = open_page(studio.context, "options/options.html")
    options.set_viewport_size({"width": 900, "height": 900})
    seen(options, "#ignored li")
    options.fill("#site", "not an address")
    options.press("#site", "Enter")
    seen(options, "#site-error:not(:empty)")
    studio.gallery.take(options, "options", whole=True)
    options.set_viewport_size({"width": 390, "height": 900})
    studio.gallery.take(options, "options-narrow", whole=True)
    options.set_viewport_size({"width": 900, "height": 900})
    with studio.origin(f"http://127.0.0.1:{free_port()}"):
        options.reload()
        seen(options, "#server-retry")
        studio.gallery.take(options, "options-away")
    options.reload()
    options.locator("#pair-forget").click()
    seen(options, "#pair-how")
    studio.gallery.take(options, "options-not-paired")
    studio.server.new_code()
    options.fill("#pair-code", "ABCD-2345")
    options.locator("#pair-button").click()
    seen(options, "#pair-problem:not(:empty)")
    studio.gallery.take(options, "options-wrong-code")
    options.fill("#pair-code", studio.server.new_code())
    options.locator("#pair-button").click()
    seen(options, "#pair-forget")
    studio.gallery.take(options, "options-paired")
    options.close()
