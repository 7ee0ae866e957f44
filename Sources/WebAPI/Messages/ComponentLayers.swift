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
    return try answer.many(try await layers(of: id, kind, api))
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

  private static func layers(of id: GUID, _ kind: String, _ api: WebAPI) async throws -> [Record] {
    let kinds = ComponentKinds.standard
    guard let component = try await api.component(id, kind: kind) else { return [] }
    let found = try await api.ask(
      ComponentQuestion(names: [component.key], type: component.type, hint: "")
    )
    let shape = LayersShape(
      component,
      state: found.state,
      kinds: kinds,
      written: [:],
      setting: nil,
      isWhole: true
    )
    guard let shape else { return [] }
    return shape.layers.enumerated().map { index, layer in
      Record(
        always: [
          (
            "msdyn_componentlayerid",
            .guid(GUID(from: "componentlayer", id.description, layer.solution))
          )
        ],
        [
          ("msdyn_componentid", .text(id.description)),
          ("msdyn_solutioncomponentname", .text(kinds[component.type].name)),
          ("msdyn_name", .text(shape.component.name)),
          ("msdyn_solutionname", .text(layer.place == .unmanaged ? "Active" : layer.solution)),
          ("msdyn_publishername", .text(layer.publisher)),
          ("msdyn_solutionversion", Cell(layer.version)),
          // From the bottom.
          ("msdyn_order", .integer(shape.layers.count - index)),
          ("msdyn_overwritetime", .moment("1900-01-01T00:00:00Z")),
          ("msdyn_children", .text("[]")),
          (
            "msdyn_componentjson",
            .text(json(kind, id, (layer.properties ?? []).map { ($0.path, $0.value) }))
          ),
          ("msdyn_changes", .text(json(kind, id, layer.updated.map { ($0.path, $0.after ?? "") }))),
        ]
      )
    }
  }

  /// Values as text, as the platform's own layers have them; paths are those of the definition.
  private static func json(
    _ kind: String,
    _ id: GUID,
    _ values: [(key: String, value: String)]
  ) -> String {
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
