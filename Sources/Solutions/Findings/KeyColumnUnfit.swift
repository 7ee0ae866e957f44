package struct KeyColumnUnfit: FindingContent {
  package static let kind = FindingKind(
    "strata.key-column-unfit",
    .error,
    .inferred("LY-450"),
    "A key names each of its columns once, and none that holds long texts, files, amounts of money, floating-point numbers, yes or no, or several values."
  )

  let key: NamedComponent
  let column: String
  /// Of the column; nil where it is named twice.
  let type: String?

  package var subject: Subject { .component(key) }

  package var text: Phrase {
    type.map { "\(column) is of type \($0), and no key takes such a column" }
      ?? "\(column) is named twice by the key"
  }

  package var remedies: [Remedy] {
    [.words(type == nil ? "name it once" : "make the key of other columns")]
  }
}
