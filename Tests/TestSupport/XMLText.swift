package import Solutions
internal import XML

/// Definitions as XML, and what they say as indented lines.
package enum XMLText {
  package static func definition(_ xml: String) throws -> Definition {
    Definition(XMLFragment(try XMLTree(Array(xml.utf8)).root))
  }

  /// One line for each element: its name, its attributes by name, its text.
  package static func spelled(_ definition: Definition) -> String {
    lines(definition.element, "").joined(separator: "\n")
  }

  private static func lines(_ element: XMLElement, _ indent: String) -> [String] {
    let attributes = element.attributes.sorted { $0.name < $1.name }
      .map { " \($0.name)=\($0.value)" }.joined()
    let line = indent + element.name + attributes + (element.hasText ? ": \(element.text)" : "")
    return [line] + element.children.flatMap { lines($0, indent + "  ") }
  }
}
