internal import CXML

/// Finds the elements at given paths, and for each the subtree that is its own.
///
/// An element on the way to a path that is left with neither text nor children once the matches are taken out
/// belongs to no one. The cost follows the elements on the paths; what hangs below them is jumped over.
package struct PathMatcher: Sendable {
  /// A found element.
  package struct Match: Sendable {
    /// Position of its path in the list given to `init`.
    package let path: Int
    package let fragment: XMLFragment
    /// Position of the innermost match around it in `Matches.found`.
    package let enclosing: Int?
  }

  package struct Matches: Sendable {
    /// In document order.
    package var found: [Match] = []
    /// Elements outside every match that no path leads to, in document order.
    package var leftovers: [XMLElement] = []
  }

  fileprivate struct Step: Sendable {
    var path: Int?
    var next: [(name: String, step: Int)] = []
  }

  private var steps = [Step()]

  /// - Parameter paths: element names below the root, joined by `/`; several may be equal only by mistake.
  package init(_ paths: [String]) {
    for (number, path) in paths.enumerated() {
      var at = 0
      for name in path.split(separator: "/").map(String.init) {
        if let known = steps[at].next.first(where: { $0.name == name }) {
          at = known.step
        } else {
          steps.append(Step())
          steps[at].next.append((name, steps.count - 1))
          at = steps.count - 1
        }
      }
      precondition(steps[at].path == nil, "the path \(path) is listed twice")
      steps[at].path = number
    }
  }

  package func matches(in tree: XMLTree) -> Matches {
    var walk = Walk(tree: tree, steps: steps.map { $0.compiled(for: tree) })
    _ = walk.visit(node: 0, step: 0, owner: nil)
    var matches = Matches()
    matches.leftovers = walk.leftovers.map { XMLElement(tree: tree, index: $0) }
    matches.found = walk.found.map { found in
      Match(
        path: found.path,
        fragment: XMLFragment(
          XMLElement(tree: tree, index: found.node),
          cuts: found.cuts,
          isWrapped: false
        ),
        enclosing: found.enclosing
      )
    }
    return matches
  }
}

extension PathMatcher.Step {
  fileprivate func compiled(for tree: XMLTree) -> CompiledStep {
    CompiledStep(
      path: path,
      next: next.compactMap { entry in tree.numbers[entry.name].map { ($0, entry.step) } }
    )
  }
}

private struct CompiledStep {
  let path: Int?
  let next: [(name: UInt32, step: Int)]
}

private struct Walk {
  struct Found {
    let path: Int
    let node: UInt32
    let enclosing: Int?
    var cuts: [Range<UInt32>] = []
  }

  let tree: XMLTree
  let steps: [CompiledStep]
  let columns: strata_xml_tree
  var found: [Found] = []
  var leftovers: [UInt32] = []

  init(tree: XMLTree, steps: [CompiledStep]) {
    self.tree = tree
    self.steps = steps
    columns = tree.storage.pointee
  }

  /// Whether something of `node` is left that no match took.
  mutating func visit(node: UInt32, step: Int, owner: Int?) -> Bool {
    let next = steps[step].next
    var isKept = columns.text_length[Int(node)] > 0
    var child = node + 1
    let end = columns.end[Int(node)]
    while child < end {
      let after = columns.end[Int(child)]
      let name = columns.name[Int(child)]
      if let hit = next.first(where: { $0.name == name }) {
        if visit(child: child, step: hit.step, owner: owner) {
          isKept = true
        } else {
          cut(child..<after, from: owner)
        }
      } else {
        isKept = true
        if owner == nil { leftovers.append(child) }
      }
      child = after
    }
    return isKept
  }

  private mutating func visit(child: UInt32, step: Int, owner: Int?) -> Bool {
    guard let path = steps[step].path else { return visit(node: child, step: step, owner: owner) }
    found.append(Found(path: path, node: child, enclosing: owner))
    if !steps[step].next.isEmpty { _ = visit(node: child, step: step, owner: found.count - 1) }
    return false
  }

  private mutating func cut(_ range: Range<UInt32>, from owner: Int?) {
    guard let owner else { return }
    while let last = found[owner].cuts.last, last.lowerBound >= range.lowerBound {
      found[owner].cuts.removeLast()
    }
    if let last = found[owner].cuts.last, last.upperBound == range.lowerBound {
      found[owner].cuts[found[owner].cuts.count - 1] = last.lowerBound..<range.upperBound
    } else {
      found[owner].cuts.append(range)
    }
  }
}
