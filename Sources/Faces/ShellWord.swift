extension String {
  /// As a word of a shell.
  package var word: String {
    let plain: (Character) -> Bool = {
      $0.isLetter || $0.isNumber || ["/", ".", "-", "_", ":", "=", "@", "~", "+", ","].contains($0)
    }
    return allSatisfy(plain) ? self : "'\(replacing("'", with: "'\\''"))'"
  }
}
