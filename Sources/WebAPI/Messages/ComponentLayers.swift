internal import Contract
internal import Lifecycle
internal import OData
internal import Solutions

extension SystemSet {
  /// The layers of one component, which has to be named by its id and kind.
  static let componentLayers = SystemSet(name: "msdyn_componentlayers") { api, request, path in
    let answer = try RecordAnswer("msdyn_componentlayers", type: "msdyn_componentlayer", request)
    guard request.method == "GET", path.segments.count == 1, path.segments[0].arguments == .none
    else { throw WebError(missing: "msdyn_componentlayers but by a filter") }
    guard let id = value(of: "msdyn_componentid", in: answer.options.filter).flatMap({ GUID($0) }),
      let kind = value(of: "msdyn_solutioncomponentname", in: answer.options.filter)
    else {
      throw WebError.badQuery(
        "$filter has to name msdyn_componentid and msdyn_solutioncomponentname"
      )
    }
    guard let component = try await api.component(id, kind: kind) else {
      return try answer.many([])
    }
    let layers = ComponentLayers(api, component, id: id, kind: kind)
    return try answer.many(try await layers.records(telling: answer.mayName))
  }

  /// What a condition says that a property is, alone or with other conditions.
  static func value(of name: String, in filter: Expression?) -> String? {
    switch filter {
    case .compare(.path(let path), .equal, .literal(let literal))
    where path.text.lowercased() == name:
      literal.plain
    case .all(let terms): terms.lazy.compactMap { value(of: name, in: $0) }.first
    default: nil
    }
  }
}

private struct ComponentLayers {
  private let api: WebAPI
  private let component: ComponentID
  private let id: GUID
  /// As it was asked for.
  private let kind: String

  init(_ api: WebAPI, _ component: ComponentID, id: GUID, kind: String) {
    self.api = api
    self.component = component
    self.id = id
    self.kind = kind
  }

  /// - Parameter isTold: whether a property is asked for: what layers say takes more than who has them.
  func records(telling isTold: (String) -> Bool) async throws -> [Record] {
    let state = try await api.ask(PartQuestion(of: [component]))
    guard let stack = state.stacks[component] else { return [] }
    let texts =
      isTold("msdyn_componentjson") || isTold("msdyn_changes") ? try await texts() : [:]
    return stack.layers.enumerated().map { index, layer in
      record(layer, order: index + 1, state, texts[layer.solution.text])
    }.reversed()
  }

  private typealias Texts = (whole: String, changes: String)

  /// By the name of the solution.
  private func texts() async throws -> [String: Texts] {
    let found = try await api.ask(
      ComponentQuestion(names: [component.key], type: component.type, hint: "")
    )
    let shape = LayersShape(
      component,
      state: found.state,
      kinds: .standard,
      written: [:],
      setting: nil,
      isWhole: true
    )
    let texts = (shape?.layers ?? []).map { layer in
      (
        layer.solution,
        (
          whole: json((layer.properties ?? []).map { ($0.path, $0.value) }),
          changes: json(layer.updated.map { ($0.path, $0.after ?? "") })
        )
      )
    }
    return Dictionary(texts) { first, _ in first }
  }

  private func record(
    _ layer: Layer,
    order: Int,
    _ state: InstalledState,
    _ texts: Texts?
  ) -> Record {
    let name = layer.solution == .active ? "Active" : layer.solution.text
    return Record(
      always: [
        ("msdyn_componentlayerid", .guid(GUID(from: "componentlayer", id.description, name)))
      ],
      [
        ("msdyn_componentid", .text(id.description)),
        ("msdyn_solutioncomponentname", .text(ComponentKinds.standard[component.type].name)),
        ("msdyn_name", .text(layer.component.name)), ("msdyn_solutionname", .text(name)),
        ("msdyn_publishername", .text(layer.publisher.text)),
        ("msdyn_solutionversion", Cell(state.solutions[layer.solution]?.version.text)),
        // From the bottom.
        ("msdyn_order", .integer(order)), ("msdyn_overwritetime", .moment("1900-01-01T00:00:00Z")),
        ("msdyn_children", .text("[]")), ("msdyn_componentjson", Cell(texts?.whole)),
        ("msdyn_changes", Cell(texts?.changes)),
      ]
    )
  }

  /// Values as text, as the platform's own layers have them; paths are those of the definition.
  private func json(_ values: [(key: String, value: String)]) -> String {
    var json = JSONWriter()
    json.object {
      $0.member("LogicalName", kind)
      $0.member("Id", id.description)
      $0.member("Attributes") {
        $0.list { json in
          for (key, value) in values {
            json.object {
              $0.member("Key", key)
              $0.member("Value", value)
            }
          }
        }
      }
    }
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
