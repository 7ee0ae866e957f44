package struct UpdateForbidden: OwnerRefusal {
  package static let kind = FindingKind(
    "0x8004F012",
    .error,
    "LY-1305",
    "Managed properties of the owner forbid what unmanaged work changes."
  )

  let change: ForbiddenChange
}
