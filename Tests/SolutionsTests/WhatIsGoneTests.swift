import Solutions
import TestSupport
import Testing

/// What a plan may not take to be there: layers that come up, tables that nobody brings, steps of a former assembly.
@Suite("What is gone")
struct WhatIsGoneTests {
  private func plan(
    _ texts: [String],
    on state: InstalledState,
    options: PlanOptions = PlanOptions()
  ) throws -> Plan {
    Plan.importing(try texts.map { try PackageText($0).read() }, on: state, options: options)
  }

  private func uninstalling(_ name: String, on state: InstalledState) throws -> Plan {
    Plan.uninstalling(try #require(SolutionName(name)), on: state)
  }

  private func told<Content: FindingContent>(_ kind: Content.Type, _ plan: Plan) -> [Finding] {
    plan.findings.filter { $0.content is Content }
  }

  private static func pictured(_ name: String) -> String {
    """
    table oth_v
    inside oth_v <SavedQueries><savedqueries><savedquery><IsCustomizable>1</IsCustomizable>\
    <savedqueryid>{\(PackageText.guid("w"))}</savedqueryid><layoutxml><grid><row><cell name="oth_v" \
    imageproviderwebresource="$webresource:\(name)" /></row></grid></layoutxml></savedquery></savedqueries></SavedQueries>
    """
  }

  private static func subgrid(_ inner: String) -> String {
    """
    systemform oth_v <systemform><formid>{\(PackageText.guid("f"))}</formid><form><tabs><tab id="{1}"><columns><column>\
    <sections><section id="{2}"><rows><row><cell id="{\(PackageText.guid("c"))}">\(inner)</cell></row></rows></section>\
    </sections></column></columns></tab></tabs></form><IsCustomizable>1</IsCustomizable></systemform>
    """
  }

  private static let overPictured = "E 1.0 by C prefix thr\nshell oth_v\nview w oth_v oth_v"

  @Test("DP-900 a view that comes up may not name a web resource that another publisher took away")
  func surfacingResource() throws {
    var state = try installed([
      "A 1.0 by A\ntable new_t\nresource new_/i.js 1",
      "D 1.0 by B prefix oth\n\(Self.pictured("new_/i.js"))", Self.overPictured,
    ])
    #expect(try uninstalling("E", on: state).isApplicable)
    let next = try plan(["A 1.1 by A\ntable new_t"], on: state)
    #expect(next.isApplicable, "\(spelled(next))")
    state = state.applying(next)
    state.environment = "known"
    let removal = try uninstalling("E", on: state)
    let found = told(SurfacingReferences.self, removal)
    #expect(found.map(\.severity) == [.error])
    #expect(found.first?.because == ["WebResource new_/i.js: layout/cell@imageproviderwebresource"])
    // Of packages alone, the one that brings it may not be given.
    state.environment = InstalledState.packages
    #expect(
      told(SurfacingReferences.self, try uninstalling("E", on: state)).map(\.severity) == [.warning]
    )
  }

  @Test("DP-900 what a layer names with its own prefix may always have been missing: a warning")
  func surfacingOwn() throws {
    var state = try installed([
      "D 1.0 by B prefix oth\n\(Self.pictured("oth_/never.js"))", Self.overPictured,
    ])
    state.environment = "known"
    let found = told(SurfacingReferences.self, try uninstalling("E", on: state))
    #expect(found.map(\.severity) == [.warning])
    // Nobody here gives such names: it may be the platform's.
    var foreign = try installed([
      "D 1.0 by B prefix oth\n\(Self.pictured("any_/never.js"))", Self.overPictured,
    ])
    foreign.environment = "known"
    #expect(told(SurfacingReferences.self, try uninstalling("E", on: foreign)).isEmpty)
  }

  @Test("DP-900 what goes with the layer itself is gone, in packages alone, too")
  func surfacingWithItself() throws {
    let state = try installed([
      "D 1.0 by B prefix oth\n\(Self.pictured("thr_/i.js"))",
      "\(Self.overPictured)\nresource thr_/i.js 1",
    ])
    let found = told(SurfacingReferences.self, try uninstalling("E", on: state))
    #expect(found.map(\.severity) == [.error])
  }

  @Test("DP-900 a form that comes up may not show a relationship that is gone")
  func surfacingRelationship() throws {
    let grid =
      "<control id=\"g\" classid=\"{E7A81278-8635-4d9e-8D4D-59480B391C5B}\"><parameters>"
      + "<RelationshipName>NAME</RelationshipName></parameters></control>"
    func removal(of name: String) throws -> [Finding] {
      var state = try installed([
        "A 1.0 by A\ntable new_t\ntable new_u\nmany new_tu new_t new_u",
        "D 1.0 by B prefix oth\ntable oth_v\n\(Self.subgrid(grid.replacing("NAME", with: name)))",
      ])
      let over =
        "E 1.0 by C prefix thr\nshell oth_v\nsystemform oth_v <systemform><formid>{\(PackageText.guid("f"))}</formid>"
        + "<form><tabs><tab id=\"{1}\"><columns><column><sections><section id=\"{2}\"><rows><row>"
        + "<cell id=\"{\(PackageText.guid("c"))}\" solutionaction=\"Removed\"/></row></rows></section></sections></column>"
        + "</columns></tab></tabs></form></systemform>"
      state = state.applying(try plan([over], on: state))
      state = state.applying(try plan(["A 1.1 by A\ntable new_t\ntable new_u"], on: state))
      state.environment = "known"
      #expect(state.stacks[.relationship("new_tu")] == nil)
      return told(SurfacingReferences.self, try uninstalling("E", on: state))
    }
    #expect(try removal(of: "new_tu").map(\.severity) == [.error])
    // The platform makes some of its own for a table, in nobody's package.
    #expect(try removal(of: "new_t_Appointments").isEmpty)
  }

  @Test("DP-900 a flow that comes up may not run one that the same plan deletes")
  func surfacingProcess() throws {
    func flow(_ name: String, runs other: String? = nil) -> String {
      let id = PackageText.guid(name)
      let call = other.map {
        "{\"properties\":{\"definition\":{\"actions\":{\"Run\":{\"type\":\"Workflow\",\"inputs\":{\"host\":{"
          + "\"workflowReferenceName\":\"\(PackageText.guid($0))\"}}}}}}}"
      }
      return """
        xml Workflows <Workflow WorkflowId="{\(id)}" Name="\(name)"><JsonFileName>/Workflows/\(name).json</JsonFileName>\
        <Category>5</Category><StateCode>1</StateCode><IsCustomizable>1</IsCustomizable></Workflow>
        manifest <RootComponent type="29" id="{\(id)}" behavior="0"/>
        file Workflows/\(name).json \(call ?? "{}")
        """
    }
    let state = try installed([
      "Child 1.0 by A\nrole r\n\(flow("C"))", "Own 1.0 by B prefix oth\n\(flow("W", runs: "C"))",
      "Top 1.0 by C prefix thr\nrole q\n\(flow("W"))",
    ])
    let next = ["Child 1.1 by A\nrole r", "Top 1.1 by C prefix thr\nrole q"]
    let both = try plan(next, on: state)
    #expect(told(SurfacingReferences.self, both).map(\.severity) == [.error], "\(spelled(both))")
  }

  @Test("LC-359 what the same plan has taken away is not there for a later package")
  func takenAway() throws {
    let there = try installed(["A 1.0 by A\ntable new_t\ntable new_u"])
    let next = "A 1.1 by A\ntable new_u"
    let parts = "shell new_t\nview v new_t new_t"
    let foreign = try plan([next, "S 1.0 by B prefix oth\n\(parts)"], on: there)
    #expect(told(RootMissing.self, foreign).map(\.severity) == [.error], "\(spelled(foreign))")
    let needing = "S 1.0 by B prefix oth\n\(parts)\nneeds Entity new_t from A"
    for options in [PlanOptions(), PlanOptions(assumesPresent: true)] {
      let told = self.told(
        MissingDependencies.self,
        try plan([next, needing], on: there, options: options)
      )
      #expect(told.map(\.severity) == [.error])
    }
    // Without the one that takes it away nothing is amiss.
    #expect(try plan([needing], on: there).isApplicable)
  }

  @Test("LC-359 a package that needs a column of a table knows that the table is elsewhere")
  func neededPart() throws {
    let text = "S 1.0 by A\nshell new_t\ncolumn new_t.new_b\nneeds Attribute new_t.new_a from A"
    let alone = try plan([text], on: InstalledState())
    #expect(told(RootMissing.self, alone).isEmpty)
    #expect(told(MissingDependencies.self, alone).count == 1)
  }

  @Test("LC-359 a table of the publisher that is nowhere is not taken to be present")
  func shellOfNobody() throws {
    let shell = "S 1.0 by A\nshell new_t\ncolumn new_t.new_b"
    let empty = InstalledState(environment: "known")
    let strict = PlanOptions(isStrict: true)
    let refused = try plan([shell], on: empty, options: strict)
    #expect(told(RootMissing.self, refused).map(\.severity) == [.error])
    let alone = try plan([shell], on: InstalledState())
    #expect(told(RootMissing.self, alone).map(\.severity) == [.warning])
    let assumed = try plan(
      [shell],
      on: empty,
      options: PlanOptions(assumesPresent: true, isStrict: true)
    )
    #expect(told(RootMissing.self, assumed).isEmpty)
    // Neither one that the platform may have, nor one that is there, nor one that the package lists as needed.
    let theirs = try plan(
      ["S 1.0 by A\nshell msx_t\nforeign msx_t.new_b"],
      on: empty,
      options: strict
    )
    #expect(told(RootMissing.self, theirs).isEmpty)
    let there = try installed(["A 1.0 by A\ntable new_t"])
    #expect(told(RootMissing.self, try plan([shell], on: there, options: strict)).isEmpty)
    let needing = try plan(["\(shell)\nneeds Entity new_t from A"], on: empty, options: strict)
    #expect(told(RootMissing.self, needing).isEmpty)
    #expect(!needing.isApplicable)
    // The same plan has just destroyed it.
    let after = try plan(["A 1.1 by A\ntable new_u", shell], on: there)
    #expect(told(RootMissing.self, after).map(\.severity) == [.error])
  }

  @Test("LC-603 steps of others on another major version of an assembly are told")
  func formerVersion() throws {
    func step(_ version: String) -> String {
      """
      xml SdkMessageProcessingSteps <SdkMessageProcessingStep SdkMessageProcessingStepId="{\(PackageText.guid("s"))}" \
      Name="s"><PluginTypeName>Plug.A, Plug, Version=\(version), Culture=neutral, PublicKeyToken=null</PluginTypeName>\
      <IsCustomizable>1</IsCustomizable></SdkMessageProcessingStep>
      manifest <RootComponent type="92" id="{\(PackageText.guid("s"))}" behavior="0"/>
      """
    }
    func found(_ next: String, over version: String) throws -> [Finding] {
      let state = try installed([
        "X 1.0 by A\nassembly Plug 1.0.0.0 Plug.A", "Y 1.0 by B\n\(step(version))",
      ])
      return told(StepsOfFormerVersion.self, try plan([next], on: state))
    }
    let next = "X 1.1 by A\nassembly Plug 2.0.0.0 Plug.A"
    #expect(try found(next, over: "1.0.0.0").map(\.severity) == [.warning])
    #expect(try found(next, over: "2.0.0.0").isEmpty)
    #expect(try found("X 1.1 by A\nassembly Plug 1.0.7.0 Plug.A", over: "1.0.0.0").isEmpty)
    // Staged, both are there; applied, the former one is not.
    let state = try installed([
      "X 1.0 by A\nassembly Plug 1.0.0.0 Plug.A", "Y 1.0 by B\n\(step("1.0.0.0"))",
    ])
    let stage = try plan([next], on: state, options: PlanOptions(choice: .stage))
    #expect(told(StepsOfFormerVersion.self, stage).isEmpty)
    let x = try #require(SolutionName("X"))
    let apply = Plan.applyingUpgrade(of: x, on: state.applying(stage))
    #expect(told(StepsOfFormerVersion.self, apply).count == 1, "\(spelled(apply))")
    // A set that ends with the steps on the new version is right.
    let both = try plan([next, "Y 1.1 by B\n\(step("2.0.0.0"))"], on: state)
    #expect(told(StepsOfFormerVersion.self, both).isEmpty)
  }

  @Test("LC-416 what one package of a set brings and a later one drops asks for no consent")
  func passing() throws {
    let one = "X 1.0 by A\ntable t\ncolumn t.a\ncolumn t.b"
    let two = "X 1.1 by A\ntable t\ncolumn t.a"
    let fresh = try plan([one, two], on: InstalledState())
    #expect(fresh.deletions(without: .none).isEmpty)
    #expect(spelled(fresh) == "+ Entity t\n+ Attribute t.a", "\(spelled(fresh))")
    // What was there before goes all the same.
    let there = try installed(["X 0.9 by A\ntable t\ncolumn t.b"])
    #expect(try plan([one, two], on: there).deletions(without: .none).map(\.id.key) == ["t.b"])
    // What comes, goes and comes again is added once.
    let again = try plan(
      [one, two, "X 1.2 by A\ntable t\ncolumn t.a\ncolumn t.b"],
      on: InstalledState()
    )
    #expect(again.deletions(without: .none).isEmpty)
    #expect(again.changes.filter { $0.id.key == "t.b" }.map(\.action) == [.add])
  }

  @Test("DP-102 an email template goes with its table, and is told of columns that it shows")
  func templates() throws {
    func template(_ subject: String) -> String {
      """
      xml Templates <EmailTemplates><emailtemplate><templateid>{\(PackageText.guid("e"))}</templateid>\
      <templatetypecode>new_t</templatetypecode><subject>\(subject)</subject><title>T</title></emailtemplate></EmailTemplates>
      """
    }
    let table = "X 1.0 by A\ntable new_t\ncolumn new_t.new_a\ncolumn new_t.new_b\ntable keep"
    let own = "Mine 1.0 by M unmanaged\n\(template("x"))"
    let gone = try plan(["X 1.1 by A\ntable keep"], on: try installed([table, own]))
    #expect(gone.isApplicable, "\(spelled(gone))")
    #expect(gone.changes.contains { $0.id.type == .emailTemplate && $0.action == .delete })
    // Another's managed template keeps it, as every other part of another's does.
    let managed = "Y 1.0 by B\n\(template("x"))"
    #expect(
      try !plan(["X 1.1 by A\ntable keep"], on: try installed([table, managed])).isApplicable
    )
    for subject in [
      "{!new_t:new_b;}", "<![CDATA[<xsl:value-of select=\"new_t/new_b\"/>]]>",
      "{!{!Thing:New B;}{!new_t:new_b", "{!new_t:new_b/@name;none}",
    ] {
      let state = try installed([table, "Mine 1.0 by M unmanaged\n\(template(subject))"])
      let narrowed = try plan(
        ["X 1.1 by A\ntable new_t\ncolumn new_t.new_a\ntable keep"],
        on: state
      )
      #expect(narrowed.isApplicable)
      #expect(
        told(UntrackedUse.self, narrowed).count == 1,
        "\(subject): \(spelled(narrowed))"
      )
    }
    // It is its owner's, though the platform has the table.
    let platform = try installed([
      "Y 1.0 by B\n\(template("x").replacing("new_t", with: "account"))\nrole r"
    ])
    #expect(
      try plan(["Y 1.1 by B\nrole r"], on: platform).changes.map(\.action) == [.delete]
    )
  }
}
