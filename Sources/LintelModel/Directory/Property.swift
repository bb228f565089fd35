/// One community: the unit of work.
///
/// Everything is planned, braked and applied per property.
package struct Property: Sendable, Equatable {
    package var id: PropertyID
    package var name: String
    /// An IANA time zone name; days are civil days of it.
    package var timeZone: String
    package var settings: PropertySettings

    package init(
        id: PropertyID,
        name: String,
        timeZone: String,
        settings: PropertySettings = .init()
    ) {
        self.id = id
        self.name = name
        self.timeZone = timeZone
        self.settings = settings
    }
}
