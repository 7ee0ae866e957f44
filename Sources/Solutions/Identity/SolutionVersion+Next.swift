/// What a version is followed by, always in four numbers.
extension SolutionVersion {
  package enum Part: Int, Sendable {
    case major
    case minor
    case build
    case revision
  }

  /// With one number raised by one and those behind it 0: the build of a patch, the minor number of a clone.
  ///
  /// - Returns: nil where it cannot be raised.
  package func raised(_ part: Part) -> SolutionVersion? {
    let index = part.rawValue
    guard parts[index] < UInt32(Int32.max) else { return nil }
    return Self.of(parts[..<index] + [parts[index] + 1])
  }

  /// With other numbers behind major and minor.
  ///
  /// - Parameters:
  ///   - build: nil for the present one.
  ///   - revision: nil for the present one, or 0 behind another build.
  /// - Returns: nil for numbers that no version has.
  package func with(build: Int?, revision: Int?) -> SolutionVersion? {
    let last = revision ?? (build == nil ? Int(parts[3]) : 0)
    guard let build = Int32(exactly: build ?? Int(parts[2])), let last = Int32(exactly: last),
      build >= 0, last >= 0
    else { return nil }
    return Self.of(parts[..<2] + [UInt32(build), UInt32(last)])
  }

  /// With a day as build, `20261129`, and the revision raised where it has been that day already.
  ///
  /// - Parameter month: from 1.
  /// - Returns: nil for what is no day, and where the revision cannot be raised.
  package func dated(year: Int, month: Int, day: Int) -> SolutionVersion? {
    guard (1900...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    let build = UInt32(year * 10_000 + month * 100 + day)
    guard build == parts[2] else { return Self.of([parts[0], parts[1], build]) }
    return raised(.revision)
  }

  /// What a tag ends with: `v1.2.3`, `release/1.2.0.4`; nil where that is no version.
  package init?(tag: String) {
    let number = tag.reversed().prefix { $0 == "." || ("0"..."9").contains($0) }
    self.init(String(String(number.reversed()).drop { $0 == "." }))
  }

  private static func of(_ parts: some Sequence<UInt32>) -> SolutionVersion {
    let all = Array((Array(parts) + [0, 0, 0, 0]).prefix(4))
    return SolutionVersion(text: all.map { "\($0)" }.joined(separator: "."), parts: all)
  }
}
