internal import Hashing

/// A document as a list of properties, by paths.
package struct Properties: Sendable {
  package struct Entry: Sendable {
    package let path: String
    /// The path in names; nil where it says no more than `path`.
    package let words: String?
    package let value: String
    package let origin: Origin
  }

  /// In document order; paths are unique.
  package let list: [Entry]
  private let document: Document
  private let values: [String: String]

  package init(_ definition: Definition) { self.init(Document(definition)) }

  package init(_ document: Document) {
    var reader = PropertyReader(isDifference: document.isDifference)
    if let wrapper = document.wrapper {
      for attribute in wrapper.attributes where !attribute.name.hasPrefix("xmlns") {
        reader.add("\(wrapper.name)@\(attribute.name)", attribute.value, attribute.origin)
      }
    }
    reader.read(document.root, PathText())
    for part in document.parts {
      reader.add(document.path(of: part.part), part.part.shown, part.origin)
    }
    list = reader.list
    self.document = document
    values = Dictionary(reader.list.map { ($0.path, $0.value) }) { first, _ in first }
  }

  /// Paths of those that are told in these words.
  func paths(called words: String) -> [String] {
    list.filter { $0.words == words }.map(\.path)
  }

  /// The value at a path exactly as it is listed.
  subscript(path: String) -> String? { values[path] }

  /// The value at a path; of an element with attributes or children, all that is in it.
  package func value(at path: String) -> String? {
    if let value = values[path] { return value }
    let places = document.root.places(of: path)
    guard places.count == 1, let place = places.first else { return nil }
    let element = document.root[place.steps[...]]
    if let attribute = place.attribute { return element.attribute(attribute) }
    return element.summary(isDifference: document.isDifference)
  }

  /// A long value is told by its beginning, its size and a mark that tells it from others.
  static func shortened(_ value: String) -> String {
    let limit = 2_000
    guard value.utf8.count > limit else { return value }
    // FNV-1a tells two long values apart; the definition's hash is what counts.
    let mark = value.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return "\(value.prefix(200))… (\(value.utf8.count) bytes, \(String(mark, radix: 16)))"
  }
}

extension Document {
  func path(of part: Definition.Part) -> String {
    parts.count == 1 ? "content" : "content[\(part.path)]"
  }
}

extension Definition.Part {
  /// A file as the value of a property.
  var shown: String { "\(bytes) bytes, sha256 \(digest.description.prefix(16))" }
}

/// Walks a document from the top and lists what it says.
struct PropertyReader {
  let isDifference: Bool
  private(set) var list: [Properties.Entry] = []
  private var seen: [String: Int] = [:]

  init(isDifference: Bool) { self.isDifference = isDifference }

  mutating func add(_ path: String, words: String? = nil, _ value: String, _ origin: Origin) {
    let count = seen[path, default: 0] + 1
    seen[path] = count
    list.append(
      Properties.Entry(
        path: count == 1 ? path : "\(path)#\(count)",
        words: words,
        value: Properties.shortened(value),
        origin: origin
      )
    )
  }

  private mutating func add(_ path: PathText, _ value: String, _ origin: Origin) {
    add(path.text, words: path.hasWords ? path.words : nil, value, origin)
  }

  mutating func read(_ element: Element, _ path: PathText) {
    for attribute in element.sortedAttributes(isDifference: isDifference) {
      add(path.appending(attribute: attribute.name), attribute.value, attribute.origin)
    }
    if let rows = element.rows {
      for note in rows.notes(of: element) {
        add(path.appending(note: note.path), note.value, element.origin)
      }
    }
    if element.children.isEmpty {
      if element.hasOwnText, !path.text.isEmpty { add(path, element.text, element.textOrigin) }
      return
    }
    var columns = 0
    for (child, key) in zip(element.children, Identity.keys(of: element.children)) {
      read(child, path.appending(child, key, at: columns))
      if child.name == "column" { columns += 1 }
    }
  }
}

extension Element {
  /// By name: what is kept in an environment has them in canonical order, and a package in its own.
  func sortedAttributes(isDifference: Bool) -> [Attribute] {
    let own = attributes(isDifference: isDifference).filter { !$0.name.hasPrefix("xmlns") }
    return own.count < 2 ? own : own.sorted { $0.name < $1.name }
  }

  /// Whether the text of an element without children is a property.
  var hasOwnText: Bool { !PathText.isContainer(self) && (!text.isEmpty || attributes.isEmpty) }

  /// All that is in an element, in one line.
  func summary(isDifference: Bool) -> String? {
    var reader = PropertyReader(isDifference: isDifference)
    reader.read(self, PathText())
    var pieces = reader.list.map { entry in
      "\(entry.path.drop { $0 == "@" })=\(entry.value)"
    }
    if children.isEmpty, hasOwnText { pieces.append(text) }
    return pieces.isEmpty ? nil : Properties.shortened(pieces.joined(separator: ", "))
  }
}

extension Rows {
  /// What rows say beside their cells, by the end of a path.
  func notes(of element: Element) -> [(path: String, value: String)] {
    let lines = lines(of: element.children)
    var notes: [(path: String, value: String)] = []
    for (number, line) in lines.enumerated() {
      for attribute in line.attributes.sorted(by: { $0.name < $1.name }) {
        notes.append(("row[\(number + 1)]@\(attribute.name)", attribute.value))
      }
    }
    if lines.contains(where: { $0.cells.count != 1 }) {
      let counts = lines.map { String($0.cells.count) }
      notes.append(("(cells in rows)", counts.joined(separator: " ")))
    }
    return notes
  }
}
