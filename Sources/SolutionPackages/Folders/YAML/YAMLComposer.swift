import Solutions
import XML

/// Writes the two manifests from the documents of the newer layout.
struct YAMLComposer {
  private let folder: YAMLFolder

  init(_ folder: YAMLFolder) { self.folder = folder }

  /// `solution.xml`: the solution, its publisher, its roots and what it lacks.
  func manifest(isManaged: Bool) -> SourceWriter {
    var writer = SourceWriter(.crlf)
    guard let number = folder.manifest else { return writer }
    let document = folder.documents[number]
    let solution = document.root.child("SolutionManifest")
    writer.frame(document.root, of: document.source, file: number) { writer in
      writer.children(
        of: document.root,
        of: document.source,
        file: number,
        edit: { element in
          guard element == solution else { return .leave }
          return .fill { writer in self.solution(element, number, isManaged, &writer) }
        }
      )
    }
    return writer
  }

  private func solution(
    _ element: XMLElement,
    _ number: Int,
    _ isManaged: Bool,
    _ writer: inout SourceWriter
  ) {
    let document = folder.documents[number]
    let edit = { (child: XMLElement) -> SourceWriter.Edit in
      guard child.parent == element else { return .leave }
      switch child.name {
      case "Managed": return .text(isManaged ? "1" : "0")
      case "Publisher":
        guard let publisher = folder.publisher else { return .leave }
        return .replace { self.child(publisher, &$0) }
      case "RootComponents": return folder.roots == nil ? .leave : .drop
      case "MissingDependencies": return folder.needs == nil ? .leave : .drop
      default: return .leave
      }
    }
    writer.children(of: element, of: document.source, file: number, edit: edit)
    for number in [folder.roots, folder.needs].compactMap(\.self) { child(number, &writer) }
  }

  private func child(_ number: Int, _ writer: inout SourceWriter) {
    let document = folder.documents[number]
    writer.child(document.root, of: document.source, file: number, isRoot: true)
  }

  /// `customizations.xml`.
  func customizations() -> SourceWriter {
    var writer = SourceWriter(.crlf)
    writer.frame("ImportExportXml") { writer in
      for section in sections() { section(&writer) }
    }
    return writer
  }

  private typealias Content = (inout SourceWriter) -> Void

  /// Sections in the order of exports; those that every export has are there empty, too.
  private func sections() -> [Content] {
    var found: [(name: String, content: Content)] = []
    for place in folder.root.children {
      found.append((place.name, { self.write(place, &$0) }))
    }
    for number in folder.root.documents {
      found.append((folder.documents[number].root.name, { self.child(number, &$0) }))
    }
    for name in ElementOrder.sections where !found.contains(where: { $0.name == name }) {
      found.append((name, { self.empty(name, &$0) }))
    }
    let rank = { (name: String) in ElementOrder.rank(of: name, in: "ImportExportXml") ?? .max }
    return found.enumerated().sorted {
      (rank($0.element.name), $0.offset) < (rank($1.element.name), $1.offset)
    }.map(\.element.content)
  }

  private func empty(_ name: String, _ writer: inout SourceWriter) {
    writer.breakLine()
    guard name == "Languages", let number = folder.manifest,
      let language = folder.documents[number].root.attribute("languagecode"),
      language.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return writer.element(name) { _ in } }
    writer.element(name) { writer in
      writer.breakLine()
      writer.element("Language", text: language)
    }
  }

  /// A place with its own element around it.
  private func write(_ place: YAMLPlace, _ writer: inout SourceWriter) {
    writer.breakLine()
    writer.element(place.name, place.attributes) { writer in self.fill(place, &writer) }
  }

  private func fill(_ place: YAMLPlace, _ writer: inout SourceWriter) {
    for number in place.documents {
      if let table = folder.tables[number] {
        write(table: number, table, &writer)
      } else if isList(number, of: place) {
        let document = folder.documents[number]
        writer.children(of: document.root, of: document.source, file: number)
      } else {
        child(number, &writer)
      }
    }
    for inner in place.sorted { write(inner, &writer) }
  }

  /// Whether a file holds the element itself that others come into.
  private func isList(_ number: Int, of place: YAMLPlace) -> Bool {
    let root = folder.documents[number].root
    // A site map has the name of its section.
    return root.name == place.name && (root.name != "SiteMap" || root.child(root.name) != nil)
  }

  private func write(table number: Int, _ place: YAMLPlace, _ writer: inout SourceWriter) {
    let document = folder.documents[number]
    writer.child(document.root, of: document.source, file: number, isRoot: true) { element in
      guard element == document.root else { return .leave }
      return .fill { writer in self.merge(place, into: element, number, &writer) }
    }
  }

  /// What comes into an element beside what lies in it.
  private struct More {
    let name: String
    /// Merged with an element of its name; nil for a document.
    let place: YAMLPlace?
    let content: Content
  }

  private func more(_ place: YAMLPlace) -> [More] {
    let places = place.sorted.map { inner in
      More(name: inner.name, place: inner, content: { self.write(inner, &$0) })
    }
    let documents = place.documents.map { number in
      More(
        name: folder.documents[number].root.name,
        place: nil,
        content: { self.child(number, &$0) }
      )
    }
    return places + documents
  }

  /// What lies in an element, with what has files of its own.
  private func merge(
    _ place: YAMLPlace,
    into element: XMLElement,
    _ number: Int,
    _ writer: inout SourceWriter
  ) {
    let document = folder.documents[number]
    var more = self.more(place)
    let rank = { (name: String) in ElementOrder.rank(of: name, in: element.name) ?? .max }
    func writeMore(before name: String?, _ writer: inout SourceWriter) {
      while let at = more.firstIndex(where: { item in
        name.map { item.name != $0 && rank(item.name) < rank($0) } ?? true
      }) {
        more.remove(at: at).content(&writer)
      }
    }
    writer.children(of: element, of: document.source, file: number) { writer, child in
      writeMore(before: child.name, &writer)
    } edit: { child in
      guard child.parent == element, let at = more.firstIndex(where: { $0.name == child.name })
      else { return .leave }
      guard let inner = more[at].place else {
        // An empty element keeps the place of what has a file.
        return child.hasChildren || !child.attributes.isEmpty ? .leave : .drop
      }
      more.remove(at: at)
      return .fill { writer in self.merge(inner, into: child, number, &writer) }
    }
    writeMore(before: nil, &writer)
  }
}
