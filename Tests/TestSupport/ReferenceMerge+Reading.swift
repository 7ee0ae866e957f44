package import Solutions
internal import XML

extension ReferenceMerge {
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
    let placed = Dictionary(grouping: facts.filter { isPlaced($0.name) }) {
      Array($0.path.dropLast())
    }
    let orders = placed.map { parent, children in
      let order = children.enumerated()
        .sorted { ($0.element.place ?? 0, $0.offset) < ($1.element.place ?? 0, $1.offset) }
        .map { $0.element.path[$0.element.path.count - 1] }
      return "order of \(parent.joined(separator: "/")): \(order.joined(separator: " "))"
    }
    return spelled.sorted() + orders.sorted()
  }

  // MARK: Reading

  static func isPlaced(_ name: String) -> Bool {
    ["tab", "section", "cell", "Handler", "Area", "Group", "SubArea"].contains(name)
  }

  static let zones: Set<String> = ["form ", "SiteMap ", "AppModuleComponents "]

  /// Elements that a mere change does not bring back.
  static func isAnchor(_ step: String) -> Bool {
    isPlace(step)
      || ["control ", "Area ", "Group ", "SubArea ", "Handler "].contains { step.hasPrefix($0) }
  }

  static func isPlace(_ step: String) -> Bool {
    ["tab ", "column ", "section ", "cell "].contains { step.hasPrefix($0) }
  }

  static func facts(of definition: Definition, layer: Int) -> [Statement] {
    var found: [Statement] = []
    func visit(_ element: XMLElement, _ path: [String], isFree: Bool) {
      var attributes = Dictionary(element.attributes.map { ($0.name, $0.value) }) { $1 }
      let action = attributes.removeValue(forKey: "solutionaction")
      if element.name == "column" { attributes["id"] = nil }
      let ordinal = attributes.removeValue(forKey: "ordinalvalue").flatMap { Int($0) }
      let place =
        isPlaced(element.name) ? ordinal.map { element.name == "cell" ? $0 % 10_000 : $0 } : nil
      let fact = Fact(
        path: path,
        name: element.name,
        attributes: attributes,
        text: element.text,
        place: place,
        layer: layer
      )
      found.append(Statement(fact: fact, action: action))
      let isFree = isFree || element.name == "parameters"
      var count: [String: Int] = [:]
      var columns = 0
      for child in definition.fragment.children(of: element) {
        // Rows have no identity (§5.2).
        for child in child.name == "row" ? Array(child.children) : [child] {
          let step = child.referenceStep(columns: columns, isAmongFree: isFree)
          if child.name == "column" { columns += 1 }
          count[step, default: 0] += 1
          let number = count[step] ?? 1
          visit(child, path + [number == 1 ? step : "\(step)#\(number)"], isFree: isFree)
        }
      }
    }
    visit(definition.element, [], isFree: false)
    return found
  }
}
