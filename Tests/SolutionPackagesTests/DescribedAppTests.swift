import SolutionPackages
import Solutions
import TestSupport
import Testing
import XML

/// Views, forms, site maps, apps and plug-ins that readable files make.
@Suite("What files describe for people to see, and for the platform to run")
struct DescribedAppTests {
  private static let tables = """
    tables:
      new_order:
        displayName: Order
        primaryName: new_number
        columns:
          new_total: {type: decimal, displayName: Total}
          new_due: {type: date, displayName: Due}
          new_item: {type: lookup, target: new_item}
        views:
          Open orders:
            columns: [new_number, {new_total: 120}, createdon]
            filter: [statecode = 0, {any: [new_total > 100, new_due is empty]}, new_number begins with A]
            order: [new_total desc, new_number]
            default: yes
          inactive: {displayName: Closed orders, columns: {new_number: 200, new_due: 90}}
        forms:
          main:
            tabs:
              General:
                sections:
                  Details: {columns: 2, fields: [new_number, new_total, {new_due: {readOnly: yes, label: Until}}]}
                  Item: [new_item]
              Notes: [createdon]
          Fast: {type: quickCreate, tabs: {General: [new_number]}}
      new_item: {primaryName: new_title}

    """

  private static let app = """
    siteMaps:
      new_orders:
        areas:
          Sales:
            Orders: [new_order, {table: new_item, title: Things}]
            Help: [{url: "https://example.com", title: Help}]
    apps:
      new_orders:
        displayName: Orders
        description: All about orders
        tables: [new_order, new_item]
        forms: {new_order: [main, Fast]}
        views: {new_order: [Open orders, inactive]}
        roles: [Clerk]
    roles:
      Clerk: {tables: {new_order: user}}

    """

  private static let plugins = """
    pluginAssemblies:
      Contoso.Orders:
        file: bin/Orders.dll
        version: 1.2.0.0
        types:
          Contoso.Orders.Check:
            friendlyName: Check
            steps:
              Check orders:
                {message: Update, table: new_order, stage: preOperation, columns: [new_total], rank: 5}
              Tell others: {message: new_Tell, background: yes, state: off}

    """

  private func view(_ name: String) -> ComponentID {
    ComponentID(.savedQuery, GUID(from: "made", "new_order", "view \(name)"))
  }

  private func form(_ name: String) -> ComponentID {
    ComponentID(.systemForm, GUID(from: "made", "new_order", "form \(name)"))
  }

  /// What is in effect, as XML.
  private func xml(_ id: ComponentID, in state: InstalledState) throws -> String {
    let definition = try #require(state.stacks[id]?.top.component.definition)
    return String(decoding: CanonicalWriter.bytes(of: definition.fragment), as: UTF8.self)
  }

  @Test(
    "A view has columns, conditions and an order in words; it stands before the one of the table"
  )
  func views() throws {
    let state = try DescribedFile(Self.tables).state()
    let open = try xml(view("Open orders"), in: state)
    #expect(open.contains(#"<cell name="new_number" width="300">"#))
    #expect(open.contains(#"<cell name="new_total" width="120">"#))
    let filter = #"""
      <filter type="and"><condition attribute="statecode" operator="eq" value="0"></condition>\#
      <filter type="or"><condition attribute="new_total" operator="gt" value="100"></condition>\#
      <condition attribute="new_due" operator="null"></condition></filter>\#
      <condition attribute="new_number" operator="like" value="A%"></condition></filter>
      """#
    #expect(open.contains(filter), "\(open)")
    #expect(open.contains(#"<order attribute="new_total" descending="true">"#))
    #expect(state.effective(view("Open orders"), "isdefault") == "1")
    #expect(state.effective(view("active"), "isdefault") == "0")
    #expect(state.effective(view("Open orders"), "CanBeDeleted") == "1")
    let closed = try xml(view("inactive"), in: state)
    #expect(closed.contains(#"<cell name="new_due" width="90">"#))
    #expect(closed.contains(#"operator="eq" value="1""#) && closed.contains("Closed orders"))
    #expect(!closed.contains(#"<cell name="createdon""#))
  }

  @Test("A form has tabs, sections and fields in words, with the control of each column")
  func forms() throws {
    let state = try DescribedFile(Self.tables).state()
    let main = try xml(form("main"), in: state)
    #expect(main.hasPrefix(#"<forms type="main">"#))
    #expect(main.contains(#"columns="11""#) && main.contains(#"description="Until""#))
    #expect(main.contains(#"classid="{C3EFE0C3-0EC6-42BE-8349-CBD9079DFD8E}""#))
    #expect(main.contains(#"datafieldname="new_due" disabled="true""#))
    #expect(!main.contains("ownerid"))
    #expect(try xml(form("Fast"), in: state).hasPrefix(#"<forms type="quickCreate">"#))
    // One field more is one change.
    let text = Self.tables.replacing("Item: [new_item]", with: "Item: [new_item, ownerid]")
    let changed = try DescribedFile(text).plan(on: state)
    #expect(changed.changes.map(\.id) == [form("main")], "\(spelled(changed))")
  }

  @Test("A form and the query of a view come from files, as they are")
  func files() throws {
    let text = """
      tables:
        new_t:
          primaryName: new_name
          forms: {Own: {file: own.xml}, main: {file: whole.xml}}
          views: {Own: {file: own.fetch.xml, columns: [new_name, a.name]}}
      """
    let files = [
      "own.xml": "<form><tabs><tab name='a'/></tabs></form>",
      "whole.xml":
        "<forms type='main'><systemform><form><tabs><tab name='b'/></tabs></form></systemform></forms>",
      "own.fetch.xml": """
      <fetch><entity name='new_t'><attribute name='new_name'/>
      <link-entity name='account' from='accountid' to='new_a' alias='a'><attribute name='name'/></link-entity>
      </entity></fetch>
      """,
    ]
    let state = try DescribedFile(text, files: files).state()
    let own = ComponentID(.systemForm, GUID(from: "made", "new_t", "form Own"))
    #expect(try xml(own, in: state).contains(#"<form><tabs><tab name="a">"#))
    let main = ComponentID(.systemForm, GUID(from: "made", "new_t", "form main"))
    #expect(try xml(main, in: state).contains(#"<form><tabs><tab name="b">"#))
    let view = ComponentID(.savedQuery, GUID(from: "made", "new_t", "view Own"))
    #expect(try xml(view, in: state).contains(#"<cell name="a.name""#))
  }

  @Test("PF-613, PF-615 an app has a site map, tables, forms, views and roles, by their names")
  func apps() throws {
    let state = try DescribedFile(Self.tables + Self.app).state()
    let app = ComponentID(ComponentKind.appModule.type, "new_orders")
    let text = try xml(app, in: state)
    for name in [view("Open orders"), view("inactive"), form("main"), form("Fast")] {
      #expect(text.contains("{\(name.key)}"))
    }
    #expect(text.contains(#"schemaName="new_orders" type="62""#))
    #expect(text.contains(#"schemaName="new_item" type="1""#) && text.contains("All about orders"))
    let role = try #require(state.stacks.keys.first { $0.type == .role })
    #expect(text.contains(#"<Role id="{\#(role.key)}">"#))
    let map = try xml(ComponentID(.siteMap, "new_orders"), in: state)
    #expect(map.contains(#"Title="Things""#) && map.contains(#"Url="https://example.com""#))
    // A list is whole: what it leaves out is no part of the app any more.
    let less = Self.app.replacing("tables: [new_order, new_item]", with: "tables: [new_order]")
    let after = try DescribedFile(Self.tables + less).state(on: state)
    #expect(try !xml(app, in: after).contains(#"schemaName="new_item""#))
  }

  @Test("LC-601 an assembly has classes and steps; a step runs where it is made, unless it is off")
  func plugins() throws {
    let file = try DescribedFile(Self.tables + Self.plugins, files: ["bin/Orders.dll": "MZ"])
    let state = try file.state()
    let steps = state.stacks.keys.filter { $0.type == ComponentKind.sdkMessageProcessingStep.type }
    let check = try #require(steps.first { state.effective($0, "@Name") == "Check orders" })
    #expect(state.effective(check, "Stage") == "20" && state.effective(check, "Rank") == "5")
    #expect(state.effective(check, "FilteringAttributes") == "new_total")
    #expect(state.effective(check, "SdkMessageId") == "20bebb1b-ea3e-db11-86a7-000a3a5473e8")
    let type =
      "Contoso.Orders.Check, Contoso.Orders, Version=1.2.0.0, Culture=neutral, PublicKeyToken=null"
    #expect(state.effective(check, "PluginTypeName") == type)
    #expect(state.settings[check] == .isOn(true))
    let tell = try #require(steps.first { state.effective($0, "@Name") == "Tell others" })
    #expect(state.effective(tell, "SdkMessageName") == "new_Tell")
    #expect(state.settings[tell] == .isOn(false))
    let assembly = ComponentID(.pluginAssembly, "contoso.orders")
    let part = try #require(state.stacks[assembly]?.top.component.definition.parts.first)
    #expect(
      part.path.hasPrefix("PluginAssemblies/ContosoOrders-")
        && part.path.hasSuffix("/ContosoOrders.dll")
    )
    // Another version of the assembly is told to its classes and steps.
    let text = Self.plugins.replacing("1.2.0.0", with: "1.3.0.0")
    let other = try DescribedFile(text, files: ["bin/Orders.dll": "MZ2"]).state(on: state)
    #expect(other.effective(check, "PluginTypeName")?.contains("Version=1.3.0.0") == true)
    // What somebody has switched off stays off where the file does not say it.
    var off = other
    off.settings[check] = .isOn(false)
    let again = try DescribedFile(text, files: ["bin/Orders.dll": "MZ2"]).plan(on: off)
    #expect(again.effects.isEmpty)
  }

  @Test("PF-609 a step has images of its row, which follow its message and stay under their ids")
  func images() throws {
    let steps = """
      pluginAssemblies:
        Contoso.Orders:
          file: bin/Orders.dll
          types:
            Contoso.Orders.Check:
              steps:
                Made: {message: Create, table: account, images: {After: {}}}
                Changed:
                  message: Update
                  table: account
                  images: {Before: {type: pre, alias: old, columns: [name, telephone1]}}

      """
    let files = ["bin/Orders.dll": "MZ"]
    let state = try DescribedFile(steps, files: files).state()
    let images = state.stacks.keys.filter {
      $0.type == ComponentKind.sdkMessageProcessingStepImage.type
    }
    #expect(images.count == 2)
    let texts = try images.map { try xml($0, in: state) }.sorted()
    #expect(
      texts.contains {
        $0.contains("<MessagePropertyName>Id</MessagePropertyName>")
          && $0.contains("Name=\"After\"")
          && $0.contains("<EntityAlias>After</EntityAlias>")
      }
    )
    #expect(
      texts.contains {
        $0.contains("<MessagePropertyName>Target</MessagePropertyName>")
          && $0.contains("<EntityAlias>old</EntityAlias>")
          && $0.contains("<Attributes>name,telephone1</Attributes>")
      }
    )
    for image in images {
      let step = try #require(state.stacks[image]?.top.component.parent)
      #expect(step.type == ComponentKind.sdkMessageProcessingStep.type)
    }
    // Another list of columns changes the image that is there, and nothing else.
    let other = steps.replacing("[name, telephone1]", with: "[]")
    let plan = try DescribedFile(other, files: files).plan(on: state)
    #expect(plan.isApplicable && plan.effects.count == 1)
  }

  /// A file with one image of one step.
  private static func imageOf(_ step: String, _ image: String) -> String {
    "pluginAssemblies: {A: {file: a, types: {T: {steps: {S: \(step.dropLast()), images: {I: \(image)}}}}}}}"
  }

  @Test(
    "What cannot be meant of them is refused with its line",
    arguments: [
      ("tables: {new_t: {primaryName: new_n, views: {V: {}}}}", "needs columns"),
      (
        "tables: {new_t: {primaryName: new_n, views: {V: {columns: [new_x]}}}}",
        "no column new_t.new_x"
      ),
      (
        "tables: {new_t: {primaryName: new_n, views: {V: {columns: new_n, filter: new_n}}}}",
        "is no condition"
      ),
      (
        "tables: {new_t: {primaryName: new_n, views: {V: {columns: new_n, filter: new_n like a}}}}",
        "in no way that is known"
      ),
      (
        "tables: {new_t: {primaryName: new_n, views: {V: {columns: new_n, filter: new_n =}}}}",
        "compares with nothing"
      ),
      (
        "tables: {new_t: {primaryName: new_n, views: {V: {columns: new_n, order: new_n up}}}}",
        "is no order"
      ),
      ("tables: {new_t: {primaryName: new_n, views: {V: {columns: new_n, file: a}}}}", "line 1: "),
      (
        "tables: {new_t: {primaryName: new_n, views: {V: {columns: new_n, file: f}}}}",
        "begins with form"
      ),
      (
        "tables: {new_t: {primaryName: new_n, views: {V: {columns: new_n, file: q}}}}",
        "asks for no rows of new_t"
      ),
      ("tables: {new_t: {views: {V: {columns: new_n}}}}", "needs its primaryName"),
      ("tables: {new_t: {primaryName: new_n, forms: {F: {}}}}", "needs tabs, or a file"),
      ("tables: {new_t: {primaryName: new_n, forms: {F: {tabs: {A: [x]}}}}}", "no column new_t.x"),
      ("tables: {new_t: {primaryName: new_n, forms: {quick: {type: main}}}}", "is a quick form"),
      ("tables: {new_t: {primaryName: new_n, forms: {F: {tabs: {}}}}}", "one tab at least"),
      ("tables: {new_t: {primaryName: new_n, forms: {F: {file: d}}}}", "says a difference"),
      ("siteMaps: {new_s: {}}", "needs areas"),
      ("siteMaps: {new_s: {areas: {A: {B: [new_x]}}}}", "there is no table new_x"),
      ("siteMaps: {new_s: {areas: {A: {B: [{url: x}]}}}}", "it needs a title"),
      ("apps: {new_a: {tables: [account]}}", "needs a siteMap"),
      ("apps: {new_a: {siteMap: new_s}}", "none that is called new_s"),
      ("pluginAssemblies: {A: {}}", "needs a file"),
      ("pluginAssemblies: {A: {file: a, version: '1, 2'}}", "is no version"),
      ("pluginAssemblies: {A: {file: a, types: {T: {steps: {S: {}}}}}}", "needs a message"),
      (
        "pluginAssemblies: {A: {file: a, types: {T: {steps: {S: {message: Create, columns: [a]}}}}}}",
        "where it has a table"
      ),
      (imageOf("{message: Update}", "{type: pre, columns: [a]}"), "where its step has a table"),
      (
        imageOf("{message: Update, table: account}", "{type: pre, columns: [new_x]}"),
        "no column account.new_x"
      ),
      (imageOf("{message: Create}", "{type: both}"), "before a row is created"),
      (imageOf("{message: Delete}", "{type: post}"), "after a row is deleted"),
      (imageOf("{message: Update, stage: preOperation}", "{type: post}"), "postOperation alone"),
    ]
  )
  func unsound(text: String, problem: String) throws {
    let files = [
      "a": "no xml", "f": "<form/>", "q": "<fetch><entity name='account'/></fetch>",
      "d": "<form><tabs solutionaction='Modified'/></form>",
    ]
    let file = try DescribedFile(text, files: files)
    let plan = file.plan()
    #expect(!plan.isApplicable && plan.effects.isEmpty)
    #expect(file.problems(of: plan).contains { $0.contains(problem) }, "\(file.problems(of: plan))")
    #expect(file.problems(of: plan).allSatisfy { $0.hasPrefix("line 3: ") })
  }
}
