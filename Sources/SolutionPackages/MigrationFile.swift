internal import Archive
internal import Hashing
package import Solutions
internal import XML

/// A file of the Configuration Migration tool whose schema is read; its rows are read when they are asked for.
package struct MigrationFile: MigrationSource {
  /// A file within.
  struct Part: Sendable {
    let bytes: Int
    /// From its beginning: what fills memory with what comes next, 0 at its end.
    let open: @Sendable () throws -> XMLParts.Fill
  }

  private let parts: [String: Part]
  private let reader: MigrationReader
  private let data: Part
  private let schema: MigrationSchema

  package var notices: [String] { schema.notices }

  init(_ parts: [String: Part], _ reader: MigrationReader, ignoresDates: Bool) throws {
    guard let data = parts["data.xml"], let schema = parts["data_schema.xml"] ?? parts["schema.xml"]
    else {
      let missing = parts["data.xml"] == nil ? "data.xml" : "data_schema.xml"
      throw MigrationReader.Failure(
        description: "it is no file of the Configuration Migration tool: it has no \(missing)"
      )
    }
    do {
      let text = try schema.whole("its data_schema.xml", atMost: reader.xmlLimits.bytes)
      let root = try XMLTree(text, limits: reader.xmlLimits).root
      self.schema = try MigrationSchema(root, ignoresDates: ignoresDates)
    } catch let error as XMLError {
      throw MigrationReader.Failure("data_schema.xml", error)
    } catch let error as ArchiveError {
      throw MigrationReader.Failure(error)
    }
    self.parts = parts
    self.reader = reader
    self.data = data
  }

  /// - Throws: `MigrationReader.Failure`; what `take` throws.
  package func forEach(
    hasFiles: Bool,
    _ take: (_ table: MigrationData.Table, _ item: MigrationData.Item) throws -> Void
  ) throws {
    do {
      try read(hasFiles: hasFiles, take)
    } catch let error as XMLError {
      throw MigrationReader.Failure("data.xml", error)
    } catch let error as ArchiveError {
      throw MigrationReader.Failure(error)
    }
  }

  private func read(
    hasFiles: Bool,
    _ take: (_ table: MigrationData.Table, _ item: MigrationData.Item) throws -> Void
  ) throws {
    var place = Place()
    // entities/entity/records/record and entities/entity/m2mrelationships/m2mrelationship.
    try XMLParts(limits: reader.recordLimits, within: 3).read(data.open()) { element, depth in
      switch depth {
      case 1:
        guard element.name == "entities" else {
          throw MigrationReader.Failure(description: "its data.xml has no entities")
        }
      case 2: place = Place(table: try table(element))
      case 3: place.list = element.name
      default:
        guard let table = place.table else { return }
        switch (place.list, element.name) {
        case ("records", "record"):
          try take(table, .record(try record(element, of: table.name, hasFiles: hasFiles)))
        case ("m2mrelationships", "m2mrelationship"): try take(table, .pairs(pairs(element)))
        default: break
        }
      }
    }
  }

  /// In which table and list a part stands.
  private struct Place {
    var table: MigrationData.Table?
    var list = ""
  }

  private func table(_ element: XMLElement) throws -> MigrationData.Table? {
    guard element.name == "entity" else { return nil }
    guard let name = element.attribute("name")?.lowercased(), !name.isEmpty else {
      throw MigrationReader.Failure(description: "data.xml:\(element.line): a table has no name")
    }
    return schema.tables[name] ?? MigrationData.Table(name: name)
  }

  private func record(
    _ element: XMLElement,
    of table: String,
    hasFiles: Bool
  ) throws -> MigrationData.Record {
    MigrationData.Record(
      id: element.attribute("id") ?? "",
      fields: try element.children("field").map { try field($0, of: table, hasFiles: hasFiles) }
    )
  }

  private func pairs(_ element: XMLElement) -> MigrationData.Pairs {
    let relationship = element.attribute("m2mrelationshipname")?.lowercased() ?? ""
    return MigrationData.Pairs(
      intersect: schema.intersects[relationship] ?? relationship,
      source: element.attribute("sourceid") ?? "",
      targets: (element.child("targetids")?.children("targetid") ?? []).map(\.text)
    )
  }

  private func field(
    _ element: XMLElement,
    of table: String,
    hasFiles: Bool
  ) throws -> MigrationData.Field {
    guard let name = element.attribute("name")?.lowercased(), !name.isEmpty else {
      throw MigrationReader.Failure(description: "data.xml:\(element.line): a field has no name")
    }
    var value = element.attribute("value") ?? ""
    let fileName = element.attribute("filename")
    if !value.isEmpty, fileName != nil || schema.fileFields.contains("\(table).\(name)") {
      guard let file = parts["files/\(value.lowercased()).bin"] else {
        throw MigrationReader.Failure(
          description: "data.xml:\(element.line): files/\(value).bin is missing"
        )
      }
      if hasFiles {
        value = Base64.encode(try file.whole("files/\(value).bin", atMost: reader.bytesOfFile))
      }
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

extension MigrationReader.Failure {
  fileprivate init(_ file: String, _ error: XMLError) {
    self.init(description: "\(file):\(error.line): \(error.message)")
  }

  init(_ error: ArchiveError) {
    self.init(description: (error.entry.map { "\($0): " } ?? "") + error.message)
  }
}

extension MigrationFile.Part {
  /// - Parameter name: what errors call it.
  fileprivate func whole(_ name: String, atMost limit: Int) throws -> [UInt8] {
    let tooLarge = MigrationReader.Failure(description: "\(name) has more than \(limit) bytes")
    guard bytes <= limit else { throw tooLarge }
    let fill = try open()
    var whole = [UInt8](repeating: 0, count: bytes + 1)
    var count = 0
    while count < whole.count {
      let got = try whole.withUnsafeMutableBytes {
        try fill(UnsafeMutableRawBufferPointer(rebasing: $0[count...]))
      }
      guard got > 0 else { break }
      count += got
    }
    // A file of a folder that has grown meanwhile.
    guard count <= bytes else { throw tooLarge }
    whole.removeSubrange(count...)
    return whole
  }
}

/// What `data_schema.xml` says.
private struct MigrationSchema {
  private(set) var tables: [String: MigrationData.Table] = [:]
  /// Intersect tables by the names of relationships, in lower case.
  private(set) var intersects: [String: String] = [:]
  /// Columns of files, by table and column.
  private(set) var fileFields: Set<String> = []
  private(set) var notices: [String] = []

  init(_ root: XMLElement, ignoresDates: Bool) throws {
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
    for entity in entities.children("entity") { take(entity) }
  }

  private mutating func take(_ entity: XMLElement) {
    let name = entity.attribute("name")?.lowercased() ?? ""
    var table = MigrationData.Table(name: name)
    table.leavesRows = Self.isTrue(entity.attribute("skipupdate"))
    table.isNew = Self.isTrue(entity.attribute("forcecreate"))
    for field in entity.child("fields")?.children("field") ?? [] {
      let column = field.attribute("name")?.lowercased() ?? ""
      if ["filedata", "file"].contains(field.attribute("type")?.lowercased()) {
        fileFields.insert("\(name).\(column)")
      }
      if Self.isTrue(field.attribute("updateCompare")) { table.matching.append(column) }
    }
    tables[name] = table
    for relationship in entity.child("relationships")?.children("relationship") ?? [] {
      guard let name = relationship.attribute("name")?.lowercased() else { continue }
      intersects[name] = relationship.attribute("relatedEntityName")?.lowercased() ?? name
    }
    if entity.child("filter") != nil {
      notices.append("the filter of \(name) is for exporting, and ignored")
    }
  }

  private static func isTrue(_ flag: String?) -> Bool {
    flag?.lowercased() == "true" || flag == "1"
  }
}
