-- Other systems: an account of its own each (so that everything it does has an author), which never signs in but has a key.
-- How far it reaches is a grant of the role integration; what it may do there are its scopes.

CREATE TABLE api_clients (
    id UUID NOT NULL PRIMARY KEY REFERENCES users (id),
    code TEXT COLLATE "C" NOT NULL UNIQUE,
    key_prefix TEXT COLLATE "C" NOT NULL,
    key_hash TEXT COLLATE "C" NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP,
    revoked_at TIMESTAMP,
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
