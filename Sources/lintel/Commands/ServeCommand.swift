import ArgumentParser
import Server

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Keep every property in sync, and serve the console."
    )

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("The address to listen on.", valueName: "host:port"))
    var listen = ListenAddress(host: "127.0.0.1", port: 8080)
    @Flag(help: "Browsers reach it over TLS, through a proxy: keep cookies from any other way.")
    var behindTLS = false
    @Option(help: "A PEM file with the server's certificate and its chain: it then speaks TLS.")
    var tlsCertificate: String?
    @Option(help: "A PEM file with the certificate's key.")
    var tlsKey: String?
    @Flag(help: "Bring a small portfolio of a simulated PMS, and sync it first.")
    var demo = false

    private var transport: ServerTransport {
        get throws {
            switch (tlsCertificate, tlsKey, behindTLS) {
            case (let certificate?, let key?, false):
                return .tls(certificate: certificate, key: key)
            case (nil, nil, let isBehind): return isBehind ? .behindTLS : .plain
            default:
                throw ValidationError(
                    "--tls-certificate and --tls-key go together, and without --behind-tls"
                )
            }
        }
    }

    func validate() throws { _ = try transport }

    func run() async throws {
        let transport = try transport
        try await global.open { lintel in
            let server = LintelServer(lintel)
            let demonstration = demo ? try Demo(lintel) : nil
            try await server.run(
                host: listen.host,
                port: listen.port,
                transport: transport,
                demo: demonstration
            ) { [listen] port in
                let scheme = if case .tls = transport { "https" } else { "http" }
                note("lintel listens on \(scheme)://\(listen.host):\(port)")
            }
        }
    }
}
