import XML

/// Takes the documents of a package apart into files, and finds a place for each other file.
struct FolderUnpacker {
  /// Of `customizations.xml`.
  private let document: SourceDocument
  private let manifest: SourceDocument
  /// What the manifest is to say of what it is; nil for what it says.
  private let flag: String?
  private let lineEnd: SourceWriter.LineEnd
  /// Every other file of the package, by path.
  private let parts: [String: [UInt8]]

  private(set) var files: [String: [UInt8]] = [:]
  private var claims = Claims()
  /// What has a file of its own, by number.
  private var moved: Set<Int> = []
  /// Where parts lie that components name, by path in the package.
  private var places: [String: String] = [:]

  init(
    customizations: SourceDocument,
    manifest: SourceDocument,
    flag: String?,
    parts: [String: [UInt8]],
    lineEnd: SourceWriter.LineEnd
  ) {
    document = customizations
    self.manifest = manifest
    self.flag = flag
    self.parts = parts
    self.lineEnd = lineEnd
  }

  /// - Throws: `PartError` for files whose names cannot be told from those of folders.
  mutating func unpack() throws(PartError) {
    for path in [FolderLayout.manifest, FolderLayout.customizations] { claims.take(path) }
    for section in document.root.children where !section.isText {
      switch section.name {
      case "Entities": for table in section.children("Entity") { unpack(table: table) }
      case "EntityRelationships": unpack(relationships: section)
      default: unpack(section: section)
      }
    }
    try placeParts()
    let said = flag.flatMap { _ in manifest.root.descend("SolutionManifest", "Managed") }
    files[FolderLayout.manifest] = written(manifest.root, of: manifest) { element in
      element == said ? .text(flag ?? "") : .leave
    }
    let moved = moved
    files[FolderLayout.customizations] = written(document.root, of: document) { element in
      if moved.contains(element.number) { return .drop }
      let isSection = element.parent.map { $0.number == 0 } ?? false
      return isSection && !element.hasChildren && !element.hasText ? .empty : .leave
    }
  }

  private func written(
    _ element: XMLElement,
    of document: SourceDocument,
    edit: (XMLElement) -> SourceWriter.Edit = { _ in .leave }
  ) -> [UInt8] {
    var writer = SourceWriter(lineEnd)
    writer.declare()
    writer.root(element, of: document, edit: edit)
    return writer.bytes
  }

  /// Whether a document can have a file.
  private func isFree(_ path: String) -> Bool {
    FolderPath.isSafe(path) && FolderPath.isTwin(path) == nil && claims.isFree(path)
  }

  private mutating func move(
    _ element: XMLElement,
    to path: String,
    edit: (XMLElement) -> SourceWriter.Edit = { _ in .leave }
  ) {
    claims.take(path)
    files[path] = written(element, of: document, edit: edit)
    moved.insert(element.number)
  }

  // MARK: Sections

  private mutating func unpack(section: XMLElement) {
    if let (_, path) = FolderLayout.whole.first(where: { $0.section == section.name }) {
      guard section.hasChildren, isFree(path) else { return }
      claims.take(path)
      files[path] = written(section, of: document)
      moved.formUnion(section.children.map(\.number))
      return
    }
    guard let items = FolderLayout.items.first(where: { $0.section == section.name }) else {
      return
    }
    for item in section.children(items.item) { unpack(item: item, items) }
  }

  private mutating func unpack(item: XMLElement, _ items: FolderLayout.Items) {
    switch items.place {
    case .file(let name, let suffix):
      guard let name = FolderLayout.text(name, of: item), !name.contains("/") else { return }
      let path = "\(items.folder)/\(name)\(suffix)"
      if isFree(path) { move(item, to: path) }
    case .folder(let name, let file):
      guard let name = FolderLayout.text(name, of: item), !name.contains("/") else { return }
      let path = "\(items.folder)/\(name)/\(file)"
      if isFree(path) { move(item, to: path) }
    case .beside(let names):
      guard let part = FolderLayout.part(names, of: item) else { return }
      unpack(item: item, part, to: part, items)
    case .webResource:
      guard let part = FolderLayout.part(["FileName"], of: item),
        let name = FolderLayout.text(["Name"], of: item)
      else { return }
      unpack(item: item, part, to: "\(items.folder)/\(name)", items)
    }
  }

  /// An element beside its content.
  private mutating func unpack(
    item: XMLElement,
    _ part: String,
    to content: String,
    _ items: FolderLayout.Items
  ) {
    let path = content + ".data.xml"
    guard parts[part] != nil, places[part] == nil, content.hasPrefix(items.folder + "/"),
      !content.hasSuffix(".data.xml"), FolderPath.isSafe(content), claims.isFree(content),
      isFree(path)
    else { return }
    claims.take(content)
    places[part] = content
    files[content] = parts[part]
    move(item, to: path)
  }

  // MARK: Tables

  private mutating func unpack(table: XMLElement) {
    guard let name = table.text(of: "Name"), !name.contains("/") else { return }
    let folder = "Entities/\(name)/"
    let path = folder + "Entity.xml"
    guard isFree(path) else { return }
    claims.take(path)
    if let forms = table.child("FormXml") { unpack(forms: forms, folder) }
    for list in FolderLayout.tableLists {
      if let place = table.child(list.place) { unpack(list: place, list, folder) }
    }
    if let ribbon = table.child("RibbonDiffXml"), ribbon.hasChildren {
      let path = folder + "RibbonDiff.xml"
      if isFree(path) {
        claims.take(path)
        files[path] = written(ribbon, of: document)
        moved.formUnion(ribbon.children.map(\.number))
      }
    }
    placeFormulas(of: table, folder)
    let inner = moved
    let isKept = { (element: XMLElement) in inner.contains(element.number) }
    moved.insert(table.number)
    files[path] = written(table, of: document) { isKept($0) ? .drop : .leave }
  }

  private mutating func unpack(forms place: XMLElement, _ folder: String) {
    let list = FolderLayout.forms
    for wrapper in place.children(list.wrapper ?? "") {
      let attributes = wrapper.attributes
      guard attributes.count == 1, attributes.first?.name == "type",
        let type = attributes.first?.value, !type.contains("/"), wrapper.hasChildren
      else { continue }
      unpack(wrapper, list, "\(folder)\(list.place)/\(type)/", around: wrapper)
    }
  }

  private mutating func unpack(
    list place: XMLElement,
    _ list: FolderLayout.TableList,
    _ folder: String
  ) {
    let folder = "\(folder)\(list.place)/"
    guard let name = list.wrapper else { return unpack(place, list, folder, around: nil) }
    let wrappers = Array(place.children)
    guard wrappers.count == 1, let wrapper = wrappers.first, wrapper.name == name,
      wrapper.attributes.isEmpty, wrapper.hasChildren
    else { return }
    unpack(wrapper, list, folder, around: wrapper)
  }

  /// All elements of a list, or none.
  ///
  /// - Parameter wrapper: stands around each in its file, without attributes; and goes with them.
  private mutating func unpack(
    _ list: XMLElement,
    _ kind: FolderLayout.TableList,
    _ folder: String,
    around wrapper: XMLElement?
  ) {
    var found: [(element: XMLElement, path: String)] = []
    var own = claims
    for item in list.children {
      guard item.name == kind.item, let id = item.text(of: kind.id), !id.contains("/") else {
        return
      }
      let path = "\(folder)\(id).xml"
      guard FolderPath.isSafe(path), FolderPath.isTwin(path) == nil, own.isFree(path) else {
        return
      }
      own.take(path)
      found.append((item, path))
    }
    claims = own
    for (item, path) in found {
      if wrapper == nil {
        move(item, to: path)
      } else {
        var writer = SourceWriter(lineEnd)
        writer.declare()
        writer.element(kind.wrapper ?? "", spelled: declarations(around: item)) { writer in
          writer.child(item, of: document)
        }
        files[path] = writer.bytes
        moved.insert(item.number)
      }
    }
    if let wrapper { moved.insert(wrapper.number) }
  }

  private func declarations(around element: XMLElement) -> [UInt8] {
    SourceWriter.declarations(around: element, of: document).flatMap { Array($0.bytes) }
  }

  /// Formulas of columns lie with their table.
  private mutating func placeFormulas(of table: XMLElement, _ folder: String) {
    for leaf in table.descendants("FormulaDefinitionFileName") {
      let text = leaf.text
      let prefix = "/Formulas/"
      guard text.hasPrefix(prefix), parts[String(text.dropFirst())] != nil else { continue }
      let part = String(text.dropFirst())
      let path = "\(folder)Formulas/\(text.dropFirst(prefix.count))"
      guard places[part] == nil, FolderPath.isSafe(path), claims.isFree(path) else { continue }
      claims.take(path)
      places[part] = path
      files[path] = parts[part]
    }
  }

  // MARK: Relationships

  private mutating func unpack(relationships section: XMLElement) {
    let all = Array(section.children)
    guard !all.isEmpty, isFree(FolderLayout.relationshipNames) else { return }
    var byFile: [String: (path: String, elements: [XMLElement])] = [:]
    var names: Set<String> = []
    for element in all {
      let table = FolderLayout.text(["ReferencedEntityName", "FirstEntityName"], of: element)
      guard element.name == "EntityRelationship", let name = element.attribute("Name"),
        names.insert(name).inserted, let table, !table.contains("/")
      else { return }
      let path = "\(FolderLayout.relationships)\(table).xml"
      guard isFree(path) else { return }
      byFile[path.lowercased(), default: (path, [])].elements.append(element)
    }
    claims.take(FolderLayout.relationshipNames)
    let around = all.first.map(declarations(around:)) ?? []
    var list = SourceWriter(lineEnd)
    list.declare()
    list.element(section.name, spelled: around) { writer in
      for element in all {
        writer.breakLine()
        let name = document.spelling(of: "Name", in: element) ?? []
        writer.element(element.name, spelled: name) { _ in }
      }
    }
    files[FolderLayout.relationshipNames] = list.bytes
    for (path, elements) in byFile.values {
      claims.take(path)
      var writer = SourceWriter(lineEnd)
      writer.declare()
      writer.element(section.name, spelled: around) { writer in
        for element in elements { writer.child(element, of: document) }
      }
      files[path] = writer.bytes
    }
    moved.formUnion(all.map(\.number))
  }

  // MARK: Parts

  private mutating func placeParts() throws(PartError) {
    let rest = parts.keys.filter { places[$0] == nil }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let known = FolderPlaces(rest.filter(FolderPath.isSafe))
    for part in rest {
      var path = part
      if part.hasPrefix("Connector/") { path = "Connectors/" + part.dropFirst("Connector/".count) }
      let isAtHome =
        FolderPath.isSafe(path) && FolderPlaces.canonical(path) == path
        && known[path] == .part(part) && known.document(ofTwin: path) == nil && claims.isFree(path)
      if !isAtHome { path = FolderLayout.parts + part }
      guard claims.isFree(path) else {
        throw PartError(part: part, line: 0, problem: "another file or folder has its name")
      }
      claims.take(path)
      files[path] = parts[part]
    }
  }
}
