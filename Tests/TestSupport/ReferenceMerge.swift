package import Solutions
internal import XML

/// The merge of differences over a whole document once more: slow, flat, and written apart from the product.
///
/// A document is a list of facts, each an element by the identities on its path; every look-up walks the list. Rows do
/// not count, and where an element comes to stand is decided when the list is read.
package struct ReferenceMerge {
  struct Fact: Equatable {
    let path: [String]
    let name: String
    var attributes: [String: String]
    var text: String
    var place: Int?
    /// The number of the layer that brought it.
    let layer: Int
  }

  /// What a document says of a fact.
  struct Statement {
    var fact: Fact
    /// As documents spell it; nil where it only leads somewhere, or is said by a whole document.
    var action: String?
    /// Attributes that go; no document can say that (PF-804).
    var gone: Set<String> = []
    /// Whether it says the text, also when there is none.
    var saysText = false
  }

  var facts: [Fact] = []
  /// Added cells and sections whose place is gone, by the last step of their path.
  package private(set) var homeless: Set<String> = []

  package init(base: Definition) {
    facts = Self.facts(of: base, layer: 0).map(\.fact)
    var count: [[String]: Int] = [:]
    for at in facts.indices where Self.isPlaced(facts[at].name) {
      let parent = Array(facts[at].path.dropLast())
      facts[at].place = count[parent, default: 0]
      count[parent, default: 0] += 1
    }
  }

  package mutating func apply(_ difference: Definition, layer: Int) {
    apply(
      Self.facts(of: difference, layer: layer),
      layer: layer,
      isSiteMap: difference.element.name == "SiteMap"
    )
  }

  mutating func apply(_ all: [Statement], layer: Int, isSiteMap: Bool) {
    var added: [[String]] = []
    for statement in all {
      let (fact, action) = (statement.fact, statement.action)
      let isInside = added.contains { fact.path.starts(with: $0) }
      let isZone = isSiteMap || fact.path.contains { Self.zones.contains($0) }
      switch isInside ? "Added" : action ?? (isZone ? "path" : "Added") {
      case "path": continue
      case "Removed": remove(fact.path, by: layer)
      case "Modified":
        if change(statement, all) { added.append(fact.path) }
      default:
        if action == "Added" { added.append(fact.path) }
        if let at = find(fact.path) {
          overlay(at, statement, isMoving: false)
        } else if hasPlaces(on: Array(fact.path.dropLast())) {
          make(fact, all)
        } else if fact.name == "cell" || fact.name == "section" {
          homeless.insert(fact.path[fact.path.count - 1])
        }
      }
    }
  }

  /// - Returns: whether all that is below was said anew.
  private mutating func change(_ statement: Statement, _ all: [Statement]) -> Bool {
    let fact = statement.fact
    let below = all.filter {
      $0.fact.path.count > fact.path.count && $0.fact.path.starts(with: fact.path)
    }
    let isWhole =
      ["controlDescription", "parameters"].contains(fact.name) && !below.isEmpty
      && below.allSatisfy { $0.action == nil }
    if isWhole {
      facts.removeAll { $0.path.count > fact.path.count && $0.path.starts(with: fact.path) }
    }
    if let at = find(fact.path) {
      overlay(at, statement)
    } else if isWhole || (below.isEmpty && !Self.isAnchor(fact.path[fact.path.count - 1])),
      fact.path.indices.allSatisfy({
        !Self.isAnchor(fact.path[$0]) || find(Array(fact.path[...$0])) != nil
      })
    {
      make(fact, all)
    }
    return isWhole
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
  private mutating func make(_ fact: Fact, _ all: [Statement]) {
    let path = fact.path
    for length in path.indices.dropFirst() where find(Array(path[..<length])) == nil {
      if let around = all.first(where: { $0.fact.path == Array(path[..<length]) }) {
        append(around.fact)
      }
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

  private func find(_ path: [String]) -> Int? {
    facts.firstIndex { $0.path.count == path.count && $0.path.last == path.last && $0.path == path }
  }

  private mutating func overlay(_ at: Int, _ statement: Statement, isMoving: Bool = true) {
    let fact = statement.fact
    for name in statement.gone { facts[at].attributes[name] = nil }
    facts[at].attributes.merge(fact.attributes) { $1 }
    if !fact.text.isEmpty || statement.saysText { facts[at].text = fact.text }
    if isMoving, let place = fact.place { facts[at].place = place }
  }
}
