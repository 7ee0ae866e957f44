import Hashing
import Solutions
import XML

/// Finds the components of a package and the files that belong to each; what nothing claims is carried.
struct ComponentReader {
  let kinds: ComponentKinds
  let files: [String: Definition.Part]
  private let memory: MemoryBudget

  private(set) var components: [Component] = []
  private(set) var carried: [Carried] = []
  private(set) var findings: [Finding] = []

  private var claimed: Set<String> = []
  private var leftovers: [String: [XMLElement]] = [:]
  /// Of component files, by path.
  private var trees: [String: XMLTree] = [:]
  private var writer = WriterBox()
  private var names: DocumentNames?

  init(kinds: ComponentKinds, files: [String: Definition.Part], memory: MemoryBudget) {
    self.kinds = kinds
    self.files = files
    self.memory = memory
  }

  private static let customizations = "customizations.xml"

  // MARK: customizations.xml

  mutating func read(customizations tree: XMLTree) throws(PartError) {
    let matches = kinds.matcher.matches(in: tree)
    try memory.take(
      matches.found.count * MemoryBudget.bytesPerComponent
        + matches.leftovers.count * MemoryBudget.bytesPerLeftover,
      for: Self.customizations
    )
    components.reserveCapacity(matches.found.count)
    var enclosing: [ComponentKind.Enclosing?] = []
    enclosing.reserveCapacity(matches.found.count)
    for match in matches.found {
      let place = kinds.kind(at: match.path)
      let fragment = place.isWrapped ? match.fragment.wrapped() : match.fragment
      let around = match.enclosing.flatMap { enclosing[$0] }
      enclosing.append(
        add(fragment, kind: place.kind, enclosing: around, file: Self.customizations)
      )
    }
    for element in matches.leftovers { readLeftover(element) }
  }

  /// Rows of framework tables inside `customizations.xml` (PF-705, PF-706); the rest is carried.
  private mutating func readLeftover(_ section: XMLElement) {
    guard !section.isText else { return }
    let isTop = section.parent?.parent == nil
    let rows = Array(section.children)
    if isTop, let tag = rows.first?.name,
      rows.allSatisfy({ $0.name == tag && !$0.attributeValues.isEmpty }),
      PackageContents.isPlural(section.name, of: tag)
    {
      for row in rows {
        _ = add(
          XMLFragment(row),
          kind: .framework(table: tag.lowercased()),
          enclosing: nil,
          file: Self.customizations
        )
      }
      return
    }
    // Empty sections and the list of language codes say nothing that could be lost.
    guard section.hasChildren || section.hasText || !section.attributes.isEmpty,
      section.name != "Languages"
    else { return }
    let path = section.parent.map { $0.parent == nil ? "" : "\($0.name)/" } ?? ""
    leftovers["\(Self.customizations)/\(path)\(section.name)", default: []].append(section)
  }

  // MARK: Component files

  mutating func read(componentFiles: [(path: String, tree: XMLTree)]) throws(PartError) {
    guard !componentFiles.isEmpty else { return }
    try memory.take(
      componentFiles.count * MemoryBudget.bytesPerComponent,
      for: componentFiles[0].path
    )
    let folders = Set(componentFiles.map { folder(of: $0.path) })
    let filesOf = Dictionary(grouping: files.keys) { file in
      innermost(of: folders, around: file) ?? ""
    }
    // A parent's folder is a prefix of its children's, so it comes first.
    var known: [String: ComponentKind.Enclosing] = [:]
    for (path, tree) in componentFiles.sorted(by: { folder(of: $0.path) < folder(of: $1.path) }) {
      claimed.insert(path)
      trees[path] = tree
      let here = folder(of: path)
      if here == "Assets" {
        for row in tree.root.children {
          _ = add(
            XMLFragment(row),
            kind: .framework(table: row.name.lowercased()),
            enclosing: nil,
            file: path
          )
        }
        continue
      }
      let parent = folder(of: folder(of: here))
      let around = known[parent]
      if path.hasSuffix("/environmentvariablevalues.json") {
        addValue(
          tree,
          path: path,
          name: String(here.split(separator: "/").last ?? ""),
          definition: known[here]
        )
        continue
      }
      let kind = kinds[named: tree.root.name] ?? .framework(table: tree.root.name.lowercased())
      let parts = (filesOf[here] ?? []).filter { file in
        file != path && !file.hasSuffix("/environmentvariablevalues.json")
      }
      claimed.formUnion(parts)
      if let added = add(
        XMLFragment(tree.root),
        kind: kind,
        enclosing: around,
        file: path,
        parts: parts.compactMap { files[$0] }
      ) {
        known[here] = added
      }
    }
  }

  /// Values of all variables in one file at the root (PF-109).
  mutating func read(variableValues: [(name: String, tree: XMLTree)]?) {
    let path = PackageContents.variableValuesFile
    guard files[path] != nil else { return }
    guard let variableValues else {
      findings.append(Finding(UnreadValues(file: path), at: Location(file: path, line: 0)))
      return
    }
    claimed.insert(path)
    let stated = Set(
      components.filter { $0.id.type == ComponentKind.environmentVariableValue.type }.map(\.id.key)
    )
    // One beside its definition is the later form and goes first.
    for (name, tree) in variableValues where !stated.contains(name.lowercased()) {
      addValue(tree, path: path, name: name, definition: nil)
    }
  }

  private mutating func addValue(
    _ tree: XMLTree,
    path: String,
    name: String,
    definition: ComponentKind.Enclosing?
  ) {
    let around =
      definition
      ?? ComponentKind.Enclosing(
        id: ComponentID(ComponentKind.environmentVariableDefinition.type, name.lowercased()),
        name: name
      )
    _ = add(
      XMLFragment(tree.root),
      kind: .environmentVariableValue,
      enclosing: around,
      file: path
    )
  }

  /// The nearest folder above a file that holds a component file.
  private func innermost(of folders: Set<String>, around file: String) -> String? {
    var at = folder(of: file)
    while !at.isEmpty {
      if folders.contains(at) { return at }
      at = folder(of: at)
    }
    return nil
  }

  private func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  // MARK: One component

  private mutating func add(
    _ fragment: XMLFragment,
    kind: ComponentKind,
    enclosing: ComponentKind.Enclosing?,
    file: String,
    parts fileParts: [Definition.Part] = []
  ) -> ComponentKind.Enclosing? {
    let element = fragment.element
    let location = Location(file: file, line: element.line)
    guard let key = kind.identity(element, enclosing) else {
      findings.append(Finding(NoIdentity(kind), at: location))
      leftovers["\(file)/\(element.name)", default: []].append(element)
      return nil
    }
    let id = ComponentID(kind.type, key.key)
    let around = ComponentKind.Enclosing(id: id, name: key.name)
    let mention = kind.mention(fragment)
    if mention == .nothing { return around }
    let names = names(in: element.tree)
    let parts = fileParts + self.parts(of: fragment, kind: kind, name: key.name, at: location)
    components.append(
      Component(
        id: id,
        name: key.name,
        displayName: names.displayNames.label(of: element),
        parent: parent(kind, element, enclosing),
        definition: writer.definition(fragment, parts),
        location: location,
        isUnmodified: names.isUnmodified(element, kind),
        isReference: mention == .reference
      )
    )
    return around
  }

  private mutating func names(in tree: XMLTree) -> DocumentNames {
    if let names, names.tree === tree { return names }
    let names = DocumentNames(tree)
    self.names = names
    return names
  }

  private func parent(
    _ kind: ComponentKind,
    _ element: XMLElement,
    _ enclosing: ComponentKind.Enclosing?
  ) -> ComponentID? {
    switch kind.parent {
    case .none: nil
    case .enclosing: enclosing?.id
    case .entity(let name): name(element).map { .entity($0) }
    }
  }

  /// Files that the component names, and those that come along by folder (docs/canonical-form.md).
  private mutating func parts(
    of fragment: XMLFragment,
    kind: ComponentKind,
    name: String,
    at location: Location
  ) -> [Definition.Part] {
    var paths: Set<String> = []
    for leaf in fragment.leavesStartingWithSlash() {
      let path = String(leaf.text.dropFirst())
      if files[path] != nil {
        paths.insert(path)
      } else if leaf.name.hasSuffix("FileName") {
        findings.append(
          Finding(
            MissingPart(
              component: NamedComponent(ComponentID(kind.type, name), kinds, name: name),
              path: path
            ),
            at: Location(file: location.file, line: leaf.line)
          )
        )
      }
    }
    for folder in folders(of: kind, name: name, named: paths) {
      paths.formUnion(files.keys.filter { $0.hasPrefix(folder) })
    }
    claimed.formUnion(paths)
    return paths.compactMap { files[$0] }
  }

  private func folders(of kind: ComponentKind, name: String, named paths: Set<String>) -> [String] {
    switch kind.folder {
    case .ofFile: return paths.map { folder(of: $0) + "/" }
    case .startOfName(let top):
      // A tool may leave what it has unpacked beside the packed file.
      return Set(
        files.keys.compactMap { path -> String? in
          let parts = path.split(separator: "/")
          guard parts.count > 2, parts[0] == top, name.hasPrefix(parts[1]) else { return nil }
          return "\(top)/\(parts[1])/"
        }
      ).sorted()
    case .named, nil: return []
    }
  }

  /// In order of identity.
  func sorted() -> [Component] {
    let byType = Dictionary(grouping: components, by: \.id.type).sorted { $0.key < $1.key }
    return byType.flatMap { _, components in
      let keyed = components.map { (start: Self.start(of: $0.id.key), component: $0) }
      let sorted = keyed.sorted {
        $0.start == $1.start
          ? $0.component.id.key < $1.component.id.key : $0.start < $1.start
      }
      return sorted.map(\.component)
    }
  }

  /// The first eight bytes, as a number in the same order; few keys need to be compared further.
  private static func start(of key: String) -> UInt64 {
    var start: UInt64 = 0
    var bytes = key.utf8.makeIterator()
    for _ in 0..<8 { start = start << 8 | UInt64(bytes.next() ?? 0) }
    return start
  }

  // MARK: The rest

  mutating func carryTheRest() {
    for (location, elements) in leftovers {
      var hasher = SHA256Hasher()
      for element in elements { hasher.update(CanonicalWriter.bytes(of: XMLFragment(element))) }
      carried.append(
        Carried(location: location, count: elements.count, digest: hasher.finish())
      )
    }
    let rest = Dictionary(grouping: files.values.filter { !claimed.contains($0.path) }) { part in
      part.path.split(separator: "/").count > 1
        ? String(part.path.split(separator: "/")[0]) + "/" : part.path
    }
    for (location, parts) in rest {
      var hasher = SHA256Hasher()
      for part in parts.sorted(by: { $0.path < $1.path }) {
        hasher.update(Array(part.path.utf8) + part.digest.bytes)
      }
      carried.append(Carried(location: location, count: parts.count, digest: hasher.finish()))
    }
    carried.sort { $0.location < $1.location }
  }

  /// What stands around the components.
  func frame(manifest: XMLTree, customizations: XMLTree) -> PackageFrame {
    // A component file that names nobody is kept as a file.
    let nameless = leftovers.values.joined().filter { $0.tree !== customizations }
    let unread = Set(nameless.map { ObjectIdentifier($0.tree) })
    let carried = files.keys.filter { path in
      !claimed.contains(path) || trees[path].map { unread.contains(ObjectIdentifier($0)) } == true
    }
    return PackageFrame(
      manifest: manifest.root,
      customizations: customizations.root,
      leftovers: leftovers.values.joined().filter { $0.tree === customizations }
        .sorted { $0.isBefore($1) },
      files: files,
      carriedFiles: Set(carried)
    )
  }
}

/// One buffer and one digest context for all definitions of a package.
private final class WriterBox {
  private var canonical = CanonicalWriter()
  private var hasher = SHA256Hasher()

  func definition(_ fragment: XMLFragment, _ parts: [Definition.Part]) -> Definition {
    Definition(fragment, parts: parts, writer: &canonical, hasher: &hasher)
  }
}

/// Names that every component of a document is asked for.
private struct DocumentNames {
  let tree: XMLTree
  let displayNames: DisplayNames
  private let unmodified: XMLTree.Name

  init(_ tree: XMLTree) {
    self.tree = tree
    displayNames = DisplayNames(in: tree)
    unmodified = tree.name("unmodified")
  }

  /// PF-808.
  func isUnmodified(_ element: XMLElement, _ kind: ComponentKind) -> Bool {
    kind.markedElement(element)?.attribute(unmodified) == "1"
  }
}
