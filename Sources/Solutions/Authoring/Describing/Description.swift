internal import XML

/// What a readable file says of a solution, and what it cannot say.
package struct Description: Sendable {
  /// A component of the solution, as far as the file says it.
  package struct Told: Sendable {
    package let component: NamedComponent
    /// Why no word says it; nil where the file describes it.
    package let obstacle: Phrase?
    /// Paths of what the file does not say of it.
    package let unsaid: [String]
    /// Paths of what nobody says: the platform keeps it for itself.
    package let kept: [String]

    package var isSaid: Bool { obstacle == nil }
    package var isWhole: Bool { isSaid && unsaid.isEmpty }
  }

  package struct File: Sendable {
    /// Below the folder of the readable file.
    package let path: String
    package let content: DescribedFiles.Content
  }

  package let solution: InstalledSolution
  /// The file.
  package let said: Said
  /// Those that it names, by path.
  package let files: [File]
  /// All that the solution lists and has content here, in order of identity.
  package let components: [Told]

  /// - Parameter isFull: whether it also says what the platform keeps for itself.
  package init(
    of solution: InstalledSolution,
    on state: InstalledState,
    isFull: Bool = false,
    kinds: ComponentKinds = .standard
  ) {
    var making = DescriptionMaking(of: solution, on: state, isFull: isFull, kinds: kinds)
    making.tell()
    self = making.description()
  }

  init(solution: InstalledSolution, said: Said, files: [File], components: [Told]) {
    (self.solution, self.said, self.files, self.components) = (solution, said, files, components)
  }

  /// Files of packages whose contents it needs.
  package var parts: [Definition.Part] {
    files.compactMap { file in
      if case .part(let part) = file.content { part } else { nil }
    }
  }

  /// Files beside the readable one, with their contents.
  ///
  /// - Parameter found: contents of `parts` by their paths; what is not among them is left out.
  package func contents(_ found: [String: [UInt8]]) -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for file in files {
      switch file.content {
      case .bytes(let bytes): contents[file.path] = bytes
      case .part(let part): contents[file.path] = found[part.path]
      }
    }
    return contents
  }

  /// Words under which others stand, each on a line of its own.
  package static var sections: Set<String> {
    Set(BlueprintReader.sections + ["columns", "keys", "properties"])
      .union(DescribedKind.everywhere.map(\.section))
      .subtracting(["solution", "publisher", "language", "remove"])
  }
}

/// A description with the contents of the files beside it.
package struct DescribedSolution: Sendable {
  package let description: Description
  /// By path, below the folder of the readable file.
  package let contents: [String: [UInt8]]

  package init(_ description: Description, contents: [String: [UInt8]]) {
    (self.description, self.contents) = (description, contents)
  }
}

extension InstalledState {
  /// The same as if an environment kept what a solution says: packages spell it in other ways.
  package func keeping(_ solution: InstalledSolution) -> InstalledState {
    var state = self
    for layer in solution.members.flatMap(layers) {
      state.put(
        Layer(
          solution: layer.solution,
          publisher: layer.publisher,
          rank: layer.rank,
          component: layer.component.with(layer.definition.kept)
        )
      )
    }
    return state
  }

  /// What there is without what a solution says: to what its description is applied.
  package func without(
    _ solution: InstalledSolution,
    _ kinds: ComponentKinds = .standard
  ) -> InstalledState {
    var state = self
    for id in described(by: solution, kinds) {
      if !solution.isManaged { state.removeLayer(of: id, by: .draft) }
      state.removeLayer(of: id, by: solution.isManaged ? solution.name : .active)
      if state.stacks[id] == nil { state.settings[id] = nil }
    }
    state.solutions[solution.name] = nil
    return state
  }

  /// What a description of the solution is about.
  ///
  /// That is what it lists, with the unmanaged parts of tables that it has with all their parts. A table without the column
  /// that names its rows is one of others.
  func described(by solution: InstalledSolution, _ kinds: ComponentKinds) -> Set<ComponentID> {
    let wholes = solution.behaviors.filter { $0.value == .includeSubcomponents }.keys
    let parts = standingComponents.filter { id in
      guard !kinds[id.type].isListedAlone, let stack = standing(id),
        let table = stack.top.component.parent
      else { return false }
      return wholes.contains(table) && solution.members.contains(table)
        && (stack.layer(of: .active) ?? stack.layer(of: .draft)) != nil
    }
    let all = solution.members.union(parts)
    return all.filter { id in
      guard id.type == .entity, !solution.isManaged, let primary = primaryColumn(of: id, kinds)
      else { return true }
      return all.contains(primary)
    }
  }

  /// The column that names rows of a table; nil where nobody says.
  func primaryColumn(of table: ComponentID, _ kinds: ComponentKinds) -> ComponentID? {
    let columns = standingComponents.filter {
      $0.type == .attribute && $0.tableAndColumn?.table == table.key
    }
    return columns.sorted().first { id in
      drafted(id)?.effective(kinds[id.type].merge).definition.isPrimaryName == true
    }
  }
}

extension Definition {
  /// Read from its canonical bytes.
  fileprivate var kept: Definition {
    do {
      let root = try XMLTree(CanonicalWriter.bytes(of: fragment)).root
      let inner = fragment.isWrapped ? root.children.first { !$0.isText } : root
      return Definition(XMLFragment(inner ?? root, isWrapped: fragment.isWrapped), parts: parts)
    } catch {
      // What has been read once is within the limits of reading.
      return self
    }
  }
}
