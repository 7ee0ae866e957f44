package import Archive
internal import Hashing
package import Solutions
package import XML

/// Reads files of the Configuration Migration tool: hostile until read, as packages are.
package struct MigrationReader: Sendable {
  package let archiveLimits: ArchiveLimits
  package let xmlLimits: XMLLimits
  /// Files within, all together; they are held in memory.
  package let bytesOfFiles: Int

  package init(
    archiveLimits: ArchiveLimits = .standard,
    xmlLimits: XMLLimits = .standard,
    bytesOfFiles: Int = 256 << 20
  ) {
    self.archiveLimits = archiveLimits
    self.xmlLimits = xmlLimits
    self.bytesOfFiles = bytesOfFiles
  }

  package struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String
    /// Whether dates are the reason, which may be taken as they stand.
    package var isOfDates = false
  }

  /// - Parameter ignoresDates: takes dates as they stand where the file asks for dates relative to now.
  /// - Throws: `Failure` for what is no such file, `ArchiveError`, `XMLError`.
  package func read(_ bytes: [UInt8], ignoresDates: Bool = false) throws -> MigrationData {
    var parts = Parts(reader: self)
    let archive = try ArchiveReader(bytes, limits: archiveLimits)
    try archive.forEachFile { entry, content in
      try parts.take(entry.path, bytes: entry.bytes) { try content.whole() }
      return true
    }
    return try parts.data(ignoresDates)
  }

  /// The same of a folder with what lies in such a file.
  ///
  /// - Parameters:
  ///   - files: paths below the folder, with their bytes.
  ///   - content: of one of them.
  /// - Throws: as above; what `content` throws.
  package func read(
    _ files: [(path: String, bytes: Int)],
    ignoresDates: Bool = false,
    content: (String) throws -> [UInt8]
  ) throws -> MigrationData {
    var parts = Parts(reader: self)
    for (path, bytes) in files { try parts.take(path, bytes: bytes) { try content(path) } }
    return try parts.data(ignoresDates)
  }
}

/// What lies in such a file, read when it is known to be small enough.
private struct Parts {
  let reader: MigrationReader
  private var (schema, text): ([UInt8]?, [UInt8]?)
  private var files: [String: [UInt8]] = [:]
  private var total = 0

  init(reader: MigrationReader) { self.reader = reader }

  mutating func take(_ path: String, bytes: Int, _ content: () throws -> [UInt8]) throws {
    let path = path.lowercased()
    switch path {
    case "data_schema.xml", "schema.xml": schema = try whole(path, bytes, content)
    case "data.xml": text = try whole(path, bytes, content)
    default:
      guard path.hasPrefix("files/") else { return }
      total += bytes
      guard total <= reader.bytesOfFiles else {
        throw MigrationReader.Failure(
          description: "its files have more than \(reader.bytesOfFiles) bytes"
        )
      }
      files[path] = try content()
    }
  }

  private func whole(_ path: String, _ bytes: Int, _ content: () throws -> [UInt8]) throws
    -> [UInt8]
  {
    guard bytes <= reader.xmlLimits.bytes else {
      throw MigrationReader.Failure(
        description: "its \(path) has more than \(reader.xmlLimits.bytes) bytes"
      )
    }
    return try content()
  }

  func data(_ ignoresDates: Bool) throws -> MigrationData {
    guard let schema, let text else {
      throw MigrationReader.Failure(
        description: "it is no file of the Configuration Migration tool: it has no "
          + (text == nil ? "data.xml" : "data_schema.xml")
      )
    }
    var reading = Reading(files: files)
    try reading.read(schema: try XMLTree(schema, limits: reader.xmlLimits).root, ignoresDates)
    try reading.read(data: try XMLTree(text, limits: reader.xmlLimits).root)
    return reading.data
  }
}

extension MigrationReader {
  /// The user that a user map of the tool puts in the place of those who are not there.
  ///
  /// - Throws: `Failure` for what is no such map, or one that names pairs of users, `XMLError`.
  package func defaultUser(ofMap bytes: [UInt8]) throws -> String {
    let root = try XMLTree(bytes, limits: xmlLimits).root
    guard root.name == "MappingConfiguration" else {
      throw Failure(description: "it is no user map: it begins with \(root.name)")
    }
    // Whatever pairs are called in it, they have attributes.
    guard root.descendants.allSatisfy(\.attributes.isEmpty) else {
      throw Failure(description: "it names pairs of users, of which only a default is read")
    }
    guard let user = root.attribute("DefaultUserToMapTo"), !user.isEmpty else {
      throw Failure(description: "it has no DefaultUserToMapTo")
    }
    return user
  }
}

private struct Reading {
  private let files: [String: [UInt8]]
  private(set) var data = MigrationData(tables: [])
  /// Intersect tables by the names of relationships, in lower case.
  private var intersects: [String: String] = [:]
  /// Columns of files, by table and column.
  private var fileFields: Set<String> = []
  /// What the schema says of tables beside their names.
  private var facts: [String: MigrationData.Table] = [:]

  init(files: [String: [UInt8]]) { self.files = files }

  mutating func read(schema root: XMLElement, _ ignoresDates: Bool) throws {
    let entities = root.name == "entities" ? root : root.child("entities") ?? root
    guard entities.name == "entities" else {
      throw MigrationReader.Failure(description: "its data_schema.xml has no entities")
    }
    let modes = [entities] + entities.descendants("field")
    for mode in modes.compactMap({ $0.attribute("dateMode")?.lowercased() })
    where !["", "absolute"].contains(mode) && !ignoresDates {
      throw MigrationReader.Failure(
        description:
          "its dates are relative to the day of the import (dateMode \(mode)), which cannot be planned",
        isOfDates: true
      )
    }
    for entity in entities.children("entity") {
      let table = entity.attribute("name")?.lowercased() ?? ""
      var fact = MigrationData.Table(name: table)
      fact.leavesRows = Self.isTrue(entity.attribute("skipupdate"))
      fact.isNew = Self.isTrue(entity.attribute("forcecreate"))
      for field in entity.child("fields")?.children("field") ?? [] {
        let name = field.attribute("name")?.lowercased() ?? ""
        if ["filedata", "file"].contains(field.attribute("type")?.lowercased()) {
          fileFields.insert("\(table).\(name)")
        }
        if Self.isTrue(field.attribute("updateCompare")) { fact.matching.append(name) }
      }
      facts[table] = fact
      for relationship in entity.child("relationships")?.children("relationship") ?? [] {
        guard let name = relationship.attribute("name")?.lowercased() else { continue }
        intersects[name] = relationship.attribute("relatedEntityName")?.lowercased() ?? name
      }
      if entity.child("filter") != nil {
        data.notices.append("the filter of \(table) is for exporting, and ignored")
      }
    }
  }

  mutating func read(data root: XMLElement) throws {
    guard root.name == "entities" else {
      throw MigrationReader.Failure(description: "its data.xml has no entities")
    }
    for entity in root.children("entity") {
      guard let name = entity.attribute("name")?.lowercased(), !name.isEmpty else {
        throw MigrationReader.Failure(description: "data.xml:\(entity.line): a table has no name")
      }
      var table = facts[name] ?? MigrationData.Table(name: name)
      for record in entity.child("records")?.children("record") ?? [] {
        table.records.append(
          MigrationData.Record(
            id: record.attribute("id") ?? "",
            fields: try record.children("field").map { try field($0, of: name) }
          )
        )
      }
      for pairs in entity.child("m2mrelationships")?.children("m2mrelationship") ?? [] {
        let relationship = pairs.attribute("m2mrelationshipname")?.lowercased() ?? ""
        table.pairs.append(
          MigrationData.Pairs(
            intersect: intersects[relationship] ?? relationship,
            source: pairs.attribute("sourceid") ?? "",
            targets: (pairs.child("targetids")?.children("targetid") ?? []).map(\.text)
          )
        )
      }
      data.tables.append(table)
    }
  }

  private static func isTrue(_ flag: String?) -> Bool {
    flag?.lowercased() == "true" || flag == "1"
  }

  private func field(_ element: XMLElement, of table: String) throws -> MigrationData.Field {
    guard let name = element.attribute("name")?.lowercased(), !name.isEmpty else {
      throw MigrationReader.Failure(description: "data.xml:\(element.line): a field has no name")
    }
    var value = element.attribute("value") ?? ""
    let fileName = element.attribute("filename")
    if !value.isEmpty, fileFields.contains("\(table).\(name)") || fileName != nil {
      guard let file = files["files/\(value.lowercased()).bin"] else {
        throw MigrationReader.Failure(
          description: "data.xml:\(element.line): files/\(value).bin is missing"
        )
      }
      value = Base64.encode(file)
    }
    return MigrationData.Field(
      name,
      value,
      target: element.attribute("lookupentity")?.lowercased(),
      title: element.attribute("lookupentityname"),
      fileName: fileName,
      hasRecords: element.hasChildren
    )
  }
}
