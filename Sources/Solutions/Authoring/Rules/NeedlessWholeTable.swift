internal import XML

/// A table of somebody else that the solution lists with everything in it.
package struct NeedlessWholeTable: AuthoringRule {
  package static let kind = FindingKind(
    "strata.needless-whole-table",
    .warning,
    "CK-101",
    "A solution lists a table that it does not own without all its parts: what nobody changed becomes a layer of its own over the owner's and hides later versions of it."
  )
  package static let source = "alm/organize-solutions; alm/segmented-solutions-alm"

  let table: NamedComponent
  /// How many of them the package holds and nobody changed.
  let unchanged: Int

  package var subject: Subject { .component(table) }

  package var text: Phrase {
    "\(table) belongs to somebody else and is listed with all its parts"
  }

  package var because: [Phrase] {
    unchanged == 0
      ? []
      : [
        "\(several(unchanged, "part")) of it in the package \(unchanged == 1 ? "is" : "are") not changed"
      ]
  }

  package var remedies: [Remedy] {
    [.words("remove the table from the solution, and add it again with the parts that you changed")]
  }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    package.manifest.roots.compactMap { root in
      // What says nothing of it is older than the choice.
      guard root.id.type == .entity, root.element?.attribute("behavior") == "0",
        !package.owns(root.id), package.isOfOthers(root.id)
      else { return nil }
      let content = NeedlessWholeTable(
        table: package.named(root.id, as: root.name),
        unchanged: package.unchangedParts(of: root.id).count
      )
      return Finding(content, at: root.at)
    }
  }
}

extension AuthoredPackage {
  /// Whether a table is the platform's, or the package shows that it came from another solution.
  func isOfOthers(_ table: ComponentID) -> Bool {
    SystemBaseline.contains(table) || package.component(table).map { !owns($0.id) } ?? false
  }

  /// Parts that the package brings along as they were.
  func unchangedParts(of table: ComponentID) -> [Component] {
    package.components.filter { $0.parent == table && $0.isUnmodified }
  }
}
