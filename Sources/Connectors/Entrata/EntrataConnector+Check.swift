package import ConnectorKit
import LintelModel

extension EntrataConnector {
    /// Entrata in the catalogue.
    package static let vendor = VendorDescription(
        id: "entrata",
        name: "Entrata",
        summary: "Entrata's gateway, or its older API with a password",
        fields: EntrataSettings.fields
    ) { settings, environment throws(ConnectorError) in
        EntrataConnector(settings: try EntrataSettings(settings), environment: environment)
    }

    /// Tries getProperties, getPropertyUnits of the first property, and getLeasePickList in place of
    /// getLeases, whose every answer carries residents.
    ///
    /// - Throws: ``ConnectorError`` where Entrata could not be asked at all.
    package func check() async throws(ConnectorError) -> [OperationCheck] {
        let (properties, first) = try await OperationCheck.listing("getProperties") {
            () throws(ConnectorError) in
            try await self.properties()
        }
        let units = try await OperationCheck.trying("getPropertyUnits", of: first) {
            property throws(ConnectorError) in
            let answer = try await read(
                .getPropertyUnits,
                parameters: Self.parameters(of: .getPropertyUnits, for: property),
                of: property,
                page: 1
            )
            return "\(answer.evidence.rows) units on the first page of property \(property)"
        }
        let leases = try await OperationCheck.trying("getLeases") { () throws(ConnectorError) in
            let answer = try await read(.getLeasePickList, parameters: [:], of: nil, page: 1)
            let names = try EntrataDecoder.read(
                .getLeasePickList,
                from: answer.body,
                at: "getLeasePickList",
                EntrataWire.StatusType.init(from:)
            ).map(\.name)
            let unknown = names.filter { EntrataVocabulary.status($0) == .unknown }
                .map { VendorWords.clean($0) }
            let tried = "tried by getLeasePickList, which touches no resident"
            return unknown.isEmpty
                ? tried
                : "\(tried); lease statuses without meaning here: "
                    + unknown.joined(separator: ", ")
        }
        return [properties, units, leases]
    }
}
