internal import XML

/// Parts of somebody else's table that are listed and were not changed.
package struct NeedlessParts: AuthoringRule {
  package static let kind = FindingKind(
    "strata.needless-parts",
    .info,
    "CK-102",
    "Parts of a table that the solution does not own are listed only where they were changed: the others bind the solution to what it does not need."
  )
  package static let source = "alm/segmented-solutions-alm"

  let table: NamedComponent
  let parts: [NamedComponent]

  package var subject: Subject { .component(table) }

  package var text: Phrase {
    "\(several(parts.count, "part")) of \(table) \(parts.count == 1 ? "is" : "are") in the package and not changed"
  }

  package var because: [Phrase] { parts.lines }

  package var remedies: [Remedy] { [.words("remove them from the solution")] }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    let whole = Set(
      package.manifest.roots.filter { $0.element?.attribute("behavior") == "0" }.map(\.id)
    )
    let parts = Dictionary(
      grouping: package.package.components.filter { $0.isUnmodified && $0.parent != nil },
      by: { $0.parent }
    )
    return parts.compactMap { parent, parts in
      // A table that is listed whole is told as such.
      guard let parent, parent.type == .entity, !whole.contains(parent), let first = parts.first
      else { return nil }
      let content = NeedlessParts(
        table: package.named(parent),
        parts: parts.map { package.named($0) }.inOrder
      )
      return Finding(content, at: first.location)
    }
  }
}
