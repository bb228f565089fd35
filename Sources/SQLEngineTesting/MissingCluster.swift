/// The failure of a test on PostgreSQL that was not given a cluster: such tests are never skipped.
package struct MissingCluster: Error, CustomStringConvertible {
    package let description =
        "no PostgreSQL for tests: LINTEL_TEST_POSTGRES is not set; "
        + "run scripts/with-postgres swift test"

    package init() {}
}
