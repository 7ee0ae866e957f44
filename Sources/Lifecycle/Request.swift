package import Solutions

/// One verb of the lifecycle with what it is about, such as `.rollback(3)`; each is a file in `Verbs`.
package struct Request: Sendable {
  let verb: any Verb

  init(_ verb: any Verb) { self.verb = verb }

  /// In words, as far as they are known before it is planned.
  package var title: String { verb.title }

  /// A package with the bytes it was read from.
  package struct Archive: Sendable {
    package let package: SolutionPackage
    package let bytes: [UInt8]

    package init(package: SolutionPackage, bytes: [UInt8]) {
      self.package = package
      self.bytes = bytes
    }
  }
}
