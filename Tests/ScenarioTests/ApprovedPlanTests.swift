import EnvironmentSupport
import TestSupport
import Testing

/// What is applied is the plan that was looked at, whole.
@Suite("Approved plans")
struct ApprovedPlanTests {
  private static let old = "X 1.0 by A\ntable t\ncolumn t.a nvarchar 100\ncolumn t.b nvarchar 100"
  private static let new = "X 1.1 by A\ntable t\ncolumn t.a nvarchar 150"

  /// An environment `e` with the old version and a value in the column that goes, and the plan `p.json` of the upgrade.
  private func planned(_ options: String = "") throws -> Workshop {
    let workshop = try Workshop(["old.zip": Self.old, "new.zip": Self.new])
    try workshop.write("a,b\nx,y\n", "r.csv")
    let result = try workshop(
      """
      strata init --env e; strata import old.zip --env e --quiet
      strata rows t import r.csv --env e --quiet
      strata plan new.zip --env e --out p.json \(options) | tail -n 1
      """
    )
    let isThere = result.output.contains(/plan sha256:[0-9a-f]{64}\n$/)
    #expect(isThere, "\(result)")
    return workshop
  }

  private static let apply = "strata apply p.json --env e --allow-destroy all"

  @Test("A plan of which anything was changed is refused with what differs, and nothing is changed")
  func changed() throws {
    let workshop = try planned()
    let text = try workshop.text("p.json")
    let changes: [(from: String, to: String, said: String)] = [
      ("\"delete\" : 1", "\"delete\" : 0", "summary.delete is 0 in the file, and 1 now"),
      ("\"errors\" : 0", "\"errors\" : 1", "summary.errors is 1 in the file, and 0 now"),
      (
        "\"columnsLost\" : 1", "\"columnsLost\" : 0",
        "summary.columnsLost is 0 in the file, and 1 now"
      ),
      ("\"values\" : 1", "\"values\" : 0", "dataLoss.values is 0 in the file, and 1 now"),
      (
        "\"version\" : \"1.1\"", "\"version\" : \"1.2\"",
        "version is “1.2” in the file, and “1.1” now"
      ),
      ("\"after\" : \"150\"", "\"after\" : \"120\"", "after is “120” in the file, and “150” now"),
      (
        "\"action\" : \"delete\"", "\"action\" : \"dereference\"",
        "the file lacks “- Attribute:t.b” in changes"
      ),
      ("\"managed\" : true", "\"managed\" : false", "managed is false in the file, and true now"),
      (
        "\"formatVersion\" : 1,", "\"formatVersion\" : 1, \"note\" : 1,",
        "the file has note, and the plan has not"
      ),
      ("\"digest\" : \"sha256:", "\"digest\" : \"sha256:0", "digest is “sha256:0"),
      ("\"revision\" : 2", "\"revision\" : 1", "the plan was made from revision 1"),
      ("strata.plan/2:", "strata.plan/2:0", "apply.fingerprint is"),
      (
        "\"version\" : \"0.1.0\"", "\"version\" : \"0.0.9\"",
        "was made by strata 0.0.9, and this is strata 0.1.0"
      ),
      ("\"assumePresent\" : false", "\"assumePresent\" : true", "digest is"),
    ]
    for change in changes {
      let edited = text.replacing(change.from, with: change.to)
      #expect(edited != text, "\(change.from)")
      try workshop.write(edited, "p.json")
      let result = try workshop(Self.apply)
      #expect(result.status == 4, "\(change.to): \(result)")
      #expect(result.errors.contains(change.said), "\(change.to): \(result.errors)")
      let json = try workshop("\(Self.apply) --json")
      #expect(json.status == 4)
      #expect(json.output.contains("\"format\" : \"strata.result\""))
    }
    #expect(try workshop("strata status --env e").output.contains("revision 2"))
    try workshop.write(text, "p.json")
    let applied = try workshop("\(Self.apply) | tail -n 1")
    #expect(applied.output == "Done: operation 3.\n")
  }

  @Test("A plan without its changes and findings is refused, whatever its fingerprint")
  func hidden() throws {
    let workshop = try planned()
    try workshop(
      """
      python3 - <<'PYTHON'
      import json
      plan = json.load(open("p.json"))
      plan["changes"] = plan["findings"] = []
      none = lambda value: {key: 0 for key in value} if isinstance(value, dict) else 0
      plan["summary"] = {key: none(value) for key, value in plan["summary"].items()}
      json.dump(plan, open("p.json", "w"))
      PYTHON
      """
    )
    let shown = try workshop("strata show p.json")
    #expect(shown.errors.contains("p.json was changed after it was made"))
    let result = try workshop(Self.apply)
    #expect(result.status == 4)
    #expect(result.errors.contains("the file lacks “- Attribute:t.b” in changes"))
    #expect(result.errors.contains("summary.columnsLost is 0 in the file, and 1 now"))
  }

  @Test("Where packages and settings lie is no part of a plan; how it is laid out neither")
  func places() throws {
    let workshop = try planned()
    let digest = try workshop("strata show p.json | tail -n 1").output
    let result = try workshop(
      """
      mkdir other; mv new.zip other/renamed.zip
      python3 -c 'import json; p = json.load(open("p.json")); p["apply"]["packages"][0]["path"] = "other/renamed.zip"; json.dump(p, open("p.json", "w"))'
      strata show p.json | tail -n 1; \(Self.apply) | tail -n 1
      """
    )
    #expect(result.output == "\(digest)Done: operation 3.\n", "\(result)")
  }

  @Test(
    "--expect refuses every other plan before anything is planned, and takes the one that is meant"
  )
  func expected() throws {
    let workshop = try planned()
    let digest = try workshop("strata show p.json | tail -n 1 | cut -d ' ' -f 2 | tr -d '\\n'")
      .output
    let other = "sha256:" + String(repeating: "0", count: 64)
    let refused = try workshop("rm new.zip; \(Self.apply) --expect \(other)")
    #expect(refused.status == 4)
    #expect(
      refused.errors.contains(
        "p.json is not the plan that was approved (\(other)): it is \(digest)"
      )
    )
    #expect(try workshop("\(Self.apply) --expect 123").status == 64)
    try workshop.write(PackageText(Self.new).archive(), "new.zip")
    #expect(try workshop("\(Self.apply) --expect \(digest)").status == 0)
  }

  @Test("Rows are counted again, and a plan that counted none is applied without counting")
  func counts() throws {
    let workshop = try planned("--no-count")
    #expect(try workshop.text("p.json").contains("\"count\" : false"))
    #expect(try workshop("\(Self.apply) --no-count").status == 64)
    let result = try workshop("strata show p.json; \(Self.apply)")
    #expect(result.status == 0, "\(result)")
    #expect(result.output.contains("unknown number of values"))
    #expect(try workshop("strata plan new.zip --env e --rows r.json").status == 64)
  }

  @Test("Planning twice gives the same digest; offline, in Markdown and in HTML as well")
  func digests() throws {
    let workshop = try planned()
    let result = try workshop(
      """
      for plan in "new.zip --env e" "new.zip --against old.zip"; do
        for form in "" "--markdown -" "--html -" --json "--out -"; do
          strata plan $plan $form | grep -o 'sha256:[0-9a-f]*'
        done
      done
      """
    )
    let digests = result.output.split(separator: "\n")
    #expect(digests.count == 10)
    #expect(Set(digests.prefix(5)).count == 1)
    #expect(Set(digests.suffix(5)).count == 1)
    #expect(Set(digests).count == 2)
  }

  @Test(
    "The case of a plan that hides its deletions goes as it should",
    .enabled(if: Cases.arePresent)
  )
  func sharedCase() throws {
    let workshop = try Workshop()
    for name in ["1_0", "1_1"] {
      try workshop.write(try Cases.zip("trust-plan/\(name)"), "\(name).zip")
    }
    let hide = Repository.root + "/../shared/cases/trust-plan/hide.py"
    let result = try workshop(
      """
      strata init --env e > /dev/null; strata import 1_0.zip --env e --quiet
      strata plan 1_1.zip --env e --out p.json > /dev/null; python3 '\(hide)' p.json h.json
      strata apply h.json --env e --allow-destroy all; echo $?; strata list --env e
      """
    )
    #expect(result.output.hasPrefix("4\n"))
    #expect(result.output.contains("operation 1 "))
    #expect(result.errors.contains("the file lacks “- Attribute:smp_thing.smp_note” in changes"))
  }
}
