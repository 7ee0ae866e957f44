import Solutions
import TestSupport
import Testing

/// What only the generation of the exporter explains (docs/decisions/057).
@Suite("Export generations")
struct ExportGenerationTests {
  private func plan(_ old: String, _ new: String, above others: [String] = []) throws -> Plan {
    let state = try installed([old] + others)
    return Plan.importing([try PackageText(new).read()], on: state)
  }

  private func column(_ version: String, _ facts: String) -> String {
    "X \(version) by A\ntable t\nattribute t <attribute PhysicalName=\"a\"><Type>nvarchar</Type>"
      + "<LogicalName>a</LogicalName><IsCustomizable>1</IsCustomizable>\(facts)</attribute>"
  }

  @Test(
    "PL-21 absent and its default are the same, in both directions",
    arguments: [
      "<ValidForCreateApi>0</ValidForCreateApi>", "<ImeMode>auto</ImeMode>",
      "<AutoNumberFormat></AutoNumberFormat>", "<Descriptions></Descriptions>",
      "<IsLocalizable>0</IsLocalizable><IsDataSourceSecret>0</IsDataSourceSecret>",
    ]
  )
  func same(facts: String) throws {
    for (old, new) in [("", facts), (facts, "")] {
      let plan = try plan(column("1.0", old), column("1.1", new))
      #expect(plan.changes.map(\.impact) == [.metadata])
      #expect(plan.changes.allSatisfy { $0.isRespelling })
      // What is stored is what the package says.
      #expect(plan.effects.count { if case .putLayer = $0 { true } else { false } } == 1)
    }
  }

  @Test(
    "PL-21 another value, and what is not known, is a change",
    arguments: [
      "<ValidForCreateApi>1</ValidForCreateApi>", "<ImeMode>disabled</ImeMode>",
      "<IsSearchable>0</IsSearchable>", "<AutoNumberFormat>A-{SEQNUM:4}</AutoNumberFormat>",
      "<IsCustomizable>0</IsCustomizable>",
    ]
  )
  func different(facts: String) throws {
    let plan = try plan(column("1.0", ""), column("1.1", facts))
    #expect(plan.changes.count == 1)
    #expect(plan.changes.allSatisfy { $0.impact < .metadata })
  }

  @Test("PL-21 what acts and what does not stand in one change, and the change acts")
  func mixed() throws {
    let plan = try plan(
      column("1.0", "<MaxLength>10</MaxLength>"),
      column("1.1", "<MaxLength>20</MaxLength><ImeMode>auto</ImeMode>")
    )
    #expect(plan.changes.map(\.impact) == [.data])
    #expect(plan.changes.first?.properties.map { $0.generation == nil } == [true, false])
  }

  @Test("PL-21 IntroducedVersion is metadata and no respelling; beside a new type it is told")
  func introducedVersion() throws {
    func version(_ text: String) -> String { "<IntroducedVersion>\(text)</IntroducedVersion>" }
    let alone = try plan(column("1.0", version("1.0")), column("1.1", version("1.1")))
    #expect(alone.changes.map(\.impact) == [.metadata])
    #expect(!alone.changes.allSatisfy { $0.isRespelling })
    let retyped = try plan(
      column("1.0", version("1.0")),
      column("1.1", version("1.1")).replacing("nvarchar", with: "ntext")
    )
    #expect(retyped.changes.flatMap(\.properties).allSatisfy { $0.generation == nil })
  }

  @Test("PL-21 a name in other case is the same")
  func spelling() throws {
    let plan = try plan(
      column("1.0", ""),
      column("1.1", "").replacing("PhysicalName=\"a\"", with: "PhysicalName=\"A\"")
    )
    #expect(plan.changes.map(\.impact) == [.metadata])
  }

  @Test("LY-303 above another layer an absent property says nothing, and is no default")
  func anotherLayer() throws {
    let state = try installed([column("1.0", "<ImeMode>auto</ImeMode>")])
    let above = try PackageText(
      column("1.0", "").replacing("X 1.0 by A", with: "Y 1.0 by B")
    ).read()
    let plan = Plan.importing([above], on: state)
    let change = try #require(plan.changes.first { $0.id == .attribute("t", "a") })
    #expect(change.impact == .interface)
    #expect(change.properties.contains { $0.path == "ImeMode" && $0.generation == nil })
  }

  @Test(
    "DP-304 needs of solutions that the target is said to have are met, in that version or a lower"
  )
  func assumedSolutions() throws {
    let package = try PackageText(
      "X 1.0 by A\ntable x\nneeds Entity y from Y\nneeds Entity z from Z"
    ).read()
    func missing(_ assumed: [SolutionName: SolutionVersion?]) -> [String] {
      var options = PlanOptions(isStrict: true)
      options.assumedSolutions = assumed
      return Plan.importing([package], on: InstalledState(), options: options).findings
        .filter { $0.code == MissingDependencies.kind.code }.flatMap(\.because)
    }
    let (y, z) = (try #require(SolutionName("y")), try #require(SolutionName("Z")))
    #expect(missing([:]).count == 2)
    #expect(missing([y: nil]).count == 1)
    #expect(missing([y: SolutionVersion("0.9"), z: SolutionVersion("1.0")]).count == 1)
    #expect(missing([y: SolutionVersion("2.0"), z: nil]).isEmpty)
  }
}
