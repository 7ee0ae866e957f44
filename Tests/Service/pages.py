"""Every page, light and dark, wide and narrow: axe-core finds nothing serious, nothing is wider than the window, and what
packages say is text everywhere."""
import os
import zipfile

import packages
from axe_playwright_python.sync_playwright import Axe
from browser import chromium, expect, opened, picture
from support import DISPATCH, FIRST, SECOND, Service, same

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
BIDI = "a\u202eb\u2066c"
LONG = "x" * 4000
LOOKS = [("light", 1200), ("dark", 1200), ("light", 400), ("dark", 400)]


def run(tally, folder):
    with Service(folder, "pages") as service, chromium() as browser:
        places = filled(service, folder)
        pages = {(scheme, width): opened(browser, service, color_scheme=scheme, viewport={"width": width, "height": 900})
                 for scheme, width in LOOKS}
        for name, path in places.items():
            with tally.step(f"{name}: nothing serious for axe-core, light and dark, wide and narrow"):
                for (scheme, width), page in pages.items():
                    page.goto(service.base + path)
                    picture(page, f"{name}-{scheme}-{width}") if width == 400 else None
                    serious(page, f"{scheme}, {width} px")
            with tally.step(f"{name}: nothing is wider than a window of 400 px"):
                narrow(pages["light", 400])
        hostile(tally, pages, service)
        with tally.step("the page for signing in has nothing serious either"):
            page = browser.new_context(viewport={"width": 400, "height": 900}).new_page()
            page.goto(f"{service.base}/?token=wrong")
            expect(page.get_by_role("alert")).to_be_visible()
            serious(page, "sign-in")
            narrow(page)


def serious(page, about):
    found = Axe().run(page).response["violations"]
    found = [f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:200]}" for one in found
             if one["impact"] in ("serious", "critical") for node in one["nodes"][:2]]
    same(found, [], about)


def narrow(page):
    same(page.evaluate("""[...document.querySelectorAll('td,th')].filter(e => e.checkVisibility() && e.textContent.trim().length > 6
        && e.clientWidth < 70).slice(0, 3).map(e => e.textContent.trim().slice(0, 40))"""), [], "stands in too narrow a cell")
    same(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), True, page.evaluate(
        """[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
           && !e.closest('.scroll')).slice(0, 3).map(e => e.outerHTML.slice(0, 150)).join('\\n')"""))


def filled(service, folder):
    """An environment with something on every page; what the pages are called, and where."""
    service.install(FIRST)
    service.install(DISPATCH)
    done = service.install(SECOND, action="upgrade")
    staged = os.path.join(folder, "staged.zip")
    for version, action in [("1.0.0.0", "auto"), ("1.1.0.0", "stage")]:
        service.install(packages.write(staged, "Staged", version, {"new_s": {"new_a": 10}}), action=action)
    service.install(packages.write(os.path.join(folder, "work.zip"), "Work", "1.0.0.0", {"fab_workorder": {"new_w": 5}},
                                   shells=("fab_workorder",), managed=False))
    refused = service.plan(verb="uninstall", solution="FieldService")
    package = service.upload(SECOND)
    plan = service.plan(verb="rollback", operation=done["operation"])
    update = service.upload(packages.write(staged, "Staged", "1.2.0.0", {"new_s": {"new_a": 20}}))
    needs = service.upload(packages.write(os.path.join(folder, "needs.zip"), "Needs", "1.0.0.0", {"new_n": {}},
                                          needs=[("else_table", "Elsewhere"), ("hand_table", "Active")]))
    table = "entity%3Afab_workorder"
    form = service.api("GET", "/find?text=form&kind=form").json["components"]
    places = {
        "solutions": "/", "solution": "/solutions/FieldService", "import": "/import", "history": "/history",
        "details": f"/import/details?package={package['sha256']}&file=a.zip",
        "details-update": f"/import/details?package={update['sha256']}&file=b.zip",
        "plan-rollback": f"/plans/{plan['digest'][7:]}", "plan-refused": f"/plans/{refused['digest'][7:]}",
        "plan-applied": f"/plans/{done['plan'][7:]}", "job": f"/jobs/{done['id']}",
        "operation": f"/history/{done['operation']}", "layers": f"/component?of={table}",
        "properties": f"/component?of={table}&tab=properties", "dependencies": f"/component?of={table}&tab=dependencies",
        "find": "/find?text=work", "nothing-found": "/find?text=zzzzzz", "failure": "/solutions/Nothing",
        "tables": "/tables", "rows": "/tables/fab_workorder", "trash": "/trash",
        "compare": "/compare?from=1&to=3", "clone": "/solutions/Work/clone?as=patch",
        "clone-solution": "/solutions/Work/clone?as=solution", "window": "/solutions/Staged/migration",
        "row-new": "/tables/fab_workorder/new", "rows-import": "/tables/fab_workorder/import", "data": "/data",
        "details-missing": f"/import/details?package={needs['sha256']}&file=n.zip",
    }
    if form:
        places["form"] = f"/component?of={form[0]['address']}"
    return places


def hostile(tally, pages, service):
    names = write_hostile(service)
    package = service.upload(names)
    plan = service.plan(verb="import", packages=[package])
    done = service.apply(plan)
    same(done["state"], "done", done)
    table = "entity%3Anew_h"
    places = {"solutions": "/", "solution": "/solutions/Hostile", "plan": f"/plans/{plan['digest'][7:]}",
              "details": f"/import/details?package={package['sha256']}&file=%3Cscript%3Ealert(3)%3C/script%3E",
              "layers": f"/component?of={table}", "properties": f"/component?of={table}&tab=properties",
              "dependencies": f"/component?of={table}&tab=dependencies", "job": f"/jobs/{done['id']}",
              "compare": f"/compare?from=0&to={done['operation']}", "row": "/tables/new_h/new",
              "operation": f"/history/{done['operation']}", "find": f"/find?text={SCRIPT[:20]}", "history": "/history",
              "failure": f"/solutions/{'%3Cscript%3E' * 50}"}
    for name, path in places.items():
        with tally.step(f"hostile texts are text on {name}, and break no layout"):
            for page in (pages["light", 1200], pages["light", 400]):
                page.goto(service.base + path)
                same(page.evaluate("[...document.querySelectorAll('script:not([src]),img,iframe,[onerror]')].length"), 0)
                same([said for said in page.complaints if "dialog" in said or "Content Security" in said], [])
                assert "\u202e" not in page.content(), "a character that turns text around is on the page"
                narrow(page)
            picture(page, f"hostile-{name}")


def write_hostile(service):
    """A package whose every text is one that pages may stumble over."""
    plain = packages.write(os.path.join(service.folder, "plain.zip"), "Hostile", "1.0.0.0",
                           {"new_h": {"new_a": 10, "new_b": 20, "new_c": 30}})
    path = os.path.join(service.folder, "hostile.zip")
    label = SCRIPT.replace("<", "&lt;").replace(">", "&gt;")
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            text = text.replace('LocalizedName="new_h"', f'LocalizedName="{label} {BIDI} {LONG}"')
            text = text.replace("<UniqueName>Hostile</UniqueName>", "<UniqueName>Hostile</UniqueName><LocalizedNames>"
                                f'<LocalizedName description="{label} {BIDI} {LONG}" languagecode="1033"/></LocalizedNames>')
            for column, says in [("new_a", label), ("new_b", BIDI), ("new_c", LONG)]:
                text = text.replace(f"<LogicalName>{column}</LogicalName>", f"<LogicalName>{column}</LogicalName><displaynames>"
                                    f'<displayname description="{says}" languagecode="1033"/></displaynames>')
            new.writestr(name, text)
    return path
