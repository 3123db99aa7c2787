"""What we look at on every page beside axe: headings, names, hints, sizes of what is pressed, what covers what."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

CHILD_TARGET, TARGET = 48, 24

NAMELESS = """() => [...document.querySelectorAll('main input:not([type=hidden]), main textarea, main select')]
  .filter(e => !(e.labels && e.labels.length && [...e.labels].some(l => l.textContent.trim())))
  .map(e => e.outerHTML)"""

EMPTY = """() => [...document.querySelectorAll('.govuk-hint, label, legend, button:not([hidden]), h1, h2, p, li, a')]
  .filter(e => !e.textContent.trim() && !e.querySelector('input, svg, audio')).map(e => e.outerHTML)"""

SMALL = """least => {
  const shown = e => e.offsetParent && getComputedStyle(e).visibility !== 'hidden'
  const inText = e => e.tagName === 'A' && e.closest('p, li:not(.links li):not(.languages li), dd')
    && !e.matches('[role=button], .numbers a, .govuk-summary-list__actions a') && e.parentElement.textContent.trim() !== ''
  const box = e => {
    const boxes = [e, ...(e.labels || [])].map(x => x.getBoundingClientRect())
    const left = Math.min(...boxes.map(b => b.left)), right = Math.max(...boxes.map(b => b.right))
    const top = Math.min(...boxes.map(b => b.top)), bottom = Math.max(...boxes.map(b => b.bottom))
    return { width: right - left, height: bottom - top }
  }
  return [...document.querySelectorAll('a, button, summary, input:not([type=hidden]), textarea, select')]
    .filter(e => shown(e) && !e.classList.contains('govuk-skip-link') && !inText(e))
    .map(e => [e.outerHTML.slice(0, 120), box(e)])
    .filter(([, b]) => b.width < least - 0.5 || b.height < least - 0.5)
}"""

WIDE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""

CUT = """() => [...document.querySelectorAll('button, [role=button], label')].filter(e => {
  const words = document.createRange()
  words.selectNodeContents(e)
  const inner = words.getBoundingClientRect(), outer = e.getBoundingClientRect()
  return e.offsetParent && (inner.left < outer.left - 1 || inner.right > outer.right + 1)
}).map(e => e.textContent.trim())"""

MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
  const s = getComputedStyle(e)
  const lasts = times => times.split(',').some(t => parseFloat(t) > 0)
  return lasts(s.transitionDuration) || (s.animationName !== 'none' && lasts(s.animationDuration))
}).map(e => e.outerHTML.slice(0, 80))"""

COVERED = """() => {
  const focused = document.activeElement, bar = document.querySelector('.top')
  if (!focused || focused === document.body || bar.contains(focused)) return ''
  if (focused.classList.contains('govuk-skip-link')) return ''
  const box = (focused.labels && focused.labels[0] || focused).getBoundingClientRect()
  const top = getComputedStyle(bar).position === 'sticky' ? bar.getBoundingClientRect().bottom : 0
  return box.top < top - 1 && box.bottom > 0 || box.top > innerHeight || box.bottom < 1 ? focused.outerHTML.slice(0, 120) : ''
}"""


def check(page: Page, step: str) -> None:
    """Look at a page as it stands; every finding names the step."""
    assert page.locator("h1").count() == 1, step
    assert page.title().strip(), step
    assert page.evaluate(NAMELESS) == [], step
    assert page.evaluate(EMPTY) == [], step
    least = CHILD_TARGET if page.get_attribute("body", "data-audience") == "child" else TARGET
    assert page.evaluate(SMALL, least) == [], f"{step}: smaller than {least} pixels"
    assert page.evaluate(WIDE) <= 0, f"{step} scrolls sideways"


def tab_through(page: Page, step: str) -> int:
    """Press Tab through the whole page; return how many places it stops at. Nothing focused may be covered."""
    seen: list[Any] = []
    for _ in range(120):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "() => document.activeElement === document.body ? null : document.activeElement.outerHTML.slice(0, 200)"
        )
        if place is None or (seen and place == seen[0] and len(seen) > 1):
            return len(seen)
        seen.append(place)
        covered = page.evaluate(COVERED)
        assert not covered, f"{step}: focus is hidden on {covered}"
    raise AssertionError(f"{step}: Tab never comes round")
