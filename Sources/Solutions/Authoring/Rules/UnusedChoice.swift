/// A global choice that nothing in the packages uses.
package struct UnusedChoice: AuthoringRule {
  package static let kind = FindingKind(
    "strata.unused-choice",
    .info,
    "CK-302",
    "A global choice is for columns; one that no column of the solution takes its options from may be a leftover."
  )

  let choice: NamedComponent

  package var subject: Subject { .component(choice) }

  package var text: Phrase { "no column takes its options from \(choice)" }

  package var remedies: [Remedy] {
    [.words("remove it from the solution, unless other solutions use it")]
  }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    let choices = package.package.components.filter {
      $0.id.type == .optionSet && package.owns($0.id)
    }
    guard !choices.isEmpty else { return [] }
    var used = Set(package.references.flatMap { $0.references.map(\.target) })
    for other in package.beside {
      used.formUnion(other.components.compactMap(\.definition.globalChoice))
      used.formUnion(other.manifest.missingDependencies.compactMap(\.required.id))
    }
    return choices.filter { !used.contains($0.id) }.map {
      Finding(UnusedChoice(choice: package.named($0)), at: $0.location)
    }
  }
}
