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
    #expect(result.output.hasSuffix("4\n1\n64\nu.zip\nx.zip\n"), "\(result)")
  }
}
