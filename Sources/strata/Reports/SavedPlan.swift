import Contract
import JSON
import Solutions

/// A plan in a file.
enum SavedPlan {
  /// As a value, and as it is written.
  static func read(_ path: String) throws -> (plan: PlanShape, written: JSONDocument) {
    try JSONFile.read(path, "a saved plan") { bytes in
      let plan = try ShapeCoder.shape(PlanShape.self, bytes)
      return (plan, try JSONDocument(bytes, limits: .document))
    }
  }
}

/// Row counts in a file, as `plan --rows` reads them.
enum SavedCounts {
  static func read(_ path: String) throws -> RowCountsShape {
    try JSONFile.read(path, "a document of row counts (docs/rows.md)") {
      try ShapeCoder.shape(RowCountsShape.self, $0)
    }
  }
}
