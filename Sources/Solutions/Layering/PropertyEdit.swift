internal import XML

/// Another value for one property of a definition, by the path that `blame` prints.
package struct PropertyEdit: Equatable, Sendable {
  package let path: String
  /// nil takes the property out.
  package let value: String?

  package init(_ path: String, _ value: String?) {
    self.path = path
    self.value = value
  }
}

/// Why a definition cannot be edited so.
enum EditError: Error, Equatable {
  /// With paths that come near.
  case noSuchProperty(String, near: [String])
  /// The property is the content of a file.
  case isFile(String)
  /// Other layers have it, and this kind has no word for taking it away.
  case notRemovable(String)
  /// The end of several paths.
  case ambiguous(String, [String])
  /// The path leads to an element that holds others.
  case holdsOthers(String)
  case notXML(line: Int, String)
  /// A difference changes what is not there.
  case nothingThere([String])
  case otherElement(String, expected: String)
}

/// An element of a definition, by positions from the top, and one of its attributes.
struct PropertyPlace: Equatable {
  var steps: [Int] = []
  var attribute: String?
}

extension Definition {
  func applying(_ edits: [PropertyEdit]) throws(EditError) -> Definition {
    var definition = self
    for edit in edits { definition = try definition.applying(edit) }
    return definition
  }

  private func applying(_ edit: PropertyEdit) throws(EditError) -> Definition {
    if edit.path == "content" || edit.path.hasPrefix("content["), !parts.isEmpty {
      throw .isFile(edit.path)
    }
    let edit = try spelledOut(edit)
    if let place = fragment.place(of: edit.path) {
      return try changing { node throws(EditError) in
        try node.set(edit, at: place.steps[...], place.attribute)
      }
    }
    guard let value = edit.value, let label = fragment.newLabel(edit.path) else {
      throw .noSuchProperty(edit.path, near: near(edit.path))
    }
    return try changing { node in
      node.change(at: label.parent[...]) { parent in
        parent.children.append(
          XMLNode(label.name, [.init(label.attribute, value), .init(label.identity, label.key)])
        )
      }
    }
  }

  /// The end of a path is enough where it means one property.
  func spelledOut(_ edit: PropertyEdit) throws(EditError) -> PropertyEdit {
    guard fragment.place(of: edit.path) == nil, fragment.newLabel(edit.path) == nil else {
      return edit
    }
    let meant = Properties(self).list.map(\.path).filter { path in
      (path.hasSuffix("/\(edit.path)") || path.hasSuffix("@\(edit.path)"))
        && fragment.place(of: path) != nil
    }
    guard meant.count < 2 else { throw .ambiguous(edit.path, meant) }
    return PropertyEdit(meant.first ?? edit.path, edit.value)
  }

  /// The definition with a changed element; what it was made of makes no XML with some characters.
  func changing(
    _ change: (inout XMLNode) throws(EditError) -> Void
  ) throws(EditError) -> Definition {
    var node = XMLNode(element, of: fragment)
    try change(&node)
    do {
      let wrapper = fragment.isWrapped ? element.parent : nil
      return Definition(try node.fragment(in: wrapper), parts: parts)
    } catch {
      throw .notXML(line: error.line, error.message)
    }
  }

  /// Paths of the definition that somebody may have meant.
  private func near(_ path: String) -> [String] {
    let wanted = path.split { $0 == "/" || $0 == "@" || $0 == "[" }.last?.lowercased() ?? ""
    guard !wanted.isEmpty else { return [] }
    return Array(
      Properties(self).list.map(\.path).filter { $0.lowercased().contains(wanted) }.prefix(5)
    )
  }
}

extension XMLFragment {
  /// Where a path leads; an attribute need not be there yet.
  func place(of path: String) -> PropertyPlace? {
    place(of: path[...], in: element, PropertyPlace())
  }

  private func place(
    of rest: Substring,
    in parent: XMLElement,
    _ place: PropertyPlace
  ) -> PropertyPlace? {
    var place = place
    if rest.isEmpty { return place }
    if rest.first == "@" {
      // A key may hold the sign itself; a name may not.
      let name = rest.dropFirst()
      guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "_-.:".contains($0) })
      else { return nil }
      place.attribute = String(name)
      return place
    }
    for (number, (child, names)) in named(parent).enumerated() {
      place.steps.append(number)
      for name in names where rest.hasPrefix(name) {
        var after = rest.dropFirst(name.count)
        if after.first == "/" {
          after = after.dropFirst()
        } else if !after.isEmpty, after.first != "@" {
          continue
        }
        if let found = self.place(of: after, in: child, place) { return found }
      }
      // A path may leave out what only holds others.
      if Self.containers.contains(child.name),
        let found = self.place(of: rest, in: child, place)
      {
        return found
      }
      place.steps.removeLast()
    }
    return nil
  }

  private static let containers: Set<String> = ["tabs", "columns", "sections", "rows", "row"]

  /// The children of an element, each with its steps in a path: by key, by what people call it, and plain where it is
  /// the only one.
  private func named(_ parent: XMLElement) -> [(child: XMLElement, names: [String])] {
    let children = children(of: parent)
    let byName = Dictionary(grouping: children) { $0.name }
    let keys = byName.mapValues { PropertyReader.keys(of: $0) }
    var next: [String: Int] = [:]
    return children.map { child in
      let name = child.isText ? "text()" : child.name
      let number = next[child.name, default: 0]
      next[child.name] = number + 1
      let called = [keys[child.name]?[number], name == "row" ? String(number + 1) : nil]
      let all = (called + [child.attribute("name"), control(of: child)]).compactMap { $0 }
      let isOnly = byName[child.name]?.count == 1
      return (child, all.map { "\(name)[\($0)]" } + (isOnly ? [name] : []))
    }
  }

  /// The control that a cell of a form holds, or that a description is of.
  private func control(of element: XMLElement) -> String? {
    guard let id = element.attribute("forControl") else {
      return element.child("control")?.attribute("id")
    }
    return self.element.descendants("control").first { $0.attribute("uniqueid") == id }?
      .attribute("id")
  }

  /// A label in a language that has none yet: `…/label[1031]@description` beside labels of other languages.
  func newLabel(
    _ path: String
  ) -> (parent: [Int], name: String, identity: String, key: String, attribute: String)? {
    guard let at = path.lastIndex(of: "@"), let open = path[..<at].lastIndex(of: "["),
      path[..<at].last == "]"
    else { return nil }
    let key = path[path.index(after: open)..<path.index(before: at)]
    let cut = path[..<open].lastIndex(of: "/")
    let name = String(path[(cut.map { path.index(after: $0) } ?? path.startIndex)..<open])
    guard !key.isEmpty, key.allSatisfy(\.isNumber),
      let parent = place(of: String(path[..<(cut ?? path.startIndex)])), parent.attribute == nil
    else { return nil }
    var element = element
    for step in parent.steps { element = children(of: element)[step] }
    let siblings = children(of: element).filter { $0.name == name }
    let attribute = String(path[path.index(after: at)...])
    for identity in ["languagecode", "LCID"] {
      if !siblings.isEmpty, attribute != identity,
        siblings.allSatisfy({ $0.attribute(identity) != nil && $0.attribute(attribute) != nil })
      {
        return (parent.steps, name, identity, String(key), attribute)
      }
    }
    return nil
  }
}

extension XMLNode {
  /// Changes the element that some positions lead to.
  mutating func change(at steps: ArraySlice<Int>, _ body: (inout XMLNode) -> Void) {
    guard let step = steps.first else { return body(&self) }
    children[step].change(at: steps.dropFirst(), body)
  }

  fileprivate mutating func set(
    _ edit: PropertyEdit,
    at steps: ArraySlice<Int>,
    _ attribute: String?
  ) throws(EditError) {
    if let step = steps.first, steps.count > 1 || attribute != nil || edit.value != nil {
      return try children[step].set(edit, at: steps.dropFirst(), attribute)
    }
    if let attribute {
      self[attribute: attribute] = edit.value
    } else if let step = steps.first {
      children.remove(at: step)
    } else if children.isEmpty, let value = edit.value {
      text = value
    } else {
      throw .holdsOthers(edit.path)
    }
  }
}
