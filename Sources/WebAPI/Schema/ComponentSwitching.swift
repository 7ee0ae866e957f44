internal import JSON
internal import OData
internal import Solutions

/// Steps and processes are switched on and off by the state of their rows: a plan and an operation.
enum ComponentSwitching {
  /// - Parameter on: the state that stands for on.
  static func writing(_ kind: ComponentType, of type: String, on: Int) -> SystemSet.Writing {
    { api, request, path in
      guard request.method == "PATCH", path.segments.count == 1,
        case .single(.literal(let literal)) = path.segments[0].arguments
      else {
        throw WebError(missing: "\(request.method.shown(20)) on \(path.segments[0].name.shown(80))")
      }
      let makings = try await Makings(api, request)
      let body = try JSONDocument(request.body, limits: .standard).root
      let known = ["statecode", "statuscode", "@odata.type"]
      if let other = body.members.first(where: { !known.contains($0.key) }) {
        throw WebError(missing: "\(other.key.shown(80)) of a row of \(type)")
      }
      guard let state = body["statecode"]?.integer, (0...1).contains(state) else {
        throw WebError.badBody("statecode is 0 or 1")
      }
      let id = literal.plain.flatMap { GUID($0) }
      let row = try await ComponentRow.all(kind, api).first { $0.guid == id }
      guard let row else { throw WebError.noRow(type, literal.plain ?? "") }
      try await makings.perform(.switching([row.id], on: state == on), as: "SetState")
      return .nothing
    }
  }
}
