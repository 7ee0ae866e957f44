extension Int {
  /// `1 row`, `3 rows`, `0 rows`.
  package func counted(_ noun: Prose) -> Prose { "\(self) \(noun)\(self == 1 ? "" : "s" as Prose)" }
}
