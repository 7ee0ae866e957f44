import SolutionPackages
import Solutions
import TestSupport
import Testing

/// What stands, as the file that makes it.
@Suite("Solutions as readable files")
struct DescriptionTests {
  private static let files = [
    "js/order.js": "alert(1)", "logo.svg": "<svg/>", "bin/Orders.dll": "MZ",
    "form.xml": """
    <form><tabs><tab id="{11111111-1111-1111-1111-111111111111}"><columns><column width="100%"><sections>\
    </sections></column></columns></tab></tabs></form>
    """,
    "open.xml": """
    <fetch><entity name="new_order"><attribute name="new_number"/>\
    <link-entity name="contact" from="contactid" to="new_buyer"/></entity></fetch>
    """,
  ]

  /// Nearly every word there is.
  private static let whole = """
    choices:
      new_priority:
        displayName: {1033: Priority, 1031: Wichtigkeit}
        options: {1: Low, 2: {label: High, color: "#c00000"}}
    tables:
      new_Order:
        displayName: Order
        pluralName: Purchases
        primaryName: {name: new_Number, displayName: Number, maxLength: 40}
        changeTracking: yes
        without: [form card]
        properties: {EntityInfo/entity/IsMailMergeEnabled: 0}
        columns:
          new_Total: {type: money, displayName: Total, precision: 3}
          new_due: {type: date, required: required}
          new_priority: {type: choice, choice: new_priority, default: 1}
          new_kind: {type: choices, options: {1: Small, 2: Large}}
          new_done: {type: boolean, default: yes, options: {1: Done, 0: Open}}
          new_item: {type: lookup, target: {table: new_item, delete: restrict}}
          new_buyer: {type: customer}
          new_code: {type: autonumber, autoNumber: "O-{SEQNUM:5}"}
          new_scan: {type: image}
          new_letter: {type: file, maxSize: 1024}
          statuscode: {options: {3: {label: Waiting, state: 0}}}
        keys: {new_bynumber: {columns: [new_number, new_due]}}
        views:
          Open orders:
            columns: [new_number, {new_total: 150}, createdon]
            filter: [statecode = 0, {any: [new_total > 100, new_due is empty]}, new_number begins with O]
            order: [new_total desc, new_number]
          Joined: {columns: [new_number], file: open.xml}
          inactive: {displayName: Closed orders}
        forms:
          Fast: {type: quickCreate, tabs: {General: [new_number, {new_due: {readOnly: yes}}]}}
          Big: {file: form.xml}
          main: {tabs: {General: {sections: {A: {columns: 2, fields: [new_number, new_total]}, B: [createdon]}}}}
      new_item: {ownership: organization, primaryName: new_title}
      account: {columns: {new_rating: {type: integer, min: 1, max: 5}}}
    relationships: {new_order_contact: {tables: [new_order, contact]}}
    webResources: {new_/order.js: js/order.js, new_logo: {file: logo.svg, displayName: Logo}}
    environmentVariables: {new_limit: {displayName: Limit, type: number, default: 10, value: 20}}
    connectionReferences: {new_mail: {displayName: Mail, connector: shared_office365}}
    pluginAssemblies:
      Orders:
        file: bin/Orders.dll
        version: 1.2.0.0
        types:
          Orders.Check:
            steps:
              Check: {message: Update, table: new_order, columns: [new_total], stage: preOperation, state: off}
              Other: {message: new_Approve}
              Tell:
                message: Update
                table: new_order
                images: {Before: {type: pre, columns: [new_total]}, After: {type: post, alias: now}}
    roles:
      Clerk:
        tables: {new_order: {read: organization, create: user}, new_item: organization}
        privileges: {prvExportToExcel: organization}
    siteMaps:
      new_orders: {areas: {Sales: {Orders: [new_order, {table: new_item, title: Things}]}}}
    apps:
      new_orders:
        displayName: Orders
        tables: [new_order, new_item]
        forms: {new_order: [main, Fast]}
        views: {new_order: Open orders}
        roles: Clerk
        icon: new_logo
    """

  private func law(_ text: String) throws -> DescriptionLaw {
    let file = try DescribedFile(text, files: Self.files)
    let state = try file.state()
    let kept = file.blueprint.files(of: file.plan())
    return try DescriptionLaw(try #require(SolutionName("Orders")), on: state) { parts in
      var found: [String: [UInt8]] = [:]
      for part in parts { found[part.path] = kept.first { $0.digest == part.digest }?.bytes }
      return found
    }
  }

  @Test("strata.description what a file has made is told in the words that made it, and wholly")
  func whole() throws {
    let law = try law(Self.whole)
    try law.changesNothing()
    try law.isFixed()
    for told in law.description.components where !told.isWhole {
      Issue.record("\(told.component.id): \(told.obstacle?.words ?? "") \(told.unsaid)")
    }
    try expectGolden(try law.text(), "described.yaml")
  }

  @Test(
    "A table that another solution made is told as one that is there, or as a whole where all of it is listed"
  )
  func others() throws {
    let first = "tables: {new_thing: {primaryName: new_title, columns: {new_a: {type: integer}}}}"
    let made = try DescribedFile(first).state()
    let second = """
      solution: {name: Second, version: 1.0.0.0}
      publisher: {name: contoso, displayName: Contoso, prefix: new, optionValuePrefix: 20000}
      tables: {new_thing: {columns: {new_b: {type: integer}}}}
      """
    let said = try SaidReader.read(Array(second.utf8), file: "second.yaml")
    let plan = Plan.bringing(to: try Blueprint(said, file: "second.yaml"), on: made)
    #expect(plan.isApplicable, "\(spelled(plan))")
    let state = made.applying(plan)
    let name = try #require(SolutionName("Second"))
    let law = try DescriptionLaw(name, on: state) { _ in [:] }
    try law.changesNothing()
    let text = try law.text()
    #expect(text.contains("new_b") && text.contains("new_thing"), "\(text)")
    #expect(!text.contains("there is no table"), "\(text)")
  }

  @Test(
    "A file of one word is told in one word",
    arguments: [
      "choices: {new_a: {}}", "tables: {new_a: {primaryName: new_name}}",
      "tables: {new_a: {ownership: organization, primaryName: new_name}}",
      "tables: {new_a: {primaryName: new_name, columns: {new_b: {type: decimal}}}}",
      "environmentVariables: {new_a: {}}", "roles: {A: {}}",
    ]
  )
  func short(text: String) throws {
    let law = try law(text)
    try law.changesNothing()
    try law.isFixed()
    let said = try SaidReader.read(Array((DescribedFile.head + text).utf8), file: "orders.yaml")
    #expect(law.description.said == said)
  }
}
