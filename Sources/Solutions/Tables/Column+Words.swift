extension Column {
  /// A column of the platform in a word: `name:200` text, `target>table,table` lookup, `on@` date and time, `count#` whole
  /// number, `kind=` choice, `rate%` decimal, `sum$` money, `part~` float, `flag?` yes or no, `flag?no` no until somebody
  /// says yes, `day!` date, `id&` unique identifier.
  init(inWords text: Substring) {
    if let at = text.firstIndex(of: ">") {
      let targets = text[text.index(after: at)...].split(separator: ",").map(String.init)
      let name = String(text[..<at])
      self.init(name, .lookup(targets), isSystemRequired: name == "ownerid")
      return
    }
    if let at = text.firstIndex(of: ":") {
      self.init(String(text[..<at]), .text(lengthMax: Int(text[text.index(after: at)...])))
      return
    }
    let isNo = text.hasSuffix("?no")
    let text = isNo ? text.dropLast(2) : text
    let type: ColumnType =
      switch text.last {
      case "@": .dateTime(.userLocal)
      case "#": .integer(min: nil, max: nil)
      case "=": .choice(nil)
      case "%": .decimal(places: 10, min: nil, max: nil)
      case "$": .decimal(places: 4, min: nil, max: nil)
      case "~": .float(min: nil, max: nil)
      case "?": .boolean
      case "!": .dateTime(.dateOnly)
      case "&": .uniqueIdentifier
      default: preconditionFailure("the platform has no such column: \(text)")
      }
    self.init(String(text.dropLast()), type, defaultOption: isNo ? 0 : nil)
  }
}
