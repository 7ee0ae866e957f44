import EnvironmentSupport
import TestSupport
import Testing

/// How plans read: what goes and what matters at a glance, all else counted and one flag away.
@Suite("Reading plans")
struct ReadingTests {
  private static let old = """
    X 1.0 by A
    table gone
    column gone.a nvarchar 100 First
    column gone.b nvarchar 100 Second
    view v9 gone a
    table t
    column t.code nvarchar 100 Code
    column t.label nvarchar 100 Customer
    column t.kind picklist 1 2
    form f1 t code label
    resource new_/panel.js old
    """

  private static let new = """
    X 1.1 by A
    table t
    column t.code nvarchar 40 Code
    column t.label nvarchar 100 Client
    column t.kind picklist 1
    column t.more nvarchar 10 More
    form f1 t code more
    """

  private func workshop() throws -> Workshop {
    try Workshop(["old.zip": Self.old, "new.zip": Self.new])
  }

  private static let plan = "strata plan new.zip --against old.zip"

  @Test("UX-902 what goes stands first, changes by what people notice, and the verdict last")
  func order() throws {
    let text = try workshop()(Self.plan)
    #expect(text.status == 3)
    let lines = text.output.split(separator: "\n").map(String.init)
    let titles = lines.filter { !$0.hasPrefix("   ") }
      .compactMap { line in
        ["Deleted", "  Data", "  Forms", "  Labels", "Added", "Destroys"].first {
          line.hasPrefix($0)
        }
      }
    #expect(titles == ["Deleted", "  Data", "  Forms", "  Labels", "Added", "Destroys"])
    #expect(text.output.contains("longest text: 100 → 40"))
    #expect(text.output.contains("renamed “Customer” to “Client”"))
    #expect(text.output.contains("options removed: 2"))
    #expect(!text.output.contains("with their data"))
    #expect(lines.prefix(8).contains { $0.contains("new_/panel.js") })
  }

  @Test("UX-902 text, JSON and the question of an import say the same verdict")
  func verdict() throws {
    let workshop = try workshop()
    let text = try workshop(Self.plan).output
    let json = try workshop(
      "\(Self.plan) --json | python3 -c 'import json,sys; [print(s) for s in json.load(sys.stdin)[\"verdict\"]]'"
    ).output
    let sentences = json.split(separator: "\n").map(String.init)
    #expect(sentences.count >= 2)
    #expect(sentences.first?.hasPrefix("Destroys 1 table (gone; rows unknown)") == true)
    for sentence in sentences { #expect(text.contains("\n\(sentence)\n")) }
    let status = try workshop("\(Self.plan) --json | grep exitStatus").output
    #expect(status.contains("3"))
  }

  @Test(
    "UX-902 filters show what is asked for, count what they leave out, and decide nothing",
    arguments: [
      ("--only delete", "5 of 10"), ("--impact data", "6 of 10"), ("--kind Form", "1 of 10"),
      ("--table gone", "4 of 10"), ("--component Column:t.code", "1 of 10"),
      ("--only change --impact label", "1 of 10"), ("--only delete --kind form", "0 of 10"),
    ]
  )
  func filters(words: String, shown: String) throws {
    let workshop = try workshop()
    let text = try workshop("\(Self.plan) \(words)")
    #expect(text.status == 3)
    let last = try #require(text.output.split(separator: "\n").last)
    #expect(last.hasPrefix("Shown \(shown); left out: "), "\(last)")
    #expect(last.hasSuffix("(\(words))"))
    let json = try workshop("\(Self.plan) \(words) --json")
    #expect(json.status == 3)
    #expect(json.output.contains("\"filtered\" : true"))
    // What it comes to stands in a part of it, too.
    let shown = try workshop("\(Self.plan) \(words) --json > part.json; strata show part.json")
    #expect(shown.output.contains("Changes are left out of this document: \(words)"))
    #expect(shown.output.contains("Destroys"), "\(shown.output)")
    // The saved plan is whole.
    _ = try workshop("\(Self.plan) \(words) --out p.json")
    #expect(!(try workshop("cat p.json").output.contains("\"filtered\"")))
  }

  @Test("UX-902 words that there are not are wrong usage", arguments: ["--only x", "--impact big"])
  func wrong(words: String) throws {
    let result = try workshop()("\(Self.plan) \(words)")
    #expect(result.status == 64)
    #expect(result.errors.contains("takes"))
  }

  @Test("UX-902 --full leaves nothing out and shows paths; --summary is the head and the verdict")
  func depths() throws {
    let workshop = try workshop()
    let full = try workshop("\(Self.plan) --full").output
    for name in ["gone.a", "gone.b", "t.more", "MaxLength: 100 → 40", "displaynames/displayname"] {
      #expect(full.contains(name), "\(name)")
    }
    let summary = try workshop("\(Self.plan) --summary").output
    #expect(summary.split(separator: "\n").count <= 25)
    #expect(summary.contains("Destroys 1 table"))
    #expect(!summary.contains("Added:"))
  }

  @Test(
    "LC-211 a package for what is installed says so, what is recommended, and what goes or stays here"
  )
  func seed() throws {
    let workshop = try workshop()
    let intro = "This package contains an update for a solution that is already installed."
    for (action, words) in [
      ("upgrade", "Upgrade (recommended): 5 components go here."),
      ("stage", "Stage for upgrade: old and new stand side by side;"),
      ("update", "Update (not recommended): what the new version lacks stays here."),
    ] {
      let text = try workshop("\(Self.plan) --action \(action)").output
      #expect(text.contains("\(intro) \(words)"), "\(text)")
      #expect(text.contains("strata.update-keeps") == (action == "update"))
    }
    let update = try workshop("\(Self.plan) --action update")
    #expect(update.status == 2)
    #expect(update.output.contains("the update keeps 5 components that X 1.1 no longer has"))
    #expect(update.output.contains("because Table gone stays with 3 parts of it"))
    let alone = try workshop("strata plan new.zip").output
    #expect(!alone.contains("contains an update"))
  }

  @Test("UX-902 a saved plan is shown with the status that it had")
  func statuses() throws {
    let workshop = try workshop()
    for (words, status) in [("--action upgrade", 3), ("--action update", 2)] as [(String, Int32)] {
      _ = try workshop("\(Self.plan) \(words) --out p.json")
      #expect(try workshop("strata show p.json").status == status)
      #expect(try workshop("strata show p.json --only add --json").status == status)
    }
  }

  @Test("UX-902 the next step is told on standard error, to people at a terminal alone")
  func nextSteps() throws {
    let workshop = try workshop()
    func typed(_ words: String) throws -> String {
      try workshop.typed(rows: 1000, words).output
    }
    #expect(try typed("strata init --env e").contains("next: strata import PACKAGE"))
    #expect(!(try typed("strata import old.zip --env e --assume-present").contains("next: ")))
    let staged = try typed("strata import new.zip --env e --assume-present --action stage")
    #expect(staged.contains("next: strata upgrade apply X, or strata upgrade discard X"))
    let quiet = try typed("strata upgrade discard X --allow-destroy all --env e --quiet")
    #expect(!quiet.contains("next: "))
    let refused = try typed("strata plan old.zip --against new.zip --action stage --strict")
    #expect(refused.contains("next: strata explain "))
    let back = try typed("strata rollback --env e --allow-destroy all")
    #expect(!back.contains("was a rollback"))
    let again = try typed("strata rollback --env e --allow-destroy all")
    #expect(
      again.contains(
        "next: operation 4 was a rollback, which is undone now; to go further back: strata rollback 2"
      ),
      "\(again)"
    )
    let edited = try typed("strata customize set Attribute:t.code MaxLength=70 --env e")
    #expect(
      edited.contains("next: after the next upgrade strata layers --masked shows"),
      "\(edited)"
    )
    let saved = try typed("strata plan new.zip --env e --out p.json")
    #expect(saved.contains("next: strata apply p.json --allow-destroy "), "\(saved)")
    #expect(saved.contains("--allow-destroy Entity:gone") && !saved.contains("Attribute:gone.a\r"))
    let plain = try workshop("strata init --env f")
    #expect(!plain.errors.contains("next"))
  }

  @Test("UX-902 --why says why")
  func why() throws {
    let workshop = try workshop()
    let why = try workshop("\(Self.plan) --why webresource:new_/panel.js").output
    #expect(why.contains("is deleted\n  because it is no longer in X 1.1"))
    let part = try workshop("\(Self.plan) --why column:gone.a").output
    #expect(
      part.hasPrefix(
        "Column gone.First is deleted\n  because Table gone is no longer in X 1.1  [LC-406]\n"
          + "  and Column gone.First is a part of it, which is deleted with it  [DP-420]\n"
      ),
      "\(part)"
    )
    let none = try workshop("\(Self.plan) --why nobody").output
    #expect(none.hasPrefix("Nothing becomes of “nobody”"))
  }

  @Test(
    "UX-902 three real upgrades read in 120 lines, what they destroy in the first 12, errors in the last 30",
    .enabled(if: Self.hasCorpus, "the corpus is not beside the checkout")
  )
  func upgrades() throws {
    let folder = Repository.root + "/../shared/corpus"
    let upgrades: [(new: String, old: String, named: [String])] = [
      (
        "EducationAcceleratorCommon_5_0_3_0", "EducationAcceleratorCommon_4_0_3_0",
        ["Student_Course_AcademicPeriod", "Student_CourseSection"]
      ),
      (
        "Dynamics365HigherEducationAccelerator_4_0_3_0",
        "Dynamics365HigherEducationAccelerator_1_0_1_6",
        ["Higher Ed", "Course History", "Test Type"]
      ),
      (
        "CenterofExcellenceAuditLogs_1_41", "CenterofExcellenceAuditLogs_1_0_0_7",
        ["Office 365 Management API", "Audit Log"]
      ),
    ]
    let workshop = try Workshop([:])
    for upgrade in upgrades {
      let text = try workshop(
        "strata plan \(folder)/\(upgrade.new)_managed.zip --against \(folder)/\(upgrade.old)_managed.zip"
      ).output
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      #expect(lines.count <= 120, "\(upgrade.new): \(lines.count)")
      let head = lines.prefix(12).joined(separator: "\n")
      for name in upgrade.named { #expect(head.contains(name), "\(upgrade.new): \(name)") }
      if let errors = lines.lastIndex(where: { $0.hasPrefix("Errors") }) {
        #expect(lines.count - errors <= 30, "\(upgrade.new): \(lines.count - errors)")
      }
    }
  }

  private static let hasCorpus = !Repository.files(
    below: Repository.root + "/../shared/corpus"
  ).isEmpty
}
