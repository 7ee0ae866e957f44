"""Headless Chromium, and what a person does with it."""
import contextlib
import os
import shutil

from playwright.sync_api import Error, expect, sync_playwright

CHROMIUM = os.environ.get("STRATA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
SECONDS = 20_000


@contextlib.contextmanager
def chromium():
    if not CHROMIUM:
        raise AssertionError("there is no chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


def opened(browser, service, token=None, **more):
    """A page of somebody who came by the link; whatever its scripts complain of stands in `complaints`."""
    context = browser.new_context(**{"viewport": {"width": 1200, "height": 900}, **more})
    page = context.new_page()
    page.set_default_timeout(SECONDS)
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("dialog", lambda dialog: (page.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.goto(f"{service.base}/?token={token or service.token}")
    return page


def picture(page, name):
    """For people to look at. On a busy machine Chromium may have no frame to give, so it is asked three times."""
    path = os.path.join(os.environ["STRATA_PICTURES"], f"{name}.png")
    for left in (2, 1, 0):
        try:
            return page.screenshot(path=path, full_page=True)
        except Error:
            if not left:
                raise
            page.wait_for_timeout(500)


def press(page, words, within=None):
    """A button, by its words; waits until the browser is somewhere else."""
    before = page.url
    (within or page).get_by_role("button", name=words, exact=True).first.click()
    page.wait_for_url(lambda url: url != before)


def select_package(page, service, *files):
    page.goto(f"{service.base}/")
    page.get_by_role("link", name="Import", exact=True).last.click()
    page.wait_for_url("**/import")
    page.set_input_files("#files", list(files))
    expect(page.locator("#uploads .note.ok")).to_have_count(len(files))
    press(page, "Next")
    page.wait_for_url("**/import/details**")


def wait_for_end(page):
    page.wait_for_url("**/jobs/*")
    expect(page.locator("#job .note.ok, #job .note.error")).to_be_visible(timeout=60_000)


def agree(page, word, button):
    """Types what the plan asks for, where it asks, and presses its button."""
    field = page.locator("#typed")
    if field.count():
        field.fill(word)
    press(page, button)
    wait_for_end(page)
    expect(page.locator("#job .note.ok")).to_be_visible()


def versions(page, service):
    """Solutions in the list, by their names."""
    page.goto(f"{service.base}/")
    found = {}
    for row in page.locator("#solutions tbody tr").all():
        cells = row.locator("td").all_inner_texts()
        found[cells[0].strip()] = cells[1].strip()
    return found
