internal import XML

/// Options of the solution's own choices whose numbers are in another publisher's range.
package struct ForeignOptionValues: AuthoringRule {
  package static let kind = FindingKind(
    "strata.foreign-option-values",
    .info,
    "CK-203",
    "Options have numbers of their publisher's range: two publishers that add options to one choice then cannot take the same number."
  )
  package static let source = "maker/create-solution; entity-ref/publisher"

  let component: NamedComponent
  /// Sorted.
  let values: [Int]
  let range: Int

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(several(values.count, "option")) of \(component) \(values.count == 1 ? "is" : "are") outside the publisher's range, which begins with \(range)"
  }

  package var because: [Phrase] { ["\(values.map(String.init).joined(separator: ", "))"] }

  package var remedies: [Remedy] { [.words("give new options numbers of the publisher's range")] }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    guard let range = package.manifest.publisher.optionValuePrefix else { return [] }
    return package.package.components.compactMap { component in
      guard component.id.type == .optionSet || component.id.type == .attribute,
        package.owns(component.id)
      else { return nil }
      // Small numbers are older than ranges, and belong to nobody.
      let values = component.definition.element.descendants("option")
        .compactMap { $0.attribute("value").flatMap { Int($0) } }
        .filter { $0 >= 100_000_000 && $0 / 10_000 != range }
      guard !values.isEmpty else { return nil }
      let content = ForeignOptionValues(
        component: package.named(component),
        values: Set(values).sorted(),
        range: range
      )
      return Finding(content, at: component.location)
    }
  }
}
