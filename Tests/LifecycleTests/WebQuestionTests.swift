import EnvironmentSupport
import Lifecycle
import Solutions
import TestSupport
import Testing

/// What a Web API asks and does: tables with their surroundings, rows with what belongs to them, single rows.
@Suite("Questions and edits of the Web API")
struct WebQuestionTests {
  private let known = KnownTables()
  private let caller = Caller("tester", through: .api)

  private static func id(_ name: String) throws -> GUID {
    try #require(GUID(PackageText.guid(name)))
  }

  @Test(
    "The rows that an environment began with are known by what they are, not by when others were made"
  )
  func systemRows() async throws {
    let environment = try await TestEnvironment()
    let user = try #require(
      try await environment.lifecycle.ask(SystemRowQuestion(of: "systemuser"))
    )
    let id = try Self.id("older")
    _ = try await edit(
      environment,
      RowEdit(
        "systemuser",
        .create(
          id,
          [
            RowEdit.Value("fullname", .text("older")),
            RowEdit.Value("createdon", .text("2001-01-01T00:00:00Z")),
          ]
        )
      )
    )
    #expect(try await environment.lifecycle.ask(SystemRowQuestion(of: "systemuser")) == user)
    #expect(user != id)
  }

  private func edit(
    _ environment: TestEnvironment,
    _ edits: RowEdit...
  ) async throws -> [RowEdited] {
    try await environment.lifecycle.edit([RowEdits("rows", edits)], by: caller, knowing: known)[0]
  }

  private func create(
    _ environment: TestEnvironment,
    _ name: String,
    in table: String = "account"
  ) async throws -> GUID {
    let id = try Self.id(name)
    let column = table == "account" ? "name" : "fullname"
    _ = try await edit(
      environment,
      RowEdit(table, .create(id, [RowEdit.Value(column, .text(name))]))
    )
    return id
  }

  private func count(_ environment: TestEnvironment, _ table: String = "account") async throws
    -> Int
  {
    try await environment.lifecycle.ask(RowCountQuestion(RowQuery(table), knowing: known))
  }

  @Test("WA-410 a row is written, found by its name, changed and deleted, each as an operation")
  func rows() async throws {
    let environment = try await TestEnvironment()
    let id = try await create(environment, "one")
    #expect(
      try await environment.lifecycle.ask(
        RowNameQuestion(.id(id), in: "account", knowing: known)
      ) == id
    )
    let changed = try await edit(
      environment,
      RowEdit("account", .change(.id(id), [RowEdit.Value("name", .text("two"))], .required))
    )
    #expect(changed == [RowEdited(id: id)])
    #expect(try await count(environment) == 1)
    _ = try await edit(environment, RowEdit("account", .delete(.id(id))))
    #expect(try await count(environment) == 0)
    let history = try await environment.lifecycle.ask(
      HistoryQuestion(of: nil, limit: 10, withAttempts: true)
    )
    #expect(history.operations.map(\.number) == [3, 2, 1])
    #expect(history.operations.allSatisfy { $0.record.who == "tester (API)" })
    #expect(history.attempts?.isEmpty == true)
    #expect(try await environment.broken() == [])
  }

  @Test("WA-604 groups are one transaction: what is refused in one takes all of them back")
  func groups() async throws {
    let environment = try await TestEnvironment()
    let (one, other) = (try Self.id("one"), try Self.id("other"))
    let groups = [
      RowEdits("first", [RowEdit("account", .create(one, []))]),
      RowEdits("second", [RowEdit("account", .change(.id(other), [], .required))]),
    ]
    let error = await #expect(throws: Lifecycle.EditsRefused.self) {
      try await environment.lifecycle.edit(groups, by: caller, knowing: known)
    }
    #expect(error?.group == 1)
    #expect(
      error?.cause as? RowEditError == .missing(table: "account", name: other.description)
    )
    #expect(try await count(environment) == 0)
    #expect(try await environment.whole().revision == 0)
  }

  @Test("Nothing that is different is no operation; an older version is refused")
  func versions() async throws {
    let environment = try await TestEnvironment()
    let id = try await create(environment, "one")
    let nothing = try await edit(environment, RowEdit("account", .change(.id(id), [], .required)))
    #expect(nothing == [RowEdited(id: id, isNothing: true)])
    #expect(try await environment.whole().revision == 1)
    let stale = RowEdit(
      "account",
      .change(.id(id), [RowEdit.Value("name", .text("x"))], .required),
      expecting: 7
    )
    let error = await #expect(throws: Lifecycle.EditsRefused.self) {
      try await edit(environment, stale)
    }
    #expect(
      error?.cause as? RowEditError
        == .otherVersion(table: "account", id: id, expected: 7, found: 1)
    )
  }

  @Test("WA-418 rows come with those that belong to them, a number for each at most")
  func tree() async throws {
    let environment = try await TestEnvironment()
    let account = try await create(environment, "one")
    for name in ["a", "b", "c"] {
      let contact = try await create(environment, name, in: "contact")
      let lead = RowEdit.Value("parentcustomerid", .row(of: "account", .id(account)))
      _ = try await edit(environment, RowEdit("contact", .change(.id(contact), [lead], .required)))
    }
    var inner = RowTree(RowQuery("contact"))
    inner.query.columns = ["fullname", "parentcustomerid"].map { RowQuery.ColumnPath($0) }
    inner.query.order = [RowQuery.Order(RowQuery.ColumnPath("fullname"), isDescending: true)]
    var tree = RowTree(RowQuery("account"))
    tree.query.columns = [RowQuery.ColumnPath("accountid")]
    tree.isCounting = true
    tree.branches = [
      RowTree.Branch(
        trunk: 0,
        path: RowQuery.ColumnPath("parentcustomerid"),
        place: 1,
        rowsMax: 2,
        tree: inner
      )
    ]
    let forest = try await environment.lifecycle.ask(RowTreeQuestion(tree, knowing: known))
    #expect(forest.count == 1 && forest.rows.count == 1)
    let branch = forest.branches[0]
    let places = branch.places[.text(account.description)] ?? []
    #expect(places.map { branch.forest.rows[$0].values[0] } == [.text("c"), .text("b")])
  }

  @Test("What a table is and is called follows what is installed, from one question to the next")
  func models() async throws {
    let environment = try await TestEnvironment()
    let lifecycle = environment.lifecycle
    #expect(try await lifecycle.ask(TableModelQuestion(of: "t", knowing: known)) == nil)
    let account = try #require(
      try await lifecycle.ask(TableModelQuestion(of: "account", knowing: known))
    )
    #expect(account.links.contains { $0.navigation == "primarycontactid" })
    #expect(account.links.contains { $0.collection == "contact_customer_accounts" })
    try await environment.import(RowTests.base)
    let table = try #require(
      try await lifecycle.ask(TableModelQuestion(of: "t", knowing: known))
    )
    #expect(table.head.setName == "ts" && table.table.keys.map(\.name) == ["k"])
    let heads = try await lifecycle.ask(TableHeadsQuestion(knowing: known))
    #expect(heads.contains { $0.name == "t" } && heads.contains { $0.name == "account" })
    #expect(heads.first { $0.name == "opportunity" }?.setName == "opportunities")
  }

  @Test("Publishers and shared choices are asked for as they are")
  func others() async throws {
    let environment = try await TestEnvironment()
    #expect(try await environment.lifecycle.ask(GlobalChoicesQuestion()).isEmpty)
    try await environment.import(RowTests.base)
    #expect(try await environment.lifecycle.ask(PublishersQuestion()).count >= 1)
  }

  @Test("Steps that post to web hooks are asked for as they are enabled")
  func webhooks() async throws {
    let environment = try await TestEnvironment()
    #expect(try await environment.lifecycle.ask(WebhookStepsQuestion()).isEmpty)
    let (guid, hook) = (PackageText.guid("step"), PackageText.guid("hook"))
    try await environment.import(
      """
      X 1.0 by A
      table t
      xml SdkMessageProcessingSteps <SdkMessageProcessingStep SdkMessageProcessingStepId="{\(guid)}" \
      Name="step"><SdkMessageName>Create</SdkMessageName><PrimaryEntity>t</PrimaryEntity><Mode>1</Mode>\
      <Stage>40</Stage><EventHandler>\(hook)</EventHandler><EventHandlerTypeCode>4618</EventHandlerTypeCode>\
      </SdkMessageProcessingStep>
      manifest <RootComponent type="92" id="{\(guid)}" behavior="0"/>
      xml ServiceEndpoints <ServiceEndpoint ServiceEndpointId="{\(hook)}" Name="hook"><Contract>8</Contract>\
      <Url>https://receiver.example/</Url></ServiceEndpoint>
      manifest <RootComponent type="95" id="{\(hook)}" behavior="0"/>
      """
    )
    #expect(try await environment.lifecycle.ask(WebhookStepsQuestion()).isEmpty)
    let step = ComponentID(.number(92), guid)
    _ = try await environment.lifecycle.perform(.switching([step], on: true))
    let steps = try await environment.lifecycle.ask(WebhookStepsQuestion())
    #expect(steps.map(\.table) == ["t"] && steps.map(\.address) == ["https://receiver.example/"])
  }
}
