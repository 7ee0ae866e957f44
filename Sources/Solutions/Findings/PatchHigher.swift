package struct PatchHigher: FindingContent {
  package static let kind = FindingKind(
    "strata.patch-is-higher",
    .warning,
    .inferred("LC-226"),
    "An upgrade is compared with the base only and may be lower than a patch that it rolls up."
  )

  let patch: SolutionName
  let patchVersion: SolutionVersion
  let version: SolutionVersion

  package var subject: Subject { .solution(patch) }

  package var text: Phrase {
    "the patch \(patchVersion) is higher than the upgrade \(version) that rolls it up"
  }
}
