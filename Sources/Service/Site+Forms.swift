internal import Contract
internal import Faces
internal import Lifecycle
internal import Solutions

/// Forms as they are laid out.
extension Site {
  /// nil where it says nothing of tabs.
  func sketch(of text: String, asOf: Int? = nil) async throws -> (ComponentShape, FormDrawing?) {
    let (id, state) = try await component(text, asOf: asOf)
    guard let standing = state.standing(id) else {
      throw Failure(.noSuchComponent, "no component “\(text.shown(80))”")
    }
    let drawing = try await drawing(state.stacks[id], of: id)
    return (ComponentShape(standing.top.component, kinds: .standard), drawing)
  }

  /// A form as it is, and as a plan would leave it.
  func sketches(
    of text: String,
    in kept: KeptPlan
  ) async throws -> (before: FormDrawing?, after: FormDrawing?) {
    let (id, _) = try await component(text, asOf: nil)
    let request = try await kept.order.request(on: self).request
    let (before, after) = try await lifecycle.preview(request, of: id)
    return (try await drawing(before, of: id), try await drawing(after, of: id))
  }

  /// A form as it was after two operations; nil where it was not there, or says nothing of tabs.
  func sketches(
    of text: String,
    from: Int,
    to: Int
  ) async throws -> (before: FormDrawing?, after: FormDrawing?) {
    func drawing(_ revision: Int) async throws -> FormDrawing? {
      let address = ComponentAddress(text: text)
      let question = address.question(.standard, asOf: revision)
      let state = try await lifecycle.ask(question).state
      guard let id = try address.found(in: state, kinds: .standard) else { return nil }
      return try await self.drawing(state.stacks[id], of: id)
    }
    return (try await drawing(from), try await drawing(to))
  }

  private func drawing(_ stack: LayerStack?, of id: ComponentID) async throws -> FormDrawing? {
    guard let stack,
      let sketch = FormSketch(stack, merge: ComponentKinds.standard[id.type].merge)
    else { return nil }
    return FormDrawing(sketch, columns: try await columns(of: stack.top.component.parent))
  }

  /// What columns of a table are called; empty for what is no table in use.
  private func columns(of table: ComponentID?) async throws -> [String: String] {
    guard let table, table.type == .entity else { return [:] }
    do {
      let columns = try await lifecycle.ask(TableQuestion(of: table.key)).columns
      return Dictionary(
        columns.compactMap { column in column.displayName.map { (column.name, $0) } }
      ) { first, _ in first }
    } catch is QueryError {
      return [:]
    }
  }
}
