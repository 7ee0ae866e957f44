package import SolutionStore
package import Solutions

/// Operations by their numbers, without what became of each component.
package struct OperationsQuestion: Question {
  private let numbers: Set<Int>

  package init(_ numbers: Set<Int>) { self.numbers = numbers }

  package func answer(from store: StoreReader) throws -> [Int: Operation] {
    var operations: [Int: Operation] = [:]
    for number in numbers { operations[number] = try store.operations(number...number).first }
    return operations
  }
}
