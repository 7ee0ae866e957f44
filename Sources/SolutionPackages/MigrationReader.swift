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
    var (schema, data): ([UInt8]?, [UInt8]?)
    var files: [String: [UInt8]] = [:]
    var total = 0
    let archive = try ArchiveReader(bytes, limits: archiveLimits)
    try archive.forEachFile { entry, content in
      let path = entry.path.lowercased()
      switch path {
      case "data_schema.xml", "schema.xml": schema = try content.whole()
      case "data.xml": data = try content.whole()
      default:
        guard path.hasPrefix("files/") else { return true }
        total += entry.bytes
        guard total <= bytesOfFiles else {
          throw Failure(description: "its files have more than \(bytesOfFiles) bytes")
        }
        files[path] = try content.whole()
      }
      return true
    }
    guard let schema, let data else {
      throw Failure(
        description: "it is no file of the Configuration Migration tool: it has no "
          + (data == nil ? "data.xml" : "data_schema.xml")
      )
    }
    var reading = Reading(files: files)
    try reading.read(schema: try XMLTree(schema, limits: xmlLimits).root, ignoresDates)
    try reading.read(data: try XMLTree(data, limits: xmlLimits).root)
    return reading.data
  }
}

private struct Reading {
  private let files: [String: [UInt8]]
  private(set) var data = MigrationData(tables: [])
  /// Intersect tables by the names of relationships, in lower case.
  private var intersects: [String: String] = [:]
  /// Columns of files, by table and column.
  private var fileFields: Set<String> = []

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
      let files = (entity.child("fields")?.children("field") ?? []).filter {
        ["filedata", "file"].contains($0.attribute("type")?.lowercased())
      }
      for field in files {
        fileFields.insert("\(table).\(field.attribute("name")?.lowercased() ?? "")")
      }
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
      var table = MigrationData.Table(name: name)
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
