internal import Solutions

/// Comma-separated values as they are written.
package enum CSV {
  package static func line(_ fields: [String]) -> String {
    // An empty line is no row.
    fields == [""] ? "\"\"\n" : fields.map { field($0) }.joined(separator: ",") + "\n"
  }

  private static func field(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 != 0x22 && $0 != 0x2C && $0 != 0x0A && $0 != 0x0D }
    return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
