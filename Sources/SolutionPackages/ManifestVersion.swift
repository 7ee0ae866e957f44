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

  /// Quotes around another version, where a reader might take it for a number.
  private let quote: [UInt8]

  /// - Parameter file: how the manifest is called in errors; one that ends with `.yml` is of the newer layout.
  /// - Throws: `PackageError` for what is no manifest in UTF-8 with one plain version in it.
  package init(_ bytes: [UInt8], file: String) throws(PackageError) {
    do throws(PartError) {
      try self.init(bytes, part: file)
    } catch {
      throw PackageError(
        file: file,
        finding: Finding(
          MalformedPart(part: file, line: error.line, problem: error.problem),
          at: Location(file: file, line: error.line)
        )
      )
    }
  }

  private init(_ bytes: [UInt8], part: String) throws(PartError) {
    let isYAML = YAMLPaths.isYAML(part)
    let tree = try Self.tree(of: bytes, part, isYAML: isYAML)
    guard let manifest = tree.root.child("SolutionManifest"),
      let name = SolutionName(manifest.text(of: "UniqueName") ?? "")
    else { throw PartError(part: part, line: 0, problem: "it is no manifest of a solution") }
    guard let element = manifest.child("Version"), let version = SolutionVersion(element.text)
    else { throw PartError(part: part, line: manifest.line, problem: "it has no version") }
    let place =
      isYAML
      ? YAMLDocument.place(of: ["SolutionManifest", "Version"], in: bytes)
      : VersionScanner.range(in: bytes).map { ($0, isPlain: false) }
    // Both readings have to agree on what the version is.
    guard let (range, isPlain) = place,
      String(decoding: bytes[range], as: UTF8.self) == element.text
    else {
      throw PartError(
        part: part,
        line: element.line,
        problem: "its version is not written as plain text in UTF-8"
      )
    }
    self.name = name
    self.version = version
    self.isManaged = manifest.text(of: "Managed") == "1"
    self.bytes = bytes
    self.range = range
    quote = isPlain ? [UInt8(ascii: "'")] : []
  }

  private static func tree(
    of bytes: [UInt8],
    _ part: String,
    isYAML: Bool
  ) throws(PartError) -> XMLTree {
    do {
      return try XMLTree(isYAML ? YAMLDocument.xml(bytes, limits: .standard) : bytes)
    } catch let error as YAMLDocument.Problem {
      throw PartError(part: part, line: error.line, problem: error.problem)
    } catch let error as XMLError {
      throw PartError(part: part, line: error.line, problem: error.message)
    } catch {
      preconditionFailure("reading a document fails in known ways only: \(error)")
    }
  }

  /// The manifest with another version.
  package func replaced(by version: SolutionVersion) -> [UInt8] {
    let text = Array(version.text.utf8)
    // 1.10 would be the number 1.1.
    let isNumber = text.count { $0 == UInt8(ascii: ".") } < 2
    let spelled = isNumber ? quote + text + quote : text
    return bytes[..<range.lowerBound] + spelled + bytes[range.upperBound...]
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
