package struct CreateForbidden: NewPartRefusal {
  package static let kind = FindingKind(
    "0x8004F011",
    .error,
    "LY-1305",
    "The owner of a table does not let unmanaged work add parts of a kind to it."
  )

  let part: ForbiddenPart
}
