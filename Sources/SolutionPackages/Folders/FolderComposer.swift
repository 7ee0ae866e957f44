import Solutions
import XML

/// Writes the two manifests from the documents of an unpacked solution.
struct FolderComposer {
  private let files: FolderPacker
  private(set) var problems: [UnreadableFolder.Problem] = []

  init(_ files: FolderPacker) { self.files = files }

  /// `solution.xml`, which says of itself what it is.
  func manifest(isManaged: Bool) -> SourceWriter {
    var writer = SourceWriter(.crlf)
    guard let number = files.manifest else { return writer }
    let document = files.documents[number]
    let flag = document.root.descend("SolutionManifest", "Managed")
    writer.frame(document.root, of: document.source, file: number) { writer in
      writer.children(
        of: document.root,
        of: document.source,
        file: number,
        edit: { $0 == flag ? .text(isManaged ? "1" : "0") : .leave }
      )
    }
    return writer
  }

  /// `customizations.xml`.
  mutating func customizations() -> SourceWriter {
    // Deeper than they stand in their files, and without what each file declares.
    let size = files.documents.reduce(into: 0) { $0 += $1.source.size }
    var writer = SourceWriter(.crlf, expecting: size + size / 4)
    guard let number = files.customizations else { return writer }
    let frame = files.documents[number]
    var more = sections()
    writer.frame(frame.root, of: frame.source, file: number) { writer in
      writer.children(
        of: frame.root,
        of: frame.source,
        file: number,
        first: { writer, child in Self.write(&more, before: child.name, &writer) },
        edit: { element in
          guard element.parent == frame.root else { return .leave }
          return Self.edit(element, number, frame, &more)
        }
      )
      Self.write(&more, before: nil, &writer)
    }
    return writer
  }

  // MARK: Sections

  private typealias Content = (inout SourceWriter) -> Void

  /// What comes into a section.
  private struct Section {
    let name: String
    var content: [Content] = []
    /// It is written as it is, its own tag included.
    var isWhole = false
  }

  private static func edit(
    _ section: XMLElement,
    _ number: Int,
    _ frame: FolderDocument,
    _ more: inout [Section]
  ) -> SourceWriter.Edit {
    guard let at = more.firstIndex(where: { $0.name == section.name }) else {
      guard !section.hasChildren, !section.hasText, section.attributes.isEmpty else {
        return .leave
      }
      return FolderLayout.inTwoTags.contains(section.name) ? .text("") : .empty
    }
    let found = more.remove(at: at)
    let content = found.content
    guard !found.isWhole else {
      return .replace { writer in for piece in content { piece(&writer) } }
    }
    return .fill { writer in
      writer.children(of: section, of: frame.source, file: number)
      for piece in content { piece(&writer) }
    }
  }

  /// Sections that the frame has no place for, where exports have them.
  private static func write(
    _ more: inout [Section],
    before name: String?,
    _ writer: inout SourceWriter
  ) {
    let rank = { (name: String) in ElementOrder.rank(of: name, in: "ImportExportXml") ?? .max }
    while let at = more.firstIndex(where: { section in
      name.map { section.name != $0 && rank(section.name) < rank($0) } ?? true
    }) {
      let section = more.remove(at: at)
      if section.isWhole {
        for piece in section.content { piece(&writer) }
      } else {
        writer.breakLine()
        writer.element(section.name) { writer in
          for piece in section.content { piece(&writer) }
        }
      }
    }
  }

  private mutating func sections() -> [Section] {
    var found: [Section] = []
    let tables = files.tables.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let entities = tables.compactMap { content(of: $0.value) }
    if !entities.isEmpty { found.append(Section(name: "Entities", content: entities)) }
    let relationships = relationships()
    if !relationships.isEmpty {
      found.append(Section(name: "EntityRelationships", content: relationships))
    }
    for (number, documents) in files.items.sorted(by: { $0.key < $1.key }) {
      let content = documents.map { child(files.documents[$0].root, $0) }
      found.append(Section(name: FolderLayout.items[number].section, content: content))
    }
    for number in files.sections { found.append(section(number)) }
    return found.sorted {
      (ElementOrder.rank(of: $0.name, in: "ImportExportXml") ?? .max)
        < (ElementOrder.rank(of: $1.name, in: "ImportExportXml") ?? .max)
    }
  }

  private func child(_ element: XMLElement, _ number: Int) -> Content {
    let source = files.documents[number].source
    let isRoot = element == source.root
    return { $0.child(element, of: source, file: number, isRoot: isRoot) }
  }

  private mutating func section(_ number: Int) -> Section {
    let document = files.documents[number]
    let name = document.root.name
    if let frame = files.customizations.map({ files.documents[$0] }),
      let other = frame.root.child(name), other.hasChildren
    {
      tell(document, line: 1, "\(frame.path), line \(other.line) has content for “\(name)”, too")
    }
    let content = child(document.root, number)
    // The site map itself, without the section around it.
    let isInner = name == "SiteMap" && document.root.child(name) == nil
    return Section(name: name, content: [content], isWhole: !isInner)
  }

  private mutating func tell(_ document: FolderDocument, line: Int, _ problem: String) {
    problems.append(UnreadableFolder.Problem(path: document.path, line: line, problem: problem))
  }

  // MARK: Relationships

  /// In the order of the list of names; those that it lacks come last.
  private mutating func relationships() -> [Content] {
    var found: [String: (element: XMLElement, number: Int)] = [:]
    var order: [String] = []
    for number in files.relationships {
      let document = files.documents[number]
      for element in document.root.children where !element.isText {
        guard let name = element.attribute("Name") else {
          tell(document, line: element.line, "a relationship without a name")
          continue
        }
        guard found.updateValue((element, number), forKey: name) == nil else {
          tell(document, line: element.line, "the relationship “\(name)” is there twice")
          continue
        }
        order.append(name)
      }
    }
    var listed: [String] = []
    var seen: Set<String> = []
    if let list = files.relationshipNames.map({ files.documents[$0] }) {
      for element in list.root.children where !element.isText {
        guard let name = element.attribute("Name"), seen.insert(name).inserted else { continue }
        if found[name] == nil {
          tell(list, line: element.line, "no file holds the relationship “\(name)”")
        }
        listed.append(name)
      }
    }
    return (listed + order.filter { !seen.contains($0) }).compactMap { name in
      found[name].map { child($0.element, $0.number) }
    }
  }

  // MARK: Tables

  /// A piece of a table and where it comes into it.
  private struct Place {
    let name: String
    let content: [Content]
  }

  private func content(of table: FolderPacker.Table) -> Content? {
    guard let number = table.entity else { return nil }
    let document = files.documents[number]
    let places = places(of: table)
    guard !places.isEmpty else { return child(document.root, number) }
    return { writer in
      var more = places
      writer.child(document.root, of: document.source, file: number, isRoot: true) { element in
        guard element == document.root else { return .leave }
        return .fill { writer in
          writer.children(
            of: document.root,
            of: document.source,
            file: number,
            first: { Self.write(&more, before: $1.name, &$0) },
            edit: { Self.edit($0, number, document, &more) }
          )
          Self.write(&more, before: nil, &writer)
        }
      }
    }
  }

  private static func edit(
    _ element: XMLElement,
    _ number: Int,
    _ document: FolderDocument,
    _ more: inout [Place]
  ) -> SourceWriter.Edit {
    guard element.parent == document.root,
      let at = more.firstIndex(where: { $0.name == element.name })
    else { return .leave }
    let place = more.remove(at: at)
    return .fill { writer in
      writer.children(of: element, of: document.source, file: number)
      for piece in place.content { piece(&writer) }
    }
  }

  private static func write(
    _ more: inout [Place],
    before name: String?,
    _ writer: inout SourceWriter
  ) {
    let rank = { (name: String) in ElementOrder.rank(of: name, in: "Entity") ?? .max }
    while let at = more.firstIndex(where: { place in
      name.map { place.name != $0 && rank(place.name) < rank($0) } ?? true
    }) {
      let place = more.remove(at: at)
      writer.breakLine()
      writer.element(place.name) { writer in for piece in place.content { piece(&writer) } }
    }
  }

  private func places(of table: FolderPacker.Table) -> [Place] {
    var places: [Place] = []
    var types: [String] = []
    var forms: [String: [Content]] = [:]
    for (type, number) in table.forms {
      if forms[type] == nil { types.append(type) }
      forms[type, default: []] += elements(of: number, FolderLayout.forms)
    }
    if !types.isEmpty {
      let content = types.map { type -> Content in
        let forms = forms[type] ?? []
        return { writer in
          writer.breakLine()
          writer.element("forms", [("type", type)]) { writer in
            for form in forms { form(&writer) }
          }
        }
      }
      places.append(Place(name: FolderLayout.forms.place, content: content))
    }
    for (number, documents) in table.lists.sorted(by: { $0.key < $1.key }) {
      let list = FolderLayout.tableLists[number]
      let elements = documents.flatMap { self.elements(of: $0, list) }
      places.append(Place(name: list.place, content: wrapped(elements, list.wrapper)))
    }
    if let number = table.ribbon {
      let document = files.documents[number]
      let content: Content = {
        $0.children(of: document.root, of: document.source, file: number)
      }
      places.append(Place(name: document.root.name, content: [content]))
    }
    return places.sorted {
      (ElementOrder.rank(of: $0.name, in: "Entity") ?? .max)
        < (ElementOrder.rank(of: $1.name, in: "Entity") ?? .max)
    }
  }

  private func wrapped(_ elements: [Content], _ wrapper: String?) -> [Content] {
    guard let wrapper else { return elements }
    return [
      { writer in
        writer.breakLine()
        writer.element(wrapper) { writer in for element in elements { element(&writer) } }
      }
    ]
  }

  /// The elements of a file, with or without a wrapper around them.
  private func elements(of number: Int, _ list: FolderLayout.TableList) -> [Content] {
    let root = files.documents[number].root
    guard root.name == list.wrapper else { return [child(root, number)] }
    return root.children(list.item).map { child($0, number) }
  }
}
