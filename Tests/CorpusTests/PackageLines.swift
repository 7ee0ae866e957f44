import Solutions
import XML

extension SolutionPackage {
  /// Elements, with their paths, attributes and texts, and files that this package has and another has not.
  func lost(in other: SolutionPackage) -> [String] {
    let others = other.lines
    return lines.filter { $0.value > others[$0.key, default: 0] }.keys.sorted().prefix(20).map {
      $0
    }
  }

  private var lines: [String: Int] {
    guard let frame else { return [:] }
    var lines: [String: Int] = [:]
    for root in [frame.manifest, frame.customizations] {
      for element in [root] + Array(root.descendants) {
        var path: [String] = []
        var at: XMLElement? = element
        while let here = at {
          path.insert(here.name, at: 0)
          at = here.parent
        }
        let attributes = element.attributes.map { "\($0.name)=\($0.value)" }.sorted()
        lines["\(path.joined(separator: "/")) \(attributes) \(element.text)", default: 0] += 1
      }
    }
    for component in components where component.location.file != "customizations.xml" {
      lines["component \(component.id) \(component.definition.hash)", default: 0] += 1
    }
    for part in frame.files.values
    where !part.path.hasSuffix(".xml") && !part.path.hasSuffix("values.json") {
      lines["file \(part.path) \(part.digest)", default: 0] += 1
    }
    return lines
  }
}
