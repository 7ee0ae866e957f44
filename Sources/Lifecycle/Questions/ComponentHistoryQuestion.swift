package import SolutionStore
package import Solutions

/// What each layer of a component has said over time, and which operations wrote what it says now.
package struct ComponentHistoryQuestion: Question {
  private let id: ComponentID
  /// nil is now.
  private let revision: Int?

  package init(of id: ComponentID, asOf revision: Int? = nil) {
    self.id = id
    self.revision = revision
  }

  /// - Throws: `StoreError.noSuchRevision` for an operation that is yet to come.
  package func answer(from store: StoreReader) throws -> ComponentHistory {
    let layers = try store.layerHistories(of: id, at: revision)
    let setting = try store.settingOperation(of: id, at: revision)
    let wanted =
      layers.values.compactMap { $0.statements.last?.operation } + (setting.map { [$0] } ?? [])
    let operations = try OperationsQuestion(Set(wanted)).answer(from: store)
    return ComponentHistory(
      layers: layers,
      written: layers.compactMapValues { $0.statements.last.flatMap { operations[$0.operation] } },
      setting: setting.flatMap { operations[$0] }
    )
  }
}
