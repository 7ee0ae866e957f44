import Contract
import Reading
import Solutions

/// All that an assistant can ask for.
struct Tools: Sendable {
  let all: [Tool]

  /// - Parameter plans: those that were made, by their digests.
  init(_ reach: Reach, plans: KeptPlans, allowsChanges: Bool) {
    let looking = Self.packages(reach) + Self.components(reach) + Self.others(reach, plans)
    all = looking + (allowsChanges ? Self.changing(reach, plans) : [])
  }

  subscript(name: String) -> Tool? { all.first { $0.name == name } }

  static let style = TextStyle(noColor: true)

  static func text<Document: Shape>(
    _ type: Document.Type,
    _ words: @escaping @Sendable (Document) -> Prose
  ) -> Tool.Text {
    .of { words(try ShapeCoder.shape(Document.self, $0)) }
  }

  // MARK: Parameters

  static func environment(_ reach: Reach) -> [Tool.Parameter] {
    guard !reach.environments.isEmpty else { return [] }
    let names = reach.environments.map(\.name)
    return [
      Tool.Parameter(
        name: "env",
        kind: .word(names),
        words: "Which environment.",
        isNeeded: false
      )
    ]
  }

  /// Of tools that look at a state.
  private static func state(_ reach: Reach) -> [Tool.Parameter] {
    [
      Tool.Parameter(
        name: "against",
        kind: .paths,
        words: "Packages that are taken as installed, in the order of installation."
      )
    ] + environment(reach)
  }

  private static let filters = [
    Tool.Parameter(
      name: "only",
      kind: .texts,
      words: "Only what is delete, dereference, add, change or masked."
    ),
    Tool.Parameter(name: "kind", kind: .texts, words: "Only components of a kind, such as Form."),
    Tool.Parameter(
      name: "table",
      kind: .texts,
      words: "Only a table and its parts, by its logical name."
    ),
  ]
  private static let filterOptions = [("only", "only"), ("kind", "kind"), ("table", "table")]

  private static let component = Tool.Parameter(
    name: "component",
    kind: .text,
    words: "KIND:NAME such as Column:account.name, a GUID, a name or a display name.",
    isNeeded: true
  )

  private static let moment = Tool.Parameter(
    name: "asOf",
    kind: .number,
    words: "The environment as it was after this operation."
  )

  static let packages = Tool.Parameter(
    name: "packages",
    kind: .paths,
    words: "Solution packages (.zip, .cab or unpacked folders); several come in together.",
    isNeeded: true
  )
  static let importing = [
    Tool.Parameter(
      name: "action",
      kind: .word(PlanOptions.Choice.allCases.map(\.rawValue)),
      words:
        "How a higher version comes in: upgrade deletes what it no longer has, stage puts it beside the old one, update deletes nothing; auto is upgrade."
    ),
    Tool.Parameter(
      name: "enableSteps",
      kind: .flag,
      words: "Enable plug-in steps and activate processes and flows."
    ),
    Tool.Parameter(
      name: "overwriteCustomizations",
      kind: .flag,
      words: "What the packages say also replaces unmanaged customizations."
    ),
  ]
  static let importingOptions = [
    ("action", "action"), ("enableSteps", "enable-steps"),
    ("overwriteCustomizations", "overwrite-customizations"),
  ]
}

// MARK: Packages and plans

extension Tools {
  fileprivate static func packages(_ reach: Reach) -> [Tool] {
    [inspect(reach), diff(reach), plan(reach)]
  }

  private static func inspect(_ reach: Reach) -> Tool {
    Tool(
      name: "inspect",
      title: "Inspect a package",
      summary:
        "What a solution package contains: its solution, publisher, components by kind, needs.",
      parameters: [
        Tool.Parameter(
          name: "package",
          kind: .path,
          words: "A solution package (.zip, .cab or an unpacked folder).",
          isNeeded: true
        ),
        Tool.Parameter(name: "components", kind: .flag, words: "List the components, too."),
      ],
      command: { arguments in
        Tool.Command(
          verb: ["inspect"],
          options: arguments.options([("components", "components")]),
          operands: try arguments.text("package").map { [try reach.path($0)] } ?? []
        )
      },
      text: text(InspectShape.self) { InspectText(document: $0, style: style).text() }
    )
  }

  private static func diff(_ reach: Reach) -> Tool {
    Tool(
      name: "diff",
      title: "Compare two packages",
      summary: "What differs between an older and a newer package, property by property.",
      parameters: [
        Tool.Parameter(name: "from", kind: .path, words: "The older package.", isNeeded: true),
        Tool.Parameter(name: "to", kind: .path, words: "The newer package.", isNeeded: true),
      ] + filters,
      command: { arguments in
        Tool.Command(
          verb: ["diff"],
          options: arguments.options(filterOptions),
          operands: try ["from", "to"].compactMap { arguments.text($0) }.map {
            try reach.path($0)
          }
        )
      },
      text: text(DiffShape.self) {
        DiffText(document: $0, style: style, view: ReadingView()).text()
      }
    )
  }

  private static func plan(_ reach: Reach) -> Tool {
    Tool(
      name: "plan",
      title: "Plan an import",
      summary: """
        What importing packages would do, without doing it: what changes, what is deleted with its data, what stays hidden, \
        what refuses it. The plan is kept under its digest.
        """,
      parameters: [packages] + state(reach) + importing + filters,
      keepsPlan: true,
      command: { arguments in
        Tool.Command(
          verb: ["plan"],
          options: try reach.stateOptions(arguments, isNeeded: false)
            + arguments.options(importingOptions + filterOptions),
          operands: try arguments.texts("packages").map { try reach.path($0) }
        )
      },
      text: text(PlanShape.self) { PlanText(plan: $0, style: style).text() }
    )
  }

  fileprivate static func others(_ reach: Reach, _ plans: KeptPlans) -> [Tool] {
    [why(plans), explain, history(reach), status(reach), solutions(reach)]
  }

  private static func why(_ plans: KeptPlans) -> Tool {
    Tool(
      name: "why",
      title: "Why something is in a plan",
      summary: "Why a component is deleted, kept, changed or added by a plan that was made here.",
      parameters: [component, KeptPlans.parameter],
      command: { arguments in
        Tool.Command(
          verb: ["show"],
          options: arguments.options([("component", "component")]),
          operands: [try plans.path(arguments)]
        )
      },
      text: .printed { arguments in
        Tool.Command(
          verb: ["show"],
          options: arguments.options([("component", "why")]),
          operands: [try plans.path(arguments)]
        )
      }
    )
  }

  private static let explain =
    Tool(
      name: "explain",
      title: "Explain a code, rule or word",
      summary:
        "What the code of a finding, the id of a rule or a word of layers and solutions means.",
      parameters: [
        Tool.Parameter(
          name: "topic",
          kind: .text,
          words: "Such as 0x8004F01F, LY-311 or masked; all topics where it is left out."
        )
      ],
      command: {
        Tool.Command(verb: ["explain"], operands: [$0.text("topic")].compactMap(\.self))
      },
      text: text(ExplainShape.self) {
        $0.findings.count + $0.rules.count + $0.words.count > 8 ? $0.list(style) : $0.text(style)
      }
    )

  private static func history(_ reach: Reach) -> Tool {
    Tool(
      name: "history",
      title: "History of an environment",
      summary:
        "What was done to an environment, newest first, or one operation with its results.",
      parameters: [
        Tool.Parameter(name: "operation", kind: .number, words: "Only this one, whole."),
        Tool.Parameter(name: "limit", kind: .number, words: "How many; default 50."),
      ] + environment(reach),
      command: { arguments in
        Tool.Command(
          verb: ["history"],
          options: try reach.environmentOption(arguments)
            + arguments.options([("limit", "limit")]),
          operands: arguments.number("operation").map { ["\($0)"] } ?? []
        )
      },
      text: text(HistoryShape.self) { $0.text(style, ReadingView()) }
    )
  }

  private static func status(_ reach: Reach) -> Tool {
    Tool(
      name: "status",
      title: "Status of an environment",
      summary: "The revision of an environment, what runs, staged upgrades and drafts.",
      parameters: environment(reach),
      command: {
        Tool.Command(verb: ["status"], options: try reach.environmentOption($0))
      },
      text: text(StatusShape.self) { $0.text(style) }
    )
  }

  private static func solutions(_ reach: Reach) -> Tool {
    Tool(
      name: "solutions",
      title: "Installed solutions",
      summary: "The solutions of an environment, topmost layer first.",
      parameters: [moment] + environment(reach),
      command: {
        Tool.Command(
          verb: ["list"],
          options: try reach.environmentOption($0) + $0.options([("asOf", "as-of")])
        )
      },
      text: text(SolutionsShape.self) { $0.text(style) }
    )
  }
}

// MARK: Components

extension Tools {
  fileprivate static func components(_ reach: Reach) -> [Tool] {
    [
      look(
        "layers",
        "Layers of a component",
        "Which solutions have a layer of a component, topmost first, and what each changed.",
        reach,
        text(LayersShape.self) { $0.text(style) }
      ),
      look(
        "blame",
        "Who set each property",
        "Which layer set each property of a component.",
        reach,
        text(BlameShape.self) { $0.text(style) }
      ),
      look(
        "deps",
        "Dependencies of a component",
        "What a component needs, what needs it, and what blocks its deletion.",
        reach,
        text(DepsShape.self) { $0.text(style) }
      ),
      Tool(
        name: "find",
        title: "Find components",
        summary: "Components by name, display name, id or label, the best match first.",
        parameters: [
          Tool.Parameter(
            name: "text",
            kind: .text,
            words: "A part of what to look for.",
            isNeeded: true
          ),
          Tool.Parameter(name: "kind", kind: .text, words: "Only this kind, such as Form."),
          Tool.Parameter(name: "table", kind: .text, words: "Only this table and its parts."),
        ] + state(reach),
        command: { arguments in
          Tool.Command(
            verb: ["find"],
            options: try reach.stateOptions(arguments)
              + arguments.options([("kind", "kind"), ("table", "table")]),
            operands: [arguments.text("text")].compactMap(\.self)
          )
        },
        text: text(FindShape.self) { $0.text(style) }
      ),
    ]
  }

  private static func look(
    _ name: String,
    _ title: String,
    _ summary: String,
    _ reach: Reach,
    _ text: Tool.Text
  ) -> Tool {
    Tool(
      name: name,
      title: title,
      summary: summary,
      parameters: [component] + state(reach) + [moment],
      command: { arguments in
        Tool.Command(
          verb: [name],
          options: try reach.stateOptions(arguments) + arguments.options([("asOf", "as-of")]),
          operands: [arguments.text("component")].compactMap(\.self)
        )
      },
      text: text
    )
  }
}
