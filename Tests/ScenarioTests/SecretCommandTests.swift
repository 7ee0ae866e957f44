import EnvironmentSupport
import FoundationEssentials
import TestSupport
import Testing

/// What commands print and write of secrets.
@Suite("Secrets in what is printed and written")
struct SecretCommandTests {
  private static let words = ["SECRET-ONE", "SECRET-TWO", "CONNECTION-ONE", "CONNECTION-TWO"]

  private func strata(_ words: [String]) throws -> String {
    let program = try #require(Program.strata)
    let result = try #require(Program.run(program, words))
    #expect(result.status < 5, "\(words): \(result.errors)")
    return result.output + result.errors
  }

  private func file(_ bytes: some Sequence<UInt8>) throws -> TestFile {
    let file = TestFile()
    try Data(bytes).write(to: URL(filePath: file.path))
    return file
  }

  private func settings(_ word: String) throws -> TestFile {
    try file(
      #"{"EnvironmentVariables":[{"SchemaName":"new_Key","Value":"SECRET-\#(word)"}],"ConnectionReferences":[{"LogicalName":"new_Link","ConnectionId":"CONNECTION-\#(word)"}]}"#
        .utf8
    )
  }

  private func package(_ version: String) throws -> TestFile {
    let text = """
      X \(version) by A
      manifest <RootComponent type="380" schemaName="new_Key" behavior="0"/>
      xml EnvironmentVariables <Definition><SchemaName>new_Key</SchemaName><Type>100000005</Type></Definition>
      xml connectionreferences <connectionreference connectionreferencelogicalname="new_Link"><connectorid>/providers/x</connectorid></connectionreference>
      """
    return try file(PackageText(text).archive())
  }

  @Test("LC-604 a secret stands in the environment's row and nowhere else")
  func nowhere() throws {
    let environment = TestFile()
    let env = ["--env", environment.path]
    let (old, new, one, two) = (
      try package("1.0"), try package("1.1"), try settings("ONE"), try settings("TWO")
    )
    _ = try strata(["init"] + env)
    let outputs = [TestFile(), TestFile(), TestFile()]
    let written = [
      "--out", outputs[0].path, "--html", outputs[1].path, "--markdown", outputs[2].path,
    ]
    var printed = try strata(["plan", old.path, "--settings-file", one.path] + env + written)
    #expect(printed.contains("(current value) set"))
    printed += try strata(["import", old.path, "--settings-file", one.path] + env)
    let second = ["import", new.path, "--settings-file", two.path]
    let plan = try strata(second + ["--json"] + env)
    #expect(plan.contains(#""secret" : "changed""#))
    printed += plan
    printed += try strata(["import", new.path, "--settings-file", one.path] + env)
    for words in [
      ["history", "2"], ["history", "--attempts", "--json"], ["status", "--json"],
      ["layers", "EnvironmentVariableDefinition:new_Key"],
      ["layers", "EnvironmentVariableDefinition:new_Key", "--json"],
      ["blame", "EnvironmentVariableDefinition:new_Key"],
      ["layers", "connectionreference:new_link"], ["verify", "--json"], ["components", "X"],
      ["rollback", "2", "--plan"], ["rollback", "2"], ["uninstall", "X", "--allow-destroy", "all"],
    ] { printed += try strata(words + env) }
    printed += try strata([
      "plan", old.path, "--settings-file", one.path, "--against", old.path, "--json",
    ])
    for output in outputs { printed += try Repository.text(output.path) }
    for word in Self.words { #expect(!printed.contains(word), "\(word)") }
    #expect(try rows(environment.path) == ["setting"])
    let status = try FileManager.default.attributesOfItem(atPath: environment.path)
    #expect(status[.posixPermissions] as? Int == 0o600)
  }

  @Test("PF-708 the default of a secret variable, and a value in a package, are not shown")
  func defaults() throws {
    func package(_ version: String, _ word: String) throws -> TestFile {
      let text = """
        X \(version) by A
        manifest <RootComponent type="380" schemaName="new_Key" behavior="0"/>
        xml EnvironmentVariables <Definition><SchemaName>new_Key</SchemaName><Type>100000005</Type><DefaultValue>SECRET-\(word)</DefaultValue></Definition>
        """
      return try file(PackageText(text).archive())
    }
    let (old, new) = (try package("1.0", "ONE"), try package("1.1", "TWO"))
    let key = "EnvironmentVariableDefinition:new_Key"
    let against = ["--against", old.path, "--against", new.path]
    for words in [
      ["diff", old.path, new.path], ["layers", key, "--all"] + against, ["blame", key] + against,
      ["plan", new.path, "--against", old.path], ["inspect", new.path],
    ] {
      for form in [[], ["--json"]] {
        let printed = try strata(words + form)
        for word in Self.words { #expect(!printed.contains(word), "\(words): \(word)") }
        let isShown = words[0] != "inspect" && words[0] != "plan"
        #expect(printed.contains("a secret") == isShown, "\(words): \(printed)")
      }
    }
    #expect(try strata(["diff", old.path, new.path]).contains("a secret → another secret"))
  }

  /// Tables with a secret in any value.
  private func rows(_ path: String) throws -> [String] {
    let script = """
      import sqlite3, sys
      c = sqlite3.connect(sys.argv[1])
      for (t,) in c.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"):
        rows = [repr(r) for r in c.execute(f'SELECT * FROM "{t}"')]
        if any(w in r for r in rows for w in sys.argv[2:]): print(t)
      """
    let result = try #require(Program.run("python3", ["-c", script, path] + Self.words))
    #expect(result.status == 0, "\(result.errors)")
    return result.output.split(separator: "\n").map(String.init)
  }
}
