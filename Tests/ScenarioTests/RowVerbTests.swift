import EnvironmentSupport
import TestSupport
import Testing

/// `strata rows VERB`: what each takes, and what it does not.
@Suite("Verbs of rows")
struct RowVerbTests {
  /// Every option with a value that it could have, and the verbs that know it.
  static let options: [(words: [String], verbs: Set<String>)] = [
    (["--where", "fab_name=One"], ["list", "count", "export", "migrate", "delete"]),
    (["--select", "fab_name"], ["list", "export"]),
    (["--order", "fab_name"], ["list", "export"]),
    (["--top", "1"], ["list", "export"]),
    (["--page", "x"], ["list"]),
    (["--by", "fab_name"], ["count"]),
    (["--headers", "display"], ["export"]),
    (["--no-formulas"], ["export"]),
    (["--upsert"], ["import"]),
    (["--key", "k"], ["import"]),
    (["--delimiter", ";"], ["import"]),
    (["--set", "fab_body=fab_name"], ["migrate"]),
    (["--map", "map.json"], ["migrate"]),
    (["--replace"], ["migrate"]),
    (["--round"], ["migrate"]),
    (["--cut"], ["migrate"]),
    (["--allow-destroy", "all"], ["migrate", "delete"]),
    (["--out", "counts.json"], ["count"]),
    (["--plan"], ["import", "set", "migrate", "delete", "activate"]),
    (["--wait", "1"], ["import", "set", "migrate", "delete", "activate"]),
  ]

  /// What each verb needs, so that nothing else is wrong.
  static let verbs: [String: [String]] = [
    "list": [], "count": [], "import": ["file.csv"], "export": ["file.csv"],
    "set": ["00000000-0000-0000-0000-000000000001", "a=b"], "migrate": ["--set", "a=b"],
    "delete": ["--where", "a=b"], "keys": [], "activate": ["key"],
  ]

  @Test(
    "strata.rows an option that a verb has not is refused by the verb",
    arguments: verbs.keys.sorted()
  )
  func foreignOptions(verb: String) throws {
    let program = try #require(Program.strata)
    for (words, known) in Self.options where !known.contains(verb) {
      for order in [[verb, "fab_legacynote"], ["fab_legacynote", verb]] {
        let line = ["rows"] + order + (Self.verbs[verb] ?? []) + words
        let result = try #require(Program.run(program, line + ["--env", "/nowhere"]))
        #expect(result.status == 64, "\(line): \(result.errors)")
        #expect(result.errors.contains("Unknown option '\(words[0])'"), "\(line)")
        #expect(result.errors.contains("strata rows \(verb) "), "\(line)")
      }
    }
  }

  @Test(
    "strata.rows an option that a verb has is taken in both orders",
    arguments: verbs.keys.sorted()
  )
  func ownOptions(verb: String) throws {
    let program = try #require(Program.strata)
    for (words, known) in Self.options where known.contains(verb) {
      for order in [[verb, "fab_legacynote"], ["fab_legacynote", verb]] {
        let line = ["rows"] + order + (Self.verbs[verb] ?? []) + words
        let result = try #require(Program.run(program, line + ["--env", "/nowhere"]))
        // It is the environment that is missing, or the file.
        #expect(result.status == 1, "\(line): \(result.errors)")
      }
    }
  }
}
