-- Their accounts and what they wrote stay: history is not rewritten. Nobody can sign in as one of them.
DROP TABLE api_clients;
