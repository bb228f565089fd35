package import ConnectorKit
import Foundation
package import LintelModel

/// Reads Yardi Voyager's SOAP interfaces: properties, and the units and residents of each.
package struct YardiConnector: Connector {
    /// Yardi in the catalogue.
    package static let vendor = VendorDescription(
        id: "yardi",
        name: "Yardi Voyager",
        summary: "Voyager's ItfResidentData or ItfResidentTransactions20",
        fields: YardiSettings.fields,
        limits: .wholeProperty
    ) { settings, environment throws(ConnectorError) in
        YardiConnector(settings: try YardiSettings(settings), environment: environment)
    }

    private let settings: YardiSettings
    private let client: ReadClient

    init(settings: YardiSettings, environment: ConnectorEnvironment) {
        self.settings = settings
        client = ReadClient(environment: environment, limits: Self.vendor.limits)
    }

    package func properties() async throws(ConnectorError) -> [PMSProperty] {
        let body = try await read(.properties, of: nil)
        return try YardiWire.properties(in: body, at: YardiOperation.properties.name(in: interface))
    }

    /// Tries the properties, the units of the first, and the residents of a property that does not exist:
    /// every other answer carries residents.
    package func check() async throws(ConnectorError) -> [OperationCheck] {
        let (properties, first) = try await OperationCheck.listing(
            YardiOperation.properties.name(in: interface)
        ) { () throws(ConnectorError) in try await self.properties() }
        return [
            properties,
            try await .trying(YardiOperation.units.name(in: interface), of: first) {
                property throws(ConnectorError) in
                _ = try await read(.units, of: property)
                return "units of property \(property)"
            },
            try await .trying(
                YardiOperation.residents.name(in: interface),
                ofInvented: PMSPropertyID("-lintel-check-")
            ) { property throws(ConnectorError) in _ = try await read(.residents, of: property) },
        ]
    }

    package func fetch(
        _ property: PMSPropertyID,
        receive: (SnapshotPage) async throws -> Void
    ) async throws {
        try await receive(SnapshotPage(kind: .units, bytes: read(.units, of: property)))
        try await receive(SnapshotPage(kind: .residents, bytes: read(.residents, of: property)))
    }

    package func decoder(for property: PMSPropertyID) -> any SnapshotDecoder {
        YardiDecoder(property: property, interface: interface)
    }

    /// Nil: the operations for one resident answer with birth date and social security number.
    package func residencies(
        of residents: [PMSResidentID],
        in property: PMSPropertyID
    ) async throws(ConnectorError) -> SnapshotPart? {
        nil
    }

    private var interface: YardiInterface { settings.interface }

    /// One whole answer; Voyager knows no pages.
    private func read(
        _ operation: YardiOperation,
        of property: PMSPropertyID?
    ) async throws(ConnectorError) -> Data {
        let name = operation.name(in: interface)
        let attempt = name + (property.map { " of property \($0)" } ?? "")
        let namespace = "http://tempuri.org/YSI.Interfaces.WebServices/\(interface.rawValue)"
        let call = SOAPCall(
            url: "\(settings.endpoint.text)/\(interface.rawValue).asmx",
            namespace: namespace,
            operation: name,
            action: "\(namespace)/\(name)",
            content: SOAPCall.elements(parameters(for: property))
        )
        let secrets = settings.secrets
        let interface = interface
        return try await client.read(
            call.request,
            service: interface.rawValue,
            attempting: attempt
        ) { response throws(ConnectorError) in
            let answer = try SOAPCall.read(
                response,
                attempting: attempt,
                hiding: secrets
            ) { _, xml throws(XMLSkimmer.Failure) in
                try YardiOutline(of: operation, through: interface, in: &xml)
            }
            try answer.judge(attempting: attempt, hiding: secrets)
            return response.body
        }
    }

    /// What every call carries, in the order of the interface's WSDL: the two place the property apart.
    private func parameters(for property: PMSPropertyID?) -> [SOAPCall.Parameter] {
        let account: [SOAPCall.Parameter] = [
            ("UserName", settings.username), ("Password", settings.password.revealed),
            ("ServerName", settings.server), ("Database", settings.database),
            ("Platform", settings.platform),
        ]
        let entity: [SOAPCall.Parameter] = [
            ("InterfaceEntity", settings.entity), ("InterfaceLicense", settings.license.revealed),
        ]
        guard let property else { return account + entity }
        let asked: [SOAPCall.Parameter] = [("YardiPropertyId", property.text)]
        return interface == .residentData ? account + entity + asked : account + asked + entity
    }
}

/// The operations of Voyager that are called.
enum YardiOperation: Sendable {
    case properties
    case units
    case residents

    func name(in interface: YardiInterface) -> String {
        switch (self, interface) {
        case (.properties, _): "GetPropertyConfigurations"
        case (.units, .residentData): "GetUnitInformation"
        case (.residents, .residentData): "GetResidents"
        case (.units, .residentTransactions): "GetUnitInformation_Login"
        case (.residents, .residentTransactions): "GetResidentTransactions_Login"
        }
    }
}
