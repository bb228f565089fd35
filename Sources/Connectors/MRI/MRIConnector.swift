package import ConnectorKit
package import LintelModel

/// Reads MRI Residential Management's web services: properties, units and lease details.
package struct MRIConnector: Connector {
    /// MRI in the catalogue.
    package static let vendor = VendorDescription(
        id: "mri",
        name: "MRI",
        summary: "MRI Residential Management's web services",
        fields: MRISettings.fields,
        limits: .wholeProperty
    ) { settings, environment throws(ConnectorError) in
        MRIConnector(settings: try MRISettings(settings), environment: environment)
    }

    /// Records on a page, where MRI is not told otherwise.
    static let pageSize = 300

    private let settings: MRISettings
    private let client: ReadClient

    init(settings: MRISettings, environment: ConnectorEnvironment) {
        self.settings = settings
        client = ReadClient(environment: environment, limits: Self.vendor.limits)
    }

    package func properties() async throws(ConnectorError) -> [PMSProperty] {
        var reader = list(.properties, of: nil)
        var properties: [PMSProperty] = []
        while let page = try await reader.page() {
            properties += try MRIWire.properties(
                in: page.body,
                at: MRIOperation.properties.rawValue
            )
        }
        return properties
    }

    /// Tries each service; the lease details of a property that does not exist, which touches no resident.
    package func check() async throws(ConnectorError) -> [OperationCheck] {
        let (properties, first) = try await OperationCheck.listing(
            MRIOperation.properties.rawValue
        ) { () throws(ConnectorError) in try await self.properties() }
        var checks = [properties]
        if let first {
            checks += try await checkUnits(of: first)
        } else {
            checks.append(.untried(MRIOperation.units.rawValue))
        }
        checks.append(try await checkOfNobody(.leases))
        return checks
    }

    /// Tries the vacancy information, and the rent roll where that is not licensed.
    ///
    /// Where the rent roll stands in, it alone is told of: a sync needs no more.
    private func checkUnits(
        of property: PMSPropertyID
    ) async throws(ConnectorError) -> [OperationCheck] {
        var refusal: ConnectorError?
        let units = try await OperationCheck.trying(MRIOperation.units.rawValue) {
            () throws(ConnectorError) in
            var reader = list(.units, of: property)
            do throws(ConnectorError) {
                let rows = try await reader.page()?.evidence.rows ?? 0
                return "\(rows) units on the first page of property \(property)"
            } catch {
                refusal = error
                throw error
            }
        }
        guard let refusal, MRIOperation.rentRoll.standsIn(for: .units, after: refusal) else {
            return [units]
        }
        let rentRoll = try await checkOfNobody(
            .rentRoll,
            "units are read from it, since \(units.operation) is refused (\(units.detail)); "
        )
        return rentRoll.isAllowed ? [rentRoll] : [units, rentRoll]
    }

    /// Tries a service whose rows name residents.
    private func checkOfNobody(
        _ operation: MRIOperation,
        _ remark: String = ""
    ) async throws(ConnectorError) -> OperationCheck {
        try await .trying(operation.rawValue) { () throws(ConnectorError) in
            var reader = list(operation, of: PMSPropertyID("LINTEL-CHECK"))
            _ = try await reader.page()
            return "\(remark)tried for a property that does not exist, which touches no resident"
        }
    }

    package func fetch(
        _ property: PMSPropertyID,
        receive: (SnapshotPage) async throws -> Void
    ) async throws {
        for operation in [MRIOperation.units, .leases] {
            var (reader, next) = try await open(operation, of: property)
            while let page = next {
                try await receive(
                    SnapshotPage(
                        kind: operation == .leases ? .residents : .units,
                        bytes: page.body,
                        hash: page.evidence.fingerprint
                    )
                )
                next = try await reader.page()
            }
        }
    }

    /// A list and its first page: of the rent roll, where it is to stand in for the units.
    private func open(
        _ operation: MRIOperation,
        of property: PMSPropertyID
    ) async throws(ConnectorError) -> (reader: ListReader, first: ListPage?) {
        var reader = list(operation, of: property)
        do throws(ConnectorError) {
            let first = try await reader.page()
            return (reader, first)
        } catch {
            guard MRIOperation.rentRoll.standsIn(for: operation, after: error) else { throw error }
            return try await open(.rentRoll, of: property)
        }
    }

    package func decoder(for property: PMSPropertyID) -> any SnapshotDecoder {
        MRIDecoder(property: property)
    }

    /// Nil: the service that can be asked by name id gives rows without lease or unit.
    package func residencies(
        of residents: [PMSResidentID],
        in property: PMSPropertyID
    ) async throws(ConnectorError) -> SnapshotPart? {
        nil
    }

    /// A list, read where `nextLink` says the next page is.
    private func list(_ operation: MRIOperation, of property: PMSPropertyID?) -> ListReader {
        let settings = settings
        return ListReader(
            client: client,
            service: operation.rawValue,
            attempting: operation.rawValue + (property.map { " of property \($0)" } ?? ""),
            pageSize: Self.pageSize
        ) { place throws(ConnectorError) in
            var query = "$api=\(operation.rawValue)&$format=json"
            if let property {
                query += "&\(operation.propertyParameter)=\(QueryText.encode(property.text))"
            }
            return HTTPExchangeRequest(
                method: "GET",
                url: "\(settings.endpoint.text)/mriapiservices/api.asp?\(place.next ?? query)",
                headers: [(name: "Accept", value: "application/json"), settings.authorization]
            )
        } judge: { response, attempt throws(ConnectorError) in
            let outline = try JSONOutline.judge(
                response,
                list: "value",
                members: ["nextLink"],
                attempting: attempt,
                hiding: settings.secrets
            )
            let next = try Self.query(
                ofNextLink: outline.members["nextLink"] ?? "",
                of: operation,
                attempting: attempt
            )
            return ListPage(
                body: response.body,
                evidence: PageEvidence(outline, namesNext: next != nil),
                next: next
            )
        }
    }

    /// The query of a `nextLink`, whose `$` is percent-encoded; nil where there is no link.
    ///
    /// The rest of the link is left out: credentials go to the address of the connection alone.
    private static func query(
        ofNextLink link: String,
        of operation: MRIOperation,
        attempting attempt: String
    ) throws(ConnectorError) -> String? {
        if link.isEmpty { return nil }
        let parts = link.split(separator: "?", maxSplits: 1)
        let query = parts.count == 2 ? String(parts[1]).replacing("%24", with: "$") : ""
        guard query.split(separator: "&").contains("$api=\(operation.rawValue)"),
            query.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) && $0 != "#" })
        else {
            throw ConnectorError(
                .malformed,
                attempting: attempt,
                "nextLink is no address of \(operation.rawValue)"
            )
        }
        return query
    }
}

/// The web services of MRI that are called.
enum MRIOperation: String, Sendable {
    case properties = "MRI_S-PMRM_PropertyIDByNameOrAddress"
    case units = "MRI_S-PMRM_UnitVacancyInformation"
    case rentRoll = "MRI_S-PMRM_ResidentialRentRoll"
    case leases = "MRI_S-PMRM_ResidentLeaseDetailsByPropertyID"

    /// Whether this service is read in place of one that was refused.
    ///
    /// The rent roll names units by the same ids as the vacancy information. HTTP 403 alone counts: after
    /// any other error the units may be had by asking again, or nothing may.
    func standsIn(for other: MRIOperation, after error: ConnectorError) -> Bool {
        self == .rentRoll && other == .units && error.code == .forbidden
    }

    /// What the service calls a property's id.
    var propertyParameter: String { self == .leases ? "RMPROPID" : "PROPERTYID" }
}
