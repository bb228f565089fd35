extension Migration {
    static let readTimesScript = """
        alter table attachments add column fully_read_at bigint;
        alter table attachments add column read_at bigint;
        """
}
