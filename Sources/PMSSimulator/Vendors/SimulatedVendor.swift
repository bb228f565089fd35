/// A vendor whose wire format can be served.
package struct SimulatedVendor: Sendable {
    let format: any WireFormat

    init(_ format: any WireFormat) {
        self.format = format
    }

    /// The vendor's id in the catalogue of connectors, such as `entrata`.
    package var id: String { format.vendor }
    /// What faults can be told to strike.
    package var services: [String] { format.services }
    /// The faults that the format can show.
    package var faults: [Fault] { format.faults }
    /// What the format can say beside what every one can.
    package var extras: Set<PortfolioExtra> { format.extras }

    /// The vendor of that id; nil where its format is not served.
    package init?(id: String) {
        guard let known = Self.all.first(where: { $0.id == id }) else { return nil }
        self = known
    }
}
