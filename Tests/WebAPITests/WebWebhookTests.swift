import EnvironmentSupport
import JSON
import Lifecycle
import Solutions
import Synchronization
import TestSupport
import Testing
import WebAPI

/// What rows that are written over the Web API hand to whoever posts to web hooks.
@Suite("Web API: web hooks")
struct WebWebhookTests {
  private static let (create, update, delete, hook) = (
    PackageText.guid("create"), PackageText.guid("update"), PackageText.guid("delete"),
    PackageText.guid("hook")
  )

  private static func step(_ id: String, _ message: RowEvent.Message) -> String {
    """
    xml SdkMessageProcessingSteps <SdkMessageProcessingStep SdkMessageProcessingStepId="{\(id)}" \
    Name="\(message.rawValue)"><SdkMessageId>\(message.id)</SdkMessageId><PrimaryEntity>t</PrimaryEntity>\
    <FilteringAttributes>\(message == .update ? "p" : "")</FilteringAttributes><Mode>1</Mode>\
    <Stage>40</Stage><EventHandler>{\(hook)}</EventHandler><EventHandlerTypeCode>4618</EventHandlerTypeCode>\
    </SdkMessageProcessingStep>
    manifest <RootComponent type="92" id="{\(id)}" behavior="0"/>
    """
  }

  private static let package = """
    X 1.0 by A
    table t
    primary t.name
    column t.p nvarchar 10
    column t.n int
    column t.b bit
    column t.w datetime
    column t.c picklist 1 2
    column t.up lookup
    column t.long ntext 400000
    relationship up_t t.up -> t
    \(step(create, .create))
    \(step(update, .update))
    \(step(delete, .delete))
    xml ServiceEndpoints <ServiceEndpoint ServiceEndpointId="{\(hook)}" Name="hook"><Contract>8</Contract>\
    <Url>https://receiver.example/x?code=1</Url></ServiceEndpoint>
    manifest <RootComponent type="95" id="{\(hook)}" behavior="0"/>
    """

  /// Keeps what is handed over.
  private final class Receiver: WebhookDesk {
    private let kept = Mutex<[WebhookCall]>([])

    func post(_ call: WebhookCall) { kept.withLock { $0.append(call) } }

    func skip(because error: any Error) { Issue.record(error) }

    func take() -> [WebhookCall] {
      kept.withLock { kept in
        defer { kept = [] }
        return kept
      }
    }
  }

  private func asking(enables: Bool = true) async throws -> (Asking, Receiver) {
    let receiver = Receiver()
    let asking = try await Asking(webhooks: receiver)
    try await asking.environment.import(
      Self.package,
      options: PlanOptions(enablesProcesses: enables)
    )
    return (asking, receiver)
  }

  private func steps(_ calls: [WebhookCall]) -> [String] { calls.map(\.step) }

  @Test("A row that is created, changed and deleted is handed over, once for each step that is due")
  func messages() async throws {
    let (asking, receiver) = try await asking()
    let id = Asking.id(1)
    _ = await asking.ask("POST ts", "{\"tid\":\"\(id)\",\"name\":\"A\"}")
    #expect(steps(receiver.take()) == ["Create"])
    _ = await asking.ask("PATCH ts(\(id))", "{\"name\":\"B\"}")
    #expect(receiver.take().isEmpty)
    _ = await asking.ask("PUT ts(\(id))/p", "{\"value\":\"7\"}")
    _ = await asking.ask("DELETE ts(\(id))/p")
    #expect(steps(receiver.take()) == ["Update", "Update"])
    _ = await asking.ask("PATCH ts(\(Asking.id(2)))", "{\"name\":\"made by an upsert\"}")
    #expect(steps(receiver.take()) == ["Create"])
    _ = await asking.ask("POST contacts", "{\"fullname\":\"of another table\"}")
    _ = await asking.ask("DELETE ts(\(id))")
    #expect(steps(receiver.take()) == ["Delete"])
    _ = await asking.ask(
      "POST ts/Microsoft.Dynamics.CRM.CreateMultiple",
      "{\"Targets\":[{\"name\":\"C\"},{\"name\":\"D\"}]}"
    )
    #expect(steps(receiver.take()) == ["Create", "Create"])
  }

  @Test("What was refused, and what no step waits for, is handed to nobody")
  func nothing() async throws {
    let (asking, receiver) = try await asking()
    let id = Asking.id(1)
    #expect(await asking.ask("POST ts", "{\"nothing\":1}").hasPrefix("400"))
    #expect(await asking.ask("DELETE ts(\(id))").hasPrefix("404"))
    #expect(receiver.take().isEmpty)
    let (disabled, other) = try await self.asking(enables: false)
    #expect(await disabled.ask("POST ts", "{\"name\":\"A\"}") == "204")
    #expect(other.take().isEmpty)
  }

  @Test("The context says what the request stated, as the platform types it")
  func context() async throws {
    let (asking, receiver) = try await asking()
    let (id, upper) = (Asking.id(1), Asking.id(2))
    _ = await asking.ask("POST ts", "{\"tid\":\"\(upper)\"}")
    _ = receiver.take()
    let stated = """
      {"tid":"\(id)","name":"A \\"<1>","n":7,"b":true,"c":2,"p":null,"w":"1970-01-02T00:00:00Z",
       "up@odata.bind":"ts(\(upper))"}
      """
    #expect(await asking.ask("POST ts", stated) == "204")
    let call = try #require(receiver.take().first)
    #expect(call.address == "https://receiver.example/x?code=1")
    let headers = Dictionary(call.headers.map { ($0.name, $0.value) }) { first, _ in first }
    #expect(headers["x-ms-dynamics-entity-name"] == "t")
    #expect(headers["x-ms-dynamics-request-name"] == "Create")
    #expect(headers["x-ms-dynamics-organization"] == "127.0.0.1")
    let root = try JSONDocument(call.body).root
    #expect(headers["x-ms-correlation-request-id"] == root["CorrelationId"]?.text)
    #expect(root["MessageName"]?.text == "Create" && root["PrimaryEntityName"]?.text == "t")
    #expect(root["PrimaryEntityId"]?.text == id && root["Stage"]?.integer == 40)
    #expect(root["OwningExtension"]?["Id"]?.text == Self.create)
    #expect(root["OperationCreatedOn"]?.text == "/Date(1764000000000+0000)/")
    let target = try #require(root["InputParameters"]?.elements.first { _ in true })
    #expect(target["key"]?.text == "Target" && target["value"]?["LogicalName"]?.text == "t")
    var attributes: [String: JSONValue] = [:]
    for attribute in target["value"]?["Attributes"].map({ Array($0.elements) }) ?? [] {
      attributes[try #require(attribute["key"]?.text)] = attribute["value"]
    }
    #expect(attributes["name"]?.text == "A \"<1>" && attributes["tid"]?.text == id)
    #expect(attributes["n"]?.lexeme == "7" && attributes["b"]?.boolean == true)
    #expect(attributes["p"]?.kind == .null)
    #expect(attributes["w"]?.text == "/Date(86400000)/")
    #expect(attributes["c"]?["Value"]?.lexeme == "2")
    #expect(attributes["c"]?["__type"]?.text?.hasPrefix("OptionSetValue:") == true)
    #expect(attributes["up"]?["Id"]?.text == upper)
    #expect(attributes["up"]?["LogicalName"]?.text == "t")
    let output = root["OutputParameters"]?.elements.first { _ in true }
    #expect(output?["value"]?.text == id)
  }

  @Test("A deleted row is a reference; a context that is too long goes without what was stated")
  func targets() async throws {
    let (asking, receiver) = try await asking()
    let id = Asking.id(1)
    let long = String(repeating: "x", count: 300_000)
    #expect(await asking.ask("POST ts", "{\"tid\":\"\(id)\",\"long\":\"\(long)\"}") == "204")
    _ = await asking.ask("DELETE ts(\(id))")
    let calls = receiver.take()
    try #require(steps(calls) == ["Create", "Delete"])
    let first = try JSONDocument(calls[0].body).root
    #expect(first["InputParameters"]?.elements.contains { _ in true } == false)
    #expect(calls[0].headers.contains { $0.name == "x-ms-dynamics-msg-size-exceeded" })
    #expect(calls[0].body.count < 10_000)
    let target = try JSONDocument(calls[1].body).root["InputParameters"]?.elements.first { _ in
      true
    }
    #expect(target?["value"]?["__type"]?.text?.hasPrefix("EntityReference:") == true)
    #expect(target?["value"]?["Id"]?.text == id)
  }
}
