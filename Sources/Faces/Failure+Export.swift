package import Solutions

extension Failure {
  /// Why nothing is exported of a solution that is no row of the environment.
  package static func notExported(_ name: SolutionName, isManaged: Bool) -> Failure {
    guard name == .default else {
      return Failure(
        code: "0x80048037",
        "\(name) is not installed, so that it cannot be exported",
        remedy: "strata list shows what is",
        status: 4
      )
    }
    return isManaged
      ? Failure(
        code: "0x80048048",
        "the Default solution is never exported as managed",
        remedy: "export a solution that lists what is wanted",
        status: 4
      )
      : Failure(
        code: "0x80048037",
        "the Default solution stands for all that the environment has, and is not exported here",
        remedy: "make a solution, and list in it what is wanted: strata components add",
        status: 4
      )
  }
}
