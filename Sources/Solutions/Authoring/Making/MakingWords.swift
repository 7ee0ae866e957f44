/// The words of readable files, for their reference (docs/customize.md).
package enum MakingWords {
  /// Rows of tables: a word, and what it says.
  package static var rows: [(word: String, says: String)] {
    let fields = TableMaking.fields + ColumnWord.common + RelationshipMaking.cascades
    return fields.map { ($0.name, $0.about) } + ColumnWord.all.map { ($0.name, $0.about) }
      + (DescribedKind.all + DescribedKind.ofTables).flatMap(rows)
  }

  private static func rows(of kind: DescribedKind) -> [(word: String, says: String)] {
    kind.fields.map { ($0.name, $0.about) } + kind.own.map { ($0.word, $0.says) }
      + kind.nested.flatMap(rows)
  }

  /// Every word that only some columns have.
  package static var ofColumns: Set<String> {
    Set(ColumnWord.all.flatMap { $0.fields.map(\.name) })
  }
}
