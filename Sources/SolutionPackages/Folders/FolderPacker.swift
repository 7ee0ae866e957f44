import Archive
import Solutions
import XML

/// A file of an unpacked solution that becomes a part of one of the two manifests.
struct FolderDocument {
  let path: String
  let source: SourceDocument
  var root: XMLElement { source.root }
}

/// What a package is made of beside its two manifests, whichever layout the folder has.
protocol FolderSources {
  /// Files that become parts of the manifests, by the numbers by which those name them.
  var documents: [FolderDocument] { get }
  /// Every other file of the package, by path.
  var parts: [String: [UInt8]] { get }
  /// Where parts lie that lie elsewhere in the folder.
  var origins: FolderOrigins { get }
  /// Files that become no part of the package, and why.
  var leftOut: [(path: String, reason: String)] { get }
  /// Where a document lies that takes the place of another one.
  func place(of path: String) -> String
}

extension FolderSources {
  func place(of path: String) -> String { path }
}

/// The files of an unpacked solution, each read as what its path says that it is.
struct FolderPacker: FolderSources {
  /// Numbers of documents.
  struct Table {
    var entity: Int?
    var ribbon: Int?
    var forms: [(type: String, document: Int)] = []
    var lists: [Int: [Int]] = [:]
  }

  private(set) var problems: [UnreadableFolder.Problem] = []
  /// Files that become no part of the package, and why.
  private(set) var leftOut: [(path: String, reason: String)] = []
  /// Every file of the package but the manifests, by path.
  private(set) var parts: [String: [UInt8]] = [:]

  /// Where parts lie that lie elsewhere in the folder.
  private(set) var origins = FolderOrigins()

  private(set) var documents: [FolderDocument] = []
  private(set) var manifest: Int?
  private(set) var customizations: Int?
  private(set) var relationshipNames: Int?
  private(set) var relationships: [Int] = []
  private(set) var sections: [Int] = []
  /// By number of `FolderLayout.items`.
  private(set) var items: [Int: [Int]] = [:]
  /// By name in lower case.
  private(set) var tables: [String: Table] = [:]

  private let isManaged: Bool
  private let limits: XMLLimits
  /// Paths of parts by what they are in lower case.
  private var spellings: [String: String] = [:]
  /// Where twins lie, by what they are twins of.
  private var twinPaths: [String: String] = [:]
  /// Files of web resources by lower-case path, until the files beside them name them.
  private var contents: [String: SolutionFolder.File] = [:]
  /// Canvas apps in pieces, by name in lower case, and the folder of each.
  private var canvasSources: [String: String] = [:]

  init(_ folder: SolutionFolder, isManaged: Bool, limits: XMLLimits) {
    self.isManaged = isManaged
    self.limits = limits
    let files = chosen(folder)
    let known = FolderPlaces(files.map(\.path))
    let places = files.map { known[$0.path] }
    // What a file says does not depend on others.
    let documents = sideBySide(files.count) { number in
      places[number].isDocument ? Self.document(files[number], limits) : nil
    }
    for (number, file) in files.enumerated() {
      guard let document = documents[number] else {
        read(file, places[number])
        continue
      }
      take(document, of: file, places[number])
    }
    check()
  }

  /// The files that count for the form, with canonical paths.
  private mutating func chosen(_ folder: SolutionFolder) -> [SolutionFolder.File] {
    var chosen: [String: SolutionFolder.File] = [:]
    var twins: [SolutionFolder.File] = []
    let files = folder.files.map {
      SolutionFolder.File(path: FolderPlaces.canonical($0.path), bytes: $0.bytes)
    }
    let places = FolderPlaces(files.map(\.path))
    for file in files {
      if let document = places.document(ofTwin: file.path) {
        twins.append(SolutionFolder.File(path: document, bytes: file.bytes))
        if isManaged { twinPaths[document] = file.path }
      } else if let other = chosen.updateValue(file, forKey: file.path.lowercased()) {
        tell(file.path, "its name differs from “\(other.path)” by nothing but case")
      }
    }
    if isManaged { replace(&chosen, by: twins) }
    return chosen.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
  }

  /// Twins take the places of what they are twins of.
  private mutating func replace(
    _ files: inout [String: SolutionFolder.File],
    by twins: [SolutionFolder.File]
  ) {
    for (key, file) in files where file.path.hasPrefix(FolderLayout.managedParts) {
      let path = String(file.path.dropFirst(FolderLayout.managedParts.count))
      files[key] = nil
      files[path.lowercased()] = SolutionFolder.File(path: path, bytes: file.bytes)
    }
    for twin in twins {
      let path = twin.path
      guard FolderTwins.isNothing(twin.bytes, limits) else {
        files[path.lowercased()] = twin
        continue
      }
      files[path.lowercased()] = nil
      // What lies beside it goes as well.
      guard path.hasSuffix(".data.xml") else { continue }
      files[String(path.dropLast(".data.xml".count)).lowercased()] = nil
    }
  }

  // MARK: Reading

  private static func document(
    _ file: SolutionFolder.File,
    _ limits: XMLLimits
  ) -> Result<SourceDocument, XMLError> {
    do throws(XMLError) {
      return .success(try SourceDocument(file.bytes, limits: limits))
    } catch {
      return .failure(error)
    }
  }

  private mutating func take(
    _ document: Result<SourceDocument, XMLError>,
    of file: SolutionFolder.File,
    _ place: FolderPlaces.Place
  ) {
    let source: SourceDocument
    switch document {
    case .success(let document): source = document
    case .failure(let error): return tell(file.path, line: error.line, error.message)
    }
    let expected = Self.roots(of: place)
    guard expected.isEmpty || expected.contains(source.root.name) else {
      let names = expected.joined(separator: " or ")
      return tell(
        file.path,
        line: source.root.line,
        "its element is “\(source.root.name)”, and here it is \(names)"
      )
    }
    documents.append(FolderDocument(path: file.path, source: source))
    take(documents.count - 1, place)
  }

  /// Names that the element of a file may have; empty for any.
  private static func roots(of place: FolderPlaces.Place) -> [String] {
    switch place {
    case .manifest, .customizations: ["ImportExportXml"]
    case .relationshipNames, .relationships: ["EntityRelationships"]
    case .item(let items): [FolderLayout.items[items].item]
    case .table(_, .entity): ["Entity"]
    case .table(_, .ribbon): ["RibbonDiffXml"]
    case .table(_, .form): names(of: FolderLayout.forms)
    case .table(_, .list(let list)): names(of: FolderLayout.tableLists[list])
    case .table(_, .formula), .section, .webResource, .part, .canvasSource, .leftOut: []
    }
  }

  private static func names(of list: FolderLayout.TableList) -> [String] {
    (list.wrapper.map { [$0] } ?? []) + [list.item]
  }

  private mutating func take(_ number: Int, _ place: FolderPlaces.Place) {
    switch place {
    case .manifest: manifest = number
    case .customizations: customizations = number
    case .relationshipNames: relationshipNames = number
    case .relationships: relationships.append(number)
    case .section: sections.append(number)
    case .item(let items): self.items[items, default: []].append(number)
    case .table(let name, let piece):
      var table = tables[name.lowercased()] ?? Table()
      table.take(number, piece)
      tables[name.lowercased()] = table
    case .webResource, .part, .canvasSource, .leftOut: break
    }
  }

  private mutating func read(_ file: SolutionFolder.File, _ place: FolderPlaces.Place) {
    switch place {
    case .part(let path): add(part: path, file.bytes, from: file.path)
    case .table(_, .formula):
      let name = file.path.split(separator: "/").dropFirst(3).joined(separator: "/")
      add(part: "Formulas/" + name, file.bytes, from: file.path)
    case .webResource: contents[file.path.lowercased()] = file
    case .canvasSource(let name):
      canvasSources[name.lowercased()] = file.path.split(separator: "/").prefix(3)
        .joined(separator: "/")
    case .leftOut(let reason): leftOut.append((file.path, reason))
    default: break
    }
  }

  private mutating func add(part: String, _ bytes: [UInt8], from path: String) {
    guard spellings[part.lowercased()] == nil else {
      return tell(path, "the package has another file with the name “\(part)”")
    }
    spellings[part.lowercased()] = part
    parts[part] = bytes
    if part != path { origins.add(path, of: part) }
  }

  // MARK: What belongs together

  private mutating func check() {
    for path in [FolderLayout.manifest, FolderLayout.customizations] {
      let number = path == FolderLayout.manifest ? manifest : customizations
      if number == nil, !problems.contains(where: { $0.path == path }) {
        tell(path, "it is missing")
      }
    }
    for (_, table) in tables.sorted(by: { $0.key < $1.key }) where table.entity == nil {
      guard let number = table.first else { continue }
      tell(documents[number].path, "there is no Entity.xml for it")
    }
    for (items, numbers) in items.sorted(by: { $0.key < $1.key }) {
      for number in numbers { place(number, FolderLayout.items[items]) }
    }
    for file in contents.values { leftOut.append((file.path, "no web resource has it")) }
    for (name, path) in canvasSources.sorted(by: { $0.key < $1.key }) { check(canvas: name, path) }
    leftOut.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    problems.sort { ($0.path, $0.line) < ($1.path, $1.line) }
  }

  /// The content that lies beside an element becomes the file that the element names.
  private mutating func place(_ number: Int, _ items: FolderLayout.Items) {
    let document = documents[number]
    let names: [String]
    switch items.place {
    case .file, .folder: return
    case .beside(let found): names = found
    case .webResource: names = ["FileName"]
    }
    guard let part = FolderLayout.part(names, of: document.root) else { return }
    let beside = String(document.path.dropLast(".data.xml".count))
    if let file = contents.removeValue(forKey: beside.lowercased()) {
      return add(part: part, file.bytes, from: file.path)
    }
    if let spelling = spellings[beside.lowercased()], spelling != part,
      let bytes = parts.removeValue(forKey: spelling)
    {
      spellings[spelling.lowercased()] = nil
      return add(part: part, bytes, from: beside)
    }
    guard parts[part] == nil else { return }
    let line = names.lazy.compactMap { document.root.child($0) }.first?.line ?? 0
    tell(document.path, line: line, "its content is missing: there is no file “\(beside)”")
  }

  /// An app in pieces can be carried, and is packed only where the app itself lies there, too.
  private mutating func check(canvas name: String, _ path: String) {
    let apps = FolderLayout.items.firstIndex { $0.folder == "CanvasApps" }
    let app = (apps.flatMap { items[$0] } ?? []).first {
      documents[$0].root.text(of: "Name")?.lowercased() == name
    }
    let document = app.flatMap { FolderLayout.part(["DocumentUri"], of: documents[$0].root) }
    guard document == nil || document.map({ spellings[$0.lowercased()] == nil }) ?? true else {
      leftOut.append((path, "a canvas app in pieces; its .msapp is packed"))
      return
    }
    tell(
      path,
      "the canvas app is unpacked to sources, of which Strata makes no .msapp; make it with "
        + "“pac canvas pack”" + (document.map { " as \($0)" } ?? "")
    )
  }

  private mutating func tell(_ path: String, line: Int = 0, _ problem: String) {
    problems.append(UnreadableFolder.Problem(path: place(of: path), line: line, problem: problem))
  }

  func place(of path: String) -> String { twinPaths[path] ?? path }
}

extension FolderPacker.Table {
  fileprivate mutating func take(_ number: Int, _ piece: FolderPlaces.Piece) {
    switch piece {
    case .entity: entity = number
    case .ribbon: ribbon = number
    case .form(let type): forms.append((type, number))
    case .list(let list): lists[list, default: []].append(number)
    case .formula: break
    }
  }

  fileprivate var first: Int? {
    ([ribbon].compactMap(\.self) + forms.map(\.document) + lists.values.flatMap(\.self)).min()
  }
}
