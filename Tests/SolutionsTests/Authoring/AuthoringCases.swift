import TestSupport
import Testing

/// What a rule finds in a package, and what it leaves alone.
struct AuthoringCase: Sendable, CustomTestStringConvertible {
  let rule: String
  let says: String
  let text: String
  /// Subjects of the findings of that rule; none where it finds nothing.
  let subjects: [String]
  var beside: [String] = []

  var testDescription: String { "\(rule) \(says)" }

  private static let form = PackageText.guid("f")
  private static let flow = PackageText.guid("w")
  private static let step = PackageText.guid("s")

  private static func wholeForm(_ mark: String = "", cells: String = "") -> String {
    """
    systemform account <systemform><formid>{\(form)}</formid>\(mark)<form><tabs>\
    <tab id="{t}"><columns><column><sections><section id="{s}"><rows><row>\(cells)</row></rows>\
    </section></sections></column></columns></tab></tabs></form></systemform>
    """
  }

  private static func flow(_ json: String) -> String {
    """
    xml Workflows <Workflow WorkflowId="{\(flow)}" Name="F"><JsonFileName>/Workflows/f.json</JsonFileName>\
    <Category>5</Category><IsCustomizable>1</IsCustomizable></Workflow>
    manifest <RootComponent type="29" id="{\(flow)}" behavior="0"/>
    file Workflows/f.json \(json)
    """
  }

  private static func step(_ columns: String, message: String) -> String {
    """
    xml SdkMessageProcessingSteps <SdkMessageProcessingStep SdkMessageProcessingStepId="{\(step)}" Name="S">\
    <SdkMessageId>{\(message)}</SdkMessageId><PrimaryEntity>account</PrimaryEntity>\
    <FilteringAttributes>\(columns)</FilteringAttributes><IsCustomizable>1</IsCustomizable>\
    </SdkMessageProcessingStep>
    manifest <RootComponent type="92" id="{\(step)}" behavior="0"/>
    """
  }

  private static let update = "20bebb1b-ea3e-db11-86a7-000a3a5473e8"
  private static let account = """
    manifest <RootComponent type="1" schemaName="account" behavior="0"/>
    """
  private static let part = """
    attribute account <attribute PhysicalName="name" unmodified="1"><Type>nvarchar</Type>\
    <LogicalName>name</LogicalName></attribute>
    """

  static let all = layering + naming + needs + texts + others

  private static let layering = [
    AuthoringCase(
      rule: "CK-101",
      says: "A table of the platform that is listed with all its parts",
      text: "X 1.0\nforeign account.new_a nvarchar 10\n\(part)\n\(account)",
      subjects: ["Entity:account"]
    ),
    AuthoringCase(
      rule: "CK-101",
      says: "Not a table of the solution's own, nor one that is listed in parts",
      text: """
        X 1.0
        table new_t
        foreign account.new_a nvarchar 10
        manifest <RootComponent type="1" schemaName="account" behavior="1"/>
        """,
      subjects: []
    ),
    AuthoringCase(
      rule: "CK-102",
      says: "A part of somebody else's table that was not changed",
      text:
        "X 1.0\n\(part)\nmanifest <RootComponent type=\"1\" schemaName=\"account\" behavior=\"1\"/>",
      subjects: ["Entity:account"]
    ),
    AuthoringCase(
      rule: "CK-102",
      says: "Not where the table is listed whole, which is told as such",
      text: "X 1.0\n\(part)\n\(account)",
      subjects: []
    ),
    AuthoringCase(
      rule: "CK-103",
      says: "A table that two solutions bring, once",
      text: "A 1.0\ntable new_t\ncolumn new_t.new_a\ntable new_u",
      subjects: ["A"],
      beside: ["B 1.0\ntable new_t\ncolumn new_t.new_a\ntable new_v"]
    ),
    AuthoringCase(
      rule: "CK-103",
      says: "Not two versions of one solution, nor a patch, nor a mention",
      text: "A 1.0\ntable new_t",
      subjects: [],
      beside: ["A 2.0\ntable new_t", "P 1.1 patch of A\ntable new_t", "Z 1.0\nshell new_t"]
    ),
    AuthoringCase(
      rule: "CK-104",
      says: "A whole form of somebody else in a managed package",
      text: "X 1.0\n\(wholeForm())",
      subjects: ["SystemForm:\(form)"]
    ),
    AuthoringCase(
      rule: "CK-104",
      says: "Not a form of the solution's own",
      text: "X 1.0\n\(wholeForm("<IsCustomizable>1</IsCustomizable>"))",
      subjects: []
    ),
    AuthoringCase(
      rule: "CK-104",
      says: "Not a difference, nor an unmanaged package",
      text: "X 1.0 unmanaged\n\(wholeForm())",
      subjects: []
    ),
    AuthoringCase(
      rule: "CK-105",
      says: "What was only unmanaged where the package was made",
      text: """
        X 1.0
        manifest <MissingDependency><Required type="1" schemaName="new_q" displayName="Q" solution="Active"/>\
        <Dependent type="60" id="{\(form)}"/></MissingDependency>
        """,
      subjects: ["X"]
    ),
    AuthoringCase(
      rule: "CK-105",
      says: "Not what a managed solution has",
      text: "X 1.0\nneeds Entity new_q from Y",
      subjects: []
    ),
    AuthoringCase(
      rule: "CK-105",
      says: "Not what a package beside it brings",
      text: """
        X 1.0
        manifest <MissingDependency><Required type="1" schemaName="new_q" displayName="Q" solution="Active"/>\
        <Dependent type="60" id="{\(form)}"/></MissingDependency>
        """,
      subjects: [],
      beside: ["Y 1.0\ntable new_q"]
    ),
  ]

  private static let naming = [
    AuthoringCase(
      rule: "CK-201",
      says: "A table and a web resource with another prefix; the table's columns follow it",
      text: "X 1.0\ntable abc_t\ncolumn abc_t.abc_c\nresource abc_/a.js x",
      subjects: ["Entity:abc_t", "WebResource:abc_/a.js"]
    ),
    AuthoringCase(
      rule: "CK-201",
      says: "A custom column with another prefix, not those of process flows",
      text: """
        X 1.0
        table new_t
        attribute new_t <attribute PhysicalName="abc_c"><Type>nvarchar</Type><LogicalName>abc_c</LogicalName>\
        <IsCustomField>1</IsCustomField><IsCustomizable>1</IsCustomizable></attribute>
        attribute new_t <attribute PhysicalName="bpf_d"><Type>int</Type><LogicalName>bpf_d</LogicalName>\
        <IsCustomField>1</IsCustomField><IsCustomizable>1</IsCustomizable></attribute>
        """,
      subjects: ["Attribute:new_t.abc_c"]
    ),
    AuthoringCase(
      rule: "CK-201",
      says: "Not the publisher's own in any case, nor names without a prefix",
      text: "X 1.0\ntable New_t\nchoice new_c 1\nresource Resources/Labels.de_DE.resx x",
      subjects: []
    ),
    AuthoringCase(
      rule: "CK-202",
      says: "The default publisher",
      text: "X 1.0 by DefaultPublisherorg12",
      subjects: ["X"]
    ),
    AuthoringCase(rule: "CK-202", says: "Not any other", text: "X 1.0 by Default", subjects: []),
    AuthoringCase(
      rule: "CK-203",
      says: "Options of another publisher's range, in global and local choices",
      text: """
        X 1.0
        table new_t
        choice new_c 100000000 727000001
        column new_t.new_d picklist 727000002
        column new_t.new_e picklist 1 100000001
        """,
      subjects: ["Attribute:new_t.new_d", "OptionSet:new_c"]
    ),
  ]

  private static let needs = [
    AuthoringCase(
      rule: "CK-301",
      says: "A column and a script that are nowhere",
      text: """
        X 1.0
        table new_t
        column new_t.new_a
        view v new_t new_a new_gone
        systemform new_t <systemform><formid>{\(form)}</formid><IsCustomizable>1</IsCustomizable><form>\
        <formLibraries><Library name="new_/gone.js" libraryUniqueId="{l}"/></formLibraries></form></systemform>
        """,
      subjects: ["SavedQuery:\(PackageText.guid("v"))", "SystemForm:\(form)"]
    ),
    AuthoringCase(
      rule: "CK-301",
      says: "Not what is listed as needed, nor companions of columns, nor a patch",
      text: """
        X 1.0
        table new_t
        column new_t.new_a picklist 1
        view v new_t new_a new_aname new_q
        needs Attribute new_t.new_q from Y
        """,
      subjects: []
    ),
    AuthoringCase(
      rule: "CK-301",
      says: "Not in a patch, nor what a package beside it brings",
      text: "X 1.0\ntable new_t\nview v new_t new_b",
      subjects: [],
      beside: ["Y 1.0\nforeign new_t.new_b"]
    ),
    AuthoringCase(
      rule: "CK-302",
      says: "A choice that no column uses",
      text: "X 1.0\nchoice new_c 1\nchoice new_d 1\ntable new_t\n\(bound("new_d"))",
      subjects: ["OptionSet:new_c"]
    ),
    AuthoringCase(
      rule: "CK-302",
      says: "Not one that another package uses",
      text: "X 1.0\nchoice new_c 1",
      subjects: [],
      beside: ["Y 1.0\ntable new_t\n\(bound("new_c"))"]
    ),
  ]

  private static func bound(_ choice: String) -> String {
    """
    attribute new_t <attribute PhysicalName="new_x"><Type>picklist</Type><LogicalName>new_x</LogicalName>\
    <OptionSetName>\(choice)</OptionSetName><IsCustomizable>1</IsCustomizable></attribute>
    """
  }

  private static let texts = [
    AuthoringCase(
      rule: "CK-401",
      says: "A key in a script and one in a flow",
      text: """
        X 1.0
        resource new_/a.js var c = "AccountKey=\(String(repeating: "aB3+", count: 20))==";
        \(flow("{\"uri\":\"https://x.test/?sp=r&sig=\(String(repeating: "a1B2", count: 11))\"}"))
        """,
      subjects: ["WebResource:new_/a.js", "Workflow:\(flow)"]
    ),
    AuthoringCase(
      rule: "CK-401",
      says: "Not the words for one, nor expressions and dummies",
      text: """
        X 1.0
        resource new_/a.js password = "password"; apikey: "@parameters('key1')"; var sig = "?sig=x";
        """,
      subjects: []
    ),
    AuthoringCase(
      rule: "CK-402",
      says: "A value that travels",
      text: """
        X 1.0
        file environmentvariabledefinitions/new_v/environmentvariabledefinition.xml \
        <environmentvariabledefinition schemaname="new_v"><type>100000000</type></environmentvariabledefinition>
        file environmentvariabledefinitions/new_v/environmentvariablevalues.json \
        {"environmentvariablevalues":{"environmentvariablevalue":{"value":"dev"}}}
        """,
      subjects: ["EnvironmentVariableDefinition:new_v"]
    ),
    AuthoringCase(
      rule: "CK-402",
      says: "Not a default",
      text: """
        X 1.0
        file environmentvariabledefinitions/new_v/environmentvariabledefinition.xml \
        <environmentvariabledefinition schemaname="new_v"><defaultvalue>a</defaultvalue></environmentvariabledefinition>
        """,
      subjects: []
    ),
    AuthoringCase(
      rule: "CK-403",
      says: "The address of an environment in a script",
      text: "X 1.0\nresource new_/a.js fetch(\"https://adatum-dev.crm4.dynamics.com/api\")",
      subjects: ["WebResource:new_/a.js"]
    ),
    AuthoringCase(
      rule: "CK-403",
      says: "Not an example, nor the service itself",
      text:
        "X 1.0\nresource new_/a.js // https://yourorg.crm.dynamics.com https://home.dynamics.com notcrm.dynamics.com",
      subjects: []
    ),
    AuthoringCase(
      rule: "CK-404",
      says: "A flow with a connection of its own",
      text: """
        X 1.0
        \(flow("{\"properties\":{\"connectionReferences\":{\"shared_a\":{\"connection\":{},\"api\":{}}}}}"))
        """,
      subjects: ["Workflow:\(flow)"]
    ),
    AuthoringCase(
      rule: "CK-404",
      says: "Not one with a connection reference",
      text: """
        X 1.0
        \(flow("{\"properties\":{\"connectionReferences\":{\"a\":{\"connection\":{\"connectionReferenceLogicalName\":\"new_r\"}}}}}"))
        """,
      subjects: []
    ),
  ]

  private static let others = [
    AuthoringCase(
      rule: "CK-501",
      says: "A cell that has the id of another",
      text: "X 1.0\n\(wholeForm(cells: "<cell id=\"{C}\"/><cell id=\"{c}\"/><cell id=\"{d}\"/>"))",
      subjects: ["SystemForm:\(form)"]
    ),
    AuthoringCase(
      rule: "CK-501",
      says: "Not cells of two forms",
      text: "X 1.0\ntable new_t\nform f new_t new_a\nform g new_t new_a",
      subjects: []
    ),
    AuthoringCase(
      rule: "CK-501",
      says: "Two web resources of one id",
      text: """
        X 1.0
        xml WebResources <WebResource><WebResourceId>{\(form)}</WebResourceId><Name>new_a</Name></WebResource>
        xml WebResources <WebResource><WebResourceId>{\(form)}</WebResourceId><Name>new_b</Name></WebResource>
        """,
      subjects: ["WebResource:new_b"]
    ),
    AuthoringCase(
      rule: "CK-502",
      says: "A script with Xrm.Page",
      text: "X 1.0\nresource new_/a.js Xrm.Page.getAttribute(\"x\")",
      subjects: ["WebResource:new_/a.js"]
    ),
    AuthoringCase(
      rule: "CK-502",
      says: "Not one with a page of its own",
      text: "X 1.0\nresource new_/a.js myXrm.PageCount",
      subjects: []
    ),
    AuthoringCase(
      rule: "CK-503",
      says: "A step at every update",
      text: "X 1.0\n\(step("", message: update))",
      subjects: ["SdkMessageProcessingStep:\(step)"]
    ),
    AuthoringCase(
      rule: "CK-503",
      says: "Not one with columns",
      text: "X 1.0\n\(step("name", message: update))",
      subjects: []
    ),
    AuthoringCase(
      rule: "CK-503",
      says: "Not one at another message",
      text: "X 1.0\n\(step("", message: "9ebdbb1b-ea3e-db11-86a7-000a3a5473e8"))",
      subjects: []
    ),
  ]
}
