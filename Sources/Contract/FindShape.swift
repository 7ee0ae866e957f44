package import Solutions

/// `find --json`.
package struct FindShape: Shape {
  package static let format = "strata.find"

  package struct Hit: Codable, Sendable {
    package let component: ComponentShape
    /// What commands take: `KIND:NAME`.
    package let address: String
    /// Where the text is.
    package let match: Wire.Match
    /// A label inside the definition, where the text is in none of the names.
    @Nullable package var label: String?
    /// What it is part of, as people call it.
    @Nullable package var partOf: String?
    /// Bottom first.
    package let solutions: [String]
  }

  package let text: String
  package let components: [Hit]

  package init(_ hits: [ComponentHit], of text: String, kinds: ComponentKinds) {
    self.text = text
    components = hits.map { hit in
      let component = hit.component
      return Hit(
        component: ComponentShape(component, kinds: kinds),
        address: "\(kinds[component.id.type].name):\(component.name)",
        match: Wire.Match(hit.match),
        label: hit.label,
        partOf: hit.whole,
        solutions: hit.solutions.map(\.text)
      )
    }
  }
}
