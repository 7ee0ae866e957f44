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
