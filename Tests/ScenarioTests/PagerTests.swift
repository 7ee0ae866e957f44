import EnvironmentSupport
import TestSupport
import Testing

/// What a terminal does not hold goes through a pager, as with git.
@Suite("Pager", .enabled(if: canMakeTerminals))
struct PagerTests {
  private static let columns = (0..<900).map {
    "column t.c\($0)_\(String(repeating: "x", count: 60)) nvarchar 100"
  }
  private let workshop: Workshop

  init() throws {
    workshop = try Workshop([
      "a.zip": (["X 1.0 by A", "table t"] + Self.columns).joined(separator: "\n"),
      "b.zip": (["X 1.1 by A", "table t"] + Self.columns.prefix(1)).joined(separator: "\n"),
      "other.zip": "X 1.1 by B\ntable t",
    ])
  }

  /// What is typed at a terminal of some rows.
  private func typed(rows: Int = 12, _ words: String) throws -> (status: Int32, output: String) {
    let result = try workshop.typed(rows: rows, "rm -f paged; export NO_COLOR=1; \(words)")
    return (result.status, result.output.replacing("\r\n", with: "\n"))
  }

  private static let plan = "strata plan b.zip --against a.zip --full"

  @Test(
    "A report that is longer than the terminal goes through the pager, whole, and the status stays"
  )
  func whole() throws {
    let plain = try typed("\(Self.plan) --no-pager")
    #expect(plain.status == 3 && plain.output.count > 80_000)
    let paged = try typed("STRATA_PAGER='cat > paged; echo seen; exit 7' \(Self.plan)")
    #expect(paged.status == 3)
    #expect(paged.output == "seen\n")
    #expect(try workshop.text("paged") == plain.output)
  }

  @Test(
    "STRATA_PAGER is asked before PAGER; empty ones, cat, --no-pager and what is no text take none",
    arguments: [
      ("PAGER='cat > paged' \(plan)", true),
      ("PAGER='cat > no' STRATA_PAGER='cat > paged' \(plan)", true),
      ("PAGER='cat > paged' STRATA_PAGER= \(plan)", false),
      ("PAGER=' ' \(plan)", false), ("PAGER=cat \(plan)", false),
      ("PAGER='cat > paged' \(plan) --no-pager", false),
      ("PAGER='cat > paged' \(plan) --json", false),
      ("PAGER='cat > paged' \(plan) --quiet", false),
      ("PAGER='cat > paged' \(plan) --out p.json", false),
      ("PAGER='cat > paged' \(plan) --html -", false),
      ("PAGER='cat > paged' \(plan) | cat", false),
      ("PAGER='cat > paged' strata inspect other.zip", false),
      ("strata init --env e; PAGER='cat > paged' strata import a.zip --env e", false),
    ]
  )
  func chosen(words: String, isPaged: Bool) throws {
    let result = try typed(words)
    #expect(try workshop("ls paged").output == (isPaged ? "paged\n" : ""), "\(result)")
    #expect(result.output.isEmpty == isPaged || words.contains("--quiet"))
    #expect(try workshop("ls no").output == "")
  }

  @Test("Whoever leaves a pager early has seen enough; one that cannot be started leaves the text")
  func leaving() throws {
    let early = try typed("STRATA_PAGER='head -n 1' \(Self.plan)")
    #expect(early.status == 3)
    #expect(early.output.split(separator: "\n").count == 1 && early.output.hasPrefix("Upgrade X"))
    let plain = try typed("\(Self.plan) --no-pager")
    let missing = try typed("STRATA_PAGER=no-such-pager \(Self.plan)")
    #expect(missing.status == 3)
    #expect(missing.output.contains("not found") && missing.output.hasSuffix(plain.output))
    // Nobody chose less, so nobody is told that there is none.
    let bare = try typed("PATH=/nowhere $(command -v strata) plan b.zip --against a.zip --full")
    #expect(bare.status == 3 && bare.output == plain.output)
  }

  @Test("less begins where a refusal is told, and is for terminals that move a cursor")
  func less() throws {
    try workshop.write("#!/bin/sh\necho \"$LESS $*\"\ncat > paged\n", "text")
    try workshop("mkdir bin; cp text bin/less; chmod +x bin/less")
    let path = "export PATH=$PWD/bin:$PATH;"
    #expect(try typed("\(path) \(Self.plan)").output == "FRX -FRX\n")
    #expect(try typed("\(path) LESS=S \(Self.plan)").output == "S -FRX\n")
    let refused = try typed(rows: 3, "\(path) strata plan other.zip --against a.zip 2> /dev/null")
    #expect(refused.status == 4 && refused.output == "FRX -FRX +G\n")
    #expect(try typed("\(path) TERM=dumb \(Self.plan)").output.hasPrefix("Upgrade X"))
  }

  @Test("The pager's signals are those of a program that somebody types")
  func signals() throws {
    _ = try typed("STRATA_PAGER='grep ^Sig /proc/self/status > paged' \(Self.plan)")
    let masks = try workshop.text("paged").split(separator: "\n").map { $0.split(separator: "\t") }
    func mask(_ name: String) -> UInt64? {
      masks.first { $0[0] == name }.flatMap { UInt64($0[1], radix: 16) }
    }
    #expect(mask("SigBlk:") == 0)
    let ignored = try #require(mask("SigIgn:"))
    // Interrupt, quit, a pipe without reader, a file too large.
    for number in [2, 3, 13, 25] { #expect(ignored & (1 << UInt64(number - 1)) == 0) }
  }
}

private let canMakeTerminals =
  Program.run("/bin/sh", ["-c", "script -qec 'stty rows 9' /dev/null"])?.status == 0
