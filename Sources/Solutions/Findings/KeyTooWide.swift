package struct KeyTooWide: FindingContent {
  package static let kind = FindingKind(
    "strata.key-width",
    .error,
    .inferred("PF-420"),
    "An alternate key is over at most 16 columns and 900 bytes."
  )

  enum Width: Equatable, Sendable {
    case columns(Int)
    /// At most, with two for each letter of a text.
    case bytes(Int)
  }

  let key: NamedComponent
  let width: Width

  package var subject: Subject { .component(key) }

  package var text: Phrase {
    switch width {
    case .columns(let count):
      "\(key) is over \(count) columns, and \(KeyDesign.columnsMax) are the most"
    case .bytes(let count):
      "\(key) may take \(count) bytes, and \(KeyDesign.bytesMax) are the most"
    }
  }

  package var because: [Phrase] {
    if case .bytes = width { ["a letter of a text takes two bytes"] } else { [] }
  }

  package var remedies: [Remedy] {
    [.words("make it one over fewer columns, or over shorter ones")]
  }
}
