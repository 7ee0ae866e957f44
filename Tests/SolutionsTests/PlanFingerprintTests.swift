import TestSupport
import Testing

@testable import Solutions

/// A plan's fingerprint says what it does, to which state.
@Suite("Fingerprints of plans")
struct PlanFingerprintTests {
  private func plan(_ effects: [Plan.Effect], environment: String = "e", revision: Int = 1) -> Plan
  {
    Plan(
      base: Plan.Base(environment: environment, revision: revision),
      packages: [],
      effects: effects,
      changes: [],
      unchanged: 0,
      solutions: [],
      findings: []
    )
  }

  @Test(
    "Two plans have equal fingerprints exactly when effects and base are equal",
    arguments: LawTests.seeds
  )
  func law(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let before = try installed(["X 1.0 by A\n" + RandomPackage.body(&random)])
    let text = "X 1.1 by A\n" + RandomPackage.body(&random)
    let plans = try [text, text, "X 1.1 by A\n" + RandomPackage.body(&random)].map {
      Plan.importing([try PackageText($0).read()], on: before)
    }
    for (one, other) in zip(plans, plans.dropFirst()) {
      #expect((one.effects == other.effects) == (one.fingerprint == other.fingerprint))
    }
    let effects = plans[0].effects
    #expect(plan(effects).fingerprint == plan(effects).fingerprint)
    #expect(plan(effects).fingerprint != plan(effects, environment: "f").fingerprint)
    #expect(plan(effects).fingerprint != plan(effects, revision: 2).fingerprint)
    guard let place = effects.indices.randomElement(using: &random) else { return }
    var fewer = effects
    fewer.remove(at: place)
    #expect(plan(fewer).fingerprint != plan(effects).fingerprint)
    for changed in Self.variants(of: effects[place]) where changed != effects[place] {
      var other = effects
      other[place] = changed
      #expect(plan(other).fingerprint != plan(effects).fingerprint, "\(changed)")
    }
    let shuffled = effects.shuffled(using: &random)
    #expect((shuffled == effects) == (plan(shuffled).fingerprint == plan(effects).fingerprint))
  }

  @Test("Each field of each effect is in it: no two of these have the same")
  func fields() throws {
    let base = try installed(["X 1.0 by A\ntable t\ncolumn t.a nvarchar 1 A"])
    let x = try #require(SolutionName("X"))
    let solution = try #require(base.solutions[x])
    let layer = try #require(base.stacks[.attribute("t", "a")]?.top)
    let publisher = Publisher(
      name: PublisherName("A"),
      displayName: "A",
      prefix: "a",
      optionValuePrefix: nil
    )
    let (a, b) = (ComponentID.attribute("t", "a"), ComponentID.attribute("t", "b"))
    let (t, u) = (
      SchemaChange.TableName(id: .entity("t"), name: "t"),
      SchemaChange.TableName(id: .entity("t"), name: "u")
    )
    let key = KeyDesign(id: .entityKey("t", "k"), columns: ["a"], folded: [])
    let column = ColumnDesign(id: a, name: "a", storage: .text, companion: nil)
    let design = TableDesign(
      id: .entity("t"),
      name: "t",
      primaryKey: "tid",
      columns: [column],
      pair: ["a", "b"],
      keys: [key]
    )
    let seeds: [Plan.Effect] = [
      .putPublisher(publisher), .removePublisher(publisher.name), .putSolution(solution),
      .removeSolution(x), .putLayer(layer), .removeLayer(a, x), .blockUnmanaged(true),
      .blockUnmanaged(false), .set(a, nil), .set(a, .isOn(true)), .set(a, .isOn(false)),
      .set(a, .value("on")), .set(a, .connection(Secret("on", seal: nil))), .deleteComponent(a),
      .unlist(x, [a]),
      .unlist(x, [a, b]), .unlist(x, []),
      .schema(.createTable(design)), .schema(.addColumns(table: t, [column])),
      .schema(.addColumns(table: t, [])), .schema(.createKey(key, table: t)),
      .schema(.dropKey(key.id, table: t)), .schema(.activateKey(key, table: t)),
      .schema(.dropColumns(table: t, [a, b])), .schema(.dropColumns(table: t, [b, a])),
      .schema(.dropColumns(table: u, [a, b])), .schema(.dropTable(t)), .schema(.dropTable(u)),
      .schema(.discardColumns(table: t, [a, b])), .schema(.discardTable(t)),
      .schema(.restoreTable(design, 1, columns: [])),
      .schema(.restoreTable(design, 2, columns: [])),
      .schema(.restoreTable(design, 1, columns: [ColumnIncarnation(column: a, id: 3)])),
      .schema(.restoreTable(design, 1, columns: [ColumnIncarnation(column: a, id: 4)])),
      .schema(.restoreColumn(a, table: t, 1)), .schema(.restoreColumn(a, table: t, 2)),
      .schema(.purge(1, of: a)), .schema(.purge(2, of: a)), .schema(.purge(1, of: b)),
    ]
    let all = seeds + seeds.flatMap { Self.variants(of: $0) }
    let prints = all.map { plan([$0]).fingerprint }
    for place in all.indices {
      for other in all.indices.dropFirst(place + 1) {
        #expect(
          (all[place] == all[other]) == (prints[place] == prints[other]),
          "\(all[place]) and \(all[other])"
        )
      }
    }
    #expect(all.count > 70)
  }

  /// The same effect with one field changed, each field once.
  private static func variants(of effect: Plan.Effect) -> [Plan.Effect] {
    switch effect {
    case .putPublisher(let publisher):
      func with(
        _ name: String? = nil,
        _ label: String? = nil,
        _ prefix: String? = nil,
        _ option: Int? = nil
      ) -> Plan.Effect {
        .putPublisher(
          Publisher(
            name: name.map { PublisherName($0) } ?? publisher.name,
            displayName: label ?? publisher.displayName,
            prefix: prefix ?? publisher.prefix,
            optionValuePrefix: option ?? publisher.optionValuePrefix
          )
        )
      }
      return [with("other"), with(nil, "other"), with(nil, nil, "other"), with(nil, nil, nil, 77)]
    case .putSolution(let solution): return variants(of: solution).map { .putSolution($0) }
    case .putLayer(let layer): return variants(of: layer).map { .putLayer($0) }
    case .schema(.createTable(let design)):
      return variants(of: design).map { .schema(.createTable($0)) }
    case .schema(.addColumns(let table, let columns)):
      return columns.flatMap { variants(of: $0) }.map {
        .schema(.addColumns(table: table, [$0]))
      }
    default: return []
    }
  }

  private static func variants(of solution: InstalledSolution) -> [InstalledSolution] {
    guard let other = SolutionName("Other"), let version = SolutionVersion("9.9") else { return [] }
    func with(
      id: GUID? = nil,
      isManaged: Bool? = nil,
      block: Int? = nil
    ) -> InstalledSolution {
      InstalledSolution(
        id: id ?? solution.id,
        name: solution.name,
        displayName: solution.displayName,
        version: solution.version,
        isManaged: isManaged ?? solution.isManaged,
        publisher: solution.publisher,
        role: solution.role,
        block: block ?? solution.block,
        members: solution.members
      )
    }
    return [
      solution.with(name: other), solution.with(version: version),
      solution.with(displayName: "Other"), solution.with(role: .patch(of: other)),
      solution.with(role: .holding(of: other)), solution.with(publisher: PublisherName("Other")),
      solution.with(members: solution.members.union([.entity("other")])),
      with(id: GUID("0a1b2c3d-0000-4000-8000-0000000000ff")), with(isManaged: !solution.isManaged),
      with(block: solution.block + 1),
    ]
  }

  private static func variants(of layer: Layer) -> [Layer] {
    guard let other = SolutionName("Other"), let version = SolutionVersion("9.9") else { return [] }
    func with(_ rank: LayerRank) -> Layer {
      Layer(
        solution: layer.solution,
        publisher: layer.publisher,
        rank: rank,
        component: layer.component
      )
    }
    func with(
      id: ComponentID? = nil,
      name: String? = nil,
      displayName: String? = nil,
      parent: ComponentID? = nil,
      definition: Definition? = nil,
      location: Location? = nil,
      isUnmodified: Bool? = nil,
      isReference: Bool? = nil
    ) -> Layer {
      let component = layer.component
      return Layer(
        solution: layer.solution,
        publisher: layer.publisher,
        rank: layer.rank,
        component: Component(
          id: id ?? component.id,
          name: name ?? component.name,
          displayName: displayName ?? component.displayName,
          parent: parent ?? component.parent,
          definition: definition ?? component.definition,
          location: location ?? component.location,
          isUnmodified: isUnmodified ?? component.isUnmodified,
          isReference: isReference ?? component.isReference
        )
      )
    }
    return [
      Layer(
        solution: other,
        publisher: layer.publisher,
        rank: layer.rank,
        component: layer.component
      ),
      Layer(
        solution: layer.solution,
        publisher: PublisherName("Other"),
        rank: layer.rank,
        component: layer.component
      ),
      with(.system), with(.active), with(.managed(block: 7, place: .base)),
      with(.managed(block: 7, guest: 8, place: .base)),
      with(.managed(block: 7, place: .patch(version))), with(.managed(block: 7, place: .holding)),
      with(id: .entity("other")), with(name: "Other"), with(displayName: "Other"),
      with(parent: .entity("other")), with(definition: Assumed.definition),
      with(location: Location(file: "other", line: layer.component.location.line)),
      with(location: Location(file: layer.component.location.file, line: 99)),
      with(isUnmodified: !layer.component.isUnmodified),
      with(isReference: !layer.component.isReference),
    ]
  }

  private static func variants(of design: TableDesign) -> [TableDesign] {
    func with(
      id: ComponentID? = nil,
      name: String? = nil,
      primaryKey: String? = nil,
      columns: [ColumnDesign]? = nil,
      pair: [String]? = nil,
      keys: [KeyDesign]? = nil
    ) -> TableDesign {
      TableDesign(
        id: id ?? design.id,
        name: name ?? design.name,
        primaryKey: primaryKey ?? design.primaryKey,
        columns: columns ?? design.columns,
        pair: pair ?? design.pair,
        keys: keys ?? design.keys
      )
    }
    return [
      with(id: .entity("other")), with(name: "other"), with(primaryKey: "other"),
      with(columns: []), with(pair: []), with(pair: design.pair.reversed()), with(keys: []),
      with(keys: design.keys.map { KeyDesign(id: $0.id, columns: ["other"], folded: []) }),
      with(keys: design.keys.map { KeyDesign(id: $0.id, columns: $0.columns, folded: ["a"]) }),
      with(
        keys: design.keys.map {
          KeyDesign(id: .entityKey("t", "other"), columns: $0.columns, folded: [])
        }
      ),
    ]
      + design.columns.flatMap { variants(of: $0) }.map { with(columns: [$0]) }
  }

  private static func variants(of column: ColumnDesign) -> [ColumnDesign] {
    func with(
      _ id: ComponentID?,
      _ name: String,
      _ storage: ColumnType.Storage,
      _ companion: ColumnDesign.Companion?
    ) -> ColumnDesign {
      ColumnDesign(id: id, name: name, storage: storage, companion: companion)
    }
    let (id, name, storage, companion) = (
      column.id, column.name, column.storage, column.companion
    )
    return [
      with(nil, name, storage, companion), with(.entity("other"), name, storage, companion),
      with(id, "other", storage, companion), with(id, name, .integer, companion),
      with(id, name, .real, companion), with(id, name, .decimal, companion),
      with(id, name, .blob, companion), with(id, name, storage, .type),
      with(id, name, storage, .name),
    ]
  }
}
