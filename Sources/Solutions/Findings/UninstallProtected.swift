package struct UninstallProtected: DeletionRefusal {
  package static let kind = FindingKind(
    "0x8004F020",
    .error,
    "DP-435",
    "What managed components of others reference is not deleted with its solution."
  )

  let blockage: Blockage
}
