extension [String] {
  /// The first that stands there before.
  package var firstDouble: String? {
    var seen: Set<String> = []
    return first { !seen.insert($0).inserted }
  }
}
