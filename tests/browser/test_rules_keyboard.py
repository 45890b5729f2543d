"""The whole rules page by keyboard alone: every stop reached and seen, nothing lost, nothing trapped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import RunningServer
from .own_pages import own_page
from .test_rules_page import RULE

# What Tab must reach: all that is shown and can be worked; of radio buttons the one that is chosen.
STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0
    && !(one.type === 'radio' && !one.checked) && one.type !== 'hidden')
  .map((one, i) => { one.dataset.stop = i; return one.outerHTML.slice(0, 90); })"""
# Where the focus is: which stop, and whether a person sees it, neither off the screen nor behind anything.
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const ringed = one.matches('.views input') ? one.nextElementSibling : one.matches('.file input') ? one.parentElement : one;
  const { outlineStyle, outlineWidth } = getComputedStyle(ringed);
  const box = ringed.getBoundingClientRect();
  const seen = [[.5, .5], [.1, .5], [.9, .5], [.5, .15], [.5, .85]].some(([x, y]) => {
    const at = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
    return at && (ringed.contains(at) || at === one || at.contains(ringed) && at.closest('label, details') === ringed.closest('label, details'));
  });
  return { stop: Number(one.dataset.stop ?? -1), ring: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2, seen, html: one.outerHTML.slice(0, 120) };
}"""
MOST_STOPS = 400


def walk(tab: Page) -> None:
    """Press Tab from the top of the page to its end: each stop comes once, in order, with a ring that can be seen."""
    tab.evaluate("() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); scrollTo(0, 0); }")
    stops = tab.evaluate(STOPS)
    met: list[int] = []
    wrong: list[str] = []
    for _ in range(MOST_STOPS):
        tab.keyboard.press("Tab")
        at = tab.evaluate(FOCUS)
        if at is None or (met and at["stop"] == met[0]):
            break
        # A date has three fields in one stop.
        if at["stop"] not in met[-1:]:
            met.append(at["stop"])
        if not (at["ring"] and at["seen"]):
            wrong.append(f"{'no ring' if not at['ring'] else 'not seen'}: {at['html']}")
    missed = [stops[i] for i in range(len(stops)) if i not in met]
    assert (wrong, missed, met) == ([], [], sorted(met))


def go_to(tab: Page, selector: str) -> None:
    """Press Tab until *selector* has the focus."""
    for _ in range(MOST_STOPS):
        if tab.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector}")


def open_by_keyboard(tab: Page) -> None:
    """Open the rule from the list; the keyboard goes on at its title."""
    go_to(tab, f"[href='#list/{RULE}']")
    tab.keyboard.press("Enter")
    expect(tab.locator("#rule-title")).to_be_focused()


@pytest.fixture(params=[1280, 360])
def rules(request: pytest.FixtureRequest, browser: Browser, server: RunningServer) -> Iterator[Page]:
    """Yield the rules page, wide and narrow, with the rules on introductions alone."""
    with own_page(browser, server, "/rules", viewport={"width": request.param, "height": 760}) as tab:
        expect(tab.locator(f"#rule-list [href='#list/{RULE}']")).to_be_visible(timeout=60_000)
        go_to(tab, "#rule-search")
        tab.keyboard.type("introduction")
        expect(tab.locator("#rule-list li")).not_to_have_count(0)
        yield tab


def test_every_stop_of_every_part_is_reached_and_seen(rules: Page) -> None:
    """List, an open rule with its effect, values, dismissals, trying and history, each from top to end."""
    walk(rules)
    open_by_keyboard(rules)
    go_to(rules, "#rule-form input")
    rules.keyboard.press("Space")
    expect(rules.locator("#save")).to_be_enabled(timeout=60_000)
    walk(rules)
    rules.locator("#discard").press("Enter")
    expect(rules.locator("#rule-title")).to_be_focused()
    for part, ready in (("values", ".group"), ("dismissed", "#dismissed p"), ("try", "#try-texts textarea"), ("changes", "#changes li")):
        rules.locator(f"[data-part={part}]").press("Enter")
        expect(rules.locator(ready).last).to_be_visible(timeout=60_000)
        walk(rules)


def test_a_phrase_is_added_saved_and_undone_without_a_pointer(rules: Page) -> None:
    """The suggestions answer to the arrows, Escape and Enter; saving, undoing and closing the note never lose the focus."""
    open_by_keyboard(rules)
    go_to(rules, ".phrase-list .add button")
    rules.keyboard.press("Enter")
    phrase = rules.locator(".phrase-input")
    expect(phrase).to_be_focused()
    rules.keyboard.type("unlock the bronze gate @m")
    options = rules.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    first = phrase.get_attribute("aria-activedescendant")
    rules.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert phrase.get_attribute("aria-activedescendant") not in (first, None)
    rules.keyboard.press("Escape")
    expect(rules.get_by_role("listbox")).to_be_hidden()
    expect(phrase).to_be_focused()
    for _ in range(3):
        rules.keyboard.press("Backspace")
    expect(phrase).to_have_value("unlock the bronze gate")
    rules.keyboard.press("Enter")
    expect(rules.locator(".phrase-list .add button").first).to_be_focused()
    expect(rules.locator("#save")).to_be_enabled(timeout=60_000)
    rules.keyboard.press("Control+s")
    expect(rules.locator("#done-text")).to_contain_text("Saved", timeout=60_000)
    expect(rules.locator("#undo")).to_be_focused()
    rules.keyboard.press("Enter")
    expect(rules.locator("#done-text")).to_have_text("Taken back.", timeout=60_000)
    assert rules.evaluate("document.activeElement.closest('#done') !== null")
    go_to(rules, "#done-close")
    rules.keyboard.press("Enter")
    expect(rules.locator("#rule-title")).to_be_focused()


def test_what_is_taken_out_or_cancelled_leaves_the_focus_near(rules: Page) -> None:
    """A phrase taken out is put back from where it stood; the dialog gives the focus back; the list goes on where it was left."""
    rules.locator("#new-rule").press("Enter")
    expect(rules.locator("#new-dialog")).to_be_visible()
    rules.keyboard.press("Escape")
    expect(rules.locator("#new-rule")).to_be_focused()
    open_by_keyboard(rules)
    go_to(rules, ".phrase-list button[aria-label^='Take out']")
    name = str(rules.evaluate("document.activeElement.getAttribute('aria-label')")).partition(": ")[2]
    rules.keyboard.press("Enter")
    focused = rules.locator(":focus")
    expect(focused).to_have_attribute("aria-label", f"Put back: {name}")
    rules.keyboard.press("Enter")
    expect(focused).to_have_attribute("aria-label", f"Take out: {name}")
    expect(rules.locator("#effect")).to_be_hidden()
    if rules.locator("#back").is_visible():
        rules.locator("#back").press("Enter")
        expect(rules.locator(f"[href='#list/{RULE}']")).to_be_focused()


def test_a_screen_reader_hears_what_comes_of_a_change(rules: Page) -> None:
    """Names and roles as they are told: the bar has a name, results and warnings are announced, the count is not read out."""
    open_by_keyboard(rules)
    go_to(rules, "#rule-form input")
    rules.keyboard.press("Space")
    effect = rules.get_by_role("region", name="What this would change")
    expect(effect.get_by_role("status")).to_contain_text("labelled messages", timeout=60_000)
    expect(rules.locator("#effect-warnings")).to_have_attribute("aria-live", "polite")
    expect(rules.locator("#effect-progress")).to_have_attribute("aria-labelledby", "effect-label")
    assert rules.locator("#effect-count").get_attribute("role") is None
    rules.locator("#discard").press("Enter")
