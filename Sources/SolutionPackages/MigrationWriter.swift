internal import Archive
package import Solutions

/// Writes a file of the Configuration Migration tool: the same rows give the same bytes.
///
/// - Throws: what is written to throws, and `ArchiveError`.
package final class MigrationWriter: MigrationTaking {
  private let write: ([UInt8]) throws -> Void
  private let rewrite: ((Int, [UInt8]) throws -> Void)?
  private var archive = ArchiveWriter()
  private var file: DeflatedFile?
  private var text = ""

  /// - Parameters:
  ///   - rewrite: takes bytes in place of some that were written, and where these begin; nil where nobody can go back, so
  ///     that what deflate leaves of all rows is held.
  ///   - write: takes the file in pieces.
  package init(
    rewrite: ((Int, [UInt8]) throws -> Void)? = nil,
    _ write: @escaping ([UInt8]) throws -> Void
  ) {
    self.rewrite = rewrite
    self.write = write
  }

  package func begin(_ outline: MigrationOutline) throws {
    try begin("[Content_Types].xml")
    put(
      #"<?xml version="1.0" encoding="utf-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#
    )
    put(#"<Default Extension="xml" ContentType="application/octet-stream" />"#)
    put(#"<Default Extension="bin" ContentType="application/octet-stream" /></Types>"#)
    try begin("data_schema.xml")
    put("<entities dateMode=\"absolute\">\n  <entityImportOrder>\n")
    for table in outline.tables {
      put("    <entityName>\(xml(table.table.name))</entityName>\n")
    }
    put("  </entityImportOrder>\n")
    for table in outline.tables { put(schema(of: table)) }
    put("</entities>\n")
    try begin("data.xml")
    put(
      #"<entities xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" "#
    )
    let moment = outline.moment.description.prefix(19)
    put("timestamp=\"\(moment).0000000Z\">\n")
  }

  private func schema(of table: MigrationOutline.Table) -> String {
    let own = table.table
    let name = own.primaryName.map { #" primarynamefield="\#(xml($0))""# } ?? ""
    var text =
      #"  <entity name="\#(xml(own.name))" displayname="\#(xml(own.displayName ?? own.name))" "#
    text +=
      "primaryidfield=\"\(xml(own.primaryKey))\"\(name) disableplugins=\"false\">\n    <fields>\n"
    for column in table.columns {
      let title = column.displayName ?? column.name
      text += #"      <field displayname="\#(xml(title))" name="\#(xml(column.name))" "#
      text += "type=\"\(column.migrationType)\""
      if column.name == own.primaryKey { text += " primaryKey=\"true\"" }
      if case .lookup(let targets) = column.type {
        text += " lookupType=\"\(xml(targets.joined(separator: "|")))\""
      }
      text += " customfield=\"\(column.name.contains("_"))\" />\n"
    }
    text += "    </fields>\n    <relationships>\n"
    for pairs in table.pairs {
      let intersect = xml(pairs.intersect.name)
      text += #"      <relationship name="\#(intersect)" manyToMany="true" "#
      text += "isreflexive=\"\(pairs.targetTable == own.name)\" relatedEntityName=\"\(intersect)\" "
      text += #"m2mTargetEntity="\#(xml(pairs.targetTable))" "#
      text += "m2mTargetEntityPrimaryKey=\"\(xml(pairs.targetKey))\" />\n"
    }
    return text + "    </relationships>\n  </entity>\n"
  }

  package func begin(_ table: MigrationOutline.Table) throws {
    let own = table.table
    put(
      "  <entity name=\"\(xml(own.name))\" displayname=\"\(xml(own.displayName ?? own.name))\">\n    <records>\n"
    )
  }

  package func take(_ record: MigrationData.Record) throws {
    put("      <record id=\"\(xml(record.id))\">\n")
    for field in record.fields {
      put("        <field name=\"\(xml(field.name))\" value=\"\(xml(field.value))\"")
      if let target = field.target {
        put(" lookupentity=\"\(xml(target))\" lookupentityname=\"\(xml(field.title ?? ""))\"")
      }
      if let name = field.fileName { put(" filename=\"\(xml(name))\"") }
      put(" />\n")
    }
    put("      </record>\n")
    if text.utf8.count > 1 << 16 { try flush() }
  }

  package func endRecords() throws { put("    </records>\n    <m2mrelationships>\n") }

  package func take(
    _ targets: [String],
    pairedWith source: String,
    by pairs: MigrationOutline.Pairs
  ) throws {
    put("      <m2mrelationship sourceid=\"\(xml(source))\" ")
    put("targetentityname=\"\(xml(pairs.targetTable))\" ")
    put("targetentitynameidfield=\"\(xml(pairs.targetKey))\" ")
    put("m2mrelationshipname=\"\(xml(pairs.intersect.name))\">\n        <targetids>\n")
    for target in targets { put("          <targetid>\(xml(target))</targetid>\n") }
    put("        </targetids>\n      </m2mrelationship>\n")
    if text.utf8.count > 1 << 16 { try flush() }
  }

  package func endTable() throws { put("    </m2mrelationships>\n  </entity>\n") }

  package func endData() throws {
    put("</entities>\n")
    try end()
  }

  package func take(file: String, _ bytes: [UInt8]) throws {
    try archive.add("files/\(file).bin", bytes)
    try write(archive.take())
  }

  /// Before it nothing is whole.
  package func close() throws { try write(try archive.bytes()) }

  // MARK: Files

  /// The next file; the one before ends.
  private func begin(_ path: String) throws {
    try end()
    file = try archive.open(path)
  }

  private func end() throws {
    try flush()
    guard let file else { return }
    self.file = nil
    let beginning = try archive.end(file)
    try write(archive.take())
    if let beginning { try rewrite?(beginning.place, beginning.bytes) }
  }

  // MARK: Text

  private func put(_ text: String) { self.text += text }

  private func flush() throws {
    guard let file else { return }
    file.write(Array(text.utf8))
    text.removeAll(keepingCapacity: true)
    guard rewrite != nil else { return }
    archive.advance(file)
    try write(archive.take())
  }

  private func xml(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += "&#\(scalar.value);"
      default:
        // What XML cannot hold is no part of a name or a title worth a refusal.
        let isHeld = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        result.unicodeScalars.append(isHeld ? scalar : "\u{FFFD}")
      }
    }
    return result
  }
}

// SAFETY: one transaction writes to it, from beginning to end.
extension MigrationWriter: @unchecked Sendable {}
