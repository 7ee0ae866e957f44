import Solutions
import TestSupport
import Testing

/// What people notice of a change (docs/decisions/094).
@Suite("Impact")
struct ImpactTests {
  private static let weighed: [(kind: String, path: String, impact: Impact)] = [
    ("Attribute", "MaxLength", .data), ("Attribute", "optionset/options/option[1]", .data),
    ("Attribute", "optionset/options/option[1]@Color", .label),
    ("Attribute", "optionset/options/option[1]/labels/label[1033]@description", .label),
    ("Attribute", "RequiredLevel", .behavior), ("Attribute", "IsSecured", .access),
    ("Attribute", "DisplayMask", .interface), ("Attribute", "@PhysicalName", .metadata),
    ("Attribute", "displaynames/displayname[1033]@description", .label),
    ("Entity", "EntityInfo/entity/OwnershipTypeMask", .data),
    ("Entity", "EntityInfo/entity/IsAuditEnabled", .behavior),
    ("Entity", "EntityInfo/entity/IconVectorName", .interface),
    ("Entity", "EntityInfo/entity/LocalizedNames/LocalizedName[1033]@description", .label),
    ("EntityRelationship", "CascadeDelete", .behavior),
    ("EntityRelationship", "ReferencedEntityName", .data),
    (
      "EntityRelationship", "RelationshipDescription/Descriptions/Description[1033]@description",
      .label
    ),
    ("OptionSet", "options/option[5]", .data), ("OptionSet", "options/option[5]@Color", .label),
    ("SystemForm", "form/tab[{a/b}]/column[0]/section[s]/cell[c]", .interface),
    ("SystemForm", "form/tab[{a/b}]@name", .metadata),
    ("SystemForm", "form/tab[t]/labels/label[1033]@description", .label),
    ("SystemForm", "form/events", .behavior), ("SystemForm", "form/formLibraries", .behavior),
    ("SystemForm", "FormXml/forms[main]/form/events/event[onload]", .behavior),
    ("SystemForm", "form/DisplayConditions/Role[{1}]", .access),
    ("SavedQuery", "fetchxml/fetch/entity/filter#2/condition[a on]", .interface),
    ("SavedQuery", "layoutxml/grid@name", .metadata),
    ("SavedQuery", "fetchxml/fetch/entity/(order)", .metadata),
    ("SavedQuery", "layoutxml/grid/row/(order)", .interface),
    ("SiteMap", "SiteMap/Area[a]/Group[g]/SubArea[s]", .interface),
    ("SiteMap", "SiteMap/Area[a]/Titles/Title[1033]@Title", .label),
    ("AppModule", "AppModuleRoleMaps/Role[{1}]", .access),
    ("Role", "RolePrivileges/RolePrivilege[prvReadAccount]@level", .access),
    ("FieldPermission", "CanRead", .access), ("Workflow", "StateCode", .behavior),
    ("Workflow", "@Name", .label),
    ("RibbonDiff", "CommandDefinitions/CommandDefinition", .behavior),
    ("RibbonDiff", "CustomActions/CustomAction", .interface), ("DisplayString", "@Text", .label),
  ]

  @Test("UX-201 each property weighs what people notice of it", arguments: weighed.indices)
  func weighs(index: Int) throws {
    let (name, path, impact) = Self.weighed[index]
    let kind = try #require(ComponentKinds.standard[named: name])
    let package = try PackageText("X 1.0\ntable t\ncolumn t.a nvarchar 10").read()
    let component = try #require(package.components.first)
    #expect(kind.impacts(component)(path) == impact, "\(name) \(path)")
  }

  @Test("UX-201 what no kind knows is shown, in every kind", arguments: ComponentKinds.standard.all)
  func unknown(kind: ComponentKind) throws {
    let package = try PackageText("X 1.0\ntable t").read()
    let impacts = kind.impacts(try #require(package.components.first))
    for path in ["NobodyKnows", "nobody/knows[a]@this", "#", "]/", ""] {
      #expect(impacts(path) < .metadata, "\(kind.name) \(path)")
    }
    #expect(impacts.presence < .metadata)
  }

  @Test("UX-201 what a script does acts, what an image shows does not")
  func resources() throws {
    func impact(_ type: String) throws -> Impact? {
      func package(_ version: String, _ text: String) -> String {
        "X \(version)\nxml WebResources <WebResource><Name>new_/a</Name><WebResourceType>\(type)</WebResourceType>"
          + "<FileName>/WebResources/new_a</FileName></WebResource>\nfile WebResources/new_a \(text)"
      }
      let state = try installed([package("1.0", "old")])
      let plan = Plan.importing([try PackageText(package("1.1", "new")).read()], on: state)
      return plan.changes.first { $0.id.type == .webResource }?.impact
    }
    #expect(try impact("3") == .behavior)
    #expect(try impact("5") == .interface)
  }

  @Test(
    "UX-201 a change weighs what its weightiest property weighs; coming and going what the kind does"
  )
  func weightiest() throws {
    func column(_ version: String, _ length: String, _ label: String) -> String {
      "X \(version)\ntable t\ncolumn t.a nvarchar \(length) \(label)"
    }
    let state = try installed([column("1.0", "100", "Old") + "\nview v1 t a"])
    let plan = Plan.importing([try PackageText(column("1.1", "40", "New")).read()], on: state)
    let change = try #require(plan.changes.first { $0.id == .attribute("t", "a") })
    #expect(change.impact == .data)
    #expect(Set(change.properties.map(\.impact)) == [.data, .label])
    #expect(change.parentName == "t")
    let gone = try #require(plan.changes.first { $0.action == .delete })
    #expect(gone.impact == .interface)
    let label = Plan.importing([try PackageText(column("1.1", "100", "New")).read()], on: state)
    #expect(label.changes.first { $0.id == .attribute("t", "a") }?.impact == .label)
  }

  @Test(
    "UX-201 what is stated for the first time over an unknown base is marked, and a difference is not"
  )
  func firstStatement() throws {
    let state = try installed(["X 1.0\nshell account"])
    let new = """
      X 1.1
      shell account
      attribute account <attribute PhysicalName="Name"><Type>nvarchar</Type><LogicalName>name</LogicalName>\
      <MaxLength>9</MaxLength><IsCustomField>0</IsCustomField></attribute>
      """
    let plan = Plan.importing([try PackageText(new).read()], on: state)
    let change = try #require(plan.changes.first { $0.id == .attribute("account", "name") })
    #expect(change.action == .change)
    #expect(change.isFirstStatement)
    #expect(change.impact == .metadata)
    #expect(!change.isRespelling)
    let ribbon = Plan.importing(
      [try PackageText("X 1.1\nshell account\nribbon account b").read()],
      on: state
    )
    let added = try #require(ribbon.changes.first { $0.id.type == .ribbonDiff })
    #expect(!added.isFirstStatement)
    #expect(added.impact < .metadata)
  }
}
