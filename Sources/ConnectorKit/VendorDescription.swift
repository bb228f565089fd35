/// A vendor in the catalogue: its name, what it must be told, and how its connector is made.
package struct VendorDescription: Sendable {
    /// The word used on the command line and in the database, such as `entrata`.
    package let id: String
    /// The vendor's name as it writes itself.
    package let name: String
    /// What is connected, in a few words for a list of commands.
    package let summary: String
    package let fields: [SettingField]
    /// What its service bears.
    package let limits: VendorLimits
    /// Checks the settings and makes a connector, without any I/O.
    package let makeConnector:
        @Sendable (ConnectionSettings, ConnectorEnvironment) throws(ConnectorError) -> any Connector

    package init(
        id: String,
        name: String,
        summary: String,
        fields: [SettingField],
        limits: VendorLimits = VendorLimits(),
        makeConnector:
            @escaping @Sendable (ConnectionSettings, ConnectorEnvironment) throws(ConnectorError)
            -> any Connector
    ) {
        self.id = id
        self.name = name
        self.summary = summary
        self.fields = fields
        self.limits = limits
        self.makeConnector = makeConnector
    }
}

/// What the composition root lends to connectors.
package struct ConnectorEnvironment: Sendable {
    package let transport: any HTTPTransport
    package let sleeper: any Sleeper

    package init(transport: any HTTPTransport, sleeper: any Sleeper) {
        self.transport = transport
        self.sleeper = sleeper
    }
}

/// Waits, so that a test need not.
package protocol Sleeper: Sendable {
    /// Returns after that many milliseconds, or throws `CancellationError` at once when cancelled.
    func sleep(milliseconds: Int) async throws
    /// Milliseconds since 1970, for intervals against a vendor's limits.
    func now() -> Int64
    /// A number from 0 up to 1, for jitter.
    func chance() -> Double
}
