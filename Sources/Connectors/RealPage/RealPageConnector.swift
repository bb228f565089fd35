package import ConnectorKit
import Foundation
package import LintelModel

/// Reads RealPage through its exchange gateway (RPX): sites, and the units and residents of each.
package struct RealPageConnector: Connector {
    /// RealPage in the catalogue.
    package static let vendor = VendorDescription(
        id: "realpage",
        name: "RealPage",
        summary: "OneSite through the RealPage Exchange (RPX)",
        fields: RealPageSettings.fields,
        limits: .wholeProperty
    ) { settings, environment throws(ConnectorError) in
        RealPageConnector(settings: try RealPageSettings(settings), environment: environment)
    }

    private let settings: RealPageSettings
    private let client: ReadClient

    init(settings: RealPageSettings, environment: ConnectorEnvironment) {
        self.settings = settings
        client = ReadClient(environment: environment, limits: Self.vendor.limits)
    }

    package func properties() async throws(ConnectorError) -> [PMSProperty] {
        let body = try await read(.sites, of: nil)
        return try RealPageWire.sites(in: body, at: RealPageOperation.sites.rawValue)
    }

    /// Tries the sites, the units of the first, and the residents of a site that does not exist: every
    /// other answer carries residents.
    package func check() async throws(ConnectorError) -> [OperationCheck] {
        let (sites, first) = try await OperationCheck.listing(
            RealPageOperation.sites.rawValue,
            as: .site
        ) { () throws(ConnectorError) in try await properties() }
        return [
            sites,
            try await .trying(RealPageOperation.units.rawValue, of: first) {
                site throws(ConnectorError) in
                _ = try await read(.units, of: site)
                return "units of site \(site)"
            },
            try await .trying(
                RealPageOperation.residents.rawValue,
                ofInvented: PMSPropertyID("0"),
                as: .site
            ) { site throws(ConnectorError) in _ = try await read(.residents, of: site) },
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
        RealPageDecoder(property: property)
    }

    /// Nil: no operation for one resident is documented.
    package func residencies(
        of residents: [PMSResidentID],
        in property: PMSPropertyID
    ) async throws(ConnectorError) -> SnapshotPart? {
        nil
    }

    /// One whole answer; RPX knows no pages.
    private func read(
        _ operation: RealPageOperation,
        of site: PMSPropertyID?
    ) async throws(ConnectorError) -> Data {
        let attempt = operation.rawValue + (site.map { " of site \($0)" } ?? "")
        let authentication = SOAPCall.elements([
            ("pmcid", settings.companyID), ("siteid", site?.text ?? ""),
            ("licensekey", settings.licenseKey.revealed), ("system", settings.system),
        ])
        let call = SOAPCall(
            url: settings.endpoint.text,
            namespace: "http://tempuri.org/",
            operation: operation.rawValue,
            action: "http://tempuri.org/IRPXService/\(operation.rawValue)",
            content: "<auth>\(authentication)</auth>\(operation.content)"
        )
        let secrets = settings.secrets
        return try await client.read(
            call.request,
            service: operation.rawValue,
            attempting: attempt
        ) { response throws(ConnectorError) in
            let answer = try SOAPCall.read(
                response,
                attempting: attempt,
                hiding: secrets
            ) { _, xml throws(XMLSkimmer.Failure) in
                try RealPageWire.Outline(of: operation, in: &xml)
            }
            guard answer.words.isEmpty else {
                throw ConnectorError(
                    .ofFault(answer.words),
                    attempting: attempt,
                    words: answer.words,
                    hiding: secrets
                )
            }
            guard answer.hasList else {
                throw ConnectorError(
                    .malformed,
                    attempting: attempt,
                    "expected \(operation.list), and nothing says that it is empty"
                )
            }
            return response.body
        }
    }
}

/// The operations of RPX that are called, by their lower-case names.
enum RealPageOperation: String, Sendable {
    case sites = "getsitelist"
    case units = "unitlist"
    case residents = "getresidentlistinfo"

    /// The element that is the list, as RealPage writes it; case is ignored.
    var list: String {
        switch self {
        case .sites: "SiteList"
        case .units: "UnitList"
        case .residents: "residentlist"
        }
    }

    /// What follows the credentials: all statuses, and everybody of a household.
    var content: String {
        guard self == .residents else { return "" }
        let parameters = SOAPCall.elements([("status", "ALL"), ("headofhousehold", "0")])
        return "<getresidentlistinfo>\(parameters)</getresidentlistinfo>"
    }
}
