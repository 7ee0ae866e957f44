import EnvironmentSupport
import SolutionPackages
import Solutions
import TestSupport
import Testing
import XML

@testable import Lifecycle

/// Solutions as packages again.
@Suite("Exports")
struct ExportTests {
  private static let mine = """
    U 1.0 by A unmanaged
    table t
    primary t.name
    column t.a nvarchar 50 Label
    column t.c picklist 1 2
    view v t a
    form f t a
    ribbon t b
    key t.k a
    choice g 1 2
    table u
    relationship r t.u -> u
    resource new_/a.js text
    role r1
    map a b
    xml OrganizationSettings <isautosaveenabled>1</isautosaveenabled>
    file smp_things/a/smp_thing.xml <smp_thing name="a"><b>1</b></smp_thing>
    file smp_things/a/data anything
    file Elsewhere/kept.txt kept
    """

  private static let publishing = PlanOptions(assumesPresent: true, publishes: true)

  private func name(_ text: String) throws -> SolutionName { try #require(SolutionName(text)) }

  private func export(
    _ text: String,
    from environment: TestEnvironment,
    as form: Export.Form = .unmanaged,
    version: SolutionVersion? = nil
  ) async throws -> ExportedPackage {
    let question = ExportQuestion(of: try name(text), as: form, version: version)
    return try #require(try await environment.lifecycle.ask(question))
  }

  private func read(_ exported: ExportedPackage) throws -> SolutionPackage {
    try PackageReader().read(try #require(exported.archive).bytes, file: "export.zip")
  }

  private func take(_ exported: ExportedPackage, into environment: TestEnvironment) async throws {
    let archive = try #require(exported.archive)
    let package = Request.Archive(package: try read(exported), bytes: archive.bytes)
    try await environment.lifecycle.perform(
      .importing([package], Self.publishing),
      consent: .all
    )
  }

  @Test(
    "LC-412 what is exported is what came in: components, files, and what nobody knows"
  )
  func roundTrip() async throws {
    let (one, two) = (try await TestEnvironment(), try await TestEnvironment())
    try await one.import(Self.mine, options: Self.publishing)
    let exported = try await export("U", from: one)
    #expect(exported.export.findings == [])
    let (before, after) = (try PackageText(Self.mine).read(), try read(exported))
    #expect(after.components.map(\.id) == before.components.map(\.id))
    #expect(after.components.map(\.definition) == before.components.map(\.definition))
    #expect(after.carried == before.carried)
    #expect(after.manifest.roots.map(\.id) == before.manifest.roots.map(\.id).sorted())
    #expect(after.findings == before.findings)
    try await take(exported, into: two)
    #expect(try await two.whole().fingerprint == one.whole().fingerprint)
    #expect(try await export("U", from: two).archive?.bytes == exported.archive?.bytes)
  }

  @Test("An edit is in the export; where it is taken back, so is what is exported")
  func edited() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.mine, options: Self.publishing)
    let first = try await export("U", from: environment)
    let thing = ComponentID(.table("smp_thing"), "a")
    for (id, edit) in [
      (thing, PropertyEdit("b", "2")), (.attribute("t", "a"), PropertyEdit("MaxLength", "60")),
    ] {
      let request = Request.customizing(.set(id, [edit]), in: nil, publishes: true)
      #expect(try await environment.lifecycle.perform(request).operation != nil)
    }
    let package = try read(try await export("U", from: environment))
    #expect(package.component(thing)?.definition.element.text(of: "b") == "2")
    let column = package.component(.attribute("t", "a"))
    #expect(column?.definition.element.text(of: "MaxLength") == "60")
    try await environment.lifecycle.perform(.rollback(2), consent: .all)
    #expect(try await export("U", from: environment).archive?.bytes == first.archive?.bytes)
    try await environment.import(
      "U 2.0 by A unmanaged\ntable t\ncolumn t.z",
      options: Self.publishing
    )
    let second = try read(try await export("U", from: environment))
    #expect(second.manifest.version.text == "2.0")
    #expect(second.component(.attribute("t", "z")) != nil)
    #expect(second.component(.attribute("t", "a")) != nil)
    #expect(second.component(thing)?.definition.parts.map(\.path) == ["smp_things/a/data"])
    try await environment.lifecycle.perform(.rollback(5), consent: .all)
    #expect(try await export("U", from: environment).archive?.bytes == first.archive?.bytes)
  }

  @Test("DP-301, PF-226 what another solution owns needs itself, and goes nowhere without it")
  func owners() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("Base 1.0 by B\ntable o\nprimary o.name\ncolumn o.t nvarchar 50")
    try await environment.import("Add 1.0 by A unmanaged\nshell o\ncolumn o.x nvarchar 50")
    let exported = try await export("Add", from: environment, as: .managed)
    let needs = try read(exported).manifest.missingDependencies
    #expect(needs.contains { $0.required.id == .entity("o") && $0.provider == "Base (1.0)" })
    let empty = try await TestEnvironment()
    let archive = try #require(exported.archive)
    let package = Request.Archive(package: try read(exported), bytes: archive.bytes)
    let plan = try await empty.lifecycle.plan(.importing([package], PlanOptions(isStrict: true)))
    #expect(plan.findings.contains { $0.code == "0x8004801D" && $0.severity == .error })
  }

  @Test("LC-412 a managed solution is not exported, nor one that has patches")
  func refused() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t")
    let managed = try await export("X", from: environment)
    #expect(managed.export.findings.map(\.code) == ["0x80048036"])
    #expect(managed.archive == nil)
    #expect(try await environment.lifecycle.ask(ExportQuestion(of: name("Y"))) == nil)
  }

  @Test("LC-412 only what is published is exported, and the export says what is not")
  func drafts() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      "U 1.0 by A unmanaged\ntable t\ncolumn t.a\nview v t a\nresource new_/a.js text"
    )
    let exported = try await export("U", from: environment)
    #expect(exported.export.findings.map(\.code) == ["strata.drafts-not-exported"])
    #expect(try read(exported).components.map(\.id.key) == ["t", "t.a"])
    try await environment.lifecycle.perform(.publishing(.solution(name("U"))))
    let published = try await export("U", from: environment)
    #expect(try read(exported).manifest.roots.map(\.id) == [.entity("t")])
    #expect(published.export.findings == [])
    #expect(try read(published).components.count == 4)
  }

  @Test("DP-301 what it needs and does not hold is listed, with who has it")
  func needs() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.5 by A\ntable t\nprimary t.name\ncolumn t.a")
    try await environment.import(
      "U 1.0 by B unmanaged\ntable u\nrelationship r u.t -> t",
      options: Self.publishing
    )
    let exported = try await export("U", from: environment)
    let needs = try read(exported).manifest.missingDependencies
    #expect(needs.map(\.required.id) == [.entity("t")])
    #expect(needs.map(\.provider) == ["X (1.5)"])
    #expect(exported.export.findings.map(\.rule.id) == ["DP-301"])
  }

  @Test(
    "DP-301 a table that is listed without its own settings needs itself, where the solution is not all there is of it"
  )
  func unmanagedShell() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      "Base 1.0 by new unmanaged\ntable new_t\ncolumn new_t.new_a\nprimary new_t.new_name",
      options: Self.publishing
    )
    try await environment.import("Seg 1.0 by new unmanaged", options: Self.publishing)
    try await environment.lifecycle.perform(
      .listing([.entity("new_t")], in: name("Seg"), behavior: .shell)
    )
    try await environment.lifecycle.perform(
      .listing([.attribute("new_t", "new_a")], in: name("Seg"), behavior: nil)
    )
    let exported = try await export("Seg", from: environment, as: .managed)
    #expect(exported.export.findings.map(\.code) == ["strata.export-needs"])
    let needs = try read(exported).manifest.missingDependencies
    #expect(needs.map(\.required.id) == [.entity("new_t")], "\(needs)")
    #expect(try await export("Base", from: environment).export.findings == [])
  }

  @Test("PF-211 chosen parts of a table make none where it is not: its key is missing")
  func chosenParts() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      "U 1.0 by A unmanaged\ntable new_t\ncolumn new_t.new_a",
      options: Self.publishing
    )
    let lifecycle = environment.lifecycle
    try await lifecycle.perform(.makingSolution(name("B"), of: PublisherName("A")))
    try await lifecycle.perform(
      .listing([.entity("new_t")], in: name("B"), behavior: .doNotIncludeSubcomponents)
    )
    let exported = try await export("B", from: environment, as: .managed)
    let archive = try #require(exported.archive)
    let package = Request.Archive(package: try read(exported), bytes: archive.bytes)
    let elsewhere = try await TestEnvironment()
    let plan = try await elsewhere.lifecycle.plan(
      .importing([package], PlanOptions(isStrict: true))
    )
    #expect(plan.findings.contains { $0.code == "0x8004801F" && $0.severity == .error })
    #expect(
      try await environment.lifecycle.plan(.importing([package], PlanOptions(isStrict: true)))
        .findings.allSatisfy { $0.code != "0x8004801F" }
    )
  }

  @Test("DP-301 what is named by its id is needed under its own name")
  func needsByID() async throws {
    let environment = try await TestEnvironment()
    let (type, step) = (PackageText.guid("type"), PackageText.guid("step"))
    try await environment.import(
      """
      X 1.5 by A
      xml SolutionPluginAssemblies <PluginAssembly FullName="P, Version=1.0.0.0"><PluginTypes>\
      <PluginType AssemblyQualifiedName="P.A, P, Version=1.0.0.0" PluginTypeId="\(type)"/></PluginTypes></PluginAssembly>
      manifest <RootComponent type="91" schemaName="P, Version=1.0.0.0" behavior="0"/>
      """
    )
    try await environment.import(
      """
      U 1.0 by B unmanaged
      table t
      primary t.name
      xml SdkMessageProcessingSteps <SdkMessageProcessingStep SdkMessageProcessingStepId="\(step)" Name="s">\
      <PluginTypeId>\(type)</PluginTypeId><PrimaryEntity>t</PrimaryEntity></SdkMessageProcessingStep>
      manifest <RootComponent type="92" id="\(step)" behavior="0"/>
      """,
      options: Self.publishing
    )
    let exported = try await export("U", from: environment)
    let needs = try read(exported).manifest.missingDependencies
    #expect(needs.map(\.required.id?.type) == [.pluginType])
    #expect(needs.map(\.provider) == ["X (1.5)"])
  }

  @Test(
    "PF-402 a column on a table of others stands below a mention of the table; PF-305 without its owner's properties"
  )
  func shell() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\nprimary t.name\ncolumn t.a nvarchar 50")
    try await environment.import(
      "U 1.0 by B unmanaged\nshell t\ncolumn t.z\nforeign t.a nvarchar 70",
      options: Self.publishing
    )
    let package = try read(try await export("U", from: environment))
    #expect(package.components.map(\.id.key) == ["t", "t.a", "t.z"])
    #expect(package.component(.entity("t"))?.isReference == true)
    let column = try #require(package.component(.attribute("t", "a"))?.definition.element)
    #expect(column.text(of: "MaxLength") == "70")
    #expect(column.child("IsCustomizable") == nil)
  }

  @Test("LY-502 managed, a form of others is a difference, and one's own is whole")
  func difference() async throws {
    let environment = try await TestEnvironment()
    let base = "X 1.0 by A\ntable t\nprimary t.name\ncolumn t.a\ncolumn t.b\nform f t a"
    try await environment.import(base)
    try await environment.import(
      "U 1.0 by B unmanaged\nshell t\ncolumn t.z\nform f t + z\nform own t a",
      options: Self.publishing
    )
    let exported = try await export("U", from: environment, as: .managed)
    let package = try read(exported)
    #expect(package.manifest.isManaged)
    let target = try await TestEnvironment()
    try await target.import(base)
    try await take(exported, into: target)
    let merge = ComponentKinds.standard[.systemForm].merge
    for form in ["f", "own"] {
      let id = ComponentID(.systemForm, PackageText.guid(form))
      let (here, there) = (
        try await environment.whole().stacks[id], try await target.whole().stacks[id]
      )
      #expect(here?.effective(merge) == there?.effective(merge))
      #expect(there?.layers.map(\.solution.text) == (form == "f" ? ["X", "U"] : ["U"]))
    }
  }

  @Test("PF-401 settings of a difference stand where those of the whole do, labels behind the form")
  func orderOfDifference() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\nprimary t.name\ncolumn t.a\nform f t a")
    try await environment.import(
      "U 1.0 by B unmanaged\nshell t\ncolumn t.z\nform f t + z",
      options: Self.publishing
    )
    let id = ComponentID(.systemForm, PackageText.guid("f"))
    let label = PropertyEdit("LocalizedNames/LocalizedName[1033]@description", "Other")
    try await environment.lifecycle.perform(
      .customizing(.set(id, [label]), in: name("U"), publishes: true)
    )
    let package = try read(try await export("U", from: environment, as: .managed))
    let form = try #require(package.component(id)?.definition)
    #expect(form.isDifference)
    let names = form.element.children.map(\.name)
    let (content, labels) = (names.firstIndex(of: "form"), names.firstIndex(of: "LocalizedNames"))
    #expect(try #require(content) < #require(labels), "\(names)")
  }

  @Test("LY-502 a form of others that a package brought whole is exported with its id")
  func wholeOverManaged() async throws {
    let environment = try await TestEnvironment()
    let base = "X 1.0 by A\ntable t\nprimary t.name\ncolumn t.a\nform f t a"
    try await environment.import(base)
    try await environment.import(
      "U 1.0 by B unmanaged\nshell t\ncolumn t.z\nform f t a z",
      options: Self.publishing
    )
    let exported = try await export("U", from: environment, as: .managed)
    let id = ComponentID(.systemForm, PackageText.guid("f"))
    let form = try #require(try read(exported).component(id))
    #expect(form.definition.isDifference)
    #expect(form.definition.element.child("IsCustomizable") == nil)
    let target = try await TestEnvironment()
    try await target.import(base)
    try await take(exported, into: target)
    let merge = ComponentKinds.standard[.systemForm].merge
    let (here, there) = (
      try await environment.whole().stacks[id], try await target.whole().stacks[id]
    )
    #expect(here?.effective(merge) == there?.effective(merge))
    #expect(there?.layers.map(\.solution.text) == ["X", "U"])
  }

  @Test("LY-506 managed, a cell's label that only repeats its column's is blank")
  func labels() async throws {
    func form(_ label: String) -> String {
      let cell =
        "<cell id='{1}'><labels><label description='\(label)' languagecode='1033'/></labels><control id='a' datafieldname='a'/></cell>"
      return
        "systemform t <systemform><formid>\(PackageText.guid(label))</formid><form><tabs><tab name='g'><columns><column><sections><section name='s'><rows><row>\(cell)</row></rows></section></sections></column></columns></tab></tabs></form><IsCustomizable>1</IsCustomizable></systemform>"
    }
    let environment = try await TestEnvironment()
    try await environment.import(
      "U 1.0 by A unmanaged\ntable t\ncolumn t.a nvarchar 50 Same\n\(form("Same"))\n\(form("Other"))",
      options: Self.publishing
    )
    for (kind, label, wanted) in [
      (Export.Form.managed, "Same", ""), (.managed, "Other", "Other"), (.unmanaged, "Same", "Same"),
    ] {
      let package = try read(try await export("U", from: environment, as: kind))
      let form = package.component(ComponentID(.systemForm, PackageText.guid(label)))
      let labels = form?.definition.element.descendants("label")
      #expect(labels?.map { $0.attribute("description") } == [wanted])
    }
  }

  @Test(
    "LC-219 another version for the package becomes that of the solution, by an operation that can be undone"
  )
  func version() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.mine, options: Self.publishing)
    let version = try #require(SolutionVersion("1.2.0.7"))
    let exported = try await export("U", from: environment, version: version)
    #expect(try read(exported).manifest.version.text == "1.2.0.7")
    let request = Request.settingVersion(of: try name("U"), to: version)
    #expect(try await environment.lifecycle.perform(request).operation == 2)
    #expect(try await environment.lifecycle.perform(request).operation == nil)
    let again = try await export("U", from: environment)
    #expect(again.archive?.bytes == exported.archive?.bytes)
    try await environment.lifecycle.perform(.rollback(2))
    #expect(try read(await export("U", from: environment)).manifest.version.text == "1.0")
    #expect(try await environment.broken() == [])
  }

  @Test(
    "LC-410, §4.11 a patch is made, changed, exported and imported; the roll-up takes its place here and elsewhere"
  )
  func patches() async throws {
    let (source, target) = (try await TestEnvironment(), try await TestEnvironment())
    // The organization's site map has a base that is not known here.
    let mine = Self.mine.replacing("map a b\n", with: "")
    try await source.import(mine, options: Self.publishing)
    try await take(try await export("U", from: source, as: .managed), into: target)
    let first = try await source.whole()
    try await source.lifecycle.perform(.cloningPatch(of: try name("U"), displayName: "Small"))
    let patch = try #require(try await source.whole().patches(of: name("U")).first)
    #expect(patch.version.text == "1.0.1.0")
    #expect(patch.displayName == "Small")
    #expect(patch.name.patchParent?.text == "U")
    // The parent is locked.
    #expect(try await export("U", from: source).export.findings.map(\.code) == ["0x80048538"])
    func column(in solution: SolutionName) throws -> Request {
      .bringing(to: try .column("new_z", of: "t", in: solution.text), publishes: true)
    }
    await #expect(throws: LifecycleError.self) {
      try await source.lifecycle.perform(try column(in: name("U")))
    }
    try await source.lifecycle.perform(try column(in: patch.name))
    // What would not become its version is in no package, and the plan of it says so.
    let wrong = try await export(
      patch.name.text,
      from: source,
      version: SolutionVersion("1.9")
    )
    #expect(wrong.export.findings.contains { $0.code == "0x80048539" } && wrong.archive == nil)
    let exported = try await export(patch.name.text, from: source, as: .managed)
    let package = try read(exported)
    #expect(package.manifest.patchOf?.text == "U")
    #expect(package.manifest.roots.map(\.id) == [.entity("t")])
    #expect(package.manifest.roots.map(\.behavior) == [.shell])
    #expect(package.components.map(\.id) == [.entity("t"), .attribute("t", "new_z")])
    #expect(package.manifest.publisher.name.text == "A")
    try await take(exported, into: target)
    #expect(try await target.whole().patches(of: name("U")).map(\.version.text) == ["1.0.1.0"])
    // Rolled up, here and there.
    try await source.lifecycle.perform(.cloningSolution(try name("U")))
    let whole = try await source.whole()
    #expect(whole.solutions.keys.map(\.text) == ["U"])
    #expect(whole.solutions[try name("U")]?.version.text == "1.1.0.0")
    #expect(whole.solutions[try name("U")]?.members.contains(.attribute("t", "new_z")) == true)
    let rolled = try await export("U", from: source, as: .managed)
    #expect(try read(rolled).component(.attribute("t", "new_z")) != nil)
    try await take(rolled, into: target)
    #expect(try await target.whole().solutions.keys.map(\.text) == ["U"])
    try await source.lifecycle.perform(.rollback(2), consent: .all)
    #expect(try await source.whole().fingerprint == first.fingerprint)
    #expect(try await source.broken() == [])
    #expect(try await target.broken() == [])
  }

  @Test(
    "LC-214, LC-218 versions of clones are higher than all that are there",
    arguments: [
      (true, "1.0.1.0", "0x80048539"), (true, "1.1.5.0", "0x80048539"), (true, "1.0.1.1", nil),
      (false, "1.0.1.0", "0x80048539"), (false, "1.0.2.0", nil), (false, "2.0", nil),
    ] as [(Bool, String, String?)]
  )
  func versions(isPatch: Bool, version: String, code: String?) async throws {
    let environment = try await TestEnvironment()
    try await environment.import("U 1.0 by A unmanaged\ntable t", options: Self.publishing)
    try await environment.lifecycle.perform(.cloningPatch(of: try name("U")))
    let wanted = try #require(SolutionVersion(version))
    let request: Request =
      isPatch
      ? .cloningPatch(of: try name("U"), version: wanted)
      : .cloningSolution(try name("U"), version: wanted)
    let plan = try await environment.lifecycle.plan(request)
    #expect(plan.findings.map(\.code) == (code.map { [$0] } ?? []))
  }

  @Test("LC-900 C-4 only an unmanaged solution that is no patch is cloned")
  func clonable() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t")
    try await environment.import("U 1.0 by A unmanaged\ntable u", options: Self.publishing)
    try await environment.lifecycle.perform(.cloningPatch(of: try name("U")))
    let patch = try #require(try await environment.whole().patches(of: name("U")).first)
    for name in [try name("X"), try name("Y"), patch.name] {
      for request in [Request.cloningPatch(of: name), .cloningSolution(name)] {
        let plan = try await environment.lifecycle.plan(request)
        #expect(!plan.isApplicable)
        #expect(plan.effects.isEmpty)
      }
    }
  }
}
