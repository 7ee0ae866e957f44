/// Rows of several tables as the Configuration Migration tool packs them: `data_schema.xml`, `data.xml` and files.
///
/// They are given one after the other and as often as asked for, so that nobody holds more than one of them.
package protocol MigrationSource: Sendable {
  /// What the file says that is not done, in words.
  var notices: [String] { get }
  /// Gives all rows and pairs in the order of the file.
  ///
  /// - Parameters:
  ///   - hasFiles: whether columns of files get their contents; else the ids of these.
  ///   - take: gets what the schema says of the table, and one thing of it.
  /// - Throws: where the file cannot be read any further; what `take` throws.
  func forEach(
    hasFiles: Bool,
    _ take: (_ table: MigrationData.Table, _ item: MigrationData.Item) throws -> Void
  ) throws
}

package enum MigrationData {
  /// What the schema says of a table.
  package struct Table: Equatable, Sendable {
    /// Logical name.
    package let name: String
    /// By what rows are found that are not there under their ids (`updateCompare`), where it is asked for.
    package var matching: [String] = []
    /// Rows that are there stay as they are (`skipupdate`).
    package var leavesRows = false
    /// No row is looked for: each is new (`forcecreate`).
    package var isNew = false

    package init(name: String) { self.name = name }
  }

  package enum Item: Equatable, Sendable {
    case record(Record)
    case pairs(Pairs)
  }

  package struct Record: Equatable, Sendable {
    /// As it is written.
    package let id: String
    package var fields: [Field]

    package init(id: String, fields: [Field]) {
      self.id = id
      self.fields = fields
    }
  }

  /// What a record says of a column; a column of which it says nothing stays as it is.
  package struct Field: Equatable, Sendable {
    /// Logical name.
    package let name: String
    package var value: String
    /// Of a lookup: the table that it leads to, and what its row is called there.
    package var target: String?
    package var title: String?
    /// Of a file, whose content is the value, in base64.
    package var fileName: String?
    /// A party list or what else lies within.
    package var hasRecords: Bool

    package init(
      _ name: String,
      _ value: String,
      target: String? = nil,
      title: String? = nil,
      fileName: String? = nil,
      hasRecords: Bool = false
    ) {
      self.name = name
      self.value = value
      self.target = target
      self.title = title
      self.fileName = fileName
      self.hasRecords = hasRecords
    }
  }

  /// One row and those that a many-to-many relationship pairs it with.
  package struct Pairs: Equatable, Sendable {
    /// The intersect table, in lower case.
    package let intersect: String
    package let source: String
    package let targets: [String]

    package init(intersect: String, source: String, targets: [String]) {
      self.intersect = intersect
      self.source = source
      self.targets = targets
    }
  }
}

/// How rows of another environment are taken in.
package struct MigrationOptions: Equatable, Sendable {
  /// A user by name or id, in place of users and teams that are not here.
  package let user: String?
  /// A currency by code, name or id, in place of those that are not here.
  package let currency: String?
  /// Leaves out tables, columns and relationships that are not here.
  package let skipsUnknown: Bool
  /// Finds rows also by the columns that the file compares, or by an active key.
  package let matches: Bool

  package init(
    user: String? = nil,
    currency: String? = nil,
    skipsUnknown: Bool = false,
    matches: Bool = false
  ) {
    self.user = user
    self.currency = currency
    self.skipsUnknown = skipsUnknown
    self.matches = matches
  }
}

/// What became of rows of another environment.
package struct MigrationReport: Equatable, Sendable {
  package struct Counts: Equatable, Sendable {
    package var new = 0
    package var changed = 0
    package var equal = 0
    /// Rows that are different and stay as they are, because the file says so.
    package var kept = 0

    package init() {}
  }

  /// Rows by table, pairs by intersect table.
  package var rows: [String: Counts] = [:]
  package var pairs: [String: Counts] = [:]
  /// In words: what was mapped, and what was left out.
  package var notes: [String] = []

  package init() {}

  package var written: Int {
    (rows.values.map { $0.new + $0.changed } + pairs.values.map(\.new)).reduce(0, +)
  }
}

/// What stands in the way of rows of another environment; nothing was written.
package struct MigrationRefused: ProseError, Equatable, Sendable {
  /// What the one who asks can say.
  package enum Way: Hashable, Sendable, CaseIterable {
    case mapUser
    case mapCurrency
    case skipUnknown
  }

  /// In words, one line each.
  package let reasons: [String]
  package let ways: Set<Way>

  package init(reasons: [String], ways: Set<Way>) {
    self.reasons = reasons
    self.ways = ways
  }

  package var prose: Prose {
    (["the rows do not fit this environment, so none was written:"] + reasons.map { "  \($0)" })
      .joined(separator: "\n")
  }
}
