internal import Solutions

extension ToldTables {
  /// A column of such a table with the labels of its options, where it has some.
  static func labelled(_ column: Column, of table: String) -> Column {
    labelled[table]?[column.name] ?? column
  }

  /// By table and column.
  private static let labelled: [String: [String: Column]] = {
    var labelled: [String: [String: Column]] = [:]
    for line in labels.split(separator: "\n") {
      let words = line.split(separator: ":", maxSplits: 1)
      precondition(words.count == 2, "there are no labels for such a column: \(line)")
      var titles: [Int: String] = [:]
      for option in words[1].split(separator: ",") {
        let parts = option.split(separator: " ", maxSplits: 1)
        titles[Int(parts[0]) ?? -1] = parts.count > 1 ? String(parts[1]) : ""
      }
      for place in words[0].split(separator: " ") {
        let path = place.split(separator: ".").map(String.init)
        guard path.count == 2, let column = model(path[0])?.table.column(path[1]) else {
          preconditionFailure("the platform has no such column: \(place)")
        }
        labelled[path[0], default: [:]][path[1]] = Column(column.name, column.type, titles: titles)
      }
    }
    return labelled
  }()

  /// Columns, and their options with labels.
  private static let labels = """
    asyncoperation.statecode: 0 Ready, 1 Suspended, 2 Locked, 3 Completed
    asyncoperation.statuscode: 0 Waiting For Resources, 10 Waiting, 20 In Progress, 21 Pausing, 22 Canceling, 30 Succeeded, 31 Failed, 32 Canceled
    asyncoperation.operationtype: 13 Bulk Delete, 45 Update Solution, 54 Execute Async Request, 63 EntityKey Index Creation, 71 Cleanup Solution Components, 93 Import Solution Metadata, 202 Export Solution, 203 Import Solution, 204 Publish All, 207 Delete And Promote, 208 Uninstall Solution, 209 Provision Language, 210 Import Translation, 211 Stage And Upgrade
    solution.solutiontype: 0 None, 1 Snapshot, 2 Internal
    msdyn_solutionhistory.msdyn_operation: 0 Import, 1 Uninstall, 2 Export, 3 Publish, 4 Publish all, 5 Language provision, 6 Import translation, 7 Ribbon metadata generation, 8 Workflow set state, 9 None
    msdyn_solutionhistory.msdyn_suboperation: 0 None, 1 New, 2 Upgrade, 3 Update, 4 Delete
    msdyn_solutionhistory.msdyn_status: 0 Started, 1 Completed
    solutioncomponent.rootcomponentbehavior: 0 Include Subcomponents, 1 Do not include subcomponents, 2 Include As Shell Only
    dependency.dependencytype: 0 None, 1 Solution Internal, 2 Published, 4 Unpublished
    solutioncomponent.componenttype dependency.dependentcomponenttype dependency.requiredcomponenttype dependencynode.componenttype msdyn_solutioncomponentsummary.msdyn_componenttype msdyn_solutioncomponentcountsummary.msdyn_componenttype solutioncomponentdefinition.solutioncomponenttype: 1 Entity, 2 Attribute, 3 Relationship, 9 Option Set, 10 Entity Relationship, 14 Entity Key, 20 Role, 22 Display String, 24 Form, 26 Saved Query, 29 Workflow, 31 Report, 36 Email Template, 44 Duplicate Rule, 50 Ribbon Customization, 59 Saved Query Visualization, 60 System Form, 61 Web Resource, 62 Site Map, 63 Connection Role, 65 Hierarchy Rule, 66 Custom Control, 68 Custom Control Default Config, 70 Field Security Profile, 71 Field Permission, 80 Model-driven App, 90 Plugin Type, 91 Plugin Assembly, 92 SDK Message Processing Step, 93 SDK Message Processing Step Image, 95 Service Endpoint, 150 Routing Rule, 151 Routing Rule Item, 152 SLA, 153 SLA Item, 154 Convert Rule, 155 Convert Rule Item, 161 Mobile Offline Profile, 162 Mobile Offline Profile Item, 165 Similarity Rule, 166 Data Source Mapping, 208 Import Map, 300 Canvas App, 371 Connector, 372 Connector, 380 Environment Variable Definition, 381 Environment Variable Value, 400 AI Project Type, 401 AI Project, 402 AI Configuration, 430 Entity Analytics Configuration, 431 Attribute Image Configuration, 432 Entity Image Configuration
    environmentvariabledefinition.type: 100000000 String, 100000001 Number, 100000002 Boolean, 100000003 JSON, 100000004 Data Source, 100000005 Secret
    environmentvariabledefinition.statecode environmentvariablevalue.statecode connectionreference.statecode savedquery.statecode: 0 Active, 1 Inactive
    environmentvariabledefinition.statuscode environmentvariablevalue.statuscode connectionreference.statuscode savedquery.statuscode: 1 Active, 2 Inactive
    webresource.webresourcetype: 1 Webpage (HTML), 2 Style Sheet (CSS), 3 Script (JScript), 4 Data (XML), 5 PNG format, 6 JPG format, 7 GIF format, 8 Silverlight (XAP), 9 Style Sheet (XSL), 10 ICO format, 11 Vector format (SVG), 12 String (RESX)
    systemform.type: 0 Dashboard, 1 AppointmentBook, 2 Main, 5 Mobile - Express, 6 Quick View Form, 7 Quick Create, 8 Dialog, 9 Task Flow Form, 10 InteractionCentricDashboard, 11 Card, 12 Main - Interactive experience
    workflow.category: 0 Workflow, 1 Dialog, 2 Business Rule, 3 Action, 4 Business Process Flow, 5 Modern Flow, 6 Desktop Flow
    workflow.statecode: 0 Draft, 1 Activated, 2 Suspended
    workflow.statuscode: 1 Draft, 2 Activated, 3 CompanyDLPViolation
    sdkmessageprocessingstep.statecode: 0 Enabled, 1 Disabled
    sdkmessageprocessingstep.statuscode: 1 Enabled, 2 Disabled
    sdkmessageprocessingstep.mode: 0 Synchronous, 1 Asynchronous
    """
}
