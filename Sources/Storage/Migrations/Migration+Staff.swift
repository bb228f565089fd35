extension Migration {
    static let staffScript = """
        create table staff (
            id text not null primary key,
            email text not null check (email <> ''),
            email_key text not null unique,
            role text not null check (role in ('portfolio-manager', 'property-manager', 'viewer')),
            reaches_all bigint not null check (reaches_all in (0, 1)),
            password text,
            is_disabled bigint not null check (is_disabled in (0, 1)),
            created_at bigint not null
        );
        create table staff_properties (
            staff_id text not null references staff (id),
            property_id text not null references properties (id),
            primary key (staff_id, property_id)
        );

        create table invitations (
            secret_hash text not null primary key,
            staff_id text not null references staff (id),
            expires_at bigint not null
        );
        create index invitations_staff on invitations (staff_id);

        create table sessions (
            secret_hash text not null primary key,
            staff_id text not null references staff (id),
            begun_at bigint not null,
            used_at bigint not null
        );
        create index sessions_staff on sessions (staff_id);
        create index sessions_used on sessions (used_at);

        create table sign_in_failures (
            subject text not null primary key,
            failures bigint not null,
            last_at bigint not null
        );

        create table tokens (
            id text not null primary key,
            name text not null check (name <> ''),
            secret_hash text not null unique,
            role text not null check (role in ('portfolio-manager', 'property-manager', 'viewer')),
            reaches_all bigint not null check (reaches_all in (0, 1)),
            made_by text references staff (id),
            made_at bigint not null,
            expires_at bigint,
            revoked_at bigint,
            used_at bigint
        );
        create table token_properties (
            token_id text not null references tokens (id),
            property_id text not null references properties (id),
            primary key (token_id, property_id)
        );

        create table idempotency_keys (
            token_id text not null references tokens (id),
            key text not null,
            request_hash text not null,
            begun_at bigint not null,
            reply text,
            primary key (token_id, key)
        );
        create index idempotency_keys_begun on idempotency_keys (begun_at);

        create table audit_head (
            id bigint not null primary key check (id = 1),
            position bigint not null,
            hash text not null
        );
        insert into audit_head (id, position, hash) values (1, 0, '');
        create table audit_log (
            position bigint not null primary key,
            at bigint not null,
            actor_kind text not null check (actor_kind in ('command-line', 'staff', 'token')),
            actor text not null,
            act text not null check (act <> ''),
            property_id text,
            subject text not null,
            before text,
            after text,
            hash text not null
        );
        create index audit_log_property on audit_log (property_id, position);
        create index audit_log_subject on audit_log (property_id, subject);
        """
}
