/// What becomes of data, or of a key over it, where no change of a component says so.
package struct DataStep: Equatable, Sendable {
  package enum Action: String, CaseIterable, Sendable {
    /// Values come out of the trash, to a component that is there.
    case restore
    /// What lies in the trash is deleted for good.
    case purge
    /// The index of a key is made once more.
    case activate
  }

  package let action: Action
  package let component: ComponentID
  /// In the trash; nil for a key.
  package let entry: Incarnation.ID?
  /// Rows, pairs or values of the entry; nil for a key, and where nobody counted.
  package let count: Int?
  /// Rows, pairs or values that go into the trash in their place; nil where none can, and where nobody counted.
  package let replaced: Int?
}

/// What was counted of data steps.
package struct DataCounts: Equatable, Sendable {
  /// By number in the trash.
  package var lying: [Incarnation.ID: Int]
  /// In components as they are.
  package var present: [ComponentID: Int]

  package init(lying: [Incarnation.ID: Int] = [:], present: [ComponentID: Int] = [:]) {
    self.lying = lying
    self.present = present
  }
}

extension Plan {
  /// In the order in which they are done; what is added has its data told with it.
  package var dataSteps: [DataStep] {
    let added = Set(changes.filter { $0.action == .add }.map(\.id))
    return effects.compactMap { effect -> DataStep? in
      guard case .schema(let change) = effect else { return nil }
      switch change {
      case .restoreTable(let design, let entry, columns: _): return restoring(design.id, entry)
      case .restoreColumn(let column, table: _, let entry): return restoring(column, entry)
      case .purge(let entry, of: let component):
        return DataStep(
          action: .purge,
          component: component,
          entry: entry,
          count: dataCounts.lying[entry],
          replaced: nil
        )
      case .activateKey(let key, table: _):
        return DataStep(
          action: .activate,
          component: key.id,
          entry: nil,
          count: nil,
          replaced: nil
        )
      default: return nil
      }
    }.filter { $0.action != .restore || !added.contains($0.component) }
  }

  private func restoring(_ component: ComponentID, _ entry: Incarnation.ID) -> DataStep {
    DataStep(
      action: .restore,
      component: component,
      entry: entry,
      count: dataCounts.lying[entry],
      replaced: dataCounts.present[component]
    )
  }

  /// The same with what its data steps are about, counted.
  package func counting(data counts: DataCounts) -> Plan {
    var plan = self
    plan.dataCounts = counts
    return plan
  }
}
