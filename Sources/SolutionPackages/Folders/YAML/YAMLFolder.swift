import Solutions
import XML

/// The files of one solution in a folder of the newer layout (appendix B).
struct YAMLFolder: FolderSources {
  private(set) var problems: [UnreadableFolder.Problem] = []
  private(set) var leftOut: [(path: String, reason: String)] = []
  /// Every file of the package but the manifests, by path.
  private(set) var parts: [String: [UInt8]] = [:]
  private(set) var origins = FolderOrigins()
  private(set) var documents: [FolderDocument] = []
  private(set) var manifest: Int?
  private(set) var roots: Int?
  /// What the package lacks, and who has made it.
  private(set) var needs: Int?
  private(set) var publisher: Int?
  /// What comes into `customizations.xml`.
  let root = YAMLPlace("ImportExportXml")
  /// Numbers of the documents of tables, with what comes into each.
  private(set) var tables: [Int: YAMLPlace] = [:]

  private let kinds: ComponentKinds
  private let limits: XMLLimits
  private let solution: String
  /// Documents of components that may name files.
  private var naming: [Int] = []
  /// Other files, by path in lower case.
  private var contents: [String: SolutionFolder.File] = [:]
  /// By folder of the table.
  private var placesOfTables: [String: YAMLPlace] = [:]

  init(
    _ folder: SolutionFolder,
    solution: String,
    kinds: ComponentKinds,
    limits: XMLLimits
  ) {
    (self.kinds, self.limits, self.solution) = (kinds, limits, solution)
    let files = folder.files.filter { YAMLPaths.isRead($0.path) }
    refuseCaseTwins(files)
    readManifest(files)
    let list = component("solutioncomponents", files, "SolutionComponents")
    if list == nil { requireAlone(files) }
    let listed = YAMLList(list.map { documents[$0].root }, files.map(\.path))
    for (path, line) in listed.missing {
      tell("solutions/\(solution)/solutioncomponents.yml", line: line, "no file lies at “\(path)”")
    }
    for file in files where listed.holds(file.path) { read(file) }
    refuseOrphans()
    for number in naming { resolve(number) }
    for file in contents.values.sorted(by: { $0.path < $1.path }) { place(file) }
    for file in folder.files where !YAMLPaths.isRead(file.path) {
      leftOut.append((file.path, "no file of a solution"))
    }
    leftOut.sort { $0.path < $1.path }
    problems.sort { ($0.path, $0.line) < ($1.path, $1.line) }
  }

  // MARK: The manifest

  private mutating func refuseCaseTwins(_ files: [SolutionFolder.File]) {
    var seen: [String: String] = [:]
    for file in files {
      guard let other = seen.updateValue(file.path, forKey: file.path.lowercased()) else {
        continue
      }
      tell(file.path, "its name differs from “\(other)” by nothing but case")
    }
  }

  private mutating func readManifest(_ files: [SolutionFolder.File]) {
    manifest = component("solution", files, "ImportExportXml")
    roots = component("rootcomponents", files, "RootComponents")
    needs = component("missingdependencies", files, "MissingDependencies")
    guard let manifest else {
      if problems.isEmpty { tell("solutions/\(solution)/solution.yml", "it is missing") }
      return
    }
    let named = documents[manifest].root.descend("SolutionManifest", "Publisher", "UniqueName")
    guard let name = named?.text.lowercased() else { return }
    let file = files.first { $0.path.lowercased() == "publishers/\(name)/publisher.yml" }
    guard let file else {
      let line = named?.line ?? 0
      return tell(
        documents[manifest].path,
        line: line,
        "there is no publishers/\(named?.text ?? "")/publisher.yml"
      )
    }
    publisher = parse(file, as: "Publisher")
  }

  /// Without a list every file of the folder belongs to the solution, which is sure where there is no other one.
  private mutating func requireAlone(_ files: [SolutionFolder.File]) {
    let all = YAMLPaths.solutions(files.map(\.path))
    guard let other = all.first(where: { $0.lowercased() != solution.lowercased() }) else { return }
    tell(
      "solutions/\(solution)/solutioncomponents.yml",
      "it is missing, and which files belong to \(solution) is not known without it, since solutions/\(other)/solution.yml is there, too"
    )
  }

  /// A file of the solution's own folder; nil where there is none.
  private mutating func component(
    _ name: String,
    _ files: [SolutionFolder.File],
    _ root: String
  ) -> Int? {
    let path = "solutions/\(solution)/\(name).yml".lowercased()
    return files.first { $0.path.lowercased() == path }.flatMap { parse($0, as: root) }
  }

  // MARK: Components

  private mutating func read(_ file: SolutionFolder.File) {
    let path = file.path.lowercased()
    if path.hasPrefix("solutions/") || path.hasPrefix("publishers/") { return }
    guard path.hasSuffix(".yml") || path.hasSuffix(".yaml") && !path.hasSuffix(".pa.yaml") else {
      contents[path] = file
      return
    }
    guard let number = parse(file, as: nil) else { return }
    let parts = path.split(separator: "/").map(String.init)
    let name = documents[number].root.name
    if parts[0] == "entities", parts.count > 2 {
      place(number, name, inTable: parts[1], type(of: file.path))
    } else if let way = kinds.way(to: name, isOfTable: false) {
      root.at(way).documents.append(number)
      naming.append(number)
    } else if PackageContents.isComponentFile(Self.xml(file.path), besides: []) {
      component(file: number)
    } else {
      // A section as a whole, or one that no kind has.
      root.documents.append(number)
    }
  }

  /// The type of a form, which stands in its path alone.
  private func type(of path: String) -> String? {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count > 4, parts[2].lowercased() == "formxml" else { return nil }
    return parts[3]
  }

  private mutating func place(
    _ number: Int,
    _ name: String,
    inTable table: String,
    _ type: String?
  ) {
    let place = placeOfTable(table)
    if name == "Entity" {
      tables[number] = place
      root.at(["Entities"]).documents.append(number)
      naming.append(number)
    } else if name == "systemform" || name == "forms", let type {
      place.at(["FormXml", "forms"], [("type", type)]).documents.append(number)
    } else if name == "savedqueries" {
      place.at(["SavedQueries", "savedqueries"]).documents.append(number)
    } else if let way = kinds.way(to: name, isOfTable: true) {
      place.at(way.dropFirst(2)).documents.append(number)
      naming.append(number)
    } else {
      place.documents.append(number)
    }
  }

  private mutating func placeOfTable(_ table: String) -> YAMLPlace {
    if let known = placesOfTables[table] { return known }
    let place = YAMLPlace("Entity")
    placesOfTables[table] = place
    return place
  }

  private mutating func refuseOrphans() {
    let known = Set(tables.values.map { ObjectIdentifier($0) })
    for (table, place) in placesOfTables where !known.contains(ObjectIdentifier(place)) {
      tell("entities/\(table)", "there is no entity.yml in it")
    }
  }

  /// A component that is a file in the package, too (PF-701).
  private mutating func component(file number: Int) {
    let document = documents[number]
    var writer = SourceWriter(.crlf)
    writer.root(document.root, of: document.source)
    add(Self.xml(document.path), writer.bytes, from: document.path)
  }

  private static func xml(_ path: String) -> String {
    let dot = path.lastIndex(of: ".") ?? path.endIndex
    return canonical(path[..<dot] + ".xml")
  }

  private static func canonical(_ path: String) -> String {
    let path = FolderPlaces.canonical(path)
    let prefix = "Connectors/"
    return path.hasPrefix(prefix) ? "Connector/" + path.dropFirst(prefix.count) : path
  }

  // MARK: Files

  /// Files that a component names lie in its folder.
  private mutating func resolve(_ number: Int) {
    let document = documents[number]
    for leaf in XMLFragment(document.root).leavesStartingWithSlash() {
      let part = String(leaf.text.dropFirst())
      guard let folder = part.split(separator: "/").first, part.contains("/"),
        Self.partFolders.contains(String(folder)), parts[part] == nil
      else { continue }
      guard let file = content(of: part, beside: document.path) else {
        tell(document.path, line: leaf.line, "its content is missing: no file for “\(leaf.text)”")
        continue
      }
      contents[file.path.lowercased()] = nil
      add(part, file.bytes, from: file.path)
    }
  }

  private static let partFolders: Set<String> = [
    "WebResources", "Workflows", "PluginAssemblies", "CanvasApps", "Connector", "Controls",
    "Reports", "Formulas",
  ]

  /// The file of that name; one whose name goes on; or the only one with its extension, in this order.
  private func content(of part: String, beside path: String) -> SolutionFolder.File? {
    if let same = contents[part.lowercased()] { return same }
    let folder = path.split(separator: "/").dropLast().joined(separator: "/").lowercased()
    let name = path.split(separator: "/").last ?? ""
    let stem = name.prefix { $0 != "." }.lowercased()
    let near = contents.filter { key, _ in
      key.hasPrefix("\(folder)/\(stem)/") || key.hasPrefix(folder + "/")
    }.sorted { $0.key < $1.key }
    let wanted = (part.split(separator: "/").last ?? "").lowercased()
    func last(_ key: String) -> Substring { key.split(separator: "/").last ?? "" }
    if let same = near.first(where: { last($0.key) == wanted }) { return same.value }
    if let more = near.first(where: { last($0.key).hasPrefix(wanted + ".") }) { return more.value }
    let own = near.filter { key, _ in
      // In a folder of the component's own.
      key.hasPrefix("\(folder)/\(stem)/") || folder.split(separator: "/").count > 1
    }
    let kind = wanted.split(separator: ".").dropFirst().last.map { "." + $0 }
    let same = own.filter { key, _ in kind.map { key.hasSuffix($0) } ?? true }
    return same.count == 1 ? same.first?.value : nil
  }

  /// A file that no component has named.
  private mutating func place(_ file: SolutionFolder.File) {
    let path = Self.canonical(file.path)
    let parts = path.split(separator: "/")
    guard parts.count > 1 else { return add(path, file.bytes, from: file.path) }
    guard !Self.partFolders.contains(String(parts[0])), parts[0] != "entities" else {
      return leftOut.append((file.path, "no component names it"))
    }
    add(path, file.bytes, from: file.path)
  }

  private mutating func add(_ part: String, _ bytes: [UInt8], from path: String) {
    guard parts[part] == nil else {
      return tell(path, "the package has another file with the name “\(part)”")
    }
    parts[part] = bytes
    if part != path { origins.add(path, of: part) }
  }

  // MARK: Reading

  private mutating func parse(_ file: SolutionFolder.File, as root: String?) -> Int? {
    do throws(YAMLDocument.Problem) {
      let xml = try YAMLDocument.xml(file.bytes, limits: limits)
      let source: SourceDocument
      do throws(XMLError) {
        source = try SourceDocument(xml, limits: limits)
      } catch {
        tell(file.path, line: error.line, error.message)
        return nil
      }
      guard root == nil || source.root.name == root else {
        tell(
          file.path,
          line: source.root.line,
          "its element is “\(source.root.name)”, and here it is \(root ?? "")"
        )
        return nil
      }
      documents.append(FolderDocument(path: file.path, source: source))
      return documents.count - 1
    } catch {
      tell(file.path, line: error.line, error.problem)
      return nil
    }
  }

  private mutating func tell(_ path: String, line: Int = 0, _ problem: String) {
    problems.append(UnreadableFolder.Problem(path: path, line: line, problem: problem))
  }
}
