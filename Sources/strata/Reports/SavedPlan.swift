import Contract

/// A plan in a file.
enum SavedPlan {
  static func read(_ path: String) throws -> PlanShape {
    let bytes = try Files.bytes(of: path)
    do {
      return try ShapeCoder.shape(PlanShape.self, bytes)
    } catch let error as UnknownFormat where !error.isOther {
      throw Files.Failure(
        description:
          "cannot read \(path): format \(error.format) \(error.version) is not known; use a newer strata"
      )
    } catch let error as NoCount {
      throw Files.Failure(description: "cannot read \(path): \(error)")
    } catch {
      throw Files.Failure(description: "cannot read \(path): not a saved plan")
    }
  }
}

/// Row counts in a file, as `plan --rows` reads them.
enum SavedCounts {
  static func read(_ path: String) throws -> RowCountsShape {
    let bytes = try Files.bytes(of: path)
    do {
      return try ShapeCoder.shape(RowCountsShape.self, bytes)
    } catch let error as NoCount {
      throw Files.Failure(description: "cannot read \(path): \(error)")
    } catch {
      throw Files.Failure(
        description: "cannot read \(path): not a document of row counts (docs/rows.md)"
      )
    }
  }
}
