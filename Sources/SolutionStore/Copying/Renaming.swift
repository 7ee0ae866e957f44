internal import SQL

/// What one database calls a table or column of rows, as another one calls it: names may have an end in one of them.
struct Renaming {
  let source: any SQLDialect
  let target: any SQLDialect

  /// - Parameter logical: what everybody calls it.
  func table(_ stored: String, of logical: String) -> String {
    let plain = "data_\(logical)"
    return renamed(stored, source.storedName(plain), target.storedName(plain))
  }

  /// - Parameter logical: what everybody calls it.
  func column(_ stored: String, of logical: String) -> String {
    guard stored != source.storedColumn(logical) else { return target.storedColumn(logical) }
    return renamed(stored, source.storedName(logical), target.storedName(logical))
  }

  /// Where there was one of that name already, a number tells them apart.
  private func renamed(_ stored: String, _ plain: String, _ other: String) -> String {
    guard stored.hasPrefix(plain) else { return target.storedName(stored) }
    return other + stored.dropFirst(plain.count)
  }
}
