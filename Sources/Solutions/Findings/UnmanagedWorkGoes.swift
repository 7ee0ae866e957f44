package struct UnmanagedWorkGoes: FindingContent {
  package static let kind = FindingKind(
    "strata.unmanaged-work-goes",
    .warning,
    .inferred("DP-440"),
    "What people made of, or changed about, what goes is deleted with it."
  )

  let cause: Dropping.Cause
  /// What no solution brought.
  let made: [NamedComponent]
  /// What has an unmanaged layer, or a draft, over what a solution brought.
  let changed: [NamedComponent]

  package var subject: Subject { .solution(cause.solution) }

  package var text: Phrase {
    let parts: [Phrase] = [
      made.isEmpty
        ? nil : made.count == 1 ? "1 unmanaged component" : "\(made.count) unmanaged components",
      changed.isEmpty
        ? nil
        : changed.count == 1
          ? "unmanaged changes of 1 component" : "unmanaged changes of \(changed.count) components",
    ].compactMap(\.self)
    let isOne = made.count + changed.count == 1 && !made.isEmpty
    return
      "\(parts[0])\(parts.count == 2 ? " and \(parts[1])" : "" as Phrase) \(isOne ? "goes" : "go") along with what \(cause.solution) loses"
  }

  package var because: [Phrase] { made.lines + changed.lines }

  package var remedies: [Remedy] {
    [.words("to keep what was made, add it to an unmanaged solution and export that first")]
  }
}
