internal import XML

/// How the statement of the active layer changes.
enum ActiveEdit {
  case properties([PropertyEdit])
  /// A document with a difference.
  case difference([UInt8])
  /// What is to be in effect.
  case document(Document)
}

extension LayerStack {
  /// What the active layer says after an edit.
  ///
  /// The edit is one of what is in effect; the active layer then says the difference that it makes. A first edit copies
  /// the definition in effect (LY-305). Kinds that merge keep the difference only, so that later managed changes of the
  /// rest show (LY-311, LY-1105).
  func active(after edit: ActiveEdit, _ kind: ComponentKind) throws(EditError) -> Definition {
    let merge = kind.merge
    let own = layer(of: .active)?.definition
    let inEffect = effective(merge)
    let effective = inEffect.document
    let (difference, edited) = try effective.edited(by: edit, kind)
    let keepsDifference =
      merge.isElementwise && isManaged && !merge.rules.isAlwaysAdditive
      && own?.isDifference != false
    var document: Document
    if keepsDifference {
      document = own.map { Document($0) } ?? effective.header(merge.rules)
      document.isDifference = true
      document.root =
        Difference(document, merge.rules).followed(by: difference, merge.rules).root.withoutTrifles
      document.sayIsDifference(like: effective, merge.rules)
    } else {
      let isRibbon = merge.rules.isAlwaysAdditive && isManaged
      document = own.map { Document($0) } ?? (isRibbon ? effective.header(merge.rules) : effective)
      document.root = document.root.applying(difference, as: .bottom, merge.rules)
    }
    let parts = own?.parts ?? inEffect.parts
    let after = try Self.definition(document, parts)
    do throws(EditError) {
      try check(after, makes: edited, of: effective, merge)
    } catch {
      // Elements that no name tells apart are in no difference: what says all of it says them, too.
      guard !keepsDifference, own?.isDifference != true, case .notSayable = error else {
        throw error
      }
      document.root = edited.root
      let whole = try Self.definition(document, parts)
      try check(whole, makes: edited, of: effective, merge)
      return whole
    }
    return after
  }

  private static func definition(
    _ document: Document,
    _ parts: [Definition.Part]
  ) throws(EditError) -> Definition {
    do {
      return try Definition(document, parts: parts)
    } catch {
      throw .notXML(line: error.line, error.message)
    }
  }

  /// What is said has to come to what was meant: where layers below say otherwise and there is no word for taking that
  /// away, the edit is refused.
  private func check(
    _ after: Definition,
    makes edited: Document,
    of former: Document,
    _ merge: MergeBehavior
  ) throws(EditError) {
    var stack = self
    let component = top.component.with(after, at: top.component.location)
    stack.put(
      Layer(solution: .active, publisher: top.publisher, rank: .active, component: component)
    )
    let result = stack.effective(merge).document
    guard result.root != edited.root else { return }
    // What managed properties are to be is another question.
    let all = PropertyChanges(from: edited, to: result).list.filter { !merge.isOutside($0.path) }
    guard !all.isEmpty else { return }
    // What was asked for before what would come along.
    let asked = Set(PropertyChanges(from: former, to: edited).list.map(\.path))
    guard let missed = all.first(where: { asked.contains($0.path) }) ?? all.first else { return }
    // From what was meant to what would be: what comes back was to go.
    if missed.before == nil { throw .notRemovable(missed.path) }
    throw .notSayable(missed.path)
  }
}

extension Effective {
  fileprivate var parts: [Definition.Part] {
    switch self {
    case .stated(let definition): definition.parts
    case .merged(let document, _): document.parts.map(\.part)
    }
  }
}

extension Document {
  /// What an edit changes, and what comes of it.
  fileprivate func edited(
    by edit: ActiveEdit,
    _ kind: ComponentKind
  ) throws(EditError) -> (Difference, Document) {
    let rules = kind.merge.rules
    var edited = self
    switch edit {
    case .properties(let edits):
      edited = try applying(edits)
      let difference = Difference(from: root, to: edited.root, rules)
      if kind.merge.isElementwise, let path = difference.removedSetting {
        throw .notRemovable(path)
      }
      return (difference.stating(around: rules), edited)
    case .document(let document):
      let difference = Difference(from: root, to: document.root, rules)
      if kind.merge.isElementwise, let path = difference.removedSetting {
        throw .notRemovable(path)
      }
      return (difference.stating(around: rules), document)
    case .difference(let bytes):
      let difference = try read(bytes, rules)
      let missing = difference.missing(in: root)
      guard missing.isEmpty else {
        throw .nothingThere(missing.map { $0.spelled(in: difference.root) })
      }
      edited.root = root.applying(difference, as: .bottom, rules)
      return (difference, edited)
    }
  }

  /// Reads a difference; it begins with the component's own element, or with one right below it.
  private func read(_ bytes: [UInt8], _ rules: FoldRules) throws(EditError) -> Difference {
    let tree: XMLTree
    do {
      tree = try XMLTree(bytes)
    } catch {
      throw .notXML(line: error.line, error.message)
    }
    var document = Document(root: Element(XMLFragment(tree.root)))
    document.isDifference = true
    if document.root.name != root.name {
      guard root.children.contains(where: { $0.name == document.root.name }) else {
        throw .otherElement(document.root.name, expected: root.name)
      }
      document.root = Element(root.name, children: [document.root])
    }
    return Difference(document, rules).sayingAll(over: root, rules)
  }
}

extension Difference {
  /// A plain setting, or a label of one, that it takes away.
  fileprivate var removedSetting: String? {
    for child in root.children {
      if child.mark == .removed, child.isHeader { return child.name }
      guard child.isHeader || child.children.allSatisfy({ Identity.languages.contains($0.name) }),
        let label = child.children.first(where: { $0.mark == .removed })
      else { continue }
      let key = Identity.keys(of: [label])[0]
      return "\(child.name)/\(PathText.step(label, key, at: 0))"
    }
    return nil
  }

  /// As somebody wrote it by hand: an unmarked leaf states its value, and what is stated whole is all of it.
  fileprivate func sayingAll(over base: Element, _ rules: FoldRules) -> Difference {
    var root = root
    root.sayAll(over: base, rules)
    return Difference(root: root)
  }
}

extension Path {
  /// As the steps of an element spell it.
  fileprivate func spelled(in root: Element) -> String {
    var (element, path) = (root, PathText())
    for key in keys {
      let siblings = Identity.keys(of: element.children)
      guard let at = siblings.firstIndex(of: key) else { break }
      let columns = element.children[..<at].count { $0.name == "column" }
      element = element.children[at]
      path = path.appending(element, key, at: columns)
    }
    return path.text
  }
}

extension Element {
  fileprivate mutating func sayAll(over base: Element?, _ rules: FoldRules) {
    let keys = base.map { Identity.keys(of: $0.children) } ?? []
    let places = Dictionary(zip(keys, keys.indices)) { first, _ in first }
    for (at, key) in Identity.keys(of: children).enumerated() {
      let below = places[key].flatMap { base?.children[$0] }
      if rules.wholes.contains(children[at].name) {
        let isNowhere = children[at].mark == .modified && below == nil
        if children[at].mark != .removed, !isNowhere { children[at].mark = .restated }
        continue
      }
      if children[at].mark == nil, children[at].children.isEmpty, !children[at].name.isEmpty {
        children[at].mark = below == nil ? .added : .modified
      }
      if children[at].mark != .added { children[at].sayAll(over: below, rules) }
    }
  }
}
