package struct PublishPartForbidden: NewPartRefusal {
  package static let kind = FindingKind(
    "0x8004F014",
    .error,
    "LY-1305",
    "The owner of a table does not let a draft become a part of it."
  )

  let part: ForbiddenPart
}
