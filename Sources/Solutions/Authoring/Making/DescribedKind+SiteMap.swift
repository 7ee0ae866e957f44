extension DescribedKind {
  /// What the navigation of an app leads to (PF-613).
  static let siteMap = DescribedKind(
    "siteMaps",
    title: "a site map",
    step: 4,
    fields: [
      .labels("displayName", ["LocalizedNames"], "LocalizedName", "what people see of it"),
      shown("home", "ShowHome", "whether it leads home"),
      shown("recent", "ShowRecents", "whether it shows what was open last"),
      shown("pinned", "ShowPinned", "whether it shows what people have pinned"),
      shown("collapsible", "EnableCollapsibleGroups", "whether groups can be closed"),
    ],
    own: [
      (
        "file", "a file with its XML, in place of areas"
      ),
      (
        "areas",
        "its areas by their titles, each with groups by their titles, each a list of tables or of {title, table, url, dashboard, webResource, icon}"
      ),
    ],
    id: { name, _ in ComponentID(.siteMap, name.lowercased()) },
    names: { part in Set(part.value("areas").map(tables) ?? []) },
    content: { map in
      (map.element(at: ["SiteMap"])?.source).map { (".xml", DescribedFiles.Content.bytes($0)) }
    },
    tell: { telling, map in
      let areas = telling.areas(of: map.document.root.child("SiteMap"))
      return [areas.map { [Said.Pair("areas", Said(.pairs($0)))] }, telling.file(of: map)]
        .compactMap(\.self)
    },
    make: { making, part throws(Unsound) in try making.siteMap(part) }
  )

  private static func shown(_ word: String, _ setting: String, _ about: String) -> Field {
    Field(
      name: word,
      about: about,
      tell: Field.text(at: [setting]) { ["True": "yes", "False": "no"][$0] }
    ) { said, _ throws(Unsound) in
      [.text([setting], try said.isYes() ? "True" : "False")]
    }
  }

  /// What may be tables.
  private static func tables(_ said: Said) -> [ComponentID] {
    switch said.content {
    case .text(let text): [.entity(text.lowercased())]
    case .list(let items): items.flatMap(tables)
    case .pairs(let pairs): pairs.flatMap { tables($0.value) }
    }
  }
}

extension BlueprintMaking {
  fileprivate mutating func siteMap(_ part: Blueprint.Part) throws(Unsound) {
    if !takeUp(part.id, at: part.line) {
      requirePrefix(part.id, part.name, at: part.line)
      guard part.value("areas") != nil || part.value("file") != nil else {
        throw Unsound(line: part.line, problem: "the site map \(part.name) needs areas, or a file")
      }
      let label = Said.label("displayName", in: part.said, context) ?? part.name
      put(part.id, .siteMap(part.name, label, context), at: part.line)
    }
    guard element(part.id)?.name == "AppModuleSiteMap" else {
      throw Unsound(
        line: part.line,
        problem:
          "the site map of the organization is none of an app, and no file describes it"
      )
    }
    try say(part, .siteMap)
    if let file = part.value("file") {
      guard part.value("areas") == nil else {
        throw file.unsound("the site map \(part.name) has areas or a file, and not both")
      }
      let map = try context.files.document(at: file, named: ["SiteMap"])
      say(.element([], map), of: part.id, at: file.line)
    }
    guard let said = part.value("areas") else { return }
    let areas = try said.pairs().map { area throws(Unsound) in try self.area(area, in: part.id) }
    guard !areas.isEmpty else { throw said.unsound("a site map has one area at least") }
    try change(part.id) { map throws(Unsound) in
      map.change(["SiteMap"]) { map in map.put(areas) { $0.name == "Area" } }
    }
  }

  private func area(_ area: Said.Pair, in map: ComponentID) throws(Unsound) -> Element {
    let place = [map.key, area.key]
    let groups = try area.value.pairs().map { group throws(Unsound) in
      let place = place + [group.key]
      let leaves = try group.value.items().map { item throws(Unsound) in
        try subArea(item, at: place)
      }
      let facts = [
        ("ResourceId", "SitemapDesigner.NewGroup"),
        ("DescriptionResourceId", "SitemapDesigner.NewGroup"), ("IntroducedVersion", "7.0.0.0"),
        ("IsProfile", "false"), ("ToolTipResourseId", "SitemapDesigner.Unknown"),
      ]
      return Element(
        "Group",
        [("Id", mapID("group", place))] + facts,
        children: [titles(group.key)] + leaves
      )
    }
    let facts = [
      ("ResourceId", "SitemapDesigner.NewTitle"),
      ("DescriptionResourceId", "SitemapDesigner.NewTitle"), ("ShowGroups", "true"),
      ("IntroducedVersion", "7.0.0.0"),
    ]
    return Element(
      "Area",
      [("Id", mapID("area", place))] + facts,
      children: [titles(area.key)] + groups
    )
  }

  /// What one of its lines leads to: a table by its name, or what words say.
  private func subArea(_ said: Said, at place: [String]) throws(Unsound) -> Element {
    var (target, title, icon): (Element.Attribute?, String?, String?) = (nil, nil, nil)
    func attribute(_ name: String, _ value: String) -> Element.Attribute {
      Element.Attribute(name: name, value: value, origin: .bottom)
    }
    let words = ["table", "url", "dashboard", "webResource", "title", "icon"]
    for pair in try said.named() {
      switch pair.key {
      case "table", "name":
        let table = try pair.value.name().lowercased()
        guard isThere(.entity(table)) else {
          throw pair.value.unsound("there is no table \(table)")
        }
        target = attribute("Entity", table)
      case "url": target = attribute("Url", try pair.value.name())
      case "webResource":
        target = attribute("Url", "$webresource:\(try webResource(pair.value))")
      case "dashboard":
        let text = try pair.value.name()
        guard let id = GUID(text) else { throw pair.value.unsound("“\(text)” is no GUID") }
        target = attribute("DefaultDashboard", id.description)
      case "title": title = try pair.value.name()
      case "icon": icon = "$webresource:\(try webResource(pair.value))"
      default: throw .unknown(pair, among: words, of: "a line of a site map")
      }
    }
    guard let target else {
      throw said.unsound("a line of a site map leads to a table, url, dashboard or webResource")
    }
    if target.name != "Entity", title == nil { throw said.unsound("it needs a title") }
    let dashboards = ("Url", "/workplace/home_dashboards.aspx")
    let attributes =
      [
        ("Id", mapID("subarea", place + [target.name, target.value])),
        ("Icon", icon ?? "/_imgs/imagestrips/transparent_spacer.gif"),
      ] + (target.name == "DefaultDashboard" ? [dashboards] : [])
      + [
        (target.name, target.value),
        ("Client", "All,Outlook,OutlookLaptopClient,OutlookWorkstationClient,Web"),
        ("AvailableOffline", "true"), ("PassParams", "false"), ("Sku", "All,OnPremise,Live,SPLA"),
      ]
    return Element("SubArea", attributes, children: title.map { [titles($0)] } ?? [])
  }

  /// A web resource that is there, by its name.
  func webResource(_ said: Said) throws(Unsound) -> String {
    let name = try said.name()
    guard isThere(ComponentID(.webResource, name)) else {
      throw said.unsound("there is no web resource \(name)")
    }
    return name
  }

  private func titles(_ title: String) -> Element {
    Element("Titles", children: [Element("Title", [("LCID", context.language), ("Title", title)])])
  }

  private func mapID(_ kind: String, _ place: [String]) -> String {
    "\(kind)_\(GUID(from: "made", kind, place.joined(separator: "\n")).description.prefix(8))"
  }
}

extension Telling {
  /// Areas of a site map as words say them; nil where it has more than they can say.
  fileprivate func areas(of map: Element?) -> [Said.Pair]? {
    let areas = (map?.children ?? []).map { area -> Said.Pair? in
      let groups = area.children.filter { $0.name == "Group" }.map { group -> Said.Pair? in
        let leaves = group.children.filter { $0.name == "SubArea" }.map(leaf)
        guard let title = title(of: group), !leaves.contains(nil) else { return nil }
        return Said.Pair(title, Said(items: leaves.compactMap(\.self)))
      }
      guard let title = title(of: area), let groups = Said.apart(groups) else { return nil }
      return Said.Pair(title, Said(.pairs(groups)))
    }
    return areas.isEmpty ? nil : Said.apart(areas)
  }

  /// What one of its lines leads to.
  private func leaf(_ leaf: Element) -> Said? {
    let start = "$webresource:"
    var words: [Said.Pair] = []
    if let table = leaf.attribute("Entity") { words.append(Said.Pair("table", text: table)) }
    if let id = leaf.attribute("DefaultDashboard") {
      words.append(Said.Pair("dashboard", text: id))
    } else if let url = leaf.attribute("Url") {
      words.append(
        url.hasPrefix(start)
          ? Said.Pair("webResource", text: String(url.dropFirst(start.count)))
          : Said.Pair("url", text: url)
      )
    }
    guard words.count == 1 else { return nil }
    if let title = title(of: leaf) { words.append(Said.Pair("title", text: title)) }
    if let icon = leaf.attribute("Icon"), icon.hasPrefix(start) {
      words.append(Said.Pair("icon", text: String(icon.dropFirst(start.count))))
    }
    let isName = words.count == 1 && words[0].key == "table"
    return isName ? words[0].value : Said(.pairs(words))
  }

  private func title(of element: Element) -> String? {
    element.child("Titles")?.children.first { $0.attribute("LCID") == making.context.language }?
      .attribute("Title")
  }
}

extension Element {
  fileprivate static func siteMap(
    _ name: String,
    _ label: String,
    _ context: MakingContext
  ) -> Element {
    let facts = [
      ("SiteMapUniqueName", name), ("EnableCollapsibleGroups", "False"), ("ShowHome", "True"),
      ("ShowPinned", "True"), ("ShowRecents", "True"),
    ]
    return Element(
      "AppModuleSiteMap",
      children: facts.map { Element($0, text: $1) } + [
        Element("SiteMap", [("IntroducedVersion", "7.0.0.0")]),
        .labels("LocalizedNames", "LocalizedName", label, context),
      ]
    )
  }
}
