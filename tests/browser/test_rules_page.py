"""Tuning in a real browser: a phrase changed, its effect seen, saved, linted by; a rule broken by hand; everything undone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .axe import violations
from .conftest import SITE, RunningServer
from .drawing import wait_for_drawn
from .own_pages import own_page

RULE = "en/asks/introduction"
ASK = "Tomorrow we unlock the silver door"


@pytest.fixture
def rules(browser: Browser, server: RunningServer) -> Iterator[Page]:
    """Yield the rules page with its list shown."""
    with own_page(browser, server, "/rules") as tab:
        expect(tab.locator(f"#rule-list [href='#list/{RULE}']")).to_be_visible(timeout=60_000)
        yield tab


def open_rule(tab: Page, rule: str = RULE) -> None:
    """Open a rule from the list."""
    tab.locator(f"#rule-list [href='#list/{rule}']").click()
    expect(tab.locator("#rule-id")).to_have_text(rule)


def undo_all(tab: Page) -> None:
    """Take the newest change back, by the button that appears after saving."""
    tab.locator("#undo").click()
    expect(tab.locator("#done-text")).to_have_text("Taken back.")


def test_a_phrase_is_changed_and_the_extension_lints_by_it(rules: Page, page: Page) -> None:
    """Written with help, its effect seen before saving; the extension that runs underlines by it, and no more once undone."""
    page.goto(f"{SITE}/messaging.html")
    page.locator(".msg-form__contenteditable").click()
    page.keyboard.type(f"{ASK}.")

    open_rule(rules)
    rules.get_by_role("button", name="Add a phrase").first.click()
    rules.locator("#sample").fill(ASK)
    phrase = rules.locator(".phrase-input")
    phrase.fill("unlock the (silver|golden")
    expect(rules.locator(".phrase-fault")).to_contain_text("to close this")
    expect(rules.locator(".phrase-backdrop .fault")).to_have_text("(")
    expect(rules.get_by_role("button", name="Use", exact=True)).to_be_disabled()
    phrase.fill("")
    phrase.press_sequentially("unlock the (silver|golden) door @m")
    expect(rules.get_by_role("listbox")).to_contain_text("@me")
    phrase.fill("unlock the (silver|golden) door")
    expect(rules.locator("#sample-found mark")).to_have_text("unlock the silver door")
    rules.get_by_role("button", name="Use", exact=True).click()

    expect(rules.locator("#effect-summary")).to_contain_text("labelled messages is judged otherwise", timeout=60_000)
    rules.get_by_role("button", name="Save", exact=True).click()
    expect(rules.locator("#done-text")).to_contain_text("Saved")
    expect(rules.locator(".phrase-list .own code")).to_have_text("unlock the (silver|golden) door")
    page.bring_to_front()
    page.keyboard.type(" Bye.")
    wait_for_drawn(page, [ASK])

    rules.bring_to_front()
    undo_all(rules)
    expect(rules.locator(".phrase-list .own")).to_have_count(0)
    expect(rules.locator("#rule-layer")).to_have_text("as shipped")
    page.bring_to_front()
    page.keyboard.type(" Bye.")
    wait_for_drawn(page, [])


def test_a_rule_broken_in_an_editor_is_named_and_the_rest_works(rules: Page, server: RunningServer) -> None:
    """File, line, column and mend stand on the page within moments; other rules go on; mended, the notice goes."""
    open_rule(rules)
    path = server.data / "rules" / "en" / "asks" / "by-hand.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("kind: favor\nphrases:\n  - water the (office plants\nexamples: {}\n", encoding="utf-8")
    expect(rules.locator("#problem-list")).to_contain_text("en/asks/by-hand.yml:3:15: In “water the (office plants”: “)” is missing to close this “(”.")
    answer = rules.request.post("/api/v1/lint", data={"text": "Could you introduce me to your editor?", "language": "en"}, headers=server.headers(rules))
    assert [f["kind"] for f in answer.json()["findings"]] == ["introduction"]
    path.write_text("kind: favor\nphrases:\n  - water the office plants\nexamples: {flag: [Water the office plants], pass: [Plants]}\n", encoding="utf-8")
    expect(rules.locator("#problems")).to_be_hidden()
    expect(rules.locator("#rule-list [href='#list/en/asks/by-hand']")).to_be_visible()
    path.unlink()
    expect(rules.locator("#rule-list [href='#list/en/asks/by-hand']")).to_have_count(0)


def test_a_worse_change_is_warned_of_and_saved_all_the_same(rules: Page) -> None:
    """A rule switched off shows what is lost, message by message; it is saved when asked for, and undone to the shipped state."""
    open_rule(rules)
    rules.get_by_label("On", exact=True).uncheck()
    expect(rules.get_by_role("button", name="Save anyway")).to_be_enabled(timeout=60_000)
    expect(rules.locator("#effect-warnings")).to_contain_text("worse")
    rules.locator("#effect-details summary").click()
    expect(rules.locator("#effect-figures tbody").first).to_contain_text("English: all asks")
    expect(rules.locator("#effect-figures thead")).to_have_text("beforeafterdifference")
    expect(rules.locator("#effect-figures tbody").first.locator("tr").nth(1).locator("td.worse")).to_have_text(re.compile("^−[0-9]+$"))
    expect(rules.locator("#effect-list li").first).to_contain_text("labelled:")
    rules.get_by_role("button", name="Save anyway").click()
    expect(rules.locator("#rule-layer")).to_contain_text("off")
    undo_all(rules)
    expect(rules.locator("#rule-layer")).to_have_text("as shipped")
    expect(rules.get_by_label("On", exact=True)).to_be_checked()


def test_a_guard_says_whom_it_keeps_still(rules: Page) -> None:
    """Phrases alone, or the learnt model as well."""
    learnt = "the learnt model adds nothing"
    rules.goto("/rules#list/en/guards/open-door")
    expect(rules.locator("#rule-id")).to_have_text("en/guards/open-door")
    expect(rules.locator("#rule-why")).to_contain_text(learnt)
    expect(rules.locator("#rule-title")).to_have_text("An open door")
    rules.goto("/rules#list/en/guards/denials")
    expect(rules.locator("#rule-id")).to_have_text("en/guards/denials")
    expect(rules.locator("#rule-why")).to_contain_text("the rules it names find nothing")
    expect(rules.locator("#rule-why")).not_to_contain_text(learnt)


def test_a_value_is_set_and_put_back(rules: Page) -> None:
    """A stage's gate is changed in a form that names how it ships, its effect comes first, and undo puts it back."""
    rules.get_by_role("link", name="Stages and limits").click()
    field = rules.get_by_label("Days of conversation for credibility: value")
    field.fill("5")
    field.blur()
    expect(rules.locator(".differs .shipped")).to_have_text("as shipped: 3")
    save = rules.locator("#save")
    expect(save).to_be_enabled(timeout=120_000)
    save.click()
    expect(rules.locator("#done-text")).to_contain_text("Saved")
    expect(field).to_have_value("5")
    undo_all(rules)
    expect(field).to_have_value("3")


def test_a_dismissal_becomes_an_exception(rules: Page, server: RunningServer) -> None:
    """A dismissed sentence waits in the queue; one of the phrases proposed makes it needless."""
    body = {"id": "browser-0001", "rule": RULE, "kind": "introduction", "sentence": "Could you introduce me to your tailor?",
            "quote": "Could you introduce me to your tailor", "language": "en", "stage": "stranger", "contact": None, "reason": "no_ask"}
    rules.request.post("/api/v1/dismissals", data=body, headers=server.headers(rules))
    rules.locator("[data-part=dismissed]").click()
    expect(rules.locator(".queue .sentence mark")).to_have_text(body["quote"])
    expect(rules.locator(".queue .hint")).to_contain_text(re.compile(r" · \d{1,2} [A-Z][a-z]+ 20\d\d$"))
    rules.get_by_role("button", name="Propose an exception").click()
    rules.locator(".proposals button").first.click()
    expect(rules.locator("#dismissed")).to_contain_text("Not needed any more")
    expect(rules.locator("#badge-dismissed")).to_be_hidden()
    undo_all(rules)
    rules.get_by_role("button", name="Take back").click()
    expect(rules.locator("#dismissed")).to_contain_text("Nothing has been dismissed yet")


def test_messages_side_by_side(rules: Page) -> None:
    """The same words at every stage and by a history of one's own."""
    rules.get_by_role("link", name="Try", exact=True).click()
    rules.get_by_label("Message 1").fill("Hi Ann, could you introduce me to your editor? Thank you for the lovely day.")
    expect(rules.locator(".tried .verdict")).to_have_text(["Wait", "Revise", "Good to send", "Good to send"], timeout=30_000)
    expect(rules.locator(".tried mark.error")).to_have_text("could you introduce me to your editor")
    expect(rules.locator(".tried mark.growing")).to_have_text("Thank you for")
    rules.get_by_role("button", name="Add an event").click()
    expect(rules.locator(".tried .verdict")).to_have_count(5)
    expect(rules.locator(".tried .stages > li").last).to_contain_text("By your history: visibility")
    # Who listens hears the verdicts once the hand rests.
    expect(rules.locator("#try-said")).to_contain_text("stranger: Wait")


@pytest.mark.parametrize(("scheme", "width", "locale"), [("light", 1280, "en-GB"), ("dark", 360, "de-DE")])
def test_the_pages_are_for_everybody(browser: Browser, server: RunningServer, scheme: str, width: int, locale: str) -> None:
    """No part of the rules and report pages breaks a rule of axe or is wider than the screen, in either theme."""
    options = {"locale": locale, "color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    with own_page(browser, server, "/rules", **options) as tab:
        expect(tab.locator("#rule-list li").first).to_be_visible(timeout=60_000)
        found: dict[str, list[str]] = {}
        for part in (f"/rules#list/{RULE}", "/rules#values", "/rules#dismissed", "/rules#try", "/rules#changes", "/report"):
            tab.goto(part)
            expect(tab.locator("#part-" + part.partition("#")[2].split("/")[0] if "#" in part else ".report")).to_be_visible()
            if "list" in part:
                expect(tab.locator("#rule-parts li").first).to_be_visible(timeout=60_000)
                tab.locator("#rule-parts li button").first.click()
                tab.locator("#rule-form input").uncheck()
                expect(tab.locator("#save")).to_be_enabled(timeout=60_000)
                tab.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
            if "values" in part:
                expect(tab.locator(".group").last).to_be_visible()
            if "try" in part:
                tab.locator("#try-texts textarea").first.fill("Could you introduce me to your editor at the fair?")
                expect(tab.locator(".tried .verdict")).to_have_count(4, timeout=60_000)
            found[part] = violations(tab)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, part
    assert {part: many for part, many in found.items() if many} == {}
