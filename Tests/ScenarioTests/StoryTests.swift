import EnvironmentSupport
import FoundationEssentials
import TestSupport
import Testing

/// Stories in `Tests/Scenarios/`: commands after `$ `, and below each what it prints and, unless it is 0, its status.
///
/// Lines from `cat > FILE` to `EOF` make a file. Moments and durations are left out. `UPDATE_GOLDEN=1` writes the
/// stories anew.
@Suite("Stories")
struct StoryTests {
  static let stories = Repository.files(below: "Tests/Scenarios").filter { $0.hasSuffix(".txt") }

  @Test("A story goes as it is told", arguments: stories)
  func story(name: String) throws {
    let program = try #require(Program.strata)
    let folder = TestEnvironment.newPath()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { remove(folder) }
    var told: [String] = []
    var lines = try Repository.text("Tests/Scenarios/\(name)").split(
      separator: "\n",
      omittingEmptySubsequences: false
    )[...]
    var isOutput = false
    while let line = lines.popFirst() {
      if line.hasPrefix("$ cat > ") {
        let body = lines.prefix { $0 != "EOF" }
        lines = lines.dropFirst(body.count + 1)
        let file = "\(folder)/\(line.dropFirst("$ cat > ".count))"
        try Data((body.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: file))
        told += [String(line)] + body.map(String.init) + ["EOF"]
        isOutput = false
      } else if line.hasPrefix("$ strata ") {
        told.append(String(line))
        told += try output(of: String(line.dropFirst("$ strata ".count)), program, folder)
        isOutput = true
      } else if line.hasPrefix("#") || !isOutput {
        told.append(String(line))
        isOutput = false
      }
    }
    try expectGolden(told.joined(separator: "\n") + "\n", "../Scenarios/\(name)")
  }

  private func output(of command: String, _ program: String, _ folder: String) throws -> [String] {
    let words = command.split(separator: " ").map { word -> String in
      switch word {
      case "ENV": "\(folder)/environment"
      case _ where word.hasPrefix("@"): "\(folder)/\(word.dropFirst())"
      default: String(word)
      }
    }
    let result = try #require(Program.run(program, words))
    let text = (result.output + result.errors).replacing(folder, with: "…")
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      timeless(String($0))
    }
    while lines.last == "" { lines.removeLast() }
    if result.status != 0 { lines.append("[status \(result.status)]") }
    return lines
  }

  /// Without what differs from run to run.
  private func timeless(_ line: String) -> String {
    var line = line
    line.replace(#/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/#, with: "<moment>")
    line.replace(#/\d+ ms/#, with: "<n> ms")
    line.replace(#/plan sha256:[0-9a-f]{64}/#, with: "plan <digest>")
    line.replace(#/state [0-9a-f]{16}/#, with: "state <hash>")
    line.replace(#/<moment> by [a-z_][a-z0-9_-]*$/#, with: "<moment> by <user>")
    line.replace(#/, by [a-z_][a-z0-9_-]*$/#, with: ", by <user>")
    line.replace(#/, id [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/#, with: ", id <id>")
    line.replace(#/  [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/#, with: "  <id>")
    return line
  }

  private func remove(_ folder: String) {
    _ = Program.run("/bin/rm", ["-rf", folder])
  }
}
