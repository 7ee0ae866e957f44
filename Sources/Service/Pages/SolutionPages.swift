internal import Contract
internal import Faces
internal import HTTPTypes
internal import Reading
internal import Solutions

extension Page {
  /// Solutions, with what can be done to each (UX-101…108).
  static let solutions = Page(method: .get, path: "/", role: .viewer) { call in
    let site = call.site
    let status = try await site.status()
    let asOf = try call.queryNumber("asOf")
    let all = try await site.solutions(asOf: asOf).solutions
    let running = await site.jobs.all.filter { !$0.isOver }
    let staged = Set(all.compactMap(\.pendingUpgradeOf))
    return try Page.render(
      .solutions,
      title: "Solutions",
      at: .solutions,
      [
        "location": status.location, "revision": status.revision,
        "asOf": asOf.map { [$0] } ?? [], "isNow": asOf == nil, "isEmpty": all.isEmpty,
        "running": running.map { ["title": $0.title, "href": "\(site.base)/jobs/\($0.id)"] },
        "solutions": families(of: all).map { row($0, staged: staged, call) },
      ],
      for: call
    )
  }

  /// The newest first, and below each what belongs to it, as versions compare (LC-203).
  static func families(of all: [SolutionsShape.Item]) -> [SolutionsShape.Item] {
    func parent(_ item: SolutionsShape.Item) -> SolutionName? {
      (item.patchOf ?? item.pendingUpgradeOf).flatMap { SolutionName($0) }
    }
    let names = Set(all.compactMap { SolutionName($0.uniqueName) })
    let bases = all.filter { item in parent(item).map { !names.contains($0) } ?? true }
      .sorted { ($0.updatedOn ?? "", $1.uniqueName) > ($1.updatedOn ?? "", $0.uniqueName) }
    let below = Dictionary(grouping: all.filter { parent($0) != nil }) { parent($0) }
      .mapValues { items in
        items.compactMap { item in SolutionVersion(item.version).map { (item: item, version: $0) } }
          .sorted { $0.version < $1.version }.map(\.item)
      }
    return bases.flatMap { [$0] + (below[SolutionName($0.uniqueName)] ?? []) }
  }

  private static func row(
    _ item: SolutionsShape.Item,
    staged: Set<String>,
    _ call: Call
  ) -> [String: Any] {
    [
      "displayName": item.displayName.isEmpty ? item.uniqueName : item.displayName,
      "path": item.uniqueName.escapedForAddress
        + (call.query("asOf").map { "?asOf=\($0.escapedForAddress)" } ?? ""),
      "name": item.uniqueName, "version": item.version,
      "publisher": item.publisher, "managed": item.managed ? "Managed" : "Unmanaged",
      "installed": clockTime(item.installedOn), "updated": clockTime(item.updatedOn),
      "patchOf": item.patchOf.map { [$0] } ?? [],
      "pendingOf": item.pendingUpgradeOf.map { [$0] } ?? [],
      "class": item.patchOf == nil && item.pendingUpgradeOf == nil ? "" : "below",
      "exports": call.query("asOf") != nil || item.managed || item.pendingUpgradeOf != nil
        || call.user.role < .planner
        ? []
        : [["", "Export"], ["?managed=true", "Export as managed"]].map { pair in
          [
            "href":
              "\(call.site.base)\(Routes.api)/solutions/\(item.uniqueName.escapedForAddress)/package\(pair[0])",
            "words": pair[1], "solution": item.uniqueName,
          ]
        },
      "dialogs": call.user.role < .planner || call.query("asOf") != nil
        ? [] : dialogs(for: item, isStaged: staged.contains(item.uniqueName), call.site),
      "commands": call.user.role < .planner || call.query("asOf") != nil
        ? [] : commands(for: item, isStaged: staged.contains(item.uniqueName)),
    ]
  }

  /// What can be done to a solution as it stands: Apply Solution Upgrade only where one is staged (UX-106).
  private static func commands(
    for item: SolutionsShape.Item,
    isStaged: Bool
  ) -> [[String: Any]] {
    func command(_ words: String, _ verb: PlanOrder.Verb, _ name: String, isMain: Bool = false)
      -> [String: Any]
    {
      ["words": words, "verb": verb.rawValue, "solution": name, "isMain": isMain]
    }
    if let base = item.pendingUpgradeOf { return [command("Discard", .discardUpgrade, base)] }
    let name = item.uniqueName
    if isStaged { return [command("Apply Solution Upgrade", .applyUpgrade, name, isMain: true)] }
    guard !item.managed else { return [command("Delete", .uninstall, name)] }
    return [command("Delete", .uninstall, name)]
  }

  /// Pages of what else can be done: data of a staged upgrade, clones of unmanaged solutions that are no patches (UX-703).
  private static func dialogs(
    for item: SolutionsShape.Item,
    isStaged: Bool,
    _ site: Site
  ) -> [[String: Any]] {
    if isStaged {
      return [
        [
          "words": "Migrate data", "solution": item.uniqueName,
          "href": "\(site.link(toSolution: item.uniqueName))/migration",
        ]
      ]
    }
    guard !item.managed, item.patchOf == nil else { return [] }
    return [("Clone a patch", "patch"), ("Clone solution", "solution")].map { words, kind in
      [
        "words": words, "solution": item.uniqueName,
        "href": "\(site.link(toSolution: item.uniqueName))/clone?as=\(kind)",
      ]
    }
  }

  /// One solution with its objects (UX-901…902).
  static let solution = Page(method: .get, path: "/solutions/{name}", role: .viewer) { call in
    let site = call.site
    let asOf = try call.queryNumber("asOf")
    let contents = try await site.contents(try call.path("name"), asOf: asOf)
    let solution = SolutionShape(contents)
    let item = solution.solution
    let components = ComponentsShape(contents).components
    return try Page.render(
      .solution,
      title: item.displayName,
      at: .solutions,
      [
        "displayName": item.displayName, "name": item.uniqueName, "version": item.version,
        "publisher": item.publisher, "managed": item.managed ? "yes" : "no",
        "isManaged": item.managed, "asOf": asOf.map { [$0] } ?? [],
        "installed": item.installedOn.map { [clockTime($0)] } ?? [],
        "updated": item.updatedOn.map { [clockTime($0)] } ?? [],
        "related": solution.related.map { other in
          [
            "words": other.patchOf == nil ? "Beside it:" : "Patch:", "name": other.uniqueName,
            "version": other.version, "href": site.link(toSolution: other.uniqueName),
          ]
        },
        "kinds": components.grouped(by: \.component.kind).sorted(by: { $0.key < $1.key }).map {
          kind($0.key, $0.elements, isOpen: components.count <= 60, asOf, site)
        },
      ],
      for: call
    )
  }

  /// More are found by their names.
  private static let objectsMax = 500

  private static func kind(
    _ name: String,
    _ items: [ComponentsShape.Item],
    isOpen: Bool,
    _ asOf: Int?,
    _ site: Site
  ) -> [String: Any] {
    let more = items.count - objectsMax
    return [
      "kind": ComponentKinds.standard[spoken: name]?.title ?? name, "count": items.count,
      "isOpen": isOpen,
      "components": items.prefix(objectsMax).map { item in
        let facts = [
          "\(item.layers.counted("layer").text)", item.componentState == 0 ? nil : "draft",
          item.state?.rawValue,
        ]
        return [
          "name": item.component.name, "displayName": item.component.displayName.map { [$0] } ?? [],
          "facts": facts.compactMap(\.self).joined(separator: ", "),
          "href": site.link(toComponent: "\(name):\(item.component.name)", asOf: asOf),
        ] as [String: Any]
      },
      "more": more > 0 ? ["and \(more) more: find them by name above"] : [],
    ]
  }
}
