"""Pictures for README.md: the wizard, a plan's page and the layers of a component, in windows of one size."""
import os

from browser import chromium, expect, opened, press, select_package
from support import DISPATCH, FIRST, SECOND, Service

#: A page that is longer is cut off below; a README has room for no more.
SIZE = {"width": 960, "height": 760}
BYTES_MAX = 150_000


def run(tally, folder):
    with Service(folder, "demo") as service, chromium() as browser:
        service.install(FIRST)
        service.install(DISPATCH)
        page = opened(browser, service, viewport=SIZE)
        with tally.step("wizard.png shows the second step with its choices"):
            select_package(page, service, SECOND)
            page.get_by_text("Advanced settings").click()
            page.get_by_role("heading", name="Solution information").scroll_into_view_if_needed()
            expect(page.get_by_label("Upgrade (recommended)")).to_be_checked()
            take(page, "wizard")
        with tally.step("plan-page.png shows what an upgrade destroys, and what has to be typed"):
            page.get_by_label("Upgrade (recommended)").check()
            press(page, "Next: plan")
            page.wait_for_url("**/plans/*")
            take(page, "plan-page")
        with tally.step("layers.png shows the layers of a column, topmost first"):
            page.goto(f"{service.base}/component?of=attribute:fab_workorder.fab_description")
            take(page, "layers")


def take(page, name):
    path = os.path.join(os.environ["STRATA_PICTURES"], f"{name}.png")
    page.screenshot(path=path)
    size = os.path.getsize(path)
    assert size <= BYTES_MAX, f"{name}.png has {size} bytes, more than {BYTES_MAX}"
