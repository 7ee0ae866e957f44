internal import Faces
internal import HTTPTypes
internal import Mustache
internal import Solutions

/// One page, or what a form of a page asks for.
struct Page: Sendable {
  enum Reply: Sendable {
    case page(String)
    /// HTML for a page that is there, and how many things it is about.
    case part(String, count: Int? = nil)
    case download(Workroom.Scratch, name: String, type: String)
    /// An address of this service.
    case elsewhere(String)
  }

  let method: HTTPRequest.Method
  let path: String
  let role: Role
  let respond: @Sendable (Call) async throws -> Reply

  /// All; each file of this folder gives some.
  static let all: [Page] = [
    solutions, solution, component, find, history, operation, importing, details, planImport, plan,
    planSketch, planGroup, planAnchor, planFound, anything, apply, job, tables, rows, trash,
    trashItem, comparison, comparedSketch, clone, row, saveRow, newRow, addRow, rowsIn, dataIn,
    planRows, rowsPlan, applyRows, window, planWindow, csv, data,
  ]

  /// - Parameter place: which of the places in the head it belongs to.
  static func render(
    _ template: Template,
    title: String,
    at place: Place?,
    scripts: [Asset] = [],
    _ fields: [String: Any],
    for call: Call
  ) throws -> Reply {
    let base = call.site.base
    let common: [String: Any] = [
      "base": base, "formToken": call.asker.formToken ?? "",
      "mayPlan": call.user.role >= .planner,
    ]
    var layout = common
    layout["site"] = [
      "base": base, "user": call.user.name, "role": call.user.role.rawValue,
      "places": Place.allCases.map {
        ["href": base + $0.path, "words": $0.words, "isHere": $0 == place] as [String: Any]
      },
    ]
    layout["api"] = base + Routes.api
    let text = try Template.shown(
      template,
      title: title,
      scripts: [.service] + scripts,
      content: fields.merging(common) { own, _ in own },
      layout: layout
    )
    return .page(text)
  }

  enum Place: CaseIterable {
    case solutions
    case importing
    case tables
    case history

    var path: String {
      switch self {
      case .solutions: "/"
      case .importing: "/import"
      case .tables: "/tables"
      case .history: "/history"
      }
    }

    var words: String {
      switch self {
      case .solutions: "Solutions"
      case .importing: "Import"
      case .tables: "Tables"
      case .history: "History"
      }
    }
  }

  // MARK: Outside of any environment

  static func signIn(isRefused: Bool) throws -> String {
    try Template.shown(
      .signIn,
      title: "Sign in",
      content: ["isRefused": isRefused],
      layout: ["site": [Any]()]
    )
  }

  /// Where several are served, what lies at the root.
  static func environments(_ sites: [Site]) throws -> String {
    try Template.shown(
      .environments,
      title: "Environments",
      content: [
        "environments": sites.map {
          ["href": "\($0.base)/", "name": $0.name, "location": $0.location]
        }
      ],
      layout: ["site": [Any]()]
    )
  }

  static func failure(_ failure: Failure) throws -> String {
    try Template.shown(
      .failure,
      title: "That did not work",
      content: [
        "message": failure.message.text, "remedy": failure.remedy.map { [$0.text] } ?? [],
        "code": failure.code, "home": "/",
      ],
      layout: ["site": [Any]()]
    )
  }
}

/// A page's text with places for what is shown in it.
struct Template: Sendable {
  private let template: MustacheTemplate

  private init(_ bytes: [UInt8]) {
    do {
      template = try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
    } catch {
      preconditionFailure("a template of ours: \(error)")
    }
  }

  static let signIn = Template(PackageResources.sign_in_mustache)
  static let environments = Template(PackageResources.environments_mustache)
  static let failure = Template(PackageResources.failure_mustache)
  static let solutions = Template(PackageResources.solutions_mustache)
  static let solution = Template(PackageResources.solution_mustache)
  static let component = Template(PackageResources.component_mustache)
  static let find = Template(PackageResources.find_mustache)
  static let history = Template(PackageResources.history_mustache)
  static let operation = Template(PackageResources.operation_mustache)
  static let importing = Template(PackageResources.import_mustache)
  static let details = Template(PackageResources.details_mustache)
  static let tables = Template(PackageResources.tables_mustache)
  static let rows = Template(PackageResources.rows_mustache)
  static let trash = Template(PackageResources.trash_mustache)
  static let trashItem = Template(PackageResources.trash_item_mustache)
  static let plan = Template(PackageResources.plan_mustache)
  static let planSketch = Template(PackageResources.plan_sketch_mustache)
  static let job = Template(PackageResources.job_mustache)
  static let compare = Template(PackageResources.compare_mustache)
  static let clone = Template(PackageResources.clone_mustache)
  static let row = Template(PackageResources.row_mustache)
  static let rowsIn = Template(PackageResources.rows_in_mustache)
  static let data = Template(PackageResources.data_mustache)
  static let rowsPlan = Template(PackageResources.rows_plan_mustache)
  static let window = Template(PackageResources.window_mustache)
  private static let layout = Template(PackageResources.layout_mustache)
  /// What several pages have in them.
  private static let library = MustacheLibrary(
    templates: ["sketch": Template(PackageResources.sketch_mustache).template]
  )

  /// The page whole.
  ///
  /// - Parameter content: every text of it is made visible and escaped, `plan` aside, which is HTML.
  static func shown(
    _ template: Template,
    title: String,
    scripts: [Asset] = [],
    content: [String: Any],
    layout fields: [String: Any]
  ) throws -> String {
    var fields = fields
    let raw = content["plan"] as? RawHTML
    var content = content
    content["plan"] = raw == nil ? content["plan"] : nil
    guard var shown = PlanHTML.visible(content) as? [String: Any],
      var layout = PlanHTML.visible(fields) as? [String: Any]
    else { preconditionFailure("fields stay fields") }
    if let raw { shown["plan"] = raw.text }
    fields = [:]
    layout["title"] = title.visible
    layout["styles"] = Asset.styles.path
    layout["scripts"] = scripts.map(\.path)
    layout["content"] = template.template.render(shown, library: library)
    return Self.layout.template.render(layout)
  }
}

/// HTML that was made by us, in which what is foreign is escaped.
struct RawHTML {
  let text: String
}
