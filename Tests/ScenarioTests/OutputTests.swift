import EnvironmentSupport
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What a run writes takes the place of nothing that it must not, comes through whole or is an error.
@Suite("Outputs")
struct OutputTests {
  private static let packages = [
    "a.zip": "X 1.0 by A\ntable t\ncolumn t.c nvarchar 100",
    "b.zip": "X 1.1 by A\ntable t\ncolumn t.c nvarchar 100\ncolumn t.d nvarchar 100",
    "y.zip": "Y 1.0 by A\ntable u",
  ]

  private func workshop() throws -> Workshop { try Workshop(Self.packages) }

  @Test(
    "No output takes the place of what is read, of an environment, of another output, of a folder",
    arguments: [
      ("plan a.zip --out a.zip", "a.zip is the package that is planned"),
      ("plan a.zip --html hard", "hard is the package that is planned"),
      ("plan a.zip --out link", "link is the package that is planned"),
      ("plan b.zip --against a.zip --markdown a.zip", "a.zip is a package given with --against"),
      ("plan a.zip --rows rows.json --out rows.json", "rows.json is the counts given with --rows"),
      ("plan a.zip --settings-file s.json --out s.json", "s.json is the settings file"),
      ("plan a.zip --assume-solution list --out list", "list is given with --assume-solution"),
      ("plan a.zip --out t --html t --markdown t", "--out, --markdown and --html are one file, t"),
      ("plan a.zip --out t --html ./t", "--out and --html are one file, t"),
      ("plan a.zip --out new --html dangling", "--out and --html are one file, new"),
      (
        "plan a.zip --markdown - --html -", "--markdown and --html are all to go to standard output"
      ),
      ("plan a.zip --env e --out e", "e belongs to the environment e"),
      ("plan a.zip --env ./e --out e-wal", "e-wal belongs to the environment ./e"),
      ("plan a.zip --env elink --out e-shm", "e-shm belongs to the environment elink"),
      ("plan a.zip --out e", "e is a database"),
      ("plan a.zip --out e-lock", "e-lock belongs to the environment e"),
      ("plan a.zip --out e-journal", "e-journal belongs to the environment e"),
      ("rows t export e --env e", "e belongs to the environment e"),
      ("rows count --env e --out e-wal", "e-wal belongs to the environment e"),
      ("show p.json --html p.json", "p.json is the plan that is shown"),
      ("plan a.zip --out folder", "folder: it is a folder"),
      ("plan a.zip --out nowhere/p.json", "nowhere/p.json: there is no folder nowhere"),
      ("plan a.zip --out >> e", "standard output goes into e, which belongs to the environment e"),
      ("plan a.zip --out p.json >> p.json", "--out and standard output are one file, p.json"),
      ("inspect a.zip >> a.zip", "cannot read a.zip: standard output goes into it"),
    ]
  )
  func refused(command: String, why: String) throws {
    let workshop = try workshop()
    try workshop.write("{}", "s.json")
    try workshop.write(#"{"format":"strata.rows","formatVersion":1,"tables":{}}"#, "rows.json")
    try workshop.write("Base 1.0\n", "list")
    try workshop(
      """
      strata init --env e; strata import y.zip --env e --quiet; strata plan a.zip --out p.json
      ln a.zip hard; ln -s a.zip link; ln -s new dangling; ln -s e elink; mkdir folder
      """
    )
    let before = try workshop("cat *.zip *.json list e; ls").output
    let words = command.replacing(" --out >> e", with: " --env e >> e")
    let result = try workshop("strata \(words)")
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.contains(why), "\(result.errors)")
    #expect(try workshop("cat *.zip *.json list e; ls").output == before)
  }

  @Test("A link is followed, a mode stays, and new plans and rows are for nobody else")
  func modes() throws {
    let workshop = try workshop()
    let result = try workshop(
      """
      umask 022
      echo keep > target; chmod 640 target; ln -s target link; ln -s made dangling
      strata plan a.zip --out link --html dangling --markdown new > /dev/null
      strata init --env e > /dev/null; strata import a.zip --env e > /dev/null
      strata rows t export rows.csv --env e > /dev/null
      strata rows count --env e --out counts.json
      stat -c '%n %F %a' link target dangling made new rows.csv counts.json
      head -c 1 target; ls -A | grep -c '^[.]strata'
      """
    )
    #expect(
      result.output == """
        link symbolic link 777
        target regular file 640
        dangling symbolic link 777
        made regular file 600
        new regular file 600
        rows.csv regular file 600
        counts.json regular file 644
        {0

        """
    )
  }

  @Test("A pipe is written into, waits for its reader, and stays one")
  func pipes() throws {
    let workshop = try workshop()
    let result = try workshop(
      """
      mkfifo pipe; cat pipe > seen &
      timeout 60 strata plan a.zip --markdown pipe > /dev/null
      echo $?; wait; stat -c %F pipe; grep -c . seen; strata plan a.zip --json --out /dev/stdout | grep -c '"format"'
      """
    )
    let lines = result.output.split(separator: "\n")
    try #require(lines.count == 4, "\(result)")
    #expect(lines[0] == "2")
    #expect(lines[1] == "fifo")
    #expect((Int(lines[2]) ?? 0) > 3)
    #expect(lines[3] == "2")
  }

  @Test("A device is written into and stays one", .enabled(if: geteuid() == 0))
  func devices() throws {
    let workshop = try workshop()
    let result = try workshop(
      "mknod node c 1 3 && strata plan a.zip --markdown node --html node; echo $?; stat -c %F node"
    )
    #expect(result.output.hasSuffix("2\ncharacter special file\n"), "\(result)")
  }

  @Test("A pipe is no input: that is said at once")
  func inputs() throws {
    let workshop = try workshop()
    try workshop("mkfifo pipe; strata init --env e; strata import a.zip --env e")
    for command in [
      "inspect pipe", "plan pipe", "plan a.zip --rows pipe", "plan b.zip --against pipe",
      "plan a.zip --settings-file pipe", "show pipe", "apply pipe --env e", "list --env pipe",
      "rows t import pipe --env e", "rows t migrate --set a=b --map pipe --env e",
      "customize patch Entity:t --file pipe --env e", "status --env pipe", "init --env pipe",
    ] {
      let result = try workshop("timeout 30 strata \(command)")
      #expect(result.status == 1, "\(command): \(result.status)")
      let isSaid = result.errors.contains(/not a file|pipe is not an environment/)
      #expect(isSaid, "\(command): \(result.errors)")
      #expect(result.output == "")
    }
    try workshop(
      "strata plan b.zip --env e --out p.json; sed -i 's/[^\"]*b[.]zip\", *$/pipe\",/; s|\"path\" : \".*b.zip\"|\"path\" : \"pipe\"|' p.json"
    )
    let result = try workshop("timeout 30 strata apply p.json --env e")
    #expect(result.errors.contains("pipe: not a file"), "\(result)")
    #expect(result.status == 1)
    let rows = try workshop("echo c | strata rows t import - --env e --json")
    #expect(rows.status == 0, "\(rows)")
  }

  @Test("A failed export keeps the file that was there and leaves nothing beside it")
  func exports() throws {
    let workshop = try workshop()
    let row = String(repeating: "x", count: 60)
    try workshop.write("c\n" + String(repeating: row + "\n", count: 3000), "r.csv")
    try workshop(
      "strata init --env e; strata import a.zip --env e; strata rows t import r.csv --env e"
    )
    for name in ["k.csv", "k.jsonl"] {
      let result = try workshop(
        "echo KEEP > \(name); ulimit -f 64; strata rows t export \(name) --env e; echo $?; cat \(name); ls -A"
      )
      #expect(result.output.hasPrefix("1\nKEEP\n"), "\(result)")
      #expect(result.errors.contains("cannot write \(name): File too large"))
      #expect(!result.output.contains(".strata"))
    }
    let killed = try workshop(
      """
      echo KEEP > k.csv
      for moment in 0.002 0.01 0.02 0.04 0.08; do
        '\(Program.strata ?? "")' rows t export k.csv --env e > /dev/null & sleep $moment; kill -9 $!; wait
        case "$(wc -l < k.csv)" in 1|3001) ;; *) echo broken; cat k.csv;; esac
      done; ls -A
      """
    )
    #expect(!killed.output.contains("broken"), "\(killed)")
    #expect(!killed.output.contains(".strata"))
  }

  @Test("Output that is lost is an error, unless what was asked for is done")
  func lost() throws {
    let workshop = try workshop()
    try workshop("strata init --env e")
    for command in [
      "plan a.zip", "plan a.zip --json", "plan a.zip --markdown -", "plan a.zip --html -",
      "inspect a.zip", "inspect a.zip --inventory", "status --env e", "verify --env e", "--help",
    ] {
      let closed = try workshop("strata \(command) >&-")
      #expect(closed.status == 1, "\(command): \(closed)")
      #expect(closed.errors.contains("cannot write standard output: it is closed"))
      let gone = try workshop("strata \(command) | true; exit ${PIPESTATUS[0]}")
      // Whether the reader is gone already is a matter of moments.
      #expect(gone.status != 141, "\(command)")
    }
    let full = try workshop(
      """
      (ulimit -f 1; exec '\(Program.strata ?? "")' plan a.zip --json) > out; echo $? >&2
      """
    )
    #expect(full.errors == "Error: cannot write standard output: File too large\n1\n")
    let done = try workshop("strata import a.zip --env e >&-")
    #expect(done.status == 0)
    #expect(
      done.errors
        == "warning: operation 1 is done; standard output could not be written: it is closed\n"
    )
    try workshop.write("c\na\n", "r.csv")
    for command in [
      "rows t import r.csv", "rows t import r.csv --json",
      "rows t delete --where c=a --allow-destroy all", "rollback 1 --allow-destroy all",
    ] {
      let done = try workshop("strata \(command) --env e >&-")
      #expect(done.status == 0, "\(command): \(done)")
      #expect(done.errors.contains("is done; standard output"))
    }
    #expect(try workshop("strata rows t export - --env e >&-").status == 1)
    // Nothing is written into what is opened in the place of a closed stream.
    #expect(try workshop("strata verify --env e 2>&- <&-").status == 0)
  }

  @Test(
    "Nothing that a package says is obeyed by a build agent or a terminal; JSON says it exactly"
  )
  func agents() throws {
    let workshop = try Workshop([
      "a.zip": "X 1.0 by A\ntable t\ncolumn t.c nvarchar 100 Colour",
      "b.zip": "X 1.1 by A\ntable t\ncolumn t.c nvarchar 100 ##VSO[task.x]0##[error]y",
      "c.zip": "X 1.2 by A\ntable t\ncolumn t.c nvarchar 100 ####vso[a]",
    ])
    let script = #"""
      strata init --env e; strata import a.zip --env e; strata import b.zip --env e
      strata plan b.zip --against a.zip --no-color; strata plan c.zip --against a.zip
      strata plan b.zip --against a.zip --markdown -; strata diff a.zip b.zip
      strata layers Attribute:t.c --env e; strata blame Attribute:t.c --env e; strata history 2 --env e
      mv e '::error::x'; strata status --env '::error::x'
      cp '::error::x' $'z\e]52;c\a\u009b\n::error::y'; strata status --env $'z\e]52;c\a\u009b\n::error::y'
      strata inspect '##vso[x]'; strata layers '##[x]' --env '::error::x'
      """#
    let result = try workshop(script)
    #expect(result.output.contains("## VSO[task.x]0## [error]y"))
    #expect(result.output.contains(": :error::x"))
    for line in (result.output + result.errors).split(separator: "\n") {
      let lowered = line.lowercased()
      #expect(!lowered.contains("##[") && !lowered.contains("##vso["), "\(line)")
      #expect(!line.drop { $0.isWhitespace }.hasPrefix("::"), "\(line)")
      #expect(
        line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) },
        "\(line)"
      )
    }
    let exact = try workshop(
      "strata plan b.zip --against a.zip --json; strata plan b.zip --against a.zip --out -"
    )
    #expect(exact.output.split(separator: "##VSO[task.x]0##[error]y").count > 2)
  }
}
