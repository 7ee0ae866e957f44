/// A password, a key or a token in what everybody gets who gets the package.
package struct SecretInText: AuthoringRule {
  package static let kind = FindingKind(
    "strata.secret-in-text",
    .error,
    "CK-401",
    "No password, key or token stands in a package: whoever has it can read it. A secret environment variable, a connection or a secure configuration keeps it."
  )
  package static let source = "maker"

  let component: NamedComponent
  let what: String
  let isCertain: Bool

  package var severity: Finding.Severity { isCertain ? .error : .warning }

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    isCertain
      ? "\(what) stands in \(component)" : "what looks like \(what) stands in \(component)"
  }

  package var remedies: [Remedy] {
    [
      .words(
        "replace the secret where it is used, and keep it in a secret environment variable, a connection or a secure configuration"
      )
    ]
  }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    (package.textFiles + package.configurations).flatMap { text in
      SecretPattern.found(in: text.bytes).map { pattern, offset in
        let content = SecretInText(
          component: package.named(text.component),
          what: pattern.words,
          isCertain: pattern.isCertain
        )
        return Finding(content, at: text.location(at: offset))
      }
    }
  }
}
