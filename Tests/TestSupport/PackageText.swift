internal import SolutionPackages
package import Solutions

/// A package in a few lines of text, for tests of rules: data survives refactoring.
///
/// ```
/// X 1.0.0.0 by pub                    also: unmanaged, patch of Y, prefix p (new where none is given)
/// table t                             with the label "t"
/// column t.a nvarchar 100 Label       type, length and label may be missing
/// choice c 1 2 3                      a global choice
/// column t.c picklist 1 2             a column with a local choice
/// relationship r t.u -> v             one-to-many, t refers to v by t.u; `-> v Cascade` says what deleting does
/// many r t u                          many-to-many
/// primary t.name                      the primary name column
/// ribbon t b c                        a ribbon of t with the buttons b and c
/// map a b                             the organization's site map with these areas; `map - a` is a difference that
///                                     takes one out
/// link v1 t u.a                       a view of t that shows and filters by u's column a, filter first
/// view v1 t a b                       a view of t that shows columns; `customizable=false` among them closes it
/// form f1 t a b                       a form of t with these columns; `f1 t + a` is a difference that adds, `f1 t - a`
///                                     one that removes; among the columns, `fallback=false` makes it no fallback and
///                                     `active=false` deactivates it
/// key t.k a                           an alternate key
/// resource new_/a.js text             a web resource with a part
/// role r1                             a role
/// assembly Plug 1.0.0.0 Plug.A Plug.B an assembly with types
/// shell t                             the table as shell, no settings
/// foreign t.a nvarchar 50             a column row without managed properties (another's column)
/// locked t.a IsCustomizable           managed properties of a column or table above that are false
/// allowed t.a IsRenameable            managed properties that are true
/// needs Attribute t.a from Y          a missing dependency
/// root 60 f1                          a root without content
/// root 62                             the organization's site map as a root without content
/// xml Workflows <Workflow …/>         a section's content as it is written in `customizations.xml`
/// file Workflows/a.json {…}           a file of the package
/// manifest <RootComponent …/>         a root, a need or a setting as it is written in `solution.xml`
/// inside t <Visualizations>…          what stands in a table's element
/// facts t <IsActivity>1</IsActivity>  what stands among a table's settings
/// attribute t <attribute …/>          a column as it is written
/// systemform t <systemform>…          a form as it is written
/// ```
package struct PackageText: Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  /// The archive that the text stands for.
  package func archive() -> [UInt8] {
    var parts = Parts()
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      .filter { !$0.isEmpty }
    for line in lines.dropFirst() { parts.read(line) }
    var zip = ZipWriter()
    zip.add("customizations.xml", Array(parts.customizations.utf8))
    zip.add("solution.xml", Array(Self.manifest(lines.first ?? [], parts).utf8))
    zip.add("[Content_Types].xml", Array("<Types></Types>".utf8))
    for (path, content) in parts.files { zip.add(path, Array(content.utf8)) }
    return zip.bytes()
  }

  /// The package, read the way every package is.
  package func read() throws -> SolutionPackage {
    try PackageReader().read(archive(), file: "test.zip")
  }

  private static func manifest(_ words: [String], _ parts: Parts) -> String {
    func word(after name: String) -> String? {
      words.firstIndex(of: name).flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
    }
    let parent = word(after: "of").map {
      "<ParentSolution><UniqueName>\($0)</UniqueName></ParentSolution>"
    }
    return """
      <ImportExportXml version="9.2.0.0" SolutionPackageVersion="9.2" languagecode="1033"><SolutionManifest>
      <UniqueName>\(words.first ?? "")</UniqueName>\(parent ?? "")
      <Version>\(words.count > 1 ? words[1] : "")</Version>
      <Managed>\(words.contains("unmanaged") ? 0 : 1)</Managed>
      <Publisher><UniqueName>\(word(after: "by") ?? "pub")</UniqueName>
      <CustomizationPrefix>\(word(after: "prefix") ?? "new")</CustomizationPrefix>
      <CustomizationOptionValuePrefix>10000</CustomizationOptionValuePrefix></Publisher>
      <RootComponents>\(parts.roots.joined())</RootComponents>
      <MissingDependencies>\(parts.needs.joined())</MissingDependencies>\(parts.others.joined())
      </SolutionManifest></ImportExportXml>
      """
  }

  /// A GUID for a short name, the same everywhere.
  package static func guid(_ name: String) -> String {
    let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    let padded = String(repeating: "0", count: 16 - digits.count) + digits
    return "00000000-0000-4000-\(padded.prefix(4))-\(padded.suffix(12))"
  }
}

/// Sections of `customizations.xml` as they fill up.
private struct Parts {
  var roots: [String] = []
  var needs: [String] = []
  var others: [String] = []
  var files: [(String, String)] = []
  private var tables: [String: Table] = [:]
  private var sections: [String: [String]] = [:]

  struct Table {
    var hasSettings = false
    var flags: [String: Int] = [:]
    var columns: [String] = []
    var keys: [String] = []
    var views: [String] = []
    var forms: [String] = []
    var facts: [String] = []
    var others: [String] = []
    var ribbon = "<RibbonDiffXml/>"
  }

  mutating func read(_ words: [String]) {
    let rest = Array(words.dropFirst())
    if words[0] == "map" { return map(rest) }
    if words == ["root", "62"] {
      roots.append("<RootComponent type=\"62\" behavior=\"0\"/>")
      return
    }
    guard let name = rest.first else { return }
    switch words[0] {
    case "table":
      tables[name, default: Table()].hasSettings = true
      roots.append("<RootComponent type=\"1\" schemaName=\"\(name)\" behavior=\"0\"/>")
    case "shell":
      tables[name, default: Table()].hasSettings = false
      roots.append("<RootComponent type=\"1\" schemaName=\"\(name)\" behavior=\"2\"/>")
    case "column": column(rest, isOwn: true)
    case "foreign": column(rest, isOwn: false)
    case "locked": flag(name, rest.dropFirst(), 0)
    case "allowed": flag(name, rest.dropFirst(), 1)
    case "required": flag(name, ["RequiredLevel"], "systemrequired")
    case "choice":
      sections["optionsets", default: []].append(
        "<optionset Name=\"\(name)\"><OptionSetType>picklist</OptionSetType>"
          + "<IsCustomizable>1</IsCustomizable>\(options(rest.dropFirst()))</optionset>"
      )
      roots.append("<RootComponent type=\"9\" schemaName=\"\(name)\" behavior=\"0\"/>")
    case "relationship":
      let from = rest[1].split(separator: ".").map(String.init)
      sections["EntityRelationships", default: []].append(
        "<EntityRelationship Name=\"\(name)\"><EntityRelationshipType>OneToMany</EntityRelationshipType>"
          + "<ReferencingEntityName>\(from[0])</ReferencingEntityName>"
          + "<ReferencedEntityName>\(rest[3])</ReferencedEntityName>"
          + (rest.count > 4 ? "<CascadeDelete>\(rest[4])</CascadeDelete>" : "")
          + "<ReferencingAttributeName>\(from[1])</ReferencingAttributeName><IsCustomizable>1</IsCustomizable></EntityRelationship>"
      )
    case "many":
      sections["EntityRelationships", default: []].append(
        "<EntityRelationship Name=\"\(name)\"><EntityRelationshipType>ManyToMany</EntityRelationshipType>"
          + "<FirstEntityName>\(rest[1])</FirstEntityName><SecondEntityName>\(rest[2])</SecondEntityName>"
          + "<IsCustomizable>1</IsCustomizable></EntityRelationship>"
      )
    case "primary":
      let path = name.split(separator: ".").map(String.init)
      tables[path[0], default: Table()].columns.append(
        "<attribute PhysicalName=\"\(path[1])\"><Type>nvarchar</Type><LogicalName>\(path[1])</LogicalName>"
          + "<IsCustomizable>1</IsCustomizable><DisplayMask>PrimaryName|ValidForGrid</DisplayMask></attribute>"
      )
    case "ribbon":
      tables[name, default: Table()].ribbon =
        "<RibbonDiffXml><CustomActions>"
        + rest.dropFirst().map { "<CustomAction Id=\"\($0)\"/>" }.joined()
        + "</CustomActions></RibbonDiffXml>"
    case "link":
      let path = rest[2].split(separator: ".").map(String.init)
      tables[rest[1], default: Table()].views.append(
        "<savedquery><IsCustomizable>1</IsCustomizable><savedqueryid>{\(PackageText.guid(name))}</savedqueryid>"
          + "<fetchxml><fetch><entity name=\"\(rest[1])\"><filter><condition entityname=\"x\" attribute=\"\(path[1])\""
          + " operator=\"null\"/></filter><order entityname=\"x\" attribute=\"\(path[1])\"/>"
          + "<link-entity name=\"\(path[0])\" alias=\"x\"/></entity></fetch></fetchxml></savedquery>"
      )
    case "view": view(rest)
    case "form": form(rest)
    case "key":
      let key = name.split(separator: ".").map(String.init)
      tables[key[0], default: Table()].keys.append(
        "<EntityKey><Name>\(key[1])</Name><LogicalName>\(key[1])</LogicalName><EntityKeyAttributes>"
          + rest.dropFirst().map { "<AttributeName>\($0)</AttributeName>" }.joined()
          + "</EntityKeyAttributes><IsCustomizable>1</IsCustomizable></EntityKey>"
      )
    case "resource":
      let file = "WebResources/" + name.filter { $0.isLetter }
      files.append((file, rest.dropFirst().joined(separator: " ")))
      sections["WebResources", default: []].append(
        "<WebResource><Name>\(name)</Name><WebResourceType>3</WebResourceType>"
          + "<IsCustomizable>1</IsCustomizable><FileName>/\(file)</FileName></WebResource>"
      )
      roots.append("<RootComponent type=\"61\" schemaName=\"\(name)\" behavior=\"0\"/>")
    case "role":
      sections["Roles", default: []].append(
        "<Role id=\"\(PackageText.guid(name))\" name=\"\(name)\"><IsCustomizable>1</IsCustomizable></Role>"
      )
      roots.append("<RootComponent type=\"20\" id=\"{\(PackageText.guid(name))}\" behavior=\"0\"/>")
    case "assembly": assembly(rest)
    case "needs":
      let target = rest[1].split(separator: ".").map(String.init)
      let parent = target.count > 1 ? " parentSchemaName=\"\(target[0])\"" : ""
      needs.append(
        "<MissingDependency><Required type=\"\(["Attribute": 2, "WebResource": 61][name] ?? 1)\" schemaName=\"\(target[target.count - 1])\""
          + "\(parent) displayName=\"\(rest[1])\" solution=\"\(rest[3]) (1.0)\"/>"
          + "<Dependent type=\"60\" displayName=\"form\" id=\"{\(PackageText.guid("x"))}\"/></MissingDependency>"
      )
    case "xml": sections[name, default: []].append(rest.dropFirst().joined(separator: " "))
    case "file": files.append((name, rest.dropFirst().joined(separator: " ")))
    case "manifest":
      let xml = rest.joined(separator: " ")
      if xml.hasPrefix("<MissingDependency>") {
        needs.append(xml)
      } else if xml.hasPrefix("<RootComponent") {
        roots.append(xml)
      } else {
        others.append(xml)
      }
    case "inside":
      tables[name, default: Table()].others.append(rest.dropFirst().joined(separator: " "))
    case "facts":
      tables[name, default: Table()].facts.append(rest.dropFirst().joined(separator: " "))
    case "attribute":
      tables[name, default: Table()].columns.append(rest.dropFirst().joined(separator: " "))
    case "systemform":
      tables[name, default: Table()].forms.append(rest.dropFirst().joined(separator: " "))
    case "root":
      let target =
        name == "60" ? "id=\"{\(PackageText.guid(rest[1]))}\"" : "schemaName=\"\(rest[1])\""
      roots.append("<RootComponent type=\"\(name)\" \(target) behavior=\"0\"/>")
    default: preconditionFailure("test text has no line “\(words.joined(separator: " "))”")
    }
  }

  private func options(_ values: some Sequence<String>) -> String {
    "<options>"
      + values.map {
        "<option value=\"\($0)\"><labels><label description=\"o\($0)\" languagecode=\"1033\"/></labels></option>"
      }
      .joined() + "</options>"
  }

  private mutating func column(_ words: [String], isOwn: Bool) {
    let path = words[0].split(separator: ".").map(String.init)
    let type = words.count > 1 ? words[1] : "nvarchar"
    var xml =
      "<attribute PhysicalName=\"\(path[1])\"><Type>\(type)</Type><LogicalName>\(path[1])</LogicalName>"
    if isOwn { xml += "<IsCustomizable>1</IsCustomizable>" }
    if type == "picklist" {
      xml += "<optionset Name=\"\(path[0])_\(path[1])\">\(options(words.dropFirst(2)))</optionset>"
    } else if words.count > 2 {
      xml += "<MaxLength>\(words[2])</MaxLength>"
    }
    if words.count > 3, type != "picklist" {
      xml +=
        "<displaynames><displayname description=\"\(words[3])\" languagecode=\"1033\"/></displaynames>"
    }
    tables[path[0], default: Table()].columns.append(xml + "</attribute>")
  }

  private mutating func flag(_ name: String, _ names: some Sequence<String>, _ value: Int) {
    guard name.contains(".") else {
      for flag in names { tables[name, default: Table()].flags[flag] = value }
      return
    }
    flag(name, names, "\(value)")
  }

  private mutating func flag(_ name: String, _ names: some Sequence<String>, _ value: String) {
    let path = name.split(separator: ".").map(String.init)
    for flag in names {
      let columns = tables[path[0]]?.columns ?? []
      tables[path[0]]?.columns = columns.map { column in
        guard column.contains("<LogicalName>\(path[1])<") else { return column }
        let plain = column.replacing("<\(flag)>1</\(flag)>", with: "")
        return plain.replacing("</attribute>", with: "<\(flag)>\(value)</\(flag)></attribute>")
      }
    }
  }

  private mutating func map(_ words: [String]) {
    let mark = words.first == "-" ? " solutionaction=\"Removed\"" : ""
    let areas = words.filter { $0 != "-" }.map { "<Area Id=\"\($0)\"\(mark)/>" }
    sections["SiteMap", default: []].append("<SiteMap>\(areas.joined())</SiteMap>")
    roots.append("<RootComponent type=\"62\" behavior=\"0\"/>")
  }

  private mutating func view(_ words: [String]) {
    let cells = words.dropFirst(2).filter { $0 != "customizable=false" }
    let isOpen = !words.contains("customizable=false")
    tables[words[1], default: Table()].views.append(
      "<savedquery><IsCustomizable>\(isOpen ? 1 : 0)</IsCustomizable><savedqueryid>{\(PackageText.guid(words[0]))}</savedqueryid>"
        + "<layoutxml><grid><row>\(cells.map { "<cell name=\"\($0)\"/>" }.joined())</row></grid></layoutxml>"
        + "<fetchxml><fetch><entity name=\"\(words[1])\">"
        + cells.map { "<attribute name=\"\($0)\"/>" }.joined()
        + "</entity></fetch></fetchxml><LocalizedNames><LocalizedName description=\"\(words[0])\" languagecode=\"1033\"/></LocalizedNames></savedquery>"
    )
  }

  private mutating func form(_ words: [String]) {
    let action = words.count > 2 ? ["+": "Added", "-": "Removed"][words[2]] : nil
    let mark = action.map { " solutionaction=\"\($0)\"" } ?? ""
    let cells = words.dropFirst(action == nil ? 2 : 3).filter { !$0.contains("=") }.map {
      "<cell id=\"{\(PackageText.guid("cell" + $0))}\"\(mark)>"
        + (action == "Removed" ? "" : "<control id=\"\($0)\" datafieldname=\"\($0)\"/>") + "</cell>"
    }.joined()
    let state =
      words.first { $0.hasPrefix("active=") }.map {
        "<FormActivationState>\($0.hasSuffix("true") ? 1 : 0)</FormActivationState>"
      } ?? ""
    let conditions = words.first { $0.hasPrefix("fallback=") }.map {
      "<DisplayConditions Order=\"1\" FallbackForm=\"\($0.dropFirst("fallback=".count))\"/>"
    }
    tables[words[1], default: Table()].forms.append(
      "<systemform><formid>{\(PackageText.guid(words[0]))}</formid><form><tabs><tab id=\"{1}\"><columns><column>"
        + "<sections><section id=\"{2}\"><rows><row>\(cells)</row></rows></section></sections></column></columns></tab></tabs>"
        + "\(conditions ?? "")</form>\(state)<IsCustomizable>1</IsCustomizable><LocalizedNames><LocalizedName description=\"\(words[0])\" languagecode=\"1033\"/></LocalizedNames></systemform>"
    )
  }

  private mutating func assembly(_ words: [String]) {
    let full = "\(words[0]), Version=\(words[1]), Culture=neutral, PublicKeyToken=null"
    sections["SolutionPluginAssemblies", default: []].append(
      "<PluginAssembly FullName=\"\(full)\"><PluginTypes>"
        + words.dropFirst(2).map {
          "<PluginType AssemblyQualifiedName=\"\($0), \(full)\" Name=\"\($0)\"/>"
        }
        .joined() + "</PluginTypes></PluginAssembly>"
    )
    roots.append("<RootComponent type=\"91\" schemaName=\"\(full)\" behavior=\"0\"/>")
  }

  var customizations: String {
    let entities = tables.sorted { $0.key < $1.key }.map { name, table in
      let flags = table.flags.merging(["IsCustomizable": 1]) { said, _ in said }
        .sorted { $0.key < $1.key }.map { "<\($0.key)>\($0.value)</\($0.key)>" }.joined()
      let settings =
        table.hasSettings
        ? "<OwnershipTypeMask>UserOwned</OwnershipTypeMask>\(flags)\(table.facts.joined())" : ""
      return
        "<Entity><Name LocalizedName=\"\(name)\">\(name)</Name><EntityInfo><entity Name=\"\(name)\">"
        + "<attributes>\(table.columns.joined())</attributes><EntityKeys>\(table.keys.joined())</EntityKeys>"
        + "\(settings)</entity></EntityInfo><FormXml><forms type=\"main\">\(table.forms.joined())</forms></FormXml>"
        + "<SavedQueries><savedqueries>\(table.views.joined())</savedqueries></SavedQueries>\(table.ribbon)\(table.others.joined())</Entity>"
    }
    let others = sections.sorted { $0.key < $1.key }.map {
      "<\($0.key)>\($0.value.joined())</\($0.key)>"
    }
    return
      "<ImportExportXml><Entities>\(entities.joined())</Entities>\(others.joined())</ImportExportXml>"
  }
}

extension PackageText {
  /// The package as its authors look at it.
  package func authored(beside: [SolutionPackage] = []) throws -> AuthoredPackage {
    let (reader, bytes) = (PackageReader(), archive())
    let package = try reader.read(bytes, file: "test.zip")
    let wanted = AuthoredPackage.textFiles(of: package)
    return AuthoredPackage(
      package,
      texts: try reader.texts(of: wanted, in: bytes, file: "test.zip"),
      beside: beside
    )
  }
}
