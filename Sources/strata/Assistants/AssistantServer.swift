import Contract
import Faces
import JSON
import Solutions

/// Answers a client of the Model Context Protocol: one line in, one line out.
///
/// Calls run one after the other, each as a command of its own process, so that what a package does to it ends with it.
actor AssistantServer {
  private let tools: Tools
  private let plans: KeptPlans
  private let runner: CommandRunner
  private let limit: Int
  /// A line without its end.
  private let send: @Sendable (String) -> Void
  private var calls: [Message.ID: Task<Void, Never>] = [:]
  private var last: Task<Void, Never>?

  /// - Parameter limit: of a document in an answer, in bytes.
  init(
    _ tools: Tools,
    plans: KeptPlans,
    runner: CommandRunner,
    limit: Int,
    send: @escaping @Sendable (String) -> Void
  ) {
    (self.tools, self.plans, self.runner) = (tools, plans, runner)
    (self.limit, self.send) = (limit, send)
  }

  func take(_ line: [UInt8]) {
    do throws(Message.Unclear) {
      guard let message = try Message(line) else { return }
      if let id = message.id { answer(id, message) } else { notice(message) }
    } catch {
      give(Reply(error.id, failing: error.code))
    }
  }

  /// What runs is cut off: nobody reads what becomes of it.
  func end() async {
    for call in calls.values { call.cancel() }
    await last?.value
  }

  private func give(_ line: some Encodable) {
    do {
      send(try ShapeCoder.line(line))
    } catch {
      Console.tell("Error: \(Failure(error).prose)")
    }
  }

  private func notice(_ message: Message) {
    guard message.method == "notifications/cancelled",
      let id = Message.id(message.parameters?["requestId"])
    else { return }
    calls[id]?.cancel()
  }

  private func answer(_ id: Message.ID, _ message: Message) {
    do throws(RPCError) {
      switch message.method {
      case "initialize": give(Reply(id, Introduction(asked: message.parameters)))
      case "ping": give(Reply(id, Empty()))
      case "tools/list": give(Reply(id, ToolList(tools: tools.all)))
      case "tools/call": try call(id, message.parameters)
      case "resources/list": give(Reply(id, ResourceList(plans.all)))
      case "resources/templates/list": give(Reply(id, TemplateList()))
      case "resources/read": try read(id, message.parameters)
      default: throw RPCError.unknownMethod(message.method)
      }
    } catch {
      give(Reply(id, failing: error))
    }
  }

  // MARK: Tools

  private static let mostCalls = 64

  private func call(_ id: Message.ID, _ parameters: JSONValue?) throws(RPCError) {
    guard let name = parameters?["name"]?.text, let tool = tools[name] else {
      let names = tools.all.map(\.name).joined(separator: ", ")
      throw .badParameters("name is one of \(names)")
    }
    guard calls[id] == nil else { throw .invalid("another call has this id") }
    guard calls.count < Self.mostCalls else {
      throw .invalid("\(Self.mostCalls) calls wait already")
    }
    let arguments = parameters?["arguments"]
    let before = last
    let task = Task {
      await before?.value
      let result: ToolResult
      do {
        try Task.checkCancellation()
        result = try await self.result(tool, Arguments(arguments, of: tool))
      } catch let wrong as Arguments.Wrong {
        result = ToolResult(error: wrong.words)
      } catch {
        result = ToolResult(error: Failure(error).prose)
      }
      self.end(id, result)
    }
    (calls[id], last) = (task, task)
  }

  private func end(_ id: Message.ID, _ result: ToolResult) {
    // Whoever took a question back does not wait for its answer.
    if calls.removeValue(forKey: id)?.isCancelled == false { give(Reply(id, result)) }
  }

  private func result(_ tool: Tool, _ arguments: Arguments) async throws -> ToolResult {
    var command = try tool.command(arguments)
    let kept = tool.keepsPlan ? plans.nextPath() : nil
    if let kept { command.options.append("--out=\(kept)") }
    command.options.append("--json")
    let done = try await runner.run(command)
    let document = try done.document
    if document.root["format"]?.text == ErrorShape.format {
      let error = try ShapeCoder.shape(ErrorShape.self, done.output)
      let remedy = error.remedy.map { "\n  → \($0)" as Prose } ?? ""
      return ToolResult(error: "\(error.message)\(remedy)")
    }
    var notes: [Prose] = []
    if let kept {
      let plan = try ShapeCoder.shape(PlanShape.self, done.output)
      plans.keep(plan, at: kept)
      give(Notification(method: "notifications/resources/list_changed"))
      notes = plan.digest.map { ["The whole plan is the resource \(KeptPlans.prefix)\($0)."] } ?? []
    }
    let text =
      switch tool.text {
      case .of(let words): try words(done.output).text
      case .printed(let other): try await runner.run(try other(arguments)).text
      }
    return ToolResult(
      text,
      notes: notes,
      document: document,
      limit: limit,
      isError: tool.effect == .changes && done.status != 0
    )
  }

  // MARK: Resources

  private static let mostRead = 16 << 20

  private func read(_ id: Message.ID, _ parameters: JSONValue?) throws(RPCError) {
    let uri = parameters?["uri"]?.text ?? ""
    guard let plan = plans.all.first(where: { $0.uri == uri }) else { throw .noResource(uri) }
    do {
      let bytes = try Files.bytes(of: plan.path)
      guard bytes.count <= Self.mostRead else {
        throw Failure(
          .tooMuch,
          "the plan has \(bytes.count) bytes; call why, or plan with kind or table"
        )
      }
      give(Reply(id, ResourceContents(uri: uri, text: String(decoding: bytes, as: UTF8.self))))
    } catch {
      throw .badParameters(Failure(error).prose.text)
    }
  }
}
