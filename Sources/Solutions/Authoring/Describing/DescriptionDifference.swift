extension Element {
  typealias Edits = [(path: String, value: String?)]

  /// Ways to say by paths what differs here, the simple one first.
  func edits(for change: PropertyChanges.Change) -> [Edits] {
    guard change.after != nil else { return [[(change.path, nil)]] }
    let places = places(of: change.path)
    guard places.count == 1, let place = places.first else { return [] }
    let element = self[place.steps[...]]
    if let attribute = place.attribute {
      return element.attribute(attribute).map { [[(change.path, $0)]] } ?? []
    }
    guard !element.children.isEmpty || !element.attributes.isEmpty else {
      return [[(change.path, element.text)]]
    }
    // One that is not there yet, piece by piece.
    var reader = PropertyReader(isDifference: false)
    reader.read(element, PathText())
    let pieces = reader.list.map { entry in
      let path =
        entry.path.hasPrefix("@") ? change.path + entry.path : "\(change.path)/\(entry.path)"
      return (path: path, value: Optional(entry.value))
    }
    return pieces.isEmpty ? [] : [pieces]
  }

  /// Whether something brings it nearer to another one, and leaves that as it is.
  func isBrought(nearer target: Element, by makings: [Making]) -> Bool {
    var (moved, still) = (self, target)
    do {
      for making in makings {
        try moved.apply(making)
        try still.apply(making)
      }
    } catch {
      return false
    }
    return still == target && moved.differences(from: target) < differences(from: target)
  }

  private func differences(from other: Element) -> Int {
    PropertyChanges(from: Document(root: self), to: Document(root: other)).list.count
  }
}

extension Said {
  /// Of several by name, those that another does not say in the same way.
  func beyond(_ known: Said?) -> Said {
    guard case .pairs(let mine) = content, case .pairs(let theirs)? = known?.content else {
      return self
    }
    return Said(
      .pairs(
        mine.filter { pair in
          !theirs.contains { $0.key == pair.key && $0.value == pair.value }
        }
      )
    )
  }
}

extension PropertyChanges.Change {
  /// Whether it is about the content of a file.
  var isOfFile: Bool { path == "content" || path.hasPrefix("content[") }
}
