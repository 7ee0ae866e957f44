internal import Lifecycle
internal import OData
internal import Solutions
internal import XML

extension SystemSet {
  /// Web resources are components; what they hold is in files of packages.
  static let webResources = SystemSet(name: "webresourceset", type: "webresource") { api, _ in
    let ids = try await api.ask(NamesQuestion()).filter { $0.type == .webResource }
    let state = try await api.ask(PartQuestion(of: Set(ids)))
    return ids.compactMap { id in
      guard let stack = state.stacks[id] else { return nil }
      let component = stack.top.component
      let element = stack.effective(ComponentKinds.standard[id.type].merge).definition.element
      return Record(
        always: [("webresourceid", .guid(Definitions.id(of: id)))],
        [
          ("name", .text(component.name)),
          ("displayname", .text(component.displayName ?? component.name)),
          (
            "webresourcetype", Cell(element.text(of: "WebResourceType").flatMap { Int($0) })
          ), ("ismanaged", .boolean(stack.isManaged)),
        ]
      )
    }
  }
}
