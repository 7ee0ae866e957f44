package import Archive
package import XML

/// Reads files of the Configuration Migration tool: hostile until read, as packages are.
///
/// Of rows no more than one is held, whatever their number.
package struct MigrationReader: Sendable {
  package let archiveLimits: ArchiveLimits
  /// Of the schema, which is read as a whole.
  package let xmlLimits: XMLLimits
  /// Of one record, or of one row with all that it is paired with.
  package let recordLimits: XMLLimits
  /// Of one file within.
  package let bytesOfFile: Int

  package init(
    archiveLimits: ArchiveLimits = .rows,
    xmlLimits: XMLLimits = .standard,
    recordLimits: XMLLimits = .record,
    bytesOfFile: Int = 64 << 20
  ) {
    self.archiveLimits = archiveLimits
    self.xmlLimits = xmlLimits
    self.recordLimits = recordLimits
    self.bytesOfFile = bytesOfFile
  }

  package struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String
    /// Whether dates are the reason, which may be taken as they stand.
    package var isOfDates = false
  }

  /// Bytes of which any part can be read: those of a file.
  package struct Bytes: ArchiveBytes {
    package let count: Int
    private let part: @Sendable (Int, UnsafeMutableRawBufferPointer) -> Int?

    /// - Parameter part: fills the memory from a place on and says how much of it; nil where they cannot be read.
    package init(count: Int, part: @escaping @Sendable (Int, UnsafeMutableRawBufferPointer) -> Int?)
    {
      self.count = count
      self.part = part
    }

    package func read(
      at place: Int,
      into memory: UnsafeMutableRawBufferPointer
    ) throws(ArchiveError) -> Int {
      guard let count = part(place, memory) else {
        throw ArchiveError(.unreadable, "it cannot be read")
      }
      return count
    }
  }

  /// - Parameter ignoresDates: takes dates as they stand where the file asks for dates relative to now.
  /// - Throws: `Failure` for what is no such file.
  package func open(
    _ bytes: any ArchiveBytes,
    ignoresDates: Bool = false
  ) throws -> MigrationFile {
    let archive: ArchiveReader
    do {
      archive = try ArchiveReader(zip: bytes, limits: archiveLimits)
    } catch {
      throw Failure(error)
    }
    let parts = archive.places().mapValues { place in
      MigrationFile.Part(bytes: place.bytes) {
        let stream = ArchiveStream(try archive.content(at: place))
        return { try stream.read(into: $0) }
      }
    }
    return try MigrationFile(parts, self, ignoresDates: ignoresDates)
  }

  /// The same of a folder with what lies in such a file.
  ///
  /// - Parameters:
  ///   - files: paths below the folder, with their lengths.
  ///   - open: one of them.
  /// - Throws: as above; what `open` throws.
  package func open(
    _ files: [(path: String, bytes: Int)],
    ignoresDates: Bool = false,
    open: @escaping @Sendable (String) throws -> Bytes
  ) throws -> MigrationFile {
    var parts: [String: MigrationFile.Part] = [:]
    for (path, length) in files {
      parts[path.lowercased()] = MigrationFile.Part(bytes: length) {
        let bytes = try open(path)
        var place = 0
        return { memory in
          let got = try bytes.read(at: place, into: memory)
          place += got
          return got
        }
      }
    }
    return try MigrationFile(parts, self, ignoresDates: ignoresDates)
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
