/// What becomes of one component, for people and reports.
package struct Change: Equatable, Sendable {
  package enum Action: Int, CaseIterable, Comparable, Sendable {
    /// The component goes, with its data.
    case delete
    /// Only this solution's layer or membership goes.
    case dereference
    case add
    case change

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  package enum Draft: String, Sendable {
    /// What is told waits until it is published (LC-331).
    case saved
    case published
    case discarded
  }

  package let action: Action
  package let id: ComponentID
  package let name: String
  package let displayName: String?
  package let parent: ComponentID?
  /// What people call the whole that it is a part of.
  package let parentName: String?
  package let solution: SolutionName
  /// Layers that hide what is written, topmost first; empty when it shows.
  package let maskedBy: [SolutionName]
  /// Whether the effective values are known whole; otherwise they are what differences say of a base not known here.
  package let isBaseKnown: Bool
  package let properties: [PropertyChange]
  /// Of the weightiest property, whether it shows or is hidden; of what comes or goes, what that weighs.
  package let impact: Impact
  /// Whether a layer is put, moved or taken without effect: it decides who is on top later.
  package let isLayerOnly: Bool
  /// Whether it is stated for the first time over a base that is not known here.
  package let isFirstStatement: Bool
  package private(set) var dataLoss: DataLoss?
  /// What comes out of the trash with it; nil where nothing does, or nobody counted.
  package private(set) var dataReturn: DataLoss?
  /// What becomes of the component's draft; nil where it stays as it is, or goes with the component.
  package let draft: Draft?
  package let reason: Reason
  /// Where the new definition, or the last one, stands.
  package let at: Location?

  package var isMasked: Bool { !maskedBy.isEmpty }

  /// Whether before and after are two spellings of the same.
  package var isRespelling: Bool {
    action == .change && !properties.isEmpty && !isMasked
      && properties.allSatisfy { $0.generation == .same }
  }

  func losing(_ loss: DataLoss?) -> Change {
    var change = self
    change.dataLoss = loss
    return change
  }

  func returning(_ data: DataLoss) -> Change {
    var change = self
    change.dataReturn = data
    return change
  }
}

extension Change: Comparable {
  /// As the contract sorts them; changes of one component stay in the order of their packages.
  package static func < (left: Change, right: Change) -> Bool {
    TellingOrder(left.action, left.id, left.name) < TellingOrder(right.action, right.id, right.name)
  }
}

extension [Change] {
  /// The same as `sorted()`, without moving what is large more than once.
  var inTellingOrder: [Change] {
    let order = indices.map { TellingOrder(self[$0].action, self[$0].id, self[$0].name, at: $0) }
      .sorted()
    return order.lazy.map(\.position).elementsEqual(indices)
      ? self : order.map { self[$0.position] }
  }
}

/// Where an entry stands among those of a plan or a difference: by action, then kind, then name.
struct TellingOrder: Comparable {
  private let action: Change.Action
  private let id: ComponentID
  private let name: String
  /// Where it stood before; what is alike stays in order.
  let position: Int

  init(_ action: Change.Action, _ id: ComponentID, _ name: String, at position: Int = 0) {
    self.action = action
    self.id = id
    self.name = name
    self.position = position
  }

  static func < (left: Self, right: Self) -> Bool {
    if left.action != right.action { return left.action < right.action }
    if left.id.type != right.id.type { return left.id.type < right.id.type }
    if left.name != right.name { return left.name < right.name }
    return left.id.key == right.id.key
      ? left.position < right.position : left.id.key < right.id.key
  }
}

/// A property before and after: as the solution states it, and as it is in effect.
package struct PropertyChange: Equatable, Sendable {
  package let path: String
  /// The path in names of a form's parts; nil where it says no more than `path`.
  package var words: String?
  package let before: String?
  package let after: String?
  package let effectiveBefore: String?
  package let effectiveAfter: String?
  package var impact = Impact.behavior
  /// What only the generation of the exporter explains; nil for all else.
  package var generation: Generation?
  /// What becomes of a secret, whose values are digests, or only told to be set; nil for all else.
  package var secret: SecretChange?

  init(
    path: String,
    words: String? = nil,
    before: String?,
    after: String?,
    effectiveBefore: String?,
    effectiveAfter: String?
  ) {
    self.path = path
    self.words = words
    self.before = before
    self.after = after
    self.effectiveBefore = effectiveBefore
    self.effectiveAfter = effectiveAfter
  }

  /// Of what nothing else has a say in.
  package init(_ change: PropertyChanges.Change) {
    self.init(
      path: change.path,
      words: change.words,
      before: change.before,
      after: change.after,
      effectiveBefore: change.before,
      effectiveAfter: change.after
    )
  }

  /// Weighed as its kind says; what only the exporter's generation explains weighs nothing.
  func weighed(_ impacts: Impacts) -> PropertyChange {
    var change = self
    change.impact = generation == nil ? impacts(path) : .metadata
    return change
  }

  package enum SecretChange: String, CaseIterable, Sendable {
    case set
    case changed
    case unchanged
    case unset
  }

  package enum Generation: Sendable {
    /// Two spellings of the same.
    case same
    /// Likely so, or nothing that acts.
    case likely
  }
}

/// What is lost with a table or a column; nil where nobody counted.
package struct DataLoss: Equatable, Sendable {
  package let rows: Int?
  package let values: Int?

  package init(rows: Int?, values: Int?) {
    self.rows = rows
    self.values = values
  }

  /// nil for what has no data of its own.
  init?(of id: ComponentID, _ counts: RowCounts, kinds: ComponentKinds) {
    switch kinds[id.type].physical {
    // What the system brings stays.
    case .table where SystemBaseline.contains(id): return nil
    case .column where SystemBaseline.holds(id): return nil
    case .table: self.init(rows: counts.rows[id], values: nil)
    case .column: self.init(rows: nil, values: counts.values[id])
    case .relationship:
      // Only many-to-many ones have rows of their own.
      guard let rows = counts.rows[id] else { return nil }
      self.init(rows: rows, values: nil)
    case .key, .none: return nil
    }
  }
}

/// Rows and values per table and column, counted elsewhere or in an environment.
package struct RowCounts: Equatable, Sendable {
  package var rows: [ComponentID: Int]
  package var values: [ComponentID: Int]

  package init(rows: [ComponentID: Int] = [:], values: [ComponentID: Int] = [:]) {
    self.rows = rows
    self.values = values
  }

  /// The same where the other says nothing.
  package func overlaid(by other: RowCounts) -> RowCounts {
    RowCounts(
      rows: rows.merging(other.rows) { $1 },
      values: values.merging(other.values) { $1 }
    )
  }
}

extension Change.Action {
  /// As it is spelled in documents.
  package var word: String {
    switch self {
    case .delete: "delete"
    case .dereference: "dereference"
    case .add: "add"
    case .change: "change"
    }
  }
}
