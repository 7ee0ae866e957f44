internal import Contract
internal import HTTPTypes
internal import Solutions

extension Page {
  private enum Tab: String, CaseIterable {
    case layers
    case sketch
    case properties
    case dependencies
    case history

    var words: String {
      switch self {
      case .layers: "Solution layers"
      case .sketch: "Sketch"
      case .properties: "All properties"
      case .dependencies: "Dependencies"
      case .history: "History"
      }
    }
  }

  /// One component: its layers, all that is in effect, and what hangs on it (UX-1001…1102).
  static let component = Page(method: .get, path: "/component", role: .viewer) { call in
    let site = call.site
    let address = try call.required("of")
    let asOf = try call.queryNumber("asOf")
    let tab = call.query("tab").flatMap { Tab(rawValue: $0) } ?? .layers
    let shape: ComponentShape
    var fields: [String: Any] = [
      "layers": [Any](), "sketch": [Any](), "properties": [Any](), "dependencies": [Any](),
      "history": [Any](),
    ]
    switch tab {
    case .layers:
      let layers = try await site.layers(of: address, asOf: asOf)
      (shape, fields["layers"]) = (layers.component, [Page.layers(layers, call)])
    case .sketch:
      let (component, sketch) = try await site.sketch(of: address, asOf: asOf)
      shape = component
      fields["sketch"] = [sketch?.fields ?? ["isNone": true]]
    case .properties:
      let blame = try await site.blame(of: address, asOf: asOf)
      (shape, fields["properties"]) = (blame.component, [properties(blame)])
    case .dependencies:
      let edges = try await site.dependencies(of: address, asOf: asOf)
      (shape, fields["dependencies"]) = (edges.component, [dependencies(edges, site)])
    case .history:
      let (component, statements) = try await site.statements(of: address)
      shape = component
      fields["history"] = [["list": statements.map { statement($0, site) }]]
    }
    let whole = "\(shape.kind):\(shape.name)"
    fields["title"] = shape.displayName ?? shape.name
    fields["address"] = whole
    fields["asOf"] =
      asOf.map { [["number": $0, "now": site.link(toComponent: whole)] as [String: Any]] } ?? []
    let isForm = shape.type == ComponentKind.systemForm.type.number
    fields["tabs"] = Tab.allCases.filter { $0 != .sketch || isForm }.map { other in
      [
        "href": site.link(toComponent: whole, tab: other.rawValue, asOf: asOf),
        "words": other.words, "isHere": other == tab,
      ] as [String: Any]
    }
    return try Page.render(
      .component,
      title: shape.displayName ?? shape.name,
      at: .solutions,
      fields,
      for: call
    )
  }

  private static func layers(_ shape: LayersShape, _ call: Call) -> [String: Any] {
    let isCustomized = shape.layers.contains { $0.place == .unmanaged } && shape.layers.count > 1
    let mayPlan = call.user.role >= .planner && call.query("asOf") == nil
    return [
      "merge": shape.merge,
      "switch": shape.setting.flatMap { setting -> [[String: Any]]? in
        guard setting.path == Setting.isOn(true).path else { return nil }
        let isOn = setting.value == Setting.isOn(true).text
        return [
          [
            "state": isOn ? "It is on." : "It is off.", "mayPlan": mayPlan,
            "verb": isOn ? "deactivate" : "activate", "words": isOn ? "Turn off" : "Turn on",
          ]
        ]
      } ?? [],
      "reset": isCustomized && mayPlan ? [[String: Any]()] : [],
      "list": shape.layers.map { layer in
        [
          "order": layer.order, "solution": layer.solution, "version": layer.version ?? "",
          "publisher": layer.publisher, "status": layer.active ? "active" : "covered",
          "operation": layer.operation.map {
            [
              ["number": $0.number, "href": "\(call.site.base)/history/\($0.number)"]
                as [String: Any]
            ]
          } ?? [],
          "hasUpdated": !layer.updated.isEmpty,
          "updated": layer.updated.map { property in
            [
              "path": property.words ?? property.path, "before": property.before ?? "∅",
              "after": property.after ?? "∅",
            ]
          },
          "hasChildren": !layer.children.isEmpty,
          "children": layer.children.map {
            ["key": $0.key, "list": $0.list, "status": $0.status.rawValue]
          },
        ] as [String: Any]
      },
    ]
  }

  private static func statement(_ statement: Site.Statement, _ site: Site) -> [String: Any] {
    [
      "number": statement.operation, "href": "\(site.base)/history/\(statement.operation)",
      "title": statement.title, "solution": statement.solution,
      "version": statement.version ?? "", "hash": String(statement.hash.prefix(12)),
      "asOf": site.link(
        toComponent: "\(statement.kind):\(statement.name)",
        asOf: statement.operation
      ),
    ]
  }

  private static func properties(_ shape: BlameShape) -> [String: Any] {
    [
      "list": shape.properties.map { line in
        [
          "path": line.words ?? line.path, "value": line.value, "solution": line.solution,
          "version": line.version ?? "", "since": line.operation.map { "operation \($0)" } ?? "",
        ]
      }
    ]
  }

  private static func dependencies(_ shape: DepsShape, _ site: Site) -> [String: Any] {
    let lists: [(String, [DepsShape.Edge])] = [
      ("Delete blocked by", shape.blocking ?? []), ("Used by", shape.dependents ?? []),
      ("Uses", shape.required ?? []),
    ]
    return [
      "lists": lists.map { title, edges in
        [
          "title": title, "count": edges.count, "isNone": edges.isEmpty,
          "edges": edges.map { edge in
            let component = edge.component
            let address = "\(component.kind):\(component.name)"
            let place = edge.present ? edge.solution : "not in this environment"
            return [
              "href": site.link(toComponent: address, tab: Tab.dependencies.rawValue),
              "name": address, "displayName": component.displayName.map { [$0] } ?? [],
              "facts": "\(place); \(edge.via.joined(separator: ", "))",
            ] as [String: Any]
          },
        ] as [String: Any]
      }
    ]
  }

  /// Components by name, display name, id or label.
  static let find = Page(method: .get, path: "/find", role: .viewer) { call in
    let text = call.query("text") ?? ""
    let found = try await call.site.find(text, kind: call.query("kind"), table: call.query("table"))
    return try Page.render(
      .find,
      title: "Find",
      at: nil,
      [
        "text": text, "isNone": found.components.isEmpty,
        "hits": found.components.map { hit in
          [
            "href": call.site.link(toComponent: hit.address), "address": hit.address,
            "displayName": hit.component.displayName.map { [$0] } ?? [],
            "facts": [hit.partOf.map { "of \($0)" }, hit.label.map { "label “\($0)”" }]
              .compactMap(\.self).joined(separator: ", "),
          ] as [String: Any]
        },
      ],
      for: call
    )
  }
}
