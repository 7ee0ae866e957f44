import Solutions
import TestSupport
import Testing

/// What unmanaged solutions list.
@Suite("Components in unmanaged solutions")
struct ListingTests {
  private static let managed = """
    X 1.0 by A
    table t
    primary t.name
    column t.a
    view v t a
    table closed
    column closed.a
    locked closed IsCustomizable
    resource new_/a.js text
    """
  private static let own = "Own 1.0 by B unmanaged\ntable o\nprimary o.name\ncolumn o.a\nkey o.k a"
  private static let empty = "U 1.0 by B unmanaged"

  private let t = ComponentID.entity("t")
  private let o = ComponentID.entity("o")

  private func name(_ text: String) throws -> SolutionName { try #require(SolutionName(text)) }

  private func state(_ more: String...) throws -> InstalledState {
    try installed([Self.managed, Self.own, Self.empty] + more)
  }

  private func codes(_ plan: Plan) -> [String] {
    plan.findings.filter { $0.severity == .error }.map { "\($0.code) \($0.rule.id)" }
  }

  /// What the solution lists afterwards, with how much of tables.
  private func listed(_ plan: Plan, on state: InstalledState, in name: String = "U") throws
    -> [String]
  {
    let solution = try #require(state.applying(plan).solutions[try self.name(name)])
    return solution.members.sorted().map { id in
      id.key + (solution.behaviors[id].map { " \($0.rawValue)" } ?? "")
    }
  }

  private func adding(
    _ ids: Set<ComponentID>,
    _ behavior: RootComponent.Behavior? = nil,
    to solution: String = "U",
    on state: InstalledState
  ) throws -> Plan {
    Plan.listing(ids, in: try name(solution), behavior: behavior, on: state)
  }

  @Test("LC-110 a patch lists what is added to it; an email template is listed alone")
  func patch() throws {
    let state = try state("Own_Patch_1 1.0.1 by B unmanaged patch of Own")
    let patch = "Own_Patch_1"
    #expect(try listed(try adding([o], to: patch, on: state), on: state, in: patch) == ["o 2"])
    let part = try adding([o, .attribute("o", "a")], to: patch, on: state)
    #expect(try listed(part, on: state, in: patch) == ["o 2", "o.a"])
    // Whoever asks for all of it gets it.
    let whole = try adding([o], .includeSubcomponents, to: patch, on: state)
    #expect(try listed(whole, on: state, in: patch) == ["o 0", "o.a", "o.name", "o.k"])

    let template = ComponentID(.emailTemplate, PackageText.guid("e"))
    let templated = try self.state(
      """
      T 1.0 by B unmanaged
      xml Templates <EmailTemplates><emailtemplate><templateid>{\(PackageText.guid("e"))}</templateid>\
      <templatetypecode>o</templatetypecode></emailtemplate></EmailTemplates>
      """
    )
    let alone = try adding([template], on: templated)
    #expect(codes(alone).isEmpty)
    #expect(try listed(alone, on: templated) == [template.key])
    #expect(try listed(try adding([o], on: templated), on: templated).count == 4)
    // Nor does it leave with its table.
    let both = templated.applying(try adding([o, template], on: templated))
    let gone = Plan.unlisting([o], from: try name("U"), on: both)
    #expect(try listed(gone, on: both) == [template.key])
  }

  @Test("LC-110 an unmanaged table is added with all its parts")
  func unmanagedTable() throws {
    let state = try state()
    let plan = try adding([o], on: state)
    #expect(try listed(plan, on: state) == ["o 0", "o.a", "o.name", "o.k"])
    #expect(plan.changes.isEmpty)
    #expect(plan.members.map(\.component.id.key) == ["o", "o.a", "o.name", "o.k"])
    #expect(plan.members.allSatisfy { $0.action == .added })
    // Only the row of the solution is written, and nothing in the components.
    #expect(plan.effects.count == 1)
    #expect(try adding([o], on: state.applying(plan)).effects.isEmpty)
  }

  @Test(
    "LC-110 a managed table is added as a shell, one that is customized here with its settings; unmanaged parts come along"
  )
  func managedTable() throws {
    let plain = try state()
    #expect(try listed(try adding([t], on: plain), on: plain) == ["t 2"])
    let part = try state("Own 1.1 by B unmanaged\nshell t\nforeign t.a nvarchar 50\ncolumn t.z")
    #expect(try listed(try adding([t], on: part), on: part) == ["t 2", "t.a", "t.z"])
    #expect(try listed(try adding([t], .shell, on: part), on: part) == ["t 2"])
    let whole = try state("Own 1.1 by B unmanaged\ntable t\nfacts t <IsActivity>0</IsActivity>")
    #expect(try listed(try adding([t], on: whole), on: whole) == ["t 1"])
    #expect(
      try listed(try adding([t], .includeSubcomponents, on: plain), on: plain)
        == ["t 0", "t.a", "t.name", PackageText.guid("v")]
    )
  }

  @Test("LC-110 for a table that is listed, how it is listed changes; its parts stay")
  func anew() throws {
    let state = try state()
    let whole = state.applying(try adding([o], on: state))
    let plan = try adding([o], .shell, on: whole)
    #expect(try listed(plan, on: whole) == ["o 2", "o.a", "o.name", "o.k"])
    #expect(plan.members.map(\.action) == [.changed])
    #expect(plan.members.map(\.behavior) == [.shell])
    let back = whole.applying(plan)
    let wide = try adding([o], .includeSubcomponents, on: back)
    #expect(back.applying(wide).solutions == whole.solutions)
  }

  @Test("LC-111 a part is added below its whole only, which may come with it")
  func parts() throws {
    let state = try state()
    let a = ComponentID.attribute("t", "a")
    let alone = try adding([a], on: state)
    #expect(codes(alone) == ["0x80048536 LC-111"])
    #expect(alone.effects.isEmpty)
    let both = try adding([a, t], .shell, on: state)
    #expect(codes(both) == [])
    #expect(try listed(both, on: state) == ["t 2", "t.a"])
    let later = state.applying(try adding([t], .shell, on: state))
    #expect(try listed(try adding([a], on: later), on: later) == ["t 2", "t.a"])
  }

  /// A view of one table names columns of the next, which the managed one has at last.
  private static let web = """
    Own 1.0 by B unmanaged
    table o
    primary o.name
    link lo o p.c
    table p
    primary p.name
    column p.c
    link lp p t.a
    """

  @Test(
    "LC-113 what is named comes along where it is asked for, with what that names; what managed solutions bring does not"
  )
  func required() throws {
    let state = try installed([Self.managed, Self.web, Self.empty])
    func with(_ ids: Set<ComponentID>, _ behavior: RootComponent.Behavior? = nil) throws -> Plan {
      Plan.listing(ids, in: try name("U"), behavior: behavior, withRequired: true, on: state)
    }
    #expect(try !listed(try adding([o], on: state), on: state).contains("p 0"))
    let plan = try with([o])
    let all = try listed(plan, on: state)
    #expect(all.contains("o 0") && all.contains("p 0") && all.contains("p.c"), "\(all)")
    #expect(!all.contains { $0.hasPrefix("t ") || $0.hasPrefix("t.") }, "\(all)")
    let told = plan.findings.filter { "\($0.code)".hasPrefix("strata.required-") }
    #expect(told.map { "\($0.code)" } == ["strata.required-added", "strata.required-of-others"])
    #expect(told.first?.because.contains { $0.contains("p") && $0.contains("for") } == true)
    #expect(told.last?.because.contains("Entity:t") == true, "\(told.map(\.because))")
    // Once it is listed nothing is to be added.
    let after = state.applying(plan)
    let again = Plan.listing([o], in: try name("U"), withRequired: true, on: after)
    #expect(again.effects.isEmpty && again.findings.isEmpty)
    // A part alone brings what it names, and a table whole only where it is named itself.
    let view = ComponentID(.savedQuery, PackageText.guid("lo"))
    let part = try listed(try with([o, view], .shell), on: state)
    #expect(part.contains("o 2") && part.contains("p 0") && part.contains("p.c"), "\(part)")
    #expect(!part.contains("o.name"))
  }

  @Test(
    "LC-110 what is changed by hand in a solution becomes its root: a table whole, with settings, or with chosen parts"
  )
  func changed() throws {
    let facts = "<IsAuditEnabled>0</IsAuditEnabled>"
    let managed = "X 1.0 by A\ntable t\nfacts t \(facts)\ncolumn t.a nvarchar 50\ncolumn t.b"
    let own = "Own 1.0 by B unmanaged\ntable o\nfacts o \(facts)\ncolumn o.a"
    let state = try installed([managed, own, Self.empty])
    func customized(_ customization: Customization, on state: InstalledState) throws -> [String] {
      let plan = Plan.customizing(customization, in: try name("U"), on: state)
      #expect(codes(plan) == [])
      return try listed(plan, on: state)
    }
    let column = ComponentID.attribute("t", "a")
    let length = PropertyEdit("MaxLength", "70")
    #expect(try customized(.set(column, [length]), on: state) == ["t 2", "t.a"])
    let settings = PropertyEdit("EntityInfo/entity/IsAuditEnabled", "1")
    #expect(try customized(.set(t, [settings]), on: state) == ["t 1"])
    let shell = state.applying(try adding([t], .shell, on: state))
    #expect(try customized(.set(t, [settings]), on: shell) == ["t 1"])
    #expect(try customized(.set(o, [settings]), on: state) == ["o 0", "o.a"])
    let whole = state.applying(try adding([t], .includeSubcomponents, on: state))
    #expect(try customized(.set(t, [settings]), on: whole).first == "t 0")
  }

  @Test(
    "LC-111 a whole that is named beside its part is listed with it, whichever comes first by name"
  )
  func wholeBesidePart() throws {
    let plugins = "Own 1.0 by B unmanaged\nassembly code 1.0.0.0 A.One A.Two"
    let state = try installed([plugins, Self.empty])
    let all = try #require(state.solutions[try name("Own")]).members
    #expect(all.count > 1)
    #expect(codes(try adding(all, on: state)) == [])
    let part = try #require(all.first { state.stacks[$0]?.top.component.parent != nil })
    #expect(codes(try adding([part], on: state)) == ["0x80048536 LC-111"])
  }

  @Test("LC-111 what is not there, and what no package can hold, is added to nothing")
  func nothing() throws {
    let state = try state()
    #expect(codes(try adding([.entity("none")], on: state)) == ["0x80048537 LC-111"])
    #expect(codes(try adding([ComponentID(.number(7), "x")], on: state)) == ["0x8004F018 LC-111"])
    // The platform's tables are everywhere, and their definitions are not known.
    let account = ComponentID.entity("account")
    #expect(try listed(try adding([account], on: state), on: state) == ["account 2"])
    #expect(
      codes(try adding([account], .includeSubcomponents, on: state))
        == ["strata.unknown-member PF-402"]
    )
  }

  @Test("LC-112 what its owner does not allow to be customized is refused")
  func closed() throws {
    let state = try state()
    #expect(codes(try adding([.entity("closed")], on: state)) == ["0x8004F015 LC-112"])
  }

  @Test(
    "LC-103 a column that is made in a solution has its publisher's prefix; outside of any, somebody's"
  )
  func prefix() throws {
    let state = try state()
    for (column, solution, wanted) in [
      ("new_x", "U", []), ("abc_x", "U", ["0x80044366 LC-103"]),
      ("newer_x", "U", ["0x80044366 LC-103"]),
      ("abc_x", nil, []), ("x", "U", ["0x80044366 LC-103"]), ("x", nil, ["0x80048062 LC-103"]),
    ] as [(String, String?, [String])] {
      let plan = Plan.bringing(
        to: try .column(column, of: "o", in: solution ?? "Default"),
        on: state
      )
      #expect(codes(plan) == wanted)
      #expect(plan.isApplicable == wanted.isEmpty)
    }
  }

  @Test("LC-113 several solutions list one component; LC-114 the last leaves it where it is")
  func many() throws {
    let start = try state()
    let both = start.applying(try adding([o], on: start))
    #expect(both.stacks == start.stacks)
    var left = both
    for solution in ["U", "Own"] {
      let plan = Plan.unlisting([o], from: try name(solution), on: left)
      #expect(codes(plan) == [])
      #expect(plan.changes.isEmpty)
      #expect(plan.members.allSatisfy { $0.action == .removed })
      left = left.applying(plan)
      #expect(try listed(plan, on: both, in: solution) == [])
    }
    #expect(left.stacks == start.stacks)
    #expect(left.solutions.values.allSatisfy { $0.behaviors.isEmpty })
  }

  @Test("LC-114 what is not listed cannot be removed, nor a part of a table that is listed whole")
  func notListed() throws {
    let state = try state()
    #expect(
      codes(Plan.unlisting([t], from: try name("U"), on: state)) == ["0x8004F021 LC-114"]
    )
    let column = ComponentID.attribute("o", "a")
    let own = try name("Own")
    #expect(
      codes(Plan.unlisting([column], from: own, on: state)) == ["strata.listed-with-table LC-114"]
    )
    #expect(codes(Plan.unlisting([column, o], from: own, on: state)) == [])
    let narrow = state.applying(try adding([o], .doNotIncludeSubcomponents, to: "Own", on: state))
    let plan = Plan.unlisting([column], from: own, on: narrow)
    #expect(codes(plan) == [])
    #expect(try listed(plan, on: narrow, in: "Own") == ["o 1", "o.name", "o.k"])
    // What packages say where nobody has said it here.
    var older = state
    older.solutions[own] = state.solutions[own]?.with(behaviors: [:])
    #expect(codes(Plan.unlisting([column], from: own, on: older)) == [])
    #expect(
      codes(Plan.unlisting([column], from: own, reading: [o: .includeSubcomponents], on: older))
        == ["strata.listed-with-table LC-114"]
    )
  }

  @Test(
    "E-9 a managed solution, LC-410 one with patches and one that is not there list nothing else"
  )
  func restricted() throws {
    let state = try state()
    #expect(codes(try adding([o], to: "X", on: state)) == ["0x8004F005 E-9"])
    #expect(!(try adding([o], to: "Z", on: state).isApplicable))
    let locked = state.applying(Plan.cloningPatch(of: try name("U"), on: state))
    #expect(codes(try adding([o], on: locked)) == ["0x80048538 LC-410"])
    let resource = ComponentID(ComponentKind.webResource.type, "new_/a.js")
    let patch = try #require(locked.patches(of: try name("U")).first).name
    #expect(codes(Plan.listing([resource], in: patch, on: locked)) == [])
  }
}
