import Solutions
import TestSupport
import Testing

/// Which steps post what becomes of a row (PF-609, PF-610).
@Suite("Steps that post to web hooks")
struct WebhookStepTests {
  private static let step = PackageText.guid("step")
  private static let endpoint = PackageText.guid("endpoint")

  private static let right = [
    "SdkMessageId": "{\(RowEvent.Message.update.id)}", "PrimaryEntity": "T",
    "FilteringAttributes": "A, b", "Mode": "1", "Rank": "2", "Stage": "40",
    "EventHandler": "{\(endpoint)}", "EventHandlerTypeCode": "4618",
  ]
  private static let hook = ["Contract": "8", "Url": "https://receiver.example/x"]

  private func elements(_ texts: [String: String]) -> String {
    texts.sorted { $0.key < $1.key }.map { "<\($0)>\($1)</\($0)>" }.joined()
  }

  private func steps(
    _ changes: [String: String] = [:],
    endpoint: [String: String] = hook,
    enables: Bool = true
  ) throws -> [WebhookStep] {
    let step = elements(Self.right.merging(changes) { $1 })
    let state = try installed(
      [
        """
        X 1.0 by A
        table t
        column t.a nvarchar
        column t.b nvarchar
        xml SdkMessageProcessingSteps <SdkMessageProcessingStep \
        SdkMessageProcessingStepId="{\(Self.step)}" Name="step">\(step)</SdkMessageProcessingStep>
        manifest <RootComponent type="92" id="{\(Self.step)}" behavior="0"/>
        xml ServiceEndpoints <ServiceEndpoint ServiceEndpointId="{\(Self.endpoint)}" Name="hook">\
        \(elements(endpoint))</ServiceEndpoint>
        manifest <RootComponent type="95" id="{\(Self.endpoint)}" behavior="0"/>
        """
      ],
      options: PlanOptions(enablesProcesses: enables)
    )
    return state.webhookSteps(kinds: .standard)
  }

  @Test("PF-609 an enabled step in the background, after the change, posts to its web hook")
  func posts() throws {
    let step = try #require(try steps().first)
    #expect(step.id == GUID(Self.step) && step.name == "step" && step.message == .update)
    #expect(step.table == "t" && step.columns == ["a", "b"])
    #expect(step.address == "https://receiver.example/x")
    #expect(try steps(["SdkMessageId": "", "SdkMessageName": "delete"]).first?.message == .delete)
    let old = ["Contract": "8", "NamespaceAddress": "https://old.example/"]
    #expect(try steps(endpoint: old).first?.address == "https://old.example/")
  }

  @Test("LC-601 a step that the import did not enable posts nothing")
  func disabled() throws {
    #expect(try steps(enables: false).isEmpty)
  }

  @Test(
    "PF-609 what runs before, while somebody waits, on another message or elsewhere posts nothing",
    arguments: [
      ["Stage": "20"], ["Stage": ""], ["Mode": "0"], ["EventHandlerTypeCode": "4602"],
      ["EventHandler": "{\(PackageText.guid("other"))}"], ["EventHandler": "x"],
      ["SdkMessageId": PackageText.guid("message")],
    ]
  )
  func carried(changes: [String: String]) throws {
    #expect(try steps(changes).isEmpty)
  }

  @Test("PF-610 only an endpoint of the kind of web hooks, with an address, is posted to")
  func endpoints() throws {
    for contract in ["1", "6", "7", ""] {
      let other = ["Contract": contract, "Url": "https://receiver.example/"]
      #expect(try steps(endpoint: other).isEmpty, "\(contract)")
    }
    #expect(try steps(endpoint: ["Contract": "8"]).isEmpty)
  }

  @Test(
    "A step is due at its message and table; at an update, where a column of its filter is stated"
  )
  func due() throws {
    let step = try #require(try steps().first)
    #expect(step.isDue(at: RowEvent(.update, of: "t", columns: ["x", "b"])))
    for event in [
      RowEvent(.update, of: "t", columns: ["x"]), RowEvent(.update, of: "t"),
      RowEvent(.update, of: "u", columns: ["a"]), RowEvent(.create, of: "t", columns: ["a"]),
      RowEvent(.delete, of: "t"),
    ] {
      #expect(!step.isDue(at: event), "\(event)")
    }
    let open = try #require(try steps(["FilteringAttributes": ""]).first)
    #expect(open.isDue(at: RowEvent(.update, of: "t")))
    let all = try #require(
      try steps(["PrimaryEntity": "none", "SdkMessageId": RowEvent.Message.create.id]).first
    )
    // A filter is one of updates alone.
    #expect(all.isDue(at: RowEvent(.create, of: "u")))
    #expect(!all.isDue(at: RowEvent(.update, of: "u", columns: ["a"])))
  }
}
