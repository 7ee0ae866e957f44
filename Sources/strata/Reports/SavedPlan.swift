import Contract
import Solutions

/// A plan in a file.
enum SavedPlan {
  static func read(_ path: String) throws -> PlanShape {
    try JSONFile.read(path, "a saved plan") { try ShapeCoder.shape(PlanShape.self, $0) }
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
