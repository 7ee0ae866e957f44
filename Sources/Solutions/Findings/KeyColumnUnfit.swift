package struct KeyColumnUnfit: FindingContent {
  package static let kind = FindingKind(
    "strata.key-column-unfit",
    .error,
    .inferred("LY-450"),
    "A key names each of its columns once, and none that is secured or holds long texts, files, amounts of money, floating-point numbers, yes or no, or several values."
  )

  enum Fault: Equatable, Sendable {
    case twice
    /// Not every user sees its values.
    case secured
    case type(String)
  }

  let key: NamedComponent
  let column: String
  let fault: Fault

  package var subject: Subject { .component(key) }

  package var text: Phrase {
    switch fault {
    case .twice: "\(column) is named twice by the key"
    case .secured: "\(column) is secured, and no key takes such a column"
    case .type(let type): "\(column) is of type \(type), and no key takes such a column"
    }
  }

  package var remedies: [Remedy] {
    [.words(fault == .twice ? "name it once" : "make the key of other columns")]
  }
}
