/// The words of readable files, for their reference (docs/customize.md).
package enum MakingWords {
  /// Rows of tables: a word, and what it says.
  package static var rows: [(word: String, says: String)] {
    let fields = TableMaking.fields + ColumnWord.common + RelationshipMaking.cascades
    return fields.map { ($0.name, $0.about) } + ColumnWord.all.map { ($0.name, $0.about) }
  }

  /// Every word that only some columns have.
  package static var ofColumns: Set<String> {
    Set(ColumnWord.all.flatMap { $0.fields.map(\.name) })
  }
}
