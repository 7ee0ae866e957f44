package struct UninstallInUse: DeletionRefusal {
  package static let kind = FindingKind(
    "0x8004F01D",
    .error,
    "DP-435",
    "What unmanaged work references is not deleted with its solution."
  )

  let blockage: Blockage
}
