package import Hashing

/// What an operation would do, decided beforehand; the only way to change an environment.
///
/// `apply` performs `effects`, in order, and looks at nothing else; the rest is for people.
package struct Plan: Sendable {
  /// The state it was made from; it is refused on any other.
  package let base: Base
  package let packages: [PlannedPackage]
  package let effects: [Effect]
  /// Sorted: delete, dereference, add, change; then kind, then name.
  package private(set) var changes: [Change]
  /// Components that the packages carry and that stay as they are.
  package let unchanged: Int
  package let solutions: [SolutionChange]
  package internal(set) var findings: [Finding]
  /// Packages as `Name version`, where they are taken in another order than the one given.
  package internal(set) var order: [String]?
  /// Publishers that are made, changed or taken back for themselves, without a package of theirs.
  package internal(set) var publishers: [PublisherChange] = []
  /// What unmanaged solutions list, list no longer or in another way, where no change and no package says it.
  package internal(set) var members: [MemberChange] = []
  /// The environment whose facts it rests on; nil where it rests on none.
  package internal(set) var facts: FactsOrigin?
  /// Values of rows that are as they were before some operation, or as it made them.
  package internal(set) var turns: [ValueTurn] = []
  var dataCounts = DataCounts()

  package struct Base: Equatable, Sendable {
    package let environment: String
    package let revision: Int
  }

  package static func nothing(on environment: String, _ revision: Int) -> Plan {
    Plan(
      base: Base(environment: environment, revision: revision),
      packages: [],
      effects: [],
      changes: [],
      unchanged: 0,
      solutions: [],
      findings: []
    )
  }

  /// Whether nothing refuses it.
  package var isApplicable: Bool { !findings.contains { $0.severity == .error } }
}

extension Plan {
  package enum Action: String, CaseIterable, Sendable {
    case install
    case upgrade
    /// To a version that was here before (docs/decisions/047).
    case downgrade
    case stage
    case update
    case patch
    case applyUpgrade = "apply-upgrade"
    case discard
    case uninstall
  }

  package struct PlannedPackage: Sendable {
    package let name: SolutionName
    package let version: SolutionVersion
    package let digest: SHA256Digest?
    package let file: String?
    package let isManaged: Bool
    package let publisher: PublisherName
    package let action: Action
    package let from: SolutionVersion?
  }

  package struct PublisherChange: Sendable {
    package let before: Publisher?
    package let after: Publisher?
  }

  package struct MemberChange: Sendable {
    package enum Action: Sendable {
      case added
      case removed
      /// Another part of it is listed.
      case changed
    }

    package let solution: SolutionName
    package let component: NamedComponent
    package let action: Action
    /// From now on or, of what is removed, until now; nil where nobody has said it.
    package let behavior: RootComponent.Behavior?
  }

  package struct SolutionChange: Sendable {
    package let name: SolutionName
    package let before: SolutionVersion?
    package let after: SolutionVersion?
  }

  /// One thing that apply does; a new effect is a new case, and the compiler names every place that must know it.
  package enum Effect: Equatable, Sendable {
    case putPublisher(Publisher)
    case removePublisher(PublisherName)
    /// By name: adds the row or replaces it.
    case putSolution(InstalledSolution)
    case removeSolution(SolutionName)
    /// At its place; a layer of the same solution is replaced.
    case putLayer(Layer)
    case removeLayer(ComponentID, SolutionName)
    /// Whether the environment refuses unmanaged work (E-6).
    case blockUnmanaged(Bool)
    /// nil forgets it.
    case set(ComponentID, Setting?)
    /// What a live environment told, which layers without content rest on; nil forgets it.
    case tell(FactsIndex?)
    /// All its layers, its draft and its setting; who lists it is for others to say, and what becomes of its data is a
    /// schema change.
    case deleteComponent(ComponentID)
    /// Members that the solution lists no longer.
    case unlist(SolutionName, Set<ComponentID>)
    case schema(SchemaChange)
  }
}

extension Plan {
  /// Components that an effect changes, members of changed solutions aside.
  package var touchedComponents: Set<ComponentID> { Set(effects.flatMap(\.components)) }

  /// The same with what is lost, counted.
  package func counting(_ counts: RowCounts, kinds: ComponentKinds) -> Plan {
    var plan = self
    plan.changes = changes.map { change in
      // Only what of many-to-many relationships is lost is not known before it is counted.
      change.action == .delete
        && (change.dataLoss != nil || kinds[change.id.type].physical == .relationship)
        ? change.losing(DataLoss(of: change.id, counts, kinds: kinds)) : change
    }
    return plan
  }

  /// Values that come out of the trash with what is added.
  package var returning: [ComponentID: Incarnation.ID] {
    let added = Set(changes.filter { $0.action == .add }.map(\.id))
    var returning: [ComponentID: Incarnation.ID] = [:]
    for case .schema(let change) in effects {
      switch change {
      case .restoreTable(let design, let id, let columns):
        returning[design.id] = id
        for column in columns { returning[column.column] = column.id }
      case .restoreColumn(let column, table: _, let id): returning[column] = id
      default: continue
      }
    }
    return returning.filter { added.contains($0.key) }
  }

  /// The same with how much comes back, counted.
  package func counting(returned: [ComponentID: Int]) -> Plan {
    var plan = self
    plan.changes = changes.map { change in
      guard change.action == .add, let count = returned[change.id] else { return change }
      let isColumn = change.id.tableAndColumn != nil
      return change.returning(
        DataLoss(rows: isColumn ? nil : count, values: isColumn ? count : nil)
      )
    }
    return plan
  }

  /// The same with what an environment has no room for; each is told once.
  package func telling(_ more: [Finding]) -> Plan {
    var plan = self
    let told = Set(findings.map { [$0.code, $0.subject] })
    plan.findings = (findings + more.filter { !told.contains([$0.code, $0.subject]) }).sorted()
    return plan
  }

  /// The same with what rows say to the questions of its findings.
  package func answered(_ counts: [RowQuestion: Int]) -> Plan {
    var plan = self
    plan.findings = findings.map { $0.answered(counts) }.filter { !$0.isMoot }.sorted()
    return plan
  }

  /// Whether the environment is to refuse unmanaged work from now on, or no longer; nil leaves that as it is.
  package var blocksUnmanaged: Bool? {
    effects.reversed().lazy.compactMap { effect in
      if case .blockUnmanaged(let isBlocked) = effect { isBlocked } else { nil }
    }.first
  }

  /// Deletions that nobody has agreed to, in the order of the plan.
  package func deletions(without consent: Consent) -> [Change] {
    let deletions = changes.filter { $0.action == .delete }
    let named = Set(deletions.filter { consent.covers($0) }.map(\.id))
    return deletions.filter { change in
      !named.contains(change.id) && !(change.parent.map { named.contains($0) } ?? false)
    }
  }
}

extension Plan.Effect {
  /// What it does to tables; nil for what does nothing to them.
  package var schemaChange: SchemaChange? {
    if case .schema(let change) = self { change } else { nil }
  }

  /// The component that it is about.
  var components: [ComponentID] {
    switch self {
    case .putLayer(let layer): [layer.component.id]
    case .removeLayer(let id, _), .set(let id, _), .deleteComponent(let id): [id]
    case .putPublisher, .removePublisher, .putSolution, .removeSolution, .unlist, .blockUnmanaged,
      .tell, .schema:
      []
    }
  }
}

/// What may be destroyed: everything, or what is named; a component's consent covers its parts.
package struct Consent: Equatable, Sendable {
  package let isAll: Bool
  /// `Kind:name`, compared without regard to case.
  private let names: Set<String>
  private let kinds: ComponentKinds

  package init(isAll: Bool = false, names: [String] = [], kinds: ComponentKinds = .standard) {
    self.isAll = isAll
    self.names = Set(names.map { $0.lowercased() })
    self.kinds = kinds
  }

  package static let none = Consent()
  package static let all = Consent(isAll: true)

  package static func == (left: Consent, right: Consent) -> Bool {
    left.isAll == right.isAll && left.names == right.names
  }

  func covers(_ change: Change) -> Bool {
    isAll || names.contains("\(kinds[change.id.type].name):\(change.name)".lowercased())
      || names.contains("\(kinds[change.id.type].name):\(change.id.key)".lowercased())
  }
}
