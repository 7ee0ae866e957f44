internal import Solutions

/// The net result of a plan's effects: what each row is to be in the end.
struct Writing {
  let before: InstalledState
  private(set) var publishers: [PublisherName: Publisher?] = [:]
  private(set) var solutions: [SolutionName: InstalledSolution?] = [:]
  private(set) var layers: [ComponentID: [SolutionName: Layer?]] = [:]
  private(set) var settings: [ComponentID: Setting?] = [:]
  /// Of solutions whose rows stay as they are.
  private(set) var unlisted: [SolutionName: Set<ComponentID>] = [:]
  private(set) var schema: [SchemaChange] = []
  private(set) var blocksUnmanaged: Bool
  private(set) var facts: FactsIndex?
  /// Components whose layers and settings are closed, whatever comes after.
  private(set) var deleted: Set<ComponentID> = []

  init(before: InstalledState) {
    self.before = before
    blocksUnmanaged = before.blocksUnmanaged
    facts = before.facts
  }

  mutating func note(_ effect: Plan.Effect) {
    switch effect {
    case .putPublisher(let publisher): publishers[publisher.name] = .some(publisher)
    case .removePublisher(let name): publishers[name] = .some(nil)
    case .putSolution(let solution):
      solutions[solution.name] = .some(solution)
      unlisted[solution.name] = nil
    case .removeSolution(let name): solutions[name] = .some(nil)
    case .putLayer(let layer):
      layers[layer.component.id, default: [:]][layer.solution] = .some(layer)
    case .removeLayer(let id, let solution):
      layers[id, default: [:]][solution] = .some(nil)
    case .set(let id, let setting): settings[id] = .some(setting)
    case .blockUnmanaged(let isBlocked): blocksUnmanaged = isBlocked
    case .tell(let index): facts = index
    case .schema(let change): schema.append(change)
    case .deleteComponent(let id):
      deleted.insert(id)
      layers[id] = nil
      settings[id] = nil
    case .unlist(let name, let ids):
      guard let change = solutions[name] else {
        return unlisted[name, default: []].formUnion(ids)
      }
      guard let put = change else { return }
      solutions[name] = .some(put.with(members: put.members.subtracting(ids)))
    }
  }
}
