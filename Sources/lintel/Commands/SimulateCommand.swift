import ArgumentParser
import Foundation
import LintelModel
import PMSSimulator
import Server

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Serve a PMS's wire format from a synthetic portfolio, with faults on demand.",
        discussion: "Accepts any key. See docs/simulator.md for the faults and the control paths."
    )

    @Option(help: "Whose format is served: \(SimulatedVendor.names).")
    var vendor: SimulatedVendor = .entrata
    @Option(
        help: ArgumentHelp(
            "Write the portfolio into this folder as CSV files and end, instead of serving it.",
            valueName: "path"
        )
    )
    var into: String?
    @Option(help: ArgumentHelp("The address to listen on.", valueName: "host:port"))
    var listen = ListenAddress(host: "127.0.0.1", port: 4547)
    @Option(help: "How many properties.") var properties = 3
    @Option(help: "How many units over all properties.") var units = 120
    @Option(help: "How many residents over all properties.") var residents = 200
    @Option(help: "Which portfolio of that size.") var seed: UInt64 = 1
    @Option(help: ArgumentHelp("The day it is there, as yyyy-mm-dd.", valueName: "date"))
    var today: CivilDate?
    @Option(help: "The share of residents that differs from the same seed without churn.")
    var churn = 0.0
    @Option(
        help: ArgumentHelp(
            "What it holds beside what every format can say: \(PortfolioExtra.names).",
            valueName: "names"
        )
    )
    var with = PortfolioExtras()
    @Option(
        help: "A fault from the start: \(Fault.names); of a folder \(FolderFault.names)."
    )
    var fault: String?
    @Flag(help: "Limit requests as the vendor does.") var limits = false

    func validate() throws {
        let (source, faults, extras) =
            into == nil
            ? (vendor.id, vendor.faults.map(\.rawValue), vendor.extras)
            : ("csv", FolderFault.allCases.map(\.rawValue), PortfolioFolder.extras)
        if let fault, !faults.contains(fault) {
            throw ValidationError(
                "\(source) cannot show \(fault); it can show \(faults.joined(separator: ", "))"
            )
        }
        let unsaid = PortfolioExtra.allCases.filter { with.extras.contains($0) }
            .filter { !extras.contains($0) }
        guard unsaid.isEmpty else {
            let known = PortfolioExtra.allCases.filter(extras.contains).map(\.rawValue)
            throw ValidationError(
                "\(source) cannot say \(unsaid.map(\.rawValue).joined(separator: ", ")); "
                    + "it can say \(known.joined(separator: ", "))"
            )
        }
    }

    func run() async throws {
        let portfolio = SyntheticPortfolio(
            shape: try PortfolioShape(
                properties: properties,
                units: units,
                residents: residents,
                seed: seed,
                today: today ?? CivilDate.todayInUTC,
                churnPercent: churn,
                extras: with.extras
            )
        )
        if let into {
            let folder = URL(fileURLWithPath: into, isDirectory: true)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try PortfolioFolder(portfolio).write(
                to: folder,
                fault: fault.flatMap(FolderFault.init(rawValue:))
            )
            return say("wrote units.csv, residents.csv and manifest.csv into \(into)")
        }
        let simulator = SimulatedPMS(
            vendor,
            portfolio: portfolio,
            options: SimulatedPMS.Options(
                fault: fault.flatMap(Fault.init(rawValue:)).map { FaultPlan($0) },
                limits: limits,
                rendersAhead: true
            )
        )
        try await DemoService(simulator: simulator, host: listen.host, port: listen.port).serve {
            [listen, vendor] port in
            say("simulating \(vendor.id) on http://\(listen.host):\(port)")
        }
    }
}

/// Kinds of extras as one argument: `guarantors,past`.
struct PortfolioExtras: ExpressibleByArgument {
    private(set) var extras: Set<PortfolioExtra> = []

    init() {}

    init?(argument: String) {
        for name in argument.split(separator: ",") {
            guard let extra = PortfolioExtra(rawValue: String(name)) else { return nil }
            extras.insert(extra)
        }
    }

    var defaultValueDescription: String { "nothing" }
}

extension SimulatedVendor: ExpressibleByArgument {
    /// Reads the id of a vendor whose format is served.
    public init?(argument: String) { self.init(id: argument) }

    /// The id, as help shows it.
    public var defaultValueDescription: String { id }

    /// Every id.
    public static var allValueStrings: [String] { all.map(\.id) }

    /// Every id, as help and error messages list them.
    static var names: String { allValueStrings.joined(separator: ", ") }
}

extension CivilDate: ExpressibleByArgument {
    /// Reads `yyyy-mm-dd`.
    public init?(argument: String) { self.init(iso: argument) }
}

/// `HOST:PORT`, with an IPv6 address in brackets.
struct ListenAddress: ExpressibleByArgument {
    let host: String
    let port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"),
            let port = Int(argument[argument.index(after: colon)...]), (0...65_535).contains(port)
        else { return nil }
        var host = String(argument[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard !host.isEmpty, host.contains(":") == argument.hasPrefix("[") else { return nil }
        self.host = host
        self.port = port
    }

    var defaultValueDescription: String { "\(host):\(port)" }
}
