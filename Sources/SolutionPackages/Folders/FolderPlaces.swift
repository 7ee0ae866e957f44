import Solutions

/// What each file of an unpacked solution is, told by its path.
struct FolderPlaces {
  enum Place: Equatable {
    case manifest
    case customizations
    case relationshipNames
    case relationships
    /// A section, or an element of one.
    case section
    case item(Int)
    case table(String, Piece)
    /// What a web resource holds; its part is named by the file beside it.
    case webResource
    /// A file of the package.
    case part(String)
    /// A canvas app in pieces, by its name.
    case canvasSource(String)
    /// No part of the package, and why.
    case leftOut(String)

    /// Whether it is read and becomes a part of `customizations.xml` or the manifest.
    var isDocument: Bool {
      switch self {
      case .manifest, .customizations, .relationshipNames, .relationships, .section, .item: true
      case .table(_, let piece): piece != .formula
      case .webResource, .part, .canvasSource, .leftOut: false
      }
    }
  }

  enum Piece: Equatable {
    case entity
    case ribbon
    case form(String)
    /// The number of its list among `FolderLayout.tableLists`.
    case list(Int)
    case formula
  }

  /// Folders of component files (PF-701).
  private let componentFolders: Set<String>

  /// - Parameter paths: of all files.
  init(_ paths: some Sequence<String>) {
    var found: Set<String> = []
    var ofLayout: Set<String> = []
    for path in paths {
      guard let slash = path.utf8.firstIndex(of: UInt8(ascii: "/")) else { continue }
      let folder = String(path[..<slash])
      guard !found.contains(folder), !ofLayout.contains(folder) else { continue }
      if FolderLayout.folders[folder.lowercased()] != nil {
        ofLayout.insert(folder)
      } else if PackageContents.isComponentFile(path, besides: []) {
        found.insert(folder)
      }
    }
    componentFolders = found
  }

  /// A path with the layout's spelling of its first folder.
  static func canonical(_ path: String) -> String {
    guard let slash = path.firstIndex(of: "/"),
      let folder = FolderLayout.folders[path[..<slash].lowercased()]
    else { return path }
    return folder + path[slash...]
  }

  /// - Parameter path: canonical.
  subscript(path: String) -> Place {
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    guard parts.count > 1 else { return root(path) }
    if !path.hasPrefix(FolderLayout.parts), parts.contains(where: Self.isOfSystem) {
      return .leftOut("no file of a solution")
    }
    switch parts[0] {
    case "Other": return other(path, parts)
    case "Entities": return table(path, parts)
    case "Resources": return .leftOut("labels that were moved out of the components")
    case "CanvasApps" where parts[1].lowercased() == "src" && parts.count > 3:
      return .canvasSource(parts[2])
    default: break
    }
    if let number = item(parts) { return .item(number) }
    switch parts[0] {
    case "WebResources": return .webResource
    case "Connectors": return .part("Connector/" + parts.dropFirst().joined(separator: "/"))
    default: break
    }
    let isPackage =
      FolderLayout.folders[parts[0].lowercased()] != nil || componentFolders.contains(parts[0])
    return isPackage ? .part(path) : .leftOut("no folder of a solution")
  }

  /// The document that a file is the managed twin of; nil for what is none (PF-A1).
  func document(ofTwin path: String) -> String? {
    guard let document = FolderPath.isTwin(path), self[document].isDocument else { return nil }
    return document
  }

  /// Names that file systems and version control leave behind.
  private static func isOfSystem(_ name: String) -> Bool {
    name.hasPrefix(".") || ["thumbs.db", "desktop.ini"].contains(name.lowercased())
  }

  private func root(_ path: String) -> Place {
    switch path {
    case PackageContents.variableValuesFile, "filteredcomponents.xml": .part(path)
    default: .leftOut("no file of a solution")
    }
  }

  private func other(_ path: String, _ parts: [String]) -> Place {
    switch path.lowercased() {
    case FolderLayout.manifest.lowercased(): return .manifest
    case FolderLayout.customizations.lowercased(): return .customizations
    case FolderLayout.relationshipNames.lowercased(): return .relationshipNames
    default: break
    }
    if path.hasPrefix(FolderLayout.parts) {
      return .part(String(path.dropFirst(FolderLayout.parts.count)))
    }
    if path.hasPrefix(FolderLayout.managedParts) {
      return .leftOut("of the managed package alone")
    }
    guard path.hasSuffix(".xml") else { return .leftOut("no file of a solution") }
    if parts.count == 3, parts[1] == "Relationships" { return .relationships }
    return parts.count == 2 ? .section : .leftOut("no file of a solution")
  }

  private func table(_ path: String, _ parts: [String]) -> Place {
    guard parts.count > 2 else { return .leftOut("no file of a table") }
    let table = parts[1]
    let isXML = path.hasSuffix(".xml")
    switch (parts.count, parts[2]) {
    case (3, "Entity.xml"): return .table(table, .entity)
    case (3, "RibbonDiff.xml"): return .table(table, .ribbon)
    case (5, FolderLayout.forms.place) where isXML: return .table(table, .form(parts[3]))
    case (_, "Formulas") where parts.count > 3: return .table(table, .formula)
    default: break
    }
    let list = FolderLayout.tableLists.firstIndex { $0.place == parts[2] }
    guard let list, parts.count == 4, isXML else { return .leftOut("no file of a table") }
    return .table(table, .list(list))
  }

  private func item(_ parts: [String]) -> Int? {
    FolderLayout.items.firstIndex { items in
      guard items.folder == parts[0], let file = parts.last else { return false }
      switch items.place {
      case .file(_, let suffix): return parts.count == 2 && file.hasSuffix(suffix)
      case .folder(_, let name): return parts.count == 3 && file == name
      case .beside, .webResource: return file.hasSuffix(".data.xml")
      }
    }
  }
}
