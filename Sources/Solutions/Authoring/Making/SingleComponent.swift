/// A component that is described alone, without a file: by the same words.
package struct SingleComponent: Sendable {
  /// What can be described so.
  package struct Kind: Sendable {
    /// As a command calls it.
    package let name: String
    /// Under which files have it.
    let section: String
    /// Whether it is named with its table: `TABLE.NAME`.
    package let isOfTable: Bool
    /// Its words, with what they say.
    package let words: [(word: String, says: String)]
  }

  /// In the order in which a file has them.
  package static let kinds: [Kind] = {
    let columns = ColumnWord.common + ColumnWord.all.flatMap(\.fields)
    let label = Field.displayName
    let own: [Kind] = [
      Kind(
        "choice",
        "choices",
        [label, .description, .ownOptions]
      ),
      Kind(
        "table",
        "tables",
        TableMaking.fields,
        own: [
          ("primaryName", "the column that people know rows by; needed for a new one"),
          ("without", "what the platform would give it, and is left out"),
        ]
      ),
      Kind(
        "column",
        "columns",
        columns,
        own: [
          ("type", "what it holds: \(ColumnWord.all.map(\.name).joined(separator: ", "))"),
          ("target", "the table that a lookup leads to"),
        ],
        isOfTable: true
      ),
      Kind(
        "key",
        "keys",
        [label],
        own: [("columns", "by which rows are told apart")],
        isOfTable: true
      ),
      Kind(
        "relationship",
        "relationships",
        [],
        own: [("tables", "the two"), ("intersect", "the table between them")]
      ),
    ]
    let described = (DescribedKind.all + DescribedKind.ofTables).map { kind in
      Kind(
        kind.title.split(separator: " ").dropFirst().joined(separator: "-"),
        kind.section,
        kind.fields,
        own: kind.own + kind.nested.map { ($0.section, "\($0.title), each by its name") },
        isOfTable: DescribedKind.ofTables.contains { $0.section == kind.section }
      )
    }
    return own + described
  }()

  package let kind: Kind
  package let name: String
  /// What is said of it.
  package let words: [Said.Pair]

  package init(_ kind: Kind, named name: String, words: [Said.Pair]) {
    (self.kind, self.name, self.words) = (kind, name, words)
  }

  /// The same as a file would say it; nil where a table is to be named, and is not.
  ///
  /// - Parameter solution: which one lists it.
  package func said(in solution: SolutionName) -> Said? {
    let said = Said(.pairs(words))
    let head = Said.Pair("solution", text: solution.text)
    guard kind.isOfTable else {
      return Said(.pairs([head, Said.Pair(kind.section, Said(.pairs([Said.Pair(name, said)])))]))
    }
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    let part = Said.Pair(kind.section, Said(.pairs([Said.Pair(parts[1], said)])))
    let table = Said.Pair(parts[0], Said(.pairs([part])))
    return Said(.pairs([head, Said.Pair("tables", Said(.pairs([table])))]))
  }
}

extension SingleComponent.Kind {
  fileprivate init(
    _ name: String,
    _ section: String,
    _ fields: [Field],
    own: [(word: String, says: String)] = [],
    isOfTable: Bool = false
  ) {
    (self.name, self.section, self.isOfTable) = (name, section, isOfTable)
    var seen: Set<String> = []
    words = (own + fields.map { ($0.name, $0.about) }).filter { seen.insert($0.word).inserted }
  }
}
