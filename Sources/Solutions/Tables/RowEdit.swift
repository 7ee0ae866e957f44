/// One row that is to be written or deleted, as programs ask for it.
package struct RowEdit: Sendable {
  /// Logical name; of pairs that of their own table.
  package let table: String
  package let action: Action
  /// The version that a row must have that is there; nil for any.
  package let expected: Int?

  package enum Action: Sendable {
    case create(GUID, [Value])
    case change(RowName, [Value], Presence)
    case delete(RowName)
    /// A pair of rows, by the columns of its table; one that is there stays.
    case pair([Value])
    /// A pair that is not there is gone already.
    case unpair([Value])
  }

  /// Whether a row that is to be changed has to be there.
  package enum Presence: Sendable {
    case required
    case either
    case forbidden
  }

  package struct Value: Sendable {
    /// Logical name.
    package let column: String
    package let content: Content

    package enum Content: Sendable {
      /// As row files have it; an empty one is no value.
      case text(String)
      case row(of: String, RowName)
    }

    package init(_ column: String, _ content: Content) {
      (self.column, self.content) = (column, content)
    }
  }

  package init(_ table: String, _ action: Action, expecting expected: Int? = nil) {
    self.table = table
    self.action = action
    self.expected = expected
  }
}

/// By what a row is told from the others of its table.
package enum RowName: Sendable {
  case id(GUID)
  /// Values of an alternate key, by column.
  case key([(column: String, text: String)])
}

/// Edits that are one operation; no row may stand in two of them.
package struct RowEdits: Sendable {
  package let title: String
  package let edits: [RowEdit]

  package init(_ title: String, _ edits: [RowEdit]) {
    self.title = title
    self.edits = edits
  }
}

/// What became of an edit.
package struct RowEdited: Equatable, Sendable {
  package let id: GUID
  package let isNew: Bool
  /// Whether nothing is different now.
  package let isNothing: Bool

  package init(id: GUID, isNew: Bool = false, isNothing: Bool = false) {
    self.id = id
    self.isNew = isNew
    self.isNothing = isNothing
  }
}

/// Why a row was not written; nothing was changed.
package enum RowEditError: ProseError, Equatable, Sendable {
  case missing(table: String, name: String)
  case exists(table: String, id: GUID)
  case otherVersion(table: String, id: GUID, expected: Int, found: Int)
  case keyTaken(table: String, key: String)
  case noSuchKey(table: String, columns: [String])
  case leadsElsewhere(column: String, table: String)

  package var prose: Prose {
    switch self {
    case .missing(let table, let name): "the table \(table) has no row \(name)"
    case .exists(let table, let id): "the table \(table) has a row \(id) already"
    case .otherVersion(let table, let id, let expected, let found):
      "the row \(id) of \(table) has version \(found), not \(expected)"
    case .keyTaken(let table, let key): "another row of \(table) has the same \(key)"
    case .noSuchKey(let table, let columns):
      "\(columns.joined(separator: ", ")) are no alternate key of \(table)"
    case .leadsElsewhere(let column, let table): "\(column) does not lead to \(table)"
    }
  }
}

extension RowName: CustomStringConvertible {
  package var description: String {
    switch self {
    case .id(let id): id.description
    case .key(let values):
      values.map { "\($0.column)=\(RowProblem.quoted($0.text))" }.joined(separator: ",")
    }
  }
}
