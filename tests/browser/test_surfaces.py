"""Every surface on pages with the traps of the real ones: underlined where the words are, and the recipient exact or said to be unknown."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, Playwright, Worker

from .conftest import EXTENSION, GMAIL, SITE, RunningServer, launch, worker_of
from .drawing import DRAWN_RANGES, coloured_pixels
from .extension_pages import open_page

ASK = "Could you introduce me to Richard Branson?"
TEXT = f"Hello 😀, I run a sail loft in Genoa. {ASK} Thanks, Greg"
KEPT = """async ({ text }) => {
  for (;;) {
    const kept = Object.values(await chrome.storage.session.get(null)).find((one) => one?.text === text && one.channel);
    if (kept) return kept;
  }
}"""


@dataclass(frozen=True)
class Surface:
    """A place to write, and what must be known of it."""

    address: str
    editor: str
    channel: str
    recipients: list[dict[str, str]] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)
    frame: str = ""
    press: str = ""


IVAN = {"name": "Ivan Misner", "profile": f"{SITE}/in/ivanmisner/"}
IVAN_OF_PAGE = {"name": "Ivan Misner", "profile": f"{SITE}/in/ivanmisner"}
VARIANTS = f"{SITE}/messaging/thread/x1/"
LABELS = (
    "Invite Ivan Misner to connect", "Invita Ivan Misner a collegarsi", "Invita a Ivan Misner a conectar", "Invitez Ivan Misner à se connecter",
    "Laden Sie Ivan Misner zum Vernetzen ein", "Convide Ivan Misner para se conectar", "Nodig Ivan Misner uit om te connecten",
)
SURFACES = {
    "message": Surface(f"{SITE}/messaging.html", ".msg-form__contenteditable", "linkedin_message", [IVAN]),
    "shadow": Surface(f"{SITE}/shadow.html", ".msg-form__contenteditable", "linkedin_message", [IVAN]),
    "first bubble": Surface(f"{SITE}/bubbles.html", "#first [role=textbox]", "linkedin_message", [IVAN]),
    "second bubble": Surface(f"{SITE}/bubbles.html", "#second [role=textbox]", "linkedin_message", [
        {"name": "Ada Byron", "profile": f"{SITE}/in/ada-byron/", "otherProfile": f"{SITE}/in/ACoAAABcDeFgHiJkLmNoPqRsTuVwXyZ012345678/"}]),
    "nobody chosen": Surface(f"{SITE}/bubbles.html", "#new [role=textbox]", "linkedin_message"),
    "several chosen": Surface(f"{SITE}/bubbles.html#Ivan Misner+Ada Byron", "#new [role=textbox]", "linkedin_message", [{"name": "Ivan Misner"}, {"name": "Ada Byron"}]),
    "profile that the dialog names": Surface(f"{SITE}/in/ivanmisner/#Ivan Misnerさんへの招待", "textarea", "linkedin_invite", [IVAN_OF_PAGE]),
    "profile and no name": Surface(f"{SITE}/in/ivanmisner/#招待状", "textarea", "linkedin_invite", candidates=["Ivan Misner"]),
    "somebody else's button": Surface(f"{SITE}/in/ivanmisner/#招待状", "textarea", "linkedin_invite", [{"name": "Ada Byron"}], press="#other"),
    "page for one invitation": Surface(f"{SITE}/preload/custom-invite/?vanityName=ivanmisner", "textarea", "linkedin_invite", [IVAN_OF_PAGE | {"name": ""}]),
    "frame in a shadow root": Surface(f"{SITE}/interop.html", "textarea", "linkedin_invite", [IVAN_OF_PAGE | {"name": ""}], frame="vanityName"),
    "frame without address": Surface(f"{SITE}/interop.html", "[role=textbox]", "linkedin_message", [{"name": "Ada Byron", "profile": f"{SITE}/in/ada-byron/"}], frame="about:srcdoc"),
    "InMail": Surface(f"{SITE}/inmail.html", "[role=textbox]", "inmail", [IVAN]),
    "subject of an InMail": Surface(f"{SITE}/inmail.html", "[name=subject]", "inmail", [IVAN]),
    "Sales Navigator": Surface(f"{SITE}/sales.html", "textarea", "inmail", [
        {"name": "Ivan Misner", "profile": f"{SITE}/sales/lead/ACwAAABcDeFgHiJkLmNoPqRsTuVwXyZ0123456,NAME_SEARCH,x1Yz"}]),
    "several leads": Surface(f"{SITE}/sales.html#Ivan Misner+Ada Byron", "textarea", "inmail", [{"name": "Ivan Misner"}, {"name": "Ada Byron"}]),
    "subject in Sales Navigator": Surface(f"{SITE}/sales.html", ".compose-form__subject-field", "inmail", [
        {"name": "Ivan Misner", "profile": f"{SITE}/sales/lead/ACwAAABcDeFgHiJkLmNoPqRsTuVwXyZ0123456,NAME_SEARCH,x1Yz"}]),
    "invitation in a shadow root": Surface(f"{SITE}/shadow-invite.html", "textarea", "linkedin_invite", [{"name": "Ivan Misner"}]),
    "variant: thread beside the list": Surface(VARIANTS, "#thread [role=textbox]", "linkedin_message", [IVAN]),
    "variant: bubble with a textarea": Surface(VARIANTS, "#bubble textarea", "linkedin_message", [{"name": "Ada Byron", "profile": f"{SITE}/in/ada-byron/"}]),
    "variant: invitation in no dialog": Surface(VARIANTS, "#invite textarea", "linkedin_invite", [{"name": "Ivan Misner"}]),
    "variant: invitation in a dialog element": Surface(VARIANTS, "#dialog textarea", "linkedin_invite", [{"name": "Ada Byron"}]),
    "mail": Surface(f"{GMAIL}/gmail.html", "#compose [g_editable]", "email", [{"name": "Ivan Misner", "email": "ivan@example.org"}]),
    "mail to several": Surface(f"{GMAIL}/gmail.html#bo@example.org", "#compose [g_editable]", "email", [
        {"name": "Ivan Misner", "email": "ivan@example.org"}, {"name": "", "email": "bo@example.org"}]),
    "subject of a mail": Surface(f"{GMAIL}/gmail.html", "[name=subjectbox]", "email", [{"name": "Ivan Misner", "email": "ivan@example.org"}]),
    "older mail": Surface(f"{GMAIL}/gmail-legacy.html#field", "[g_editable]", "email", [
        {"name": "Misner, Ivan", "email": "ivan@example.org"}, {"name": "", "email": "bo@example.org"}]),
    "variant: older mail with a line of people": Surface(f"{GMAIL}/gmail-legacy.html", "[g_editable]", "email", [
        {"name": "Ivan Misner", "email": "ivan@example.org"}, {"name": "", "email": "bo@example.org"}]),
    "reply in the thread": Surface(f"{GMAIL}/gmail.html", "#reply [g_editable]", "email", [{"name": "Ada Byron", "email": "ada@example.org"}]),
} | {
    f"label: {label}": Surface(f"{SITE}/feed/#{label}", "textarea", "linkedin_invite", [{"name": "Ivan Misner"}]) for label in LABELS
}
DRAWN_IN = {
    True: "() => document.documentElement.lastElementChild !== document.body",
    False: f"() => {DRAWN_RANGES}.some((range) => `${{range}}?` === {json.dumps(ASK)})",
}

# What is found to stand beyond the limit, perhaps only once the whole of a long message has been looked at.
TOO_LONG = """async (text) => {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const kept = Object.values(await chrome.storage.session.get(null)).find((one) => one?.text === text && one.channel);
    const found = kept?.report.findings.find(({ kind }) => kind === 'too_long');
    if (found) return found.quote;
  }
  return null;
}"""
# How often the ask is underlined in each bubble.
DRAWN_IN_BUBBLES = f"""(counts) => ['#first', '#second'].every((place, at) => {DRAWN_RANGES}.filter((range) =>
  `${{range}}?` === {json.dumps(ASK)} && document.querySelector(place).contains(range.startContainer)).length === counts[at])"""
# Whether something is drawn in the thread, and in the comment.
DRAWN_BOTH = """() => ['#thread', '#comment'].map((place) => [...CSS.highlights.values()].some((one) =>
  [...one].some((range) => document.querySelector(place).contains(range.startContainer))))"""


def write(page: Page, surface: Surface, text: str = TEXT) -> tuple[Frame, dict[str, float]]:
    """Open a surface, type the text key by key, wait for its underline; return the frame and the editor's box."""
    page.goto(surface.address)
    if surface.press:
        page.locator(surface.press).click()
    if surface.frame:
        page.wait_for_load_state("networkidle")
    frame = next(one for one in page.frames if surface.frame in one.url)
    editor = frame.locator(surface.editor)
    editor.click()
    page.keyboard.type(text)
    is_field = editor.evaluate("(element) => element.matches('textarea, input')")
    frame.wait_for_function(DRAWN_IN[is_field])
    written = editor.input_value() if is_field else editor.inner_text().strip()
    assert written == text
    box = editor.bounding_box()
    assert box is not None
    return frame, dict(box)


def kept_of(worker: Worker, text: str = TEXT) -> dict[str, Any]:
    """Return what the background keeps of the message."""
    kept: dict[str, Any] = worker.evaluate(KEPT, {"text": text})
    return kept


@pytest.fixture
def empty_memory(extension_context: BrowserContext) -> Worker:
    """Yield the background after it has forgotten all reports."""
    worker = worker_of(extension_context)
    worker.evaluate("async () => chrome.storage.session.remove(Object.keys(await chrome.storage.session.get(null)).filter((key) => key.startsWith('report/')))")
    return worker


@pytest.mark.parametrize("name", SURFACES)
def test_a_surface(page: Page, empty_memory: Worker, name: str) -> None:
    """The ask is underlined, the text is as typed, and the recipient is who the page shows, or those who may be meant."""
    # A text of its own: what is kept of the page before may come late.
    surface, typed = SURFACES[name], f"{TEXT} {list(SURFACES).index(name)}"
    _, box = write(page, surface, typed)
    assert coloured_pixels(page, box | {"y": box["y"] + 6, "height": box["height"] - 10}, whole=True) > 20
    kept = kept_of(empty_memory, typed)
    assert kept["channel"] == surface.channel
    recipients = [{"profile": None, "otherProfile": None, "email": None} | one for one in surface.recipients]
    assert kept["recipients"] == recipients
    assert [one["name"] for one in kept["candidates"]] == surface.candidates
    assert kept["gap"] is None


def test_a_message_that_has_gone_is_known(page: Page, empty_memory: Worker) -> None:
    """Send pressed and the editor emptied by the page: the background knows that the message has left, and to whom."""
    write(page, SURFACES["first bubble"])
    assert kept_of(empty_memory)["sent"] is False
    page.locator("#first .msg-form__send-button").click()
    gone = empty_memory.evaluate("""async (text) => {
      for (;;) {
        const kept = Object.values(await chrome.storage.session.get(null)).find((one) => one?.text === text && one.sent);
        if (kept) return kept.recipients[0].name;
      }
    }""", TEXT)
    assert gone == "Ivan Misner"


def test_two_bubbles_at_once(page: Page, empty_memory: Worker) -> None:
    """Each of two bubbles has its own recipient, marks and report; what is sent in one leaves the other as it is."""
    page.goto(f"{SITE}/bubbles.html")
    texts = {"first": f"{TEXT} One", "second": f"{TEXT} Two"}
    for bubble, text in texts.items():
        page.locator(f"#{bubble} [role=textbox]").click()
        page.keyboard.type(text)
    page.wait_for_function(DRAWN_IN_BUBBLES, arg=[1, 1])
    kept = [kept_of(empty_memory, text) for text in texts.values()]
    assert [[one["name"] for one in each["recipients"]] for each in kept] == [["Ivan Misner"], ["Ada Byron"]]
    assert len({each["editor"] for each in kept}) == 2
    # Back in the first one: what changes there moves nothing in the second.
    page.locator("#first [role=textbox]").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Oh. ")
    assert kept_of(empty_memory, f"Oh. {texts['first']}")["recipients"][0]["name"] == "Ivan Misner"
    page.wait_for_function(DRAWN_IN_BUBBLES, arg=[1, 1])
    page.locator("#first .msg-form__send-button").click()
    page.wait_for_function(DRAWN_IN_BUBBLES, arg=[0, 1])
    assert page.locator("#second [role=textbox]").inner_text().strip() == texts["second"]


@pytest.mark.parametrize(("name", "limit"), [("profile that the dialog names", 200), ("InMail", 1900)])
def test_the_pages_own_limit_counts(page: Page, empty_memory: Worker, name: str, limit: int) -> None:
    """What the page's counter says that it takes is told to the server, which finds what stands beyond it."""
    sentence = "I hope that you are well, and I would like to hear how you are. "
    written = (sentence * (limit // len(sentence) + 1))[: limit + 10]
    page.goto(SURFACES[name].address)
    page.locator(SURFACES[name].editor).click()
    page.keyboard.insert_text(written[:-1])
    page.keyboard.type(written[-1])
    assert kept_of(empty_memory, written)["limit"] == limit
    assert empty_memory.evaluate(TOO_LONG, written) == written[limit:]


@pytest.mark.parametrize(("editor", "badge"), [("#editor", "!"), ("#pane", "?"), ("#recipient", "?"), ("#post", "")])
def test_a_changed_site_is_said(page: Page, empty_memory: Worker, editor: str, badge: str) -> None:
    """Where selectors find the editor, its pane or the recipient no longer, the button says so; a post is no message."""
    page.goto(f"{SITE}/messaging/drifted")
    page.locator("#post").click()
    page.keyboard.type("I post.")
    page.locator(editor).click()
    page.keyboard.type(TEXT)
    wanted = """async (badge) => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      while (await chrome.action.getBadgeText({ tabId: tab.id }) !== badge);
      return chrome.action.getTitle({ tabId: tab.id });
    }"""
    title = empty_memory.evaluate(wanted, badge)
    assert ("has changed" in title) == bool(badge)


def test_a_comment_is_no_message(page: Page, empty_memory: Worker) -> None:
    """A comment is neither checked nor taken for an editor that has changed, where messages are written too."""
    empty_memory.evaluate("() => { self.heard = []; chrome.runtime.onMessage.addListener(({ type }) => { self.heard.push(type); }); }")
    page.goto(VARIANTS)
    page.locator("#comment").click()
    page.keyboard.type(TEXT)
    page.locator("#thread [role=textbox]").click()
    typed = f"{TEXT} And a message."
    page.keyboard.type(typed)
    assert kept_of(empty_memory, typed)["channel"] == "linkedin_message"
    assert page.evaluate(DRAWN_BOTH) == [True, False]
    assert "drifted" not in empty_memory.evaluate("() => self.heard")


def test_a_changed_site_shows_no_message_of_before(page: Page, extension_context: BrowserContext) -> None:
    """Where nothing can be read any more, the panel says so and shows no verdict on what was written elsewhere."""
    page.goto(SURFACES["message"].address)
    page.locator(SURFACES["message"].editor).click()
    page.keyboard.type(TEXT)
    page.wait_for_function(DRAWN_IN[False])
    tab = worker_of(extension_context).evaluate("async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0].id")
    panel = open_page(extension_context, f"panel/panel.html?tab={tab}")
    panel.locator("#verdict-word", has_text="Wait").wait_for()
    page.bring_to_front()
    page.goto(f"{SITE}/messaging/drifted")
    page.locator("#editor").click()
    page.keyboard.type("Hi")
    panel.bring_to_front()
    panel.locator("#notice", has_text="This site has changed").wait_for()
    assert not panel.locator("#draft").is_visible()
    panel.close()


def test_a_site_that_the_user_switches_on(playwright: Playwright, tmp_path: Path, pages_port: int, server: RunningServer) -> None:
    """On another site nothing happens before it is switched on; then its fields and its rich editors are checked, in frames without an address too."""
    extension = tmp_path / "extension"
    shutil.copytree(EXTENSION, extension)
    manifest = json.loads((extension / "manifest.json").read_text("utf-8"))
    # The browser's own question cannot be answered by a test: this copy has been allowed the site already.
    manifest["host_permissions"].append("https://forum.example/*")
    (extension / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    context = launch(playwright, tmp_path / "profile", pages_port, extension=extension)
    try:
        server.pair(context)
        page = context.new_page()
        page.goto("https://forum.example/forum.html")
        page.locator("#rich").click()
        page.keyboard.type(TEXT)
        options = context.new_page()
        options.goto(f"chrome-extension://{worker_of(context).url.split('/')[2]}/options/options.html")
        assert options.evaluate("() => import('/pages/sites.js').then(({ switchOn }) => switchOn('https://forum.example'))")
        assert page.evaluate("() => CSS.highlights.size") == 0
        for editor, frame in (("#rich", ""), ("#field", ""), ("[role=textbox]", "about:srcdoc")):
            page.bring_to_front()
            write(page, Surface("https://forum.example/forum.html", editor, "email", frame=frame))
    finally:
        context.close()
