import Solutions
import TestSupport
import Testing

/// What may be in use goes with a warning, and what is nowhere is told.
@Suite("References: what is not tracked, not readable, not there")
struct UncertainUseTests {
  private static let id = PackageText.guid("flow")
  private static let base = """
    X 1.0 by A
    table new_t
    column new_t.new_a
    column new_t.new_b
    facts new_t <EntitySetName>new_things</EntitySetName>
    """

  private func plan(_ text: String, on texts: [String] = [], strict: Bool = false) throws -> Plan {
    Plan.importing(
      [try PackageText(text).read()],
      on: try installed(texts),
      options: PlanOptions(isStrict: strict)
    )
  }

  private func flow(_ parameters: String) -> String {
    "Y 1.0 by B\n"
      + ReferenceTests.Use.flow(Self.id, "{\"inputs\":{\"parameters\":{\(parameters)}}}")
  }

  // MARK: Not tracked

  @Test("DP-500 a table that a flow reads by the name of its set goes with a warning")
  func tableOfFlow() throws {
    let plan = try plan(
      "X 1.1 by A",
      on: [Self.base, flow("\"entityName\":\"new_things\",\"$select\":\"new_a\"")]
    )
    #expect(plan.isApplicable)
    // The table tells for its columns.
    let told = plan.findings.filter { $0.code == UntrackedUse.kind.code }
    #expect(told.map(\.subject) == ["Entity:new_t"])
    #expect(told.map(\.severity) == [.warning])
    #expect(told[0].because.contains { $0.contains("Process") && $0.contains("flow/entityName") })
  }

  @Test(
    "DP-500 a column that a flow selects, sets or waits for goes with a warning",
    arguments: [
      "\"entityName\":\"new_things\",\"$select\":\"new_a,new_b\"",
      "\"entityName\":\"new_things\",\"item/new_b\":1",
      "\"subscriptionRequest/entityname\":\"new_t\",\"subscriptionRequest/filteringattributes\":\"new_b\"",
    ]
  )
  func columnOfFlow(parameters: String) throws {
    let plan = try plan(
      Self.base.replacing("column new_t.new_b", with: "").replacing("1.0", with: "1.1"),
      on: [Self.base, flow(parameters)]
    )
    #expect(
      spelled(plan).split(separator: "\n").filter { !$0.hasPrefix("~") } == [
        "- Attribute new_t.new_b", "? strata.untracked-use DP-500",
      ]
    )
  }

  @Test("DP-500 a table goes whatever roles say, which lose their privileges with it")
  func roles() throws {
    let role = """
      Y 1.0 by B
      xml Roles <Role id="{\(Self.id)}" name="Reader"><RolePrivileges>\
      <RolePrivilege name="prvReadnew_T" level="Basic" /></RolePrivileges><IsCustomizable>1</IsCustomizable></Role>
      """
    let plan = try plan("X 1.1 by A", on: [Self.base, role])
    #expect(plan.isApplicable)
    let told = plan.findings.filter { $0.code == PrivilegesLost.kind.code }
    #expect(told.map(\.subject) == ["Entity:new_t"])
    #expect(told.map(\.severity) == [.info])
  }

  // MARK: Not readable

  @Test(
    "DP-201 a source that cannot be read is told when its package is read, and when something goes"
  )
  func unread() throws {
    let broken = "Y 1.0 by B\n" + ReferenceTests.Use.flow(Self.id, "{\"a\":")
    let package = try PackageText(broken).read()
    let told = package.findings.filter { $0.code == UnreadUses.kind.code }
    #expect(told.map(\.severity) == [.warning])
    #expect(told[0].message.contains("Workflows/\(Self.id).json"))

    let next = "X 1.1 by A\ntable new_t\ncolumn new_t.new_a"
    let plan = try plan(next, on: [Self.base, broken])
    #expect(plan.isApplicable)
    let uncertain = plan.findings.filter { $0.code == UnreadUses.kind.code }
    #expect(uncertain.map(\.subject) == ["X"])
    #expect(uncertain[0].because.contains { $0.contains("Workflows/\(Self.id).json") })
    // Nothing goes, nothing is told.
    let same = try self.plan(
      "X 1.1 by A\ntable new_t\ncolumn new_t.new_a\ncolumn new_t.new_b",
      on: [Self.base, broken]
    )
    #expect(same.findings.allSatisfy { $0.code != UnreadUses.kind.code })
  }

  // MARK: Not there

  @Test(
    "DP-307 a form that names a script that is nowhere is told",
    arguments: ["new_/missing.js", "msdyn_/theirs.js"]
  )
  func missingLibrary(name: String) throws {
    let plan = try plan(
      "X 1.0 by A\ntable new_t\n"
        + ReferenceTests.Use.form("<formLibraries><Library name=\"\(name)\" /></formLibraries>")
        .split(separator: "\n").dropFirst().joined(separator: "\n")
    )
    // Another's prefix may be the platform's.
    let told = plan.findings.filter { $0.code == NamesMissing.kind.code }
    #expect(told.map(\.severity) == (name.hasPrefix("new_") ? [.warning] : []))
    #expect(told.allSatisfy { $0.because == ["WebResource \(name): form/Library@name"] })
  }

  @Test("DP-304 what the package itself lists as needed is told once")
  func listed() throws {
    let app = ReferenceTests.Use.app("{\"componenttype\":380,\"logicalname\":\"new_v\"}")
    let need = """
      manifest <MissingDependency><Required type="380" schemaName="new_v" solution="Z (1.0)" />\
      <Dependent type="300" schemaName="oth_app_1" /></MissingDependency>
      """
    let told = try plan("Y 1.0 by B\n\(app)").findings.filter { $0.severity == .warning }
    #expect(told.map(\.code) == [NamesMissing.kind.code])
    let once = try plan("Y 1.0 by B\n\(app)\n\(need)").findings.filter { $0.severity == .warning }
    #expect(once.map(\.code) == [MissingDependencies.kind.code])
  }

  @Test(
    "PF-426 a view may sort by the name of a choice, a yes/no or a lookup, and not by that of a text"
  )
  func shadows() throws {
    for (type, isThere) in [
      ("picklist 1 2", true), ("bit", true), ("lookup", true), ("nvarchar 10", false),
    ] {
      let plan = try plan(
        """
        X 1.0 by A
        table new_t
        column new_t.new_k \(type)
        view v new_t new_kname
        """
      )
      #expect(plan.findings.contains { $0.code == NamesMissing.kind.code } != isThere, "\(type)")
    }
  }

  @Test("PF-604 a form of a process flow's table shows columns of the tables of its stages")
  func flowForms() throws {
    func package(_ column: String, stage: String) -> String {
      let process = ReferenceTests.Use.process(
        "<a:S AssemblyQualifiedName=\"Microsoft.M.EntityComposite, Microsoft.M\" DisplayName=\"EntityStep1: \(stage)\" />"
      ).replacing(
        "<Category>2</Category>",
        with: "<Category>4</Category><UniqueName>new_f</UniqueName>"
      )
      return """
        X 1.0 by A
        table new_t
        column new_t.new_a
        table new_f
        facts new_f <IsBPFEntity>1</IsBPFEntity>
        form f new_f \(column)
        \(process)
        """
    }
    func isTold(_ text: String) throws -> Bool {
      try plan(text).findings.contains { $0.code == NamesMissing.kind.code }
    }
    #expect(try !isTold(package("new_a", stage: "new_t")))
    #expect(try isTold(package("new_nowhere", stage: "new_t")))
    // Where not all tables of the stages are known, nobody can tell.
    #expect(try !isTold(package("new_nowhere", stage: "account")))
  }

  @Test("PF-604 an active process flow without its table is refused")
  func processFlow() throws {
    func package(state: Int, name: String) -> String {
      "X 1.0 by A\ntable new_t\n"
        + ReferenceTests.Use.process("").replacing(
          "<Category>2</Category>",
          with:
            "<Category>4</Category><StateCode>\(state)</StateCode><UniqueName>\(name)</UniqueName>"
        )
    }
    #expect(
      try plan(package(state: 1, name: "new_F")).findings.map(\.code).contains(
        ProcessFlowTable.kind.code
      )
    )
    #expect(try !plan(package(state: 1, name: "new_F")).isApplicable)
    // A draft has none yet, and others have theirs elsewhere.
    #expect(try plan(package(state: 0, name: "new_F")).isApplicable)
    #expect(try plan(package(state: 1, name: "leadtoopportunitysalesprocess")).isApplicable)
    #expect(try plan(package(state: 1, name: "new_F") + "\ntable new_f").isApplicable)
  }

  @Test(
    "PF-601 a role with privileges of a table that is nowhere is told, and refused where that is known"
  )
  func privileges() throws {
    func role(_ table: String) -> String {
      """
      Y 1.0 by B
      manifest <RootComponent type="20" id="{\(Self.id)}" behavior="0"/>
      xml Roles <Role id="{\(Self.id)}" name="Reader"><RolePrivileges>\
      <RolePrivilege name="prvAppendTo\(table)" level="Basic" /></RolePrivileges><IsCustomizable>1</IsCustomizable></Role>
      """
    }
    #expect(spelled(try plan(role("oth_T"))).hasSuffix("? 0x80048018 PF-601"))
    #expect(spelled(try plan(role("oth_T"), strict: true)).hasSuffix("! 0x80048018 PF-601"))
    for (table, texts) in [("new_T", [Self.base]), ("Account", []), ("msdyn_thing", [])] {
      #expect(try plan(role(table), on: texts, strict: true).isApplicable, "\(table)")
    }
  }
}
