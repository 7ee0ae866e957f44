internal import XML

/// A step that is enabled and posts what becomes of rows to an address, once it is done (PF-609, PF-610).
package struct WebhookStep: Equatable, Sendable {
  package let id: GUID
  package let name: String
  package let message: RowEvent.Message
  /// Logical name; nil for rows of all tables.
  package let table: String?
  /// Of which an update has to state one; empty for any.
  package let columns: Set<String>
  /// Of the endpoint, as the package has it.
  package let address: String
  private let rank: Int

  /// Where it waits for what became of a row.
  package func isDue(at event: RowEvent) -> Bool {
    guard message == event.message, table == nil || table == event.table else { return false }
    guard message == .update, !columns.isEmpty else { return true }
    return !columns.isDisjoint(with: event.columns)
  }

  /// - Returns: nil for a step that runs before the change or while somebody waits, on another message, or whose handler
  ///   is no web hook: such steps are carried and not run.
  fileprivate init?(_ step: ComponentID, _ element: XMLElement, posting endpoints: [GUID: String]) {
    guard let id = GUID(step.key), element.text(of: "Stage") == "40",
      element.text(of: "Mode") == "1", let message = RowEvent.Message(of: element),
      let endpoint = element.handlingEndpoint, let address = endpoints[endpoint]
    else { return nil }
    self.id = id
    self.message = message
    self.address = address
    name = element.attribute("Name") ?? id.description
    let table = element.text(of: "PrimaryEntity")?.lowercased() ?? ""
    self.table = table.isEmpty || table == "none" ? nil : table
    columns = Set(
      (element.text(of: "FilteringAttributes") ?? "").lowercased().split(separator: ",")
        .map { $0.filter { $0 != " " } }
    )
    rank = element.text(of: "Rank").flatMap { Int($0) } ?? 1
  }

  fileprivate static func isBefore(_ one: WebhookStep, _ other: WebhookStep) -> Bool {
    (one.rank, one.id.description) < (other.rank, other.id.description)
  }
}

extension InstalledState {
  /// Steps that post what becomes of rows, in the order in which they are to run.
  package func webhookSteps(kinds: ComponentKinds) -> [WebhookStep] {
    func effective(_ id: ComponentID, _ stack: LayerStack) -> XMLElement {
      stack.effective(kinds[id.type].merge).definition.element
    }
    var endpoints: [GUID: String] = [:]
    for (id, stack) in stacks where id.type == .serviceEndpoint {
      guard let guid = GUID(id.key) else { continue }
      endpoints[guid] = effective(id, stack).webhookAddress
    }
    return stacks.compactMap { id, stack in
      guard id.type == ComponentKind.sdkMessageProcessingStep.type, settings[id]?.isOn == true
      else { return nil }
      return WebhookStep(id, effective(id, stack), posting: endpoints)
    }
    .sorted(by: WebhookStep.isBefore)
  }
}

extension RowEvent.Message {
  /// By the id of the message, or by its name.
  fileprivate init?(of step: XMLElement) {
    let id = step.text(of: "SdkMessageId").flatMap { GUID($0) }
    let name = step.text(of: "SdkMessageName")?.lowercased()
    let found = Self.allCases.first { message in
      id.map { $0 == GUID(message.id) } ?? (name == message.rawValue.lowercased())
    }
    guard let found else { return nil }
    self = found
  }
}
