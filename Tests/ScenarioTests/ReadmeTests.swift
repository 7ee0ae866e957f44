import EnvironmentSupport
import TestSupport
import Testing

@Suite("README")
struct ReadmeTests {
  @Test("What the README shows is what happens")
  func commands() throws {
    let root = Repository.root
    let workshop = try Workshop()
    let result = try workshop(
      """
      ln -s '\(root)/Examples' Examples
      python3 '\(root)/scripts/readme-commands' '\(root)/README.md' > commands && . ./commands
      """
    )
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(
      try workshop.text("commands").split(separator: "\n").count { $0.hasPrefix("check ") } > 7
    )
  }

  @Test("Every link of a document leads to a file")
  func links() throws {
    let pages =
      ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
      + Repository.files(below: "docs").filter { $0.hasSuffix(".md") }.map { "docs/\($0)" }
    for page in pages {
      let folder = page.split(separator: "/").dropLast().joined(separator: "/")
      for match in try Repository.text(page).matches(of: #/\]\((?<link>[^)#: ]+)\)/#) {
        let link = "\(folder)/\(match.output.link)"
        let found = Program.run("/usr/bin/test", ["-e", "\(Repository.root)/\(link)"])
        #expect(found?.status == 0, "\(page): \(match.output.link)")
      }
    }
  }
}
