package struct PublishForbidden: OwnerRefusal {
  package static let kind = FindingKind(
    "0x8004F014",
    .error,
    "LY-1305",
    "Managed properties of the owner forbid what a draft would change when it is published."
  )

  let change: ForbiddenChange
}
