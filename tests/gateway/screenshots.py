"""Take pictures of a running system: `python tests/gateway/screenshots.py [--window] ADDRESS FOLDER [USER PATH NAME]…`.

Each picture is taken at 1280 px and at 390 px, as `FOLDER/NAME-1280.png` and `FOLDER/NAME-390.png`, with the
demonstration's password. Without USER PATH NAME the inbox, the projects and the start form are taken. `--window` takes
only what a window of 1280 × 860 px shows, as `FOLDER/NAME.png`: so the pictures of the README are made.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

DEMO_PASSWORD = "demo"  # noqa: S105 - the demonstration's, meant to be known
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"]
WIDTHS = {1280: 860, 390: 844}
TALLEST = 16_000
USUAL = [
    ("wang_fang", "/start/parameter_review", "start"),
    ("li_qiang", "/tasks", "inbox"),
    ("li_qiang", "/projects", "projects"),
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium with an empty profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def sign_in(page: Page, address: str, username: str, password: str = DEMO_PASSWORD) -> None:
    """Sign in and wait for the inbox."""
    page.goto(f"{address}/login")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/tasks*")


def settle(page: Page) -> None:
    """Wait until forms and diagrams are drawn."""
    for part in ("[data-form]", "[data-diagram]"):
        if page.locator(part).count():
            page.wait_for_selector(f"{part}[data-ready]", timeout=20_000)
    page.wait_for_timeout(150)


def _height(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


def take(address: str, folder: Path, wanted: list[tuple[str, str, str]], *, window: bool = False) -> list[str]:
    """Take the pictures and return what the browser's console complained about."""
    complaints: list[str] = []
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for width, height in [(1280, 860)] if window else WIDTHS.items():
            for username, path, name in wanted:
                context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
                page = context.new_page()
                page.on(
                    "console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None
                )
                page.on("pageerror", lambda error: complaints.append(str(error)))
                if username:
                    sign_in(page, address, username)
                page.goto(f"{address}{path}")
                settle(page)
                if window:
                    page.screenshot(path=folder / f"{name}.png")
                else:
                    # Drawn in one piece, so that what sticks to the window's edge is seen once and at its place.
                    page.set_viewport_size({"width": width, "height": max(height, min(TALLEST, _height(page)))})
                    page.wait_for_timeout(150)
                    page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
                context.close()
    return complaints


if __name__ == "__main__":
    given = sys.argv[1:]
    if window := given[0] == "--window":
        del given[0]
    address, folder, *given = given
    triples = [(given[at], given[at + 1], given[at + 2]) for at in range(0, len(given), 3)]
    for complaint in take(address, Path(folder), triples or USUAL, window=window):
        sys.stdout.write(f"console: {complaint}\n")
