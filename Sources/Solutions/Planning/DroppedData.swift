/// What was dropped and comes back: what becomes of its values.
package enum DroppedData: Equatable, Sendable {
  /// Nobody looks; what comes is empty.
  case unasked
  /// They come back where they can.
  case returned(Trashed)
  /// They stay in the trash, and the plan says where.
  case left(Trashed)

  package var trashed: Trashed? {
    switch self {
    case .unasked: nil
    case .returned(let trashed), .left(let trashed): trashed
    }
  }

  /// The same about what a store has found.
  package func with(_ trashed: Trashed) -> DroppedData {
    switch self {
    case .unasked: .unasked
    case .returned: .returned(trashed)
    case .left: .left(trashed)
    }
  }
}

/// The newest of what lies in the trash of each of some components.
package struct Trashed: Equatable, Sendable {
  package struct Entry: Equatable, Sendable {
    package let incarnation: Incarnation.ID
    /// A column can come back only into the table that its values were written into.
    package let isInPlace: Bool

    package init(incarnation: Incarnation.ID, isInPlace: Bool) {
      self.incarnation = incarnation
      self.isInPlace = isInPlace
    }
  }

  package var entries: [ComponentID: Entry]
  /// Values of columns that were dropped with their table and are part of its entry.
  package var columns: [ComponentID: Incarnation.ID]
  /// What stood when they were dropped, as far as it says of what type they are.
  package var former: InstalledState

  package init(
    entries: [ComponentID: Entry] = [:],
    columns: [ComponentID: Incarnation.ID] = [:],
    former: InstalledState = InstalledState()
  ) {
    self.entries = entries
    self.columns = columns
    self.former = former
  }
}

extension Plan {
  /// Components that get a place for values.
  package var given: Set<ComponentID> {
    effects.reduce(into: []) { given, effect in
      switch effect {
      case .schema(.createTable(let design)):
        given.insert(design.id)
        given.formUnion(design.columns.compactMap(\.id))
      case .schema(.addColumns(_, let columns)): given.formUnion(columns.compactMap(\.id))
      default: break
      }
    }
  }
}

extension Planner {
  /// Which values of the trash come back with what the step brings (docs/decisions/047).
  ///
  /// - Parameter effects: those of the step.
  mutating func takeBack(after effects: ArraySlice<Plan.Effect>) {
    guard let trashed = options.dropped.trashed, !trashed.entries.isEmpty else { return }
    let coming = Set(effects.flatMap(\.components)).filter { id in
      before.stacks[id] == nil && step.start.stacks[id] == nil && state.stacks[id] != nil
        && trashed.entries[id] != nil
    }
    var returning: [ComponentID: Incarnation.ID] = [:]
    for id in coming.sorted() {
      guard let entry = trashed.entries[id] else { continue }
      if let reason = obstacle(to: id, entry, trashed) {
        tell(staying(id, entry, reason))
      } else if case .left = options.dropped {
        tell(left(id, entry))
      } else {
        returning[id] = entry.incarnation
      }
    }
    for (id, incarnation) in returning {
      step.former[id] = Incarnation(id: incarnation)
      if kinds[id.type].physical == .table { takeBack(columnsOf: id, trashed) }
    }
    if !returning.isEmpty { tell(comingBack(returning)) }
  }

  /// With its rows a table has the columns again that went with it, where they are of the type of then.
  private mutating func takeBack(columnsOf table: ComponentID, _ trashed: Trashed) {
    for (column, incarnation) in trashed.columns.sorted(by: { $0.key < $1.key })
    where column.tableAndColumn?.table == table.key && state.stacks[column] != nil {
      guard let mismatch = mismatch(of: column, trashed) else {
        step.former[column] = Incarnation(id: incarnation)
        continue
      }
      let entry = Trashed.Entry(incarnation: incarnation, isInPlace: true)
      tell(staying(column, entry, mismatch))
    }
  }

  /// Why values cannot come back; nil where they can.
  private func obstacle(
    to id: ComponentID,
    _ entry: Trashed.Entry,
    _ trashed: Trashed
  ) -> String? {
    switch kinds[id.type].physical {
    case .column:
      guard entry.isInPlace else { return "they lie in a former table of the same name" }
      return mismatch(of: id, trashed)
    case .relationship:
      let (old, new) = (trashed.former.design(ofIntersect: id), state.design(ofIntersect: id))
      return old?.name == new?.name && old?.pair == new?.pair
        ? nil : "the pairs are those of \(old?.name ?? "another relationship")"
    case .table, .key, .none: return nil
    }
  }

  private func mismatch(of id: ComponentID, _ trashed: Trashed) -> String? {
    guard let old = trashed.former.column(id, kinds: kinds)?.type,
      let new = state.column(id, kinds: kinds)?.type, !new.reads(old)
    else { return nil }
    return "they are of the type \(old.title), and it is of the type \(new.title) now"
  }

  // MARK: Words

  private func data(of id: ComponentID) -> String {
    switch kinds[id.type].physical {
    case .table: "rows"
    case .relationship: "pairs"
    case .column, .key, .none: "values"
    }
  }

  private func comingBack(_ returning: [ComponentID: Incarnation.ID]) -> DataReturns {
    let sorted = returning.sorted { $0.key < $1.key }
    return DataReturns(
      entries: sorted.map {
        DataReturns.Entry(component: named($0.key), incarnation: $0.value)
      },
      data: sorted.first.map { data(of: $0.key) } ?? ""
    )
  }

  private func left(_ id: ComponentID, _ entry: Trashed.Entry) -> DataLeft {
    DataLeft(component: named(id), incarnation: entry.incarnation, data: data(of: id))
  }

  private func staying(
    _ id: ComponentID,
    _ entry: Trashed.Entry,
    _ reason: String
  ) -> DataStays {
    DataStays(
      component: named(id),
      incarnation: entry.incarnation,
      data: data(of: id),
      obstacle: reason
    )
  }
}
