internal import Dispatch
internal import Synchronization

/// What one thread hands to another, piece by piece: whoever is faster waits for the other.
final class Handover<Element: Sendable>: Sendable {
  /// Whoever takes has gone.
  struct Closed: Error {}

  private struct State {
    var elements: [Element] = []
    var failure: (any Error)?
    var isClosed = false
  }

  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)
  private let free = DispatchSemaphore(value: 0)

  /// - Parameter room: how many pieces wait at most.
  init(room: Int) { for _ in 0..<room { free.signal() } }

  /// - Throws: `Closed`.
  func give(_ element: Element) throws {
    free.wait()
    try state.withLock { state in
      guard !state.isClosed else { throw Closed() }
      state.elements.append(element)
    }
    filled.signal()
  }

  /// Says that no more will come, and why.
  func fail(_ error: any Error) {
    state.withLock { $0.failure = error }
    filled.signal()
  }

  /// - Throws: what `fail` was told, behind what was given before.
  func take() throws -> Element {
    filled.wait()
    let element = try state.withLock { state in
      guard state.elements.isEmpty else { return state.elements.removeFirst() }
      throw state.failure ?? Closed()
    }
    free.signal()
    return element
  }

  /// Says that no more are wanted.
  func close() {
    state.withLock { $0.isClosed = true }
    free.signal()
  }
}
