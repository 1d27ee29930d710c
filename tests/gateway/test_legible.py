"""Every page in Debian's Chromium: text stands out from its ground, fields and buttons have names, ids are unique."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from records.database import Database
from tests.gateway.fake_engine import INSTANCE, FakeEngine, a_user_task
from tests.gateway.recorded import Recorder, record_synonym
from tests.gateway.walk import Walker

pytestmark = pytest.mark.browser
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3, level AA, for text of ordinary size."""
LOOK = """least => {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const light = (rgb) => { const [r, g, b] = rgb.map((part) => (part /= 255) <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const parts = (colour) => { const found = colour.match(/[\\d.]+/g).map(Number); return found.length < 4 ? [...found, 1] : found; };
  const ground = (element) => { for (let each = element; each; each = each.parentElement) { const colour = parts(getComputedStyle(each).backgroundColor); if (colour[3] > 0.5) return colour.slice(0, 3); } return [255, 255, 255]; };
  const faint = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement;
    if (!text || element.closest("svg, script, style, [disabled], option") || !shown(element)) continue;
    const [one, two] = [light(parts(getComputedStyle(element).color).slice(0, 3)) + 0.05, light(ground(element)) + 0.05];
    const contrast = Math.max(one, two) / Math.min(one, two);
    if (contrast < least) faint.add(`${contrast.toFixed(2)} ${element.tagName}.${element.className} ${text.slice(0, 20)}`);
  }
  const fields = [...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((field) => shown(field) && !(field.labels?.length || field.ariaLabel || field.getAttribute("aria-labelledby")));
  const buttons = [...document.querySelectorAll("a[href], button")].filter((each) => shown(each) && !each.textContent.trim() && !each.ariaLabel && !each.title && !each.querySelector("[alt]:not([alt=''])"));
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  return { faint: [...faint], nameless: [...fields, ...buttons].map((each) => each.outerHTML.slice(0, 160)), twice: ids.filter((id, at) => ids.indexOf(id) !== at) };
}"""  # noqa: E501 - a script for the browser
PAGES = {
    "wang_fang": ["/start", "/start/parameter_review", "/reviews/1?verdict="],
    "li_qiang": ["/tasks", "/tasks/2251799813685300", "/projects", "/projects/2412-210100-17-01-140662", "/reviews/1"],
    "admin": [
        "/dictionary", "/dictionary?show=entries", "/dictionary/suggestions/1", "/dictionary/entries/1", "/operations",
        f"/instances/{INSTANCE}", "/nowhere",
    ],
}  # fmt: skip


@pytest.mark.parametrize("username", PAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_can_be_read_and_every_control_has_a_name(
    browser: Browser, address: str, username: str, width: int, world: None
) -> None:
    del world
    person = Walker(browser, address, username, width)
    for path in PAGES[username]:
        person.go(path)
        seen: dict[str, Any] = person.page.evaluate(LOOK, LEAST_CONTRAST)
        assert seen == {"faint": [], "nameless": [], "twice": []}, path
        assert person.page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.fixture
def world(database: Database, engine: FakeEngine, record_review: Recorder) -> None:
    """A review with a synonym taken from it, and the task that waits for li_qiang."""
    record_synonym(database, record_review().review_id)
    line = {"item": "应用服务器", "parameter": "内存", "approved": "≥256GB", "tender": "≥512GB", "verdict": "提高"}
    rows = [{"no": at, "reason": "要求提高", "explanation": "业务增长", **line} for at in range(1, 6)]
    engine.variables |= {"deviations": rows, "deviation_count": 5}
    engine.add(a_user_task(assignee="li_qiang"))
