import Foundation
import SolutionPackages
import Solutions
import TestSupport
import Testing
import XML

/// What a file makes against what the maker portal made of the same words.
@Suite(
  "Described tables and real ones",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct MakingCorpusTests {
  private static let userOwned = """
    solution: {name: Made, version: 1.0.0.0}
    publisher: {name: contoso, prefix: contoso, optionValuePrefix: 33065}
    choices:
      contoso_inspectiontype:
        displayName: Inspection Type
        options:
          330650000: Initial Inspection
          330650001: Final Inspection
    tables:
      contoso_PermitType:
        displayName: Permit Type
        pluralName: Permit Types
        primaryName: contoso_Name
        columns:
          contoso_RequireInspections: {type: boolean, displayName: Require Inspections}
          contoso_RequireSize: {type: boolean, displayName: Require Size}
      contoso_BuildSite: {primaryName: contoso_Street1}
      contoso_Permit:
        displayName: Permit
        pluralName: Permits
        primaryName: contoso_Name
        columns:
          contoso_PermitType:
            type: lookup
            displayName: Permit Type
            target: {table: contoso_PermitType, relationship: contoso_Permit_contoso_PermitType_contoso}
          contoso_NewSize: {type: integer, displayName: New Size}
          contoso_StartDate: {type: date, displayName: Start Date, behavior: userLocal}
      contoso_Inspection:
        displayName: Inspection
        pluralName: Inspections
        primaryName: contoso_Name
        columns:
          contoso_InspectionType:
            {type: choice, displayName: Inspection Type, choice: contoso_inspectiontype}
          contoso_Comments: {type: memo, displayName: Comments}
    """

  private static let organizationOwned = """
    solution: {name: Made, version: 1.0.0.0}
    publisher: {name: dem, prefix: dem, optionValuePrefix: 33065}
    tables:
      dem_trick:
        displayName: Trick
        pluralName: Tricks
        ownership: organization
        quickCreate: yes
        changeTracking: yes
        properties:
          EntityInfo/entity/IsMailMergeEnabled: 0
          EntityInfo/entity/SyncToExternalSearchIndex: 1
        primaryName: {name: dem_trickname, displayName: Trick Name, maxLength: 50}
    """

  /// What may differ, and why: an end of a path each.
  private static let documented: [(end: String, why: String)] = [
    ("IntroducedVersion", "the version in which it was made"),
    ("IsAuditEnabled", "portals of other years record other columns"),
    ("EntityColor", "portals of later years write what is empty"), ("IconVectorName", "the same"),
    ("EntityHelpUrl", "the same"), ("Length", "older portals keep it when people shorten a text"),
    ("CanChangeDateTimeBehavior", "what people have changed"),
    ("ImeMode", "portals of other years say others"),
    ("Format", "portals of other years name no format of a number"),
    ("IsSearchable", "which columns are searched is found out by use"),
    ("IsFilterable", "the same"), ("IsRetrievable", "the same"),
    ("DisplayMask", "columns that people have put on forms"),
    ("RequiredLevel", "what people have changed"), ("MinValue", "what people have changed"),
    ("MaxValue", "what people have changed"),
    ("CascadeRollupView", "portals of other years leave it out"),
    ("IsValidForAdvancedFind", "the same"), ("CascadeArchive", "the same"),
    ("NavPaneOrder", "what people have changed"), ("ExternalTypeName", "the same"),
  ]

  /// Paths of what differs between what is made and what is real.
  private func differences(
    _ file: String,
    _ package: String,
    of ids: (ComponentID) -> Bool
  ) throws -> [String] {
    let blueprint = try Blueprint(
      SaidReader.read(Array(file.utf8), file: "made.yaml"),
      file: "made.yaml"
    )
    let real = try Corpus.read(package)
    let made = blueprint.package(on: InstalledState(), kinds: .standard)
    return made.components.filter { ids($0.id) }.flatMap { component -> [String] in
      let name = "\(ComponentKinds.standard[component.id.type].name) \(component.id.key)"
      guard let other = real.component(component.id) else { return ["\(name): none"] }
      return PropertyChanges.between(component.definition, other.definition).map {
        "\(name): \($0.path) \($0.before ?? "-") -> \($0.after ?? "-")"
      }
    }
  }

  private func unexplained(_ differences: [String]) -> [String] {
    differences.filter { line in
      let path = line.split(separator: " ").dropFirst(2).first.map(String.init) ?? ""
      return !Self.documented.contains { path == $0.end || path.hasSuffix("/\($0.end)") }
    }
  }

  @Test("A table that users own is made as the maker portal made it, element by element")
  func userOwnedTable() throws {
    let all = try differences(Self.userOwned, "PermitManagement_1_0_0_1.zip") { id in
      ["contoso_permittype", "contoso_permit", "contoso_inspection"].contains { table in
        id == .entity(table)
          || id.type == .attribute && id.key.hasPrefix("\(table).")
            && (table == "contoso_permittype" || !id.key.hasSuffix(".statecode"))
            && (table == "contoso_permittype" || !id.key.hasSuffix(".statuscode"))
      } || id.type == .optionSet || id.type == .entityRelationship && !id.key.hasSuffix("buildsite")
    }
    #expect(unexplained(all).isEmpty, "\(unexplained(all).joined(separator: "\n"))")
    // What is simple is the same to the last byte.
    let same = all.filter { $0.contains(" contoso_permittype") && !$0.contains("contoso_permit.") }
    #expect(same.isEmpty, "\(same.joined(separator: "\n"))")
  }

  @Test("A table that the organization owns is made as the maker portal made it")
  func organizationOwnedTable() throws {
    let all = try differences(Self.organizationOwned, "PL400Demos_1_0_9_0.zip") {
      $0.type == .entity || $0.type == .attribute || $0.type == .entityRelationship
    }
    #expect(unexplained(all).isEmpty, "\(unexplained(all).joined(separator: "\n"))")
  }

  /// A form or a view without ids, which are others in every environment.
  private func shape(_ definition: Definition) -> String {
    var element = definition.element
    if definition.fragment.isWrapped, let parent = element.parent { element = parent }
    func text(_ element: XMLElement) -> String {
      let attributes = element.attributes.filter { GUID($0.value) == nil }
        .map { "\($0.name)=\($0.value)" }.sorted()
      let children = element.children.filter { !$0.isText }.map(text).joined()
      let own = GUID(element.text) == nil && children.isEmpty ? element.text : ""
      return "<\(element.name) \(attributes.joined(separator: " "))>\(own)\(children)"
    }
    return text(element)
  }

  @Test("Forms and views that come with a table are those of the maker portal, but for their ids")
  func parts() throws {
    let blueprint = try Blueprint(
      SaidReader.read(Array(Self.userOwned.utf8), file: "made.yaml"),
      file: "made.yaml"
    )
    let made = blueprint.package(on: InstalledState(), kinds: .standard).components.filter {
      $0.parent == .entity("contoso_permittype") && [.systemForm, .savedQuery].contains($0.id.type)
    }
    #expect(made.count == 9)
    let real = try Corpus.read("PermitManagement_1_0_0_1.zip").components.filter {
      $0.parent == .entity("contoso_permittype")
    }.map { shape($0.definition) }
    for component in made {
      let own = shape(component.definition)
      let nearest = real.max { $0.commonPrefix(with: own).count < $1.commonPrefix(with: own).count }
      #expect(real.contains(own), "\(own)\nand not\n\(nearest ?? "")")
    }
  }
}
