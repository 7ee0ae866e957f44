/// Solutions that every environment has and no package brings; none of them is a row that is kept (LC-132).
extension InstalledSolution {
  /// Lists every component.
  package static let ofEverything = builtIn(.default, "Default Solution", "fd140aaf", .default)

  /// Stands for the layer of unmanaged work.
  package static let ofActiveLayer = builtIn(.active, "Active Solution", "fd140aae", .default)

  /// Stands for the layer of the platform.
  package static let ofSystemLayer = builtIn(.system, "System Solution", "fd140aad", .system)

  /// - Parameter start: of the id that it has everywhere.
  private static func builtIn(
    _ name: SolutionName,
    _ displayName: String,
    _ start: String,
    _ publisher: PublisherName
  ) -> InstalledSolution {
    InstalledSolution(
      id: GUID("\(start)-4df4-11dd-bd17-0019b9312238") ?? GUID(from: "solution", name.text),
      name: name,
      displayName: displayName,
      version: .first,
      isManaged: name == .system,
      publisher: publisher,
      block: 0,
      members: []
    )
  }
}

extension Publisher {
  /// Those that every environment has (LC-104).
  package static let builtIn = [
    Publisher(
      name: .default,
      displayName: "Default Publisher",
      prefix: "new",
      optionValuePrefix: 10_000
    ),
    Publisher(
      name: .system,
      displayName: "MicrosoftCorporation",
      prefix: "",
      optionValuePrefix: 0
    ),
  ]
}
