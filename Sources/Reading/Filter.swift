package import Solutions

/// What of a plan is asked for: all conditions hold together.
///
/// It changes what is shown, never what is decided.
package struct ReadingFilter: Sendable {
  package enum Action: String, CaseIterable, Sendable {
    case delete
    case dereference
    case add
    case change
    case masked
  }

  package var actions: Set<Action>
  /// Wire or spoken, each resolved by the face.
  package var kinds: Set<String>
  /// Logical names of tables, in lower case: the table and all its parts.
  package var tables: Set<String>
  /// Addresses in lower case: `attribute:fab_thing.fab_name`.
  package var components: Set<String>
  package var impacts: Set<Impact>

  package init(
    actions: Set<Action> = [],
    kinds: Set<String> = [],
    tables: Set<String> = [],
    components: Set<String> = [],
    impacts: Set<Impact> = []
  ) {
    self.actions = actions
    self.kinds = kinds
    self.tables = tables
    self.components = components
    self.impacts = impacts
  }

  package var isEmpty: Bool {
    actions.isEmpty && kinds.isEmpty && tables.isEmpty && components.isEmpty && impacts.isEmpty
  }

  package func takes(_ entry: ReadableEntry) -> Bool {
    (actions.isEmpty || actions.contains { $0.takes(entry) })
      && (kinds.isEmpty || kinds.contains(entry.kind))
      && (impacts.isEmpty || impacts.contains(entry.impact))
      && (components.isEmpty || components.contains(entry.address.lowercased()))
      && (tables.isEmpty || tables.contains(entry.table ?? ""))
  }
}

extension ReadingFilter.Action {
  fileprivate func takes(_ entry: ReadableEntry) -> Bool {
    switch self {
    case .delete: entry.action == .delete
    case .dereference: entry.action == .dereference
    case .add: entry.action == .add
    case .change: entry.action == .change
    case .masked: !entry.maskedBy.isEmpty
    }
  }
}

extension ReadableEntry {
  /// The logical name of the table that it is or is a part of, in lower case; nil for what belongs to none.
  package var table: String? {
    if isTable { return name.lowercased() }
    guard let parent, parent.hasPrefix("Entity:") else { return nil }
    return parent.droppingKind.lowercased()
  }
}
