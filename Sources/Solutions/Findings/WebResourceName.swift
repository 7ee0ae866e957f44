package struct WebResourceName: FindingContent {
  package static let kind = FindingKind(
    "0x8004F117",
    .error,
    "PF-606",
    "The name of a web resource has letters, digits, periods, underscores, hyphens and single slashes, 256 at most."
  )

  let resource: NamedComponent
  let name: String

  package var subject: Subject { .component(resource) }

  package var text: Phrase {
    "“\(name.shown(100))” is no name for a web resource: it takes letters, digits, periods, underscores, hyphens and single slashes, 256 at most"
  }

  /// Whether the platform takes it.
  static func isSound(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    return bytes.count <= 256
      && zip(bytes, bytes.dropFirst()).allSatisfy { $0 != 0x2F || $1 != 0x2F }
      && bytes.allSatisfy {
        (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0)
          || [0x2D, 0x2E, 0x2F, 0x5F].contains($0)
      }
  }
}
