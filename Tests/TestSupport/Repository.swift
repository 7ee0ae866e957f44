import FoundationEssentials

/// The checkout the tests run in.
package enum Repository {
  /// Without a slash at the end.
  package static let root: String = {
    // …/Tests/TestSupport/Repository.swift
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
      .joined(separator: "/")
  }()

  package static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path.hasPrefix("/") ? path : "\(root)/\(path)")))
  }

  package static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  /// Files below a folder, by path within it, sorted.
  package static func files(below folder: String) -> [String] {
    let base = folder.hasPrefix("/") ? folder : "\(root)/\(folder)"
    guard let walker = try? FileManager.default.subpathsOfDirectory(atPath: base) else { return [] }
    return walker.filter { path in
      var isFolder = false
      return FileManager.default.fileExists(atPath: "\(base)/\(path)", isDirectory: &isFolder)
        && !isFolder
    }.sorted()
  }

  /// A fixture's tree as a zip archive.
  package static func zip(_ folder: String) throws -> [UInt8] {
    var zip = ZipWriter()
    for path in files(below: folder) { zip.add(path, try bytes("\(folder)/\(path)")) }
    return zip.bytes()
  }
}

extension Repository {
  /// Writes a file of that name into a folder of its own.
  package static func temporaryFile(_ name: String, _ bytes: [UInt8]) throws -> String {
    let manager = FileManager.default
    let folder = "\(manager.temporaryDirectory.path)/strata-\(UInt64.random(in: 0...UInt64.max))"
    try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
    return "\(folder)/\(name)"
  }

  /// Removes a file with its folder.
  package static func remove(_ file: String) {
    let folder = file.split(separator: "/").dropLast().joined(separator: "/")
    try? FileManager.default.removeItem(atPath: "/\(folder)")
  }
}
