import Solutions
import TestSupport
import Testing

/// What is fixed when a component is created, what a package's roots and values stand for, what choices give.
@Suite("Roots, values, bindings, facts of creation")
struct FixedFactTests {
  private func plan(
    _ text: String,
    on state: InstalledState = InstalledState(),
    options: PlanOptions = PlanOptions()
  ) throws -> Plan {
    Plan.importing([try PackageText(text).read()], on: state, options: options)
  }

  private func because(_ plan: Plan, _ code: String) -> [String] {
    plan.findings.first { $0.code == code }?.because ?? []
  }

  // MARK: Facts of creation

  @Test("LC-500 a table's kind, ownership and being an activity are fixed when it is created")
  func tableFacts() throws {
    let state = try installed(["X 1.0 by A\ntable new_t\nfacts new_t <IsActivity>0</IsActivity>"])
    let next =
      "X 1.1 by A\ntable new_t\nfacts new_t <IsActivity>1</IsActivity><TableType>Elastic</TableType>"
    let refused = try plan(next, on: state)
    #expect(!refused.isApplicable)
    #expect(
      because(refused, TableFactsChanged.kind.code) == [
        "TableType: Standard → Elastic", "IsActivity: 0 → 1",
      ]
    )
    // What an older exporter leaves out is the default.
    let same =
      "X 1.1 by A\ntable new_t\nfacts new_t <IsActivity>0</IsActivity><TableType>Standard</TableType>"
    #expect(try plan(same, on: state).isApplicable)
    // Who only adds columns states none of it.
    #expect(try plan("Y 1.0 by B\nshell new_t\ncolumn new_t.new_y", on: state).isApplicable)
  }

  private func process(_ id: String, category: Int, table: String) -> String {
    let guid = PackageText.guid(id)
    return """
      manifest <RootComponent type="29" id="{\(guid)}" behavior="0"/>
      xml Workflows <Workflow WorkflowId="{\(guid)}" Name="p"><Category>\(category)</Category><PrimaryEntity>\(table)</PrimaryEntity><IsCustomizable>1</IsCustomizable></Workflow>
      """
  }

  @Test("LC-602 the id of a process is not another solution's for another process")
  func processID() throws {
    let state = try installed(["X 1.0 by A\n\(process("p", category: 5, table: "none"))"])
    let taken = try plan("Y 1.0 by B\n\(process("p", category: 0, table: "account"))", on: state)
    #expect(!taken.isApplicable)
    #expect(
      because(taken, ProcessTaken.kind.code) == [
        "Category: 5 → 0", "PrimaryEntity: none → account",
      ]
    )
    #expect(
      try plan("Y 1.0 by B\n\(process("p", category: 5, table: "None"))", on: state).isApplicable
    )
    // Its own solution may make another of it.
    #expect(
      try plan("X 1.1 by A\n\(process("p", category: 0, table: "account"))", on: state).isApplicable
    )
  }

  @Test("LY-606 an unmanaged package brings whole site maps, a managed one may bring a difference")
  func siteMaps() throws {
    #expect(try plan("X 1.0 by A\nmap - a").isApplicable)
    let refused = try plan("X 1.0 unmanaged by A\nmap - a")
    #expect(
      refused.findings.contains { $0.code == FullSiteMapNeeded.kind.code && $0.severity == .error }
    )
    #expect(try plan("X 1.0 unmanaged by A\nmap a").isApplicable)
  }

  @Test(
    "LC-103 a code component is named with its publisher's prefix, where it has one at all",
    arguments: [("abc_N.Gauge", false), ("NEW_N.Gauge", true), ("Vendor.My_Controls.Gauge", true)]
  )
  func controlPrefix(name: String, isRight: Bool) throws {
    let control = "xml CustomControls <CustomControl><Name>\(name)</Name></CustomControl>"
    let text = "X 1.0 by A\nroot 66 \(name)\n\(control)"
    #expect(try plan(text).isApplicable == isRight)
    // PF-903: what is not listed among the roots is refused.
    let bare = try plan("X 1.0 by A\n\(control)")
    #expect(bare.findings.contains { $0.code == UndeclaredRoot.kind.code })
    // Another's control, and one that is there already, are nobody's fault.
    let end = "type=\"66\" schemaName=\"\(name)\" displayName=\"x\""
    let need =
      "manifest <MissingDependency><Required \(end) solution=\"Theirs (1.0)\"/><Dependent \(end)/></MissingDependency>"
    #expect(try plan("\(text)\n\(need)").isApplicable)
  }

  // MARK: Roots

  @Test("PF-623 a root by id stands for an environment variable that is defined by name")
  func variableRoots() throws {
    let text = """
      X 1.0 by A
      manifest <RootComponent type="380" id="{\(PackageText.guid("e"))}" behavior="0"/>
      xml EnvironmentVariables <Definition><SchemaName>new_Setting</SchemaName></Definition>
      """
    let package = try PackageText(text).read()
    #expect(
      package.members == [
        ComponentID(ComponentKind.environmentVariableDefinition.type, "new_setting")
      ]
    )
    #expect(spelled(try plan(text, options: PlanOptions(isStrict: true))).contains("!") == false)
    // One more than there are definitions stands for nothing.
    let more = text + "\nmanifest <RootComponent type=\"380\" id=\"{\(PackageText.guid("f"))}\"/>"
    #expect(
      try plan(more, options: PlanOptions(isStrict: true)).findings.contains {
        $0.code == RootMissing.kind.code
      }
    )
  }

  @Test(
    "PF-903 the organization's site map is always there, with or without content in the package"
  )
  func siteMapRoot() throws {
    let plan = try plan("X 1.0 by A\nroot 62", options: PlanOptions(isStrict: true))
    #expect(spelled(plan) == "")
    #expect(plan.isApplicable)
  }

  @Test("LC-359 a root that the package lists as a need is told as a need, once")
  func neededRoots() throws {
    let end = "type=\"61\" schemaName=\"oth_/a.js\" displayName=\"x\""
    let text = """
      X 1.0 by A
      root 61 oth_/a.js
      manifest <MissingDependency><Required \(end) solution="Base (1.0)"/><Dependent \(end)/></MissingDependency>
      """
    let strict = try plan(text, options: PlanOptions(isStrict: true))
    #expect(spelled(strict) == "! 0x8004801D DP-304")
    #expect(try plan(text, options: PlanOptions(assumesPresent: true)).isApplicable)
    let unneeded = try plan("X 1.0 by A\nroot 61 oth_/a.js", options: PlanOptions(isStrict: true))
    #expect(spelled(unneeded) == "! 0x8004801F LC-359")
  }

  // MARK: Values

  private let variable = """
    manifest <RootComponent type="380" schemaName="new_Setting" behavior="0"/>
    xml EnvironmentVariables <Definition><SchemaName>new_Setting</SchemaName><Type>100000000</Type></Definition>
    """
  private func values(_ value: String) -> String {
    "file environment_variable_values.json {\"EnvironmentVariableValues\":[{\"EnvironmentVariableDefinition.SchemaName\":"
      + "\"new_Setting\",\"EnvironmentVariableValueId\":\"\(PackageText.guid("v"))\",\"Value\":\"\(value)\"}]}"
  }

  @Test("PF-109 values of variables in one file at the root of the package are set")
  func rootValues() throws {
    let id = ComponentID(ComponentKind.environmentVariableDefinition.type, "new_setting")
    let state = try installed(["X 1.0 by A\n\(variable)\n\(values("fromdev"))"])
    #expect(state.settings[id] == .value("fromdev"))
    let told = try plan("X 1.0 by A\n\(variable)\n\(values("fromdev"))")
    let change = try #require(told.changes.first { $0.id == id })
    #expect(change.properties.contains { $0.path == "(current value)" && $0.after == "fromdev" })
    // The package's next value replaces it, and says so.
    let next = try plan("X 1.1 by A\n\(variable)\n\(values("other"))", on: state)
    #expect(because(next, ValueReplaced.kind.code) == ["“fromdev” → “other”"])
  }

  @Test("PF-109 a file of values that cannot be read is told")
  func unreadValues() throws {
    let plan = try plan("X 1.0 by A\n\(variable)\nfile environment_variable_values.json [1]")
    #expect(spelled(plan).contains("? strata.no-identity PF-109"))
  }

  @Test(
    "LC-604 a variable that becomes a number under a text is told; secrets are not shown"
  )
  func valueKinds() throws {
    let state = try installed(["X 1.0 by A\n\(variable)\n\(values("fromdev"))"])
    let number = variable.replacing("100000000", with: "100000001")
    #expect(
      because(try plan("X 1.1 by A\n\(number)", on: state), ValueUnfit.kind.code) == [
        "it was a text"
      ]
    )
    #expect(
      because(try plan("X 1.1 by A\n\(number)\n\(values("7"))", on: state), ValueUnfit.kind.code)
        == []
    )
    let secret = variable.replacing("100000000", with: "100000005")
    #expect(
      because(try plan("X 1.1 by A\n\(secret)\n\(values("x"))", on: state), ValueReplaced.kind.code)
        == [
          "it is a secret and not shown"
        ]
    )
  }

  // MARK: Choices

  private func bound(_ choice: String) -> String {
    "attribute new_t <attribute PhysicalName=\"new_c\"><Type>picklist</Type><LogicalName>new_c</LogicalName>"
      + "<IsCustomizable>1</IsCustomizable><OptionSetName>\(choice)</OptionSetName></attribute>"
  }

  @Test("DP-204 a column is bound to a choice that is somewhere")
  func missingChoice() throws {
    let strict = PlanOptions(isStrict: true)
    let text = "X 1.0 by A\ntable new_t\n\(bound("new_kinds"))"
    #expect(spelled(try plan(text, options: strict)).hasSuffix("! 0x80048039 DP-204"))
    #expect(spelled(try plan(text)).hasSuffix("? 0x80048039 DP-204"))
    #expect(try plan("\(text)\nchoice new_kinds 1", options: strict).isApplicable)
    let state = try installed(["Y 1.0 by A\nchoice new_kinds 1"])
    #expect(try plan(text, on: state, options: strict).isApplicable)
    #expect(
      try plan(text, options: PlanOptions(assumesPresent: true, isStrict: true)).isApplicable
    )
    // The platform's own are there.
    for name in ["incident_caseorigincode", "budgetstatus"] {
      #expect(try plan("X 1.0 by A\ntable new_t\n\(bound(name))", options: strict).isApplicable)
    }
  }

  @Test("LY-905 a column that is bound to another choice loses the options that this one lacks")
  func rebound() throws {
    func lost(_ old: String, _ new: String) throws -> String? {
      let choices = "choice new_a 0 1 2\nchoice new_b 0 5"
      let state = try installed(["X 1.0 by A\ntable new_t\n\(old)\n\(choices)"])
      let plan = try plan("X 1.1 by A\ntable new_t\n\(new)\n\(choices)", on: state)
      return plan.findings.first { $0.code == OptionsLost.kind.code }?.message
    }
    let gone = "2 options of Column new_t.new_c go: 1 “o1”, 2 “o2”"
    let local = "column new_t.new_c picklist 0 1 2"
    #expect(try lost(local, bound("new_b")) == gone)
    #expect(try lost(bound("new_a"), bound("new_b")) == gone)
    #expect(try lost(bound("new_a"), "column new_t.new_c picklist 0") == gone)
    #expect(try lost(local, bound("new_a")) == nil)
  }

  // MARK: Virtual tables, names

  @Test("PF-411 the end of a virtual table loses no data of ours")
  func virtualTable() throws {
    let state = try installed([
      "X 1.0 by A\ntable new_v\nfacts new_v <DataProviderId>{00000000-0000-4000-8000-000000000001}</DataProviderId>\ncolumn new_v.new_a\ntable new_t\ncolumn new_t.new_a"
    ])
    let gone = try plan("X 1.1 by A\ntable new_u", on: state)
    let losing = gone.changes.filter { $0.dataLoss != nil }.map(\.name)
    #expect(losing == ["new_t", "new_t.new_a"])
    let counted = gone.counting(RowCounts(rows: [.entity("new_v"): 0]), kinds: .standard)
    #expect(counted.changes.filter { $0.dataLoss != nil }.map(\.name) == losing)
  }

  @Test("PF-420 no name of a column is refused for what a database calls its own")
  func databaseWords() throws {
    let text = "X 1.0 by A\ntable new_t\ncolumn new_t.oid\ncolumn new_t.rowid\ncolumn new_t._rowid_"
    #expect(try plan(text).isApplicable)
  }
}
