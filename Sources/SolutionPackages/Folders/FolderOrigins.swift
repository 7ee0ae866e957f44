package import Solutions

/// Where lines of the manifests of a package come from that was put together from files.
package struct FolderOrigins: Sendable {
  /// By file of the package, in order of line.
  private var marks: [String: [(line: Int, path: String, sourceLine: Int)]] = [:]
  /// Other files of the package by where they lie in the folder, where that is elsewhere.
  private var paths: [String: String] = [:]

  package init() {}

  mutating func add(_ marks: [(line: Int, path: String, sourceLine: Int)], of file: String) {
    self.marks[file] = marks
  }

  mutating func add(_ path: String, of part: String) { paths[part] = path }

  /// The place in the folder.
  package func origin(of location: Location) -> Location {
    guard let marks = marks[location.file] else {
      return paths[location.file].map { Location(file: $0, line: location.line) } ?? location
    }
    var (low, high) = (0, marks.count)
    while low < high {
      let middle = low + (high - low) / 2
      if marks[middle].line <= location.line { low = middle + 1 } else { high = middle }
    }
    guard low > 0, location.line > 0 else { return location }
    let mark = marks[low - 1]
    return Location(file: mark.path, line: mark.sourceLine + location.line - mark.line)
  }
}

extension Finding {
  /// The same, found elsewhere.
  func at(_ origin: (Location) -> Location) -> Finding {
    Finding(content, at: at.map(origin))
  }
}

extension SolutionPackage {
  /// The same, with its findings found elsewhere, and others.
  func at(
    telling others: [Finding],
    _ origin: (Location) -> Location
  ) -> SolutionPackage {
    SolutionPackage(
      file: file,
      digest: digest,
      container: container,
      bytes: bytes,
      entries: entries,
      manifest: manifest,
      components: components,
      carried: carried,
      findings: (findings.map { $0.at(origin) } + others).sorted(),
      frame: frame
    )
  }
}
