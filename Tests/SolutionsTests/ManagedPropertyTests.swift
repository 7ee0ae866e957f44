import Solutions
import TestSupport
import Testing

/// What the owner of a component allows others to change (LY-1350).
@Suite("Managed properties")
struct ManagedPropertyTests {
  private let a = ComponentID.attribute("t", "a")

  private func plan(_ text: String, on texts: String...) throws -> Plan {
    Plan.importing([try PackageText(text).read()], on: try installed(texts))
  }

  /// Codes of errors, with what they say is false.
  private func errors(_ plan: Plan) -> [String] {
    plan.findings.filter { $0.severity == .error }.map {
      "\($0.code) \($0.because.joined(separator: ", "))"
    }
  }

  @Test(
    "LY-1303 a stricter value of the owner is ignored and told; the rest of the component is taken"
  )
  func stricter() throws {
    let old = "X 1.0 by A\ntable t\ncolumn t.a nvarchar 10\nallowed t.a IsRenameable"
    let new = "X 1.1 by A\ntable t\ncolumn t.a nvarchar 20\nlocked t.a IsCustomizable IsRenameable"
    let before = try installed([old])
    let plan = Plan.importing([try PackageText(new).read()], on: before)
    let after = before.applying(plan)
    #expect(after.effective(a, "MaxLength") == "20")
    #expect(after.effective(a, "IsCustomizable") == "1")
    #expect(after.effective(a, "IsRenameable") == "1")
    let told = plan.findings.filter { $0.code == RestrictionIgnored.kind.code }
    #expect(told.map(\.severity) == [.info])
    #expect(told.first?.because == ["Attribute:t.a: IsCustomizable, IsRenameable"])
    // The same package again finds what it has written.
    #expect(Plan.importing([try PackageText(new).read()], on: after).effects.isEmpty)
  }

  @Test("LY-1303 a looser value of the owner is taken, also from a patch, and a roll-up keeps it")
  func looser() throws {
    let state = try installed([
      "X 1.0 by A\ntable t\ncolumn t.a\nlocked t.a IsRenameable",
      "X_Patch_00000001 1.0.1 by A patch of X\nshell t\ncolumn t.a\nallowed t.a IsRenameable",
    ])
    #expect(state.effective(a, "IsRenameable") == "1")
    let strict = "X 1.1 by A\ntable t\ncolumn t.a\nlocked t.a IsRenameable"
    let upgraded = state.applying(Plan.importing([try PackageText(strict).read()], on: state))
    #expect(upgraded.effective(a, "IsRenameable") == "1")
    #expect(try installed([strict]).effective(a, "IsRenameable") == "0")
  }

  @Test("LY-1302 another publisher cannot set them; the same value, or none, is no matter")
  func onlyOwner() throws {
    let base = "X 1.0 by A\ntable t\ncolumn t.a nvarchar 10\nallowed t.a IsRenameable"
    let other = "Y 1.0 by B\nshell t\ncolumn t.a nvarchar 20\nlocked t.a IsRenameable"
    #expect(
      errors(try plan(other, on: base)) == ["0x8004F031 IsRenameable is true and would be false"]
    )
    #expect(errors(try plan(other.replacing("by B", with: "by A"), on: base)) == [])
    for harmless in ["column t.a nvarchar 20", "foreign t.a nvarchar 20"] {
      #expect(errors(try plan("Y 1.0 by B\nshell t\n\(harmless)", on: base)) == [])
    }
  }

  @Test(
    "LY-1304 IsCustomizable closes everything to others, managed or not, and nothing to the owner"
  )
  func master() throws {
    let base = "X 1.0 by A\ntable t\ncolumn t.a nvarchar 10\nlocked t.a IsCustomizable"
    let change = "shell t\nforeign t.a nvarchar 20"
    for header in ["Y 1.0 by B", "Y 1.0 by B unmanaged", "Y 1.0 by A unmanaged"] {
      #expect(
        errors(try plan("\(header)\n\(change)", on: base)) == ["0x8004F026 IsCustomizable is false"]
      )
    }
    #expect(errors(try plan("Y 1.0 by A\n\(change)", on: base)) == [])
    // What says the same changes nothing.
    #expect(errors(try plan("Y 1.0 by B\nshell t\nforeign t.a nvarchar 10", on: base)) == [])
  }

  @Test("LY-1304 an unmanaged component is open, whatever it says")
  func unmanaged() throws {
    let base = "X 1.0 by A unmanaged\ntable t\ncolumn t.a nvarchar 10\nlocked t.a IsCustomizable"
    let change = "Y 1.0 by B unmanaged\nshell t\ncolumn t.a nvarchar 20"
    #expect(errors(try plan(change, on: base)) == [])
  }

  @Test(
    "LY-1306 each property of a column guards its own settings",
    arguments: [
      ("IsRenameable", "nvarchar 10 Other", true), ("IsRenameable", "nvarchar 20 Label", false),
      ("CanModifyAdditionalSettings", "nvarchar 20 Label", true),
      ("CanModifyAdditionalSettings", "nvarchar 10 Other", false),
      ("CanModifySearchSettings", "nvarchar 20 Other", false),
    ]
  )
  func column(property: String, change: String, isRefused: Bool) throws {
    let plan = try plan(
      "Y 1.0 by B unmanaged\nshell t\nforeign t.a \(change)",
      on: "X 1.0 by A\ntable t\ncolumn t.a nvarchar 10 Label\nlocked t.a \(property)"
    )
    #expect(errors(plan) == (isRefused ? ["0x8004F026 \(property) is false"] : []))
  }

  @Test("LY-1307 several at once have a code of their own")
  func combined() throws {
    let plan = try plan(
      "Y 1.0 by B\nshell t\nforeign t.a nvarchar 20 Other",
      on: "X 1.0 by A\ntable t\ncolumn t.a nvarchar 10 Label\n"
        + "locked t.a IsRenameable CanModifyAdditionalSettings"
    )
    #expect(
      errors(plan) == ["0x8004F027 IsRenameable is false, CanModifyAdditionalSettings is false"]
    )
  }

  @Test(
    "LY-1306 a table says which parts others may add",
    arguments: [
      ("CanCreateAttributes", "column t.b", true), ("CanCreateForms", "form f t", true),
      ("CanCreateViews", "view v t a", true), ("CanCreateViews", "form f t", false),
      ("IsCustomizable", "column t.b", true), ("CanCreateCharts", "column t.b", false),
    ]
  )
  func parts(property: String, part: String, isRefused: Bool) throws {
    let base = "X 1.0 by A\ntable t\ncolumn t.a\nlocked t \(property)"
    let plan = try plan("Y 1.0 by B\nshell t\n\(part)", on: base)
    #expect(errors(plan) == (isRefused ? ["0x8004F026 \(property) is false"] : []))
    #expect(errors(try self.plan("Y 1.0 by A\nshell t\n\(part)", on: base)) == [])
  }
}
