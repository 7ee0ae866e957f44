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
  /// No difference says this change: nothing tells the element from others, or its place is made anew each time.
  case notSayable(String)
  /// The end of several paths.
  case ambiguous(String, [String])
  /// The path leads to an element that holds others.
  case holdsOthers(String)
  case notXML(line: Int, String)
  /// A difference changes what is not there.
  case nothingThere([String])
  case otherElement(String, expected: String)
}

extension Document {
  /// The document with other values; each path has to mean one property.
  func applying(_ edits: [PropertyEdit]) throws(EditError) -> Document {
    var document = self
    for edit in edits { try document.apply(edit) }
    return document
  }

  private mutating func apply(_ edit: PropertyEdit) throws(EditError) {
    if edit.path == "content" || edit.path.hasPrefix("content["), !parts.isEmpty {
      throw .isFile(edit.path)
    }
    guard let place = try place(of: edit.path) else {
      if isAbout(edit.path) { throw .notSayable(edit.path) }
      guard let value = edit.value, let label = root.newLabel(edit.path) else {
        throw .noSuchProperty(edit.path, near: near(edit.path))
      }
      root.change(at: label.parent[...]) { parent in
        parent.children.append(
          Element(label.name, [(label.attribute, value), (label.identity, label.key)])
        )
      }
      return
    }
    try set(edit, at: place)
  }

  /// Whether a path that is told says something of the definition rather than in it: of what kind a form is, what a
  /// difference does.
  private func isAbout(_ path: String) -> Bool {
    let words = [DifferenceWords.mark, DifferenceWords.ordinal]
    return wrapper?.attributes.contains { "\(wrapper?.name ?? "")@\($0.name)" == path } ?? false
      || words.contains { path.hasSuffix("@\($0)") }
  }

  private func place(of path: String) throws(EditError) -> ElementPlace? {
    var places = root.places(of: path)
    if places.isEmpty {
      places = Properties(self).paths(called: path).flatMap { root.places(of: $0) }
    }
    guard places.count < 2 else { throw .ambiguous(path, places.map { root.spelled($0) }) }
    return places.first
  }

  private mutating func set(_ edit: PropertyEdit, at place: ElementPlace) throws(EditError) {
    if let attribute = place.attribute {
      root.change(at: place.steps[...]) { $0.set(attribute, edit.value, as: .bottom) }
      return
    }
    guard let last = place.steps.last else { throw .holdsOthers(edit.path) }
    guard let value = edit.value else {
      root.change(at: place.steps.dropLast()) { parent in
        let key = Identity.keys(of: parent.children)[last]
        parent.children.remove(at: last)
        parent.rows?.beginning[key] = nil
        parent.rows?.isReflowed = true
      }
      return
    }
    guard root[place.steps[...]].children.isEmpty else { throw .holdsOthers(edit.path) }
    root.change(at: place.steps[...]) { $0.text = value }
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

extension Element {
  /// A label in a language that has none yet: `…/label[1031]@description` beside labels of other languages.
  fileprivate func newLabel(
    _ path: String
  ) -> (parent: [Int], name: String, identity: String, key: String, attribute: String)? {
    guard let at = path.lastIndex(of: "@"), let open = path[..<at].lastIndex(of: "["),
      path[..<at].last == "]"
    else { return nil }
    let key = path[path.index(after: open)..<path.index(before: at)]
    let cut = path[..<open].lastIndex(of: "/")
    let name = String(path[(cut.map { path.index(after: $0) } ?? path.startIndex)..<open])
    let parents = places(of: String(path[..<(cut ?? path.startIndex)]))
    guard !key.isEmpty, key.allSatisfy(\.isNumber), parents.count == 1, let parent = parents.first,
      parent.attribute == nil
    else { return nil }
    let siblings = self[parent.steps[...]].children.filter { $0.name == name }
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
