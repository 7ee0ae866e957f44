import SolutionPackages
import Solutions
import TestSupport
import Testing
import XML

/// What readable files make beside tables, as text: the file, and what comes of it.
struct DescribedFile {
  static let head = """
    solution: {name: Orders, version: 1.2.0.0}
    publisher: {name: contoso, displayName: Contoso, prefix: new, optionValuePrefix: 20000}

    """

  let blueprint: Blueprint

  /// - Parameter files: contents of files beside it, by their paths.
  init(_ text: String, files: [String: String] = [:]) throws {
    let said = try SaidReader.read(Array((Self.head + text).utf8), file: "orders.yaml")
    blueprint = try Blueprint(said, file: "orders.yaml").reading {
      file throws(DescribedFiles.Unread) in
      guard let content = files[file.path] else { throw .init("there is no file \(file.path)") }
      return Array(content.utf8)
    }
  }

  func plan(on state: InstalledState = InstalledState()) -> Plan {
    Plan.bringing(to: blueprint, on: state, options: PlanOptions(publishes: true))
  }

  /// What comes of a file that is not refused, and of which a second run changes nothing.
  func state(on state: InstalledState = InstalledState()) throws -> InstalledState {
    let plan = plan(on: state)
    try #require(plan.isApplicable, "\(spelled(plan)) \(problems(of: plan))")
    let made = state.applying(plan)
    let again = self.plan(on: made)
    #expect(again.effects.isEmpty && again.changes.isEmpty, "\(spelled(again))")
    return made
  }

  /// What is wrong with the file, as it is shown.
  func problems(of plan: Plan) -> [String] {
    let unsound = plan.findings.filter { $0.code == DescriptionUnsound.kind.code }
    return unsound.flatMap { finding in
      finding.because.isEmpty
        ? ["line \(finding.at?.line ?? 0): \(finding.message)"] : finding.because.map { "\($0)" }
    }
  }
}

@Suite("What files describe beside tables")
struct DescribedKindTests {
  @Test("PF-606 a web resource is made of a file, typed by its ending, and made once")
  func webResource() throws {
    let text =
      "webResources: {new_/order.js: js/order.js, new_logo: {file: logo.svg, displayName: Logo}}"
    let files = ["js/order.js": "alert(1)", "logo.svg": "<svg/>"]
    let state = try DescribedFile(text, files: files).state()
    let script = ComponentID(.webResource, "new_/order.js")
    #expect(state.effective(script, "WebResourceType") == "3")
    #expect(state.effective(ComponentID(.webResource, "new_logo"), "WebResourceType") == "11")
    #expect(state.effective(ComponentID(.webResource, "new_logo"), "DisplayName") == "Logo")
    let part = try #require(state.stacks[script]?.top.component.definition.parts.first)
    #expect(part.path.hasPrefix("WebResources/new_orderjs") && part.bytes == 8)
    #expect(state.effective(script, "FileName") == "/\(part.path)")
    // Another content of the same file is one change.
    let other = try DescribedFile(text, files: ["js/order.js": "alert(2)", "logo.svg": "<svg/>"])
    #expect(spelled(other.plan(on: state)) == "~ WebResource new_/order.js")
    #expect(other.blueprint.files(of: other.plan(on: state)).map(\.file) == ["js/order.js"])
    _ = try other.state(on: state)
  }

  @Test("PF-708, LC-604 a variable has a type, a default, and a value of the environment alone")
  func variable() throws {
    let text = """
      environmentVariables:
        new_Limit: {displayName: Limit, type: number, default: 10, value: 20}
        new_Name: Contoso
      """
    let state = try DescribedFile(text).state()
    let limit = ComponentID(.environmentVariableDefinition, "new_limit")
    #expect(state.effective(limit, "type") == "100000001")
    #expect(state.effective(limit, "defaultvalue") == "10")
    #expect(state.effective(limit, "displayname@default") == "Limit")
    #expect(state.settings[limit] == .value("20"))
    let name = ComponentID(.environmentVariableDefinition, "new_name")
    #expect(state.effective(name, "defaultvalue") == "Contoso")
    #expect(state.settings[name] == nil)
  }

  @Test("PF-621 a connection reference names its connector")
  func connectionReference() throws {
    let text = "connectionReferences: {new_mail: {connector: shared_office365, displayName: Mail}}"
    let state = try DescribedFile(text).state()
    let mail = ComponentID(.connectionReference, "new_mail")
    #expect(
      state.effective(mail, "connectorid") == "/providers/Microsoft.PowerApps/apis/shared_office365"
    )
  }

  @Test(
    "PF-601 a role has privileges of tables by depths; a table of the organization has no sharing"
  )
  func role() throws {
    let text = """
      tables:
        new_Order: {primaryName: new_name}
        new_rate: {primaryName: new_name, ownership: organization}
      roles:
        Clerk:
          description: Enters orders
          tables:
            new_order: {read: organization, write: businessUnit, create: user, delete: none}
            new_rate: organization
            account: {read: user}
          privileges: {prvExportToExcel: organization}
      """
    let state = try DescribedFile(text).state()
    let id = try #require(state.stacks.keys.first { $0.type == .role })
    func depth(_ privilege: String) -> String? {
      state.effective(id, "RolePrivileges/RolePrivilege[\(privilege)]@level")
    }
    #expect(depth("prvReadnew_Order") == "Global" && depth("prvWritenew_Order") == "Local")
    #expect(depth("prvCreatenew_Order") == "Basic" && depth("prvDeletenew_Order") == nil)
    #expect(depth("prvDeletenew_rate") == "Global" && depth("prvSharenew_rate") == nil)
    #expect(depth("prvReadAccount") == "Basic" && depth("prvExportToExcel") == "Global")
    let names = try #require(
      state.stacks[id]?.top.component.definition.element.child("RolePrivileges")
    )
    .children.compactMap { $0.attribute("name")?.lowercased() }
    #expect(names == names.sorted())
    // A depth is changed, the rest stays.
    let other = "roles: {Clerk: {tables: {new_order: {read: none, share: user}}}}"
    let after = try DescribedFile(other).state(on: state)
    #expect(after.effective(id, "RolePrivileges/RolePrivilege[prvReadnew_Order]@level") == nil)
    #expect(after.effective(id, "RolePrivileges/RolePrivilege[prvSharenew_Order]@level") == "Basic")
    #expect(after.effective(id, "RolePrivileges/RolePrivilege[prvWritenew_Order]@level") == "Local")
  }

  @Test(
    "What cannot be meant of them is refused with its line",
    arguments: [
      ("webResources: {new_a: a.js}", "there is no file a.js"),
      ("webResources: {new_a: {displayName: A}}", "needs a file"),
      ("webResources: {new_a: there}", "says no type"),
      ("webResources: {new_a: {file: there, type: exe}}", "“exe” is none of html"),
      ("webResources: {new_a: {id: 1}}", "“id” is no word of a web resource"),
      ("environmentVariables: {new_a: {type: number, default: ten}}", "“ten” is none"),
      ("environmentVariables: {new_a: {type: secret, value: s}}", "stands in no file"),
      ("connectionReferences: {new_a: {}}", "needs a connector"),
      ("roles: {A: {tables: {new_t: user}}}", "there is no table new_t"),
      ("roles: {A: {tables: {task: user}}}", "say them by “privileges”"),
      ("roles: {A: {tables: {account: all}}}", "“all” is none of user"),
      ("roles: {A: {privileges: {Export: user}}}", "“Export” is no privilege"),
      ("roles: {A: {id: x}}", "“x” is no GUID"), ("roles: [A]", "names with values"),
    ]
  )
  func unsound(text: String, problem: String) throws {
    let file = try DescribedFile(text, files: ["there": ""])
    let plan = file.plan()
    #expect(!plan.isApplicable && plan.effects.isEmpty)
    #expect(file.problems(of: plan).contains { $0.contains(problem) }, "\(file.problems(of: plan))")
    #expect(file.problems(of: plan).allSatisfy { $0.hasPrefix("line 3: ") })
  }

  @Test("A file that cannot be read is told once")
  func unread() throws {
    let file = try DescribedFile("webResources: {new_a: a.js}")
    #expect(file.problems(of: file.plan()) == ["line 3: there is no file a.js"])
  }

  @Test(
    "A file that is named lies below the folder of the one that names it",
    arguments: ["/etc/passwd", "../a.js", "a/../../b.js", "a//b.js", "./a.js", "a\\b.js", "a/"]
  )
  func paths(path: String) throws {
    #expect(Blueprint.NamedFile(path: path, line: 1).steps == nil)
    #expect(Blueprint.NamedFile(path: "a/b.js", line: 1).steps == ["a", "b.js"])
  }

  @Test(
    "LC-103 they are named with the publisher's prefix, too",
    arguments: [
      "webResources: {abc_a: a.js}", "environmentVariables: {abc_a: x}",
      "connectionReferences: {abc_a: shared_sql}",
    ]
  )
  func prefix(text: String) throws {
    let plan = try DescribedFile(text, files: ["a.js": ""]).plan()
    #expect(spelled(plan).contains("! 0x80044366 LC-103"), "\(spelled(plan))")
    #expect(plan.effects.isEmpty)
  }
}
