internal import Archive
package import Solutions
internal import XML

/// The version in a manifest, and where its text stands: all other bytes stay as they are.
package struct ManifestVersion: Sendable {
  package let name: SolutionName
  package let version: SolutionVersion
  package let isManaged: Bool
  private let bytes: [UInt8]
  private let range: Range<Int>

  /// - Parameter file: how the manifest is called in errors.
  /// - Throws: `PackageError` for what is no manifest in UTF-8 with one plain version in it.
  package init(_ bytes: [UInt8], file: String) throws(PackageError) {
    func refused(_ line: Int, _ problem: String) -> PackageError {
      PackageError(
        file: file,
        finding: Finding(
          MalformedPart(part: file, line: line, problem: problem),
          at: Location(file: file, line: line)
        )
      )
    }
    let tree: XMLTree
    do {
      tree = try XMLTree(bytes)
    } catch {
      throw refused(error.line, error.message)
    }
    guard let manifest = tree.root.child("SolutionManifest"),
      let name = SolutionName(manifest.text(of: "UniqueName") ?? "")
    else { throw refused(0, "it is no manifest of a solution") }
    guard let element = manifest.child("Version"), let version = SolutionVersion(element.text)
    else { throw refused(manifest.line, "it has no version") }
    // Both readings have to agree on what the version is.
    guard let range = VersionScanner.range(in: bytes),
      String(decoding: bytes[range], as: UTF8.self) == element.text
    else { throw refused(element.line, "its version is not written as plain text in UTF-8") }
    self.name = name
    self.version = version
    self.isManaged = manifest.text(of: "Managed") == "1"
    self.bytes = bytes
    self.range = range
  }

  /// The manifest with another version.
  package func replaced(by version: SolutionVersion) -> [UInt8] {
    bytes[..<range.lowerBound] + Array(version.text.utf8) + bytes[range.upperBound...]
  }
}

extension PackageReader {
  /// A package with another version in its manifest; contents of all other files stay as they are.
  ///
  /// - Throws: `PackageError` for what is no zip, and where the version cannot be replaced.
  package func setting(
    _ version: SolutionVersion,
    in bytes: [UInt8],
    file: String
  ) throws(PackageError) -> [UInt8] {
    try reading(file) {
      let archive = try ArchiveReader(bytes, limits: archiveLimits)
      guard archive.container == .zip else {
        throw PartError(part: file, line: 0, problem: "only a zip can be written, and it is none")
      }
      var writer = ArchiveWriter()
      try archive.forEachFile { entry, content in
        let whole = try content.whole()
        guard entry.path == "solution.xml" else {
          try writer.add(entry.path, whole)
          return true
        }
        try writer.add(entry.path, try Self.replaced(whole, entry.path, by: version))
        return true
      }
      return try writer.bytes()
    }
  }
}

extension PackageReader {
  private static func replaced(
    _ manifest: [UInt8],
    _ path: String,
    by version: SolutionVersion
  ) throws(PartError) -> [UInt8] {
    do {
      return try ManifestVersion(manifest, file: path).replaced(by: version)
    } catch {
      throw PartError(part: path, line: error.finding.at?.line ?? 0, problem: error.finding.message)
    }
  }
}

/// Finds the text of `*/SolutionManifest/Version` in bytes that are known to be well-formed XML.
private enum VersionScanner {
  static func range(in bytes: [UInt8]) -> Range<Int>? {
    var path: [ArraySlice<UInt8>] = []
    var start: Int?
    var at = 0
    let less = UInt8(ascii: "<")
    while let open = bytes[at...].firstIndex(of: less) {
      if let begin = start {
        return bytes[begin..<open].contains(UInt8(ascii: "&")) ? nil : begin..<open
      }
      if let end = skipped(bytes, open) {
        at = end
        continue
      }
      guard let close = end(of: open, in: bytes) else { return nil }
      let inside = bytes[open + 1..<close]
      at = close + 1
      if inside.first == UInt8(ascii: "/") {
        _ = path.popLast()
      } else if inside.last != UInt8(ascii: "/") {
        path.append(inside.prefix { !" \t\r\n".utf8.contains($0) })
        let isVersion =
          path.count == 3 && path[1].elementsEqual("SolutionManifest".utf8)
          && path[2].elementsEqual("Version".utf8)
        if isVersion { start = at }
      }
    }
    return nil
  }

  /// Behind a comment, a text as it is, or an instruction; nil for a tag.
  private static func skipped(_ bytes: [UInt8], _ open: Int) -> Int? {
    for (begin, finish) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")]
    where bytes[open...].starts(with: begin.utf8) {
      let ending = Array(finish.utf8)
      var at = open + begin.utf8.count
      while at + ending.count <= bytes.count {
        if bytes[at..<at + ending.count].elementsEqual(ending) { return at + ending.count }
        at += 1
      }
      return bytes.count
    }
    return nil
  }

  /// Where a tag ends; quoted values may hold its sign.
  private static func end(of open: Int, in bytes: [UInt8]) -> Int? {
    var quote: UInt8?
    for at in bytes[open...].indices {
      let byte = bytes[at]
      if let current = quote {
        if byte == current { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return at
      }
    }
    return nil
  }
}
