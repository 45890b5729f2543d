"""The server's own pages, each state once."""

from __future__ import annotations

import base64
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from ..importers import archives
from .conftest import RunningServer, running_server
from .extension_pages import ASK
from .pictured import Studio, seen

DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  for (const type of ['dragover', 'drop']) document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
}"""
RULE = "en/asks/introduction"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def _take_both(studio: Studio, page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    studio.gallery.take(page, name, whole=True)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    studio.gallery.take(page, f"{name}-phone", whole=True)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]


def show_playground(studio: Studio) -> None:
    """Take the playground empty, with a verdict and rewrites, with its card, and without a server."""
    page = studio.own_page("/")
    studio.gallery.take(page, "playground-empty", whole=True)
    page.locator("#editor").click()
    page.keyboard.type(f"Hi Ivan, I run a sail loft in Genoa. {ASK}")
    seen(page, "#rewrites > li:nth-child(2)")
    _take_both(studio, page, "playground-rewrites")
    page.locator("#rewrites summary").first.click()
    studio.gallery.take(page, "playground-changes", whole=True)
    page.locator("#editor").click()
    page.keyboard.press("F8")
    seen(page, "#card")
    studio.gallery.take(page, "playground-card")
    page.keyboard.press("Escape")
    page.locator('[name="stage"][value="credibility"]').check(force=True)
    seen(page, '#verdict[data-verdict="send"]')
    studio.gallery.take(page, "playground-send")
    page.route("**/api/v1/lint", lambda route: route.abort("connectionrefused"))
    page.locator("#editor").click()
    page.keyboard.type("!")
    seen(page, "#notice")
    studio.gallery.take(page, "playground-away")
    page.close()


def show_contacts(studio: Studio) -> None:
    """Take the contacts, one of them, each dialog, and an import in each of its states."""
    page = studio.own_page("/contacts")
    seen(page, "#people li")
    _take_both(studio, page, "contacts")
    page.locator("[value=tending]").check(force=True)
    seen(page, "#people li")
    studio.gallery.take(page, "contacts-tending", whole=True)
    page.locator("#search").fill("zzzz")
    page.locator("[value=all]").check(force=True)
    page.locator("#people li").first.wait_for(state="detached")
    studio.gallery.take(page, "contacts-nobody")
    page.locator("#search").fill("")
    for name, state in (("Ivan Misner", "contact"), ("Lena Long", "contact-long")):
        page.locator("#people a, #people button").filter(has_text=name).first.click()
        page.locator("#name", has_text=name).wait_for()
        _take_both(studio, page, state)
    for opener, dialog in (("#new", "#form-dialog"), ("#merge", "#merge-form-dialog"), ("#timeline button >> nth=0", "#event-form-dialog")):
        page.locator(opener).first.click()
        page.locator(dialog).wait_for()
        studio.gallery.take(page, f"contact{dialog.removeprefix('#').removesuffix('-dialog').join(('-', ''))}")
        page.locator(f"{dialog} button[type=button]").first.click()
    page.locator("#line").fill("met on 4/5/2025")
    page.locator("#line").press("Enter")
    page.locator("#which-day, #done").locator("visible=true").first.wait_for()
    studio.gallery.take(page, "contact-which-day")
    _show_import(studio, page)
    page.close()


def _show_import(studio: Studio, page: Page) -> None:
    page.goto(f"{studio.server.origin}/contacts")
    page.reload()
    seen(page, "#people li")
    page.locator("#import > summary").click()
    page.evaluate(DROP, ["notes.txt", base64.b64encode(b"nothing of the kind").decode()])
    seen(page, "#import-error")
    studio.gallery.take(page, "import-error", whole=True)
    page.locator("#import-cancel").click()
    with TemporaryDirectory() as folder:
        content = archives.archive(Path(folder) / "a.zip", archives.of_2023()).read_bytes()
    page.evaluate(DROP, ["Basic_LinkedInDataExport.zip", base64.b64encode(content).decode()])
    seen(page, "#import-counts > li")
    page.evaluate("() => document.querySelectorAll('#import-result details').forEach((one) => { one.open = true; })")
    _take_both(studio, page, "import-plan")
    page.locator("#import-apply").click()
    seen(page, "#import-undo")
    studio.gallery.take(page, "import-done", whole=True)


def show_rules(studio: Studio) -> None:
    """Take each part of the rules page, a phrase with a fault, a change with its effect, and the report."""
    page = studio.own_page("/rules")
    page.locator("#rule-list li").first.wait_for(timeout=60_000)
    studio.gallery.take(page, "rules-list")
    page.goto(f"{studio.server.origin}/rules#list/{RULE}")
    page.locator("#rule-parts li").first.wait_for(timeout=60_000)
    _take_both(studio, page, "rules-rule")
    page.locator("#rule-parts button").first.click()
    page.locator(".phrase-input").fill("unlock the (silver|golden")
    page.locator(".phrase-fault").wait_for()
    page.locator(".phrase-input").scroll_into_view_if_needed()
    studio.gallery.take(page, "rules-phrase-fault")
    page.keyboard.press("Escape")
    page.locator("#rule-form input").first.uncheck(force=True)
    page.locator("#save:enabled").wait_for(timeout=120_000)
    page.locator("#effect-details > summary").click()
    studio.gallery.take(page, "rules-effect")
    page.locator("#discard").click()
    for part in ("values", "dismissed", "changes"):
        page.goto(f"{studio.server.origin}/rules#{part}")
        seen(page, f"#part-{part} :not(:empty)")
        studio.gallery.take(page, f"rules-{part}", whole=True)
    page.goto(f"{studio.server.origin}/rules#try")
    page.locator("#try-texts textarea").first.fill("Hi Ann, could you introduce me to your editor? Thank you for the lovely day.")
    page.locator(".tried .verdict").nth(3).wait_for(timeout=60_000)
    _take_both(studio, page, "rules-try")
    page.goto(f"{studio.server.origin}/report")
    seen(page, "#charts, #nothing")
    _take_both(studio, page, "report")
    page.close()


def show_first_steps(studio: Studio) -> None:
    """Take the first steps and the pairing before and after, the locked door, and contacts where nobody is."""
    page = studio.own_page("/welcome")
    studio.gallery.take(page, "welcome-done", whole=True)
    page.goto(f"{studio.server.origin}/pair")
    seen(page, "#paired li")
    page.locator("#make").click()
    seen(page, "#code")
    _take_both(studio, page, "pair-code")
    page.close()
    with TemporaryDirectory() as folder, running_server(Path(folder) / "data") as server:
        _show_new(studio, server)


def _show_new(studio: Studio, server: RunningServer) -> None:
    page = studio.context.new_page()
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto(f"{server.origin}/contacts")
    studio.gallery.take(page, "locked")
    server.sign_in(page, "/welcome")
    page.locator("#make").click()
    seen(page, "#code")
    _take_both(studio, page, "welcome")
    page.goto(f"{server.origin}/contacts")
    seen(page, "#import-drop")
    _take_both(studio, page, "contacts-empty")
    page.goto(f"{server.origin}/pair")
    seen(page, "#none")
    studio.gallery.take(page, "pair-none")
    page.close()
