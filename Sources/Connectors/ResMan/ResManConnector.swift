package import ConnectorKit
import Foundation
package import LintelModel

/// Reads ResMan's classic interface: properties and units as JSON, residents as MITS XML.
package struct ResManConnector: Connector {
    /// ResMan in the catalogue.
    package static let vendor = VendorDescription(
        id: "resman",
        name: "ResMan",
        summary: "ResMan's partner interface",
        fields: ResManSettings.fields,
        limits: .wholeProperty
    ) { settings, environment throws(ConnectorError) in
        ResManConnector(settings: try ResManSettings(settings), environment: environment)
    }

    private let settings: ResManSettings
    private let client: ReadClient

    init(settings: ResManSettings, environment: ConnectorEnvironment) {
        self.settings = settings
        client = ReadClient(environment: environment, limits: Self.vendor.limits)
    }

    package func properties() async throws(ConnectorError) -> [PMSProperty] {
        let body = try await read(.getProperties, of: nil)
        return try ResManWire.properties(in: body, at: ResManOperation.getProperties.name)
    }

    /// Tries GetProperties and GetUnits of the first property; GetResidentTransactions2_0 is asked for a
    /// property that does not exist, since every other answer carries residents.
    package func check() async throws(ConnectorError) -> [OperationCheck] {
        let (properties, first) = try await OperationCheck.listing(
            ResManOperation.getProperties.name
        ) { () throws(ConnectorError) in try await self.properties() }
        return [
            properties,
            try await .trying(ResManOperation.getUnits.name, of: first) {
                property throws(ConnectorError) in
                _ = try await read(.getUnits, of: property)
                return "units of property \(property)"
            },
            try await .trying(
                ResManOperation.getResidentTransactions.name,
                ofInvented: PMSPropertyID("00000000-0000-0000-0000-000000000000")
            ) { property throws(ConnectorError) in
                _ = try await read(.getResidentTransactions, of: property)
            },
        ]
    }

    package func fetch(
        _ property: PMSPropertyID,
        receive: (SnapshotPage) async throws -> Void
    ) async throws {
        try await receive(SnapshotPage(kind: .units, bytes: read(.getUnits, of: property)))
        let residents = try await read(.getResidentTransactions, of: property)
        try await receive(SnapshotPage(kind: .residents, bytes: residents))
    }

    package func decoder(for property: PMSPropertyID) -> any SnapshotDecoder {
        ResManDecoder(property: property)
    }

    /// Nil: ResMan's documents name no way to ask for one resident.
    package func residencies(
        of residents: [PMSResidentID],
        in property: PMSPropertyID
    ) async throws(ConnectorError) -> SnapshotPart? {
        nil
    }

    /// One whole answer; ResMan knows no pages.
    private func read(
        _ operation: ResManOperation,
        of property: PMSPropertyID?
    ) async throws(ConnectorError) -> Data {
        let attempt = operation.name + (property.map { " of property \($0)" } ?? "")
        var form: [(name: String, value: String)] = [
            ("IntegrationPartnerID", settings.partnerID),
            ("ApiKey", settings.apiKey.revealed),
            ("AccountID", settings.accountID),
        ]
        if let property { form.append(("PropertyID", property.text)) }
        let request = HTTPExchangeRequest(
            method: "POST",
            url: "\(settings.endpoint.text)/\(operation.path)",
            headers: [
                (name: "Content-Type", value: "application/x-www-form-urlencoded"),
                (name: "Accept", value: operation.isXML ? "application/xml" : "application/json"),
            ],
            body: Data(QueryText.encode(form).utf8),
            maximumBytes: 256 << 20
        )
        let secrets = settings.secrets
        return try await client.read(
            request,
            service: operation.path,
            attempting: attempt
        ) { response throws(ConnectorError) in
            try ResManWire.judge(response, to: operation, attempting: attempt, hiding: secrets)
            return response.body
        }
    }
}

/// The operations of ResMan that are called.
enum ResManOperation: Sendable {
    case getProperties
    case getUnits
    case getResidentTransactions

    /// Area and method, as the address has them.
    var path: String {
        switch self {
        case .getProperties: "Account/GetProperties"
        case .getUnits: "Property/GetUnits"
        case .getResidentTransactions: "MITS/GetResidentTransactions2_0"
        }
    }

    var name: String { path }

    var isXML: Bool { self == .getResidentTransactions }
}
