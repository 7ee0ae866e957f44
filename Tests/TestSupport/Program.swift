import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#endif

/// Runs a program and gives what it printed.
package enum Program {
  package struct Result: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String
  }

  /// nil when it could not be started.
  package static func run(_ path: String, _ arguments: [String], folder: String = Repository.root)
    -> Result?
  {
    let base =
      "\(FileManager.default.temporaryDirectory.path)/strata-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    let (out, err) = (base + ".out", base + ".err")
    defer {
      unlink(out)
      unlink(err)
    }
    func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
    let words = ([path] + arguments).map { quoted($0) }.joined(separator: " ")
    let command = "cd \(quoted(folder)) && \(words) >\(quoted(out)) 2>\(quoted(err)) </dev/null"
    let status = system(command)
    guard status != -1, let output = try? Repository.text(out),
      let errors = try? Repository.text(err)
    else { return nil }
    return Result(status: (status >> 8) & 0xFF, output: output, errors: errors)
  }

  /// The built `strata`, beside the tests.
  package static var strata: String? {
    ["debug", "release"].map { "\(Repository.root)/.build/\($0)/strata" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}

/// Only debug builds have failpoints.
package enum DebugProgram {
  package static let path = ["\(Repository.root)/.build/debug/strata"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }
}
