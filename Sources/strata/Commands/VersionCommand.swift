import ArgumentParser
import CProgram
import Contract
import Solutions

struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version",
    abstract: "Show the version and what it was built from."
  )

  @OptionGroup var output: OutputOptions

  func run() throws {
    func text(_ words: UnsafePointer<CChar>?) -> String? {
      words.map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    let shape = VersionShape(
      version: Strata.release,
      commit: text(strata_commit()),
      date: text(strata_commit_date()),
      platform: Self.platform,
      schema: EnvironmentOptions.schemaVersion,
      sqlite: EnvironmentOptions.databaseVersion
    )
    try output.give(shape) { _ in shape.text }
  }

  private static var platform: String {
    #if arch(x86_64)
      "linux-x86_64"
    #elseif arch(arm64)
      "linux-aarch64"
    #else
      "unknown"
    #endif
  }
}

extension VersionShape {
  var text: Prose {
    let build = [commit.map { "commit \($0)" as Prose }, date.map { "of \($0)" as Prose }]
      .compactMap { $0 }.joined(separator: " ")
    return """
      strata \(version)\(build.isEmpty ? "" : " (\(build))" as Prose)
      \(platform), SQLite \(sqlite), environments up to schema \(schema)

      """
  }
}
