import Solutions
import XML

/// Writes `solution.xml` (PF-201 …).
struct ManifestWriter {
  static let file = "solution.xml"

  private let export: Export
  private let kinds: ComponentKinds
  private var out = DocumentWriter()

  private init(_ export: Export, _ kinds: ComponentKinds) {
    self.export = export
    self.kinds = kinds
  }

  static func bytes(of export: Export, kinds: ComponentKinds) -> [UInt8] {
    var writer = ManifestWriter(export, kinds)
    writer.write()
    return DocumentLayout.bytes(of: writer.out.bytes)
  }

  /// As a package has it that nothing is known of: the platform version is the lowest with this format (PF-201).
  private static let attributes: [(name: String, value: String)] = [
    ("version", "9.2.0.0"), ("SolutionPackageVersion", "9.2"), ("languagecode", "1033"),
  ]

  private static let children = [
    "UniqueName", "LocalizedNames", "Descriptions", "Version", "Managed", "Publisher",
    "RootComponents", "MissingDependencies",
  ]

  private mutating func write() {
    let read = export.manifestFrame?.manifest
    let manifest = read?.child("SolutionManifest")
    let root = "ImportExportXml"
    out.open(root, (read?.attributes ?? Self.attributes) + [DocumentWriter.xsi])
    out.open("SolutionManifest", manifest?.attributes ?? [])
    var rest = Self.children
    for child in manifest.map({ Array($0.children) }) ?? []
    where child.name != "ParentSolution" {
      rest.removeAll { $0 == child.name }
      write(child.name, child)
    }
    for name in rest { write(name, nil) }
    if let parent = export.solution.parent {
      out.open("ParentSolution")
      leaf("UniqueName", parent.text)
      out.close("ParentSolution")
    }
    out.close("SolutionManifest")
    for child in read?.children.filter({ $0.name != "SolutionManifest" }) ?? [] { whole(child) }
    out.close(root)
  }

  /// A child of the manifest, or of a publisher that nothing is known of.
  private mutating func write(_ name: String, _ read: XMLElement?) {
    switch name {
    case "UniqueName": leaf(name, export.solution.name.text)
    case "LocalizedNames":
      names(export.solution.displayName, read, insteadOf: export.solution.name.text)
    case "Version": leaf(name, export.version.text)
    case "Managed": leaf(name, export.isManaged ? "1" : "0")
    case "Descriptions" where export.frame == nil: leaf(name, "")
    case "Publisher": publisher(read)
    case "RootComponents": roots()
    case "MissingDependencies": needs()
    default:
      if let read { return whole(read) }
      leaf(name, "")
    }
  }

  private mutating func publisher(_ read: XMLElement?) {
    let publisher = export.publisher
    if let read, read.text(of: "UniqueName").map({ PublisherName($0) }) == publisher.name {
      return write(publisher, as: read)
    }
    out.open("Publisher")
    leaf("UniqueName", publisher.name.text)
    names(publisher.displayName, nil, insteadOf: publisher.name.text)
    leaf("Descriptions", "")
    nothing("EMailAddress")
    nothing("SupportingWebsiteUrl")
    leaf("CustomizationPrefix", publisher.prefix)
    leaf("CustomizationOptionValuePrefix", publisher.optionValuePrefix.map(String.init) ?? "")
    out.open("Addresses")
    for number in ["1", "2"] { address(number) }
    out.close("Addresses")
    out.close("Publisher")
  }

  /// A publisher as it was read, with what the environment says of it by now.
  private mutating func write(_ publisher: Publisher, as read: XMLElement) {
    let options = publisher.optionValuePrefix.map(String.init)
    out.open("Publisher", read.attributes)
    for child in read.children {
      switch child.name {
      case "LocalizedNames":
        names(publisher.displayName, child, insteadOf: publisher.name.text)
      case "CustomizationPrefix" where child.text.lowercased() != publisher.prefix.lowercased():
        leaf(child.name, publisher.prefix)
      case "CustomizationOptionValuePrefix" where child.text != options ?? child.text:
        leaf(child.name, options ?? "")
      default: whole(child)
      }
    }
    if read.child("LocalizedNames") == nil, publisher.displayName != publisher.name.text {
      names(publisher.displayName, nil, insteadOf: publisher.name.text)
    }
    out.close("Publisher")
  }

  private mutating func address(_ number: String) {
    out.open("Address")
    let stated = ["AddressNumber": number, "AddressTypeCode": "1", "ShippingMethodCode": "1"]
    for name in Self.addressParts {
      if let text = stated[name] { leaf(name, text) } else { nothing(name) }
    }
    out.close("Address")
  }

  private static let addressParts = [
    "AddressNumber", "AddressTypeCode", "City", "County", "Country", "Fax", "FreightTermsCode",
    "ImportSequenceNumber", "Latitude", "Line1", "Line2", "Line3", "Longitude", "Name",
    "PostalCode", "PostOfficeBox", "PrimaryContactName", "ShippingMethodCode", "StateOrProvince",
    "Telephone1", "Telephone2", "Telephone3", "TimeZoneRuleVersionNumber", "UPSZone", "UTCOffset",
    "UTCConversionTimeZoneCode",
  ]

  /// Names as they were read, where one is still the one that it has here.
  ///
  /// - Parameter unique: stands for it where there is none.
  private mutating func names(_ name: String, _ read: XMLElement?, insteadOf unique: String) {
    let labels = read?.children("LocalizedName") ?? []
    let isSame =
      labels.contains { $0.attribute("description") == name } || labels.isEmpty && name == unique
    if let read, isSame { return whole(read) }
    let language = export.manifestFrame?.manifest.attribute("languagecode") ?? "1033"
    let base = labels.first { $0.attribute("languagecode") == language }
    out.open("LocalizedNames")
    out.open("LocalizedName", [("description", name), ("languagecode", language)])
    out.close("LocalizedName")
    for label in labels where label != base { whole(label) }
    out.close("LocalizedNames")
  }

  // MARK: Components

  private mutating func roots() {
    out.open("RootComponents")
    for root in export.roots {
      switch root {
      case .read(let element): whole(element)
      case .made(let type, let root, let behavior):
        out.open(
          "RootComponent",
          [("type", type.number.map(String.init) ?? "")] + Self.names(root)
            + [("behavior", String(behavior.rawValue))]
        )
        out.close("RootComponent")
      }
    }
    out.close("RootComponents")
  }

  private static func names(_ root: ComponentKind.Root) -> [(name: String, value: String)] {
    var names: [(name: String, value: String)] = []
    if let id = root.id { names.append(("id", "{\(id)}")) }
    if let name = root.schemaName { names.append(("schemaName", name)) }
    return names
  }

  private mutating func needs() {
    out.open("MissingDependencies")
    for need in export.needs {
      switch need {
      case .read(let element): whole(element)
      case .made(let need):
        out.open("MissingDependency")
        end(
          "Required",
          need.required,
          need.requiredComponent,
          [("solution", need.provider)]
        )
        end("Dependent", need.dependent, need.dependentComponent, [])
        out.close("MissingDependency")
      }
    }
    out.close("MissingDependencies")
  }

  private mutating func end(
    _ name: String,
    _ id: ComponentID,
    _ component: Component?,
    _ more: [(name: String, value: String)]
  ) {
    var attributes: [(name: String, value: String)] = []
    if case .table(let table) = id.type {
      attributes.append(("type", table))
      for key in component?.definition.element.attributes ?? [] where key.name != "unmodified" {
        attributes.append(("id.\(key.name)", key.value))
      }
    } else {
      attributes.append(("type", id.type.number.map(String.init) ?? ""))
      let root =
        component.map { kinds[id.type].root(of: $0) }
        ?? ComponentKind.Root(schemaName: id.key, id: nil, parentSchemaName: nil)
      attributes += Self.names(root)
      if let parent = root.parentSchemaName { attributes.append(("parentSchemaName", parent)) }
    }
    if let display = component?.displayName { attributes.append(("displayName", display)) }
    out.open(name, attributes + more)
    out.close(name)
  }

  // MARK: Elements

  private mutating func leaf(_ name: String, _ text: String) {
    out.open(name)
    out.text(text)
    out.close(name)
  }

  private mutating func nothing(_ name: String) {
    out.open(name, [DocumentWriter.xsi, ("xsi:nil", "true")])
    out.close(name)
  }

  private mutating func whole(_ element: XMLElement) {
    guard !element.isText else { return out.text(element.text) }
    out.append(canonical: CanonicalWriter.bytes(of: XMLFragment(element)))
  }
}
