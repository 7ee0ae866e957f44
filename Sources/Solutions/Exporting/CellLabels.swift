internal import XML

extension Definition {
  /// A form without the labels of cells that only repeat those of their columns; nil where there are none.
  ///
  /// One blank label is left of each such list (LY-506).
  ///
  /// - Parameter column: labels of a column of the form's table, by language.
  func blankingLabels(by column: (String) -> [String: String]) -> Definition? {
    var document = Document(self)
    guard document.root.blankLabels(by: column) else { return nil }
    do {
      return try Definition(document, parts: parts)
    } catch {
      return nil
    }
  }
}

extension Element {
  /// Whether something was blanked.
  fileprivate mutating func blankLabels(by column: (String) -> [String: String]) -> Bool {
    guard name == "cell" else {
      var isChanged = false
      for at in children.indices where children[at].blankLabels(by: column) { isChanged = true }
      return isChanged
    }
    guard let field = child("control")?.attribute("datafieldname"), !field.isEmpty,
      let list = children.firstIndex(where: { $0.name == "labels" })
    else { return false }
    let wanted = column(field.lowercased())
    let labels = children[list].children
    guard let first = labels.first,
      labels.allSatisfy({ label in
        guard let text = label.attribute("description"), !text.isEmpty else { return false }
        return label.attribute("languagecode").flatMap { wanted[$0] } == text
      })
    else { return false }
    var blank = first
    blank.set("description", "", as: blank.origin)
    children[list].children = [blank]
    return true
  }
}
