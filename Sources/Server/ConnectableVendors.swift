package import ConnectorKit
import Connectors

/// The vendors a connection can be added to, for commands that need no directory to say so.
package enum ConnectableVendors {
    package static var all: [VendorDescription] { ConnectorCatalog.vendors }
}
