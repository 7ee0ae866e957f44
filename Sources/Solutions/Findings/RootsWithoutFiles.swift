/// Sources whose manifest lists what none of their files has.
package struct RootsWithoutFiles: FindingContent {
  package static let kind = FindingKind(
    "strata.roots-without-files",
    .warning,
    "LC-359",
    "What the manifest of sources lists as a root component is in one of their files."
  )

  let folder: String
  /// In the order of the manifest.
  let roots: [NamedComponent]

  package var subject: Subject { .one(of: roots, else: .file(folder)) }

  package var text: Phrase {
    "the manifest lists \(several(roots.count, "root component")) that no file of the folder has"
  }

  package var because: [Phrase] { roots.count > 1 ? roots.map { "\($0)" } : [] }

  package var remedies: [Remedy] {
    [.words("bring the files back"), .words("take the entries out of the manifest")]
  }

  /// - Parameter folder: how it is called in findings.
  /// - Returns: nil where all are there; tables of the platform need no file.
  package static func finding(
    in package: SolutionPackage,
    of folder: String,
    kinds: ComponentKinds
  ) -> Finding? {
    let missing = package.manifest.roots.filter { root in
      package.component(root.id) == nil
        && !(root.id.type == .entity && SystemBaseline.mayHold(root.id))
    }
    guard !missing.isEmpty else { return nil }
    let roots = missing.map { NamedComponent($0.id, kinds, name: $0.name) }
    return Finding(RootsWithoutFiles(folder: folder, roots: roots), at: missing.first?.at)
  }
}
