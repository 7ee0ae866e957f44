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
    guard kind.merge.isElementwise, own?.isDifference ?? true, isManaged else {
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
    case .properties(let edits): difference = try effective.difference(edits)
    case .difference(let bytes): difference = try effective.difference(bytes)
    }
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
  fileprivate func difference(_ edits: [PropertyEdit]) throws(EditError) -> XMLNode {
    var difference = XMLNode(element.name)
    var missing: [String] = []
    for edit in edits {
      let edit = try spelledOut(edit)
      let edited = try applying([edit])
      let old = XMLNode(element, of: fragment)
      let new = XMLNode(edited.element, of: edited.fragment)
      let chain: XMLNode
      if let place = fragment.place(of: edit.path) {
        let isGone = edit.value == nil && place.attribute == nil
        chain = (isGone ? old : new).chain(
          to: place.steps[...],
          marked: isGone ? "Removed" : "Modified"
        )
      } else if let label = fragment.newLabel(edit.path) {
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
