extension String {
  /// A path: where it is long, its middle goes and never its end.
  package func shownPath(_ limit: Int) -> String {
    let whole = shown(4_000)
    guard whole.count > limit else { return whole }
    return "\(whole.prefix(limit / 3))…\(whole.suffix(limit - limit / 3 - 1))"
  }

  /// What is foreign, visible and on one line; long text is cut.
  package func shown(_ limit: Int = 100) -> String {
    guard unicodeScalars.count >= limit else { return visible }
    return String(String.UnicodeScalarView(unicodeScalars.prefix(limit))).visible + "…"
  }
}
