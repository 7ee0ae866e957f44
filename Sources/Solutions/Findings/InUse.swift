package struct InUse: DeletionRefusal {
  package static let kind = FindingKind(
    "0x8004F01F",
    .error,
    "DP-435",
    "What others reference cannot be deleted."
  )

  let blockage: Blockage
}
