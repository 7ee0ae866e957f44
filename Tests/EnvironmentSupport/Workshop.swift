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
    let whole = "unset STRATA_ENV; strata() { '\(program)' \"$@\"; }\n" + script
    guard let result = Program.run("/bin/bash", ["-c", whole], folder: folder) else {
      throw NoProgram()
    }
    return result
  }
}
