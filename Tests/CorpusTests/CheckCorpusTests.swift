import SolutionPackages
import Solutions
import TestSupport
import Testing

@Suite(
  "What authors are told of real packages",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct CheckCorpusTests {
  /// Looked at by rule, the doubtful ones in the XML: what a rule finds here is true.
  private static let looked: [String: Int] = [
    "CK-101": 9, "CK-102": 21, "CK-105": 15, "CK-201": 63, "CK-202": 7, "CK-203": 57, "CK-301": 1,
    "CK-302": 2, "CK-402": 2, "CK-403": 3, "CK-404": 11, "CK-502": 16,
  ]

  @Test("Rules find what was looked at by hand, and no more")
  func findings() throws {
    var found: [String: Int] = [:]
    let reader = PackageReader()
    for file in Corpus.packages {
      let package = try Corpus.read(file)
      let texts = try reader.texts(
        of: AuthoredPackage.textFiles(of: package),
        in: try Repository.bytes("\(Corpus.folder)/\(file)"),
        file: file
      )
      for finding in AuthoringRules.findings(in: AuthoredPackage(package, texts: texts))
      where finding.rule.id.hasPrefix("CK-") {
        found[finding.rule.id, default: 0] += 1
      }
    }
    #expect(found == Self.looked)
  }
}
