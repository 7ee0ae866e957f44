"""The story of an upgrade in a browser, by the sentences of Microsoft's “Upgrade or update a solution”."""
import os

import packages
from browser import agree, chromium, expect, opened, picture, press, select_package, versions, wait_for_end
from support import DISPATCH, FIRST, SECOND, Service, holds, same, strata


def run(tally, folder):
    with Service(folder, "walk") as service, chromium() as browser:
        page = opened(browser, service)
        wizard(tally, page, service)
        stage(tally, page, service)
        update(tally, page, service)
        overwrite(tally, page, service, folder)
        deletion(tally, page, service)
        versions_of_updates(tally, page, service, folder)
        missing(tally, page, service, folder)
        clones(tally, page, service, folder)
        comparison(tally, page, service)
        with tally.step("no script of ours complained of anything, and nothing was asked of anybody else"):
            same([said for said in page.complaints if not said.startswith("Failed to load resource: the server")], [])


def wizard(tally, page, service):
    with tally.step("a new managed solution is installed the same way, without the options of an update"):
        select_package(page, service, FIRST)
        same(page.locator("fieldset", has_text="Solution action").count(), 0)
        same(page.get_by_text("contains an update").count(), 0)
        press(page, "Next: plan")
        press(page, "Import")
        wait_for_end(page)
        same(versions(page, service), {"FieldService": "1.0.0.0"})
    with tally.step("Sign into Power Apps, select the target environment you want, and then select Solutions from the "
                    "left navigation."):
        page.get_by_role("link", name="Solutions", exact=True).click()
        expect(page.get_by_role("heading", name="Solutions")).to_be_visible()
        picture(page, "solutions")
    with tally.step("On the command bar, select Import."):
        page.get_by_role("toolbar").get_by_role("link", name="Import", exact=True).click()
        page.wait_for_url("**/import")
    with tally.step("On the Select Solution Package page, select Browse to locate the compressed (.zip or .cab) file that "
                    "contains the solution you want to update."):
        expect(page.get_by_role("heading", name="Select Solution Package")).to_be_visible()
        same(page.get_by_label("Browse").get_attribute("accept"), ".zip,.cab")
        page.get_by_label("Browse").set_input_files(SECOND)
        expect(page.locator("#uploads")).to_contain_text("FieldService 1.1.0.0")
        picture(page, "select")
    with tally.step("Select Next."):
        press(page, "Next")
        page.wait_for_url("**/import/details**")
    with tally.step("This page displays a yellow bar indicating This solution package contains an update for a solution "
                    "that is already installed."):
        expect(page.locator(".bar-yellow")).to_have_text(
            "This solution package contains an update for a solution that is already installed.")
        holds("1.0.0.0", page.locator(".facts").inner_text())
    with tally.step("To view additional options, expand Advanced settings, and then select from the following solution "
                    "action options"):
        assert not page.get_by_label("Upgrade (recommended)").is_visible()
        page.get_by_text("Advanced settings").click()
    with tally.step("Upgrade (recommended): This is the default option and upgrades your solution to the latest version "
                    "and rolls up all previous patches in one step."):
        assert page.get_by_label("Upgrade (recommended)").is_checked()
        holds("rolls up all previous patches in one step", page.locator("#says-upgrade").inner_text())
    with tally.step("Stage for Upgrade: This option upgrades your solution to the higher version, but defers the deletion "
                    "of the previous version and any related patches until you apply a solution upgrade later."):
        assert page.get_by_label("Stage for Upgrade").is_enabled()
        holds("defers the deletion of the previous version", page.locator("#says-stage").inner_text())
    with tally.step("Update (not recommended): This option replaces your solution with this version."):
        assert page.get_by_label("Update (not recommended)").is_enabled()
        holds("replaces your solution with this version", page.locator("#says-update").inner_text())
        picture(page, "advanced-settings")
    with tally.step("Enable any SDK message processing steps included in the solution"):
        box = page.get_by_label("Enable any SDK message processing steps included in the solution")
        assert box.is_checked()
    with tally.step("To upgrade the solution, select Next."):
        press(page, "Next: plan")
        page.wait_for_url("**/plans/*")
    with tally.step("Any components associated to the previous solution version that are not in the newer solution version "
                    "will be deleted: the plan names them before anything is done"):
        holds("fab_legacynote", page.locator("body").inner_text())
        picture(page, "plan")
    with tally.step("What is destroyed takes the name of the solution, typed; another name is refused and changes nothing"):
        plan = page.url
        page.locator("#typed").fill("FieldServices")
        press(page, "Import")
        expect(page.get_by_role("alert")).to_contain_text("“FieldServices” is not FieldService")
        same(page.url.split("?")[0], plan)
        same(page.locator("#typed").count(), 1)
        same(versions(page, service), {"FieldService": "1.0.0.0"})
    page.goto(plan)
    with tally.step("Select Import."):
        page.locator("#typed").fill("FieldService")
        press(page, "Import")
        page.wait_for_url("**/jobs/*")
    with tally.step("You may need to wait a few moments while the solution import completes."):
        wait_for_end(page)
    with tally.step("If it's successful, you can view the results and select Close."):
        expect(page.locator("#job .note.ok")).to_contain_text("operation 2")
        picture(page, "imported")
        page.get_by_role("link", name="What became of each component").click()
        page.wait_for_url("**/history/2")
        expect(page.locator("#results")).to_contain_text("delete")
        page.go_back()
        page.get_by_role("link", name="Close", exact=True).click()
        expect(page.get_by_role("heading", name="Solutions")).to_be_visible()
        same(versions(page, service), {"FieldService": "1.1.0.0"})
    with tally.step("a rollback has a plan too, and brings back what was deleted"):
        roll_back(page, service, revision(service))
        same(versions(page, service), {"FieldService": "1.0.0.0"})


def roll_back(page, service, number):
    page.goto(f"{service.base}/history")
    page.get_by_role("button", name=f"Roll back to before operation {number}", exact=True).click()
    page.wait_for_url("**/plans/*")
    word = page.locator("label[for=typed] b")
    agree(page, word.inner_text() if word.count() else "", "Roll back")


def choose(page, service, action, *files):
    select_package(page, service, *files)
    page.get_by_text("Advanced settings").click()
    page.get_by_label(action).check()
    press(page, "Next: plan")
    page.wait_for_url("**/plans/*")


def stage(tally, page, service):
    first = revision(service) + 1
    with tally.step("This option should only be selected if you want to have both the old and new solutions installed in "
                    "the system concurrently"):
        choose(page, service, "Stage for Upgrade", SECOND)
        agree(page, "FieldService", "Import")
    with tally.step("you will see that you have the original solution still installed in your system as well as a new "
                    "solution that has the same solution name as the base solution suffixed with _Upgrade."):
        same(versions(page, service), {"FieldService": "1.0.0.0", "FieldService_Upgrade": "1.1.0.0"})
        picture(page, "staged")
    with tally.step("what was staged can be discarded"):
        press(page, "Discard FieldService")
        agree(page, "FieldService", "Discard")
        same(versions(page, service), {"FieldService": "1.0.0.0"})
        same(page.get_by_role("button", name="Apply Solution Upgrade").count(), 0)
    with tally.step("To complete the upgrade, select the base solution in the solution list and select Apply Solution "
                    "Upgrade."):
        choose(page, service, "Stage for Upgrade", SECOND)
        agree(page, "FieldService", "Import")
        page.goto(f"{service.base}/")
        press(page, "Apply Solution Upgrade FieldService")
        page.wait_for_url("**/plans/*")
    with tally.step("Any components that were in the original solution and patches that are not present in the _Upgrade "
                    "solution will be deleted as part of this process."):
        holds("fab_legacynote", page.locator("body").inner_text())
        picture(page, "apply-upgrade")
        agree(page, "FieldService", "Apply Solution Upgrade")
    with tally.step("This will uninstall all previous patches and the base solution then rename the _Upgrade solution to be "
                    "the same name as the previous base solution."):
        same(versions(page, service), {"FieldService": "1.1.0.0"})
    roll_back(page, service, first)


def update(tally, page, service):
    first = revision(service) + 1
    with tally.step("Components that are not in the newer solution won't be deleted and will remain in the system."):
        choose(page, service, "Update (not recommended)", SECOND)
        agree(page, "FieldService", "Import")
        same(versions(page, service), {"FieldService": "1.1.0.0"})
        page.goto(f"{service.base}/find?text=fab_legacynote")
        holds("fab_legacynote", page.locator(".list").inner_text())
    with tally.step("Selecting this option will enable plugins and workflows that are included in the solution."):
        page.goto(f"{service.base}/solutions/FieldService")
        holds("enable", page.request.get(f"{service.base}/history/{revision(service)}").text())
    roll_back(page, service, first)


def revision(service):
    return service.api("GET", "/status").json["revision"]


def overwrite(tally, page, service, folder):
    def package(name, version, length, **more):
        return packages.write(os.path.join(folder, f"{name}-{version}.zip"), name, version, {"new_o": {"new_a": length}}, **more)

    first = revision(service) + 1
    service.install(package("Owned", "1.0.0.0", 10))
    with tally.step("Managed customizations are always imported in a published state, so there is no need to publish "
                    "customizations after import in this scenario; for unmanaged ones the page says that it is"):
        select_package(page, service, package("Own", "1.0.0.0", 20, managed=False, shells=("new_o",), publisher="B"))
        holds("have to be published", page.locator("body").inner_text())
        press(page, "Next: plan")
        agree(page, "", "Import")
    with tally.step("The option to overwrite customizations is only available with the classic import experience"):
        select_package(page, service, package("Owned", "1.1.0.0", 30))
        assert not page.get_by_label("Overwrite customizations").is_visible()
        page.get_by_text("Classic: customizations").click()
        assert page.get_by_label("Maintain customizations (recommended)").is_checked()
    with tally.step("Selecting the Overwrite Customizations (not recommended) option will overwrite or remove any unmanaged "
                    "customizations previously performed on components included in this solution."):
        page.get_by_label("Overwrite customizations").check()
        picture(page, "overwrite")
        press(page, "Next: plan")
        holds("20 → 30", page.locator("body").inner_text())
        agree(page, "Owned", "Import")
        options = page.request.get(f"{service.base}/history/{revision(service)}").text()
        holds("overwrite", options.lower())
    roll_back(page, service, first)


def deletion(tally, page, service):
    select_package(page, service, DISPATCH)
    press(page, "Next: plan")
    agree(page, "", "Import")
    with tally.step("a solution that another needs cannot be deleted: the plan says who needs it, and the way out"):
        page.goto(f"{service.base}/")
        press(page, "Delete FieldService")
        page.wait_for_url("**/plans/*")
        text = page.locator("body").inner_text()
        holds("This plan is refused", text)
        holds("NorthwindDispatch", text)
        same(page.get_by_role("button", name="Delete", exact=True).count(), 0)
        picture(page, "blocked")
    with tally.step("what needs it goes first, and then it can be deleted"):
        for name in ["NorthwindDispatch", "FieldService"]:
            page.goto(f"{service.base}/")
            press(page, f"Delete {name}")
            page.wait_for_url("**/plans/*")
            agree(page, name, "Delete")
        same(versions(page, service), {})


def versions_of_updates(tally, page, service, folder):
    def package(version):
        return packages.write(os.path.join(folder, f"{version}.zip"), "Versions", version, {"new_v": {"new_a": 10}})

    select_package(page, service, package("3.1.5.7"))
    press(page, "Next: plan")
    agree(page, "", "Import")
    for version in ["3.1.5.8", "3.1.7.0", "3.2.0.0"]:
        with tally.step(f"a base solution version 3.1.5.7 takes an update of version {version}"):
            select_package(page, service, package(version))
            expect(page.locator(".bar-yellow")).to_be_visible()
    with tally.step("An update must have a higher major, minor, build or revision number than the parent solution."):
        select_package(page, service, package("3.1.5.6"))
        same(page.locator(".bar-yellow").count(), 0)
        expect(page.locator(".note.error")).to_be_visible()
        picture(page, "lower-version")


def missing(tally, page, service, folder):
    path = packages.write(os.path.join(folder, "needs.zip"), "Needs", "1.0.0.0", {"new_n": {"new_a": 10}},
                          needs=[("else_table", "Elsewhere"), ("hand_table", "Active"), ("else_other", "Versions")])
    with tally.step("what a package needs and nothing has stands in groups by where it comes from, and it cannot be imported"):
        select_package(page, service, path)
        text = page.locator("main").inner_text()
        for words in ["Missing dependencies", "Managed solutions", "Elsewhere (1.0)", "not installed here",
                      "Versions (1.0)", "3.1.5.7 is installed here, and does not have them", "Unmanaged components", "hand_table", "Needed by"]:
            holds(words, text)
        assert page.get_by_role("button", name="Next: plan").is_disabled()
        picture(page, "missing")
    with tally.step("its plan can be read all the same, and is refused"):
        press(page, "See the plan, for reading alone")
        page.wait_for_url("**/plans/*")
        holds("This plan is refused", page.locator("body").inner_text())


def clones(tally, page, service, folder):
    service.install(packages.write(os.path.join(folder, "own.zip"), "Base", "1.0.0.8", {"new_b": {"new_a": 10}}, managed=False))
    with tally.step("a plan that changes no component and lists one again can be applied"):
        strata("components", "remove", "Base", "entity:new_b", "--env", service.path)
        same(service.api("GET", "/solutions/Base/components").json["components"], [])
        roll_back(page, service, revision(service))
        assert service.api("GET", "/solutions/Base/components").json["components"], "nothing came back"
    with tally.step("a clone of a patch proposes the next build, which can be changed while major and minor cannot"):
        page.goto(f"{service.base}/")
        page.get_by_role("link", name="Clone a patch Base").click()
        values = [page.get_by_label(name).input_value() for name in ["Major", "Minor", "Build", "Revision"]]
        same(values, ["1", "0", "1", "0"])
        same([page.get_by_label(name).get_attribute("readonly") is not None for name in ["Major", "Minor", "Build"]],
             [True, True, False])
        picture(page, "clone")
        page.get_by_label("Build").fill("2")
        page.get_by_label("Display name").fill("Second patch")
        press(page, "Next: plan")
        agree(page, "", "Apply")
        page.goto(f"{service.base}/solutions/Base/clone?as=patch")
        page.get_by_label("Build").fill("10")
        press(page, "Next: plan")
        agree(page, "", "Apply")
    with tally.step("LC-203 patches stand below their solution in the order of their versions"):
        found = [version for name, version in versions(page, service).items() if name.startswith("Base")]
        same(found, ["1.0.0.8", "1.0.2.0", "1.0.10.0"])
    with tally.step("a clone of the solution proposes the next minor version, and rolls the patches up"):
        page.get_by_role("link", name="Clone solution Base").click()
        same([page.get_by_label(name).input_value() for name in ["Major", "Minor"]], ["1", "1"])
        press(page, "Next: plan")
        word = page.locator("label[for=typed] b")
        agree(page, word.inner_text() if word.count() else "", "Apply")
        same({name: version for name, version in versions(page, service).items() if name.startswith("Base")},
             {"Base": "1.1.0.0"})


def comparison(tally, page, service):
    with tally.step("two operations of the timeline are compared, with what changed of each component"):
        page.goto(f"{service.base}/history")
        page.get_by_label("Compare after operation").fill("1")
        page.get_by_label("with after operation").fill("2")
        press(page, "Compare")
        text = page.locator("main").inner_text()
        holds("1.0.0.0", text)
        holds("deleted Entity:fab_legacynote", text)
        picture(page, "comparison")
        page.goto(f"{service.base}/history/2")
        page.get_by_role("link", name="Compare with before it").click()
        same(page.locator("main").inner_text(), text)
    with tally.step("the same turned around brings back what goes, and an operation is equal to itself"):
        page.goto(f"{service.base}/compare?from=2&to=1")
        holds("added Entity:fab_legacynote", page.locator("main").inner_text())
        page.goto(f"{service.base}/compare?from=2&to=2")
        holds("Nothing that is in effect differs", page.locator("main").inner_text())
    with tally.step("a form of two operations is drawn side by side"):
        page.goto(f"{service.base}/compare?from=1&to=2")
        link = page.get_by_role("link", name="Sketch before and after")
        if link.count():
            link.first.click()
            same(page.locator(".sides > section").count(), 2)
            picture(page, "form-compared")
