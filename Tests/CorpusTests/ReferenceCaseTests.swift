import Solutions
import TestSupport
import Testing

/// Faults found in use: references that were not seen.
@Suite(
  "Cases: what is in use",
  .enabled(if: Cases.arePresent, "the cases are not beside the checkout")
)
struct ReferenceCaseTests {
  struct Blocked: CustomTestStringConvertible {
    let folder: String
    let next: String
    let installed: [String]

    init(_ folder: String, _ next: String, _ installed: String...) {
      self.folder = folder
      self.next = next
      self.installed = installed
    }

    var testDescription: String { "\(folder)/\(installed.last ?? "")" }
  }

  static let blocked: [Blocked] = [
    Blocked("plans-process-definition", "v2", "v1", "plain"),
    Blocked("plans-process-definition", "v2", "v1", "real"),
    Blocked("plans-process-definition", "v2", "v1", "utf16"),
    Blocked("plans-canvas-app", "c2", "c", "app_flow"),
    Blocked("plans-canvas-app", "ctl2", "ctl1", "app_ctl"),
    Blocked("plans-canvas-app", "cr2", "cr1", "app_cref"),
    Blocked("plans-canvas-app", "ev2", "ev1", "app_ev"),
    Blocked("plans-connector", "v2", "v1", "w"),
    Blocked("plans-child-flow", "c2", "c", "p"),
    Blocked("plans-child-flow", "v2parent", "v1"),
    Blocked("plans-form-parameters", "v2", "v1", "w"),
    Blocked("plans-form-references", "v2", "v1", "control"),
    Blocked("plans-form-references", "v2", "v1", "dataset"),
    Blocked("plans-form-references", "v2", "v1", "filterby"),
    Blocked("plans-form-references", "v2", "v1", "parent"),
    Blocked("plans-form-references", "v2", "v1", "dashboard"),
    Blocked("plans-icons", "v2", "v1", "path"),
    Blocked("plans-icons", "v2", "v1", "vector"),
    Blocked("plans-icons", "v2", "v1", "directive"),
    Blocked("plans-icons", "v2", "v1", "app"),
    Blocked("plans-formula", "v2", "v1", "w_fx"),
    Blocked("plans-formula", "fx2", "fx1"),
    Blocked("plans-not-told", "image2", "image1"),
  ]

  @Test("DP-500 what is in use is not deleted", arguments: blocked)
  func inUse(blocked: Blocked) throws {
    var state = InstalledState()
    for tree in blocked.installed {
      let package = try Cases.read("\(blocked.folder)/\(tree)")
      state = state.applying(Plan.importing([package], on: state))
    }
    let plan = Plan.importing([try Cases.read("\(blocked.folder)/\(blocked.next)")], on: state)
    #expect(plan.findings.contains { $0.code == InUse.kind.code && $0.severity == .error })
  }

  @Test("PF-106 plans-process-definition: a namespace name with blanks refuses no package")
  func namespaces() throws {
    #expect(try Cases.plan("refused", of: "plans-process-definition").isApplicable)
  }

  @Test("DP-435 plans-child-flow: both flows go together")
  func bothFlows() throws {
    let plan = try Cases.plan("v2none", of: "plans-child-flow", against: ["v1"])
    #expect(plan.isApplicable)
    #expect(plan.changes.count { $0.action == .delete } == 2)
  }

  @Test("DP-500 plans-flow-table: the table of a flow goes with a warning")
  func flowTable() throws {
    let plan = try Cases.plan("v2", of: "plans-flow-table", against: ["v1", "flow"])
    #expect(plan.isApplicable)
    #expect(plan.findings.contains { $0.code == UntrackedUse.kind.code && $0.severity == .warning })
  }

  @Test("DP §6 plans-icons: what blocks, what uses and what is used are one answer")
  func aliases() throws {
    var state = InstalledState()
    for tree in ["v1", "app"] {
      let package = try Cases.read("plans-icons/\(tree)")
      state = state.applying(Plan.importing([package], on: state))
    }
    let kinds = ComponentKinds.standard
    let graph = DependencyGraph(state, kinds: kinds)
    let icon = ComponentID.webResource("smp_/app.png")
    let app = ComponentID(.number(80), "oth_app")
    #expect(graph.required(by: app).map(\.required).contains(icon))
    #expect(graph.dependents(of: icon).map(\.dependent) == [app])
    #expect(DependencyGraph.blocking(icon, in: state, kinds: kinds).map(\.dependent) == [app])
  }

  @Test("DP-307 plans-false-warnings: only what is really nowhere is told")
  func falseWarnings() throws {
    func isTold(_ tree: String, _ installed: String...) throws -> Bool {
      var state = InstalledState()
      for tree in installed {
        let package = try Cases.read("plans-false-warnings/\(tree)")
        state = state.applying(Plan.importing([package], on: state))
      }
      let plan = Plan.importing([try Cases.read("plans-false-warnings/\(tree)")], on: state)
      return plan.findings.contains { $0.code == NamesMissing.kind.code }
    }
    for tree in ["bpf", "choice", "mine"] { #expect(try !isTold(tree), "\(tree)") }
    #expect(try !isTold("mine", "base"))
    #expect(try isTold("really", "base"))
  }

  @Test("plans-not-told: a script, privileges and a table that are nowhere")
  func notTold() throws {
    func codes(_ tree: String, _ installed: String...) throws -> [String] {
      var state = InstalledState()
      for tree in installed {
        let package = try Cases.read("plans-not-told/\(tree)")
        state = state.applying(Plan.importing([package], on: state))
      }
      return Plan.importing([try Cases.read("plans-not-told/\(tree)")], on: state).findings
        .map(\.code)
    }
    #expect(try codes("library").contains(NamesMissing.kind.code))
    #expect(try codes("role").contains(RolePrivileges.kind.code))
    #expect(try codes("table2", "table1", "role").contains(PrivilegesLost.kind.code))
    #expect(try codes("processflow").contains(ProcessFlowTable.kind.code))
  }
}
