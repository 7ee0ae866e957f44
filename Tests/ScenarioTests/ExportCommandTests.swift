import EnvironmentSupport
import FoundationEssentials
import TestSupport
import Testing

/// `strata export` as a user runs it.
@Suite("The command that exports")
struct ExportCommandTests {
  private func workshop() throws -> Workshop {
    let workshop = try Workshop()
    try workshop.write(
      PackageText("U 1.0 by A unmanaged\ntable t\ncolumn t.a\nview v t a").archive(),
      "u.zip"
    )
    try workshop.write(PackageText("X 1.0 by A\ntable x").archive(), "x.zip")
    return workshop
  }

  @Test("LC-219 the file is named by name and version, and the version that is typed is kept")
  func names() throws {
    let result = try workshop()(
      """
      strata init > /dev/null; strata import u.zip x.zip --quiet --publish-changes
      strata export U; strata export U --managed --version 1.2.0.0; strata list; ls *.zip
      strata export U out.zip --version 1.3.0 --quiet; strata inspect out.zip | head -n 1
      """
    )
    #expect(result.output.contains("written to U_1_0.zip"))
    #expect(result.output.contains("version stored by operation 2"))
    #expect(result.output.contains("U     1.2.0.0  "))
    #expect(result.output.contains("U_1_0.zip\nU_1_2_0_0_managed.zip"))
    #expect(result.output.hasSuffix("U 1.3.0  unmanaged\n"), "\(result)")
  }

  @Test("What is refused writes nothing and ends with 4")
  func refused() throws {
    let result = try workshop()(
      """
      strata init > /dev/null; strata import u.zip x.zip --quiet
      strata export X x2.zip --json; echo $?; strata export Y; echo $?; strata export U -; echo $?; ls *.zip
      """
    )
    #expect(result.output.contains("\"code\" : \"0x80048036\""))
    #expect(result.output.contains("\"package\" : null"))
    #expect(result.output.hasSuffix("4\n4\n64\nu.zip\nx.zip\n"), "\(result)")
  }

  @Test("LC-219 the next version is proposed, and raised where it is asked for")
  func bumped() throws {
    let shop = try workshop()
    try shop("strata init > /dev/null; strata import u.zip --quiet --publish-changes")
    let plan = try shop("strata export U --plan")
    #expect(plan.status == 0 && plan.output.contains("--bump revision would make it 1.0.0.1"))
    #expect(
      try shop("strata export U --json --plan").output.contains("\"nextVersion\" : \"1.0.0.1\"")
    )
    #expect(try shop("strata export U --bump minor --plan").status == 2)
    #expect(
      try shop("strata export U --bump minor; ls *.zip").output.hasSuffix(
        "U_1_1_0_0.zip\nu.zip\nx.zip\n"
      )
    )
    #expect(try shop("strata list").output.contains("1.1.0.0"))
    #expect(try shop("strata export U --bump minor --version 2.0").status == 64)
  }

  @Test(
    "A folder of sources follows the environment, and what says the same stays as it is spelled"
  )
  func folder() throws {
    let shop = try workshop()
    try shop("strata init > /dev/null; strata import u.zip --quiet --publish-changes")
    let first = try shop("strata export U --folder a/b/src")
    #expect(first.output.contains("unmanaged sources written to a/b/src: "), "\(first)")
    #expect(try shop("strata diff u.zip a/b/src").status == 0)
    try shop(
      """
      sed -i 's/<Managed>0/<!-- kept --><Managed>0/; s/  *</\\t</' a/b/src/Other/Solution.xml
      sha256sum a/b/src/Other/Solution.xml > sum
      """
    )
    let again = try shop("strata export U --folder a/b/src; sha256sum -c sum")
    #expect(again.status == 0 && !again.output.contains(" changed"), "\(again)")
    try shop("strata export U --folder a/b/src --version 2.0 --quiet")
    #expect(try shop("sha256sum -c sum").status == 1)
    #expect(try shop("strata list").output.contains("2.0"))
    for words in [
      "U out.zip --folder a", "U --folder a --managed", "U --package-type both", "U --overwrite",
      "X --active-layer --folder a --package-type both",
    ] { #expect(try shop("strata export \(words)").status == 64, "\(words)") }
    try shop(
      "strata import x.zip --quiet; mkdir full; echo mine > full/Other; strata unpack x.zip x"
    )
    #expect(try shop("strata export X --folder new; test -e new").status == 1)
    #expect(try shop("strata export U --folder x").errors.contains("holds the solution X"))
    #expect(
      try shop("strata export U --folder x --overwrite --quiet; strata inspect x").status == 0
    )
  }
}
