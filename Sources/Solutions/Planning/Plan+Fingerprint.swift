internal import Hashing

extension Plan {
  /// Tells plans apart: equal exactly when effects and base are equal, so that equal ones do the same to the same state.
  ///
  /// Begins with the way in which it is made. Each effect gives a fixed tag and its fields, so that no name in the code
  /// is part of it.
  package var fingerprint: String {
    var hasher = FieldHasher(Self.fingerprintTag)
    hasher.add(base.environment)
    hasher.add(base.revision)
    hasher.add(effects.count)
    for effect in effects { hasher.add(effect) }
    return "\(Self.fingerprintTag):\(hasher.finish())"
  }

  private static let fingerprintTag = "strata.plan/2"
}

extension FieldHasher {
  fileprivate mutating func add(_ effect: Plan.Effect) {
    switch effect {
    case .putPublisher(let publisher):
      add("put-publisher")
      add(publisher)
    case .removePublisher(let name):
      add("remove-publisher")
      add(name)
    case .putSolution(let solution):
      add("put-solution")
      add(solution.id.description)
      add(solution) { $0 }
    case .removeSolution(let name):
      add("remove-solution")
      add(name)
    case .putLayer(let layer):
      add("put-layer")
      addWhole(layer)
    case .removeLayer(let id, let solution):
      add("remove-layer")
      add(id)
      add(solution)
    case .blockUnmanaged(let isBlocked):
      add(isBlocked ? "block-unmanaged" : "allow-unmanaged")
    case .set(let id, let setting):
      add(setting == nil ? "unset" : "set")
      add(id)
      if let setting { add(setting) }
    case .tell(let index):
      add(index == nil ? "untell" : "tell")
      if let index { add(FactsText.bytes(index.facts)) }
    case .deleteComponent(let id):
      add("delete-component")
      add(id)
    case .unlist(let name, let ids):
      add("unlist")
      add(name)
      add(ids)
    case .schema(let change):
      add("schema")
      add(change)
    }
  }

  /// With where its definition stands and what it is called, whatever it is.
  private mutating func addWhole(_ layer: Layer) {
    let component = layer.component
    add(layer) { $0 }
    add(component.name)
    add(component.displayName)
    add(component.location.file)
    add(component.location.line)
    add(component.isUnmodified ? "unmodified" : "modified")
    add(component.isReference ? "reference" : "statement")
  }

  private mutating func add(_ change: SchemaChange) {
    switch change {
    case .createTable(let design):
      add("create-table")
      add(design)
    case .addColumns(let table, let columns):
      add("add-columns")
      add(table)
      add(columns.count)
      for column in columns { add(column) }
    case .createKey(let key, let table):
      add("create-key")
      add(key)
      add(table)
    case .dropKey(let id, let table):
      add("drop-key")
      add(id)
      add(table)
    case .activateKey(let key, let table):
      add("activate-key")
      add(key)
      add(table)
    case .dropColumns(let table, let ids):
      add("drop-columns")
      add(table)
      add(inOrder: ids)
    case .dropTable(let table):
      add("drop-table")
      add(table)
    case .discardColumns(let table, let ids):
      add("discard-columns")
      add(table)
      add(inOrder: ids)
    case .discardTable(let table):
      add("discard-table")
      add(table)
    case .restoreTable(let design, let incarnation, let columns):
      add("restore-table")
      add(design)
      add(incarnation)
      add(columns.count)
      for column in columns {
        add(column.column)
        add(column.id)
      }
    case .restoreColumn(let id, let table, let incarnation):
      add("restore-column")
      add(id)
      add(table)
      add(incarnation)
    case .purge(let incarnation, of: let id):
      add("purge")
      add(incarnation)
      add(id)
    case .turnMove(let id, let isBack):
      add(isBack ? "turn-back" : "turn-forward")
      add(id)
    }
  }

  private mutating func add(inOrder ids: [ComponentID]) {
    add(ids.count)
    for id in ids { add(id) }
  }

  private mutating func add(_ table: SchemaChange.TableName) {
    add(table.id)
    add(table.name)
  }

  private mutating func add(_ key: KeyDesign) {
    add(key.id)
    add(texts: key.columns)
    add(texts: key.folded.sorted())
  }

  private mutating func add(texts: [String]) {
    add(texts.count)
    for text in texts { add(text) }
  }

  private mutating func add(_ design: TableDesign) {
    add(design.id)
    add(design.name)
    add(design.primaryKey)
    add(design.columns.count)
    for column in design.columns { add(column) }
    add(texts: design.pair)
    add(design.keys.count)
    for key in design.keys { add(key) }
  }

  private mutating func add(_ column: ColumnDesign) {
    add(column.id == nil ? "of every table" : "of a component")
    if let id = column.id { add(id) }
    add(column.name)
    add(column.storage.tag)
    add(column.companion?.tag ?? "alone")
  }
}

extension ColumnType.Storage {
  fileprivate var tag: String {
    switch self {
    case .text: "text"
    case .integer: "integer"
    case .real: "real"
    case .decimal: "decimal"
    case .blob: "blob"
    }
  }
}

extension ColumnDesign.Companion {
  fileprivate var tag: String {
    switch self {
    case .type: "type"
    case .name: "name"
    }
  }
}
