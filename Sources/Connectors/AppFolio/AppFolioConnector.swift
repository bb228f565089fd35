package import ConnectorKit
package import LintelModel

/// Reads AppFolio's Stack interface (v0): properties, units and tenants, a page at a time.
package struct AppFolioConnector: Connector {
    /// AppFolio in the catalogue.
    package static let vendor = VendorDescription(
        id: "appfolio",
        name: "AppFolio",
        summary: "AppFolio Stack, version 0",
        fields: AppFolioSettings.fields
    ) { settings, environment throws(ConnectorError) in
        AppFolioConnector(settings: try AppFolioSettings(settings), environment: environment)
    }

    /// Records asked for with each page; the server may give fewer.
    static let pageSize = 1000
    /// How many residents are asked for by id in one call.
    static let residentsAskedAtMost = 50

    private let settings: AppFolioSettings
    private let client: ReadClient

    init(settings: AppFolioSettings, environment: ConnectorEnvironment) {
        self.settings = settings
        client = ReadClient(environment: environment)
    }

    package func properties() async throws(ConnectorError) -> [PMSProperty] {
        var reader = list("properties", filters: [Self.everything])
        var properties: [PMSProperty] = []
        while let page = try await reader.page() {
            properties += try AppFolioWire.properties(in: page.body, at: "properties")
        }
        return properties
    }

    /// Tries each list; tenants with a time to come as filter, which no tenant passes.
    package func check() async throws(ConnectorError) -> [OperationCheck] {
        var checks = [
            try await OperationCheck.trying("GET /api/v0/properties") {
                () throws(ConnectorError) in
                let found = try await properties()
                return found.count == 1 ? "1 property" : "\(found.count) properties"
            }
        ]
        for resource in ["units", "tenants"] {
            checks.append(
                try await .trying("GET /api/v0/\(resource)") { () throws(ConnectorError) in
                    let nothing = (name: Self.everything.name, value: "2999-01-01T00:00:00Z")
                    var reader = list(resource, filters: [nothing])
                    _ = try await reader.page()
                    return "tried with a filter that nothing passes"
                }
            )
        }
        return checks
    }

    package func fetch(
        _ property: PMSPropertyID,
        receive: (SnapshotPage) async throws -> Void
    ) async throws {
        for resource in ["units", "tenants"] {
            var reader = list(
                resource,
                filters: [Self.everything, ("filters[PropertyId]", property.text)],
                of: property
            )
            while let page = try await reader.page() {
                try await receive(
                    SnapshotPage(
                        kind: resource == "tenants" ? .residents : .units,
                        bytes: page.body,
                        hash: page.evidence.fingerprint
                    )
                )
            }
        }
    }

    package func decoder(for property: PMSPropertyID) -> any SnapshotDecoder {
        AppFolioDecoder(property: property)
    }

    /// Asks for up to ``residentsAskedAtMost`` residents by their ids in one call; the rest are listed as
    /// unreadable.
    package func residencies(
        of residents: [PMSResidentID],
        in property: PMSPropertyID
    ) async throws(ConnectorError) -> SnapshotPart? {
        let asked = residents.prefix(Self.residentsAskedAtMost)
        guard !asked.isEmpty else { return SnapshotPart() }
        var decoder = AppFolioDecoder(property: property)
        for resource in ["units", "tenants"] {
            let own: (name: String, value: String) =
                resource == "units"
                ? ("filters[PropertyId]", property.text)
                : ("filters[Id]", asked.map(\.text).joined(separator: ","))
            var reader = list(resource, filters: [Self.everything, own], of: property)
            var answer = SnapshotPart()
            while let page = try await reader.page() {
                let part = try decoder.decode(
                    SnapshotPage(
                        kind: resource == "tenants" ? .residents : .units,
                        bytes: page.body,
                        hash: page.evidence.fingerprint
                    )
                )
                answer.residencies += part.residencies.filter { asked.contains($0.key.resident) }
                answer.unreadable += part.unreadable.filter { asked.contains($0) }
                answer.problems += part.problems
            }
            guard resource == "tenants" else { continue }
            // A list that cannot say everything cannot say that somebody is gone.
            if !answer.problems.allSatisfy({ $0.effect != .incomplete }) {
                let known = Set(answer.residencies.map(\.key.resident) + answer.unreadable)
                answer.unreadable += asked.filter { !known.contains($0) }
            }
            answer.unreadable += residents.dropFirst(Self.residentsAskedAtMost)
            return answer
        }
        return nil
    }

    /// The filter that AppFolio demands of every list, passed by everything.
    private static let everything = (
        name: "filters[LastUpdatedAtFrom]", value: "1970-01-01T00:00:00Z"
    )

    /// A list, read page by page where the server says the next one is.
    private func list(
        _ resource: String,
        filters: [(name: String, value: String)],
        of property: PMSPropertyID? = nil
    ) -> ListReader {
        let settings = settings
        return ListReader(
            client: client,
            service: "v0",
            attempting: resource + (property.map { " of property \($0)" } ?? ""),
            pageSize: Self.pageSize
        ) { place throws(ConnectorError) in
            let paging = [("page[number]", "1"), ("page[size]", "\(Self.pageSize)")]
            let path = place.next ?? "/api/v0/\(resource)?\(QueryText.encode(filters + paging))"
            return HTTPExchangeRequest(
                method: "GET",
                url: "\(settings.endpoint.text)\(path)",
                headers: [(name: "Accept", value: "application/json")] + settings.headers
            )
        } judge: { response, attempt throws(ConnectorError) in
            let outline = try JSONOutline.judge(
                response,
                list: "data",
                members: ["next_page_path"],
                attempting: attempt,
                hiding: settings.secrets
            )
            let next = outline.members["next_page_path"].flatMap { $0.isEmpty ? nil : $0 }
            // The credentials go to this path: it must be one of the interface.
            guard next?.hasPrefix("/api/v0/\(resource)?") != false else {
                throw ConnectorError(
                    .malformed,
                    attempting: attempt,
                    "next_page_path is none of /api/v0/\(resource)"
                )
            }
            return ListPage(
                body: response.body,
                evidence: PageEvidence(outline, namesNext: next != nil),
                next: next?.replacing("[", with: "%5B").replacing("]", with: "%5D")
            )
        }
    }
}
