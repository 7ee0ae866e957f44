internal import OData

extension QueryOptions {
  /// The first of some options of OData that a request says.
  func said(of names: [String]) -> String? {
    names.first { name in
      switch name {
      case "$select": select != nil
      case "$filter": filter != nil
      case "$orderby": !orderBy.isEmpty
      case "$expand": !expand.isEmpty
      case "$top": top != nil
      case "$skip": skip != nil
      case "$count": isCounting
      case "$apply": !apply.isEmpty
      case "$search": search != nil
      case "$format": format != nil
      case "$id": reference != nil
      default: false
      }
    }
  }

  /// - Throws: `WebError` for the first of some options that is said, and does not go here.
  func refuse(_ names: [String]) throws(WebError) {
    guard let name = said(of: names) else { return }
    throw WebError.badQuery("The query parameter \(name) is not supported")
  }
}
