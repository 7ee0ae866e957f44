/// What differs between two documents: one walk of both that passes over what is alike.
package struct PropertyChanges: Sendable {
  package struct Change: Equatable, Sendable {
    package let path: String
    /// The path in names; nil where it says no more than `path`.
    package let words: String?
    package let before: String?
    package let after: String?
    /// Where it stands in both documents; nil of a file and of the tag around.
    var place: Path?
  }

  /// The end of the path of what tells how elements follow each other; no list of properties has it.
  static let order = "(order)"

  package private(set) var list: [Change] = []
  private let isDifference: Bool

  /// A different definition has at least one change.
  package static func between(_ before: Definition?, _ after: Definition?) -> [Change] {
    guard before != after else { return [] }
    return PropertyChanges(
      from: before.map { Document($0) },
      to: after.map { Document($0) }
    ).spelledOut
  }

  /// The same, of what is in effect.
  package static func between(_ before: Effective?, _ after: Effective?) -> [Change] {
    guard before != after else { return [] }
    return PropertyChanges(from: before?.document, to: after?.document).spelledOut
  }

  package init(from before: Document?, to after: Document?) {
    isDifference = (after ?? before)?.isDifference ?? false
    guard let before, let after else {
      for entry in before.map({ Properties($0).list }) ?? [] {
        list.append(entry.change(before: entry.value, after: nil))
      }
      for entry in after.map({ Properties($0).list }) ?? [] {
        list.append(entry.change(before: nil, after: entry.value))
      }
      return
    }
    wrappers(before.wrapper, after.wrapper)
    compare(before.root, after.root, PathText())
    parts(before, after)
  }

  private var spelledOut: [Change] {
    list.isEmpty
      ? [
        Change(
          path: "definition",
          words: nil,
          before: "as before",
          after: "spelled differently"
        )
      ] : list
  }

  private mutating func add(_ path: PathText, _ before: String?, _ after: String?) {
    list.append(
      Change(
        path: path.text,
        words: path.hasWords ? path.words : nil,
        before: before.map(Properties.shortened),
        after: after.map(Properties.shortened),
        place: path.place
      )
    )
  }

  private mutating func wrappers(_ before: Element?, _ after: Element?) {
    guard before?.attributes != after?.attributes, let name = (after ?? before)?.name else {
      return
    }
    attributes(
      before?.sortedAttributes(isDifference: false) ?? [],
      after?.sortedAttributes(isDifference: false) ?? [],
      PathText().appending(note: name),
      isAround: true
    )
  }

  private mutating func attributes(
    _ before: [Element.Attribute],
    _ after: [Element.Attribute],
    _ path: PathText,
    isAround: Bool = false
  ) {
    defer { if isAround { for at in list.indices { list[at].place = nil } } }
    for attribute in before {
      let now = after.first { $0.name == attribute.name }?.value
      if now != attribute.value {
        add(path.appending(attribute: attribute.name), attribute.value, now)
      }
    }
    for attribute in after where !before.contains(where: { $0.name == attribute.name }) {
      add(path.appending(attribute: attribute.name), nil, attribute.value)
    }
  }

  private mutating func parts(_ before: Document, _ after: Document) {
    for (part, _) in before.parts {
      let now = after.parts.first { $0.part.path == part.path }?.part
      if now != part {
        list.append(
          Change(
            path: before.path(of: part),
            words: nil,
            before: part.shown,
            after: now?.shown
          )
        )
      }
    }
    for (part, _) in after.parts where !before.parts.contains(where: { $0.part.path == part.path })
    {
      list.append(
        Change(path: after.path(of: part), words: nil, before: nil, after: part.shown)
      )
    }
  }

  private mutating func compare(_ before: Element, _ after: Element, _ path: PathText) {
    if before.attributes != after.attributes || isDifference {
      attributes(
        before.sortedAttributes(isDifference: isDifference),
        after.sortedAttributes(isDifference: isDifference),
        path
      )
    }
    if before.rows != nil || after.rows != nil, !Rows.isAlike(before, after) {
      let (old, new) = (before.rowNotes, after.rowNotes)
      for note in old {
        let now = new.first { $0.path == note.path }?.value
        if now != note.value { add(path.appending(note: note.path), note.value, now) }
      }
      for note in new where !old.contains(where: { $0.path == note.path }) {
        add(path.appending(note: note.path), nil, note.value)
      }
    }
    if before.children.isEmpty, after.children.isEmpty {
      guard !path.text.isEmpty else { return }
      let (old, new) = (
        before.hasOwnText ? before.text : nil, after.hasOwnText ? after.text : nil
      )
      if old != new { add(path, old, new) }
      return
    }
    children(before, after, path)
  }

  private mutating func children(_ before: Element, _ after: Element, _ path: PathText) {
    let (old, new) = (Identity.keys(of: before.children), Identity.keys(of: after.children))
    let isSame = old == new
    let places =
      isSame ? [:] : Dictionary(zip(new, new.indices)) { first, _ in first }
    var columns = 0
    var moved: [Int] = []
    for (number, child) in before.children.enumerated() {
      defer { if child.name == "column" { columns += 1 } }
      let at = isSame ? number : places[old[number]]
      if let at {
        if Identity.hasRule(child.name), !Identity.languages.contains(child.name) {
          moved.append(at)
        }
        // What is alike is passed over without making a path.
        if child.isAlike(after.children[at], isDifference: isDifference) { continue }
        compare(
          child,
          after.children[at],
          path.appending(after.children[at], old[number], at: columns)
        )
      } else {
        lone(child, path.appending(child, old[number], at: columns), isGone: true)
      }
    }
    guard !isSame else { return }
    let had = Set(old)
    columns = 0
    for (number, child) in after.children.enumerated() {
      if !had.contains(new[number]) {
        lone(child, path.appending(child, new[number], at: columns), isGone: false)
      }
      if child.name == "column" { columns += 1 }
    }
    guard moved != moved.sorted() else { return }
    func order(_ places: [Int]) -> String {
      places.map { PathText().appending(after.children[$0], new[$0], at: $0).name }
        .joined(separator: ", ")
    }
    add(path.appending(note: Self.order), order(moved), order(moved.sorted()))
  }

  /// An element that one side does not have: one line, whatever is in it.
  private mutating func lone(_ element: Element, _ path: PathText, isGone: Bool) {
    let value: String?
    if element.attributes.isEmpty, element.children.isEmpty {
      value = element.hasOwnText ? element.text : nil
    } else {
      value = element.summary(isDifference: isDifference)
    }
    guard let value else { return }
    if isGone { add(path, value, nil) } else { add(path, nil, value) }
  }
}

extension Properties.Entry {
  fileprivate func change(before: String?, after: String?) -> PropertyChanges.Change {
    PropertyChanges.Change(path: path, words: words, before: before, after: after, place: nil)
  }
}

extension Document {
  /// The value that a document has where two others differ.
  func value(of change: PropertyChanges.Change) -> String? {
    if let place = change.place { return value(at: place) }
    return Properties(self)[change.path]
  }
}

extension Element {
  fileprivate var rowNotes: [(path: String, value: String)] { rows?.notes(of: self) ?? [] }

  /// Spelled alike down to the last leaf, so that there is nothing to tell.
  fileprivate func isAlike(_ other: Element, isDifference: Bool) -> Bool {
    guard name == other.name, text == other.text, children.count == other.children.count,
      attributes == other.attributes || (attributes.isEmpty && other.attributes.isEmpty)
    else { return false }
    if isDifference, mark != other.mark || place != other.place { return false }
    if rows != nil || other.rows != nil, !Rows.isAlike(self, other) { return false }
    return zip(children, other.children).allSatisfy { $0.isAlike($1, isDifference: isDifference) }
  }
}
