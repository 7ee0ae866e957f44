internal import Contract
internal import HTTPTypes

extension Endpoint {
  private static let asOf = Query(
    name: "asOf",
    words: "The environment as it was after this operation.",
    isNumber: true
  )

  /// What changes nothing.
  static let looking: [Endpoint] = [
    Endpoint(
      method: .get,
      path: "/status",
      role: .viewer,
      summary: "The revision, and what runs.",
      format: StatusShape.format
    ) { try .shape(try await $0.site.status()) },
    Endpoint(
      method: .get,
      path: "/solutions",
      role: .viewer,
      summary: "Installed solutions, topmost first.",
      queries: [asOf],
      format: SolutionsShape.format
    ) { try .shape(try await $0.site.solutions(asOf: try $0.queryNumber("asOf"))) },
    Endpoint(
      method: .get,
      path: "/solutions/{name}",
      role: .viewer,
      summary: "One solution, with its patches and numbers of components.",
      queries: [asOf],
      format: SolutionShape.format
    ) {
      try .shape(try await $0.site.solution(try $0.path("name"), asOf: try $0.queryNumber("asOf")))
    },
    Endpoint(
      method: .get,
      path: "/solutions/{name}/components",
      role: .viewer,
      summary: "What a solution lists.",
      queries: [asOf],
      format: ComponentsShape.format
    ) {
      try .shape(
        try await $0.site.components(of: try $0.path("name"), asOf: try $0.queryNumber("asOf"))
      )
    },
    Endpoint(
      method: .get,
      path: "/layers",
      role: .viewer,
      summary: "The layers of a component, topmost first.",
      queries: [component, whole, asOf],
      format: LayersShape.format
    ) {
      try .shape(
        try await $0.site.layers(
          of: try $0.component,
          asOf: try $0.queryNumber("asOf"),
          isWhole: $0.query("all") == "true"
        )
      )
    },
    Endpoint(
      method: .get,
      path: "/blame",
      role: .viewer,
      summary: "Which layer set each property of a component.",
      queries: [component, asOf],
      format: BlameShape.format
    ) {
      try .shape(try await $0.site.blame(of: try $0.component, asOf: try $0.queryNumber("asOf")))
    },
    Endpoint(
      method: .get,
      path: "/dependencies",
      role: .viewer,
      summary: "What a component needs, what needs it, and what blocks its deletion.",
      queries: [component, asOf],
      format: DepsShape.format
    ) {
      try .shape(
        try await $0.site.dependencies(of: try $0.component, asOf: try $0.queryNumber("asOf"))
      )
    },
    Endpoint(
      method: .get,
      path: "/find",
      role: .viewer,
      summary: "Components by name, display name, id or label, the best match first.",
      queries: [
        Query(name: "text", words: "A part of what to look for."),
        Query(name: "kind", words: "Only components of this kind."),
        Query(name: "table", words: "Only this table and its parts."),
      ],
      format: FindShape.format
    ) {
      try .shape(
        try await $0.site.find(
          $0.query("text") ?? "",
          kind: $0.query("kind"),
          table: $0.query("table")
        )
      )
    },
    Endpoint(
      method: .get,
      path: "/history",
      role: .viewer,
      summary: "Operations, newest first.",
      queries: [
        Query(name: "limit", words: "How many; default 50.", isNumber: true),
        Query(name: "attempts", words: "true: what was refused, failed or cut off, too."),
      ],
      format: HistoryShape.format
    ) {
      try .shape(
        try await $0.site.history(
          limit: min(try $0.queryNumber("limit") ?? 50, 1000),
          withAttempts: $0.query("attempts") == "true"
        )
      )
    },
    Endpoint(
      method: .get,
      path: "/history/{number}",
      role: .viewer,
      summary: "One operation, with what became of each component.",
      format: HistoryShape.format
    ) { try .shape(try await $0.site.operation(try $0.number("number"))) },
  ]

  private static let component = Query(
    name: "component",
    words: "KIND:NAME, a GUID, a display name or a name."
  )
  private static let whole = Query(name: "all", words: "true: all properties of each layer.")
}

extension Call {
  /// The component that is asked for.
  fileprivate var component: String { get throws { try required("component") } }
}
