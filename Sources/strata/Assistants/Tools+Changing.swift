import Contract
import Solutions

extension Tools {
  private static let allowed = Tool.Parameter(
    name: "allowDestroy",
    kind: .texts,
    words: "What may be destroyed: KIND:NAME, with its parts, or all. Ask the person first."
  )
  private static let allowedOptions = [("allowDestroy", "allow-destroy")]
  /// Seconds that a call waits for its turn.
  private static let waiting = ["--wait=30"]

  /// What changes an environment; each is one operation, which a rollback undoes.
  static func changing(_ reach: Reach, _ plans: KeptPlans) -> [Tool] {
    [
      Tool(
        name: "apply",
        title: "Apply a plan",
        summary:
          "Applies exactly a plan that was made here on an environment; refused when anything has changed since.",
        parameters: [KeptPlans.parameter(isNeeded: true), allowed] + environment(reach),
        effect: .changes,
        command: { arguments in
          Tool.Command(
            verb: ["apply"],
            options: try reach.environmentOption(arguments)
              + arguments.options([("plan", "expect")] + allowedOptions) + waiting,
            operands: [try plans.path(arguments)]
          )
        },
        text: result
      ),
      Tool(
        name: "import",
        title: "Import packages",
        summary:
          "Plans an import and applies the plan in one operation; plan first to see what it does.",
        parameters: [packages] + importing + [allowed] + environment(reach),
        effect: .changes,
        command: { arguments in
          Tool.Command(
            verb: ["import"],
            options: try reach.environmentOption(arguments)
              + arguments.options(importingOptions + allowedOptions) + waiting,
            operands: try arguments.texts("packages").map { try reach.path($0) }
          )
        },
        text: result
      ),
      Tool(
        name: "rollback",
        title: "Roll back",
        summary: "Undoes the last operation, or all from one on, data included.",
        parameters: [
          Tool.Parameter(
            name: "operation",
            kind: .number,
            words: "The first operation to undo; default the last."
          ), allowed,
        ] + environment(reach),
        effect: .changes,
        command: { arguments in
          Tool.Command(
            verb: ["rollback"],
            options: try reach.environmentOption(arguments) + arguments.options(allowedOptions)
              + waiting,
            operands: arguments.number("operation").map { ["\($0)"] } ?? []
          )
        },
        text: result
      ),
    ]
  }

  private static let result = text(ResultShape.self) { document in
    let plan = document.plan.content
    if let refusal = document.refusal {
      return PlanText(plan: plan, style: style).text() + "\(refusal)\n"
    }
    guard let operation = document.operation else { return "Nothing to do.\n" }
    return PlanText(plan: plan, style: style, tense: .past).text()
      + "Done: operation \(operation).\n"
  }
}
