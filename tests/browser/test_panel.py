"""The panel and the popup: the message, the contact, who needs tending, and states that are never silent."""

from __future__ import annotations

import datetime
from typing import Any

from playwright.sync_api import BrowserContext, Page

from .conftest import GMAIL, free_port, worker_of
from .drawing import drawn_texts, wait_for_drawn
from .extension_pages import (
    ASK,
    EDITOR,
    MEETING,
    NOW_SHOWN,
    USED,
    ask,
    contact_report,
    open_page,
    store_contact,
    wait_for_badge,
    write_to,
)


def open_panel(page: Page, tab: int) -> Page:
    """Open the panel of a tab in a tab of its own."""
    return open_page(page.context, f"panel/panel.html?tab={tab}")


def kinds(report: Any) -> list[str]:
    """Return the kinds of a contact's events in order."""
    return [event["kind"] for event in report["history"]]


def test_the_message_and_the_contact_side_by_side(page: Page, extension_context: BrowserContext) -> None:
    """Verdict and finding of the message, stage, next step and timeline of the contact; a rewrite is applied to the message."""
    contact_id = store_contact(extension_context, "Paula Panel", profiles=["https://www.linkedin.com/in/paula-panel"], history=MEETING, company="Cordage")
    tab = write_to(page, "Paula Panel", "paula-panel", f"Hi Paula! {ASK}")
    page.wait_for_function("() => [...CSS.highlights.values()].some((highlight) => highlight.size)")
    panel = open_panel(page, tab)
    panel.locator("#name", has_text="Paula Panel").wait_for()
    assert panel.locator("#verdict-word").inner_text() == "Revise"
    assert panel.locator("#findings strong").first.inner_text() == "Asks for an introduction too early"
    assert panel.locator("#stage-row").inner_text() == "Visibility"
    assert "Boat fair in Genoa" in panel.locator("#timeline").inner_text()
    known = contact_report(extension_context, contact_id)
    assert panel.locator("#why").inner_text() == " ".join(known["relationship"]["why"]) != ""
    assert panel.locator("#steps").inner_text() == known["next_steps"][0]["text"]
    assert USED in panel.locator("#rewrites .uses").first.inner_text()
    panel.locator("#findings summary").first.click()
    assert panel.locator("#findings .uses").first.inner_text() == f"Wait with the ask · u{USED}"
    panel.locator("#rewrites").get_by_role("button", name="Apply").first.click()
    panel.locator("#done", has_text="Done").wait_for()
    assert ASK not in page.locator(EDITOR).inner_text()
    panel.locator("#verdict-word", has_text="Good to send").wait_for()
    panel.close()


def test_an_ask_that_the_relationship_carries_is_left_alone(page: Page, extension_context: BrowserContext) -> None:
    """Nothing is underlined; the panel says that the record supports it."""
    days = [(datetime.date.today() - datetime.timedelta(days=ago)).isoformat() for ago in (90, 50, 10)]
    history = [{"date": day, "kind": "meeting", "summary": "Talked about boats"} for day in days] + [{"date": days[-1], "kind": "gave", "summary": "The printer's address"}]
    store_contact(extension_context, "Rita Ripe", profiles=["https://www.linkedin.com/in/rita-ripe"], history=history)
    tab = write_to(page, "Rita Ripe", "rita-ripe", f"Hi Rita! {ASK}")
    panel = open_panel(page, tab)
    panel.locator("#verdict-word", has_text="Good to send").wait_for()
    panel.locator("#findings details[data-tone=growing]", has_text="Asks for an introduction").locator("summary").click()
    assert "supports it" in panel.locator("#findings details").inner_text()
    panel.close()
    assert drawn_texts(page) == []


def test_what_happened_is_written_down_and_taken_back(page: Page, extension_context: BrowserContext) -> None:
    """A line, a note that is changed, and a promise that is kept reach the record; undo takes the last one back."""
    contact_id = store_contact(extension_context, "Linus Line")
    panel = open_page(extension_context, "panel/panel.html?tab=999999")
    panel.locator("#find input").fill("linus")
    panel.locator("#find").get_by_role("button", name="Linus Line").click()
    panel.locator("#name", has_text="Linus Line").wait_for()

    panel.fill("#line", "met at BNI, promised the chart by tomorrow")
    panel.press("#line", "Enter")
    panel.locator("#promises", has_text="the chart").wait_for()
    panel.locator("#timeline", has_text="met at BNI").wait_for()

    panel.fill("#note", "Likes sailing")
    panel.get_by_role("button", name="Add note").click()
    panel.get_by_role("button", name="Edit: Likes sailing").click()
    panel.locator("#notes textarea").fill("Likes sailing 😀")
    panel.get_by_role("button", name="Save", exact=True).click()
    panel.locator("#notes", has_text="Likes sailing 😀").wait_for()

    panel.get_by_role("button", name="Mark as kept: the chart").click()
    panel.locator("#promises-part").wait_for(state="hidden")
    panel.locator("#done").get_by_role("button", name="Undo").click()
    panel.locator("#promises", has_text="the chart").wait_for()
    report = contact_report(extension_context, contact_id)
    assert (kinds(report), [note["text"] for note in report["contact"]["notes"]]) == (["meeting"], ["Likes sailing 😀"])
    assert report["contact"]["promises"][0]["kept_on"] is None
    panel.close()


def test_whom_to_tend_today(page: Page, extension_context: BrowserContext) -> None:
    """Who was promised something stands in the list with the reason; a click shows them, with the day on which it was due."""
    contact_id = store_contact(extension_context, "Tessa Tend")
    write = {"type": "write", "method": "POST", "path": f"/contacts/{contact_id}/lines", "what": "line", "words": "", "who": "Tessa Tend"}
    for what in ("the knots", "the chart"):
        line = {"line": f"promised {what} by tomorrow", "today": datetime.date.today().isoformat()}
        assert ask(extension_context, write | {"body": line})["state"] == "done"
    _, promise = contact_report(extension_context, contact_id)["contact"]["promises"]
    late = {"method": "PATCH", "path": f"/contacts/{contact_id}/promises/{promise['id']}", "body": {"due_on": "2026-01-02"}}
    assert ask(extension_context, write | late)["state"] == "done"
    panel = open_page(extension_context, "panel/panel.html?tab=999999")
    row = panel.locator("#tending-list li", has_text="Tessa Tend")
    row.wait_for()
    assert row.locator("small").inner_text() == "You promised something that was due 2 January 2026."
    row.get_by_role("button").click()
    panel.locator("#name", has_text="Tessa Tend").wait_for()
    assert panel.locator("#promises .late").inner_text() == "due 2 January 2026"
    assert panel.locator("#promises p").all_inner_texts() == ["the chart", "the knots"]
    panel.close()


def test_somebody_new_is_added_by_one_click(page: Page, extension_context: BrowserContext) -> None:
    """Who is not stored yet is added with the profile that the page shows, and is the message's contact from then on."""
    tab = write_to(page, "Nora New", "nora-new", f"Hi Nora! {ASK}")
    page.wait_for_function("() => [...CSS.highlights.values()].some((highlight) => highlight.size)")
    panel = open_panel(page, tab)
    panel.get_by_role("button", name="Add Nora New").click()
    panel.locator("#name", has_text="Nora New").wait_for()
    assert panel.locator("#who").is_hidden()
    found = ask(extension_context, {"type": "search-contacts", "query": "nora new"})
    contact = contact_report(extension_context, found[0]["id"])["contact"]
    assert contact["profiles"] == ["https://www.linkedin.com/in/nora-new"]

    panel.get_by_role("button", name="Record as sent").click()
    panel.locator("#timeline", has_text="you wrote").wait_for()
    panel.get_by_role("button", name="Record as sent").click()
    panel.locator("#done", has_text="Recorded as sent").wait_for()
    assert sorted(kinds(contact_report(extension_context, contact["id"]))) == ["asked", "message"], "the same message is recorded once"
    panel.close()


def test_the_strictest_of_several_recipients_counts(page: Page, extension_context: BrowserContext) -> None:
    """A mail to two people is judged for the one it suits less, which is said; what is sent is recorded with whoever is stored."""
    history = [{"date": f"2026-{month:02d}-02", "kind": "call", "summary": "Call about ropes"} for month in (6, 8, 10)]
    history.append({"date": "2026-10-05", "kind": "gave", "summary": "Sent a chart"})
    contact_id = store_contact(extension_context, "Bo Birch", emails=["bo@example.org"], history=history)
    page.goto(f"{GMAIL}/gmail.html#bo@example.org")
    tab = worker_of(extension_context).evaluate(NOW_SHOWN)
    page.locator("#compose [g_editable]").click()
    page.keyboard.type(f"Hello both! {ASK}")
    page.wait_for_function("() => [...CSS.highlights.values()].some((highlight) => highlight.size)")
    panel = open_panel(page, tab)
    panel.locator("#who-line", has_text="For 2 people; judged for Ivan Misner, the strictest case.").wait_for()
    assert panel.locator("#verdict-word").inner_text() == "Wait"
    assert panel.locator("#verdicts li").all_inner_texts() == ["Ivan Misner: Wait", "Bo Birch: Good to send"]
    panel.get_by_role("button", name="Record as sent").click()
    panel.locator("#done", has_text="Recorded as sent").wait_for()
    assert kinds(contact_report(extension_context, contact_id))[-2:] == ["message", "asked"]
    panel.close()


def test_a_reply_is_recorded_without_what_it_answers(page: Page, extension_context: BrowserContext) -> None:
    """Of a reply that holds the mail it answers, only the user's own words are judged and written down."""
    contact_id = store_contact(extension_context, "Quentin Quoted", emails=["quentin@example.org"])
    page.goto(f"{GMAIL}/gmail.html")
    tab = worker_of(extension_context).evaluate(NOW_SHOWN)
    page.locator("#unfolded [g_editable] > div").first.click()
    page.keyboard.type(f"Thank you, Quentin! {ASK}")
    wait_for_drawn(page, [ASK.rstrip("?")])
    panel = open_panel(page, tab)
    panel.get_by_role("button", name="Record as sent").click()
    panel.locator("#done", has_text="Recorded as sent").wait_for()
    history = contact_report(extension_context, contact_id)["history"]
    assert [(event["kind"], event["summary"]) for event in history] == [("message", f"Thank you, Quentin! {ASK}"), ("asked", ASK.rstrip("?"))]
    panel.close()


def test_a_language_that_nobody_knows_is_said(page: Page, extension_context: BrowserContext) -> None:
    """A message that no rule has read is never called good to send."""
    tab = write_to(page, "", "", "Bedankt voor het fijne gesprek van dinsdag, ik denk er nog vaak aan.")
    panel = open_panel(page, tab)
    panel.locator("#verdict-word", has_text="Not checked").wait_for()
    assert "does not know this language" in panel.locator("#verdict-line").inner_text()
    assert panel.locator("#who-line").inner_text() == "Recipient unknown."
    wait_for_badge(extension_context, tab, "?")
    panel.close()


def test_a_message_that_is_too_long_is_said(page: Page, extension_context: BrowserContext) -> None:
    """Nothing is checked silently in part: the badge and the panel say that the message is too long, and no earlier verdict stands beside it."""
    tab = write_to(page, "", "", ASK)
    page.wait_for_function("() => [...CSS.highlights.values()].some((highlight) => highlight.size)")
    page.keyboard.insert_text("far too long " * 1600)
    panel = open_panel(page, tab)
    panel.locator("#notice-text", has_text="longer than 20,000 characters").wait_for()
    assert panel.locator("#draft").is_hidden()
    wait_for_badge(extension_context, tab, "!")
    panel.close()


def test_writes_wait_for_the_server_and_are_sent_in_order_once(page: Page, extension_context: BrowserContext, server_origin: str) -> None:
    """While the server is away lines are kept and shown; when it is back they arrive in order, each once."""
    contact_id = store_contact(extension_context, "Wilma Wait")
    panel = open_page(extension_context, "panel/panel.html?tab=999999")
    panel.locator("#find input").fill("wilma")
    panel.locator("#find").get_by_role("button", name="Wilma Wait").click()
    panel.locator("#name", has_text="Wilma Wait").wait_for()
    set_origin = "origin => chrome.storage.local.set({ serverOrigin: origin })"
    worker_of(extension_context).evaluate(set_origin, f"http://127.0.0.1:{free_port()}")
    lines = ["called about ropes", "met at the fair", "gave the chart"]
    for count, line in enumerate(lines, 1):
        panel.fill("#line", line)
        panel.press("#line", "Enter")
        panel.locator("#waiting-text", has_text=f"{count} entr").wait_for()
    assert "coltiva serve" in panel.locator("#notice").inner_text()
    panel.locator("#waiting summary").click()
    panel.locator("#waiting-list small").first.wait_for()
    assert [words.split(" · ")[0] for words in panel.locator("#waiting-list small").all_inner_texts()] == lines

    worker_of(extension_context).evaluate(set_origin, server_origin)
    # The panel looks again by itself.
    panel.locator("#waiting").wait_for(state="hidden")
    assert panel.locator("#done").inner_text() == "", "nothing waits any more"
    history = contact_report(extension_context, contact_id)["history"]
    assert [event["summary"] for event in history] == lines
    panel.close()


def test_a_write_whose_answer_was_lost_counts_once(page: Page, extension_context: BrowserContext) -> None:
    """What is sent again with its id changes nothing more, and what the server refuses is kept and shown."""
    contact_id = store_contact(extension_context, "Olga Once")
    write = {
        "type": "write", "id": "0123456789abcdef0123", "method": "POST", "path": f"/contacts/{contact_id}/lines",
        "body": {"line": "called about ropes"}, "what": "line", "words": "called about ropes", "who": "Olga Once",
    }
    assert [ask(extension_context, write)["state"] for _ in range(2)] == ["done", "done"]
    assert kinds(contact_report(extension_context, contact_id)) == ["call"]
    refused = ask(extension_context, write | {"id": "fedcba9876543210fedc", "path": "/contacts/nobody/lines"})
    assert refused["state"] == "failed"
    panel = open_page(extension_context, "panel/panel.html?tab=999999")
    panel.locator("#waiting-text", has_text="1 entry was refused").wait_for()
    panel.locator("#waiting summary").click()
    assert "called about ropes" in panel.locator("#waiting-list").inner_text()
    panel.get_by_role("button", name="Discard").click()
    panel.locator("#waiting").wait_for(state="hidden")
    panel.close()
