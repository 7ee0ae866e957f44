import EnvironmentSupport
import TestSupport
import Testing

/// Faults of trust, in the small packages and files that show them, as a user meets them.
@Suite(
  "Cases: trust",
  .enabled(if: Cases.arePresent, "the cases are not beside the checkout")
)
struct TrustCaseTests {
  /// What a script prints; in it `$C` is the folder of the packages, `$S` that of the case, `$STRATA` the program.
  func output(_ name: String, _ script: String) throws -> String {
    let workshop = try Workshop()
    let places =
      "C='\(try Cases.made(name))'; S='\(Cases.path(name))'\n"
      + "STRATA='\(Program.strata ?? "")'\n"
    let result = try workshop(places + script)
    #expect(result.errors.isEmpty)
    return result.output
  }

  /// The exit status of a command on each file, and its first line as far as a colon.
  private static let inspected = """
    for f in $C/*.zip; do
      strata inspect $f > o 2>&1; s=$?
      echo "$(basename $f) $s $(sed -n '1s/.*: //;1s/ (0x.*//;1p' o)"
    done
    """

  @Test("T5 T15 T19 trust-archive: what the two lists of an archive disagree in is refused")
  func archive() throws {
    #expect(
      try output("trust-archive", Self.inspected) == """
        bzip2.zip 1 an entry is packed by method 12; stored and deflate are allowed
        count_high.zip 1 the number of entries is not 60000, as it says
        count_low.zip 1 the number of entries is not 1, as it says
        crc.zip 1 checksums (CRC) differ
        escape_name.zip 1 a name holds control or direction characters
        nul.zip 1 a name holds a NUL
        overlap.zip 1 entries share bytes
        size.zip 1 sizes differ
        sound.zip 0 Sample 1.0.0.0  managed
        swapped.zip 1 entry 3 is “customizations.xml” in the directory, “WebResources/decoyx” in its header
        turned_name.zip 1 a name holds control or direction characters
        utf8.zip 0 Sample 1.0.0.0  managed

        """
    )
  }

  @Test("T9 trust-json-size: depth is bounded, and numbers keep their digits")
  func depth() throws {
    #expect(
      try output("trust-json-size", Self.inspected) == """
        1_0.zip 0 Sample 1.0.0.0  managed
        deep_1.zip 0 Sample 1.0.0.0  managed
        deep_100.zip 1 more than 64 levels
        deep_200.zip 1 more than 64 levels
        deep_400.zip 1 more than 64 levels
        digits.zip 0 Sample 1.0.0.0  managed
        huge_number.zip 0 Sample 1.0.0.0  managed
        long_2MiB.zip 0 Sample 1.0.0.0  managed

        """
    )
  }

  @Test("T6 trust-json-equal: JSON that differs differs, and no key stands twice")
  func equality() throws {
    let script = """
      strata diff $C/a.zip $C/b.zip | sed -n 2p
      strata plan $C/twice.zip 2>&1 | head -1 | grep -o 'line 1: the key list stands twice'
      """
    #expect(
      try output("trust-json-equal", script) == """
        - 0 only in the older   + 0 only in the newer   ~ 0 different   1 equal   1 carried part differs
        line 1: the key list stands twice

        """
    )
  }

  @Test("T3 trust-ci: no line is a command to a build agent, and documents keep the text")
  func agents() throws {
    let script = """
      plan() { strata plan $C/1_1.zip --against $C/1_0.zip "$@" 2>&1; }
      plan | grep -ciE '##([a-z]+)?\\[|^ *::'
      plan --json | grep -c '##vso\\[task'
      """
    let counts = try output("trust-ci", script).split(separator: "\n")
    #expect(counts.first == "0")
    #expect(counts.last != "0")
  }

  @Test("T16 trust-database: what the database refuses is refused by the plan")
  func database() throws {
    let script = """
      for p in intersect wide intersect_any apostrophe ellipsis; do
        strata init --env $p --quiet
        strata plan $C/$p.zip --env $p > o; a=$?
        strata import $C/$p.zip --env $p > /dev/null 2>&1
        echo $p $a $? $(grep -m1 -oE 'error [a-z0-9A-Z.-]+' o)
      done
      """
    #expect(
      try output("trust-database", script) == """
        intersect 4 4 error strata.table-name
        wide 4 4 error strata.table-width
        intersect_any 4 4 error strata.logical-name
        apostrophe 4 4 error 0x8004801F
        ellipsis 4 4 error 0x8004801F

        """
    )
  }

  @Test("T1 trust-plan: a plan whose deletions were taken out of the file is not applied")
  func plan() throws {
    let script = """
      strata init --env e --quiet && strata import $C/1_0.zip --env e --quiet
      strata plan $C/1_1.zip --env e --out p.json > /dev/null
      python3 $S/hide.py p.json h.json
      strata apply h.json --env e --allow-destroy all > o 2>&1; echo $?
      grep -c 'summary.delete is 0 in the file, and 1 now' o
      strata list --env e | awk 'NR > 1 { print $2 }'
      strata apply p.json --env e --allow-destroy all --quiet; echo $?
      """
    #expect(try output("trust-plan", script) == "4\n1\n1.0.0.0\n0\n")
  }

  @Test("T7 trust-secret: no secret is printed, saved or readable by others")
  func secrets() throws {
    let script = """
      strata init --env k --quiet
      strata plan $C/1_0.zip --env k --settings-file $S/settings.json --out s.json --html s.html --markdown s.md > o
      strata import $C/1_0.zip --env k --settings-file $S/settings.json >> o
      strata import $C/1_0.zip --env k --settings-file $S/settings2.json >> o
      for c in history blame\\ EnvironmentVariableDefinition:smp_key status; do strata $c --env k >> o; done
      cat o s.json s.html s.md | grep -c 'SECRET\\|CONNECTION-'
      grep -o '(c.*): changed' o
      stat -c %a s.json k
      """
    #expect(
      try output("trust-secret", script)
        == "0\n(current value): changed\n(connection): changed\n600\n600\n"
    )
  }

  @Test("T19 trust-text: every text stands on one line and shows what it holds")
  func text() throws {
    let script = """
      for f in publisher names turned; do
        strata plan $C/$f.zip --html $f.html > o 2>&1; echo $f $?
        LC_ALL=C grep -cP '[\\x00-\\x09\\x0B-\\x1F\\x7F]|\\xC2[\\x80-\\x9F]|\\xE2\\x80[\\xA8-\\xAE]' o $f.html 2> /dev/null
        grep -cE '^(::error|Nothing would|Done: approved)' o
      done
      """
    #expect(
      try output("trust-text", script) == """
        publisher 4
        o:0
        publisher.html:0
        0
        names 1
        o:0
        0
        turned 2
        o:0
        turned.html:0
        0

        """
    )
  }

  @Test("T13 trust-traps: no number from outside ends the program")
  func numbers() throws {
    let script = """
      strata init --env h --quiet && strata import $C/1_0.zip --env h --quiet
      run() { strata "$@" > /dev/null 2>&1; printf '%s ' $?; }
      run rollback --env h -- -9223372036854775808
      run trash purge --older-than 9223372036854775807 --env h
      run trash purge --older-than=-9223372036854775808 --env h
      for f in rows negative; do run plan $C/1_1.zip --against $C/1_0.zip --rows $S/$f.json; done
      echo
      for u in 'strata_schema set version=-5' 'environment set revision=9223372036854775807' \\
          'environment set revision=-9223372036854775807-1' 'operation set started=-9223372036854775807-1'; do
        rm -f i*; python3 $S/set.py h i "update $u"
        for c in list "import $C/1_1.zip --allow-destroy all" rollback 'list --as-of 1' history; do run $c --env i; done
        echo
      done
      """
    let lines = try output("trust-traps", script).split(separator: "\n")
    #expect(lines.first == "64 64 64 1 1 ")
    #expect(lines.dropFirst() == ["1 1 1 1 1 ", "0 1 1 1 1 ", "0 1 1 1 1 ", "0 0 0 0 1 "])
  }
}
