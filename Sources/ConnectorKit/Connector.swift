package import LintelModel

/// A way to read one PMS: the contract every vendor's connector keeps.
///
/// A connector never writes to the PMS. It reads pages to the end or throws: a list cut short is an
/// error, never a short snapshot. An error inside an HTTP 200 is an error. An empty body is no empty
/// list. It asks for the minimum, and no description or log line of its own carries a resident's name or
/// a credential.
package protocol Connector: Sendable {
    /// The PMS properties these credentials may see.
    func properties() async throws(ConnectorError) -> [PMSProperty]

    /// Tries each operation a sync needs, without touching resident data, and says of each whether it is
    /// allowed, in the vendor's words.
    func check() async throws(ConnectorError) -> [OperationCheck]

    /// Fetches everything about one PMS property and hands over the pages as they came, in order.
    ///
    /// `receive` is called for one page after the other; what it throws ends the fetch and is thrown on.
    ///
    /// - Throws: ``ConnectorError`` where the list could not be read to its end, or what `receive` throws.
    func fetch(
        _ property: PMSPropertyID,
        receive: (SnapshotPage) async throws -> Void
    ) async throws

    /// A decoder for the pages of one fetch of that property.
    func decoder(for property: PMSPropertyID) -> any SnapshotDecoder

    /// Everything the PMS says about some residents, asked one by one; nil where the vendor cannot be
    /// asked that way.
    ///
    /// A resident the PMS does not know is simply not in the answer.
    func residencies(
        of residents: [PMSResidentID],
        in property: PMSPropertyID
    ) async throws(ConnectorError) -> SnapshotPart?

    /// Whether the vendor can be asked what changed: its filter is documented, and gives every record that
    /// changed.
    var tellsChanges: Bool { get }

    /// What changed in one PMS property since that time: all residencies there of every resident of whom
    /// anything changed, and all units where any of them did.
    ///
    /// No such answer can say who is gone: it is read between whole snapshots, never instead of them.
    ///
    /// - Returns: nil where the vendor cannot be asked, or so much changed, or in such a way, that
    ///   reading everything says it better.
    func changes(
        in property: PMSPropertyID,
        since: Timestamp
    ) async throws(ConnectorError) -> SnapshotPart?
}

extension Connector {
    package var tellsChanges: Bool { false }

    package func changes(
        in property: PMSPropertyID,
        since: Timestamp
    ) async throws(ConnectorError) -> SnapshotPart? { nil }
}

/// Turns the pages of one fetch into units and residencies, without any I/O.
package protocol SnapshotDecoder: Sendable {
    /// What one page states. Pages come in the order in which they were fetched.
    mutating func decode(_ page: SnapshotPage) throws(ConnectorError) -> SnapshotPart

    /// What is known only after the last page, and whether the snapshot is complete.
    mutating func finish() throws(ConnectorError) -> SnapshotPart
}
