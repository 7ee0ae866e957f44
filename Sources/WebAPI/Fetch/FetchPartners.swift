internal import Solutions
internal import XML

/// Links that say which partners a row has, and show nothing of them: `exists`, `in`, `any`, `not any`, `all`, `not all`.
extension FetchBuilding {
  /// Nesting costs a query each.
  private static let depthMax = 10

  func partners(
    _ link: XMLElement,
    _ model: TableModel,
    as alias: String? = nil
  ) async throws -> RowQuery.Filter {
    guard let name = link.attribute("name")?.lowercased(), let from = link.attribute("from"),
      let to = link.attribute("to")
    else { throw WebError.badQuery("a link-entity has name, from and to") }
    guard Self.depth(of: link) <= Self.depthMax else {
      throw WebError.badQuery("more than \(Self.depthMax) linked entities lie within each other")
    }
    let type = (link.attribute("link-type") ?? "").lowercased()
    let target = try await catalog.model(of: name)
    let key = try column(from, of: target).name
    let path = RowQuery.ColumnPath(try column(to, of: model).name, of: alias)
    var inner = inner(target)
    let filters = try await inner.conditions(link, target)
    // What leads nowhere is nobody's partner, and makes no other value unknown.
    let led = RowQuery.Filter.not(.isNull(RowQuery.ColumnPath(key)))
    let found = RowQuery.Filter.isFound(path, inner.finish(key, where: filters + [led]))
    let none = RowQuery.Filter.any([.isNull(path), .not(found)])
    switch type {
    case "exists", "in", "any", "not all": return found
    case "not any": return none
    case "all":
      var anyone = self.inner(target)
      return .all([.isFound(path, anyone.finish(key, where: [led])), none])
    default: throw WebError(missing: "link-type \(type.shown(40)) in FetchXML")
    }
  }

  private static func depth(of link: XMLElement) -> Int {
    var (depth, element) = (0, link.parent)
    while let above = element {
      if above.name == "link-entity" { depth += 1 }
      element = above.parent
    }
    return depth
  }
}
