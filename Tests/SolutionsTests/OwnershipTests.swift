import Solutions
import TestSupport
import Testing

/// Whose a component is, and what the platform keeps.
@Suite("Ownership")
struct OwnershipTests {
  private func plan(_ text: String, on state: InstalledState) throws -> Plan {
    Plan.importing([try PackageText(text).read()], on: state)
  }

  /// A root and the need by which the package says itself that the component is another's.
  private func foreign(_ type: Int, _ name: String) -> String {
    let named = name.hasPrefix("{") ? "id=\"\(name)\"" : "schemaName=\"\(name)\""
    let end = "type=\"\(type)\" \(named) displayName=\"x\""
    return """
      manifest <MissingDependency><Required \(end) solution="Theirs (2.5)"/><Dependent \(end)/></MissingDependency>
      """
  }

  @Test(
    "PF-305 what a package lists as required by itself is another's, of every kind, and only dereferenced"
  )
  func selfRequired() throws {
    let state = try installed([
      """
      X 1.0 by A
      table oth_t
      column oth_t.oth_a
      attribute oth_t <attribute PhysicalName="processid"><Type>lookup</Type><LogicalName>processid</LogicalName><IsCustomField>0</IsCustomField><IsCustomizable>1</IsCustomizable></attribute>
      attribute oth_t <attribute PhysicalName="new_mine"><Type>bit</Type><LogicalName>new_mine</LogicalName><IsCustomField>1</IsCustomField><IsCustomizable>1</IsCustomizable></attribute>
      choice oth_c 1 2
      resource oth_/a.js text
      role r1
      relationship oth_r oth_t.oth_l -> account
      view v1 oth_t oth_a
      \(foreign(1, "oth_t"))
      \(foreign(2, "oth_a").replacing("schemaName=\"oth_a\"", with: "schemaName=\"oth_a\" parentSchemaName=\"oth_t\""))
      \(foreign(9, "oth_c"))
      \(foreign(61, "oth_/a.js"))
      \(foreign(20, "{" + PackageText.guid("r1") + "}"))
      \(foreign(10, "oth_r"))
      \(foreign(26, "{" + PackageText.guid("v1") + "}"))
      """
    ])
    #expect(state.brokenInvariants() == [])
    let gone = try plan("X 1.1 by A\ntable new_u", on: state)
    #expect(
      spelled(gone) == """
        - Attribute oth_t.new_mine
        > Entity oth_t
        > Attribute oth_t.oth_a
        > Attribute oth_t.processid
        > OptionSet oth_c
        > EntityRelationship oth_r
        > Role r1
        > SavedQuery v1
        > WebResource oth_/a.js
        + Entity new_u
        """
    )
    // It was only taken to be there for us (decision 046).
    #expect(state.applying(gone).stacks[.entity("oth_t")] == nil)
  }

  @Test(
    "PF-305 where owners write IsCustomizable, a definition without it lies over another's base"
  )
  func unmarked() throws {
    let state = try installed([
      """
      X 1.0 by A
      xml optionsets <optionset Name="oth_c"><OptionSetType>picklist</OptionSetType></optionset>
      xml Roles <Role id="{\(PackageText.guid("r"))}" name="r"/>
      xml EntityRelationships <EntityRelationship Name="oth_r"><ReferencingEntityName>contact</ReferencingEntityName><ReferencedEntityName>account</ReferencedEntityName><ReferencingAttributeName>oth_l</ReferencingAttributeName></EntityRelationship>
      choice new_c 1
      """
    ])
    #expect(
      spelled(try plan("X 1.1 by A\ntable new_u", on: state)) == """
        - OptionSet new_c
        > OptionSet oth_c
        > EntityRelationship oth_r
        > Role r
        + Entity new_u
        """
    )
  }

  @Test(
    "LC-105 a part without a sign of its own is whose its table is; one with the publisher's name is ours"
  )
  func partsOfOthers() throws {
    let images = ["oth_photo", "new_photo"].map {
      "xml AttributeImageConfigs <AttributeImageConfig><parententitylogicalname>account</parententitylogicalname>"
        + "<attributelogicalname>\($0)</attributelogicalname></AttributeImageConfig>"
    }
    let state = try installed(["X 1.0 by A\n\(images.joined(separator: "\n"))"])
    let gone = try plan("X 1.1 by A\ntable new_u", on: state)
    #expect(
      spelled(gone) == """
        - AttributeImageConfiguration account new_photo
        > AttributeImageConfiguration account oth_photo
        + Entity new_u
        """
    )
  }

  private let whole = """
    table new_t
    column new_t.new_a
    attribute new_t <attribute PhysicalName="CreatedBy"><Type>lookup</Type><LogicalName>createdby</LogicalName><IsCustomField>0</IsCustomField><IsCustomizable>1</IsCustomizable></attribute>
    attribute new_t <attribute PhysicalName="ExchangeRate"><Type>decimal</Type><LogicalName>exchangerate</LogicalName><IsCustomField>0</IsCustomField><IsCustomizable>1</IsCustomizable></attribute>
    relationship lk_new_t_createdby new_t.createdby -> systemuser
    relationship new_r new_t.new_l -> account
    """
  private let views = """
    inside new_t <SavedQueries><savedqueries><savedquery><IsCustomizable>1</IsCustomizable><isdefault>1</isdefault><savedqueryid>{00000000-0000-4000-8000-000000000001}</savedqueryid><querytype>64</querytype></savedquery><savedquery><IsCustomizable>1</IsCustomizable><isdefault>0</isdefault><savedqueryid>{00000000-0000-4000-8000-000000000002}</savedqueryid><querytype>0</querytype></savedquery></savedqueries></SavedQueries>
    """

  @Test(
    "LC-500 what the platform made with a table stays while the table does, whatever a package stops listing"
  )
  func systemParts() throws {
    let state = try installed(["X 1.0 by A\n\(whole)\n\(views)"])
    let shell = try plan("X 1.1 by A\nshell new_t\ncolumn new_t.new_a", on: state)
    #expect(
      spelled(shell) == """
        - EntityRelationship new_r
        - SavedQuery 00000000-0000-4000-8000-000000000002
        ? 0x80047002 LC-500
        """
    )
    let finding = try #require(shell.findings.first { $0.code == KeptWithTable.kind.code })
    #expect(
      finding.because == [
        "Attribute:new_t.createdby", "Attribute:new_t.exchangerate",
        "EntityRelationship:lk_new_t_createdby",
        "SavedQuery:00000000-0000-4000-8000-000000000001",
      ]
    )
    let after = state.applying(shell)
    #expect(after.stacks[.attribute("new_t", "exchangerate")] != nil)
    // With the table they go.
    let gone = try plan("X 1.2 by A\ntable new_u", on: after)
    #expect(spelled(gone).contains("- Attribute new_t.exchangerate"))
    #expect(gone.isApplicable)
  }

  @Test("LC-500 a staged version that lists less keeps them when it is applied")
  func staged() throws {
    let state = try installed(["X 1.0 by A\n\(whole)"])
    let next = try PackageText("X 1.1 by A\ntable new_t\ncolumn new_t.new_a").read()
    let both = state.applying(
      Plan.importing([next], on: state, options: PlanOptions(choice: .stage))
    )
    let name = try #require(SolutionName("X"))
    let applied = Plan.applyingUpgrade(of: name, on: both)
    #expect(spelled(applied) == "- EntityRelationship new_r\n? 0x80047002 LC-500")
    #expect(both.applying(applied).stacks[.attribute("new_t", "createdby")] != nil)
  }

  private let rate =
    "attribute new_t <attribute PhysicalName=\"ExchangeRate\"><Type>decimal</Type><LogicalName>exchangerate</LogicalName>"
    + "<IsCustomField>0</IsCustomField><IsCustomizable>1</IsCustomizable></attribute>"

  @Test("LC-500 a table that passes to an heir keeps what the platform made with it")
  func leftToPlatform() throws {
    let state = try installed(["X 1.0 by A\ntable new_t\n\(rate)", "Z 1.0 by A\ntable new_t"])
    let gone = Plan.uninstalling(try #require(SolutionName("X")), on: state)
    #expect(spelled(gone) == "> Entity new_t\n> Attribute new_t.exchangerate")
    let after = state.applying(gone)
    #expect(after.stacks[.attribute("new_t", "exchangerate")]?.base.rank == .system)
    #expect(after.brokenInvariants() == [])
  }

  @Test(
    "LC-408 what came to a table of others goes with who brought it: it stood without it"
  )
  func broughtToOthers() throws {
    let before = try installed(["X 1.0 by A\ntable new_t"])
    let state = try installed(["Y 1.0 by A\ntable new_t\n\(rate)"], on: before)
    let gone = Plan.uninstalling(try #require(SolutionName("Y")), on: state)
    #expect(spelled(gone) == "- Attribute new_t.exchangerate\n> Entity new_t")
    #expect(state.applying(gone).fingerprint == before.fingerprint)
  }

  @Test(
    "LC-500 what the platform made with a table of others stays with it, whoever stops telling of it"
  )
  func toldByOthers() throws {
    let said = "shell new_t\n\(rate)\ncolumn new_t.new_z"
    let left = "shell new_t\ncolumn new_t.new_z"
    let column = ComponentID.attribute("new_t", "exchangerate")
    let base = try installed(["X 1.0 by A\ntable new_t"])
    // By another solution, of this publisher or of another one, and by a patch.
    for (first, next) in [
      ("Y 1.0 by A\n\(said)", "Y 1.1 by A\n\(left)"),
      ("Y 1.0 by B\n\(said)", "Y 1.1 by B\n\(left)"),
      ("X_Patch_1 1.0.1 by A patch of X\n\(said)", "X 1.1 by A\ntable new_t\ncolumn new_t.new_z"),
    ] {
      let state = try installed([first], on: base)
      let plan = try plan(next, on: state)
      #expect(spelled(plan).hasSuffix("? 0x80047002 LC-500"), "\(spelled(plan))")
      #expect(!spelled(plan).contains("- Attribute new_t.exchangerate"))
      #expect(!spelled(plan).contains("> Attribute new_t.exchangerate"))
      let after = state.applying(plan)
      #expect(after.stacks[column] != nil)
      #expect(after.brokenInvariants() == [])
    }
    let state = try installed(["Y 1.0 by B\n\(said)"], on: base)
    let gone = Plan.uninstalling(try #require(SolutionName("Y")), on: state)
    #expect(state.applying(gone).stacks[column]?.base.isAssumed == false)
    let isDropped = gone.effects.contains { effect in
      if case .schema(.dropColumns(_, let ids)) = effect { ids.contains(column) } else { false }
    }
    #expect(!isDropped)
  }
}
