internal import XML

/// A component as it stands, which a readable file is to describe.
struct DescribedSubject: Sendable {
  let id: ComponentID
  /// As the file calls it.
  let name: String
  let document: Document
  let parent: ComponentID?
  /// What the environment says of it, as far as it may be told.
  let setting: Setting?
  /// Whether the file makes it; else it is there without the file, or comes along with something.
  var isNew = true

  /// An element of its definition as it is written.
  func element(at path: [String]) -> Element? { document.root.at(path) }
}

/// What is known where a component is told.
struct Telling {
  /// What the file has made so far.
  let making: BlueprintMaking
  /// What files call components that have ids.
  let names: [ComponentID: String]
  /// Files beside the readable one.
  let paths: [ComponentID: String]

  /// The word `file`; nothing where there is no content.
  func file(of subject: DescribedSubject) -> [Said.Pair] {
    paths[subject.id].map { [Said.Pair("file", text: $0)] } ?? []
  }
}

extension Said {
  /// One alone, or a list.
  init(items: [Said]) { self = items.count == 1 ? items[0] : Said(.list(items)) }

  init(texts: [String]) { self.init(items: texts.map { Said(.text($0)) }) }

  /// Pairs of which none is missing, and none has the name of another; nil otherwise.
  static func apart(_ pairs: [Pair?]) -> [Pair]? {
    let all = pairs.compactMap(\.self)
    return all.count == pairs.count && Set(all.map(\.key)).count == all.count ? all : nil
  }
}

extension Said.Pair {
  init(_ key: String, text: String) { self.init(key, Said(.text(text))) }
}

extension BlueprintMaking {
  /// Tables that are there.
  var entities: Set<ComponentID> {
    Set(pieces.keys).union(state.standingComponents).filter { $0.type == .entity }
  }

  /// What a component is a part of.
  func parent(of id: ComponentID) -> ComponentID? {
    pieces[id]?.parent ?? state.standing(id)?.top.component.parent
  }

  /// What was made as one reads it, so that it compares with what stands; nil where there is nothing, or nothing that
  /// can be read.
  func settled(_ id: ComponentID) -> Document? {
    guard let piece = pieces[id] else { return nil }
    var document = Document(root: piece.element)
    document.wrapper = piece.wrapper
    do {
      document = Document(try document.definition())
    } catch {
      return nil
    }
    document.parts = (piece.files ?? piece.formerFiles).map { ($0, .bottom) }
    return document
  }
}

extension Element {
  /// As a file of its own, for people: an element on each line, indented, where no text stands between.
  var source: [UInt8] {
    var writer = DocumentWriter()
    write(to: &writer, depth: 0)
    return writer.bytes + [0x0A]
  }

  private func write(to writer: inout DocumentWriter, depth: Int) {
    guard !name.isEmpty else { return writer.text(text) }
    func line(_ depth: Int) {
      writer.append(canonical: [0x0A] + [UInt8](repeating: 0x20, count: 2 * depth))
    }
    writer.open(name, attributes.map { ($0.name, $0.value) })
    if children.isEmpty { writer.text(text) }
    let isMixed = children.contains { $0.name.isEmpty }
    func write(_ child: Element, _ depth: Int) {
      if !isMixed { line(depth) }
      child.write(to: &writer, depth: depth)
    }
    if let rows, name == "rows" {
      for row in rows.lines(of: children) {
        line(depth + 1)
        writer.open("row", row.attributes.map { ($0.name, $0.value) })
        for cell in row.cells { write(cell, depth + 2) }
        if !row.cells.isEmpty { line(depth + 1) }
        writer.close("row")
      }
      if !children.isEmpty { line(depth) }
    } else {
      for child in children { write(child, depth + 1) }
      if !children.isEmpty, !isMixed { line(depth) }
    }
    writer.close(name)
  }
}
