package struct ManagedPropertiesClosed: OwnerRefusal {
  package static let kind = FindingKind(
    "0x8004F027",
    .error,
    "LY-1305",
    "Several managed properties of the owner forbid what a solution changes."
  )

  let change: ForbiddenChange
}
