internal import XML

/// A place of a form where something is named (PF-1000).
private struct FormPlace {
  enum Named {
    case table
    /// Of the table that the place speaks of.
    case column
    /// `table.column`.
    case columnPath
    /// A column, or a control, that a script says it needs: it breaks without, and the platform does not track it.
    case scripted
    case view, views, chart, form, forms, role, relationship, control
    case webResource, directive
    /// A web resource, or an address elsewhere.
    case address
  }

  let element: String
  /// nil for the element's text.
  let attribute: String?
  let named: Named

  init(_ element: String, _ attribute: String, _ named: Named) {
    self.element = element
    self.attribute = attribute
    self.named = named
  }

  init(_ element: String, _ named: Named) {
    self.element = element
    attribute = nil
    self.named = named
  }

  static let all: [FormPlace] = [
    FormPlace("control", "datafieldname", .column),
    FormPlace("data", "datafieldname", .column),
    FormPlace("event", "attribute", .column),
    FormPlace("tabs", "filterby", .column),
    FormPlace("tabs", "entityview", .view),
    FormPlace("Library", "name", .webResource),
    FormPlace("Handler", "libraryName", .webResource),
    FormPlace("dependency", "id", .scripted),
    FormPlace("internaljscriptfile", "src", .directive),
    FormPlace("NavBarItem", "Url", .directive),
    FormPlace("NavBarItem", "Icon", .directive),
    FormPlace("NavBarByRelationshipItem", "RelationshipName", .relationship),
    FormPlace("NavBarByRelationshipItem", "Icon", .directive),
    FormPlace("Role", "Id", .role),
    FormPlace("customControl", "name", .control),
    FormPlace("TargetEntityType", .table),
    FormPlace("DependentAttributeType", .table),
    FormPlace("DependentAttributeName", .columnPath),
    FormPlace("datafieldname", .column),
    FormPlace("SubGridParentId", .column),
    FormPlace("AddressField", .column),
    FormPlace("ViewId", .view),
    FormPlace("DefaultViewId", .view),
    FormPlace("EntityViewId", .view),
    FormPlace("ViewIds", .views),
    FormPlace("AvailableViewIds", .views),
    FormPlace("FilteredViewIds", .views),
    FormPlace("VisualizationId", .chart),
    FormPlace("RelationshipName", .relationship),
    FormPlace("FilterRelationshipName", .relationship),
    FormPlace("QuickForms", .forms),
    FormPlace("QuickFormId", .forms),
    FormPlace("WebResourceId", .webResource),
    FormPlace("Url", .address),
  ]

  static let byElement = Dictionary(grouping: all, by: \.element)

  var via: String {
    attribute.map { "form/\(element)@\($0)" }
      ?? (element == "customControl" ? "form/\(element)" : "form/parameters/\(element)")
  }
}

extension References {
  /// What a form, a dashboard or the descriptions of controls name.
  ///
  /// - Parameter table: of the form; dashboards have none.
  mutating func form(_ form: XMLElement, table: String?) {
    for element in [form] + Array(form.descendants)
    where !element.isText && !element.isTakenAway {
      let name = element.name
      for place in FormPlace.byElement[name] ?? [] { self.place(place, element, table: table) }
      if element.parent?.name == "parameters" { bound(element, table: table) }
    }
  }

  private mutating func place(_ place: FormPlace, _ element: XMLElement, table: String?) {
    guard let text = place.attribute.map({ element.attribute($0) }) ?? element.text, !text.isEmpty
    else { return }
    let via = place.via
    switch place.named {
    case .table: entity(text, via: via)
    case .column: column(text, element, table: table, via: via)
    case .columnPath:
      let path = text.split(separator: ".").map(String.init)
      if path.count == 2 { attribute(path[0], path[1], via: via) }
    case .scripted:
      guard let table, text.isLogicalName else { return }
      add(.attribute(table, text), .untracked, via: via, isCertain: false)
    case .view: guid(text, .savedQuery, via: via)
    case .views: guids(text, .savedQuery, via: via)
    case .chart: guid(text, .savedQueryVisualization, via: via)
    case .form: guid(text, .systemForm, via: via)
    case .forms:
      // `<QuickFormIds><QuickFormId entityname="…">guid</…>` as escaped text.
      for piece in text.split(whereSeparator: { "<>".contains($0) }) {
        guid(String(piece), .systemForm, via: via)
      }
    case .role: guid(text, .role, via: via)
    case .relationship: relationship(text, via: via)
    case .control: add(ComponentID(.customControl, text.lowercased()), via: via)
    case .webResource:
      if let id = GUID(text) {
        add(ComponentID(.webResource, id), via: via)
      } else {
        webResource(text, via: via)
      }
    case .directive: webResourceDirective(text, via: via)
    case .address: if !text.contains("://") { webResource(text, via: via) }
    }
  }

  /// A column of the table that the parameters around it speak of, or of the form's.
  private mutating func column(
    _ text: String,
    _ element: XMLElement,
    table: String?,
    via: String
  ) {
    let spoken = Self.target(around: element)
    if let owner = spoken ?? table {
      attribute(owner, text, via: via)
    } else if let view = element.attribute("entityview").flatMap({ GUID($0) }) {
      // A dashboard filters by a column of its view's table.
      path(view.description, text, via: via)
    }
  }

  /// `<TargetEntityType>` beside the parameter.
  private static func target(around element: XMLElement) -> String? {
    guard ["data-set", "parameters"].contains(element.parent?.name ?? ""),
      let name = element.parent?.text(of: "TargetEntityType"), !name.isEmpty
    else { return nil }
    return name
  }

  /// Parameters of a code component that are bound to columns: all that are not marked as static values.
  ///
  /// Its manifest would say so for certain, and mostly lies elsewhere.
  private mutating func bound(_ element: XMLElement, table: String?) {
    guard element.parent?.parent?.name == "customControl" else { return }
    if element.name == "data-set" {
      for property in element.children where !property.isText {
        boundColumn(property, table: element.text(of: "TargetEntityType") ?? table)
      }
    } else {
      boundColumn(element, table: table)
    }
  }

  private mutating func boundColumn(_ element: XMLElement, table: String?) {
    guard FormPlace.byElement[element.name] == nil, element.attribute("static") != "true",
      !element.hasChildren, element.text.isLogicalName, element.text != "true",
      element.text != "false"
    else { return }
    attribute(table, element.text, via: "form/customControl/parameters", isCertain: false)
  }
}
