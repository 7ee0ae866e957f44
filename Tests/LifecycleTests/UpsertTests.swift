import EnvironmentSupport
import Lifecycle
import Solutions
import TestSupport
import Testing

/// Rows that are there and are changed: which line it was, and what no line may say.
@Suite("Upsert", .everyBackend)
struct UpsertTests {
  private static let (one, two) = (PackageText.guid("one"), PackageText.guid("two"))

  @Test("RW-40 each row that leads nowhere is told with its own line, new or changed")
  func lines() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(RowTests.base)
    let missing = PackageText.guid("missing")
    try await environment.write("tid|a\n\(Self.one)|k1", into: "t")
    #expect(
      await environment.refusal(
        "tid|a|up\n\(Self.two)|k2|\(missing)\n|k3|\n\(Self.one)|k1|\(missing)\n|k4|\(missing)",
        into: "t",
        mode: .upsert(key: nil)
      ) == """
        3 rows cannot be written, so none was:
          line 2: up: there is no row \(missing) in t
          line 4: up: there is no row \(missing) in t
          line 5: up: there is no row \(missing) in t
        """
    )
  }

  @Test("RW-40 a row that a file names twice is refused with both lines, by id and by key")
  func doubled() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(RowTests.base)
    try await environment.write("a\nK1", into: "t")
    let byKey = await environment.refusal(
      "name|a\nx|K1\nfirst|K2\nsecond|K2\nthird|K1",
      into: "t",
      mode: .upsert(key: "k")
    )
    #expect(
      byKey == """
        2 rows cannot be written, so none was:
          line 4: K2 stands in line 3, too
          line 5: K1 stands in line 2, too
        """
    )
    let byID = await environment.refusal(
      "tid|name\n\(Self.one)|x\n\(Self.one)|y",
      into: "t",
      mode: .upsert(key: nil)
    )
    #expect(byID.contains("line 3: \(Self.one) stands in line 2, too"))
    #expect(try await environment.text("t", "a", "name") == "K1|")
  }

  @Test("RW-40 nothing can be found by an empty key")
  func empty() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(RowTests.base)
    for _ in 1...2 {
      #expect(
        await environment.refusal("name|a\nnobody|", into: "t", mode: .upsert(key: "k"))
          .contains("line 2: a is empty, so no row can be found by it")
      )
    }
  }

  @Test(
    "Rows of a file that is told of many times over are counted without looking each of them up"
  )
  func many() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(RowTests.base)
    let lines = Array(repeating: "k", count: 30).joined(separator: "\n")
    let refusal = await environment.refusal("a\n\(lines)", into: "t", mode: .upsert(key: "k"))
    #expect(refusal.hasPrefix("29 rows cannot be written"))
    #expect(refusal.hasSuffix("line 22: k stands in line 2, too\n  … and 9 more"))
  }

  @Test("RW-21 a header is taken in any case, and a column that it names twice so is refused")
  func headers() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(RowTests.base)
    try await environment.write("Name|A\nx|k1", into: "t")
    try await environment.write("X|T.A\ny|k1", into: "u")
    #expect(try await environment.text("t", "name", "a") == "x|k1")
    #expect(
      await environment.refusal("a|A\n1|2", into: "t") == "the header names a twice"
    )
  }
}
