"""The contacts page in a real browser: make, record in one line, take back, search, tend, and keep what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from coltiva.library import LANGUAGES

from ..shipped import LIBRARY
from .axe import violations
from .conftest import RunningServer
from .in_process import server_here
from .own_pages import own_page


@pytest.fixture
def contacts_page(browser: Browser, server: RunningServer) -> Iterator[Page]:
    """Yield the contacts page; errors of the page fail the test."""
    with own_page(browser, server, "/contacts") as tab:
        yield tab


def make(page: Page, name: str, **fields: str) -> None:
    """Make a contact through the form."""
    page.get_by_role("button", name="New contact").click()
    for field, value in ({"name": name} | fields).items():
        page.locator(f"#form [name={field}]").fill(value)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#name")).to_have_text(name)


def test_a_line_is_recorded_and_taken_back(contacts_page: Page) -> None:
    """Typed in one line: the meeting stands in the timeline, the promise above it, the stage follows; undo removes both."""
    page = contacts_page
    make(page, "Ada Line", company="Acme", emails="ada.line@example.org")
    expect(page.locator("#ladder [aria-current]")).to_have_text("stranger")
    page.locator("#line").fill("met at BNI, promised the report by Friday")
    page.locator("#line").press("Enter")
    expect(page.locator("#timeline li")).to_have_count(1)
    expect(page.locator("#timeline li")).to_contain_text("met at BNI")
    expect(page.locator("#promises li")).to_contain_text("the report")
    expect(page.locator("#ladder [aria-current]")).to_have_text("visibility")
    expect(page.locator("#line")).to_have_value("")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#timeline li")).to_have_count(0)
    expect(page.locator("#ladder [aria-current]")).to_have_text("stranger")


def test_the_page_asks_which_day_is_meant(contacts_page: Page) -> None:
    """In English 4/5 may be two days: the page offers both, and the one chosen is recorded."""
    page = contacts_page
    make(page, "Dee Day")
    page.locator("#line").fill("met on 4/5/2025")
    page.locator("#line").press("Enter")
    expect(page.locator("#which-day-said")).to_have_text("“4/5/2025” may be two days. Which one is it?")
    expect(page.locator("#timeline li")).to_have_count(0)
    page.get_by_role("button", name="4 May 2025").click()
    expect(page.locator("#timeline li")).to_contain_text("4 May 2025")
    expect(page.locator("#which-day")).to_be_hidden()
    expect(page.locator("#line")).to_have_value("")


def test_a_slow_list_holds_nothing_up(contacts_page: Page) -> None:
    """What was saved is shown and the form closed before the list has come again; the next line can be written at once."""
    page = contacts_page
    held: list[Route] = []
    page.route("**/api/v1/contacts?*", lambda route: held.append(route) if route.request.method == "GET" else route.continue_())
    make(page, "Slow List")
    expect(page.locator("#form-dialog")).to_be_hidden()
    page.locator("#line").fill("met at the fair")
    page.locator("#line").press("Enter")
    expect(page.locator("#timeline li")).to_contain_text("met at the fair")
    expect(page.locator("#line")).to_have_value("")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#timeline li")).to_have_count(0)
    assert held
    page.unroute_all(behavior="ignoreErrors")


def test_search_tend_and_reload(contacts_page: Page) -> None:
    """Words narrow the list, the tending list says why, and the address keeps who is open."""
    page = contacts_page
    make(page, "Bo Tended", company="Zephyr Mills")
    page.locator("#line").fill("promised a book by 2020-01-01")
    page.locator("#line").press("Enter")
    expect(page.locator("#promises .late")).to_be_visible()
    page.locator("#search").fill("zephyr")
    expect(page.locator("#people li")).to_have_count(1)
    page.locator("#search").fill("nobody fits this")
    expect(page.locator("#count")).to_have_text("Nobody fits these words.")
    page.locator("[value=tending]").check()
    expect(page.locator("#people li", has_text="Bo Tended")).to_contain_text("due 1 January 2020")
    page.reload()
    expect(page.locator("#name")).to_have_text("Bo Tended")


def test_the_users_language(contacts_page: Page) -> None:
    """Next steps are said, and lines read, in the language chosen; the choice outlasts the page."""
    page = contacts_page
    make(page, "Lia Lingua")
    expect(page.locator("#steps")).to_contain_text("Begin a conversation")
    page.locator("#language").select_option("it")
    expect(page.locator("#people-label")).to_have_text("Contatti")
    expect(page.locator("#steps")).to_contain_text("Comincia una conversazione")
    expect(page.locator("#line")).to_have_attribute("placeholder", "visti al BNI, promesso il rapporto entro venerdì")
    page.locator("#line").fill("visti al BNI, promesso il rapporto entro domani")
    page.locator("#line").press("Enter")
    expect(page.locator("#timeline li")).to_contain_text("visti al BNI")
    expect(page.locator("#promises li")).to_contain_text("il rapporto")
    page.reload()
    expect(page.locator("#steps")).to_contain_text("Fai ciò che hai promesso: «il rapporto».")
    expect(page.locator("#language")).to_have_value("it")


def test_an_event_is_changed_and_removed(contacts_page: Page) -> None:
    """Day, kind, kind of ask and words can be corrected; the stage follows; each change is taken back on its own."""
    page = contacts_page
    make(page, "Eva Event")
    page.locator("#line").fill("met at the fair")
    page.locator("#line").press("Enter")
    expect(page.locator("#ladder [aria-current]")).to_have_text("visibility")
    page.get_by_role("button", name="Edit: met at the fair").click()
    expect(page.locator("#event-form [name=what]")).to_have_value("meeting")
    page.locator("#event-form [name=date]").fill("2026-03-02")
    page.locator("#event-form [name=what]").select_option("asked")
    page.locator("#event-form [name=ask]").select_option("introduction")
    page.locator("#event-form [name=summary]").fill("asked for Richard")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#timeline li")).to_contain_text("2 March 2026you asked (introduction)")
    expect(page.locator("#ladder [aria-current]")).to_have_text("stranger")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#timeline li")).to_contain_text("met at the fair")
    expect(page.locator("#ladder [aria-current]")).to_have_text("visibility")
    page.get_by_role("button", name="Remove: met at the fair").click()
    expect(page.locator("#timeline li")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#timeline li")).to_have_count(1)
    page.get_by_role("button", name="Edit: met at the fair").click()
    page.locator("#event-form [name=date]").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#event-form")).to_be_visible()


def test_an_unknown_kind_of_ask_is_kept(contacts_page: Page) -> None:
    """An ask of a kind that the page does not know shows as it is, and correcting its words keeps it."""
    page = contacts_page
    history = [{"date": "2026-03-02", "kind": "asked", "summary": "a horse", "ask": "loan"}]
    made = page.request.post("/api/v1/contacts", data={"name": "Una Known", "history": history}, headers=RunningServer.headers(page))
    page.goto(page.url.partition("#")[0] + "#" + made.json()["contact"]["contact"]["id"])
    expect(page.locator("#timeline li")).to_contain_text("you asked (loan)")
    page.get_by_role("button", name="Edit: a horse").click()
    page.locator("#event-form [name=summary]").fill("two horses")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#timeline li p")).to_have_text("two horses")
    expect(page.locator("#timeline li")).to_contain_text("you asked (loan)")


def test_two_contacts_become_one_and_are_parted(contacts_page: Page) -> None:
    """Those of the same name are offered first; nothing is merged before one is chosen; undo brings both back."""
    page = contacts_page
    for company, line in (("Old Mills", "called 2026-03-01"), ("New Mills", "met 2026-04-01")):
        make(page, "Max Doppel", company=company)
        expect(page.locator("#work")).to_have_text(company)
        page.locator("#line").fill(line)
        page.locator("#line").press("Enter")
        expect(page.locator("#timeline li")).to_have_count(1)
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator("#merge-found label")).to_have_count(1)
    merge = page.locator("#merge-form").get_by_role("button", name="Merge")
    expect(merge).to_be_disabled()
    page.locator("#merge-found label").click()
    expect(merge).to_be_enabled()
    page.locator("#merge-form [name=other]").fill("nobody fits this")
    expect(page.locator("#merge-none")).to_be_visible()
    expect(merge).to_be_disabled()
    page.locator("#merge-form [name=other]").fill("doppel old")
    page.locator("#merge-found label", has_text="Old Mills").click()
    merge.click()
    expect(page.locator("#timeline li")).to_have_count(2)
    expect(page.locator("#work")).to_have_text("New Mills")
    page.locator("#search").fill("doppel")
    expect(page.locator("#people li")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#timeline li")).to_have_count(1)
    expect(page.locator("#people li")).to_have_count(2)


def test_text_is_text(contacts_page: Page) -> None:
    """Markup in names and notes shows as it was typed; a contact that is deleted comes back."""
    page = contacts_page
    name = "<img src=x onerror=alert(1)> & Söhne"
    make(page, name)
    page.locator("#note").fill("<b>likes</b>\nmaps")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator("#notes p")).to_have_text("<b>likes</b>\nmaps")
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator("#shown")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#name")).to_have_text(name)


def test_a_refusal_keeps_what_was_typed(contacts_page: Page) -> None:
    """A wrong email is said in the form, which stays open; a server that is away is said, and the line stays."""
    page = contacts_page
    page.get_by_role("button", name="New contact").click()
    page.locator("#form [name=name]").fill("Cy")
    page.locator("#form [name=emails]").fill("no address")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#form-error")).to_contain_text("is no email address")
    page.locator("#form [name=emails]").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#name")).to_have_text("Cy")
    page.context.set_offline(True)
    page.locator("#line").fill("met at BNI")
    page.locator("#line").press("Enter")
    expect(page.locator("#notice")).to_contain_text("The server does not answer")
    expect(page.locator("#line")).to_have_value("met at BNI")
    page.context.set_offline(False)


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out(contacts_page: Page, width: int) -> None:
    """On a phone and on a desk the page is as wide as the window, with long names and words too."""
    page = contacts_page
    make(page, "Donaudampfschifffahrtsgesellschaftskapitän-Müller-Lüdenscheidt", company="W" * 80)
    page.locator("#line").fill("met " + "x" * 200)
    page.locator("#line").press("Enter")
    expect(page.locator("#timeline li")).to_have_count(1)
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_an_empty_page_asks_for_an_archive(browser: Browser, tmp_path: Path) -> None:
    """Where nobody is there the drop area is open and there is nothing to search; the first contact brings the list; undo empties it again."""
    with server_here(tmp_path / "data", LIBRARY) as server, own_page(browser, server, "/contacts") as page:
        expect(page.get_by_text("Drop your LinkedIn archive here")).to_be_visible()
        expect(page.locator("#search")).to_be_hidden()
        expect(page.locator("#nobody")).to_be_hidden()
        assert violations(page) == []
        make(page, "Ada First")
        expect(page.locator("#search")).to_be_visible()
        expect(page.locator("#people li")).to_have_count(1)
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#search")).to_be_hidden()
        page.locator("#import > summary").click()
        expect(page.locator("#import-drop")).to_be_hidden()


def test_the_last_day_has_room(contacts_page: Page) -> None:
    """The day stands on one line beside the name, cut short for the eye, in full for whoever points or listens; one ahead does not count."""
    page, today = contacts_page, date.today()
    for name, days in (("Wim Room", (800, 400)), ("Wim Ahead", (400, -9))):
        history = [{"date": (today - timedelta(n)).isoformat(), "kind": "call"} for n in days]
        body = {"name": name, "company": "Müller & Söhne", "history": history}
        assert page.request.post("/api/v1/contacts", data=body, headers=RunningServer.headers(page)).ok
    page.locator("#search").fill("wim")
    expect(page.locator("#people li")).to_have_count(2)
    last = today - timedelta(400)
    for when in page.locator("#people .when").all():
        full = f"last {last.day} {last:%B %Y}"
        expect(when).to_have_attribute("title", full)
        expect(when.locator(".visually-hidden")).to_have_text(full)
        expect(when.locator("[aria-hidden]")).to_have_text(f"{last.day} {'Sept' if last.month == 9 else f'{last:%b}'} {last.year}")
    lines = """() => [...document.querySelectorAll('#people small, #people .when')]
      .map((one) => Math.round(one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)))"""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(lines) == [1, 1, 1, 1], width


def test_what_counts_as_conversation_is_said(contacts_page: Page) -> None:
    """Messages sent alone are no conversation; the words beside the number say what is."""
    page = contacts_page
    make(page, "Con Counted")
    for line in ("met at BNI on 2026-03-01", "emailed her on 2026-03-02"):
        page.locator("#line").fill(line)
        page.locator("#line").press("Enter")
        expect(page.locator("#line")).to_have_value("")
    expect(page.locator("#timeline li")).to_have_count(2)
    expect(page.locator("#counters")).to_have_text("Rests on: 1 conversation day (with a reply, a call or a meeting), given 0, received 0")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_search_hint_is_read_to_its_end(contacts_page: Page, code: str) -> None:
    """In every language the hint in the field fits it, on a phone and on a desk, with some room for other letters."""
    page = contacts_page
    make(page, "Hint Hinted")
    page.context.add_cookies([{"name": "coltiva_language", "value": code, "url": page.url}])
    page.goto(page.url.partition("#")[0])
    room = """() => { const field = document.querySelector('#search'), style = getComputedStyle(field), pen = document.createElement('canvas').getContext('2d');
      pen.font = `${style.fontSize} ${style.fontFamily}`;
      return field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 1.03 * pen.measureText(field.placeholder).width; }"""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        expect(page.locator("#search")).to_be_visible()
        assert page.evaluate(room) >= 0, width
