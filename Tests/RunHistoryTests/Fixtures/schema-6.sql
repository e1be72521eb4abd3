-- The store as schema 5 makes it, with two runs of three tests and a look.
CREATE TABLE repositories(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE runs(
  id INTEGER PRIMARY KEY, repository INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE,
  source TEXT NOT NULL, name TEXT NOT NULL, attempt INTEGER NOT NULL,
  sha TEXT, title TEXT, branch TEXT, started INTEGER, received INTEGER NOT NULL, at INTEGER NOT NULL,
  complete INTEGER NOT NULL, tests INTEGER NOT NULL, counts TEXT NOT NULL, items TEXT NOT NULL DEFAULT '',
  took INTEGER, took_by TEXT,
  UNIQUE(repository, source, name, attempt)
) STRICT;
CREATE INDEX runs_by_time ON runs(repository, at);
CREATE TABLE labels(
  run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE, name TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY(run, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE tests(
  id INTEGER PRIMARY KEY, repository INTEGER NOT NULL, hash INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT
) STRICT;
CREATE UNIQUE INDEX tests_by_hash ON tests(hash);
CREATE INDEX tests_by_kind ON tests(repository, kind) WHERE kind IS NOT NULL;
CREATE TABLE measures(
  run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE, test INTEGER NOT NULL, leg INTEGER NOT NULL,
  value REAL NOT NULL, PRIMARY KEY(run, test, leg)
) STRICT, WITHOUT ROWID;
CREATE TABLE verdicts(
  run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE, test INTEGER NOT NULL, label TEXT NOT NULL,
  PRIMARY KEY(run, test)
) STRICT, WITHOUT ROWID;
CREATE TABLE legs(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO legs VALUES(0, '');
CREATE TABLE results(
  run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE, test INTEGER NOT NULL, leg INTEGER NOT NULL,
  outcome INTEGER NOT NULL, attempts INTEGER, duration INTEGER, signature INTEGER,
  PRIMARY KEY(run, test, leg)
) STRICT, WITHOUT ROWID;
CREATE INDEX results_unsteady ON results(run, test, outcome, attempts, duration, signature)
  WHERE attempts IS NOT NULL OR outcome BETWEEN 1 AND 4;
CREATE INDEX results_by_signature ON results(signature, run) WHERE signature IS NOT NULL;
CREATE TABLE signatures(
  repository INTEGER NOT NULL, key INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY(repository, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE looks(
  repository INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE, job TEXT NOT NULL,
  source TEXT NOT NULL, name TEXT NOT NULL, attempt INTEGER NOT NULL, at INTEGER NOT NULL,
  before_source TEXT, before_name TEXT, before_attempt INTEGER, PRIMARY KEY(repository, job)
) STRICT, WITHOUT ROWID;
CREATE TABLE causes(
  repository INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE, key INTEGER NOT NULL,
  cause INTEGER NOT NULL, PRIMARY KEY(repository, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE older_keys(
  repository INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE, key INTEGER NOT NULL,
  PRIMARY KEY(repository, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE rekeyed(
  repository INTEGER NOT NULL REFERENCES repositories(id) ON DELETE CASCADE, old INTEGER NOT NULL,
  new INTEGER NOT NULL, PRIMARY KEY(repository, old)
) STRICT, WITHOUT ROWID;
INSERT INTO repositories(id, name, version) VALUES(1, 'repo', 2);
INSERT INTO runs VALUES(1, 1, 'ci', '1', 1, 'abc', 'First', 'main', 0, 5, 0, 1, 2, '1,0,1,0,0,0,0,0', '', 12500, 'job');
INSERT INTO runs VALUES(2, 1, 'ci', '2', 1, NULL, NULL, NULL, NULL, 86400000, 86400000, 1, 1, '0,1,0,0,0,0,0,0', '', NULL, NULL);
INSERT INTO labels VALUES(1, 'os', 'linux');
INSERT INTO tests VALUES(1, 1, 10, 'a', NULL), (2, 1, 20, 'b', NULL);
INSERT INTO results VALUES(1, 1, 0, 2, NULL, 1500, 77), (1, 2, 0, 0, NULL, NULL, NULL), (2, 1, 0, 1, 80, 20, NULL);
INSERT INTO signatures VALUES(1, 77, 'boom', 'boom at line 3');
INSERT INTO looks VALUES(1, '', 'ci', '1', 1, 86400000, NULL, NULL, NULL);
INSERT INTO causes VALUES(1, 77, 77);
INSERT INTO verdicts VALUES(1, 1, 'new');
PRAGMA user_version = 6;
