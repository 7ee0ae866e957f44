import Archive
import Hashing
import Solutions
import XML

/// The files of a package, each in the form in which it is needed: manifests as trees, the rest as digests.
struct PackageContents {
  static let rootParts = ["solution.xml", "customizations.xml", "[Content_Types].xml"]

  let container: String
  let entryCount: Int
  private(set) var rootPartsFound: Set<String> = []
  private(set) var manifest: XMLTree?
  private(set) var customizations: XMLTree?
  /// Every other file, by path.
  private(set) var files: [String: Definition.Part] = [:]
  /// Component files as trees, by path (PF-701).
  private(set) var componentFiles: [(path: String, tree: XMLTree)] = []

  static let variableValuesFile = "environment_variable_values.json"
  /// Current values of environment variables, by schema name (PF-109); nil where the file has another shape.
  private(set) var variableValues: [(name: String, tree: XMLTree)]? = []

  init(_ bytes: [UInt8], kinds: ComponentKinds, reader: PackageReader) throws {
    try reader.memory.take(bytes.count, for: "the archive")
    let archive = try ArchiveReader(bytes, limits: reader.archiveLimits)
    container = archive.container.rawValue
    entryCount = archive.entries.count
    // Procedures of databases are no components, and are carried.
    let folders = Set(kinds.all.compactMap { $0.folder?.name }).union(["StoredProcedures"])
    try archive.forEachFile { entry, content in
      switch entry.path {
      case "solution.xml": manifest = try Self.tree(content, reader)
      case "customizations.xml": customizations = try Self.tree(content, reader)
      case "[Content_Types].xml": break
      default:
        try read(content, besides: folders, reader)
        return true
      }
      rootPartsFound.insert(entry.path)
      return true
    }
    componentFiles.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// A file that is no root part: read where something is to be found in it, else only hashed, piece by piece.
  private mutating func read(
    _ content: ArchiveContent,
    besides folders: Set<String>,
    _ reader: PackageReader
  ) throws {
    let path = content.entry.path
    let isComponent = Self.isComponentFile(path, besides: folders)
    // What is larger is hashed all the same, and told as not read.
    let isNaming =
      Definition.Part.namesComponents(path) && content.entry.bytes <= reader.bytesPerNamingPart
    try reader.memory.take(MemoryBudget.bytesPerFile + path.utf8.count, for: path)
    var hasher = SHA256Hasher()
    guard isComponent || isNaming || path == Self.variableValuesFile else {
      try content.forEachPiece { hasher.update($0) }
      files[path] = Definition.Part(content, digest: hasher.finish(), kept: nil)
      return
    }
    let isJSON = path.hasSuffix(".json")
    let bytes = try Self.whole(
      content,
      atMost: isJSON ? JSONForm.bytesMax : reader.xmlLimits.bytes,
      reader
    )
    if isNaming { try reader.memory.take(bytes.count * MemoryBudget.bytesPerByteNaming, for: path) }
    hasher.update(bytes)
    files[path] = Definition.Part(
      content,
      digest: hasher.finish(),
      kept: isNaming ? bytes : nil
    )
    if path == Self.variableValuesFile {
      variableValues = try JSONForm.variableValues(bytes, path)?.map {
        ($0.name, try Self.tree($0.xml, path, reader))
      }
    }
    guard isComponent else { return }
    let document = isJSON ? try JSONForm.xml(bytes, path) : bytes
    if let document {
      componentFiles.append((path, try Self.tree(document, path, reader)))
    }
  }

  /// The content of a part that is read as a whole; refused before there is memory for it.
  private static func whole(
    _ content: ArchiveContent,
    atMost limit: Int,
    _ reader: PackageReader
  ) throws -> [UInt8] {
    guard content.entry.bytes <= limit else {
      throw PartError(
        part: content.entry.path,
        line: 0,
        problem: "it has \(content.entry.bytes) bytes, and \(limit) are read at most"
      )
    }
    let bytes = content.entry.bytes * MemoryBudget.bytesPerByteParsed
    try reader.memory.ask(bytes, for: content.entry.path)
    return try content.whole()
  }

  private static func tree(_ content: ArchiveContent, _ reader: PackageReader) throws -> XMLTree {
    let document = try whole(content, atMost: reader.xmlLimits.bytes, reader)
    return try tree(consume document, content.entry.path, reader)
  }

  private static func tree(
    _ document: consuming [UInt8],
    _ part: String,
    _ reader: PackageReader
  ) throws -> XMLTree {
    let tree: XMLTree
    do {
      tree = try XMLTree(consume document, limits: reader.xmlLimits)
    } catch {
      throw PartError(part: part, line: error.line, problem: error.message)
    }
    try reader.memory.take(tree.memory, for: part)
    return tree
  }

  /// `<entity set>/<key>/<table>.xml`, nested ones, `Assets/<relationship>set.xml`, and the two JSON forms.
  ///
  /// - Parameter known: folders whose files are parts of components elsewhere.
  static func isComponentFile(_ path: String, besides known: Set<String>) -> Bool {
    let parts = path.split(separator: "/")
    guard let folder = parts.first, let file = parts.last else { return false }
    if folder == "Assets" { return parts.count == 2 && file.hasSuffix("set.xml") }
    guard !known.contains(String(folder)), parts.count >= 3, parts.count % 2 == 1 else {
      return false
    }
    // The set is the plural of the table.
    let set = parts[parts.count - 3]
    if file.hasSuffix(".xml") { return isPlural(set, of: file.dropLast(4)) }
    if file == "environmentvariablevalues.json" { return true }
    return file.hasSuffix(".json") && isPlural(set, of: file.dropLast(5))
  }

  /// What a section of rows is called: the plural of their table, and a set where they only bind rows of other tables.
  static func plural(of row: XMLElement) -> String {
    let name = row.name
    let keys = row.attributes.map(\.name)
    if keys.count > 1, keys.allSatisfy({ $0.contains(".") }) { return name + "set" }
    if name.hasSuffix("y") { return name.dropLast() + "ies" }
    return name + (["s", "x", "z", "ch", "sh"].contains { name.hasSuffix($0) } ? "es" : "s")
  }

  static func isPlural(_ set: some StringProtocol, of table: some StringProtocol) -> Bool {
    let (set, table) = (set.lowercased(), table.lowercased())
    return set == table + "s" || set == table + "es" || set == table + "set"
      || (table.hasSuffix("y") && set == table.dropLast() + "ies")
  }
}

extension Definition.Part {
  fileprivate init(_ content: ArchiveContent, digest: SHA256Digest, kept: [UInt8]?) {
    self.init(path: content.entry.path, bytes: content.entry.bytes, digest: digest, content: kept)
  }
}
