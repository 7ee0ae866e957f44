internal import XML

/// How the statement of the active layer changes.
enum ActiveEdit {
  case properties([PropertyEdit])
  /// A document with a difference.
  case difference([UInt8])
}

extension LayerStack {
  /// What the active layer says after an edit.
  ///
  /// A first edit copies the definition in effect (LY-305). Kinds that merge keep the difference only, so that later
  /// managed changes of the rest show (LY-311, LY-1105).
  func active(after edit: ActiveEdit, _ kind: ComponentKind) throws(EditError) -> Definition {
    let own = layer(of: .active)?.definition
    let effective = effective(kind.merge)
    // Of a ribbon every statement is a difference, whatever it says (LY-701).
    let isWhole = own.map { !$0.isDifference } ?? false
    let isRibbon = Assumed.isImplied(kind)
    guard kind.merge.isElementwise, isManaged, isRibbon || !isWhole else {
      let start = own ?? effective
      switch edit {
      case .properties(let edits): return try start.applying(edits)
      case .difference(let bytes):
        return try start.applying(try start.difference(bytes), isDifference: false)
      }
    }
    let start: Definition
    if let own { start = own } else { start = try effective.header() }
    let difference: XMLNode
    switch edit {
    case .properties(let edits): difference = try effective.difference(edits, isRibbon: isRibbon)
    case .difference(let bytes):
      difference = try effective.difference(bytes)
      // What it changes has to be there.
      if !isRibbon { _ = try effective.applying(difference, isDifference: false) }
    }
    // The same id in a higher layer wins whole (LY-702).
    if isRibbon { return try start.changing { $0.replace(difference) } }
    return try start.applying(difference, isDifference: true).marked(like: effective)
  }
}

extension Definition {
  func applying(_ difference: XMLNode, isDifference: Bool) throws(EditError) -> Definition {
    var missing: [String] = []
    let result = try changing { node in
      node.apply(difference, isDifference: isDifference, missing: &missing)
    }
    guard missing.isEmpty else { throw .nothingThere(missing) }
    return result
  }

  /// Reads a difference; it begins with the component's own element, or with one right below it.
  func difference(_ bytes: [UInt8]) throws(EditError) -> XMLNode {
    let root: XMLElement
    do {
      root = try XMLTree(bytes).root
    } catch {
      throw .notXML(line: error.line, error.message)
    }
    let node = XMLNode(root, of: XMLFragment(root))
    if root.name == element.name { return node }
    guard fragment.children(of: element).contains(where: { $0.name == root.name }) else {
      throw .otherElement(root.name, expected: element.name)
    }
    return XMLNode(element.name, children: [node])
  }

  /// What has no difference and is stated in full: plain settings and labels.
  fileprivate func header() throws(EditError) -> Definition {
    try changing { node in node.children.removeAll { !$0.isHeader } }
  }

  /// A difference says so somewhere; one that changes plain settings only says it of what it leaves as it is.
  fileprivate func marked(like effective: Definition) throws(EditError) -> Definition {
    guard !isDifference else { return self }
    let node = XMLNode(effective.element, of: effective.fragment)
    guard var container = node.children.first(where: { !$0.isHeader }) else { return self }
    container.children = []
    container[attribute: "solutionaction"] = "Modified"
    return try changing { node in
      node.children.removeAll { $0.name == container.name }
      node.children.append(container)
    }
  }

  /// Edits of this definition as a difference to it.
  ///
  /// - Parameter isRibbon: elements with an id are stated whole, as the higher layer's wins whole (LY-702).
  fileprivate func difference(
    _ edits: [PropertyEdit],
    isRibbon: Bool
  ) throws(EditError) -> XMLNode {
    var difference = XMLNode(element.name)
    var missing: [String] = []
    var edited = self
    for edit in edits {
      let edit = try edited.spelledOut(edit)
      let before = edited
      edited = try edited.applying([edit])
      let old = XMLNode(before.element, of: before.fragment)
      let new = XMLNode(edited.element, of: edited.fragment)
      let chain: XMLNode
      if let place = before.fragment.place(of: edit.path) {
        let isGone = edit.value == nil && place.attribute == nil
        if isRibbon {
          guard let whole = new.wholeChain(to: place.steps[...], isGone: isGone) else {
            throw .notRemovable(edit.path)
          }
          difference.replace(whole)
          continue
        }
        if isGone, let first = place.steps.first, old.children[first].isHeader {
          throw .notRemovable(edit.path)
        }
        chain = (isGone ? old : new).chain(
          to: place.steps[...],
          marked: isGone ? "Removed" : "Modified"
        )
      } else if let label = before.fragment.newLabel(edit.path) {
        var steps = label.parent
        var parent = new
        for step in steps { parent = parent.children[step] }
        steps.append(parent.children.count - 1)
        chain = new.chain(to: steps[...], marked: "Added")
      } else {
        continue
      }
      difference.apply(chain, isDifference: true, missing: &missing)
    }
    return difference
  }
}

extension XMLNode {
  /// A plain setting or a list of labels.
  fileprivate var isHeader: Bool {
    children.isEmpty
      || ["LocalizedNames", "LocalizedCollectionNames", "displaynames", "Descriptions"].contains(
        name
      )
  }

  /// The tags that lead to a place, and what stands there with its mark; a plain setting goes whole and unmarked.
  fileprivate func chain(to steps: ArraySlice<Int>, marked action: String) -> XMLNode {
    var node = self
    if let step = steps.first, children[step].isHeader {
      node.children = [children[step]]
    } else {
      node.keep(steps, marked: action)
    }
    return node
  }

  /// The tags that lead to the outermost element with an id on the way, and that element whole; nil where the element
  /// itself is gone.
  fileprivate func wholeChain(to steps: ArraySlice<Int>, isGone: Bool) -> XMLNode? {
    guard let step = steps.first else { return self }
    if isGone, steps.count == 1 { return nil }
    let child = children[step]
    let inner =
      child[attribute: "Id"] == nil
      ? child.wholeChain(to: steps.dropFirst(), isGone: isGone) : child
    return inner.map { inner in
      var node = self
      node.children = [inner]
      return node
    }
  }

  /// Puts the elements with an id that another node leads to in the place of those that are here.
  fileprivate mutating func replace(_ other: XMLNode) {
    for child in other.children {
      let place = children.firstIndex {
        $0.name == child.name && $0[attribute: "Id"] == child[attribute: "Id"]
      }
      if let place, child[attribute: "Id"] == nil {
        children[place].replace(child)
      } else if let place {
        children[place] = child
      } else {
        children.append(child)
      }
    }
  }

  private mutating func keep(_ steps: ArraySlice<Int>, marked action: String) {
    if let step = steps.first {
      children = [children[step]]
      children[0].keep(steps.dropFirst(), marked: action)
    } else {
      if action != "Added" { children = [] }
      self[attribute: "solutionaction"] = action
    }
  }
}
