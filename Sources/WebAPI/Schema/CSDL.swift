internal import Solutions

/// `$metadata`: tables as types, with what leads from one to another, and what else can be asked for.
struct CSDL {
  private let catalog: Catalog

  init(_ catalog: Catalog) { self.catalog = catalog }

  func answer() async throws -> WebResponse {
    var models: [TableModel] = []
    for head in try await catalog.heads() { models.append(try await catalog.model(of: head.name)) }
    let known = Set(models.map(\.name))
    var text = """
      <?xml version="1.0" encoding="utf-8"?>
      <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>\
      <Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">\
      <EntityType Name="crmbaseentity" Abstract="true"/>
      """
    for model in models { text += type(model, known) }
    text += Self.operations
    text += "<EntityContainer Name=\"System\">"
    for model in models {
      text +=
        "<EntitySet Name=\"\(model.head.setName.attribute)\" EntityType=\"mscrm.\(model.name.attribute)\">"
      for (name, target, _) in navigations(model, known) {
        let set = models.first { $0.name == target }?.head.setName ?? target
        text +=
          "<NavigationPropertyBinding Path=\"\(name.attribute)\" Target=\"\(set.attribute)\"/>"
      }
      text += "</EntitySet>"
    }
    text += Self.imports
    text += "</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"
    return WebResponse(200, [("Content-Type", "application/xml")], body: Array(text.utf8))
  }

  private func type(_ model: TableModel, _ known: Set<String>) -> String {
    var text = "<EntityType Name=\"\(model.name.attribute)\" BaseType=\"mscrm.crmbaseentity\">"
    text += "<Key><PropertyRef Name=\"\(model.table.primaryKey.attribute)\"/></Key>"
    for column in model.table.columns {
      text += "<Property Name=\"\(column.wire.attribute)\" Type=\"\(column.edm)\"/>"
      guard column.type == .file else { continue }
      text += "<Property Name=\"\(column.name.attribute)_name\" Type=\"Edm.String\"/>"
    }
    for (picture, fact) in model.pictureFacts {
      let column = Column(fact.name(of: picture), fact.type)
      text += "<Property Name=\"\(column.name.attribute)\" Type=\"\(column.edm)\"/>"
    }
    for (name, target, constraint) in navigations(model, known) {
      guard let constraint else {
        text +=
          "<NavigationProperty Name=\"\(name.attribute)\" Type=\"Collection(mscrm.\(target.attribute))\"/>"
        continue
      }
      text += """
        <NavigationProperty Name="\(name.attribute)" Type="mscrm.\(target.attribute)">\
        <ReferentialConstraint Property="\(constraint.column.attribute)" ReferencedProperty="\(constraint.key.attribute)"/>\
        </NavigationProperty>
        """
    }
    return text + "</EntityType>"
  }

  private typealias Constraint = (column: String, key: String)

  /// Each name once: lookups before collections.
  private func navigations(
    _ model: TableModel,
    _ known: Set<String>
  ) -> [(name: String, target: String, constraint: Constraint?)] {
    var names: Set<String> = []
    var all: [(name: String, target: String, constraint: Constraint?)] = []
    func add(_ name: String, _ target: String, _ constraint: Constraint?) {
      guard known.contains(target), names.insert(name).inserted else { return }
      all.append((name, target, constraint))
    }
    for link in model.links where link.table == model.name {
      // The user or team that an owner is has a column of its own.
      let column =
        model.table.column(link.navigation)?.isLookup == true ? link.navigation : link.column
      add(link.navigation, link.target, ("_\(column)_value", "\(link.target)id"))
    }
    for link in model.links where link.target == model.name {
      add(link.collection, link.table, nil)
    }
    for pair in model.pairs {
      for (own, other) in [(0, 1), (1, 0)] where pair.ends[own].table == model.name {
        add(pair.ends[own].navigation, pair.ends[other].table, nil)
      }
    }
    return all
  }
}

extension Column {
  /// The type of OData.
  var edm: String {
    switch type {
    case .primaryKey, .uniqueIdentifier, .lookup, .file: "Edm.Guid"
    case .integer, .choice: "Edm.Int32"
    case .bigInteger: "Edm.Int64"
    case .decimal: "Edm.Decimal"
    case .float: "Edm.Double"
    case .boolean: "Edm.Boolean"
    case .dateTime(.dateOnly): "Edm.Date"
    case .dateTime: "Edm.DateTimeOffset"
    case .image: "Edm.Binary"
    case .text, .choices, .other: "Edm.String"
    }
  }
}

extension String {
  /// As the value of an attribute in XML.
  var attribute: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case _ where scalar.value < 0x20: text += " "
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
