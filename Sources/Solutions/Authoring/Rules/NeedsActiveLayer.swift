/// What the package needs was unmanaged where it was exported, and in none of its solutions.
package struct NeedsActiveLayer: AuthoringRule {
  package static let kind = FindingKind(
    "strata.needs-active-layer",
    .warning,
    "CK-105",
    "What a solution needs is in it, or in a managed solution: what was only unmanaged where it was exported comes with no package."
  )
  package static let source = "alm/solution-concepts-alm; alm/organize-solutions"

  let solution: SolutionName
  /// As the package lists them, sorted.
  let needs: [String]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(solution) needs \(several(needs.count, "component")) that \(needs.count == 1 ? "was" : "were") only unmanaged where it was exported"
  }

  package var because: [Phrase] { needs.map { Phrase($0) } }

  package var remedies: [Remedy] {
    [
      .words("add them to the solution"),
      .words("install the solution that brings them as managed"),
    ]
  }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    let beside = Set(package.beside.flatMap(\.members))
    let needs = package.manifest.missingDependencies.filter { need in
      need.provider == "Active" && need.required.id.map { !beside.contains($0) } ?? true
    }
    guard let first = needs.first else { return [] }
    let lines = needs.map { need in
      "\(need.required.kind) \(need.required.displayName ?? need.required.name)"
        + (need.required.parentName.map { " of \($0)" } ?? "")
    }
    let content = NeedsActiveLayer(solution: package.package.name, needs: Set(lines).sorted())
    return [Finding(content, at: first.at)]
  }
}
