import FoundationEssentials
package import TestSupport

#if canImport(Glibc)
  import Glibc
#endif

/// A folder of its own in which a shell works with the built program, which is `strata` there; it goes with the value.
package final class Workshop: Sendable {
  package let folder: String

  package struct NoProgram: Error {}

  /// - Parameter packages: texts as `PackageText` reads them, by the names of their files.
  package init(_ packages: [String: String] = [:]) throws {
    folder = TestEnvironment.newPath()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in packages { try write(PackageText(text).archive(), name) }
  }

  deinit { _ = Program.run("/bin/rm", ["-rf", folder]) }

  package func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
  }

  package func write(_ text: String, _ name: String) throws { try write(Array(text.utf8), name) }

  package func text(_ name: String) throws -> String { try Repository.text("\(folder)/\(name)") }

  /// What a script prints; bash, since it tells the statuses of all parts of a pipe.
  @discardableResult
  package func callAsFunction(_ script: String) throws -> Program.Result {
    guard let program = Program.strata else { throw NoProgram() }
    // On the path, so that whatever a script starts finds it as well: no shell but bash hands functions on.
    let bin = URL(filePath: program).deletingLastPathComponent().path
    let whole = "unset STRATA_ENV; export PATH='\(bin)':\"$PATH\"\n" + script
    guard let result = Program.run("/bin/bash", ["-c", whole], folder: folder) else {
      throw NoProgram()
    }
    return result
  }

  /// What a script prints that somebody types at a terminal of some size.
  package func typed(rows: Int = 50, columns: Int = 80, _ script: String) throws -> Program.Result {
    try write("unset PAGER STRATA_PAGER LESS; export TERM=xterm\n\(script)", "typed")
    // Whoever runs the tests may use another shell, or none.
    return try self(
      "SHELL=/bin/bash script -qec 'stty rows \(rows) cols \(columns); bash typed' /dev/null"
    )
  }
}
