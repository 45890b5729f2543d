"""Importing on the contacts page in a real browser: drop, progress, a dry run with counts, import, undo, and errors."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ..importers import archives
from ..shipped import LIBRARY
from .conftest import RunningServer
from .in_process import server_here
from .own_pages import own_page

DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  for (const type of ['dragover', 'drop']) document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Yield a server where nobody has paired or written yet: the first steps are open."""
    with server_here(tmp_path_factory.mktemp("imports") / "data", LIBRARY) as one:
        yield one


@pytest.fixture
def page(browser: Browser, server: RunningServer) -> Iterator[Page]:
    """Yield the contacts page; errors of the page fail the test."""
    with own_page(browser, server, "/contacts") as tab:
        yield tab


def open_block(page: Page) -> None:
    """Open the block where it is not open: where nobody is there it is."""
    expect(page.locator("#count")).not_to_be_empty()
    if not page.locator("#import").evaluate("(block) => block.open"):
        page.locator("#import > summary").click()


def test_drop_plan_import_undo(page: Page, tmp_path: Path) -> None:
    """A dropped archive is read and counted; importing fills the list; undo empties it again."""
    content = archives.archive(tmp_path / "a.zip", archives.of_2023()).read_bytes()
    page.evaluate(DROP, ["Basic_LinkedInDataExport.zip", base64.b64encode(content).decode()])
    expect(page.locator("#import-title")).to_have_text("LinkedIn archive: 8 events")
    counts = page.locator("#import-counts > li")
    expect(counts.first).to_contain_text("4")
    expect(counts.first).to_contain_text("new contacts")
    page.get_by_text("campaign or newsletter").click()
    expect(page.get_by_text("Casey Morgan, 2023-08-01")).to_be_visible()
    before = page.locator("#people li").count()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("#import-title")).to_have_text("Imported.")
    expect(page.locator("#people li")).to_have_count(before + 4)
    expect(page.get_by_role("link", name="Back to the first steps")).to_be_visible()
    page.locator("#import-undo").click()
    expect(page.locator("#import-title")).to_have_text("Taken back. What you added since stays.")
    expect(page.locator("#people li")).to_have_count(before)
    page.get_by_role("button", name="Import another file").click()
    expect(page.locator("#import-drop")).to_be_visible()


def test_numbers_in_french(page: Page, server: RunningServer) -> None:
    """One contact is told in the singular, and so is no event, as French does."""
    page.context.add_cookies([{"name": "coltiva_language", "value": "fr", "url": server.origin}])
    page.reload()
    page.evaluate(DROP, ["one.vcf", base64.b64encode(b"BEGIN:VCARD\nFN:Odile Mercier\nEND:VCARD\n").decode()])
    expect(page.locator("#import-title")).to_have_text("vCard : 0 événement")
    expect(page.locator("#import-counts > li")).to_contain_text(["nouveau contact"])


def test_choose_files_that_need_the_owner(page: Page, tmp_path: Path) -> None:
    """A lone message table asks who the user is, and goes on with the answer."""
    path = tmp_path / "messages.csv"
    path.write_text(archives.table(archives.MESSAGES_2023, [("1", "", "A One", archives.at("a"), "B Two", archives.at("b"), "2023-06-01 14:03:22 UTC", "", "Hello", "INBOX")]), encoding="utf-8")
    open_block(page)
    page.locator("#import-files").set_input_files(path)
    page.get_by_label("Your name, profile address or email").fill("B Two")
    page.get_by_role("button", name="Try again").click()
    page.locator("#import-counts summary").first.click()
    expect(page.locator("#import-counts")).to_contain_text("A One")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#import-drop")).to_be_visible()


def test_a_file_that_is_none(page: Page, tmp_path: Path) -> None:
    """The error says what would be known; another file can be tried."""
    path = tmp_path / "photo.png"
    path.write_bytes(b"\x89PNG")
    open_block(page)
    page.locator("#import-files").set_input_files(path)
    expect(page.locator("#import-error")).to_contain_text("Nothing was imported. Coltiva cannot read this: photo.png")
    page.get_by_role("button", name="Choose another file").click()
    expect(page.locator("#import-drop")).to_be_visible()


def test_exports_are_linked(page: Page, server: RunningServer) -> None:
    """Each format can be downloaded from the page, once there is something to export."""
    page.request.post(f"{server.origin}/api/v1/contacts", data={"name": "Ex Ported"}, headers=RunningServer.headers(page))
    page.reload()
    open_block(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="everything (JSON)").click()
    assert download.value.suggested_filename == "contacts.json"
