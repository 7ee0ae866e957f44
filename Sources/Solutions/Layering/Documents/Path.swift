/// A property of a document: elements from the top by identity, and an attribute at the end.
///
/// A step has a selector exactly when `Identity` knows how to tell elements of its name, whatever its siblings are; so
/// the same property has the same path in every document.
package struct Path: Hashable, Sendable {
  let keys: [Identity.Key]
  let attribute: String?
  /// Something that is told of an element and is none of its attributes: how cells lie in rows.
  let note: String?

  init(_ keys: [Identity.Key], attribute: String? = nil, note: String? = nil) {
    self.keys = keys
    self.attribute = attribute
    self.note = note
  }
}

/// A path as it is spelled for programs, and for people where that reads better.
package struct PathText {
  private(set) var text = ""
  /// The same for looking up.
  private(set) var place = Path([])
  /// Names instead of ids; nil where no step has a name.
  var words: String { ending.map { Self.joined(said, $0) } ?? said }
  private(set) var hasWords = false
  private var said = ""
  /// A last step that is not worth a word on the way to others.
  private var ending: String?

  /// Elements that only hold others of one name; paths leave them out.
  static let containers: Set<String> = ["tabs", "columns", "sections", "rows"]

  static func isContainer(_ element: Element) -> Bool {
    containers.contains(element.name) && element.attributes.isEmpty
  }

  /// The step of an element, among its siblings.
  static func step(_ element: Element, _ key: Identity.Key, at position: Int) -> String {
    var step = element.stepName
    if let values = Identity.spelled(element, at: position), !values.isEmpty {
      step += "[\(values.joined(separator: " "))]"
    }
    return key.number > 0 ? "\(step)#\(key.number + 1)" : step
  }

  func appending(_ element: Element, _ key: Identity.Key, at position: Int) -> PathText {
    var path = self
    path.place = Path(place.keys + [key])
    path.ending = nil
    if Self.isContainer(element), key.number == 0 { return path }
    let step = Self.step(element, key, at: position)
    path.text += path.text.isEmpty ? step : "/\(step)"
    switch element.name {
    case "form", "row": return path
    case "column": path.ending = "column \(position + 1)"
    case "tab", "section":
      path.hasWords = true
      path.say("\(element.name) “\(element.title ?? step)”")
    case "cell":
      guard let control = element.child("control")?.attribute("id") else { fallthrough }
      path.hasWords = true
      path.say(control)
    case "control" where path.said.hasSuffix(element.attribute("id") ?? "\u{0}"):
      return path
    default: path.say(step)
    }
    return path
  }

  /// What people call it, or its steps.
  var name: String { hasWords ? words : text }

  func appending(attribute: String) -> PathText {
    var path = self
    path.place = Path(place.keys, attribute: attribute)
    path.text += "@\(attribute)"
    path.said = words.isEmpty ? "@\(attribute)" : "\(words) @\(attribute)"
    path.ending = nil
    return path
  }

  /// Something that is told of an element and is none of its attributes.
  func appending(note: String) -> PathText {
    var path = self
    path.place = Path(place.keys, note: note)
    path.text += path.text.isEmpty ? note : "/\(note)"
    path.say(note)
    return path
  }

  private mutating func say(_ word: String) {
    said = Self.joined(words, word)
    ending = nil
  }

  private static func joined(_ words: String, _ word: String) -> String {
    words.isEmpty ? word : "\(words) › \(word)"
  }
}

extension Element {
  /// What people call a part of a form: its name or, where that is a GUID, its first label.
  fileprivate var title: String? {
    if let name = attribute("name"), !name.isEmpty, GUID(name) == nil { return name }
    return child("labels")?.children.first?.attribute("description").flatMap {
      $0.isEmpty ? nil : $0
    }
  }
}

extension PathText {
  /// Whether somebody who writes some text means a path: all of it, its end, or an element in which it stands, with or
  /// without keys, or the words in which it is told.
  package static func isMeant(_ path: String, _ words: String? = nil, by text: String) -> Bool {
    if let words, words == text || words.hasPrefix("\(text) ") { return true }
    func ends(_ path: String) -> Bool {
      let path = "/\(path)/"
      return path.contains("/\(text)/") || path.contains("/\(text)@")
        || path.hasSuffix("@\(text)/")
    }
    return ends(path) || ends(path.withoutKeys)
  }
}

extension Document {
  /// The value at a path; of an element with attributes or children, all that is in it.
  func value(at path: Path) -> String? {
    var element = root
    for key in path.keys {
      guard let at = Identity.keys(of: element.children).firstIndex(of: key) else { return nil }
      element = element.children[at]
    }
    if let attribute = path.attribute {
      return element.attributes(isDifference: isDifference).first { $0.name == attribute }
        .map { Properties.shortened($0.value) }
    }
    if let note = path.note {
      return element.rows?.notes(of: element).first { $0.path == note }?.value
    }
    guard !element.attributes.isEmpty || !element.children.isEmpty else {
      return element.hasOwnText ? Properties.shortened(element.text) : nil
    }
    return element.summary(isDifference: isDifference)
  }
}

// MARK: Finding

/// Where in an element something stands: the way by numbers of children, and an attribute.
struct ElementPlace: Equatable {
  var steps: [Int] = []
  var attribute: String?
}

extension Element {
  /// Where a path may lead: one place where it is spelled as strata does; several where it is less than that.
  ///
  /// The end of a path is enough where it means one thing.
  func places(of path: String) -> [ElementPlace] {
    var found: [ElementPlace] = []
    find(path[...], ElementPlace(), &found)
    if found.isEmpty { findBelow(path[...], ElementPlace(), &found) }
    return found
  }

  private func findBelow(
    _ rest: Substring,
    _ place: ElementPlace,
    _ found: inout [ElementPlace]
  ) {
    guard found.count < 8, !rest.isEmpty else { return }
    for (number, child) in children.enumerated() {
      let below = place.below(number)
      var inside: [ElementPlace] = []
      child.find(rest, below, &inside)
      found += inside.filter { place in
        guard !found.contains(place) else { return false }
        // An attribute that is nowhere could be meant anywhere.
        let element = child[place.steps.dropFirst(below.steps.count)]
        return place.attribute.map { element.attribute($0) != nil } ?? true
      }
      child.findBelow(rest, below, &found)
    }
  }

  private func find(_ rest: Substring, _ place: ElementPlace, _ found: inout [ElementPlace]) {
    guard found.count < 8 else { return }
    if rest.isEmpty {
      found.append(place)
      return
    }
    if rest.first == "@" {
      // A key may hold the sign itself; a name may not.
      let name = rest.dropFirst()
      guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "_-.:".contains($0) })
      else { return }
      found.append(ElementPlace(steps: place.steps, attribute: String(name)))
      return
    }
    let before = found.count
    let names = stepNames
    let small = rest.lowercased()
    // A path may leave out what only holds others.
    for (number, child) in children.enumerated()
    where PathText.containers.contains(child.name) || child.name == "row" {
      child.find(rest, place.below(number), &found)
    }
    // The whole step first; only where there is none, what people call an element.
    for isWhole in [true, false] where found.count == before {
      for (number, child) in children.enumerated() {
        for name in isWhole ? [names[number].whole] : names[number].others
        where rest.hasPrefix(child.stepName) && small.hasPrefix(name) {
          var after = rest.dropFirst(name.count)
          if after.first == "/" {
            after = after.dropFirst()
          } else if !after.isEmpty, after.first != "@" {
            continue
          }
          let count = found.count
          child.find(after, place.below(number), &found)
          if found.count > count { break }
        }
      }
    }
  }

  /// For each child its step as paths spell it, and in other words: by one of its values, by what people call it, and
  /// plain; in small letters, since case tells no key from another.
  private var stepNames: [(whole: String, others: [String])] {
    var columns = 0
    return zip(children, Identity.keys(of: children)).map { child, key in
      let position = columns
      if child.name == "column" { columns += 1 }
      let whole = PathText.step(child, key, at: position).lowercased()
      let values = Identity.spelled(child, at: position) ?? []
      let called = values + [child.attribute("name"), control(of: child)].compactMap { $0 }
      let name = child.stepName
      return (whole, (called.map { "\(name)[\($0)]" } + [name]).map { $0.lowercased() })
    }
  }

  fileprivate var stepName: String { name.isEmpty ? "text()" : name }

  /// The control that a cell of a form holds.
  private func control(of cell: Element) -> String? { cell.child("control")?.attribute("id") }

  subscript(steps: ArraySlice<Int>) -> Element {
    guard let step = steps.first else { return self }
    return children[step][steps.dropFirst()]
  }

  mutating func change(at steps: ArraySlice<Int>, _ body: (inout Element) -> Void) {
    guard let step = steps.first else { return body(&self) }
    children[step].change(at: steps.dropFirst(), body)
  }

  /// The path of a place, as strata spells it.
  func spelled(_ place: ElementPlace) -> String {
    var (element, path) = (self, PathText())
    for step in place.steps {
      let columns = element.children[..<step].count { $0.name == "column" }
      let key = Identity.keys(of: element.children)[step]
      element = element.children[step]
      path = path.appending(element, key, at: columns)
    }
    return place.attribute.map { path.appending(attribute: $0).text } ?? path.text
  }
}

extension ElementPlace {
  fileprivate func below(_ step: Int) -> ElementPlace { ElementPlace(steps: steps + [step]) }
}
