"""Writing a phrase: what is tried and said at each step, the legend, and that nothing hides what is being written."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import RunningServer
from .own_pages import own_page
from .test_rules_page import RULE, open_rule, undo_all

TEXT = "Tomorrow we unlock the copper door"
PHRASE = "unlock the (copper|tin) door"
LOCALES = ("en-GB", "it-IT", "es-ES", "fr-FR", "de-DE", "pt-PT")
# Every hint that stands in a field and is wider than the field.
CUT = """() => {
  const pen = document.createElement('canvas').getContext('2d');
  return [...document.querySelectorAll('[placeholder]')].filter((one) => one.checkVisibility()).filter((one) => {
    const style = getComputedStyle(one);
    pen.font = style.font;
    return pen.measureText(one.placeholder).width > one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  }).map((one) => one.placeholder);
}"""
# How far the first one reaches below the upper edge of the second one.
COVERED = "([first, second]) => document.querySelector(first).getBoundingClientRect().bottom - document.querySelector(second).getBoundingClientRect().top"


WIDE_AND_NARROW = pytest.mark.parametrize("rules", [1280, 390], indirect=True)


@pytest.fixture
def rules(request: pytest.FixtureRequest, browser: Browser, server: RunningServer) -> Iterator[Page]:
    """Yield the rules page with one rule open; wide, where a test says nothing else."""
    with own_page(browser, server, "/rules", viewport={"width": getattr(request, "param", 1280), "height": 800}) as tab:
        expect(tab.locator(f"#rule-list [href='#list/{RULE}']")).to_be_visible(timeout=60_000)
        open_rule(tab)
        yield tab


def write_phrase(tab: Page, phrase: str = PHRASE, part: int = 0) -> None:
    """Write a phrase into a part of the rule, without using it."""
    tab.locator(".phrase-list .add button").nth(part).click()
    tab.locator(".phrase-input").fill(phrase)


def use(tab: Page) -> None:
    """Use the phrase that is written."""
    tab.get_by_role("button", name="Use", exact=True).click()


def test_what_is_said_of_a_text_is_true_at_each_step(rules: Page) -> None:
    """Of the rule while no phrase is written, of the phrase while one is; used or saved, the rule finds what the phrase found."""
    said, mark = rules.locator("#sample-found small"), rules.locator("#sample-found mark")
    rules.locator("#sample").fill(TEXT)
    expect(said).to_have_text("As it now stands, the rule finds nothing here.")
    write_phrase(rules, "bake")
    expect(said).to_have_text("The phrase finds nothing here.")
    rules.locator(".phrase-input").fill("unlock (the")
    expect(said).to_have_text("")
    rules.locator(".phrase-input").fill("")
    expect(said).to_have_text("As it now stands, the rule finds nothing here.")
    rules.locator(".phrase-input").fill(PHRASE)
    expect(said).to_have_text("The phrase finds this.")
    use(rules)
    expect(said).to_have_text("As it now stands, the rule finds this.")
    expect(mark).to_have_text("unlock the copper door")
    rules.locator("#sample").fill(f"{TEXT}s")
    expect(said).to_have_text("As it now stands, the rule finds nothing here.")
    rules.locator("#sample").fill(TEXT)
    expect(rules.locator("#save")).to_be_enabled(timeout=60_000)
    rules.locator("#save").click()
    expect(rules.locator("#done-text")).to_contain_text("Saved")
    expect(said).to_have_text("As it now stands, the rule finds this.")
    rules.get_by_label("On", exact=True).uncheck()
    expect(said).to_have_text("The rule is off, so it finds nothing.")
    rules.locator("#discard").click()
    expect(said).to_have_text("As it now stands, the rule finds this.")
    undo_all(rules)
    expect(said).to_have_text("As it now stands, the rule finds nothing here.")


def test_what_an_exception_holds_back_is_said(rules: Page) -> None:
    """A phrase that finds something in vain is not taken for a wrong one."""
    rules.locator("#sample").fill("Could you introduce me to your editor?")
    said = rules.locator("#sample-found small")
    expect(said).to_have_text("As it now stands, the rule finds this.")
    rules.locator("#rule-parts summary").nth(1).click()
    write_phrase(rules, "introduce me", 1)
    expect(said).to_have_text("The phrase finds this.")
    use(rules)
    expect(said).to_have_text("A phrase of the rule finds this, but an exception holds it back.")
    expect(rules.locator("#sample-found mark.goes").first).to_be_visible()


@WIDE_AND_NARROW
def test_the_effect_leaves_what_is_written_in_sight(rules: Page) -> None:
    """Folded, the effect is a few lines; the new phrase stands above it, and what nothing changes is said in a sentence."""
    write_phrase(rules)
    use(rules)
    expect(rules.locator("#effect-summary")).to_have_text("None of the 250 labelled messages is judged otherwise.", timeout=60_000)
    expect(rules.locator("#effect-details")).to_be_hidden()
    expect(rules.locator("#effect-progress")).to_be_hidden()
    assert rules.evaluate(COVERED, [".phrase-list .own", "#effect"]) <= 0
    assert rules.evaluate("document.querySelector('#effect').offsetHeight") <= 160
    rules.locator("#rule-form input").uncheck()
    expect(rules.locator("#effect-summary")).to_contain_text("no longer flagged:", timeout=60_000)
    expect(rules.locator("#effect-figures")).to_be_hidden()
    rules.locator("#effect-details summary").click()
    expect(rules.locator("#effect-figures table")).to_be_visible()
    expect(rules.locator("#save")).to_be_in_viewport()
    assert rules.evaluate("document.querySelector('#effect').offsetHeight / innerHeight") < 0.75


@WIDE_AND_NARROW
def test_a_value_that_is_changed_stays_in_sight(rules: Page) -> None:
    """Even at the lower edge of the window, and when the focus has left it."""
    rules.evaluate("location.hash = '#values'")
    field = rules.get_by_label("Days of conversation for visibility: value")
    field.evaluate("field => field.scrollIntoView({ block: 'end' })")
    field.fill("3")
    field.blur()
    expect(rules.locator("#effect-summary")).to_contain_text("of 1340 labelled messages", timeout=120_000)
    expect(rules.locator("#effect-progress")).to_be_hidden()
    expect(field).to_be_in_viewport()
    assert rules.evaluate(COVERED, ["label.differs", "#effect"]) <= 0
    rules.locator("#effect-details summary").click()
    # Whether a message in which an ask is found wrongly is judged otherwise is the readers' affair; the asks stay as they are.
    expect(rules.locator("#effect-figures")).to_have_text(re.compile("No count of what is found changes|right verdict"))
    expect(rules.locator("#effect-messages-label")).to_contain_text("80 of")


def test_an_effect_that_breaks_off_is_not_waited_for(rules: Page) -> None:
    """The page says that the server does not answer, instead of measuring for ever."""
    rules.evaluate("""() => {
      const asked = window.fetch;
      window.fetch = (address, options) => (String(address).includes('/rules/effect')
        ? Promise.resolve(new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('network error')) }))) : asked(address, options));
    }""")
    rules.get_by_label("On", exact=True).uncheck()
    expect(rules.locator("#effect-summary")).to_contain_text("The server does not answer")
    expect(rules.locator("#effect-progress")).to_be_hidden()


@WIDE_AND_NARROW
def test_the_note_of_what_was_done_does_not_lie_on_the_effect(rules: Page) -> None:
    """A change begun while the last one's note still stands shows its buttons."""
    write_phrase(rules)
    use(rules)
    expect(rules.locator("#save")).to_be_enabled(timeout=60_000)
    rules.locator("#save").click()
    expect(rules.locator("#done-text")).to_contain_text("Saved")
    rules.get_by_label("On", exact=True).uncheck()
    expect(rules.locator("#save")).to_be_enabled(timeout=60_000)
    assert rules.evaluate(COVERED, ["#done", "#effect"]) <= 0
    assert rules.evaluate("document.querySelector('#done').getBoundingClientRect().height") < 90
    rules.locator("#discard").click()
    undo_all(rules)


@WIDE_AND_NARROW
def test_the_legend_is_one_click_away(rules: Page) -> None:
    """Folded beside the field, each sign with an example; whoever unfolded it finds it so at the next phrase, and in a new rule."""
    write_phrase(rules)
    legend = rules.locator(".phrase-editor .legend")
    expect(legend.locator("dl")).to_be_hidden()
    legend.locator("summary").press("Enter")
    expect(legend.locator("dt")).to_have_count(10)
    expect(legend).to_contain_text("introduce me ...3 editor")
    expect(legend).to_contain_text("up to three words between")
    rules.get_by_role("button", name="Cancel").click()
    write_phrase(rules)
    expect(legend.locator("dl")).to_be_visible()
    rules.evaluate("location.hash = '#list'")
    rules.locator("#new-rule").click()
    rules.locator("#new-form .legend summary").click()
    expect(rules.locator("#new-form .legend dl")).to_be_visible()


@WIDE_AND_NARROW
def test_a_rule_is_short_until_more_is_asked_for(rules: Page) -> None:
    """Exceptions and examples are folded with their counts, of many phrases some are shown; what is unfolded stays so."""
    assert rules.evaluate("document.documentElement.scrollHeight") < 2400
    names = rules.locator("#rule-parts .part-name, #rule-examples .part-name")
    expect(names).to_have_text(["Phrases", "Unless they touch", "Found in", "Found nothing in"])
    expect(rules.locator("#rule-examples .count")).to_have_text(["5", "3"])
    expect(rules.locator("#rule-examples li").first).to_be_hidden()
    count = int(rules.locator("#rule-parts .count").first.inner_text())
    phrases = rules.locator("#rule-parts details").first.locator("li > code")
    expect(phrases).to_have_count(8)
    rules.get_by_role("button", name=f"Show all {count}").press("Enter")
    expect(phrases).to_have_count(count)
    expect(phrases.nth(8).locator("..").get_by_role("button").first).to_be_focused()
    rules.get_by_role("button", name="Show fewer").press("Enter")
    expect(phrases).to_have_count(8)
    expect(rules.get_by_role("button", name=f"Show all {count}")).to_be_focused()
    rules.locator("#rule-examples summary").first.press("Enter")
    rules.locator("[data-adds=flag]").fill("Introduce me to your aunt")
    rules.locator("[data-adds=flag]").press("Enter")
    expect(rules.locator("#rule-examples li").filter(has_text="aunt")).to_be_visible()
    expect(rules.locator("[data-adds=flag]")).to_be_focused()
    expect(rules.locator("#rule-examples .count")).to_have_text(["6", "3"])


def test_what_is_written_outlives_a_look_at_the_other_phrases(rules: Page) -> None:
    """All phrases shown, one of them taken out: the phrase that is being written stands as it stood."""
    write_phrase(rules)
    rules.get_by_role("button", name=re.compile("Show all")).click()
    rules.get_by_role("button", name=re.compile("^Take out")).first.click()
    expect(rules.locator(".phrase-input")).to_have_value(PHRASE)
    use(rules)
    expect(rules.locator(".phrase-list .own code")).to_have_text(PHRASE)
    expect(rules.locator(".phrase-list .gone")).to_have_count(1)


def test_a_phrase_that_is_written_is_counted_in_folded_examples(rules: Page) -> None:
    """How many examples it finds stands at their heading, and goes with it."""
    reached = rules.locator("#rule-examples .reached")
    expect(reached.first).to_be_hidden()
    write_phrase(rules, "introduce me")
    expect(reached.first).to_have_text("this phrase: 2")
    rules.get_by_role("button", name="Cancel").click()
    expect(reached.first).to_be_hidden()


@pytest.mark.parametrize("locale", LOCALES)
def test_no_hint_in_a_field_is_cut(browser: Browser, server: RunningServer, locale: str) -> None:
    """In each language, wide and narrow, with a rule open and without."""
    with own_page(browser, server, "/rules", locale=locale) as tab:
        expect(tab.locator("#rule-list li").first).to_be_visible(timeout=60_000)
        expect(tab.locator("#rule-search")).to_have_attribute("placeholder", tab.evaluate("JSON.parse(document.getElementById('texts').textContent).list.search_hint"))
        for width in (1280, 390):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate(CUT) == [], width
            tab.evaluate(f"location.hash = '#list/{RULE}'")
            expect(tab.locator("#rule-parts li").first).to_be_visible(timeout=60_000)
            for fold in tab.locator("#rule-examples summary").all():
                if fold.evaluate("summary => !summary.parentElement.open"):
                    fold.click()
            assert tab.evaluate(CUT) == [], width
            tab.evaluate("location.hash = '#list'")
