internal import SQL
internal import Solutions

extension StoreTransaction {
  /// Gives an environment the key for its secrets, and marks the values that are some.
  ///
  /// The key is drawn once and stays: digests of different times can be compared (docs/decisions/078).
  func seal() throws {
    var generator = SystemRandomNumberGenerator()
    let key = (0..<Seal.size).map { _ in UInt8.random(in: 0...255, using: &generator) }
    try sql.execute("INSERT INTO seal (key) VALUES (\(.blob(key)))")
    let state = try reader.whole()
    let secrets = state.settings.keys.filter { state.told($0)?.secret != nil }
    let numbers = try reader.numbers(of: secrets).values.sorted().map { SQLValue($0) }
    // Of all times: who was a secret then is one now.
    try sql.execute(among: numbers) {
      "UPDATE setting SET kind = 'secret' WHERE kind = 'value' AND component IN \(list: $0)"
    }
  }
}
