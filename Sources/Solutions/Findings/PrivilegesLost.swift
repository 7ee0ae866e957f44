package struct PrivilegesLost: FindingContent {
  package static let kind = FindingKind(
    "strata.privileges-lost",
    .info,
    .inferred("DP-500"),
    "Privileges vanish with their table."
  )

  let table: NamedComponent
  let roles: [NamedUse]

  package var subject: Subject { .component(table) }

  package var text: Phrase {
    "with \(table) \(roles.count == 1 ? "a role loses" : "\(roles.count) roles lose") the privileges on it"
  }

  package var because: [Phrase] { roles.map(\.user) }
}
