import Solutions
import TestSupport
import Testing

/// What names a component in a package of another publisher keeps it (DP-501).
@Suite("References: what is in use does not go")
struct ReferenceTests {
  private static let caller = PackageText.guid("flow")
  private static let other = PackageText.guid("other")

  /// X has a table with two columns and the rest; X 1.1 drops all but the table and `new_a`.
  private static let table = "table new_t\ncolumn new_t.new_a\ncolumn new_t.new_b"
  private static let kept = "X 1.1 by A\ntable new_t\ncolumn new_t.new_a"

  struct Use: CustomTestStringConvertible {
    let testDescription: String
    /// What X has beside its table, and drops.
    var dropped = ""
    /// What Y has.
    let user: String

    static let all: [Use] = [
      Use(
        testDescription: "PF-603 a process, in XAML with namespace names as exports have them",
        user: process("<a:Get Attribute=\"new_b\" EntityName=\"new_t\" />")
      ),
      Use(
        testDescription: "PF-603 a process that says that it is UTF-16 and is not",
        user: process(
          "<a:Get Attribute=\"new_b\" EntityName=\"new_t\" />",
          head: "<?xml version=\"1.0\" encoding=\"utf-16\"?>"
        )
      ),
      Use(
        testDescription: "PF-604 a control of a process flow, of the table of its stages",
        user: process(
          "<a:Step AssemblyQualifiedName=\"M.EntityComposite, M\" DisplayName=\"EntityStep2: new_t\">"
            + "<a:Control DataFieldName=\"new_b\" /></a:Step>",
          table: "account"
        )
      ),
      Use(
        testDescription: "PF-604 a control of a process flow whose id is not its column",
        user: process(
          "<a:Step AssemblyQualifiedName=\"M.EntityComposite, M\" DisplayName=\"EntityStep2: new_t\">"
            + "<a:Control ControlId=\"new_b_1\" DataFieldName=\"new_b\" /></a:Step>"
        )
      ),
      Use(
        testDescription: "PF-603 a process that runs another",
        dropped: flow(other, "{}"),
        user: process("<x:Guid x:Key=\"ProcessId\">\(other)</x:Guid>")
      ),
      Use(
        testDescription: "PF-605 a flow that runs another",
        dropped: flow(other, "{}"),
        user: flow(
          ReferenceTests.caller,
          "{\"a\":[{\"inputs\":{\"host\":{\"workflowReferenceName\":\"\(other)\"}}}]}"
        )
      ),
      Use(
        testDescription: "PF-605 a flow and the custom connector behind its connection",
        dropped: connector,
        user: flow(
          ReferenceTests.caller,
          "{\"connectionReferences\":{\"x\":{\"api\":{\"name\":\"shared_y\",\"logicalName\":\"new_5Fapi\"}}}}"
        )
      ),
      Use(
        testDescription: "PF-621 a connection reference to a custom connector, by id",
        dropped: connector,
        user:
          "xml connectionreferences <connectionreference connectionreferencelogicalname=\"oth_r\">"
          + "<customconnectorid><connectorid>{\(other.uppercased())}</connectorid></customconnectorid>"
          + "</connectionreference>"
      ),
      Use(
        testDescription: "PF-620 a canvas app and a flow, by id",
        dropped: flow(other, "{}"),
        user: app("{\"componenttype\":29,\"dependencyid\":\"\(other)\"}")
      ),
      Use(
        testDescription: "PF-620 a canvas app and a code component, by name",
        dropped: control("new_N.C"),
        user: app("{\"componenttype\":66,\"dependencyid\":\"\",\"logicalname\":\"new_N.C\"}")
      ),
      Use(
        testDescription: "PF-620 a canvas app and a connection reference, by the table of its kind",
        dropped:
          "xml connectionreferences <connectionreference connectionreferencelogicalname=\"new_r\">"
          + "<iscustomizable>1</iscustomizable></connectionreference>",
        user: app(
          "{\"componenttype\":10133,\"logicalname\":\"new_r\",\"componenttypeplatformname\":\"ConnectionReference\"}"
        )
      ),
      Use(
        testDescription: "PF-620 an older canvas app and a table, by its set",
        dropped: "table new_o\nfacts new_o <EntitySetName>new_others</EntitySetName>",
        user: app("{\"entitysetname\":\"new_others\"}")
      ),
      Use(
        testDescription: "PF-620 a canvas app and the variable behind a data source",
        dropped: "xml EnvironmentVariables <Definition><SchemaName>new_v</SchemaName></Definition>",
        user: app(
          "",
          sources:
            "{\"d\":{\"databaseDetails\":{\"overrideValues\":{\"environmentVariableName\":\"new_v\"}}}}"
        )
      ),
      Use(
        testDescription: "PF-1000 a control whose description is bound to a second column",
        user: form(
          "<controlDescriptions><controlDescription><customControl formFactor=\"0\" name=\"oth_N.C\"><parameters>"
            + "<value>new_b</value></parameters></customControl></controlDescription></controlDescriptions>"
        )
      ),
      Use(
        testDescription: "PF-1000 the standard control beside a code component",
        user: form(
          "<controlDescriptions><controlDescription><customControl id=\"{\(other)}\"><parameters>"
            + "<datafieldname>new_b</datafieldname></parameters></customControl></controlDescription></controlDescriptions>"
        )
      ),
      Use(
        testDescription: "PF-1000 a property of a data set, of the table that it shows",
        user: form(
          "<controlDescriptions><controlDescription><customControl name=\"oth_N.C\"><parameters>"
            + "<data-set name=\"D\"><TargetEntityType>new_t</TargetEntityType><Start>new_b</Start></data-set>"
            + "</parameters></customControl></controlDescription></controlDescriptions>",
          of: "account"
        )
      ),
      Use(
        testDescription: "PF-1000 the parent of a nested grid",
        user: form(
          "<control><parameters><SubGridParentId>new_b</SubGridParentId></parameters></control>"
        )
      ),
      Use(testDescription: "PF-1000 the filter of tabs", user: form("<tabs filterby=\"new_b\" />")),
      Use(
        testDescription: "PF-1000 a lookup that filters by another column",
        user: form(
          "<control><parameters><DependentAttributeName>new_t.new_b</DependentAttributeName></parameters></control>",
          of: "account"
        )
      ),
      Use(
        testDescription: "PF-1000 a code component whose name has no prefix",
        dropped: control("Vendor.Controls.Gauge"),
        user: form("<customControl name=\"Vendor.Controls.Gauge\" />")
      ),
      Use(
        testDescription: "PF-1000 the view of a data set",
        dropped: "view v new_t new_a",
        user: form(
          "<customControl name=\"oth_N.C\"><parameters><data-set><ViewId>{\(PackageText.guid("v"))}</ViewId></data-set>"
            + "</parameters></customControl>",
          of: "account"
        )
      ),
      Use(
        testDescription: "PF-616 the view of a dashboard's tabs",
        dropped: "view v new_t new_a",
        user: dashboard("<tabs entityview=\"{\(PackageText.guid("v"))}\" />")
      ),
      Use(
        testDescription: "PF-616 the column by which a dashboard filters, of its view's table",
        user: dashboard("<tabs filterby=\"new_b\" entityview=\"{\(PackageText.guid("k"))}\" />")
      ),
      Use(
        testDescription: "PF-613 the icon of a site map, by its path",
        dropped: "resource new_/i.svg x",
        user: siteMap("Icon=\"/WebResources/new_/i.svg\"")
      ),
      Use(
        testDescription: "PF-613 the icon of a site map, by directive",
        dropped: "resource new_/i.svg x",
        user: siteMap("VectorIcon=\"$webresource:new_/i.svg\"")
      ),
      Use(
        testDescription: "PF-615 the icon of an app, by id",
        dropped:
          "xml WebResources <WebResource><WebResourceId>{\(other)}</WebResourceId><Name>new_/i.png</Name>"
          + "<IsCustomizable>1</IsCustomizable></WebResource>\n"
          + "manifest <RootComponent type=\"61\" schemaName=\"new_/i.png\" behavior=\"0\"/>",
        user:
          "xml AppModules <AppModule><UniqueName>oth_app</UniqueName><WebResourceId>\(other.uppercased())"
          + "</WebResourceId></AppModule>\nmanifest <RootComponent type=\"80\" schemaName=\"oth_app\" behavior=\"0\"/>"
      ),
      Use(
        testDescription: "PF-1000 a formula column, in Power Fx",
        user: formula("oth_f: =Concatenate(new_a, \"|\", new_b)")
      ),
      Use(
        testDescription: "PF-1000 a formula column that goes over a lookup",
        user:
          "column new_t.oth_u\nrelationship oth_r oth_o.oth_u -> new_t\ntable oth_o\ncolumn oth_o.oth_u lookup\n"
          + formula("oth_f: =oth_u.new_b", of: "oth_o")
      ),
      Use(
        testDescription: "PF-426 a view that sorts by the name of a choice",
        user: view("<order attribute=\"new_bname\" />")
      ),
      Use(
        testDescription: "DP-500 a view that compares a column with another",
        user: view(
          "<filter><condition attribute=\"new_a\" operator=\"eq\" valueof=\"new_b\" /></filter>"
        )
      ),
      Use(
        testDescription: "DP-500 a view that compares with a column behind a link",
        user: view(
          "<filter><condition attribute=\"new_a\" operator=\"eq\" valueof=\"o.new_b\" /></filter>"
            + "<link-entity name=\"new_t\" alias=\"o\" from=\"new_tid\" to=\"new_tid\" />"
        )
      ),
      Use(
        testDescription: "PF-503 a view that links through the table of pairs",
        dropped: "many new_t_account new_t account",
        user: view(
          "<link-entity name=\"new_t_account\" from=\"new_tid\" to=\"new_tid\" intersect=\"true\" />"
        )
      ),
      Use(
        testDescription: "PF-612 the configuration of an image column",
        user:
          "xml AttributeImageConfigs <AttributeImageConfig><attributelogicalname>new_b</attributelogicalname>"
          + "<parententitylogicalname>new_t</parententitylogicalname></AttributeImageConfig>"
      ),
      Use(
        testDescription: "PF-703 a custom API and its plug-in type, by id",
        dropped:
          "xml SolutionPluginAssemblies <PluginAssembly FullName=\"P, Version=1.0.0.0\"><PluginTypes>"
          + "<PluginType AssemblyQualifiedName=\"P.A, P, Version=1.0.0.0\" PluginTypeId=\"\(other)\" /></PluginTypes>"
          + "</PluginAssembly>\nmanifest <RootComponent type=\"91\" schemaName=\"P, Version=1.0.0.0\" behavior=\"0\"/>",
        user:
          "file customapis/oth_x/customapi.xml <customapi uniquename=\"oth_x\"><plugintypeid><plugintypeexportkey>"
          + "\(other)</plugintypeexportkey></plugintypeid></customapi>"
      ),
      Use(
        testDescription: "PF-706 a topic of a bot and the flow that it is paired with",
        dropped: flow(other, "{}"),
        user:
          "file Assets/botcomponent_workflowset.xml <botcomponent_workflowset><botcomponent_workflow "
          + "botcomponentid.schemaname=\"oth_t\" workflowid.workflowid=\"\(other)\" /></botcomponent_workflowset>"
      ),
    ]

    // MARK: Texts

    static func view(_ inner: String) -> String {
      "inside new_t <SavedQueries><savedqueries><savedquery><savedqueryid>{\(other)}</savedqueryid><fetchxml>"
        + "<fetch><entity name=\"new_t\">\(inner)</entity></fetch></fetchxml></savedquery></savedqueries></SavedQueries>"
    }

    static func process(_ inner: String, table: String = "new_t", head: String = "") -> String {
      let id = PackageText.guid("process")
      return """
        xml Workflows <Workflow WorkflowId="{\(id)}" Name="P"><XamlFileName>/Workflows/p.xaml</XamlFileName>\
        <Category>2</Category><PrimaryEntity>\(table)</PrimaryEntity><IsCustomizable>1</IsCustomizable></Workflow>
        manifest <RootComponent type="29" id="{\(id)}" behavior="0"/>
        file Workflows/p.xaml \(head)<Activity xmlns:a="clr-namespace:A;assembly=A, Version=9.0.0.0, Culture=neutral" \
        xmlns:x="http://schemas.microsoft.com/winfx/2006/xaml">\(inner)</Activity>
        """
    }

    static func flow(_ id: String, _ json: String) -> String {
      """
      xml Workflows <Workflow WorkflowId="{\(id)}" Name="F"><JsonFileName>/Workflows/\(id).json</JsonFileName>\
      <Category>5</Category><PrimaryEntity>none</PrimaryEntity><IsCustomizable>1</IsCustomizable></Workflow>
      manifest <RootComponent type="29" id="{\(id)}" behavior="0"/>
      file Workflows/\(id).json \(json)
      """
    }

    static let connector =
      "xml Connectors <Connector><connectorid>\(other)</connectorid><name>new_5Fapi</name></Connector>"

    static func control(_ name: String) -> String {
      "xml CustomControls <CustomControl><Name>\(name)</Name></CustomControl>"
    }

    static func app(_ entry: String, sources: String = "") -> String {
      """
      xml CanvasApps <CanvasApp><Name>oth_app_1</Name><DatabaseReferences>\(sources)</DatabaseReferences>\
      <CdsDependencies>{"cdsdependencies":[\(entry)]}</CdsDependencies></CanvasApp>
      manifest <RootComponent type="300" schemaName="oth_app_1" behavior="0"/>
      """
    }

    static func form(_ inner: String, of table: String = "new_t") -> String {
      """
      shell \(table)
      systemform \(table) <systemform><formid>{\(PackageText.guid("f"))}</formid><form>\(inner)</form>\
      <IsCustomizable>1</IsCustomizable></systemform>
      """
    }

    static func dashboard(_ inner: String) -> String {
      "xml InteractionCentricDashboards <InteractionCentricDashboard><FormId>{\(PackageText.guid("d"))}</FormId>"
        + "<FormXml><form>\(inner)</form></FormXml><IsCustomizable>1</IsCustomizable></InteractionCentricDashboard>"
    }

    static func siteMap(_ icon: String) -> String {
      """
      xml AppModuleSiteMaps <AppModuleSiteMap><SiteMapUniqueName>oth_map</SiteMapUniqueName><SiteMap><Area Id="A">\
      <Group Id="G"><SubArea Id="S" Entity="account" \(icon) /></Group></Area></SiteMap></AppModuleSiteMap>
      manifest <RootComponent type="62" schemaName="oth_map" behavior="0"/>
      """
    }

    static func formula(_ yaml: String, of table: String = "new_t") -> String {
      """
      \(table == "new_t" ? "shell new_t" : "")
      attribute \(table) <attribute PhysicalName="oth_f"><Type>nvarchar</Type><LogicalName>oth_f</LogicalName>\
      <SourceType>3</SourceType><IsCustomizable>1</IsCustomizable>\
      <FormulaDefinitionFileName>/Formulas/t-FormulaDefinitions.yaml</FormulaDefinitionFileName></attribute>
      file Formulas/t-FormulaDefinitions.yaml \(yaml)
      """
    }
  }

  @Test("What a definition names is not deleted under it", arguments: Use.all)
  func uses(use: Use) throws {
    let columns = use.dropped.isEmpty
    let table =
      columns
      ? Self.table.replacing("column new_t.new_b", with: "column new_t.new_b picklist 1 2")
      : Self.table
    let state = try installed([
      "X 1.0 by A\n\(table)\nview k new_t new_a\n\(use.dropped)", "Y 1.0 by B\n\(use.user)",
    ])
    let next = "\(Self.kept)\nview k new_t new_a" + (columns ? "" : "\ncolumn new_t.new_b")
    let plan = Plan.importing([try PackageText(next).read()], on: state)
    #expect(plan.findings.contains { $0.code == InUse.kind.code }, "\(spelled(plan))")
    // What does not name it does not keep it.
    let alone = try installed(["X 1.0 by A\n\(table)\nview k new_t new_a\n\(use.dropped)"])
    #expect(Plan.importing([try PackageText(next).read()], on: alone).isApplicable)
  }

  @Test("PF-1000 a formula that names a column by its label, also over a lookup, keeps it")
  func labels() throws {
    let over = "table oth_o\ncolumn oth_o.oth_u lookup\nrelationship oth_r oth_o.oth_u -> new_t\n"
    for user in [
      Use.formula("oth_f: =DateAdd('Due-Date', 1)"),
      over + Use.formula("oth_f: =oth_u.'Due-Date'", of: "oth_o"),
    ] {
      let state = try installed([
        "X 1.0 by A\ntable new_t\ncolumn new_t.new_a\ncolumn new_t.new_b nvarchar 10 Due-Date",
        "Y 1.0 by B\n\(user)",
      ])
      let next = try PackageText(Self.kept).read()
      #expect(Plan.importing([next], on: state).findings.contains { $0.code == InUse.kind.code })
    }
  }

  @Test("PF-443 a column that a script of a form says it needs goes with a warning")
  func scripted() throws {
    let form = Use.form(
      "<events><event name=\"onload\"><Handlers><Handler functionName=\"f\"><dependencies>"
        + "<dependency id=\"new_b\" /><dependency id=\"WebResource_Chart\" /></dependencies></Handler>"
        + "</Handlers></event></events>"
    )
    let state = try installed(["X 1.0 by A\n\(Self.table)", "Y 1.0 by B\n\(form)"])
    let plan = Plan.importing([try PackageText(Self.kept).read()], on: state)
    #expect(plan.isApplicable)
    let finding = try #require(plan.findings.first { $0.severity == .warning })
    #expect(finding.content is UntrackedUse, "\(finding.message)")
  }

  @Test("DP-435 a flow that goes with the one that it runs does not block")
  func together() throws {
    let both =
      "X 1.0 by A\n" + Use.flow(Self.other, "{}") + "\n"
      + Use.flow(ReferenceTests.caller, "{\"host\":{\"workflowReferenceName\":\"\(Self.other)\"}}")
    let state = try installed([both])
    let plan = Plan.importing([try PackageText("X 1.1 by A").read()], on: state)
    #expect(plan.isApplicable)
    #expect(plan.changes.count { $0.action == .delete } == 2)
  }

  @Test("DP-500 static values, expressions and names of others' columns are no references")
  func falseFriends() throws {
    let users = [
      Use.form(
        "<customControl name=\"oth_N.C\"><parameters><label static=\"true\">new_b</label></parameters></customControl>"
      ),
      Use.flow(ReferenceTests.caller, "{\"inputs\":{\"text\":\"workflowReferenceName new_b\"}}"),
      Use.process("<a:Get Attribute=\"[new_b]\" />"),
      Use.formula("oth_f: =\"new_b\" & Text(new_a) // new_b"),
      // A column of that name of another table.
      Use.formula("oth_f: =ThisRecord.new_b", of: "account"),
      Use.flow(
        ReferenceTests.caller,
        "{\"inputs\":{\"parameters\":{\"entityName\":\"oth_others\",\"$select\":\"new_b\"}}}"
      ),
    ]
    for user in users {
      let state = try installed(["X 1.0 by A\n\(Self.table)", "Y 1.0 by B\n\(user)"])
      let plan = Plan.importing([try PackageText(Self.kept).read()], on: state)
      #expect(spelled(plan) == "- Attribute new_t.new_b", "\(user)")
    }
  }
}
