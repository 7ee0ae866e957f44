/// Components that two solutions of one run bring, each as its own.
package struct SharedComponents: AuthoringRule {
  package static let kind = FindingKind(
    "strata.shared-components",
    .warning,
    "CK-103",
    "A component is brought by one solution: where two bring it, the one that was installed last hides the other, and neither can be removed alone."
  )
  package static let source = "alm/organize-solutions; alm/solution-layers-alm"

  let solution: SolutionName
  let other: SolutionName
  let components: [NamedComponent]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(solution) and \(other) both bring \(several(components.count, "component"))"
  }

  package var because: [Phrase] { components.lines }

  package var remedies: [Remedy] {
    [.words("keep them in one of the two, and let the other need it")]
  }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    package.beside.filter { other in
      // Told once, of the one that comes first.
      package.package.name.text < other.name.text && package.package.name != other.name
        && other.manifest.patchOf != package.package.name
        && package.manifest.patchOf != other.name
    }.compactMap { other in
      let owners = Owners(of: other, kinds: package.kinds)
      let shared = other.components.filter {
        package.owns($0.id) && !$0.isUnmodified && !$0.isReference
          && !owners.ownership(of: $0).isElsewhere
      }
      let ids = Set(shared.map(\.id))
      // A part says nothing new where its table is shared.
      let whole = shared.filter { $0.parent.map { !ids.contains($0) } ?? true }
      guard let first = whole.first.flatMap({ package.package.component($0.id) }) else {
        return nil
      }
      let content = SharedComponents(
        solution: package.package.name,
        other: other.name,
        components: whole.compactMap { package.package.component($0.id).map { package.named($0) } }
          .inOrder
      )
      return Finding(content, at: first.location)
    }
  }
}
