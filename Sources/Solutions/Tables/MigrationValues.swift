/// Spellings of the Configuration Migration tool as those of row files.
extension Column {
  /// A value of the tool as this column reads it from a file.
  package func text(ofMigration value: String) -> String {
    switch type {
    case .text: Self.unescaped(value)
    // `[-1,1,3,-1]`
    case .choices:
      value.split { "[], ".contains($0) }.filter { $0 != "-1" }.joined(separator: ";")
    // With the comma of the machine that wrote it.
    case .decimal where !value.contains("."):
      value.split(separator: ",", omittingEmptySubsequences: false).count == 2
        ? value.replacing(",", with: ".") : value
    default: value
    }
  }

  /// The tool escapes texts once more than XML does; an ampersand that begins no reference stays one.
  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(0x26) else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...]
      // No reference is longer.
      if let end = rest.prefix(12).firstIndex(of: ";"),
        let character = character(rest[rest.index(after: start)..<end])
      {
        result.append(character)
        rest = rest[rest.index(after: end)...]
      } else {
        result.append("&")
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }

  private static func character(_ reference: Substring) -> Character? {
    switch reference {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    case "nbsp": return "\u{A0}"
    default:
      guard reference.first == "#" else { return nil }
      let digits = reference.dropFirst()
      let isHex = digits.first == "x" || digits.first == "X"
      let number = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return number.flatMap { Unicode.Scalar($0) }.map { Character($0) }
    }
  }
}

extension Table {
  /// Why a field of the tool is not taken, though the table has the column or every table does: the environment keeps it
  /// itself, or nobody can.
  package func leavesOut(_ field: MigrationData.Field) -> String? {
    if Self.kept.contains(field.name) { return "kept by the environment itself" }
    guard let column = column(field.name) else {
      return Self.ofSystem.contains(field.name) ? "kept by the platform alone" : nil
    }
    if column.isComputed { return "calculated by the platform" }
    if case .other(let name) = column.type { return "a \(name), which is not kept" }
    return field.hasRecords ? "a list of records, which is not kept" : nil
  }

  private static let kept: Set<String> = ["versionnumber", "modifiedon", "modifiedby"]

  /// Columns of every table of the platform that are no columns of tables here.
  private static let ofSystem: Set<String> = [
    "createdonbehalfby", "exchangerate", "importsequencenumber", "modifiedonbehalfby",
    "overriddencreatedon", "owningbusinessunit", "owningteam", "owninguser", "processid", "stageid",
    "timezoneruleversionnumber", "traversedpath", "utcconversiontimezonecode",
  ]
}
