import Solutions
import XML

/// What comes into one element of `customizations.xml`: documents, and elements that others come into.
final class YAMLPlace {
  let name: String
  /// Of an element that is made: the type of a list of forms.
  let attributes: [(name: String, value: String)]
  private(set) var children: [YAMLPlace] = []
  /// In order of path.
  var documents: [Int] = []

  init(_ name: String, _ attributes: [(name: String, value: String)] = []) {
    (self.name, self.attributes) = (name, attributes)
  }

  /// The element at a path, made where it is missing.
  ///
  /// - Parameter attributes: of the last one.
  func at(
    _ path: some Collection<String>,
    _ attributes: [(name: String, value: String)] = []
  ) -> YAMLPlace {
    guard let name = path.first else { return self }
    let own = path.count == 1 ? attributes : []
    let known = children.first { child in
      child.name == name && child.attributes.elementsEqual(own) { $0 == $1 }
    }
    let child = known ?? YAMLPlace(name, own)
    if known == nil { children.append(child) }
    return child.at(path.dropFirst(), attributes)
  }

  /// Children as exports order them.
  var sorted: [YAMLPlace] {
    let rank = { (child: YAMLPlace) in
      ElementOrder.rank(of: child.name, in: self.name) ?? .max
    }
    return children.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }.map(\.element)
  }
}

extension ComponentKinds {
  /// The elements around one of a name, from the root's child on; nil for a name that stands in no section.
  ///
  /// - Parameter isOfTable: it lies in a table.
  func way(to name: String, isOfTable: Bool) -> [String]? {
    let ways = all.flatMap { kind in kind.places.map(\.steps) }
    let inTable = { (way: [String]) in way.count > 2 && way.starts(with: ["Entities", "Entity"]) }
    return ways.first { way in
      way.last == name && inTable(way) == isOfTable
        // What lies in another component has no file.
        && (isOfTable || way.count < 3 || Self.sectionsOfLists.contains(way[0]))
    }.map { Array($0.dropLast()) }
  }

  /// Sections that hold lists.
  private static let sectionsOfLists: Set<String> = ["Templates", "ConnectionRoles"]
}
