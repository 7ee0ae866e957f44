import XML

/// Which files of a folder belong to a solution: those that its list names, or all where there is no list.
struct YAMLList {
  /// Entries that no file lies at, with their lines.
  private(set) var missing: [(path: String, line: Int)] = []
  private var files: Set<String> = []
  private let isComplete: Bool

  /// - Parameter list: `SolutionComponents`.
  init(_ list: XMLElement?, _ paths: [String]) {
    guard let list else {
      isComplete = true
      return
    }
    isComplete = false
    let all = paths.map { $0.lowercased() }
    // Whatever an entry is called, it names a path (PF-B2); one that names none is told as one that leads nowhere.
    let entries = list.children.filter { !$0.isText }.map { entry in
      let path = entry.attribute("path") ?? entry.attribute("Path") ?? entry.text(of: "Path")
      let own = entry.name == "Path" ? entry.text : ""
      return (
        path: (path ?? own).split(separator: "/").joined(separator: "/"),
        line: entry.line
      )
    }
    let names = Set(entries.map { $0.path.lowercased() })
    for (path, line) in entries {
      let name = path.lowercased()
      // A folder stands for all that lies in it, unless parts of it are listed, too.
      let isSplit = names.contains { $0.hasPrefix(name + "/") }
      let found = all.filter { file in
        if [name, name + ".yml", name + ".meta.yml"].contains(file) { return true }
        guard file.hasPrefix(name + "/") else { return false }
        return !isSplit || !file.dropFirst(name.count + 1).contains("/")
      }
      if found.isEmpty || name.isEmpty { missing.append((path, line)) }
      files.formUnion(found)
    }
    // What lies beside a component in a folder of its name.
    for file in all where file.hasSuffix(".meta.yml") && files.contains(file) {
      let folder = file.dropLast(".meta.yml".count) + "/"
      files.formUnion(all.filter { $0.hasPrefix(folder) })
    }
  }

  func holds(_ path: String) -> Bool {
    isComplete || files.contains(path.lowercased()) || !path.contains("/")
  }
}
