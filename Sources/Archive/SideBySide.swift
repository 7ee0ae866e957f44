internal import Dispatch
internal import Synchronization

/// What a body makes of each number below `count`, in order; all processors work on it.
///
/// - Throws: what it throws for the lowest number for which it does.
package func sideBySide<Value: Sendable, Failure: Error>(
  _ count: Int,
  _ body: @Sendable (Int) throws(Failure) -> Value
) throws(Failure) -> [Value] {
  let results = Mutex<[Result<Value, Failure>?]>(Array(repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: count) { number in
    let result: Result<Value, Failure>
    do throws(Failure) {
      result = .success(try body(number))
    } catch {
      result = .failure(error)
    }
    results.withLock { $0[number] = result }
  }
  var values: [Value] = []
  values.reserveCapacity(count)
  for result in results.withLock({ $0 }) {
    if let result { values.append(try result.get()) }
  }
  return values
}

/// Something that is made on another thread, while whoever wants it does something else.
package final class Ahead<Value: Sendable, Failure: Error>: Sendable {
  private let isDone = DispatchGroup()
  private let made = Mutex<Result<Value, Failure>?>(nil)

  /// Begins to make it.
  package init(_ make: @escaping @Sendable () throws(Failure) -> Value) {
    DispatchQueue.global().async(group: isDone) { [self] in
      let result: Result<Value, Failure>
      do throws(Failure) {
        result = .success(try make())
      } catch {
        result = .failure(error)
      }
      made.withLock { $0 = result }
    }
  }

  /// Waits for it.
  ///
  /// - Throws: what was thrown there.
  package func value() throws(Failure) -> Value {
    isDone.wait()
    guard let made = made.withLock({ $0 }) else {
      preconditionFailure("what is done has a result")
    }
    return try made.get()
  }
}
