internal import Hashing
internal import XML

extension BlueprintMaking {
  /// What was made, as a package.
  func made() -> Blueprint.Made {
    var making = self
    let components = pieces.sorted { $0.key < $1.key }.compactMap { making.component($0, $1) }
    let installed = state.solutions[blueprint.solution]
    let publisher = self.publisher
    let manifest = SolutionManifest(
      name: blueprint.solution,
      displayNames: (blueprint.displayName ?? installed?.displayName).map { [1033: $0] } ?? [:],
      version: blueprint.version ?? installed?.version ?? .first,
      isManaged: false,
      publisher: publisher,
      roots: roots(components, installed),
      languageCode: 1033
    )
    let package = SolutionPackage(
      file: blueprint.file,
      digest: SHA256Digest(of: []),
      container: "",
      bytes: 0,
      entries: 0,
      manifest: manifest,
      components: components,
      carried: [],
      findings: PackageChecks.all(manifest, components, kinds: kinds)
    )
    let unsound =
      making.problems.isEmpty
      ? nil : DescriptionUnsound(file: blueprint.file, problems: making.problems.inOrder)
    let findings =
      making.findings + [unsound].compactMap { $0 }.map { Finding($0, at: $0.location) }
    return Blueprint.Made(
      package: package,
      findings: findings,
      settings: pieces.compactMapValues(\.setting)
    )
  }

  /// Whose it is: of the solution that is there, of the environment, or of the file.
  private var publisher: Publisher {
    let said = blueprint.publisher
    let name = state.solutions[blueprint.solution]?.publisher ?? said?.name ?? .default
    if let known = state.publishers[name] { return known }
    return Publisher(
      name: name,
      displayName: said?.displayName ?? name.text,
      prefix: said?.prefix ?? "",
      optionValuePrefix: said?.optionPrefix
        ?? said?.prefix.map { Publisher.optionValuePrefix(from: $0) }
    )
  }

  private mutating func component(_ id: ComponentID, _ piece: Piece) -> Component? {
    let kind = kinds[id.type]
    let stack = state.drafted(id)
    if let stack, piece.isAsBefore {
      let top = stack.top.component
      return Component(
        id: id,
        name: top.name,
        displayName: top.displayName,
        parent: top.parent,
        definition: top.definition,
        location: location(piece.line),
        isUnmodified: true
      )
    }
    do throws(EditError) {
      var document = Document(root: piece.element)
      document.wrapper = piece.wrapper
      document.parts = (piece.files ?? []).map { ($0, .bottom) }
      let definition: Definition
      if let stack {
        let stated = try stack.active(after: .document(document), kind)
        definition = piece.files.map { Definition(stated.fragment, parts: $0) } ?? stated
        return stack.top.component.with(definition, at: location(piece.line))
      }
      definition = try document.definition()
      let enclosing = piece.parent.map {
        ComponentKind.Enclosing(id: $0, name: state.standing($0)?.top.component.name ?? $0.key)
      }
      guard let key = kind.identity(definition.element, enclosing), key.key == id.key else {
        tell(problem: "“\(id.key)” is no name of a \(kind.title)", at: piece.line)
        return nil
      }
      return Component(
        id: id,
        name: key.name,
        displayName: definition.element.displayName,
        parent: piece.parent,
        definition: definition,
        location: location(piece.line)
      )
    } catch {
      tell(EditRefused(component: named(id), error: error), at: piece.line)
      return nil
    }
  }

  // MARK: What is listed

  private func roots(
    _ components: [Component],
    _ installed: InstalledSolution?
  ) -> [RootComponent] {
    let rooted = components.filter { $0.id.type != .entity && kinds[$0.id.type].isRooted($0) }
      .map { root($0.id, .includeSubcomponents) }
    let tables = tables.sorted().map { table -> RootComponent in
      if let installed, installed.members.contains(table) {
        return root(table, installed.behaviors[table] ?? proposal(for: table, installed))
      }
      return root(table, proposal(for: table, installed))
    }
    return rooted + tables
  }

  /// LC-110: an unmanaged table whole, one whose settings are changed with these, any other by chosen parts alone.
  ///
  /// A patch has only what has changed: of a table that its base lists, chosen parts.
  private func proposal(
    for table: ComponentID,
    _ installed: InstalledSolution?
  ) -> RootComponent.Behavior {
    let piece = pieces[table]
    guard let stack = state.standing(table), stack.isKnown else {
      return piece == nil ? .shell : .includeSubcomponents
    }
    let isOfBase = installed.map { state.isOfBase(table, of: $0) } ?? false
    guard stack.isManaged || isOfBase else { return .includeSubcomponents }
    return piece.map { $0.element != $0.former } ?? false ? .doNotIncludeSubcomponents : .shell
  }

  private func root(_ id: ComponentID, _ behavior: RootComponent.Behavior) -> RootComponent {
    RootComponent(
      id: id,
      name: state.standing(id)?.top.component.name ?? id.key,
      behavior: behavior,
      at: location(pieces[id]?.line ?? 0)
    )
  }
}

extension [DescriptionUnsound.Problem] {
  /// By line.
  fileprivate var inOrder: Self {
    sorted { ($0.line, $0.problem.words) < ($1.line, $1.problem.words) }
  }
}

extension Document {
  func definition() throws(EditError) -> Definition {
    do {
      return try Definition(self, parts: parts.map(\.part))
    } catch {
      throw .notXML(line: error.line, error.message)
    }
  }
}
