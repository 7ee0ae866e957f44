extension Plan {
  /// Gives columns and tables the values that lie in the trash; those that they have now go there instead.
  ///
  /// Of a table what fits comes back, and the rest stays where it is; a column by itself fits, or all is refused.
  ///
  /// - Parameters:
  ///   - ids: what is named; columns among them come back with their table, too.
  ///   - former: what stood when they were dropped, with the values of then.
  ///   - state: with the components, their tables and the tables' columns and keys.
  package static func restoringTrash(
    of ids: [ComponentID],
    former: InstalledState,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    for id in ids {
      guard state.stacks[id] != nil else {
        planner.tell(NothingToRestore(component: planner.named(id)))
        continue
      }
      planner.step.former[id] = former.incarnations[id]
      switch kinds[id.type].physical {
      case .column: planner.tellOtherType(of: id, former)
      case .table: planner.takeColumns(of: id, except: Set(ids), former)
      case .relationship: planner.tellOtherPairs(of: id, former)
      case .key, .none: break
      }
    }
    return planner.plan()
  }

  /// Takes what lies in the trash away for good.
  ///
  /// - Parameters:
  ///   - ids: what is named.
  ///   - trash: all that lies there.
  package static func purgingTrash(
    _ ids: Set<Incarnation.ID>,
    among trash: [TrashRow],
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    // What lies in a table goes with it.
    let alone = trash.filter { ids.contains($0.id) && !$0.lies(in: ids) }
    for row in alone.sorted(by: { $0.id < $1.id }) {
      planner.perform(.schema(.purge(row.id, of: row.component)))
    }
    return planner.plan()
  }
}

extension Planner {
  /// Columns that went with their table come back with it where they fit; the others get a number of their own.
  ///
  /// - Parameter named: what comes back, or is refused, by itself.
  fileprivate mutating func takeColumns(
    of table: ComponentID,
    except named: Set<ComponentID>,
    _ former: InstalledState
  ) {
    for (id, incarnation) in former.incarnations.sorted(by: { $0.key < $1.key })
    where id.tableAndColumn?.table == table.key && !named.contains(id) && !incarnation.isPurged {
      guard let obstacle = obstacle(to: id, former) else {
        step.former[id] = incarnation
        continue
      }
      tell(
        DataStays(
          component: self.named(id),
          incarnation: incarnation.id,
          data: "values",
          obstacle: obstacle
        )
      )
    }
  }

  private func obstacle(to id: ComponentID, _ former: InstalledState) -> String? {
    guard let new = state.column(id, kinds: kinds)?.type else { return "the column is not there" }
    guard let old = former.column(id, kinds: kinds)?.type, !new.reads(old) else { return nil }
    return "they are of the type \(old.title), and it is of the type \(new.title) now"
  }

  /// Values stay as they were written, so the column must be of the type that they were written for.
  fileprivate mutating func tellOtherType(of id: ComponentID, _ former: InstalledState) {
    guard kinds[id.type].physical == .column,
      let old = former.column(id, kinds: kinds)?.type,
      let new = state.column(id, kinds: kinds)?.type, !new.reads(old)
    else { return }
    tell(ValuesOfOtherType(column: named(id), before: old.title, after: new.title))
  }

  /// Pairs of rows come back between the same tables, under the same name, or not at all.
  fileprivate mutating func tellOtherPairs(of id: ComponentID, _ former: InstalledState) {
    guard kinds[id.type].physical == .relationship,
      let old = former.design(ofIntersect: id),
      state.design(ofIntersect: id).map({ $0.name != old.name || $0.pair != old.pair }) ?? true
    else { return }
    tell(
      PairsOfOtherTables(
        relationship: named(id),
        before: PairsOfOtherTables.Pair(name: old.name, columns: old.pair),
        after: state.design(ofIntersect: id).map {
          PairsOfOtherTables.Pair(name: $0.name, columns: $0.pair)
        }
      )
    )
  }

  /// What was purged does not come back with its component.
  mutating func tellPurged() {
    for (id, wanted) in step.former.sorted(by: { $0.key < $1.key })
    where wanted.isPurged && state.stacks[id] != nil {
      let isAnew = before.incarnations[id] != nil && before.incarnations[id] != wanted
      tell(DataPurged(component: named(id), isMadeAnew: isAnew))
    }
  }
}

extension [TrashRow] {
  /// What purging some of it takes away: that, and what was dropped from a table before the table was.
  package func purged(with ids: Set<Incarnation.ID>) -> [TrashRow] {
    filter { ids.contains($0.id) || $0.lies(in: ids) }
  }
}

extension TrashRow {
  fileprivate func lies(in tables: Set<Incarnation.ID>) -> Bool {
    place.map { tables.contains($0) } ?? false
  }
}
