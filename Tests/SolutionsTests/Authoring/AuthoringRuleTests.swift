import TestSupport
import Testing

@testable import Solutions

/// What authors are told of a package.
@Suite("Rules of authors")
struct AuthoringRuleTests {
  private static func findings(_ test: AuthoringCase) throws -> [Finding] {
    let beside = try test.beside.map { try PackageText($0).read() }
    let authored = try PackageText(test.text).authored(beside: beside)
    return AuthoringRules.findings(in: authored).filter { $0.rule.id == test.rule }
  }

  @Test("A rule finds what it is for, and nothing else", arguments: AuthoringCase.all)
  func finds(test: AuthoringCase) throws {
    let findings = try Self.findings(test)
    #expect(findings.map(\.subject).sorted() == test.subjects)
    for finding in findings {
      #expect(finding.at != nil)
      #expect(finding.remedies.sentence()?.isEmpty == false)
    }
  }

  @Test("Every rule has a case that it finds, a file, a text and a row in docs/check.md")
  func complete() throws {
    let rules = AuthoringRules.all.map { $0.kind }
    let found = Set(AuthoringCase.all.filter { !$0.subjects.isEmpty }.map(\.rule))
    #expect(found == Set(rules.map(\.rule.id)))
    #expect(rules.map(\.rule.id) == rules.map(\.rule.id).sorted())
    #expect(Set(rules.map(\.code)).isDisjoint(with: FindingKind.all.map { $0.kind.code }))
    let files = Repository.files(below: "Sources/Solutions/Authoring/Rules")
    #expect(
      Set(files) == Set(AuthoringRules.all.map { String(describing: $0) + ".swift" })
    )
    let page = try Repository.text("docs/check.md")
    for kind in rules {
      #expect(kind.says.hasSuffix("."))
      let row =
        "| \(kind.rule.id) | `\(kind.code)` | \(kind.severity.word) | \(kind.says) |"
      #expect(page.contains(row), "\(row)")
    }
  }

  @Test("What rules say is recorded")
  func words() throws {
    let lines = try AuthoringCase.all.flatMap { test in
      try Self.findings(test).flatMap { finding in
        [
          "\(finding.rule.id) \(finding.severity) \(finding.code)  \(finding.at.map { "\($0.file):\($0.line)" } ?? "")",
          "  \(finding.subject): \(finding.message)",
        ]
          + finding.because.map { "  because \($0)" }
          + [finding.remedies.sentence().map { "  → \($0)" }].compactMap { $0 }
      }
    }
    try expectGolden(lines.joined(separator: "\n") + "\n", "authoring.txt")
  }

  @Test("CK-401 A secret is told by its kind and its line, and never printed")
  func secretsStay() throws {
    let key = String(repeating: "kQ9/", count: 20)
    var text = PackageText("X 1.0\nresource new_/a.js // AccountKey=\(key)")
    #expect(try Self.words(of: text).contains { $0.contains("the key of a storage account") })
    #expect(try Self.words(of: text).allSatisfy { !$0.contains("kQ9") })
    text = PackageText("X 1.0\nresource new_/a.js const client_secret = 'a1b2c3d4e5f6'")
    let findings = AuthoringRules.findings(in: try text.authored())
    #expect(findings.map(\.severity) == [.warning])
    #expect(findings.allSatisfy { !$0.message.contains("a1b2") })
  }

  private static func words(of text: PackageText) throws -> [String] {
    AuthoringRules.findings(in: try text.authored()).flatMap { [$0.message] + $0.because }
  }

  @Test("CK-401 Each kind of secret is known, and what only looks like it is not")
  func secrets() {
    func found(_ text: String) -> [SecretPattern] {
      SecretPattern.found(in: Array(text.utf8)).map(\.pattern)
    }
    let token = String(repeating: "Ab3_", count: 10)
    #expect(found("-----BEGIN RSA PRIVATE KEY-----\nMII") == [.privateKey])
    #expect(found("-----BEGIN PUBLIC KEY-----\nPRIVATE KEY-----") == [])
    #expect(
      found("SharedAccessKey=" + String(repeating: "a", count: 43) + "=") == [.sharedAccessKey]
    )
    #expect(found("SharedAccessKey=YOURKEY") == [])
    #expect(found("u?a=1&amp;sig=\(token)") == [.signature])
    #expect(found("x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.x") == [.webToken])
    #expect(found("xeyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.x") == [])
    #expect(found("EYJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.x") == [])
    #expect(found("'AKIAABCDEFGHIJKLMNOP'") == [.cloudKey])
    #expect(found("'AKIAABCDEFGHIJKLMNOPQ'") == [])
    #expect(found("ghp_\(token)") == [.repositoryToken])
    #expect(found("xoxb-\(token)") == [.chatToken])
    #expect(found("AIza\(token.dropLast(5))") == [.serviceKey])
    #expect(found(#"{\"clientSecret\":\"a1~b2c3d4\"}"#) == [.assigned])
    #expect(found(#""password": "a1b2c3d4""#) == [.assigned])
    #expect(found(#"var c = "Server=s;User ID=x;Password=hunter2abc!;";"#) == [.assigned])
    #expect(found(#"c = "Server=s; Pwd=hunter2abc""#) == [.assigned])
    #expect(found(#"c = "Server=s;Password={password}1ab;""#) == [])
    for dummy in [
      "password: 'abcdefgh'", "password: '12345678'", "password = a1b2c3d4", "apikey: 'a1b2c3d",
      "password: '{0}abcd12'", "passwordLabel: 'a1b2c3d4'", "password: 'a1a1a1a1'",
    ] { #expect(found(dummy) == [], "\(dummy)") }
    #expect(found("AccountKey=") == [] && found("") == [] && found("eyJ") == [])
  }

  @Test("A suppression covers a rule or a code, for a subject and a solution, and is used or not")
  func suppressions() throws {
    let authored = try PackageText("X 1.0\ntable abc_t\nresource abc_/a.js x").authored()
    func review(_ suppressions: Suppression...) -> (open: [String], used: Set<Int>) {
      var used: Set<Int> = []
      let review = Review(authored, suppressing: suppressions, used: &used)
      #expect(review.findings.count + review.suppressed.count == 2)
      return (review.findings.map(\.subject), used)
    }
    func suppression(
      _ rule: String,
      _ subject: String? = nil,
      _ solution: String? = nil
    ) -> Suppression {
      Suppression(rule: rule, subject: subject, solution: solution, reason: "r", line: 1)
    }
    #expect(review().open == ["Entity:abc_t", "WebResource:abc_/a.js"])
    #expect(review(suppression("ck-201")).open.isEmpty)
    #expect(
      review(suppression("strata.foreign-prefix", "entity:*")).open == ["WebResource:abc_/a.js"]
    )
    #expect(
      review(suppression("CK-201", nil, "Y*")) == (["Entity:abc_t", "WebResource:abc_/a.js"], [])
    )
    #expect(review(suppression("CK-201", "*a.js", "x")).open == ["Entity:abc_t"])
    #expect(
      review(suppression("CK-202"), suppression("CK-201", "Entity*"), suppression("CK-201")).used
        == [1, 2]
    )
    #expect(
      Suppression.isKnown("lc-103") && Suppression.isKnown("CK-101")
        && !Suppression.isKnown("CK-999")
    )
  }

  @Test(
    "A star stands for any text",
    arguments: [
      ("abc", "abc", true), ("abc", "a*", true), ("abc", "*c", true), ("abc", "a*c", true),
      ("abc", "*", true), ("", "*", true), ("", "", true), ("abc", "ab", false),
      ("abc", "a*b", false),
      ("a*c", "a*c", true), ("aXbXc", "a*b*c", true), ("ab", "a*b*b", false), ("ABC", "abc", true),
    ]
  )
  func stars(text: String, pattern: String, isLike: Bool) {
    #expect(text.isLike(pattern) == isLike)
  }
}
