package struct ManagedPropertyClosed: OwnerRefusal {
  package static let kind = FindingKind(
    "0x8004F026",
    .error,
    "LY-1305",
    "A managed property of the owner forbids what a solution changes."
  )

  let change: ForbiddenChange
}
