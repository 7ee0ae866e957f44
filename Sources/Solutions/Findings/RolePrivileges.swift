package struct RolePrivileges: FindingContent {
  package static let kind = FindingKind(
    "0x80048018",
    .warning,
    "PF-601",
    "A role cannot be given privileges of a table that is nowhere."
  )

  let role: NamedComponent
  /// `Entity name`, sorted.
  let tables: [String]
  let isStrict: Bool

  package var severity: Finding.Severity { isStrict ? .error : Self.kind.severity }

  package var subject: Subject { .component(role) }

  package var text: Phrase { "\(role) gives privileges on tables that are not there" }

  package var because: [Phrase] {
    tables.map { "\($0) is neither in the package nor in the target" }
  }

  package var remedies: [Remedy] {
    [
      .words("install the solution that brings the table first"),
      .words("take the privileges out of the role"),
    ]
  }
}
