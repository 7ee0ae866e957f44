package struct PartForbidden: NewPartRefusal {
  package static let kind = FindingKind(
    "0x8004F026",
    .error,
    "LY-1305",
    "The owner of a table does not let a solution add parts of a kind to it."
  )

  let part: ForbiddenPart
}
