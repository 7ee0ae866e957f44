import Solutions
import XML

/// Where the elements of `customizations.xml` lie in an unpacked solution: the layout of SolutionPackager.
///
/// What has no place here stays in `Other/Customizations.xml`.
enum FolderLayout {
  static let manifest = "Other/Solution.xml"
  static let customizations = "Other/Customizations.xml"
  static let relationshipNames = "Other/Relationships.xml"
  static let relationships = "Other/Relationships/"
  /// Files of the package that have no place of their own in the layout.
  static let parts = "Other/Parts/"
  /// The same files where the managed package has them otherwise, by their paths in the folder.
  static let managedParts = "Other/Managed/"

  /// Elements of a section with one file each.
  struct Items {
    let section: String
    let item: String
    let folder: String
    let place: Place
  }

  enum Place {
    /// `FOLDER/NAME.xml`, with what may follow the name.
    case file(name: [String], suffix: String)
    /// `FOLDER/NAME/FILE`.
    case folder(name: [String], file: String)
    /// Beside the content that the element names, as `CONTENT.data.xml`.
    case beside([String])
    /// Beside the content, which lies under the resource's own name.
    case webResource
  }

  static let items: [Items] = [
    Items(
      section: "Roles",
      item: "Role",
      folder: "Roles",
      place: .file(name: ["@name"], suffix: ".xml")
    ),
    Items(
      section: "optionsets",
      item: "optionset",
      folder: "OptionSets",
      place: .file(name: ["@Name"], suffix: ".xml")
    ),
    Items(
      section: "Dashboards",
      item: "Dashboard",
      folder: "Dashboards",
      place: .file(name: ["FormId"], suffix: ".xml")
    ),
    Items(
      section: "InteractionCentricDashboards",
      item: "InteractionCentricDashboard",
      folder: "InteractionCentricDashboards",
      place: .file(name: ["FormId"], suffix: ".xml")
    ),
    Items(
      section: "SdkMessageProcessingSteps",
      item: "SdkMessageProcessingStep",
      folder: "SdkMessageProcessingSteps",
      place: .file(name: ["@SdkMessageProcessingStepId"], suffix: ".xml")
    ),
    Items(
      section: "ServiceEndpoints",
      item: "ServiceEndpoint",
      folder: "ServiceEndpoints",
      place: .file(name: ["@ServiceEndpointId"], suffix: ".xml")
    ),
    Items(
      section: "MobileOfflineProfiles",
      item: "MobileOfflineProfile",
      folder: "MobileOfflineProfiles",
      place: .file(name: ["@Name", "Name", "@name", "name"], suffix: ".xml")
    ),
    Items(
      section: "Connectors",
      item: "Connector",
      folder: "Connectors",
      place: .file(name: ["name"], suffix: ".xml")
    ),
    Items(
      section: "CanvasApps",
      item: "CanvasApp",
      folder: "CanvasApps",
      place: .file(name: ["Name"], suffix: ".meta.xml")
    ),
    Items(
      section: "AppModules",
      item: "AppModule",
      folder: "AppModules",
      place: .folder(name: ["UniqueName"], file: "AppModule.xml")
    ),
    Items(
      section: "AppModuleSiteMaps",
      item: "AppModuleSiteMap",
      folder: "AppModuleSiteMaps",
      place: .folder(name: ["SiteMapUniqueName"], file: "AppModuleSiteMap.xml")
    ),
    Items(
      section: "Workflows",
      item: "Workflow",
      folder: "Workflows",
      place: .beside(["JsonFileName", "XamlFileName"])
    ),
    Items(
      section: "SolutionPluginAssemblies",
      item: "PluginAssembly",
      folder: "PluginAssemblies",
      place: .beside(["FileName"])
    ),
    Items(
      section: "CustomControls",
      item: "CustomControl",
      folder: "Controls",
      place: .beside(["FileName"])
    ),
    Items(
      section: "Reports",
      item: "Report",
      folder: "Reports",
      place: .beside(["ExportedFileName"])
    ),
    Items(
      section: "WebResources",
      item: "WebResource",
      folder: "WebResources",
      place: .webResource
    ),
  ]

  /// Sections that are a file as a whole.
  static let whole: [(section: String, file: String)] = [
    ("ConnectionRoles", "Other/ConnectionRoles.xml"),
    ("EntityMaps", "Other/EntityMaps.xml"),
    ("FieldSecurityProfiles", "Other/FieldSecurityProfiles.xml"),
    ("RibbonDiffXml", "Other/RibbonDiff.xml"),
    ("SiteMap", "Other/SiteMap.xml"),
  ]

  /// Lists of a table, each in its folder.
  struct TableList {
    /// Of the table.
    let place: String
    /// What stands around each, or around all of them.
    let wrapper: String?
    let item: String
    let id: String
  }

  static let forms = TableList(
    place: "FormXml",
    wrapper: "forms",
    item: "systemform",
    id: "formid"
  )
  static let tableLists = [
    TableList(
      place: "SavedQueries",
      wrapper: "savedqueries",
      item: "savedquery",
      id: "savedqueryid"
    ),
    TableList(
      place: "Visualizations",
      wrapper: nil,
      item: "visualization",
      id: "savedqueryvisualizationid"
    ),
  ]

  /// Sections that exports write as two tags when they are empty.
  static let inTwoTags: Set<String> = [
    "Entities", "Roles", "Workflows", "FieldSecurityProfiles",
  ]

  /// Folders of the layout by what they are called in lower case.
  static let folders: [String: String] = Dictionary(
    (items.map(\.folder) + [
      "Other", "Entities", "Resources", "AIConfiguration", "StoredProcedures", "Assets",
    ]).map { ($0.lowercased(), $0) }
  ) { first, _ in first }

  /// The first of some names, `@` before those of attributes, that an element has a text for.
  static func text(_ names: [String], of element: XMLElement) -> String? {
    for name in names {
      let text =
        name.hasPrefix("@") ? element.attribute(String(name.dropFirst())) : element.text(of: name)
      if let text, !text.isEmpty { return text }
    }
    return nil
  }

  /// The file of the package that an element names.
  static func part(_ names: [String], of element: XMLElement) -> String? {
    guard let text = text(names, of: element), text.hasPrefix("/") else { return nil }
    return String(text.dropFirst())
  }
}

/// Paths in an unpacked solution.
enum FolderPath {
  static let managed = "_managed"

  /// Whether every part of a path is a name on every system.
  static func isSafe(_ path: String) -> Bool {
    path.utf8.count <= 512
      && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(isSafe(part:))
  }

  private static func isSafe(part: Substring) -> Bool {
    guard let first = part.utf8.first, let last = part.utf8.last, part.utf8.count <= 200 else {
      return false
    }
    guard first != UInt8(ascii: "."), first != 0x20, last != UInt8(ascii: "."), last != 0x20
    else { return false }
    let stem = part.prefix { $0 != "." }.lowercased()
    return !devices.contains(stem)
      && part.unicodeScalars.allSatisfy { character in
        character.value >= 0x20 && !(0x7F...0x9F).contains(character.value)
          && !"\\:*?\"<>|".unicodeScalars.contains(character)
          && !character.properties.isDefaultIgnorableCodePoint
          && !character.properties.isBidiControl
      }
  }

  /// Names that mean something else on Windows.
  private static let devices: Set<String> = Set(
    ["con", "prn", "aux", "nul"] + (1...9).flatMap { ["com\($0)", "lpt\($0)"] }
  )

  /// The twin of a file for the managed package.
  static func twin(of path: String) -> String {
    path.hasSuffix(".xml") ? "\(path.dropLast(4))\(managed).xml" : path + managed
  }

  /// The file that another is the managed twin of; nil for what is none.
  static func isTwin(_ path: String) -> String? {
    let suffix = managed + ".xml"
    return path.hasSuffix(suffix) ? path.dropLast(suffix.count) + ".xml" : nil
  }
}
