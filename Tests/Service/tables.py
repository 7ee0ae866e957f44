"""Rows in a browser: one row, files in and out, and the time in which old and new columns are both there."""
import csv
import io
import os
import zipfile

import packages
from axe_playwright_python.sync_playwright import Axe
from browser import agree, chromium, expect, opened, picture, press, select_package, wait_for_end
from pages import narrow, serious
from support import Service, holds, same

TABLE = "new_thing"


def run(tally, folder):
    with Service(folder, "tables", users=True) as service, chromium() as browser:
        service.install(package(folder, "1.0.0.0", {"new_name": 100, "new_old": 150, "new_long": 2000}))
        page = opened(browser, service)
        small = opened(browser, service, color_scheme="dark", viewport={"width": 400, "height": 900})
        one_row(tally, page, small, service)
        files(tally, page, small, service, folder)
        data(tally, page, service, folder)
        window(tally, page, small, service, folder)
        deleting(tally, page, small, service)
        roles(tally, browser, service)
        with tally.step("no script of ours complained of anything on these pages"):
            same([said for said in page.complaints if not said.startswith("Failed to load resource: the server")], [])


def package(folder, version, columns):
    return packages.write(os.path.join(folder, f"things-{version}.zip"), "Things", version, {TABLE: columns})


def looked_at(page, small, name):
    """Nothing serious, wide and light, narrow and dark."""
    serious(page, f"{name}, wide")
    small.goto(page.url)
    serious(small, f"{name}, narrow")
    narrow(small)
    picture(page, name)
    picture(small, f"{name}-dark-400")


def one_row(tally, page, small, service):
    with tally.step("a row is added in a form, and its page says which operation that was"):
        page.goto(f"{service.base}/tables/{TABLE}")
        page.get_by_role("link", name="New row").click()
        looked_at(page, small, "row-new")
        page.get_by_label("new_name").fill("First <b>")
        page.get_by_label("new_long").fill("one\ntwo")
        press(page, "Save")
        expect(page.locator(".note.ok")).to_contain_text("Saved: operation 2")
        same(page.get_by_label("new_name").input_value(), "First <b>")
        same(page.get_by_label("new_long").input_value(), "one\ntwo")
        looked_at(page, small, "row")
    address = page.url.split("?")[0]
    with tally.step("characters that turn text around, and markup, are kept as they were typed"):
        odd = "a\u202eb <script>alert(1)</script> &amp; \u00a0\tc"
        page.get_by_label("new_old").fill(odd)
        press_here(page, "Save")
        same(page.get_by_label("new_old").input_value(), odd)
        same(service.api("GET", f"/tables/{TABLE}/rows?select=new_old,new_long").json["rows"][0]["new_long"], "one\ntwo")
        same(service.api("GET", f"/tables/{TABLE}/rows?select=new_old").json["rows"][0]["new_old"], odd)
        narrow(page)
        page.get_by_label("new_old").fill("")
        press_here(page, "Save")
    with tally.step("a row is changed by the keyboard alone, and only what was typed"):
        page.get_by_label("new_old").focus()
        page.keyboard.type("old value")
        page.keyboard.press("Enter")
        expect(page.locator(".note.ok")).to_contain_text("Saved: operation 5")
        titles = [one["title"] for one in service.api("GET", "/history").json["operations"]]
        holds("new_old", titles[0])
        assert "new_long" not in titles[0], titles[0]
    with tally.step("saving what is there already writes nothing"):
        press_here(page, "Save")
        expect(page.locator(".note.ok")).to_contain_text("Nothing was changed")
        same(service.api("GET", "/status").json["revision"], 5)
    with tally.step("what somebody else has written meanwhile is told and not overwritten unseen"):
        page.goto(address)
        other = page.context.new_page()
        other.goto(address)
        other.get_by_label("new_name").fill("Second")
        press(other, "Save")
        other.close()
        page.get_by_label("new_name").fill("Third")
        press_here(page, "Save")
        expect(page.get_by_role("alert").first).to_contain_text("Operation 6 has changed this row")
        holds("Now: Second", page.locator("form.stack").inner_text())
        same(page.get_by_label("new_name").input_value(), "Third")
        serious(page, "row-conflict")
        picture(page, "row-conflict")
        same(service.api("GET", "/status").json["revision"], 6)
        press_here(page, "Save")
        expect(page.locator(".note.ok")).to_contain_text("Saved: operation 7")
    with tally.step("what a column does not take is told at its field, and what was typed stays"):
        page.goto(address)
        page.get_by_label("new_name").fill("x" * 101)
        press_here(page, "Save")
        expect(page.locator(".field .note.error")).to_contain_text("100 are allowed")
        same(page.get_by_label("new_name").input_value(), "x" * 101)


def press_here(page, words):
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).first.click()


def import_csv(page, service, text, mode=None):
    page.goto(f"{service.base}/tables/{TABLE}")
    page.get_by_role("link", name="Import CSV").click()
    page.set_input_files("#chosen", {"name": "things.csv", "mimeType": "text/csv", "buffer": text.encode()})
    if mode:
        page.get_by_label(mode).check()
    press(page, "Next: plan")


def exported(service, query=""):
    return list(csv.DictReader(io.StringIO(service.ask("GET", f"/tables/{TABLE}/rows.csv{query}").text)))


def files(tally, page, small, service, folder):
    with tally.step("a CSV file is planned, and written by the plan's button as a job"):
        page.goto(f"{service.base}/tables/{TABLE}/import")
        looked_at(page, small, "rows-import")
        text = "new_name,new_old\n" + "".join(f'"Row {n}, ""quoted""",old {n}\n' for n in range(200))
        import_csv(page, service, text)
        page.wait_for_url("**/rows-plans/*")
        holds("200 rows", page.locator("main").inner_text())
        looked_at(page, small, "rows-plan")
        press(page, "Apply")
        wait_for_end(page)
        expect(page.locator("#job .note.ok")).to_contain_text("operation 8")
        same(page.get_by_text("Select Solution Package").count(), 0)
        page.get_by_role("link", name="The plan").click()
        holds("The environment has changed since", page.locator("main").inner_text())
    with tally.step("a plan of rows that is stale is refused, by the API too"):
        digest = page.url.rsplit("/", 1)[1]
        answer = service.api("POST", f"/rows-plans/{digest}/apply", {}, 409).json
        same(answer["code"], "stale-plan")
    with tally.step("an export has all rows, and comes in again without changing anything"):
        rows = exported(service)
        same(len(rows), 201)
        same(len([row for row in rows if row["new_name"].endswith('"quoted"')]), 200)
        same(len(exported(service, "?where=new_name%3DThird")), 1)
    with tally.step("rows that are there are changed, found by their ids"):
        one = next(row for row in rows if row["new_old"] == "old 7")
        import_csv(page, service, f"{TABLE}id,new_old\n{one[TABLE + 'id']},changed\n")
        page.wait_for_url("**/rows-plans/*")
        press(page, "Apply")
        wait_for_end(page)
        same([row["new_old"] for row in exported(service) if row[TABLE + "id"] == one[TABLE + "id"]], ["changed"])
    with tally.step("a file with a bad line is refused whole, with the line and the reason"):
        import_csv(page, service, "new_name\ngood\n" + "x" * 101 + "\n", "Are refused: each row of the file is new")
        holds("line 3", page.locator("main").inner_text())
        same(len(exported(service)), 201)
    with tally.step("a file that is no text is refused with the reason"):
        import_csv(page, service, "PK\x03\x04")
        holds("this is no text", page.locator("main").inner_text())


def data(tally, page, service, folder):
    with tally.step("data.zip goes out and comes in again: nothing of it is new"):
        answer = service.ask("GET", "/data.zip")
        same((answer.status, answer.headers["Content-Type"]), (200, "application/zip"))
        path = os.path.join(folder, "data.zip")
        with open(path, "wb") as file:
            file.write(answer.body)
        same(sorted(zipfile.ZipFile(path).namelist()), ["[Content_Types].xml", "data.xml", "data_schema.xml"])
        page.goto(f"{service.base}/tables")
        page.get_by_role("link", name="Import data").click()
        serious(page, "data")
        picture(page, "data")
        page.set_input_files("#chosen", path)
        press(page, "Next: plan")
        page.wait_for_url("**/rows-plans/*")
        holds("Nothing would change", page.locator("main").inner_text())
        holds("201 equal", page.locator("main").inner_text())
    with tally.step("rows that are gone since come back with it"):
        other = Service(folder, "other")
        with other:
            other.install(package(folder, "1.0.0.0", {"new_name": 100, "new_old": 150, "new_long": 2000}))
            with open(path, "rb") as file:
                handed = other.api("POST", "/files?file=data.zip", file.read(), 201).json
            plan = other.api("POST", "/rows-plans", {"verb": "import-data", "file": {
                "sha256": handed["sha256"], "file": handed["file"]}}, 201).json
            job = other.api("POST", f"/rows-plans/{plan['digest']}/apply", {}, 202).json
            same(other.wait(job["id"])["state"], "done")
            same(len(other.api("GET", f"/tables/{TABLE}/rows?top=500").json["rows"]), 201)


def window(tally, page, small, service, folder):
    with tally.step("without a staged upgrade there is no migration window, and the page says how to come by one"):
        page.goto(f"{service.base}/solutions/Things/migration")
        holds("Stage for Upgrade", page.locator("main").inner_text())
    with tally.step("Choose it when both have to be installed at one time, so that data can be migrated before the upgrade "
                    "is completed: the window names what will go and what has come, with counts"):
        path = package(folder, "2.0.0.0", {"new_name": 100, "new_new": 50, "new_long": 2000})
        select_package(page, service, path)
        page.get_by_text("Advanced settings").click()
        page.get_by_label("Stage for Upgrade").check()
        press(page, "Next: plan")
        agree(page, "", "Import")
        page.goto(f"{service.base}/")
        page.get_by_role("link", name="Migrate data Things").click()
        text = page.locator("main").inner_text()
        holds("new_old, 201 values", text.replace("new_old (new_old)", "new_old"))
        same(page.get_by_label("new_new").input_value(), "new_old")
        looked_at(page, small, "window")
    with tally.step("the plan shows some rows before and after, and is done as an operation"):
        press(page, "Next: plan")
        page.wait_for_url("**/rows-plans/*")
        holds("201 rows", page.locator("main").inner_text())
        same(page.locator("main tbody tr").count(), 10)
        looked_at(page, small, "window-plan")
        press(page, "Apply")
        wait_for_end(page)
        page.get_by_role("link", name="The plan").click()
        page.get_by_role("link", name="Migration window").click()
        holds("new_new, 201 values", page.locator("form.stack").inner_text().replace("new_new (new_new)", "new_new"))
    with tally.step("what would be overwritten takes the name of the table, typed"):
        page.get_by_label("Single values that become others").count()
        page.get_by_text("Single values that become others").first.click()
        page.get_by_label("One on each line: old = new").fill("old 12 = twelve\nold 13 =")
        page.get_by_label("Also where the new column has a value; what is overwritten goes into the trash").check()
        press(page, "Next: plan")
        page.locator("#typed").fill("something")
        press(page, "Apply")
        expect(page.get_by_role("alert")).to_contain_text("new_thing")
        page.locator("#typed").fill(TABLE)
        press(page, "Apply")
        wait_for_end(page)
        rows = {row["new_old"]: row["new_new"] for row in exported(service, "?select=new_old,new_new")}
        same((rows["old 11"], rows["old 12"], rows["old 13"]), ("old 11", "twelve", ""))
    with tally.step("a rollback of what changed rows alone has a plan that can be applied"):
        newest = service.api("GET", "/status").json["revision"]
        plan = service.plan(verb="rollback", operation=newest)
        page.goto(f"{service.base}/plans/{plan['digest'][7:]}")
        same(page.get_by_role("button", name="Roll back").count(), 1)
        same(page.get_by_text("Nothing would change").count(), 0)
        picture(page, "plan-of-rows")
    with tally.step("values that do not fit are refused on the page, with the way out beside them"):
        service.ask("GET", "/")
        one = exported(service, "?select=new_thingid,new_old&where=new_old%3Dold%2014")[0]
        address = f"{service.base}/tables/{TABLE}/rows/{one['new_thingid']}"
        page.goto(address)
        page.get_by_label("new_old").fill("z" * 60)
        press_here(page, "Save")
        page.goto(f"{service.base}/solutions/Things/migration")
        page.get_by_label("Also where the new column has a value; what is overwritten goes into the trash").check()
        press_here(page, "Next: plan")
        expect(page.get_by_role("alert")).to_contain_text("cannot go into new_new")
        page.get_by_label("Cut texts that are longer than the new column keeps").check()
        press(page, "Next: plan")
        holds("rounded or cut", page.locator("main").inner_text())
    with tally.step("Applying the upgrade will delete the old solution and any components that are not included in the new "
                    "solution: the values have gone over before"):
        page.goto(f"{service.base}/")
        press(page, "Apply Solution Upgrade Things")
        page.wait_for_url("**/plans/*")
        agree(page, "Things", "Apply Solution Upgrade")
        same(len([row for row in exported(service, "?select=new_new") if row["new_new"]]), 200)


def deleting(tally, page, small, service):
    with tally.step("the grid deletes the rows that its condition finds, by a plan that says how many and that it is for good"):
        before = len(exported(service))
        page.goto(f"{service.base}/tables/{TABLE}")
        same(page.get_by_role("button", name="Delete these rows…").count(), 0)
        page.get_by_label("Condition").fill("new_name~Row 19%")
        press(page, "Show")
        looked_at(page, small, "rows-found")
        press(page, "Delete these rows…")
        page.wait_for_url("**/rows-plans/*")
        holds("11 rows", page.locator("main").inner_text())
        holds("neither the trash nor a rollback", page.locator("main").inner_text())
        looked_at(page, small, "rows-delete")
        agree(page, TABLE, "Apply")
        same(len(exported(service)), before - 11)
    with tally.step("a row's form deletes the row, and nothing else"):
        one = exported(service, "?where=new_name~Row%2018%25")[0][f"{TABLE}id"]
        page.goto(f"{service.base}/tables/{TABLE}/rows/{one}")
        press(page, "Delete this row…")
        holds("1 row", page.locator("main").inner_text())
        agree(page, TABLE, "Apply")
        same(len(exported(service)), before - 12)
        assert one not in [row[f"{TABLE}id"] for row in exported(service)]


def roles(tally, browser, service):
    with tally.step("a viewer reads rows and changes none; a planner plans and applies none"):
        viewer = opened(browser, service, token="viewer-token")
        viewer.goto(f"{service.base}/tables/{TABLE}")
        same(viewer.get_by_role("link", name="New row").count(), 0)
        viewer.locator("tbody a").first.click()
        expect(viewer.get_by_role("heading", name="Row")).to_be_visible()
        same(viewer.get_by_role("button", name="Save").count(), 0)
        for method, path, body in [("POST", "/rows-plans", {"verb": "migrate"}), ("POST", "/files?file=a.csv", "a")]:
            service.api(method, path, body, 403, token="viewer-token")
        handed = service.api("POST", "/files?file=a.csv", "new_name\nx\n", 201, token="planner-token").json
        plan = service.api("POST", "/rows-plans", {"verb": "import", "table": TABLE, "file": {
            "sha256": handed["sha256"], "file": handed["file"]}}, 201, token="planner-token").json
        service.api("POST", f"/rows-plans/{plan['digest']}/apply", {}, 403, token="planner-token")
    with tally.step("what deletes takes conditions, and an owner"):
        service.api("POST", "/rows-plans", {"verb": "delete", "table": TABLE}, 400)
        plan = service.api("POST", "/rows-plans", {"verb": "delete", "table": TABLE, "conditions": [f"{TABLE}id!="]}, 201,
                           token="planner-token").json
        assert plan["isDestroying"], plan
        service.api("POST", f"/rows-plans/{plan['digest']}/apply", {"consent": ["all"]}, 403, token="importer-token")
    with tally.step("what overwrites takes an owner, over the API as well"):
        plan = service.api("POST", "/rows-plans", {"verb": "migrate", "table": TABLE, "replace": True, "mappings": [
            {"target": "new_name", "source": "new_new"}]}, 201).json
        assert plan["isDestroying"], plan
        service.api("POST", f"/rows-plans/{plan['digest']}/apply", {"consent": ["all"]}, 403, token="importer-token")
        job = service.api("POST", f"/rows-plans/{plan['digest']}/apply", {}, 202).json
        same(service.wait(job["id"])["failure"]["code"], "consent-missing")
