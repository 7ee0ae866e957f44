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
    let archive = try ArchiveReader(bytes, limits: reader.archiveLimits)
    container = archive.container.rawValue
    entryCount = archive.entries.count
    // Procedures of databases are no components, and are carried.
    let folders = Set(kinds.all.compactMap { $0.folder?.name }).union(["StoredProcedures"])
    var hasher = SHA256Hasher()
    try archive.forEachFile { entry, content in
      let path = entry.path
      switch path {
      case "solution.xml":
        manifest = try Self.tree(consume content, path, reader.xmlLimits)
        rootPartsFound.insert(path)
      case "customizations.xml":
        customizations = try Self.tree(consume content, path, reader.xmlLimits)
        rootPartsFound.insert(path)
      case "[Content_Types].xml":
        rootPartsFound.insert(path)
      default:
        hasher.update(content)
        let digest = hasher.finish()
        if path == Self.variableValuesFile {
          variableValues = try JSONForm.variableValues(content, path)?.map {
            ($0.name, try Self.tree($0.xml, path, reader.xmlLimits))
          }
        }
        if Self.isComponentFile(path, besides: folders) {
          let document = path.hasSuffix(".json") ? try JSONForm.xml(content, path) : content
          if let document {
            componentFiles.append((path, try Self.tree(document, path, reader.xmlLimits)))
          }
        }
        files[path] = Definition.Part(
          path: path,
          bytes: entry.bytes,
          digest: digest,
          content: Definition.Part.namesComponents(path) ? content : nil
        )
      }
      return true
    }
    componentFiles.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private static func tree(
    _ content: consuming [UInt8],
    _ part: String,
    _ limits: XMLLimits
  ) throws -> XMLTree {
    do {
      return try XMLTree(consume content, limits: limits)
    } catch {
      throw PartError(part: part, line: error.line, problem: error.message)
    }
  }

  /// `<entity set>/<key>/<table>.xml`, nested ones, `Assets/<relationship>set.xml`, and the two JSON forms.
  ///
  /// - Parameter known: folders whose files are parts of components elsewhere.
  private static func isComponentFile(_ path: String, besides known: Set<String>) -> Bool {
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

  static func isPlural(_ set: some StringProtocol, of table: some StringProtocol) -> Bool {
    let (set, table) = (set.lowercased(), table.lowercased())
    return set == table + "s" || set == table + "es" || set == table + "set"
      || (table.hasSuffix("y") && set == table.dropLast() + "ies")
  }
}
