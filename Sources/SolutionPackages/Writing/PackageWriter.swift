internal import Archive
package import Solutions
internal import XML

/// Writes a solution package: an `Export` into bytes, the same for the same.
package struct PackageWriter: Sendable {
  package let kinds: ComponentKinds

  package init(kinds: ComponentKinds = .standard) { self.kinds = kinds }

  /// The document of its components while it is written.
  package struct Begun: Sendable {
    fileprivate let customizations: Ahead<[UInt8], Never>
  }

  /// Begins to write what is longest; what the package needs of others may still be missing.
  package func begin(_ export: Export) -> Begun {
    Begun(customizations: Ahead { CustomizationsWriter.bytes(of: export, kinds: kinds) })
  }

  /// The package as a zip archive.
  ///
  /// - Parameters:
  ///   - begun: what was begun of the same export.
  ///   - contents: of files by their paths and digests; it is asked for all at once, so that archives that hold them are
  ///     read once.
  /// - Throws: `ArchiveError` for what is too large, and what `content` throws.
  package func bytes(
    of export: Export,
    begun: Begun? = nil,
    contents: ([Definition.Part]) throws -> [String: [UInt8]]
  ) throws -> [UInt8] {
    // The longest of all, while the other files are looked for.
    let customizations = (begun ?? begin(export)).customizations
    let components = ComponentFiles(export, kinds: kinds)
    let parts = parts(of: export, components)
    var files = try contents(parts)
    for (path, content) in components.written { files[path] = content }
    return try Self.archive(
      customizations: customizations.value(),
      manifest: ManifestWriter.bytes(of: export, kinds: kinds),
      files: files
    )
  }

  /// The two manifests and all other files as a zip archive.
  ///
  /// - Throws: `ArchiveError` for what is too large.
  static func archive(
    customizations: [UInt8],
    manifest: [UInt8],
    files: [String: [UInt8]]
  ) throws(ArchiveError) -> [UInt8] {
    let paths = files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var zip = ArchiveWriter()
    try zip.add(CustomizationsWriter.file, customizations)
    try zip.add("[Content_Types].xml", contentTypes(of: paths))
    try zip.add(ManifestWriter.file, manifest)
    for path in paths { try zip.add(path, files[path] ?? []) }
    return try zip.bytes()
  }

  /// Files that are given back as they came, one for each path.
  ///
  /// Components may share a file that each has seen in another version; that of the newest package counts.
  private func parts(of export: Export, _ components: ComponentFiles) -> [Definition.Part] {
    var found: [String: Definition.Part] = [:]
    let carried = export.frame.map { frame in
      frame.carriedFiles.compactMap { frame.files[$0] }
    }
    let all = export.entries.flatMap(\.component.definition.parts) + components.read
    for part in all + (carried ?? []) {
      guard let other = found[part.path], other.digest != part.digest else {
        found[part.path] = part
        continue
      }
      let newest = export.sources.lazy.compactMap { $0.frame?.files[part.path] }
        .first { $0.digest == part.digest || $0.digest == other.digest }
      found[part.path] = newest ?? other
    }
    return found.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// A type for every extension, and for every file that has none (PF-107).
  private static func contentTypes(of paths: [String]) -> [UInt8] {
    let type = "application/octet-stream"
    var writer = DocumentWriter()
    writer.open(
      "Types",
      [("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")]
    )
    var extensions: Set<String> = ["xml"]
    var bare: [String] = []
    for path in paths {
      let name = path.split(separator: "/").last ?? ""
      if let dot = name.lastIndex(of: "."), name.index(after: dot) != name.endIndex {
        extensions.insert(String(name[name.index(after: dot)...]).lowercased())
      } else {
        bare.append("/" + path)
      }
    }
    for name in extensions.sorted() {
      writer.open("Default", [("Extension", name), ("ContentType", type)])
      writer.close("Default")
    }
    for name in bare.sorted() {
      writer.open("Override", [("PartName", name), ("ContentType", type)])
      writer.close("Override")
    }
    writer.close("Types")
    // Always with a mark and a declaration, unlike the other two.
    return [0xEF, 0xBB, 0xBF] + Array("<?xml version=\"1.0\" encoding=\"utf-8\"?>".utf8)
      + writer.bytes
  }
}
