/// Sources of both packages that were taken as one of them, and nobody had said as which.
package struct FormUnsaid: FindingContent {
  package static let kind = FindingKind(
    "strata.form-unsaid",
    .info,
    "PF-A1",
    "Sources of both packages are taken as the unmanaged one unless it is said."
  )

  let folder: String

  package init(folder: String) { self.folder = folder }

  package var subject: Subject { .file(folder) }

  package var text: Phrase { "\(folder) holds both packages, and was taken as the unmanaged one" }

  package var remedies: [Remedy] { [.chooseForm] }
}
