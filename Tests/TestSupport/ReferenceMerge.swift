package import Solutions
internal import XML

/// The merge of differences over a whole document once more: slow, flat, and written apart from the product.
///
/// A document is a list of facts, each an element by the identities on its path; every look-up walks the list. Rows do
/// not count, and where an element comes to stand is decided when the list is read.
package struct ReferenceMerge {
  private struct Fact: Equatable {
    let path: [String]
    let name: String
    var attributes: [String: String]
    var text: String
    var place: Int?
    /// The number of the layer that brought it.
    let layer: Int
  }

  private var facts: [Fact] = []
  /// Added cells and sections whose place is gone, by the last step of their path.
  package private(set) var homeless: Set<String> = []

  package init(base: Definition) {
    facts = Self.facts(of: base, layer: 0).map(\.fact)
    for at in facts.indices where Self.isPlaced(facts[at].name) {
      let parent = facts[at].path.dropLast()
      facts[at].place = facts[..<at].count {
        Self.isPlaced($0.name) && Array($0.path.dropLast()) == Array(parent)
      }
    }
  }

  package mutating func apply(_ difference: Definition, layer: Int) {
    let all = Self.facts(of: difference, layer: layer)
    let root = difference.element.name
    var added: [[String]] = []
    for (fact, action) in all {
      let isInside = added.contains { fact.path.starts(with: $0) }
      let isZone = root == "SiteMap" || fact.path.contains { Self.zones.contains($0) }
      let below = all.filter {
        $0.fact.path.count > fact.path.count && $0.fact.path.starts(with: fact.path)
      }
      switch isInside ? "Added" : action ?? (isZone ? "path" : "Added") {
      case "path": continue
      case "Removed": remove(fact.path, by: layer)
      case "Modified":
        let isWhole =
          ["controlDescription", "parameters"].contains(fact.name) && !below.isEmpty
          && below.allSatisfy { $0.action == nil }
        if isWhole {
          facts.removeAll { $0.path.count > fact.path.count && $0.path.starts(with: fact.path) }
          added.append(fact.path)
        }
        if let at = find(fact.path) {
          overlay(at, fact)
        } else if isWhole || (below.isEmpty && !Self.isAnchor(fact.path[fact.path.count - 1])),
          fact.path.indices.allSatisfy({
            !Self.isAnchor(fact.path[$0]) || find(Array(fact.path[...$0])) != nil
          })
        {
          make(fact, all.map(\.fact))
        }
      default:
        if action == "Added" { added.append(fact.path) }
        if let at = find(fact.path) {
          overlay(at, fact, isMoving: false)
        } else if hasPlaces(on: Array(fact.path.dropLast())) {
          make(fact, all.map(\.fact))
        } else if fact.name == "cell" || fact.name == "section" {
          homeless.insert(fact.path[fact.path.count - 1])
        }
      }
    }
  }

  private mutating func remove(_ path: [String], by layer: Int) {
    let own = find(path).map { facts[$0].layer }
    for lost in facts
    where lost.path.starts(with: path) && lost.layer != 0 && lost.layer != own
      && lost.layer != layer
    {
      // What other layers have put in stays somewhere.
      if lost.name == "cell" || lost.name == "section" {
        homeless.insert(lost.path[lost.path.count - 1])
      }
    }
    facts.removeAll { $0.path.starts(with: path) }
  }

  /// Whether every tab, column, section and cell on a path is there.
  private func hasPlaces(on path: [String]) -> Bool {
    path.indices.allSatisfy { !Self.isPlace(path[$0]) || find(Array(path[...$0])) != nil }
  }

  /// With the elements around it, as the difference spells them.
  private mutating func make(_ fact: Fact, _ all: [Fact]) {
    let path = fact.path
    for length in path.indices.dropFirst() where find(Array(path[..<length])) == nil {
      if let around = all.first(where: { $0.path == Array(path[..<length]) }) { append(around) }
    }
    append(fact)
  }

  private mutating func append(_ fact: Fact) {
    let path = fact.path
    var fact = fact
    if Self.isPlaced(fact.name), fact.place == nil {
      let siblings = facts.filter { Array($0.path.dropLast()) == Array(path.dropLast()) }
      fact.place = (siblings.compactMap(\.place).max() ?? -1) + 1
    }
    facts.append(fact)
  }

  private func find(_ path: [String]) -> Int? { facts.firstIndex { $0.path == path } }

  private mutating func overlay(_ at: Int, _ fact: Fact, isMoving: Bool = true) {
    facts[at].attributes.merge(fact.attributes) { $1 }
    if !fact.text.isEmpty { facts[at].text = fact.text }
    if isMoving, let place = fact.place { facts[at].place = place }
  }

  // MARK: Comparing

  /// Elements with content of their own, in the order in which they stand.
  package var lines: [String] { Self.lines(facts) }

  package static func lines(of definition: Definition) -> (lines: [String], conflicts: Set<String>)
  {
    let all = facts(of: definition, layer: 0).map(\.fact)
    let tab = all.first { $0.attributes["group"] == "solutionconflict" && $0.name == "tab" }?.path
    let lost = all.filter { fact in tab.map { fact.path.starts(with: $0) } ?? false }
    var own = all.filter { !lost.contains($0) }
    for at in own.indices where isPlaced(own[at].name) { own[at].place = at }
    return (
      lines(own),
      Set(
        lost.filter { $0.name == "cell" || $0.name == "section" }.map { $0.path[$0.path.count - 1] }
      )
    )
  }

  private static func lines(_ facts: [Fact]) -> [String] {
    let spelled = facts.filter { !$0.attributes.isEmpty || !$0.text.isEmpty }.map { fact in
      let attributes = fact.attributes.sorted { $0.key < $1.key }
        .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
      return "\(fact.path.joined(separator: "/")) \(attributes) \(fact.text)"
    }
    var orders: [String] = []
    for parent in Set(facts.filter { isPlaced($0.name) }.map { Array($0.path.dropLast()) }) {
      let children = facts.filter { isPlaced($0.name) && Array($0.path.dropLast()) == parent }
        .enumerated().sorted {
          ($0.element.place ?? 0, $0.offset) < ($1.element.place ?? 0, $1.offset)
        }
      let order = children.map { $0.element.path[$0.element.path.count - 1] }
      orders.append("order of \(parent.joined(separator: "/")): \(order.joined(separator: " "))")
    }
    return spelled.sorted() + orders.sorted()
  }

  // MARK: Reading

  private static func isPlaced(_ name: String) -> Bool {
    ["tab", "section", "cell", "Handler", "Area", "Group", "SubArea"].contains(name)
  }

  private static let zones: Set<String> = ["form ", "SiteMap ", "AppModuleComponents "]

  /// Elements that a mere change does not bring back.
  private static func isAnchor(_ step: String) -> Bool {
    isPlace(step)
      || ["control ", "Area ", "Group ", "SubArea ", "Handler "].contains { step.hasPrefix($0) }
  }

  private static func isPlace(_ step: String) -> Bool {
    ["tab ", "column ", "section ", "cell "].contains { step.hasPrefix($0) }
  }

  private static func facts(of definition: Definition, layer: Int) -> [(
    fact: Fact, action: String?
  )] {
    var found: [(fact: Fact, action: String?)] = []
    func visit(_ element: XMLElement, _ path: [String]) {
      var attributes = Dictionary(element.attributes.map { ($0.name, $0.value) }) { $1 }
      let action = attributes.removeValue(forKey: "solutionaction")
      if element.name == "column" { attributes["id"] = nil }
      let ordinal = attributes.removeValue(forKey: "ordinalvalue").flatMap { Int($0) }
      let place =
        isPlaced(element.name) ? ordinal.map { element.name == "cell" ? $0 % 10_000 : $0 } : nil
      found.append(
        (
          Fact(
            path: path,
            name: element.name,
            attributes: attributes,
            text: element.text,
            place: place,
            layer: layer
          ), action
        )
      )
      var count: [String: Int] = [:]
      for child in definition.fragment.children(of: element) {
        let inner = child.name == "row" ? Array(child.children) : [child]
        for child in inner {
          let step = Self.step(child, &count)
          visit(child, path + [step])
        }
      }
    }
    visit(definition.element, [])
    return found
  }

  private static let keys: [String: [String]] = [
    "tab": ["id"], "section": ["id"], "cell": ["id"], "control": ["id"],
    "label": ["languagecode"], "Title": ["LCID"], "Library": ["name"],
    "LocalizedName": ["languagecode"],
    "Description": ["languagecode"], "Handler": ["handlerUniqueId"], "Area": ["Id"],
    "Group": ["Id"],
    "SubArea": ["Id"], "Privilege": ["Entity", "Name"], "controlDescription": ["forControl"],
    "customControl": ["formFactor", "name", "id"], "Role": ["Id", "id"], "data": ["id"],
    "event": ["name", "attribute", "control", "relationship"], "NavBarArea": ["Id"],
    "NavBarByRelationshipItem": ["Id"], "NavBarItem": ["Id"], "internaljscriptfile": ["src"],
    "internaljscriptvariable": ["name"], "querystringparameter": ["name"], "dependency": ["id"],
    "AppModuleComponent": ["type", "schemaName", "id"],
  ]

  private static func step(_ element: XMLElement, _ count: inout [String: Int]) -> String {
    var step = element.name + " "
    if element.name == "column" {
      defer { count["column", default: 0] += 1 }
      return "column \(element.attribute("id") ?? String(count["column", default: 0]))"
    }
    for key in keys[element.name] ?? [] {
      guard let value = element.attribute(key) else { continue }
      step += value.lowercased().filter { $0 != "{" && $0 != "}" } + ","
    }
    count[step, default: 0] += 1
    return (count[step] ?? 1) == 1 ? step : "\(step)#\(count[step] ?? 1)"
  }
}
