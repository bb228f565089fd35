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
    @Flag(help: "Bring a small portfolio of a simulated PMS, and sync it first.")
    var demo = false

    func run() async throws {
        try await global.open { lintel in
            let server = LintelServer(lintel)
            let demonstration = demo ? try Demo(lintel) : nil
            try await server.run(
                host: listen.host,
                port: listen.port,
                isBehindTLS: behindTLS,
                demo: demonstration
            ) { [listen] port in
                note("lintel listens on http://\(listen.host):\(port)")
            }
        }
    }
}
